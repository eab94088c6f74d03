"""Grounding: which words of the given passages bear a sentence out, if any do."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.alignment import Source, coverage
from assistant.answer import Support
from assistant.features import Features, features
from assistant.material import TOGETHER, Material, name_stems, unit
from assistant.polarity import contradicts
from assistant.statement import Statement, statement
from assistant.writers import Draft
from knowledge.entry import Passage
from knowledge.language import Span
from knowledge.search.embeddings import Embedder

# Any of these speaks against a claim for good.
VETOES: tuple[str, ...] = (
    "numbers", "names", "turned", "stronger", "unlimited", "compared", "framed", "counted",
    "stray",
)  # fmt: skip
# What each of the others costs: a logistic regression whose weights are of one sign, on the tuned
# two thirds of knowledge/bundled/claims, on tests/data/claims, and on further false sentences made
# of true ones by machine; rounded, with “reused” and “lonely” raised by hand.
# tests/benchmarks/grounding.py fits them anew, without the machine's sentences.
COSTS = {
    "light": 0.16, "plain": 0.39, "polar": 0.39, "rare": 0.8, "strange": 1.48, "reused": 1.01,
    "replaced": 1.11, "unhedged": 0.55, "exchanged": 1.84, "lonely": 0.7, "caused": 0.49,
    "long": 0.24, "thin": 1.03, "scattered": 1.21,
}  # fmt: skip
# What a claim may cost, where at most 4 % of false ones passed there and 2 % of those with another
# number, name or negation.
_MOST = 1.0
_OWN = 2  # words beside the names of what it is about: with fewer, a claim says nothing of it
_COVERED = 0.75  # of a claim's words: with no more in common, a short one is no sentence at all
_THIN = 0.6  # the part of a sentence that a claim may leave out if it rests on others too
_COSINE = 0.85
"""Across languages; of the bundled glossary's summaries every translation reaches 0.856
(multilingual-e5-small); of other sentences of the same entries one in fifty does."""
_LEAST = 3  # a claim of fewer content words is a fragment, which a passage can hold by chance
_TRIED = 3  # spans of one passage, and of all that were not cited, that are worth a closer look
_TRIED_OF_ALL = 2


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a passage: ``passage.text[span.start:span.end]``."""

    passage: Passage
    span: Span

    @property
    def text(self) -> str:
        """The words."""
        return self.passage.text[self.span.start : self.span.end]


class Grounder:
    """Grounds the sentences of one answer in the passages that were found for it.

    ``terms``: the names of the glossary's entries in the answer's language. A word of theirs that
    a passage does not have speaks against a claim more than another.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        embedder: Embedder,
        language: str,
        terms: Sequence[str] = (),
    ) -> None:
        self._passages = tuple(passages)
        self._embedder = embedder
        self._language = language
        self._known = name_stems(tuple(terms), language)
        self._taken: dict[str, Material] = {}

    def ground(self, draft: Draft) -> tuple[Support, tuple[Quote, ...]]:
        """What bears a sentence out: passages it cites or, if none does, others that were given.

        ``quoted`` where it is a sentence of a passage to the letter, or two that follow each other;
        ``supported`` where its numbers and names stand in some sentences of a passage, nothing
        there speaks against it, and what it has beyond them says little; across languages, where
        its sense is there; else ``unsupported``.
        """
        cited = [self._material(passage) for passage in draft.passages]
        others = [self._material(p) for p in self._passages if p not in draft.passages]
        for reading in (*cited, *others):
            if span := reading.holding(draft.text):
                return "quoted", (Quote(reading.passage, span),)
        if draft.text.rstrip("\"'”»)| ").endswith(("?", "؟")):  # a question says nothing
            return "unsupported", ()
        claim = statement(draft.text, self._language)
        if len({min(claim.terms[n].stems) for n in claim.content}) < _LEAST:
            return "unsupported", ()
        quotes = [quote for each in cited for quote in self._supporting(claim, draft.text, [each])]
        quotes = quotes or self._jointly(claim, cited)
        quotes = quotes or self._supporting(claim, draft.text, others)
        return ("supported", tuple(quotes)) if quotes else ("unsupported", ())

    def prepare(self) -> None:
        """Takes the passages apart, while a model is still thinking of its first sentence."""
        for passage in self._passages:
            reading = self._material(passage)
            if reading.speaks(self._language):
                for window in reading.windows():
                    reading.source(*window)

    def _material(self, passage: Passage) -> Material:
        if passage.text not in self._taken:
            self._taken[passage.text] = Material(passage)
        return self._taken[passage.text]

    def _supporting(self, claim: Statement, text: str, among: Sequence[Material]) -> list[Quote]:
        """The span of some passages that best bears a claim out, or none."""
        here = [each for each in among if each.speaks(self._language)]
        found = self._best(claim, here, _TRIED if len(among) == 1 else _TRIED_OF_ALL)
        if found is not None:
            return [found]
        return self._across(claim, text, [each for each in among if each not in here])

    def _best(self, claim: Statement, among: Sequence[Material], tried: int) -> Quote | None:
        looks = [
            (coverage(claim, reading.stems(first, last)) - 0.01 * (last - first), n, first, last)
            for n, reading in enumerate(among)
            for first, last in reading.windows()
        ]
        best: tuple[float, Quote] | None = None
        for _, n, first, last in sorted(looks, reverse=True)[:tried]:
            cost = _cost(features(claim, among[n].source(first, last), self._known))
            if cost <= _MOST and (best is None or cost < best[0]):
                best = cost, Quote(among[n].passage, among[n].span(first, last))
        return best[1] if best else None

    def _jointly(self, claim: Statement, cited: Sequence[Material]) -> list[Quote]:
        """A sentence of each of two cited passages that bear a claim out together, or none."""
        here = [each for each in cited if each.speaks(self._language)][:2]
        if len(here) < 2:  # noqa: PLR2004
            return []
        places = [
            max(range(len(each.spans)), key=lambda n, r=each: coverage(claim, r.stems(n, n + 1)))  # type: ignore[misc]
            for each in here
        ]
        first, second = (r.source(n, n + 1) for r, n in zip(here, places, strict=True))
        if any(r.orders[n] for r, n in zip(here, places, strict=True)):
            return []
        if _cost(features(claim, _joined(first, second), self._known)) > _MOST:
            return []
        return [Quote(r.passage, r.spans[n]) for r, n in zip(here, places, strict=True)]

    def _across(self, claim: Statement, text: str, among: Sequence[Material]) -> list[Quote]:
        """The sentence, or two, of passages in other languages that says what a claim says."""
        fitting = [
            (reading, first, last)
            for reading in among
            for first, last in reading.windows()
            if last - first < TOGETHER and not contradicts(claim, reading.source(first, last).span)
        ]
        if not fitting:
            return []
        vectors = [reading.vector(first, last, self._embedder) for reading, first, last in fitting]
        mine = unit(self._embedder.passages([text])[0])
        cosines = np.array(vectors) @ mine
        best = int(np.argmax(cosines))
        reading, first, last = fitting[best]
        return (
            [Quote(reading.passage, reading.span(first, last))] if cosines[best] >= _COSINE else []
        )


def _cost(found: Features) -> float:
    """What speaks against a claim, from 0; no limit where something does for good."""
    if (
        found.own < _OWN
        or found.covered <= _COVERED
        or found.thin > _THIN
        or any(getattr(found, name) for name in VETOES)
    ):
        return float("inf")
    return float(sum(weight * getattr(found, name) for name, weight in COSTS.items()))


def _joined(first: Source, second: Source) -> Source:
    return Source(
        Statement(first.span.language, first.span.terms + second.span.terms),
        (*first.parts, len(first.span.terms) + second.parts[0]),
        first.context | second.context,
        (first.elsewhere | second.elsewhere)
        - frozenset(s for t in first.span.terms + second.span.terms for s in t.stems),
    )
