"""``masrad import``: any glossary becomes a folder of the project's own format."""

import argparse
import sys
from pathlib import Path, PurePath

from assistant import AssistantError
from assistant.chat import ChatModel
from assistant.commands.base import print_json, progress_bar
from assistant.reading import read_with
from assistant.settings import Settings
from knowledge import formats
from knowledge.editing import atomic
from knowledge.editing.importing import Plan, plan
from knowledge.glossary import Glossary


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
