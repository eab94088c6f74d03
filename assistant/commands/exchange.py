"""Exchange of glossaries with other programs: ``masrad export`` and ``masrad import``."""

import argparse
import sys
from pathlib import Path
from typing import get_args

from assistant.commands.base import JSON, Options, argument, command, flag, say
from knowledge.editing import atomic
from knowledge.editing.importing import State, plan
from knowledge.exports import FORMATS, Selection, glossary_title
from knowledge.exports import export as write_out
from knowledge.glossary import Glossary


def _names(text: str) -> tuple[str, ...]:
    """Ids or names with commas between, Latin or Arabic ones."""
    names = tuple(name.strip() for name in text.replace("،", ",").split(",") if name.strip())
    if not names:
        raise argparse.ArgumentTypeError("name a term")
    return names


_FORMATS = "; ".join(f"{each.name}: {each.describes}" for each in FORMATS.values())


@command(
    argument("format", _FORMATS, choices=FORMATS, metavar="FORMAT"),
    argument("dest", "the file, or the folder of native and html", type=Path, metavar="DEST"),
    argument("--terms", "only these: ids or names", type=_names, default=(), metavar="A,B"),
    argument("--category", "only the terms of this category", default="", metavar="C"),
    argument("--language", "only the entries in this language", default="", metavar="L"),
    argument("--title", "of the glossary; default: its file's name", default="", metavar="T"),
    JSON,
)
def export(options: Options) -> None:
    """Write the glossary, or some of its terms, in another format."""
    glossary = Glossary.read(options.settings.glossary)
    title = options.title or glossary_title(glossary.path)
    choice = Selection(options.terms, options.category, options.language)
    entries = write_out(glossary, options.format, options.dest, title=title, choice=choice)
    counts = ", ".join(f"{n} {language}" for language, n in entries.items())
    values = {"format": options.format, "dest": str(options.dest), "title": title}
    values["entries"] = entries
    options.show(values, [f"{options.dest}: {counts} entries."])


def _columns(text: str) -> dict[str, str]:
    """Columns by what they hold, from ``term=Word,definition=B``."""
    parts = [part.partition("=") for part in text.split(",")]
    if not all(field.strip() and column.strip() for field, _, column in parts):
        raise argparse.ArgumentTypeError("write it as term=Word,definition=Meaning")
    return {field.strip(): column.strip() for field, _, column in parts}


@command(
    argument("source", "a file or folder in any known format", type=Path, metavar="SOURCE"),
    argument("dest", "the folder; created if it is missing", type=Path, nargs="?", metavar="DEST"),
    argument(
        "--columns",
        "what a table's columns hold: term=Word,definition=B",
        type=_columns,
        metavar="NAMES",
    ),
    argument(
        "--shape", "how terms are laid out in the text, where the guess is wrong", metavar="NAME"
    ),
    flag("--dry-run", "only say what would change"),
    flag("--undo", "put SOURCE back as it was before the last import into it"),
    JSON,
)
def import_(options: Options) -> int:
    """Import a glossary in any known format into a folder of the project's own."""
    if options.undo:
        atomic.undo(options.source)
        told = f"{options.source} is as it was before the last import."
        options.show({"undone": str(options.source)}, [told])
        return 0
    if options.dest is None:
        say("give a DEST, the folder to import into.")
        return 2
    made = plan(Glossary.read(options.source, options.columns, options.shape), options.dest)
    if not options.dry_run:
        made.carry_out()
    for fault in made.faults:
        print(fault, file=sys.stderr)
    changed = [(c, c.path.as_posix()) for c in made.of("added", "changed")]
    counts = {name: len(made.of(name)) for name in get_args(State)} | {"kept": len(made.kept)}
    entries = [{"id": c.entry.id, "language": c.entry.language, "path": p} for c, p in changed]
    values = {**counts, "dest": str(made.dest), "entries": entries}
    signs = [f"{'~' if c.before else '+'} {path}: {c.entry.term}" for c, path in changed]
    said = (
        "{dest}: {added} entries {would}added, {changed} {would}changed, {unchanged} unchanged,"
        " {kept} kept that the source lacks."
    )
    told = said.format(**values, would="would be " * options.dry_run)
    faults = [str(fault) for fault in made.faults]
    options.show(values | {"faults": faults}, [*signs * options.dry_run, told])
    return 0
