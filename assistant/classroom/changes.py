"""Changes that make a sentence false: a number, an author, a word for its opposite, two terms."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, cached_property
from itertools import pairwise
from random import Random
from typing import NamedTuple

from assistant.classroom.quiz import closed
from assistant.verification import notes
from knowledge.entry import Entry, Sentence
from knowledge.glossary import Glossary
from knowledge.language.grammar import content_stems
from knowledge.language.quantities import is_figure
from knowledge.language.text import base, written_in
from knowledge.language.words import fold, normalize, stem
from knowledge.linking import Linker

MARKS = "\u064b-\u0652"  # of Arabic vowels, which are no letters
NUMBER = re.compile(r"(?<![\w.,/:^–−-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w/:^–−]|[-.,]\d)")
YEAR = re.compile(r"(?<![\w.,-])(?:1[0-9]|20)\d\d(?![\w.,%]\d|\w)")
_FEW = 12  # things: of as many, one more is another number; of more, twice as many
_APART = 15  # percentage points by which a share differs
_NUMBERS = 3  # in a sentence, at the most: one of more is not missed
_WEIGHTS = (4, 4, 2, 1)  # a contrast and an opposite ask for more thought than a year and a name


class Change(NamedTuple):
    """Other words for some of a sentence, with which it is false."""

    start: int
    end: int
    new: str
    told: str
    """The change, as a key has it: “2014 → 2017”."""


class Changes:
    """Finds what in the sentences of a glossary can be changed. Threads may share one."""

    def __init__(self, glossary: Glossary, linker: Linker) -> None:
        self._glossary = glossary
        self._linker = linker
        self._people = cache(self._find_people)  # goes with this

    def of(self, entry: Entry, sentence: Sentence, rng: Random) -> list[tuple[int, Change]]:
        """What can be changed of a sentence, each with a weight: how much it asks of a reader."""
        ways = (
            self._exchanged(entry, sentence),
            self._opposites(sentence),
            self._numbers(entry, sentence, rng),
            self._authors(entry, sentence, rng),
        )
        return [(n, each) for n, way in zip(_WEIGHTS, ways, strict=True) for each in way]

    def _exchanged(self, entry: Entry, sentence: Sentence) -> Iterator[Change]:
        """The two terms that a sentence sets against each other, one in the other's place."""
        text, language = sentence.text, sentence.language
        links = list(self._linker.places(text, language))
        here = {link.entry_id for link in links}
        if not sentence.section.startswith("contrast") or len(links) != 2 or entry.id not in here:  # noqa: PLR2004
            return
        places: list[tuple[int, int]] = []
        for link in links:
            named = self._glossary.get(link.entry_id, language)
            start, end = link.span
            if not named or text[start:end].casefold() not in map(str.casefold, named.names):
                return  # it has an ending or a particle, which the other may not have
            article = re.search(r"\b(?:an?|the) $", text[:start], re.IGNORECASE)
            places.append((start - len(article[0]) if article else start, end))
        (a, b), (c, d) = places
        if min(len(content_stems(part, language)) for part in (text[b:c], text[d:])) < 2:  # noqa: PLR2004
            return
        one, other = text[a:b], text[c:d]
        moved, first = one, other
        if a == 0 and base(language) == "en":
            moved = one if one[1:2].isupper() else one[:1].lower() + one[1:]
            first = other[:1].upper() + other[1:]
        yield Change(a, d, f"{first}{text[b:c]}{moved}", f"{one} ↔ {other}")

    def _opposites(self, sentence: Sentence) -> Iterator[Change]:
        """The opposite of the one word that has one, where nothing else turns the sense."""
        text, language = sentence.text, sentence.language
        if {"hedge", "negation"} & set(notes(text, ("",))) or has(text, "fixed", language):
            return
        found = {change.start: change for change in _turned(text, language)}
        links = self._linker.places(text, language)
        places = {n for link in links for n in range(*link.span)}
        if len(found) == 1 and places.isdisjoint(found):
            yield from found.values()

    def _numbers(self, entry: Entry, sentence: Sentence, rng: Random) -> Iterator[Change]:
        """Other numbers, which the entry does not have."""
        text = sentence.text
        there = {value_of(m[0]) for s in entry.sections for m in NUMBER.finditer(s.text)}
        found = list(NUMBER.finditer(text))
        ranged = any(len(text[a.end() : b.start()].split()) < 2 for a, b in pairwise(found))  # noqa: PLR2004
        if ranged or "=" in text or len(found) > _NUMBERS or has(text, "bounds", entry.language):
            return
        for match in found:
            value, behind = value_of(match[0]), text[match.end() :].lstrip()[:1]
            if YEAR.fullmatch(match[0]):
                years = (value + sign * step for step in range(2, 7) for sign in (-1, 1))
                others = [year for year in years if year <= self._latest]
            elif behind in ("%", "٪"):
                shares = (100 - value, value / 2)
                others = [other for other in shares if abs(other - value) > _APART]
            elif value <= _FEW:
                others = [value + 1, value + 2] if value > 1 and behind != "°" else []
            else:
                others = [value * 2, value * 3, value / 2]
            written = [written_as(other, match[0]) for other in others if other not in there]
            if written := list(filter(None, written)):
                new = rng.choice(written)
                yield Change(*match.span(), new, f"{match[0]} → {new}")

    def _authors(self, entry: Entry, sentence: Sentence, rng: Random) -> Iterator[Change]:
        """Another author for one whom a sentence names: of entries that have nothing in common."""
        people = self._people(entry.language)
        said = " ".join(section.text for section in entry.sections)
        for name in _named(entry):
            at = people.get(name, ("",))[0]
            place = sentence.text.find(at) if at else -1
            if place < 0:
                continue
            own = {entry.id, *entry.related}
            strangers = [w for n, (w, ids) in people.items() if n not in said and not own & ids]
            if strangers:
                new = rng.choice(strangers)
                yield Change(place, place + len(at), new, f"{at} → {new}")

    def _find_people(self, language: str) -> dict[str, tuple[str, set[str]]]:
        """Authors whom the texts of a language name: as written there, and of what entries.

        Where it is not written in Latin letters, they stand behind: «فيكتور سان (Victor Sanh)».
        """
        found: dict[str, tuple[str, set[str]]] = {}
        for entry in self._glossary.entries:
            if entry.language != language:
                continue
            said = " ".join(section.text for section in entry.sections)
            for name in _named(entry):
                pattern = re.escape(name)
                if "LATIN" not in written_in(language):
                    pattern = rf"(?:[^\s\W\d]+ ){{{len(name.split())}}}\({pattern}\)"
                if match := re.search(pattern, said):
                    joined = name[0] not in "WVOU"  # else its و is no “and”
                    written = match[0].removeprefix("و") if joined else match[0]
                    found.setdefault(name, (written, set()))[1].update((entry.id, *entry.related))
        return found

    @cached_property
    def _latest(self) -> int:
        """The last year in which an entry was changed; without any, this year."""
        changed = (entry.updated.year for entry in self._glossary.entries if entry.updated)
        return max(changed, default=datetime.now(UTC).year)


def _named(entry: Entry) -> list[str]:
    """The authors of an entry's sources, by first and last name."""
    parts = (re.split(r",| and |;|&| et al\.?", source.authors) for source in entry.sources)
    return [name.strip() for some in parts for name in some if len(name.split()) > 1]


def _turned(text: str, language: str) -> Iterator[Change]:
    """Words for their opposites; but none in “after three days” or “day after day”."""
    pairs: Sequence[Sequence[str]] = closed(language, "opposites") or ()
    article = "(?:[وفبكل]?ال)?" if base(language) == "ar" else ""
    for one, other in (*pairs, *(pair[::-1] for pair in pairs)):
        for match in re.finditer(rf"(?<!\w){article}({one})(?![\w{MARKS}])", text, re.IGNORECASE):
            before = ["", *text[: match.start()].split()][-1]
            behind = text[match.end() :].split()
            next_ = "".join(behind[:1])
            if stem(fold(before), language) == stem(fold(next_), language):
                continue
            if next_[:1].isdigit() or (next_ and is_figure(normalize(next_))):
                continue
            new = str(other)
            vowels = [word[:1].lower() in "aeiou" for word in (match[1], new)]
            if before.lower() in ("a", "an") and vowels[0] != vowels[1]:
                continue
            if new == "less" and any(word.endswith("s") for word in behind[:2]):
                new = "fewer"
            new = new[:1].upper() + new[1:] if match[1][:1].isupper() else new
            yield Change(*match.span(1), new, f"{match[1]} → {new}")


def has(text: str, name: str, language: str) -> bool:
    """Whether a text has a word of a closed class of its language."""
    listed = closed(language, name)
    found = listed and re.search(rf"(?<!\w)(?:{listed})(?!\w)", text, re.IGNORECASE)
    return bool(found)


def value_of(text: str) -> float:
    """The value of a number as it is written."""
    return float(text.replace(",", "").replace("−", "-"))


def written_as(value: float, like: str) -> str:
    """A number written as another, with as many decimals; nothing where it needs more."""
    decimals = len(like.partition(".")[2])
    text = f"{value:,.{decimals}f}"
    if value_of(text) != round(value, 9):
        return ""
    plain = "," not in like and value_of(like) >= 1000  # noqa: PLR2004  (it is written 12000)
    return text.replace(",", "") if plain or YEAR.fullmatch(like) else text
