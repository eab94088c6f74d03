"""Guided answers: a question back before the answer, a hint, then why it is so.

Who predicts before reading, and says why afterwards, remembers more (Dunlosky et al. 2013,
doi:10.1177/1529100612453266). What one says in one's own words is held against the glossary's
sentences: which of their points are there, and which are missing. It is no grade.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assistant.answer import Answer, Citation
from assistant.phrases import phrases
from knowledge.entry import EXAMPLE
from knowledge.glossary import Glossary
from knowledge.language.grammar import content_stems, negations
from knowledge.language.text import likely_language, sentences
from knowledge.search.embeddings import Embedder

Verdict = Literal["there", "missing", "unclear"]

_MOST = 5  # points
_REASONS = 3
# Log-odds that a point is said, fitted by a logistic regression on 612 pairs of own words and
# points, labelled by hand, in both languages and across them. Of six terms, each foretold from the
# other five: what counts as there is so in 88 of 100, and 16 of 100 points said count as missing.
_WEIGHTS = (0.22, 2.66, 0.64, -1.98)
_THERE, _MISSING = 0.6, -2.2


@dataclass(frozen=True, slots=True)
class Guide:
    """How a reader is led to an answer; every text of the glossary is a citation."""

    term: str
    shown: Citation | None
    """How the example begins, from which the answer is to be guessed."""
    hint: Citation | None
    """What helps, and does not say it."""
    points: tuple[Citation, ...]
    """What the answer says."""
    reasons: tuple[Citation, ...]
    """Why it is so."""


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence of the glossary, and whether somebody's own words have it."""

    citation: Citation
    verdict: Verdict


def guide(answer: Answer, glossary: Glossary) -> Guide | None:
    """How to lead to an answer; None where there is none, or nothing to be led to."""
    first = answer.citations[0] if answer.citations else None
    entry = glossary.get(first.entry_id, first.language) if first else None
    if answer.status != "answered" or entry is None:
        return None
    points = [c for c in answer.citations if (c.entry_id, c.language) == (entry.id, entry.language)]
    said, every = {c.quote for c in points}, list(map(Citation.of, entry.sentences))
    example = [c for c in every if c.section == EXAMPLE]
    shown = example[0] if example and said.isdisjoint(c.quote for c in example) else None
    free = [c for c in every if c.quote not in said and not phrases(entry.language).leans(c.quote)]
    reasons = [c for name in ("why", "how") for c in free if c.section == name][:_REASONS]
    told = {stem for quote in said for stem in content_stems(quote, entry.language)}

    def news(citation: Citation) -> float:
        """The part of its words that the answer does not have."""
        own = content_stems(citation.quote, entry.language)
        return sum(stem not in told for stem in own) / max(1, len(own))

    beside = EXAMPLE, "misconception", "origin"
    hints = [c for c in free if c not in reasons and c.section not in beside]
    hint = max(hints or points[1:], key=news, default=None)  # of a short entry all is quoted
    return Guide(entry.term, shown, hint, tuple(points[:_MOST]), tuple(reasons))


def compare(
    words: str, points: Sequence[Citation], glossary: Glossary, embedders: Sequence[Embedder]
) -> tuple[Point, ...]:
    """Which of some points of one entry somebody's own words have.

    Each sentence of theirs is held against each point: how close it is, how much closer than to
    any other sentence of the entry, and how many of its words the point has. Words that deny what
    a point affirms, or the reverse, are not told apart: there it is unclear.

    Raises:
        EmbedderError: the words cannot be embedded.
    """
    entry = glossary.get(points[0].entry_id, points[0].language) if points else None
    if entry is None:
        return ()
    language = likely_language(words, entry.language)
    spans = sentences(words, language) if any(map(str.isalnum, words)) else []
    texts = list(dict.fromkeys([words, *(words[slice(*span)] for span in spans)])) if spans else []
    said = [p.quote for p in points]
    rivals = [s.text for s in entry.sentences if not any(quote in s.text for quote in said)]
    close = np.zeros((len(texts), len(said) + len(rivals)))  # in deviations from what says else
    for embedder in embedders if texts else ():
        passages = np.array(embedder.passages([*said, *rivals]))
        for n, text in enumerate(texts):
            is_within = likely_language(text, entry.language) == entry.language
            scale = embedder.within if is_within else embedder.across
            cosines = passages @ embedder.query(text)
            close[n] += (cosines - scale.mean) / scale.deviation / len(embedders)
    found = []
    for n, point in enumerate(points):
        odds, best = -math.inf, words
        own = set(content_stems(point.quote, point.language))
        for text, each in zip(texts, close, strict=True):
            stems = set(content_stems(text, point.language))
            ahead = each[n] - max(np.delete(each, n), default=each[n])
            values = each[n], len(own & stems) / max(1, len(stems)), ahead, 1.0
            odds, best = max((odds, best), (float(np.dot(_WEIGHTS, values)), text))
        denied = negations(best, language) % 2 != negations(point.quote, point.language) % 2
        there, missing = odds >= _THERE and not denied, odds < _MISSING
        found.append(Point(point, "there" if there else "missing" if missing else "unclear"))
    return tuple(found)
