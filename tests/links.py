"""Labelled names in the bundled glossary's sentences: whether each means the entry it is of.

``data/links.jsonl`` has 200 in each language drawn by chance, entry by entry in turn, half of them
names that are ordinary words; 100 in each whose sentences are furthest from the entry by its
vectors; and single words in English. They were labelled by reading, before any program had decided.
Those of every third entry, by a hash of its id, are held out of what is learned.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.linking import Link, Linker, Signs

BY_CHANCE = "by chance"
_FILE = Path(__file__).parent / "data" / "links.jsonl"


@dataclass(frozen=True)
class Labelled:
    """A name in a sentence: the entry whose name it is, whether it means that, how it was drawn."""

    meant: bool
    language: str
    entry: str
    names: str
    start: int
    words: str
    sentence: str
    drawn: str

    @property
    def held_out(self) -> bool:
        """Whether nothing is learned from it."""
        return hashlib.sha256(self.names.encode()).digest()[0] % 3 == 0

    def is_at(self, link: Link) -> bool:
        """Whether a link in its sentence is this one."""
        end = self.start + len(self.words)
        here = link.span.start < end and self.start < link.span.end
        return here and link.entry_id == self.names

    def signs(self, linker: Linker) -> Signs | None:
        """What tells whether it is meant; None where it is not found to be a name at all."""
        found = linker.names(self.sentence, self.language)
        return next((signs for link, signs in found if self.is_at(link)), None)


def labelled() -> Iterator[Labelled]:
    """All of them."""
    for line in _FILE.read_text("utf-8").splitlines():
        yield Labelled(**json.loads(line))
