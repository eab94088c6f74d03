"""Documents as trees of plain text: headings, paragraphs, lists, definitions, tables and code.

Pandoc reads all files in one process, in a sandbox (no file but the given ones). One on which it
comes to no end, or to its own, ends the child that reads (``reading``), whose parent leaves that
file out. Of its JSON, whose node types https://hackage.haskell.org/package/pandoc-types names,
emphasis and links become their words, where they stand being noted; footnotes, images with what
stands below them, and raw HTML go.
"""

import importlib
import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from knowledge import GlossaryError
from knowledge.formats import announce
from knowledge.formats.decoding import UnreadableError
from knowledge.language.text import clean

NAMES_APART = "\ue000"
"""Stands between the names of one definition where a format has no sign for that."""
_SCRIPT = Path(__file__).with_name("pandoc.lua")
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_ROLE = re.compile(r"(.*?)\s*<([^<>]+)>", re.DOTALL)
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
_SPACES = {"Space": " ", "SoftBreak": "\v", "LineBreak": "\n"}
# What a page carries beside its text, by the classes and roles that its makers give it.
_ASIDE = {
    "toctree", "contents", "footnotes", "title", "headerlink", "permalink", "navbox", "toc",
    "index", "breadcrumbs", "menu", "navbar", "sidebar", "newsletter", "cookie-banner",
    "output",  # of a notebook's program
}  # fmt: skip


class Run(NamedTuple):
    """Words that are set in one way; ``link`` is where they lead."""

    text: str
    strong: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Words in lines; ``ids`` are the names by which links lead here."""

    runs: tuple[Run, ...]
    ids: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """Its words: a line break only where one is set."""
        lines = "".join(run.text for run in self.runs).split("\n")
        return "\n".join(filter(None, (" ".join(clean(line).split()) for line in lines)))


@dataclass(frozen=True)
class Heading(Paragraph):
    """A heading: the lower the level, the more it heads."""

    level: int = 1


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be read as they are; in which language, and of a formula ``math``."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list, each item of blocks."""

    items: "tuple[Blocks, ...]"


@dataclass(frozen=True, slots=True)
class Definitions:
    """A list of terms, each with what is said of it; whether the source calls it a glossary."""

    items: "tuple[tuple[Paragraph, Blocks], ...]"
    is_glossary: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; ``head`` are the words above the columns."""

    head: tuple[str, ...]
    rows: "tuple[tuple[Blocks, ...], ...]"


Block: TypeAlias = Paragraph | Code | Items | Definitions | Table
Blocks: TypeAlias = tuple[Block, ...]


def text(block: Block) -> str:
    """What a block says, as lines: of a list each item, of a table each row."""
    match block:
        case Items(items):
            return "\n".join(filter(None, map(lines, items)))
        case Definitions(items):
            return "\n".join(f"{term.text}: {lines(said)}" for term, said in items)
        case Table(head, rows):
            cells = [head, *([*map(lines, row)] for row in rows)]
            return "\n".join(" — ".join(filter(None, row)) for row in cells if any(row))
    return block.text


def lines(blocks: Iterable[Block]) -> str:
    """What blocks say, as lines."""
    return "\n".join(filter(None, map(text, blocks)))


def links(blocks: Iterable[Block]) -> Iterator[str]:
    """Where the words of blocks lead."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from (run.link for run in block.runs if run.link)
            case Items(items):
                yield from links(inner for item in items for inner in item)
            case Definitions(items):
                yield from links(inner for term, said in items for inner in (term, *said))
            case Table():
                yield from links(inner for row in block.rows for cell in row for inner in cell)


def blocks(tree: Iterable[dict[str, Any]], *, is_glossary: bool = False) -> Blocks:
    """The blocks of pandoc's tree, those in divisions and quotations as if they stood in none."""
    each = (_blocks(node["t"], node.get("c"), is_glossary=is_glossary) for node in tree)
    return tuple(chain.from_iterable(each))


def _blocks(kind: str, content: Any, *, is_glossary: bool) -> Sequence[Block]:  # noqa: ANN401, PLR0911
    match kind:
        case "BlockQuote":
            return blocks(content, is_glossary=is_glossary)
        case "Div" if _ASIDE.isdisjoint(content[0][1]):
            (name, classes, _), inner = content
            within = blocks(inner, is_glossary=is_glossary or "glossary" in classes)
            return (Paragraph((), (name,)), *within) if name else within
        case "Para" if len(content) == 1 and content[0].get("c", "")[:1] == [{"t": "DisplayMath"}]:
            return [Code(content[0]["c"][1].strip(), "math")]
        case "Para" | "Plain" | "LineBlock":
            lined = content if kind == "LineBlock" else [content]
            paragraph = _paragraph(each for line in lined for each in (*line, {"t": "LineBreak"}))
            return [paragraph] if paragraph.text or paragraph.ids else []
        case "Header":
            level, (name, *_), inlines = content
            own = _paragraph(inlines)
            return [Heading(own.runs, (name, *own.ids) if name else own.ids, level)]
        case "CodeBlock":
            return [Code(content[1].strip("\n"), next(iter(content[0][1]), ""))]
        case "BulletList" | "OrderedList":
            return [Items(tuple(map(blocks, content if kind == "BulletList" else content[1])))]
        case "DefinitionList":
            pairs = ((_paragraph(t), blocks(b for d in said for b in d)) for t, said in content)
            return [Definitions(tuple(pairs), is_glossary)]
        case "Table":
            _, _, _, head, bodies, foot = content
            below = [row for body in bodies for part in body[2:4] for row in part]
            rows = [tuple(blocks(c[4]) for c in row[1]) for row in (*head[1], *below, *foot[1])]
            above = len(head[1])
            names = (
                tuple(" ".join(lines(cell).split()) for cell in rows[above - 1]) if above else ()
            )
            return [Table(names, tuple(rows[above:]))]
    return []


def _paragraph(inlines: Iterable[dict[str, Any]]) -> Paragraph:
    ids: list[str] = []
    alike = groupby(_runs(inlines, Run(""), ids), key=lambda run: run[1:])
    runs = tuple(Run("".join(run.text for run in same), *way) for way, same in alike)
    return Paragraph(runs, tuple(ids))


def _runs(inlines: Iterable[dict[str, Any]], way: Run, ids: list[str]) -> Iterator[Run]:  # noqa: C901
    """The runs of inlines, set in a ``way`` (of which the words do not matter)."""
    for node in inlines:
        kind: str = node["t"]
        content: Any = node.get("c")
        match kind:
            case "Space" | "SoftBreak" | "LineBreak":
                yield way._replace(text=_SPACES[kind])
            case "Str":
                yield way._replace(text=content.replace(NAMES_APART, "\n"))
            case "Math":
                yield way._replace(text=content[1])
            case "Code":
                yield _code(content, way)
            case "Strong" | "Emph" | "Underline" | "SmallCaps" | "Strikeout" | "Subscript":
                yield from _runs(content, way._replace(strong=way.strong or kind == "Strong"), ids)
            case "Superscript" if not way.link and all(
                n["t"] not in ("Link", "Note") for n in content
            ):
                raised = "".join(run.text for run in _runs(content, way, ids))
                yield way._replace(text=raised.translate(_RAISED))
            case "Quoted":
                before, after = _QUOTES[content[0]["t"]]
                yield way._replace(text=before)
                yield from _runs(content[1], way, ids)
                yield way._replace(text=after)
            case "Cite":
                yield from _runs(content[1], way, ids)
            case "Link" | "Span":
                (name, classes, _), inner = content[:2]
                ids += [name] if name else []
                own = way._replace(link=content[2][0]) if kind == "Link" else way
                yield from _runs(inner, own, ids) if _ASIDE.isdisjoint(classes) else ()


def _code(content: Sequence[Any], way: Run) -> Run:
    """Code; of a role of Sphinx its words: “title <target>”, “~module.name”."""
    (_, classes, attributes), words = content
    if "interpreted-text" not in classes:
        return way._replace(text=words, code=True)
    titled = _ROLE.fullmatch(words)
    shown, target = (titled[1], titled[2]) if titled else (words.lstrip("!"), words)
    shown = shown.rpartition(".")[2] if shown.startswith("~") else shown
    is_term = dict(attributes).get("role") == "term"
    return way._replace(text=shown, link=f"#{target}" if is_term else way.link)


# From files to trees.


def program() -> str:
    """Where pandoc is; ``GlossaryError`` if it is not installed."""
    try:
        return str(importlib.import_module("pypandoc").get_pandoc_path())
    except (ImportError, OSError):
        raise GlossaryError(
            "Documents (Markdown, HTML, Word, …) are read by pandoc, which is not installed:"
            " pip install pypandoc-binary."
        ) from None


def trees(sources: Sequence[tuple[str, bytes, str]]) -> Iterator[Blocks | UnreadableError]:
    """The tree of each file, given as its name, its bytes and what pandoc calls its format."""
    if not sources:
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for number, (_, data, _) in enumerate(sources):
            Path(folder, str(number)).write_bytes(data)
        todo = Path(folder, "todo")
        todo.write_text("".join(f"{n}\t{kind}\n" for n, (*_, kind) in enumerate(sources)), "utf-8")
        command = [program(), "+RTS", "-M600m", "-RTS", "lua", str(_SCRIPT)]
        with (
            todo.open("rb") as names,
            subprocess.Popen(  # noqa: S603  (our own script)
                command, cwd=folder, stdin=names, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            ) as process,
        ):
            for name, _, _ in sources:
                announce(name)
                line = process.stdout.readline() if process.stdout else b""
                if not line.endswith(b"\n"):
                    raise MemoryError
                if line.startswith(b"!"):
                    why = line[1:].decode(errors="replace").strip(" .\n")
                    yield UnreadableError(f"could not be read: {why}.")
                else:
                    yield blocks(json.loads(line)["blocks"])
