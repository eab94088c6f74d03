"""Writers turn evidence into sentences: ``quote`` the entries' own, ``explain`` a model's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from assistant.answer import Account, Lead
from assistant.phrases import is_order
from assistant.question import Question
from knowledge.entry import Sentence
from knowledge.search.evidence import Evidence

GIVEN, _FOUND = 16, 8
"""Paragraphs that a model is given, and that its sentences may rest on; and how many of them are
the best that were found: the others are what else the entries say that are asked about."""

Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as written, before verification."""

    text: str
    rests: tuple[Sentence, ...] = ()
    """The sentences of the glossary that it names."""
    within: tuple[Sentence, ...] = ()
    """Where it names no sentence: those among which it is looked for what it rests on."""
    quoted: Sentence | None = None
    """The sentence of the glossary that it is, which needs no verification."""
    cell: tuple[str, str] = ("", "")
    """Of a cell in a table: the label of its row, and the heading of its column."""


class Writer(Protocol):
    """Writes the sentences of an answer, one by one, as they are ready."""

    @property
    def name(self) -> str:
        """``quote`` or ``explain``."""

    @property
    def model(self) -> str:
        """The model that writes, or nothing."""

    def write(
        self, question: Question, evidence: Sequence[Evidence], account: Account
    ) -> Iterator[Draft | Lead]:
        """The sentences that answer a question, from the evidence for each thing that it asks.

        ``evidence`` has one item for each of ``question.asks``. Nothing is written for one that
        is not answerable. ``account`` counts what it takes of a chat model.

        Raises:
            WriterError: the writer cannot write.
        """


def given(question: Question, evidence: Sequence[Evidence]) -> tuple[Paragraph, ...]:
    """The paragraphs that a model is given: of each thing asked by turns, the best first.

    Then what else is said by the entries that are asked about, or else by the best ones. Sentences
    that order whoever writes about are left out: nothing rests on them.
    """
    answerable = [each for each in evidence if each.answerable]
    entries = {found.entry.key: found.entry for each in answerable for found in each.entries}
    focus = {entry_id for ask in question.asks for entry_id in ask.focus}
    about = [e for e in entries.values() if e.id in focus] or [
        each.entries[0].entry for each in answerable
    ]
    turns = zip_longest(*([found.sentence for found in each.sentences] for each in answerable))
    best = [sentence for turn in turns for sentence in turn if sentence and sentence.key in entries]
    firsts = [entry.sentences[0] for entry in about]
    found = list(dict.fromkeys((s.key, s.paragraph) for s in (*firsts, *best)))[:_FOUND]
    rest = zip_longest(*([(s.key, s.paragraph) for s in entry.sentences] for entry in about))
    places = dict.fromkeys([*found, *(place for turn in rest for place in turn if place)])
    paragraphs = (
        tuple(
            s for s in entries[key].sentences if s.paragraph == paragraph and not is_order(s.text)
        )
        for key, paragraph in places
    )
    return tuple(filter(None, paragraphs))[:GIVEN]
