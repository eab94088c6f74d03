"""An entry: one term in one language, with its sections; and the sentences it is found by."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import count
from typing import Literal

from knowledge.blocks import Block
from knowledge.fault import Fault
from knowledge.language.text import Span, sentences, stripped

SUMMARY = "summary"
BODY = "body"
EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that supports the entry's claims."""

    title: str
    authors: str = ""
    year: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an entry under one heading; a blank line parts the paragraphs of its ``text``.

    ``name`` is unique within the entry: ``summary``, ``body`` (paragraphs under no heading),
    ``example``, another name of ``formats/headings.yaml``, or the heading made a slug.
    """

    name: str
    heading: str
    text: str
    lines: tuple[int, ...] = field(default=(), compare=False)
    """The line of each paragraph in the file it was read from, where the format knows it."""
    blocks: tuple[Block, ...] = ()
    """Which paragraphs have a better form than text."""

    @property
    def paragraphs(self) -> list[tuple[str, Block | None]]:
        """Its paragraphs, each with the block that it is, if it is one."""
        blocks = {block.paragraph: block for block in self.blocks}
        return [(text, blocks.get(n)) for n, text in enumerate(self.text.split("\n\n"))]

    def block_at(self, offset: int) -> Block | None:
        """The block in which a character of the text stands."""
        return self.paragraphs[self.text.count("\n\n", 0, offset)][1] if self.blocks else None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of evidence: ``entry.text(section)[start:end]`` is its text."""

    id: str
    entry_id: str
    term: str
    language: str
    section: str
    start: int
    text: str
    place: int
    """Counted from the entry's beginning."""
    order: int
    """Counted from the section's beginning."""
    paragraph: int
    """Counted from the entry's beginning."""

    @property
    def end(self) -> int:
        """Where the sentence ends in its section."""
        return self.start + len(self.text)

    @property
    def key(self) -> str:
        """The key of its entry."""
        return f"{self.language}/{self.entry_id}"

    @property
    def embedded(self) -> str:
        """What an embedder reads: the text, with its term as context."""
        return f"{self.term}: {self.text}"


@dataclass(frozen=True)
class Entry:
    """One term in one language. The same ``id`` in two languages pairs them."""

    id: str
    term: str
    language: str
    sections: tuple[Section, ...]
    aliases: tuple[str, ...] = ()
    category: str = ""
    related: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    """Other ways in which people ask for it, without its name: for finding it, not for answers."""
    sources: tuple[Source, ...] = ()
    updated: date | None = None
    origin: str = field(default="", compare=False)
    """The file it was read from, and below the line, for messages."""
    line: int = field(default=1, compare=False)
    links: tuple[str, ...] = field(default=(), compare=False)
    """What its text links to: related, where it is an entry (``knowledge.resolving``)."""
    same_as: str = field(default="", compare=False)
    """What it sends to, if it says but “See …”: it is another name of that, if it is an entry."""
    guessed: bool = field(default=False, compare=False)
    """Whether its language was told from its text, for want of anything that says it."""

    @property
    def key(self) -> str:
        """Unique in a glossary: ``en/foundation-model``."""
        return f"{self.language}/{self.id}"

    @property
    def names(self) -> tuple[str, ...]:
        """The term and its aliases."""
        return (self.term, *self.aliases)

    @property
    def summary(self) -> str:
        """The paragraph that defines the term."""
        return self.text(SUMMARY)

    @property
    def example(self) -> str:
        """The example, or nothing."""
        return self.text(EXAMPLE)

    def text(self, section: str) -> str:
        """The text of a section, or nothing."""
        return next((s.text for s in self.sections if s.name == section), "")

    def block_at(self, section: str, offset: int) -> Block | None:
        """The block in which a character of a section stands."""
        found = (s.block_at(offset) for s in self.sections if s.name == section)
        return next(found, None)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences, in reading order; what a section says twice, once."""
        found: dict[str, Sentence] = {}
        numbers = count()
        for section in self.sections:
            order = count()
            for (begin, end), (_, block) in zip(
                paragraphs(section.text), section.paragraphs, strict=False
            ):
                text, paragraph = section.text[begin:end], next(numbers)
                whole = block and not block.has_caption
                for span in [Span(0, len(text))] if whole else sentences(text, self.language):
                    told = text[slice(*span)]
                    row = self._hash(section.name, told)
                    if row not in found:
                        found[row] = Sentence(
                            id=row,
                            entry_id=self.id,
                            term=self.term,
                            language=self.language,
                            section=section.name,
                            start=begin + span.start,
                            text=told,
                            place=len(found),
                            order=next(order),
                            paragraph=paragraph,
                        )
        return tuple(found.values())

    @cached_property
    def rows(self) -> dict[str, str]:
        """What is embedded of it, by an id that is a hash of what it says and where.

        Its sentences; then what it is asked as, which is found and never shown.
        """
        said = {sentence.id: sentence.embedded for sentence in self.sentences}
        return said | {self.wording_id(wording): wording for wording in self.asked}

    def wording_id(self, wording: str) -> str:
        """The id of the row of a wording in which it is asked."""
        return self._hash("asked", wording)

    def fault(
        self, message: str, severity: Literal["error", "warning"] = "error", line: int | None = None
    ) -> Fault:
        """A fault of it, by default where it begins."""
        return Fault(self.origin, line or self.line, message, severity)

    def _hash(self, section: str, text: str) -> str:
        identity = f"{self.key}\x1f{self.term}\x1f{section}\x1f{text}"
        return hashlib.sha256(identity.encode()).hexdigest()[:32]


def paragraphs(text: str) -> Iterator[Span]:
    """Where the paragraphs of a text stand."""
    start = 0
    for paragraph in text.split("\n\n"):
        if span := stripped(text, start, start + len(paragraph)):
            yield span
        start += len(paragraph) + 2
