"""Exchange of glossaries with other programs: ``masrad export`` and ``masrad import``."""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from pathlib import Path, PurePath

from assistant import AssistantError
from assistant.commands.base import JSON, Options, argument, command, flag, say
from knowledge import formats
from knowledge.draft import make_entry, opening, split_names
from knowledge.editing import atomic
from knowledge.editing.importing import plan
from knowledge.entry import Entry
from knowledge.exports import FORMATS, Selection, glossary_title
from knowledge.exports import export as write_out
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from knowledge.language.text import clean

_PART = 8_000  # characters of the text that a model reads at once
_ROOM = 30  # tokens of a line of its reply
_SECONDS = 120.0  # that it may take over a part
_LINE = re.compile(r"\W*(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?[\s.:|)]+(.+)")
_SEPARATOR = " :：–—-.\t"
Found = Entry | Fault


def _names(text: str) -> tuple[str, ...]:
    """Ids or names with commas between, Latin or Arabic ones."""
    names = tuple(name.strip() for name in text.replace("،", ",").split(",") if name.strip())
    if not names:
        raise argparse.ArgumentTypeError("name a term")
    return names


def _formats(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "formats:\n" + "\n".join(
        f"  {each.name:9}{each.describes}" for each in FORMATS.values()
    )


@command(
    _formats,
    argument("format", ", ".join(FORMATS), choices=FORMATS, metavar="FORMAT"),
    argument("dest", "the file, or the folder of native and html", type=Path, metavar="DEST"),
    argument("--terms", "only these: ids or names", type=_names, default=(), metavar="A,B"),
    argument("--category", "only the terms of this category", default="", metavar="C"),
    argument("--language", "only the entries in this language", default="", metavar="L"),
    argument("--title", "of the glossary; default: its file's name", default="", metavar="T"),
    flag("--force", "replace a folder that has files in it"),
    JSON,
)
def export(options: Options) -> None:
    """Write the glossary, or some of its terms, in another format."""
    glossary = Glossary.read(options.settings.glossary)
    title = options.title or glossary_title(glossary.path)
    choice = Selection(options.terms, options.category, options.language)
    entries = write_out(
        glossary, options.format, options.dest, title=title, choice=choice, force=options.force
    )
    about = {"format": options.format, "dest": str(options.dest), "title": title}
    counts = ", ".join(f"{n} {language}" for language, n in entries.items())
    values = {**about, "entries": entries}
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
    flag("--with-model", "let the chat model find the terms of a text that has no clear form"),
    flag("--dry-run", "only say what would change"),
    flag("--undo", "put SOURCE back as it was before the last import into it"),
    JSON,
)
def import_(options: Options) -> int:
    """Import a glossary in any known format into a folder of the project's own."""
    if options.undo:
        atomic.undo(options.source)
        print(f"{options.source} is as it was before the last import.")
        return 0
    if options.dest is None:
        say("give a DEST, the folder to import into.")
        return 2
    source = (
        _pointed_at(options)
        if options.with_model
        else Glossary.read(options.source, options.columns, options.shape)
    )
    made = plan(source, options.dest)
    if not options.dry_run:
        made.carry_out()
    for fault in made.faults:
        print(fault, file=sys.stderr)
    changed = made.of("added", "changed")
    sizes = Counter(change.state for change in made.changes)
    counts = {name: sizes[name] for name in ("added", "changed", "unchanged")}
    counts["kept"] = len(made.kept)
    values = {
        **counts,
        "dest": str(made.dest),
        "entries": [
            {"id": c.entry.id, "language": c.entry.language, "path": c.path.as_posix()}
            for c in changed
        ],
        "faults": [str(fault) for fault in made.faults],
    }
    signs = [f"{'~' if c.before else '+'} {c.path.as_posix()}: {c.entry.term}" for c in changed]
    would = "would be " * options.dry_run
    said = (
        f"{made.dest}: {counts['added']} entries {would}added, {counts['changed']} {would}changed,"
        f" {counts['unchanged']} unchanged, {counts['kept']} kept that the source lacks."
    )
    options.show(values, [*signs * options.dry_run, said])
    return 0


def _pointed_at(options: Options) -> Glossary:
    """What a chat model points at in a text of which no shape shows where its terms are.

    It points at paragraphs by their numbers, and names the term that they explain; the words of an
    entry are the text's, to the letter. What it names that the text does not have is left out.
    """
    from assistant.chat import ChatModel  # noqa: PLC0415  (slow to import)
    from assistant.prompts import fenced, template  # noqa: PLC0415  (LangChain)

    if not options.settings.has_chat_model:
        raise AssistantError("Connect a chat model first: set OPENAI_API_KEY or OPENAI_BASE_URL.")
    chat, path, found = ChatModel(options.settings), PurePath(options.source.name), list[Found]()
    paragraphs = formats.preview(options.source).paragraphs
    ends = list(accumulate(map(len, paragraphs)))
    for _, part in groupby(range(len(paragraphs)), key=lambda n: ends[n] // _PART):
        numbers = list(part)
        material = fenced(paragraphs=(f"{n + 1}. {paragraphs[n]}" for n in numbers))
        messages = template("read").format_messages(**material)
        reply = chat.ask(messages, _ROOM * len(numbers), seconds=_SECONDS)
        if reply is None:
            message = "the chat model failed on what begins here: try again."
            found.append(Fault(str(path), numbers[0] + 1, message))
        lines = map(str.strip, clean(reply or "").splitlines())
        for line in filter(None, map(_LINE.fullmatch, lines)):
            first, last = int(line[1]) - 1, int(line[2] or line[1]) - 1
            if numbers[0] <= first <= last <= numbers[-1]:
                found += _entry(paragraphs, first, last, line[3].strip(" \"'“”«»*`"), path)
    return Glossary.of(options.source, found)


def _entry(
    paragraphs: Sequence[str], first: int, last: int, term: str, path: PurePath
) -> Iterator[Found]:
    """The entry of a term that stands in its explanation, or in the paragraph above it."""
    text = [*paragraphs[first : last + 1]]
    above = paragraphs[first - 1] if first else ""
    written = re.search(re.escape(term), "\n".join((above, *text)), re.IGNORECASE)
    if not written:
        return
    if text[0].startswith(written[0]):
        rest = text[0].removeprefix(written[0]).lstrip()
        if not rest:
            text = text[1:]
        elif rest[0] in _SEPARATOR:
            text[0] = rest.lstrip(_SEPARATOR)
    name, aliases = split_names(written[0])
    values = {"term": name, "aliases": list(aliases)}
    yield make_entry(values, opening(text), str(path), line=first + 1)
