"""Wording: words that can stand for one another, oppose, hedge, quantify, negate, by language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.wording.roots import roots
from knowledge.language import base
from knowledge.words import level, stem

STRENGTHS = ("all", "only", "must", "superlative")
"""Classes of words that make a statement say more."""

HEDGES = ("may", "some", "most", "few")
"""Classes of words that make a statement say less."""

_CLASSES = ("about", "negation", "denial", "cause", "by", "absolute", "each", "company")
_JOINED = "_"
_LONGER = 4  # letters by which a form may be longer or shorter than a word that is listed
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Wording:
    """What one language's file says. Words are plain; several as one are joined by underscores."""

    language: str
    groups: Mapping[str, frozenset[int]]
    """The groups of words that can stand for one another, by the stems of their words."""
    sides: Mapping[str, frozenset[tuple[int, int, int]]]
    """Pairs of opposites by the stems of their words: the pair's number, the side, 0 or 1, and how
    long the word is, since a stem is that of words far apart too: multiple, multiplication."""
    numbers: Mapping[str, float]
    magnitudes: Mapping[str, float]
    classes: Mapping[str, frozenset[str]]
    """The words of each class: ``all``, ``may``, ``about``, ``negation`` and so on."""
    comparing: frozenset[str]
    """Words that compare, such as more, fewer, before."""
    light: frozenset[str]
    """Stems of words that say little by themselves: show, way, become, further."""
    listed: frozenset[str]
    """These words as the file has them."""
    turning: frozenset[str]
    """Words behind which the other side of a relation stands: than, unlike, before."""
    prefixes: tuple[str, ...]
    expressions: Mapping[str, tuple[tuple[str, ...], ...]]
    """Several words that are taken as one, by the first of them, the longest first."""

    def classes_of(self, word: str) -> frozenset[str]:
        """The classes that a plain word is in."""
        return _classes_of(self.language, word)

    def alike(self, first: Iterable[str], second: Iterable[str]) -> bool:
        """Whether a word, by the stems it may have, can stand for another."""
        mine = {group for each in first for group in self.groups.get(each, ())}
        return any(not mine.isdisjoint(self.groups.get(each, ())) for each in second)

    def lists(self, stems: Iterable[str]) -> bool:
        """Whether a word, by the stems it may have, is listed, so that its like would be told."""
        return any(each in self.groups or each in self.sides for each in stems)

    def opposed(self, first: str, second: str) -> bool:
        """Whether two plain words are opposites."""
        return _opposed(self.language, first, second)

    def sides_of(self, word: str) -> set[tuple[int, int]]:
        """The pairs of opposites that a plain word is in, and on which side."""
        return {
            (number, side)
            for each in stems(word, self.language)
            if not each.startswith("√")
            for number, side, length in self.sides.get(each, ())
            if abs(length - len(word)) <= _LONGER
        }


@cache
def wording(language: str) -> Wording:
    """The wording of a language; of one without a file, an empty one."""
    language = base(language)
    path = files("assistant.wording").joinpath(f"{language}.yaml")
    values: dict[str, Any] = {}
    if path.is_file():
        values = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506  (it is a safe one)
    groups: dict[str, set[int]] = {}
    same = _lines(values, "same")
    for number, line in enumerate(same):
        for word in line.split():
            for each in stems(plain(word), language):
                groups.setdefault(each, set()).add(number)
    sides: dict[str, set[tuple[int, int, int]]] = {}
    for number, line in enumerate(_lines(values, "opposite")):
        for side, words in enumerate(line.split("/")):
            for word in words.split():
                for each in stems(plain(word), language):
                    sides.setdefault(each, set()).add((number, side, len(word)))
    names = (
        *STRENGTHS,
        *HEDGES,
        "about",
        "negation",
        "denial",
        "cause",
        "by",
        "absolute",
        "each",
        "company",
    )
    classes = {name: frozenset(map(plain, str(values.get(name, "")).split())) for name in names}
    listed = {plain(word) for line in same for word in line.split()}
    listed.update(plain(word) for word in str(values.get("opposite", "")).split())
    listed.update(*classes.values(), map(plain, str(values.get("light", "")).split()))
    return Wording(
        language=language,
        groups={word: frozenset(found) for word, found in groups.items()},
        sides={word: frozenset(found) for word, found in sides.items()},
        numbers={plain(str(w)): float(n) for w, n in (values.get("numbers") or {}).items()},
        magnitudes={plain(str(w)): float(n) for w, n in (values.get("magnitudes") or {}).items()},
        classes=classes,
        comparing=frozenset(map(plain, str(values.get("comparing", "")).split())),
        light=frozenset(stemmed(word, language) for word in str(values.get("light", "")).split()),
        listed=frozenset(map(plain, str(values.get("light", "")).split())),
        turning=frozenset(map(plain, str(values.get("turning", "")).split())),
        prefixes=tuple(p.strip("-") for p in str(values.get("prefixes") or "").split()),
        expressions=_expressions(listed),
    )


def plain(word: str) -> str:
    """A word as it is compared: without case and marks, its Arabic letters levelled."""
    return level(word).replace("’", "'").strip("'-")


@lru_cache(maxsize=65536)
def stemmed(word: str, language: str) -> str:
    """The stem of a word, or the stems of several that are taken as one."""
    return _JOINED.join(stem(part, language) for part in plain(word).split(_JOINED))


@lru_cache(maxsize=65536)
def _opposed(language: str, first: str, second: str) -> bool:
    known = wording(language)
    there = known.sides_of(second)
    return any((number, 1 - side) in there for number, side in known.sides_of(first))


@lru_cache(maxsize=65536)
def stems(word: str, language: str) -> frozenset[str]:
    """The stems that a plain word may have; an Arabic one also by its roots, each marked √."""
    if language != "ar" or _JOINED in word or word.isascii():
        return frozenset((stemmed(word, language),))
    return frozenset((stemmed(word, language), *(f"√{root}" for root in roots(word))))


@lru_cache(maxsize=65536)
def _classes_of(language: str, word: str) -> frozenset[str]:
    return frozenset(name for name, words in wording(language).classes.items() if word in words)


def _lines(values: Mapping[str, Any], key: str) -> list[str]:
    return [line for line in str(values.get(key, "")).splitlines() if line.strip()]


def _expressions(words: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, set[tuple[str, ...]]] = {}
    for word in words:
        parts = tuple(word.split(_JOINED))
        if len(parts) > 1 and all(parts):
            found.setdefault(parts[0], set()).add(parts)
    return {first: tuple(sorted(each, key=len, reverse=True)) for first, each in found.items()}
