"""Blocks: paragraphs that have a better form than text: formulas, code, tables and figures.

A block's paragraph stays text, so that it is found, quoted and read aloud like any other: a formula
on one line, the rows of a table as lines, of a figure the sentence that says what it shows. Whoever
can draw it, draws it.
"""

import contextlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from knowledge.blocks import figures, formulas
from knowledge.fault import BlockError

FORMULA, TABLE, FIGURE = "math", "table", "figure"


@dataclass(frozen=True, slots=True)
class Block:
    """A block in a section."""

    kind: str
    """``math`` (LaTeX), ``table`` (rows between pipes), ``figure`` (YAML), or a code's language."""
    source: str
    paragraph: int
    """Which paragraph of the section's text it is, counted from 0."""

    @property
    def text(self) -> str:
        """What stands for it in the text, without blank lines; of one at fault, its source."""
        text = self.source
        with contextlib.suppress(BlockError):
            if self.kind == FORMULA:
                text = formulas.plain(text)
            elif self.kind == FIGURE:
                text = figures.read(text).says
            elif self.kind == TABLE:
                text = "\n".join(" — ".join(filter(None, row)) for row in rows(text))
        return "\n".join(line for line in text.splitlines() if line.strip())

    @property
    def problem(self) -> str:
        """What is wrong with it, or nothing."""
        try:
            self.drawn("en")
        except BlockError as error:
            return str(error)
        return ""

    @property
    def drawable(self) -> "Block":
        """Itself; of one at fault, its source as code."""
        return replace(self, kind="code") if self.problem else self

    @property
    def has_caption(self) -> bool:
        """Whether its text stands below the drawing; that of others is the drawing."""
        return self.kind == FIGURE

    def drawn(self, language: str) -> str:
        """As HTML: MathML, SVG, a table or code; what is written to be read from right to left, so.

        Raises:
            BlockError: It cannot be drawn; the message says why.
        """
        match self.kind:
            case "math":
                return formulas.mathml(self.source)
            case "figure":
                return figures.drawn(figures.read(self.source), language)
            case "table":
                return _table(rows(self.source))
        return f'<pre dir="ltr"><code>{escape(self.source)}</code></pre>'

    @property
    def written(self) -> str:
        """As Markdown."""
        return self.source if self.kind == TABLE else fenced(self.source, self.kind)


def pipes(cells: Iterable[Sequence[str]]) -> str:
    """Rows of cells as the source of a table, the first of them its head."""
    lines = [[cell.replace("|", r"\|") for cell in row] for row in cells]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def rows(source: str) -> list[list[str]]:
    """The cells of a table, by rows, the first of them its head."""
    lines = source.replace(r"\|", "\0").splitlines()
    cells = [line.strip().removeprefix("|").removesuffix("|").split("|") for line in lines]
    return [[c.strip().replace("\0", "|") for c in row] for n, row in enumerate(cells) if n != 1]


def fenced(text: str, kind: str = "") -> str:
    """A text as code, whose signs are no marks."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 0)
    return f"{fence}{kind}\n{text}\n{fence}"


def _table(cells: Sequence[Sequence[str]]) -> str:
    head, *body = cells
    above = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    below = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in body)
    lines = "".join(f"<tr>{row}</tr>" for row in below)
    return f"<table><thead><tr>{above}</tr></thead><tbody>{lines}</tbody></table>"
