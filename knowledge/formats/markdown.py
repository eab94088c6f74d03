"""Markdown with front matter, one entry a file: the project's own format."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.blocks import TABLE, Block, pipes
from knowledge.draft import Fields, made_of, make_entry, opening, section_name
from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats import folders, matter
from knowledge.formats.columns import DEFINITION, column

_MARKDOWN = MarkdownIt("commonmark").enable("table").disable(["html_inline"])
_LINKLESS = MarkdownIt("commonmark").enable("table").disable(["html_inline", "link", "image"])
SUFFIXES = (".md", ".markdown")
_LONGEST = 200_000  # characters of a body: about a hundred pages
_MOST_LINKS = 2_000  # “[” of a text: with more they are letters, as each is looked for to the end


def is_native(text: str) -> bool:
    """Whether a text is in the project's own format: its fields name a term, define none."""
    start, _, rest = text.partition("---")
    names = re.findall(r"^(\w+)[ \t]*:", rest.partition("\n---")[0], re.MULTILINE)
    further = [name for name in names if name not in Fields.model_fields]
    defines = any(held.role == DEFINITION for held in map(column, further) if held)
    return not start.strip() and "term" in names and not defines


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entry of a file, and a warning on each field that may be misspelt."""
    origin = str(path)
    found = matter.read(text, origin)
    if isinstance(found, Fault):
        yield found
    elif len(found.body) > _LONGEST:
        message = f"is longer than the {_LONGEST:,} characters of an entry: part it into several."
        yield Fault(origin, found.below, message)
    else:
        for key in (name for name in found.values if name not in Fields.model_fields):
            message = f"unknown field “{key}”; the format knows {', '.join(Fields.model_fields)}."
            yield Fault(origin, found.lines.get(key, 1), message, "warning")
        said = sections(found.body, found.below)
        own = {"id": folders.entry_id(path), "language": folders.language(path)}
        yield make_entry(own | found.values, said, origin, lines=found.lines)


def sections(body: str, above: int = 1) -> list[Section]:
    """The sections of a Markdown body, which begins on line ``above``, as plain text."""
    parser = _MARKDOWN if body.count("[") <= _MOST_LINKS else _LINKLESS
    tokens = parser.parse(body)
    parts: list[tuple[str, list[str | Block], list[int]]] = [("", [], [])]
    rows: list[list[str]] = []
    for n, token in enumerate(tokens):
        text: str | Block = ""
        match token.type:
            case "fence" | "code_block":
                text = token.content.rstrip("\n")
                kind = token.info.split()[0] if token.info.strip() else ""
                text = Block(kind, text, 0) if kind and text.strip() else text
            case "table_open" | "tr_open":
                rows = [] if token.type == "table_open" else [*rows, []]
            case "inline" if tokens[n - 1].type in ("th_open", "td_open"):
                rows[-1].append(_plain(token))
            case "table_close":
                text = Block(TABLE, pipes(rows), 0)
            case "inline" if tokens[n - 1].type == "heading_open":
                parts.append((_plain(token), [], []))
            case "inline":
                text = _plain(token)
        if text if isinstance(text, Block) else text.strip():
            parts[-1][1].append(text)
            parts[-1][2].append(above + (token.map[0] if token.map else 0))
    found = opening(*parts[0][1:])
    for heading, paragraphs, lines in parts[1:]:
        found.append(made_of(section_name(heading), heading, paragraphs, lines))
    return found


def _plain(token: Token) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    children = token.children or ()
    return "".join(breaks.get(child.type, child.content) for child in children).strip()
