"""Blocks: Markdown of any flavour as a flat row of plain blocks, with what they link to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from knowledge.fault import Fault
from knowledge.formats.sites.phrase import Link

Kind = Literal["heading", "text", "item", "term", "definition", "head", "row", "code", "rule"]


@dataclass(slots=True)
class Block:
    """A paragraph, a heading, an item, a row of a table, …, as plain text."""

    kind: Kind
    text: str
    line: int
    level: int = 0
    """Of a heading its level, of all else how many lists it stands in."""
    lead: str = ""
    """The words in bold, italics, code or a link that it begins with, if it does so."""
    strong: bool = False
    """Whether the lead is in bold."""
    links: tuple[Link, ...] = ()
    broken: bool = False
    """Whether a line ends behind the lead."""
    cells: tuple["Block", ...] = ()
    notes: tuple["Block", ...] = ()
    """The footnotes that it bears."""
    anchor: str = ""
    """The id that its author gave it."""
    end: int = 0
    """The line after it."""
    quoted: bool = False
    """Whether it stands in a quotation."""


@dataclass(slots=True)
class Prose:
    """The blocks of a text, and what was left out of them."""

    blocks: list[Block] = field(default_factory=list)
    images: int = 0
    tags: int = 0
    line: int = 0
    told: bool = False
    """Whether it says by a directive that its definition lists are glossaries."""
    recorded: bool = False
    """Whether it holds terms and definitions behind labels."""
    cut: int = 0
    """The line from which on it was not read, for its length."""

    def faults(self, origin: str) -> Iterator[Fault]:
        """What was left out, in one warning; and where reading stopped."""
        if self.images or self.tags:
            counts = ((self.images, "image"), (self.tags, "HTML tag"))
            said = [f"{n} {name}{'s' if n > 1 else ''}" for n, name in counts if n]
            message = f"{' and '.join(said)} left out of the text (the first is here)."
            yield Fault(origin, self.line, message, "warning")
        if self.cut:
            message = "is not read from here on: it has too many paragraphs, part it into files."
            yield Fault(origin, self.cut, message)

    def dropped(self, line: int, *, images: int = 0, tags: int = 0) -> None:
        """Notes what is left out."""
        if images or tags:
            self.images += images
            self.tags += tags
            self.line = self.line or line
