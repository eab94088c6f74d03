"""Guided answers: a question back before the answer, a hint, then why it is so.

Who predicts before reading, and says why afterwards, remembers more (Dunlosky et al. 2013,
doi:10.1177/1529100612453266). What one says in one's own words is held against the glossary's
sentences: which of their points are there, and which are missing. It is no grade.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

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
_THERE, _MISSING = 1.0, 0.0  # log-odds of a point's being said
_WEIGHTS = (1.0, 4.0, -3.0)  # of its closeness, of the share of its words, and the offset
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
    shown, rest = None, ()
    if kind in ("example", "misconception"):
        shown, rest = _shown(kind, entry)
    elif kind == "why":
        rest = tuple(_cited(_in(entry, "why")))
    points = [c for c in answer.citations if c.entry_id == entry.id and c.language == entry.language]
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


def _hint(
    entry: Entry, points: Sequence[Citation], kind: Kind, used: set[str]
) -> Citation | None:
    """The sentence that has fewest of the answer's words, of those that stand by themselves."""
    told = _stems((c.quote for c in points), entry)
    free = [s for s in entry.sentences if s.section not in (kind, "example", "misconception")]
    free = _standing([s for s in free if s.text not in used], entry)

    def shared(sentence: Sentence) -> float:
        own = _stems([sentence.text], entry)
        return len(own & told) / max(1, len(own))

    ranked = sorted(free, key=lambda s: (shared(s), s.place))
    return _citation(ranked[0]) if ranked else None


def compare(
    words: str, points: Sequence[Citation], glossary: Glossary, closeness: Closeness
) -> tuple[Point, ...]:
    """Which of some points somebody's own words have.

    That is told by how close they are in meaning and by the words that they share. Words that deny
    what a point affirms, or the reverse, are not told apart: there it is unclear.

    Raises:
        EmbedderError: the words cannot be embedded.
    """
    language = likely_language(words, points[0].language) if points else ""
    parts = [words[slice(*span)] for span in sentences(words, language)]
    texts = list(dict.fromkeys([words, *parts])) if any(map(str.isalnum, words)) else []
    close = [closeness(text, [p.quote for p in points]) for text in texts]
    found = []
    for n, point in enumerate(points):
        entry = glossary.get(point.entry_id, point.language)
        own = _stems([point.quote], entry)
        odds, best = -9.0, words
        for text, each in zip(texts, close, strict=True):
            share = len(own & set(content_stems(text, point.language))) / max(1, len(own))
            value = _WEIGHTS[0] * each[n] + _WEIGHTS[1] * share + _WEIGHTS[2]
            odds, best = max((odds, best), (value, text))
        denied = negations(best, language) % 2 != negations(point.quote, point.language) % 2
        verdict: Verdict = "missing" if odds < _MISSING else "unclear"
        if odds >= _THERE and not denied:
            verdict = "there"
        found.append(Point(point, verdict))
    return tuple(found)


def closeness(embedders: Sequence[Embedder], language: str) -> Closeness:
    """The closeness of own words in a language, by the mean of some embedders."""

    def close(text: str, quotes: Sequence[str]) -> Sequence[float]:
        total: Any = 0.0
        for embedder in embedders:
            vectors = embedder.passages(quotes)
            scale = embedder.within if likely_language(text, language) == language else embedder.across
            total = total + (vectors @ embedder.query(text) - scale.mean) / scale.deviation
        return list(total / len(embedders))

    return close


def _stems(texts: Iterable[str], entry: Entry | None) -> set[str]:
    """The stems of content words, without those of the term's own names."""
    if entry is None:
        return set()
    named = {stem(w, entry.language) for name in entry.names for w in content_stems(name, entry.language)}
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
