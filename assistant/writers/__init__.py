"""Writers turn evidence into sentences: ``quote`` the entries' own, ``explain`` a model's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from assistant.answer import Lead, Usage
from assistant.question import Question
from knowledge.entry import Passage
from knowledge.evidence import Evidence

GIVEN = 8
"""Passages of the evidence that a writer is given, and that its sentences may rest on."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as written, before grounding, with the passages that it says it rests on."""

    text: str
    passages: tuple[Passage, ...]


class Writer(Protocol):
    """Writes the sentences of an answer, one by one, as they are ready."""

    @property
    def name(self) -> str:
        """``quote`` or ``explain``."""

    @property
    def model(self) -> str:
        """The model that writes, or nothing."""

    def write(
        self, question: Question, evidence: Sequence[Evidence]
    ) -> Iterator[Draft | Lead | Usage]:
        """The sentences that answer a question, from the evidence for each thing that it asks.

        ``evidence`` has one item for each of ``question.asks``. Nothing is written for one that
        is not answerable. A writer that took something of a chat model tells it last.

        Raises:
            WriterError: the writer cannot write.
        """


def given(question: Question, evidence: Sequence[Evidence]) -> tuple[Passage, ...]:
    """The passages that a writer is given: of each thing asked by turns, the best first.

    The summary of every entry that is asked about is among them.
    """
    answerable = [each for each in evidence if each.answerable]
    focus = {entry_id for ask in question.asks for entry_id in ask.focus}
    summaries = [
        entry.passages[0] for each in answerable for entry, _ in each.entries if entry.id in focus
    ]
    hits = [[hit.passage for hit in each.hits] for each in answerable]
    turns = (p for turn in zip_longest(*hits) for p in turn if p is not None)
    found = {p.id: p for p in (*summaries, *turns)}
    return tuple(found.values())[:GIVEN]
