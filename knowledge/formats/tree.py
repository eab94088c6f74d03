"""Documents as trees of plain text: headings, paragraphs, lists, definitions, tables and code.

Made from pandoc's JSON, whose node types https://hackage.haskell.org/package/pandoc-types names.
Emphasis, links and images become their words, where they stand being noted; footnotes and raw
HTML go.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from knowledge.language.text import clean

NAMES_APART = "\ue000"
"""Stands between the names of one definition where a format has no sign for that."""
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_ROLE = re.compile(r"(.*?)\s*<([^<>]+)>", re.DOTALL)
_QUOTES = {"DoubleQuote": "“”", "SingleQuote": "‘’"}
# What a page carries beside its text, by the classes and roles that its makers give it.
_ASIDE = {"toctree", "contents", "footnotes", "title", "headerlink", "navbox", "toc", "index"}


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are set in one way."""

    text: str
    strong: bool = False
    code: bool = False
    link: str = ""
    """Where they lead."""


@dataclass(frozen=True)
class Paragraph:
    """Words in lines; ``ids`` are the names by which links lead here."""

    runs: tuple[Run, ...]
    ids: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """Its words: a line break only where one is set."""
        return joined(self.runs)


@dataclass(frozen=True)
class Heading(Paragraph):
    """A heading: the lower the level, the more it heads."""

    level: int = 1


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be read as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, each item of blocks."""

    items: "tuple[Blocks, ...]"


@dataclass(frozen=True, slots=True)
class Definitions:
    """A list of terms, each with what is said of it."""

    items: "tuple[tuple[Paragraph, Blocks], ...]"
    is_glossary: bool = False
    """Whether the source calls it a glossary."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; ``head`` are the words above the columns."""

    head: tuple[str, ...]
    rows: "tuple[tuple[Blocks, ...], ...]"


Block: TypeAlias = Paragraph | Code | Items | Definitions | Table
Blocks: TypeAlias = tuple[Block, ...]


def joined(runs: Iterable[Run]) -> str:
    """The words of runs, with single spaces between."""
    lines = "".join(run.text for run in runs).split("\n")
    return "\n".join(filter(None, (" ".join(clean(line).split()) for line in lines)))


def text(block: Block) -> str:
    """What a block says, as lines: of a list each item, of a table each row."""
    match block:
        case Items(items):
            return "\n".join(filter(None, (_lines(item) for item in items)))
        case Definitions(items):
            return "\n".join(f"{term.text}: {_lines(said)}" for term, said in items)
        case Table(head, rows):
            cells = [head, *([_lines(cell) for cell in row] for row in rows)]
            return "\n".join(" — ".join(filter(None, row)) for row in cells if any(row))
        case Code():
            return block.text
    return block.text


def _lines(blocks: Blocks) -> str:
    return "\n".join(filter(None, map(text, blocks)))


def links(blocks: Iterable[Block]) -> Iterator[str]:
    """Where the words of blocks lead."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from (run.link for run in block.runs if run.link)
            case Items(items):
                for item in items:
                    yield from links(item)
            case Definitions(items):
                for term, said in items:
                    yield from links((term, *said))
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from links(cell)


def blocks(tree: Iterable[dict[str, Any]], *, is_glossary: bool = False) -> Blocks:
    """The blocks of pandoc's tree; what stands in divisions and quotations as if it stood in none.

    Raises:
        RecursionError: They nest too deep.
    """
    return tuple(_blocks(tree, is_glossary=is_glossary))


def _blocks(tree: Iterable[dict[str, Any]], *, is_glossary: bool) -> Iterator[Block]:
    for node in tree:
        content = node.get("c")
        match node["t"]:
            case "Para" | "Plain":
                paragraph = _paragraph(content)
                if paragraph.text or paragraph.ids:
                    yield paragraph
            case "Header":
                level, (name, *_), inlines = content
                own = _paragraph(inlines)
                yield Heading(own.runs, (name, *own.ids) if name else own.ids, level)
            case "CodeBlock":
                yield Code(content[1].strip("\n"))
            case "LineBlock":
                yield _paragraph([n for line in content for n in (*line, {"t": "LineBreak"})])
            case "BlockQuote":
                yield from _blocks(content, is_glossary=is_glossary)
            case "Div":
                (name, classes, _), inner = content
                if _ASIDE.isdisjoint(classes):
                    if name:
                        yield Paragraph((), (name,))
                    called = is_glossary or "glossary" in classes
                    yield from _blocks(inner, is_glossary=called)
            case "BulletList":
                yield Items(tuple(map(blocks, content)))
            case "OrderedList":
                yield Items(tuple(map(blocks, content[1])))
            case "DefinitionList":
                pairs = (
                    (_paragraph(term), blocks(b for d in said for b in d)) for term, said in content
                )
                yield Definitions(tuple(pairs), is_glossary)
            case "Figure":
                yield from _blocks(content[1][1], is_glossary=is_glossary)
            case "Table":
                yield from _table(content)


def _table(content: Sequence[Any]) -> Iterator[Block]:
    _, _, _, head, bodies, foot = content
    above = [_cells(row) for row in head[1]]
    rows = [_cells(row) for body in bodies for part in body[2:4] for row in part]
    rows += [_cells(row) for row in foot[1]]
    names = tuple(" ".join(_lines(cell).split()) for cell in above[-1]) if above else ()
    if len(rows) == 1 == len(rows[0]) and not any(names):  # a frame around text
        yield from rows[0][0]
    else:
        yield Table(names, tuple(rows))


def _cells(row: Any) -> tuple[Blocks, ...]:  # noqa: ANN401
    return tuple(blocks(cell[4]) for cell in row[1])


def _paragraph(inlines: Iterable[dict[str, Any]]) -> Paragraph:
    ids: list[str] = []
    runs: list[Run] = []
    for run in _runs(inlines, Run(""), ids):
        last = runs[-1] if runs else None
        if last and (last.strong, last.code, last.link) == (run.strong, run.code, run.link):
            runs[-1] = Run(last.text + run.text, run.strong, run.code, run.link)
        else:
            runs.append(run)
    return Paragraph(tuple(runs), tuple(ids))


def _runs(inlines: Iterable[dict[str, Any]], way: Run, ids: list[str]) -> Iterator[Run]:
    """The runs of inlines, set in a ``way`` (of which the words do not matter)."""
    for node in inlines:
        content = node.get("c")
        match node["t"]:
            case "Str":
                yield Run(content.replace(NAMES_APART, "\n"), way.strong, way.code, way.link)
            case "Space" | "SoftBreak":
                yield Run(" ", way.strong, way.code, way.link)
            case "LineBreak":
                yield Run("\n", way.strong, way.code, way.link)
            case "Strong":
                yield from _runs(content, Run("", strong=True, link=way.link), ids)
            case "Emph" | "Underline" | "SmallCaps" | "Strikeout" | "Subscript":
                yield from _runs(content, way, ids)
            case "Superscript":
                raised = "".join(run.text for run in _runs(content, way, ids))
                if not way.link and not any(n["t"] in ("Link", "Note") for n in content):
                    yield Run(raised.translate(_RAISED), way.strong, way.code, way.link)
            case "Quoted":
                opening, closing = _QUOTES[content[0]["t"]]
                yield Run(opening, way.strong, way.code, way.link)
                yield from _runs(content[1], way, ids)
                yield Run(closing, way.strong, way.code, way.link)
            case "Cite":
                yield from _runs(content[1], way, ids)
            case "Code":
                yield _code(content, way)
            case "Math":
                yield Run(content[1], way.strong, way.code, way.link)
            case "Link":
                (name, classes, _), inner, (target, _) = content
                ids += [name] if name else []
                if _ASIDE.isdisjoint(classes):
                    yield from _runs(inner, Run("", way.strong, way.code, target), ids)
            case "Span":
                (name, classes, _), inner = content
                ids += [name] if name else []
                if _ASIDE.isdisjoint(classes):
                    yield from _runs(inner, way, ids)


def _code(content: Sequence[Any], way: Run) -> Run:
    """Code; of a role of Sphinx its words: “title <target>”, “~module.name”."""
    (_, classes, attributes), words = content
    if "interpreted-text" not in classes:
        return Run(words, way.strong, code=True, link=way.link)
    titled = _ROLE.fullmatch(words)
    shown, target = (titled[1], titled[2]) if titled else (words.lstrip("!"), words)
    if shown.startswith("~"):
        shown = shown.rpartition(".")[2]
    is_term = dict(attributes).get("role") == "term"
    return Run(shown, way.strong, link=f"#{target}" if is_term else way.link)
