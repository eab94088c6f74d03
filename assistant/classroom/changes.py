"""Changes that make a sentence false: a number, a word for its opposite, two terms exchanged."""

import re
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import NamedTuple

from assistant.classroom.quiz import closed
from assistant.verification import notes
from knowledge.entry import Entry, Sentence
from knowledge.glossary import Glossary
from knowledge.language.grammar import content_stems
from knowledge.language.text import base
from knowledge.linking import Linker

MARKS = "\u064b-\u0652"  # of Arabic vowels, which are no letters
NUMBER = re.compile(r"(?<![\w.,/:^–−-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w/:^–−]|[-.,]\d)")
_YEAR = re.compile(r"(?<![\w.,-])(?:1[0-9]|20)\d\d(?![\w.,%]\d|\w)")
_FEW = 12  # things: of as many, one more is another number
_APART = 15  # percentage points by which a share differs
_NUMBERS = 3  # in a sentence, at the most: one of more is not missed


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

    def of(self, entry: Entry, sentence: Sentence) -> list[Change]:
        """What can be changed of a sentence so that a reader has to think: no numbers."""
        if _YEAR.search(sentence.text):  # who knows when something was, need not understand it
            return []
        return [*self._exchanged(entry, sentence), *self._opposites(sentence)]

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
        if not agrees(one, other):
            return
        moved, first = one, other
        if a == 0 and base(language) == "en":
            moved = one if one[1:2].isupper() else one[:1].lower() + one[1:]
            first = other[:1].upper() + other[1:]
        yield Change(a, d, f"{first}{text[b:c]}{moved}", f"{one} ↔ {other}")

    def _opposites(self, sentence: Sentence) -> Iterator[Change]:
        """The opposite of the one word that has one, where nothing else turns the sense."""
        text, language = sentence.text, sentence.language
        opposites: dict[str, str] = closed(language, "opposites") or {}
        if {"hedge", "negation"} & set(notes(text, ("",))) or has(text, "turning", language):
            return
        article = "(?:[وفبكل]?ال)?" if base(language) == "ar" else ""
        words = rf"(?<!\w){article}({'|'.join(opposites)})(?![\w{MARKS}])"
        found = list(re.finditer(words, text, re.IGNORECASE)) if opposites else []
        named = {n for link in self._linker.places(text, language) for n in range(*link.span)}
        if len(found) == 1 and found[0].start() not in named:
            old = found[0][1]
            new = opposites[old.lower()]
            new = new.capitalize() if old[0].isupper() else new
            yield Change(*found[0].span(1), new, f"{old} → {new}")

    @staticmethod
    def numbers(entry: Entry, sentence: Sentence, rng: Random) -> Iterator[Change]:
        """Other numbers, which the entry does not have."""
        text = sentence.text
        there = {value_of(m[0]) for s in entry.sections for m in NUMBER.finditer(s.text)}
        found = list(NUMBER.finditer(text))
        ranged = any(len(text[a.end() : b.start()].split()) < 2 for a, b in pairwise(found))  # noqa: PLR2004
        if ranged or "=" in text or len(found) > _NUMBERS or has(text, "bounds", entry.language):
            return
        if _YEAR.search(text):
            return
        for match in found:
            others = _others(match[0], text[match.end() :].lstrip()[:1])
            written = [written_as(other, match[0]) for other in others if other not in there]
            if written := list(filter(None, written)):
                new = rng.choice(written)
                yield Change(*match.span(), new, f"{match[0]} → {new}")


def agrees(one: str, other: str) -> bool:
    """Whether two terms go with the same words around them: in number, in Arabic in gender too."""
    return _form(one) == _form(other)


def _form(term: str) -> tuple[bool, ...]:
    head, *_ = term.split()
    return head.endswith(("ة", "ات")), head.endswith("s"), term.endswith("s")


def _others(number: str, behind: str) -> list[float]:
    """What else a number could be, of the same kind, and clearly not as true."""
    value = value_of(number)
    if behind in ("%", "٪"):
        return [each for each in (100 - value, value / 2) if abs(each - value) > _APART]
    # Larger ones, and those with decimals, are measurements, articles and versions: mere detail.
    is_count = number.isdecimal() and 1 < value <= _FEW and behind != "°"
    return [value + 1, value + 2] if is_count else []


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
    text = f"{value:,.{len(like.partition('.')[2])}f}"
    if value_of(text) != round(value, 9):
        return ""
    plain = "," not in like and value_of(like) >= 1000  # noqa: PLR2004  (it is written 12000)
    return text.replace(",", "") if plain or _YEAR.fullmatch(like) else text
