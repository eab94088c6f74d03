"""Exchange of glossaries with other programs: ``masrad export`` and ``masrad import``."""

import argparse
import sys
from pathlib import Path, PurePath

from assistant import AssistantError
from assistant.commands.base import print_json, progress_bar
from assistant.settings import Settings
from knowledge import formats
from knowledge.editing import atomic
from knowledge.editing.importing import Plan, plan
from knowledge.exports import FORMATS, Selection, export, glossary_title
from knowledge.glossary import BUNDLED, Glossary


class ExportCommand:
    """Write the glossary, or some of its terms, in another format."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The format, where to write, which terms, ``--title``, ``--force`` and ``--json``."""
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = "formats:\n" + "\n".join(
            f"  {each.name:9}{each.describes}" for each in FORMATS.values()
        )
        add = parser.add_argument
        add("format", choices=FORMATS, metavar="FORMAT", help=", ".join(FORMATS))
        add("dest", type=Path, metavar="DEST", help="the file, or the folder of native and html")
        add("--terms", type=_names, default=(), metavar="A,B", help="only these: ids or names")
        add("--category", default="", metavar="C", help="only the terms of this category")
        add("--language", default="", metavar="L", help="only the entries in this language")
        add("--title", default="", metavar="T", help="of the glossary; default: its file's name")
        add("--force", action="store_true", help="replace a folder that has files in it")
        add("--json", action="store_true", help="print one JSON object")

    def run(self, options: argparse.Namespace) -> int:
        """Writes, and prints what was written and what the format cannot hold."""
        settings = Settings.load(glossary=options.glossary)
        glossary = Glossary.read(settings.glossary)
        choice = Selection(options.terms, options.category, options.language)
        title = options.title or (
            "Masrad" if glossary.path == BUNDLED else glossary_title(glossary.path)
        )
        unit = "files" if FORMATS[options.format].is_folder else "entries"
        with progress_bar("Writing", unit) as progress:
            written = export(
                glossary,
                options.format,
                options.dest,
                title=title,
                choice=choice,
                force=options.force,
                progress=progress,
            )
        if options.json:
            about = {"format": options.format, "dest": str(options.dest), "title": title}
            print_json({**about, "entries": written.entries, "lost": written.lost})
        else:
            counts = ", ".join(f"{n} {language}" for language, n in written.entries.items())
            print(f"{options.dest}: {counts} entries.", *written.lost, sep="\n")
        return 0


def _names(text: str) -> tuple[str, ...]:
    """Ids or names with commas between, Latin or Arabic ones."""
    names = tuple(name.strip() for name in text.replace("،", ",").split(",") if name.strip())
    if not names:
        raise argparse.ArgumentTypeError("name a term")
    return names


class ImportCommand:
    """Import a glossary in any known format into a folder of the project's own."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The source, the folder, and what there is to choose."""
        add = parser.add_argument
        add("source", type=Path, metavar="SOURCE", help="a file or folder in any known format")
        made = "the folder; made if it is not there"
        add("dest", type=Path, nargs="?", metavar="DEST", help=made)
        columns = "what a table's columns hold: term=Word,definition=B"
        add("--columns", type=_columns, metavar="NAMES", help=columns)
        shape = "the shape that terms have, where another is better than the chosen one"
        add("--shape", metavar="NAME", help=shape)
        model = "let the chat model point at the terms of a text that has no shape"
        add("--with-model", action="store_true", help=model)
        add("--dry-run", action="store_true", help="only say what would change")
        undo = "put SOURCE back as it was before the last import into it"
        add("--undo", action="store_true", help=undo)
        add("--json", action="store_true", help="print one JSON object")

    def run(self, options: argparse.Namespace) -> int:
        """Imports, and prints what was done; faults of the source go to standard error."""
        if options.undo:
            atomic.undo(options.source)
            print(f"{options.source} is as it was before the last import.")
            return 0
        if options.dest is None:
            print("masrad import: give a DEST, the folder to import into.", file=sys.stderr)
            return 2
        source = (
            _pointed_at(options)
            if options.with_model
            else Glossary.read(options.source, options.columns, options.shape)
        )
        made = plan(source, options.dest)
        if not options.dry_run:
            with progress_bar("Writing", "entries") as progress:
                made.carry_out(progress)
        for fault in made.faults:
            print(fault, file=sys.stderr)
        _print(made, options)
        return 0


def _pointed_at(options: argparse.Namespace) -> Glossary:
    """What a chat model points at in the source."""
    from assistant.chat import ChatModel  # noqa: PLC0415  (slow to import)
    from assistant.reading import read_with  # noqa: PLC0415

    settings = Settings.load(glossary=options.glossary)
    if not settings.has_chat_model:
        raise AssistantError("Connect a chat model first: set OPENAI_API_KEY or OPENAI_BASE_URL.")
    paragraphs = formats.paragraphs(options.source)
    found = read_with(ChatModel(settings), paragraphs, PurePath(options.source.name))
    return Glossary.of(options.source, list(found))


def _columns(text: str) -> dict[str, str]:
    """Columns by what they hold, from ``term=Word,definition=B``."""
    parts = [part.partition("=") for part in text.split(",")]
    if not all(field.strip() and column.strip() for field, _, column in parts):
        raise argparse.ArgumentTypeError("write it as term=Word,definition=Meaning")
    return {field.strip(): column.strip() for field, _, column in parts}


def _print(made: Plan, options: argparse.Namespace) -> None:
    counts = {name: len(getattr(made, name)) for name in ("added", "changed", "unchanged", "kept")}
    if options.json:
        values = {
            **counts,
            "dest": str(made.dest),
            "entries": [
                {"id": c.entry.id, "language": c.entry.language, "path": c.path.as_posix()}
                for c in (*made.added, *made.changed)
            ],
            "faults": [str(fault) for fault in made.faults],
        }
        print_json(values)
        return
    if options.dry_run:
        for change in (*made.added, *made.changed):
            sign = "~" if change.before else "+"
            print(f"{sign} {change.path.as_posix()}: {change.entry.term}")
    would = "would be " if options.dry_run else ""
    print(
        f"{made.dest}: {counts['added']} entries {would}added, {counts['changed']} {would}changed,"
        f" {counts['unchanged']} unchanged, {counts['kept']} kept that the source lacks."
    )
