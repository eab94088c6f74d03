"""Exchange of glossaries with other programs: ``masrad export``."""

import argparse
from pathlib import Path

from assistant.commands.base import print_json, progress_bar
from assistant.settings import Settings
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
