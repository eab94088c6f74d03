"""Guided answers: a question back before the answer, a hint, then why it is so.

Who predicts before reading, and says why afterwards, remembers more (Dunlosky et al. 2013,
doi:10.1177/1529100612453266). What one says in one's own words is held against the glossary's
sentences: which of their points are there, and which are missing. It is no grade.
"""

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from assistant.answer import Answer, Citation
from assistant.phrases import phrases
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.grammar import content_stems, negations
from knowledge.language.text import likely_language, sentences
from knowledge.language.words import stem
from knowledge.search.embeddings import Embedder

Kind = Literal["example", "misconception", "why", "guess"]
"""What the question back is made of."""
Verdict = Literal["there", "missing", "unclear"]

_MOST = 5  # points
_REASONS = 3
_SAYS = 5  # words that a hint should have beside those of grammar and the term
# Log-odds that a point is said, fitted by a logistic regression on 612 pairs of own words and
# points, labelled by hand, in both languages and across them. Of six terms, each foretold from the
# other five: what counts as there is so in 88 of 100, and 16 of 100 points said count as missing.
_WEIGHTS = (0.22, 2.66, 0.64, -1.98)
_THERE, _MISSING = 0.6, -2.2
_CLAUSE = re.compile(r"[;؛]\s+")
_ORDERS: dict[str, tuple[Kind, ...]] = {"example": ("why", "misconception")}
_DEFINED: tuple[Kind, ...] = ("example", "misconception", "why")
_OTHERWISE: tuple[Kind, ...] = ("misconception", "example", "why")


@dataclass(frozen=True, slots=True)
class Guide:
    """How a reader is led to an answer; every text of the glossary is a citation."""

    kind: Kind
    term: str
    language: str
    shown: Citation | None
    """What the question back quotes: how the example begins, or what is mistaken."""
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
    every = list(map(Citation.of, entry.sentences))
    of = {name: [c for c in every if c.section == name] for name in (*_DEFINED, "how")}
    quoted = {c.quote for c in answer.citations}

    def can(kind: Kind) -> bool:
        """Whether a question can be made of a section, of which the answer quotes nothing."""
        found = of[kind]
        parted = kind != "misconception" or bool(found and _CLAUSE.search(found[0].quote))
        return bool(found) and parted and quoted.isdisjoint(c.quote for c in found)

    order = _DEFINED if answer.intent == "definition" else _OTHERWISE
    kind: Kind = next(filter(can, _ORDERS.get(answer.intent, order)), "guess")
    shown: Citation | None = None
    points = [c for c in answer.citations if (c.entry_id, c.language) == (entry.id, entry.language)]
    if kind == "example":
        shown = of[kind][0]
    elif kind == "misconception":  # what is so belongs to the answer
        whole = of[kind][0]
        claim, so = _CLAUSE.split(whole.quote, 1)
        shown = replace(whole, quote=claim, end=whole.start + len(claim))
        points.append(replace(whole, quote=so, start=whole.end - len(so)))
    elif kind == "why":
        points += of[kind]
    said = {c.quote for c in points}
    free = [c for c in every if c.quote not in said and not phrases(entry.language).leans(c.quote)]
    reasons = [c for c in free if c.section == "why"] + [c for c in free if c.section == "how"]
    del reasons[_REASONS:]
    beside = (kind, "example", "misconception", "origin")
    hint = _hint(entry, said, [c for c in free if c not in reasons and c.section not in beside])
    about = kind, entry.term, entry.language
    return Guide(*about, shown, hint, tuple(points[:_MOST]), tuple(reasons))


def _hint(entry: Entry, said: Collection[str], free: Sequence[Citation]) -> Citation | None:
    """The sentence that has fewest of the answer's words, of those that say enough."""
    named = {stem(w, entry.language) for n in entry.names for w in content_stems(n, entry.language)}

    def stems(*texts: str) -> set[str]:
        return {s for text in texts for s in content_stems(text, entry.language)} - named

    def shared(citation: Citation) -> float:
        own = stems(citation.quote)
        return len(own & told) / max(1, len(own))

    told = stems(*said)
    return min([c for c in free if len(stems(c.quote)) >= _SAYS] or free, key=shared, default=None)


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
    close = [_closeness(text, [*said, *rivals], entry.language, embedders) for text in texts]
    found = []
    for n, point in enumerate(points):
        odds, best = -math.inf, words
        own = set(content_stems(point.quote, point.language))
        for text, each in zip(texts, close, strict=True):
            stems = set(content_stems(text, point.language))
            ahead = each[n] - max((c for i, c in enumerate(each) if i != n), default=each[n])
            values = each[n], len(own & stems) / max(1, len(stems)), ahead, 1.0
            value = sum(w * v for w, v in zip(_WEIGHTS, values, strict=True))
            odds, best = max((odds, best), (value, text))
        denied = negations(best, language) % 2 != negations(point.quote, point.language) % 2
        there, missing = odds >= _THERE and not denied, odds < _MISSING
        found.append(Point(point, "there" if there else "missing" if missing else "unclear"))
    return tuple(found)


def _closeness(
    text: str, quotes: Sequence[str], language: str, embedders: Sequence[Embedder]
) -> list[float]:
    """How close a text is to some sentences, in deviations from what says something else."""
    total = np.zeros(len(quotes))
    for embedder in embedders:
        is_within = likely_language(text, language) == language
        scale = embedder.within if is_within else embedder.across
        cosines = np.array(embedder.passages(quotes)) @ embedder.query(text)
        total += (cosines - scale.mean) / scale.deviation
    return list(total / len(embedders))
