"""Guided answers: a question back before the answer, a hint, then why it is so.

Who predicts before reading, and says why afterwards, remembers more (Dunlosky et al. 2013,
doi:10.1177/1529100612453266). What one says in one's own words is held against the glossary's
sentences: which of their points are there, and which are missing. It is no grade.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from assistant.answer import Answer, Citation
from assistant.phrases import phrases
from knowledge.entry import Entry, Sentence
from knowledge.glossary import Glossary
from knowledge.language.grammar import content_stems, negations
from knowledge.language.text import likely_language, sentences
from knowledge.language.words import stem
from knowledge.search.embeddings import Embedder

Kind = Literal["example", "misconception", "why", "guess"]
"""What the question back is made of."""
Verdict = Literal["there", "missing", "unclear"]
Closeness = Callable[[str, Sequence[str]], Sequence[float]]
"""Of a text to some sentences, in deviations from what says something else."""

_MOST = 5  # points
_REASONS = 3
_SAYS = 5  # words that a hint should have beside those of grammar and the term
# Log-odds that a point is said, fitted by a logistic regression on 612 pairs of own words and
# points, labelled by hand, in both languages and across them. Of six terms, each foretold from the
# other five: what counts as there is so in 88 of 100, and 16 of 100 points said count as missing.
_WEIGHTS = (0.22, 2.66, 0.64, -1.98)
_THERE, _MISSING = 0.6, -2.2
_CLAUSE = re.compile("[;؛]")
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
    if answer.status != "answered" or first is None or entry is None:
        return None
    quoted = {c.quote for c in answer.citations}
    order = _DEFINED if answer.intent == "definition" else _OTHERWISE
    made = (each for each in _ORDERS.get(answer.intent, order) if _has(entry, each, quoted))
    kind: Kind = next(made, "guess")
    shown: Citation | None = None
    rest: tuple[Citation, ...] = ()
    if kind in ("example", "misconception"):
        shown, rest = _shown(kind, entry)
    elif kind == "why":
        rest = tuple(_cited(_in(entry, "why")))
    points = [
        c for c in answer.citations if c.entry_id == entry.id and c.language == entry.language
    ]
    said = {c.quote for c in (*points, *rest)}
    reasons = [s for name in ("why", "how") for s in _in(entry, name) if s.text not in said]
    reasons = _standing(reasons, entry)[:_REASONS]
    used = said | {s.text for s in reasons}
    hint = _hint(entry, points, kind, used)
    return Guide(
        kind=kind,
        term=entry.term,
        language=entry.language,
        shown=shown,
        hint=hint,
        points=tuple([*points, *rest][:_MOST]),
        reasons=tuple(_cited(reasons)),
    )


def _has(entry: Entry, kind: Kind, quoted: set[str]) -> bool:
    """Whether a question can be made of a section, of which the answer quotes nothing."""
    found = _in(entry, kind)
    parted = kind != "misconception" or bool(found and _CLAUSE.search(found[0].text))
    return bool(found) and parted and not quoted & {s.text for s in found}


def _shown(kind: Kind, entry: Entry) -> tuple[Citation, tuple[Citation, ...]]:
    """What the question shows, and what of the same place belongs to the answer."""
    first = _in(entry, kind)[0]
    if kind == "example":
        return _citation(first), ()
    cut = _CLAUSE.search(first.text)
    assert cut is not None  # noqa: S101  (``_has`` has seen it)
    rest = len(first.text) - len(first.text[cut.end() :].lstrip())
    return _citation(first, 0, cut.start()), (_citation(first, rest),)


def _hint(entry: Entry, points: Sequence[Citation], kind: Kind, used: set[str]) -> Citation | None:
    """The sentence that has fewest of the answer's words, of those that stand by themselves."""
    told = _stems((c.quote for c in points), entry)
    beside = (kind, "example", "misconception", "origin")
    free = [s for s in entry.sentences if s.section not in beside]
    free = _standing([s for s in free if s.text not in used], entry)

    def shared(sentence: Sentence) -> float:
        own = _stems([sentence.text], entry)
        return len(own & told) / max(1, len(own))

    long = [s for s in free if len(_stems([s.text], entry)) >= _SAYS]
    ranked = sorted(long or free, key=lambda s: (shared(s), s.place))
    return _citation(ranked[0]) if ranked else None


def compare(
    words: str, points: Sequence[Citation], glossary: Glossary, closeness: Closeness
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
    close = [closeness(text, [*said, *rivals]) for text in texts]
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


def closeness(embedders: Sequence[Embedder], language: str) -> Closeness:
    """How close own words are to sentences in a language, by the mean of some embedders."""

    def close(text: str, quotes: Sequence[str]) -> list[float]:
        within = likely_language(text, language) == language
        total: Any = 0.0
        for embedder in embedders:
            vectors = np.array(embedder.passages(quotes))
            scale = embedder.within if within else embedder.across
            total = total + (vectors @ embedder.query(text) - scale.mean) / scale.deviation
        return list(total / len(embedders))

    return close


def _stems(texts: Iterable[str], entry: Entry | None) -> set[str]:
    """The stems of content words, without those of the term's own names."""
    if entry is None:
        return set()
    named = {
        stem(w, entry.language) for name in entry.names for w in content_stems(name, entry.language)
    }
    return {s for text in texts for s in content_stems(text, entry.language)} - named


def _standing(found: Iterable[Sentence], entry: Entry) -> list[Sentence]:
    return [s for s in found if not phrases(entry.language).leans(s.text)]


def _in(entry: Entry, section: str) -> list[Sentence]:
    return [s for s in entry.sentences if s.section == section]


def _cited(found: Iterable[Sentence]) -> Iterator[Citation]:
    return (_citation(sentence) for sentence in found)


def _citation(sentence: Sentence, start: int = 0, end: int | None = None) -> Citation:
    quote = sentence.text[start:end]
    begins = sentence.start + start
    place = sentence.entry_id, sentence.term, sentence.language, sentence.section
    return Citation(0, *place, quote, begins, begins + len(quote))
