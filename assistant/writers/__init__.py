"""Writers turn evidence into sentences: ``quote`` the entries' own, ``explain`` a model's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from assistant.question import Question
from knowledge.entry import Passage
from knowledge.retrieval import Evidence

GIVEN = 6
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

    def write(self, question: Question, evidence: Evidence) -> Iterator[Draft]:
        """The sentences that answer a question from its evidence; none if it holds no answer.

        Raises:
            WriterError: the writer cannot write.
        """
