"""Writers turn evidence into sentences: ``quote`` the entries' own, ``explain`` a model's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from assistant.answer import Lead, Usage
from assistant.question import Question
from knowledge.entry import Passage, Sentence
from knowledge.search.evidence import Evidence

GIVEN = 8
"""Passages of the evidence that a writer is given, and that its sentences may rest on."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as written, before grounding, with the passages that it says it rests on."""

    text: str
    passages: tuple[Passage, ...]
    quoted: Sentence | None = None
    """The sentence of the glossary that it is, which needs no grounding."""


class Writer(Protocol):
    """Writes the sentences of an answer, one by one, as they are ready."""

    @property
    def name(self) -> str:
        """``quote`` or ``explain``."""

    @property
    def model(self) -> str:
        """The model that writes, or nothing."""

    def prompt(self, question: Question, evidence: Sequence[Evidence]) -> tuple[str, str] | None:
        """What a chat model is asked: the system's part and the human's; None where none is."""

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

    They are the paragraphs of the best sentences. The summary of every entry that is asked about is
    among them.
    """
    answerable = [each for each in evidence if each.answerable]
    focus = {entry_id for ask in question.asks for entry_id in ask.focus}
    summaries = [
        found.entry.passages[0]
        for each in answerable
        for found in each.entries
        if found.entry.id in focus
    ]
    turns = zip_longest(*(_paragraphs(each) for each in answerable))
    passages = (p for turn in turns for p in turn if p is not None)
    found = {p.id: p for p in (*summaries, *passages)}
    return tuple(found.values())[:GIVEN]


def _paragraphs(evidence: Evidence) -> list[Passage]:
    """The paragraphs of the sentences, the best first, each once."""
    entries = {found.entry.key: found.entry for found in evidence.entries}
    found: dict[str, Passage] = {}
    for each in evidence.sentences:
        sentence = each.sentence
        entry = entries.get(sentence.key)
        for passage in entry.passages if entry else ():
            if passage.section == sentence.section and (
                passage.start <= sentence.start < passage.end
            ):
                found.setdefault(passage.id, passage)
        if len(found) == GIVEN:
            break
    return list(found.values())
