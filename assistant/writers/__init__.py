"""Writers turn evidence into drafts: ``quote`` of the entries' sentences, ``explain`` by a model.

Each has one function, ``write``. It takes the question and the evidence for each thing asked, and
gives drafts as they are ready, and the lines that they stand under; of what is not answerable none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

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
    item: bool = False
    """Whether it is an item of a list."""


def given(question: Question, evidence: Sequence[Evidence]) -> tuple[Paragraph, ...]:
    """The paragraphs that a model is given: of each thing asked by turns, the best first.

    Then what else is said by the entries that are asked about, or else by the best ones. Sentences
    that order whoever writes about are left out: nothing rests on them.
    """
    answerable = [each for each in evidence if each.answerable]
    entries = {found.entry.key: found.entry for each in answerable for found in each.entries}
    focus = {entry_id for ask in question.asks for entry_id in ask.focus}
    best_ones = [each.entries[0].entry for each in answerable]
    about = [entry for entry in entries.values() if entry.id in focus] or best_ones
    turns = zip_longest(*([found.sentence for found in each.sentences] for each in answerable))
    best = [sentence for turn in turns for sentence in turn if sentence and sentence.key in entries]
    firsts = [entry.sentences[0] for entry in about]
    found = list(dict.fromkeys((s.key, s.paragraph) for s in (*firsts, *best)))[:_FOUND]
    rest = zip_longest(*([(s.key, s.paragraph) for s in entry.sentences] for entry in about))
    places = dict.fromkeys([*found, *(place for turn in rest for place in turn if place)])
    whole = ([s for s in entries[key].sentences if s.paragraph == n] for key, n in places)
    paragraphs = (tuple(s for s in each if not is_order(s.text)) for each in whole)
    return tuple(filter(None, paragraphs))[:GIVEN]
