"""Selection: which sentences of an entry answer what is asked, and in what order they read well."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer import Kind
from assistant.extent import Length, Level
from assistant.phrases import is_order, phrases
from assistant.reading import Ask
from assistant.said import Said
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Passage
from knowledge.evidence import Evidence
from knowledge.language import base, sentences
from knowledge.words import content_stems, fold, stem

COUNTS: dict[Length, int] = {"short": 2, "normal": 4, "full": 12}
"""Sentences of an answer about one term; one or two more where a sentence needs the one before."""

_YEAR = re.compile(r"\b(1[5-9]|20)\d\d\b")
_RELEVANT = 0.5  # a sentence of less than this part of the best one's points is beside the point
_SAME = 0.75  # of the fewer words of two sentences in common: they say the same
_TELLING: dict[Kind, int] = {"check": 3, "origin": 4}  # sentences that settle it, at most
_MET = 0.6  # of the question's words in one sentence: it is answered by it
_ENOUGH = 3  # sentences that need no others beside them
_LED_TO = 2  # sentences, where one that leads to them is all that is said
_LEAST = 4  # words from which on that can be told
_CODE, _TALK = re.compile(r"\w[(\[{=]\S|[;{}]$|^[@>]"), re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
"""What a line of code has, and what it has not: one word behind the other."""

# What speaks for a sentence, in points: that its section is of the kind asked for, that it uses the
# question's words beyond the term itself, a year or a word of origin where one is asked for, a
# close passage. Chosen so that the right section beats a close passage, and all the words of the
# question beat the section. Each sentence before it in its section costs a little: sections begin
# with what matters.
_SECTION, _WORDS, _DATED, _CLOSE, _LATER = 2.0, 2.5, 1.0, 1.0, 0.15

# The sections that define a term after its summary, by the level of the reader.
_DEFINING: dict[Level, tuple[str, ...]] = {
    "simple": ("why", BODY, "how"),
    "normal": (BODY, "how", "why", "origin", "limits", "now"),
    "deep": ("how", BODY, "limits", "origin", "now", "why"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of an entry, with its place in it."""

    text: str
    passage: Passage
    place: int
    """Counted from the entry's beginning."""
    order: int
    """Counted from the section's beginning."""
    stems: frozenset[str]
    leans: bool
    """Whether it needs the sentence before it to be understood."""

    @property
    def leads(self) -> bool:
        """Whether it needs what follows it to be understood."""
        return self.text.endswith((":", "："))

    @property
    def section(self) -> str:
        """The section's name, without the number of a second one of its name."""
        return self.passage.section.partition("-")[0]


@lru_cache(maxsize=2048)
def candidates(entry: Entry) -> tuple[Candidate, ...]:
    """The sentences of an entry in reading order, but for orders to whoever writes of it."""
    found: list[Candidate] = []
    orders: dict[str, int] = {}
    leaning = phrases(entry.language).leaning
    every = [
        (passage.text[slice(*span)], passage)
        for passage in entry.passages
        for span in sentences(passage.text, entry.language)
    ]
    for text, passage in [s for s in every if not is_order(s[0])] or every:
        order = orders.get(passage.section, 0)
        orders[passage.section] = order + 1
        leans = order > 0 and (_is_code(text) or Said.of(text).finds(leaning))
        stems = frozenset(content_stems(text, entry.language))
        found.append(Candidate(text, passage, len(found), order, stems, leans))
    return tuple(found)


def _is_code(text: str) -> bool:
    return text.isascii() and _CODE.search(text) is not None and not _TALK.search(text)


class Selection:
    """The choice among the sentences of one entry for one thing asked: about ``most`` of them."""

    def __init__(self, entry: Entry, ask: Ask, evidence: Evidence, most: int, level: Level) -> None:
        self.entry = entry
        self.candidates = candidates(entry)
        self._kind = ask.kind
        self._named = entry.id in evidence.mentions.entry_ids
        self._most = most
        self._level = level
        names = {stem for name in entry.names for stem in content_stems(name, entry.language)}
        self._asked = frozenset(content_stems(ask.text, ask.spoken, aspects=False)) - names
        hits = {hit.passage.id: hit.score for hit in evidence.hits}
        self._points = {c: self._worth(c, hits) for c in self.candidates}

    def chosen(self) -> list[Candidate]:
        """The sentences that answer, in order."""
        match self._kind:
            case "compare" | "relation":
                return self._in_order(self._definition())
            case "define" if self._named:
                return self._in_order(self._definition())
            case "check" | "origin":
                best = self._best(min(self._most, _TELLING[self._kind]))
                first, others = best[:1], best[1:]
            case "define" | "list":
                best = self._best(self._most - 1)
                opening = [c for c in self.candidates if c.section == SUMMARY][:1]
                first, others = best[:1], [*opening, *best[1:]]
                if opening and not self._meets(best[0]):  # what is described is named first
                    first, others = opening, best
            case _:
                own = [c for c in self._ranked() if c.section == self._kind][: self._most]
                told = self._in_order(own)
                return told + self._in_order(self._beside(own), said=told)
        told = self._in_order(first, first=True)
        return told + self._in_order(others, said=told)

    def lacks(self) -> bool:
        """Whether the entry has no section for what is asked, nor a sentence that looks like it."""
        if any(c.section == self._kind for c in self.candidates):
            return False
        return self._kind != "origin" or not any(map(_tells_origin, self.candidates))

    def _definition(self) -> list[Candidate]:
        """The summary, then the best of the sections that a reader of this level looks at next."""
        found = [c for c in self.candidates if c.section == SUMMARY][: max(2, self._most - 1)]
        if found and self._most <= COUNTS["short"]:
            return found
        if self._level == "simple":  # an example is told whole, or not at all
            found = found[:2]
            example = [c for c in self.candidates if c.section == EXAMPLE]
            found += example if len(example) <= COUNTS["normal"] else []
        by_section = [
            [c for c in self._ranked() if c.section == section and c not in found]
            for section in _DEFINING[self._level]
        ]
        while len(found) < self._most and any(by_section):
            for ranked in by_section:
                if ranked and len(found) < self._most and not self._repeats(ranked[0], found):
                    found.append(ranked[0])
                del ranked[:1]
        return found

    def _beside(self, own: list[Candidate]) -> list[Candidate]:
        """What comes nearest, where the section that is asked for says little by itself."""
        if len(own) >= min(self._most, _ENOUGH) or (own and self._kind == EXAMPLE):
            return []
        opening = [c for c in self.candidates if c.section in (SUMMARY, "how") and c.order == 0]
        beside = [c for c in (*self._best(self._most), *opening) if c.section != EXAMPLE]
        found = [c for c in dict.fromkeys(beside) if c not in own]
        return found[: min(self._most, _ENOUGH) - len(own)]

    def _best(self, most: int) -> list[Candidate]:
        """The sentences with most points, as far as they are near the best one's; none twice."""
        ranked = self._ranked()
        least = _RELEVANT * self._points[ranked[0]]
        found: list[Candidate] = []
        for c in ranked:
            if len(found) < most and self._points[c] >= least and not self._repeats(c, found):
                found.append(c)
        return found

    def _ranked(self) -> list[Candidate]:
        return sorted(self.candidates, key=lambda c: (-self._points[c], c.place))

    def _in_order(
        self, chosen: Iterable[Candidate], *, first: bool = False, said: Sequence[Candidate] = ()
    ) -> list[Candidate]:
        """Sentences as they stand in the entry, each that leans with the one before it."""
        found = {c.place: c for c in chosen if c not in said}
        told = {c.place for c in said}
        for c in tuple(found.values()):
            while c.leans and c.place - 1 not in found and c.place - 1 not in told:
                c = self.candidates[c.place - 1]  # noqa: PLW2901  (back to one that stands alone)
                found[c.place] = c
        in_order = [found[place] for place in sorted(found)]
        if not first:  # a sentence is not repeated by one that came along
            in_order = [
                c for n, c in enumerate(in_order) if c.leans or not self._repeats(c, in_order[:n])
            ]
        return self._whole(in_order)

    def _whole(self, in_order: list[Candidate]) -> list[Candidate]:
        """Without sentences that lead to what is not there: “There are two kinds:”.

        Where nothing else would be left, what they lead to comes along.
        """
        places = {c.place for c in in_order}
        kept = [c for c in in_order if not c.leads or c.place + 1 in places]
        if kept or not in_order:
            return kept
        behind = in_order[-1].place + 1
        return [*in_order, *self.candidates[behind : behind + _LED_TO]]

    def _repeats(self, candidate: Candidate, said: Collection[Candidate]) -> bool:
        return any(same(candidate, other) for other in said)

    def _meets(self, candidate: Candidate) -> bool:
        """Whether a sentence uses most of the question's words."""
        return len(self._asked & candidate.stems) >= _MET * max(1, len(self._asked))

    def _worth(self, c: Candidate, hits: dict[str, float]) -> float:
        points = _SECTION * (c.section == self._kind)
        points += _WORDS * len(self._asked & c.stems) / max(1, len(self._asked))
        if self._kind == "origin" and c.section in ("origin", SUMMARY, BODY):
            points += _DATED * ((_YEAR.search(c.text) is not None) + _tells_origin(c)) / 2
        points += _CLOSE * hits.get(c.passage.id, 0.0)
        return points - _LATER * c.order


def same(first: Candidate, second: Candidate) -> bool:
    """Whether two sentences say the same, by the words that they have in common."""
    least = min(len(first.stems), len(second.stems))
    return least >= _LEAST and len(first.stems & second.stems) >= _SAME * least


def speaking(entry: Entry, other: Entry) -> list[Candidate]:
    """The sentences of an entry that name another one."""
    names = [f" {_stems(name, other.language)} " for name in other.names]
    return [
        c
        for c in candidates(entry)
        if any(name in f" {_stems(c.text, entry.language)} " for name in names)
    ]


@lru_cache(maxsize=8192)
def _stems(text: str, language: str) -> str:
    """All words of a text as stems, those of grammar too: they are part of a name."""
    return " ".join(stem(word, language) for word in fold(text).split())


def _tells_origin(candidate: Candidate) -> bool:
    """Whether a sentence tells who, or when."""
    words = phrases(base(candidate.passage.language)).origin_words
    return Said.of(candidate.text).finds(words)
