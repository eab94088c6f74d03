"""Quantities: the numbers of a text, in digits or in words, and what they count."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import product, zip_longest

from babel import Locale
from babel.dates import get_month_names
from babel.units import format_unit

from knowledge.language.grammar import function_words
from knowledge.language.words import PROCLITICS, normalize
from knowledge.resources import resource

_CHUNK = re.compile(r"[^\W_]+(?:[-.,'^/٫٬][^\W_]+)*|[%٪]")
_NUMBER = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d)[,٬](?=\d{3}(?!\d))")
_SCALED = re.compile(r"(\d+(?:[.,]\d+)?)([^\W\d_]{1,4})")
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "s": 1, "th": 1, "x": 1}
_MAGNITUDES = (100, 1e3, 1e6, 1e9, 1e12)
_PERCENT = re.compile(r"%|٪|\bpercent(?:age)?\b|\bper cent\b|\b(?:ب|في )ال?م(?:يه|ايه)\b")
_YEARS = range(1000, 2100, 10)
_SHORT = 3  # letters of a word, before which no other is written
_BEFORE_DIGITS = re.compile(rf"(?<!\w)(?:[{PROCLITICS}]?ال|[{PROCLITICS}])(?=\d)")
_RATE = "concentr-percent"  # a share may be told as 0.9 or as 90 %
_LOCALES = ("en", "en_GB", "ar")
_COUNTED = (
    "area", "digital", "duration", "energy", "frequency", "length", "mass", "power", "speed",
)  # fmt: skip
"""The kinds of CLDR's units that are told: others are words of everyday (a drop, a point)."""
_EVERYDAY = {"length-point", "length-foot"}
_LOOSE = (0.5, 1, 2)
"""In words these are grammar more often than figures: over half, one, both, a pair."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text."""

    text: str
    value: float
    spelt: bool
    unit: str = ""
    """What it counts, by the name CLDR has for the unit, or the number of a month."""
    unit_text: str = ""


@cache
def spelt() -> dict[str, float]:
    """The value of each word for a number, in all languages."""
    found: dict[str, float] = {}
    for words in resource("knowledge.language", "numbers").values():
        found |= {word: float(value) for word, value in words["values"].items()}
        for start, step, key in ((0, 1, "ones"), (20, 10, "tens")):
            for n, forms in enumerate(words[key].split()):
                found |= dict.fromkeys(forms.split("/"), float(start + step * n))
    return {normalize(word): value for word, value in found.items()}


@cache
def _vague() -> frozenset[str]:
    """Words that are figures only behind another number: thousands."""
    return frozenset(
        map(normalize, resource("knowledge.language", "numbers")["ar"]["vague"].split())
    )


@cache
def _units() -> dict[str, str]:
    """The names of units and months in CLDR, with what they stand for."""
    found: dict[str, str] = {}
    small = function_words("en") | function_words("ar")
    for locale in map(Locale.parse, _LOCALES):
        named = map(str, locale.unit_display_names)
        counted = [u for u in named if u.startswith(_COUNTED) and u not in _EVERYDAY]
        for unit, n, length in product(counted, (1, 2, 3, 11, 100), ("long", "short")):
            name = format_unit(n, unit, length, locale=locale)  # type: ignore[arg-type]
            words = [word for word in normalize(name).split() if not word[0].isdigit()]
            if not small.issuperset(words) and "-" not in name and len(words[0]) > 1:
                found.setdefault(" ".join(words), unit)
        months = get_month_names("wide", locale=locale).items()
        found |= {normalize(name): f"month {n}" for n, name in months}
    return found


def units(text: str) -> set[str]:
    """All units and months that a text names."""
    return {unit for word, _ in _tokens(text) if (unit := _unit(word))}


def _unit(word: str) -> str:
    """What a word stands for, as a unit or a month, if it does."""
    forms = (*_forms(word)[:2], word.removesuffix("ات")) if word else ()
    return next(filter(None, map(_units().get, forms)), "")


def quantities(text: str) -> Iterator[Quantity]:
    """The numbers of a text, in its order, those that belong together as one.

    Digits within a name (GPT-4) are no number; “65B” and “65 billion” are the same one.
    """
    last: Quantity | None = None
    previous = ""
    for word, behind in (*_tokens(text), ("", "")):
        value = _value(word) if word else None
        here = None if value is None else Quantity(word, value, spelt=not word[0].isdigit())
        merged = _merged(last, here) if last and here else None
        if last and merged is None and word not in ("and", "of"):
            yield _counting(last, previous, "" if here else word)
            last = None
        if not here:
            previous = previous if last else word
            continue
        last = Quantity(f"{last.text} {word}", merged, here.spelt) if last and merged else here
        if behind == "%":
            last = Quantity(last.text + "%", last.value, last.spelt, _RATE, "%")


def unfounded(claim: str, context: list[str]) -> tuple[str, str] | None:
    """The first number of a claim that no text of its context has, or whose unit none has.

    It is told by ``number`` or ``unit``, and the words in question; None where all are there.
    """
    told = [quantity for text in context for quantity in quantities(text)]
    rates = {q.value for q in told if q.unit == _RATE}
    plain = {q.value for q in told}
    plain |= {value % 100 for value in plain if value in _YEARS}  # the 80s
    shares = rates | {value * 100 for value in plain if value < 1}
    plain |= {value / 100 for value in rates}
    known = {"", _RATE}.union(*map(units, context))
    found = list(quantities(claim))
    shared = [q.value / _leading(q) for q in found if q.value >= _MAGNITUDES[1] and _leading(q)]
    for each in found:
        values = [each.value, *(each.value * scale for scale in shared)]  # 1.8 and 3 billion
        loose = each.value in _LOOSE or not _vague().isdisjoint(_forms(each.text))
        if each.spelt and loose:
            continue
        there = shares if each.unit == _RATE else plain
        if not any(math.isclose(v, other, rel_tol=1e-4) for v in values for other in there):
            return "number", each.text
        if each.unit not in known:
            return "unit", each.unit_text
    return None


def is_figure(word: str) -> bool:
    """Whether a levelled word is a number, and more of a figure than of grammar."""
    value = _value(word)
    return value is not None and value not in _LOOSE


def _leading(quantity: Quantity) -> float:
    """Of “3.25 billion” the 3.25, or 0 where it is no such number."""
    first, _, rest = quantity.text.partition(" ")
    return (rest and _value(first)) or 0.0


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """The words and numbers of a text, levelled, each with a sign of per cent behind it."""
    plain = _BEFORE_DIGITS.sub("", _THOUSANDS.sub("", normalize(text)))
    plain = _PERCENT.sub("%", plain)
    found = [word for chunk in _CHUNK.findall(plain) for word in _parted(chunk)]
    for word, behind in zip_longest(found, found[1:], fillvalue=""):
        if word not in ("%", "٪"):
            yield word, "%" if behind in ("%", "٪") else ""


def _parted(chunk: str) -> list[str]:
    if _NUMBER.fullmatch(chunk) or (chunk[0].isalpha() and any(c.isdigit() for c in chunk)):
        return [chunk]
    signs = r"[-.,'/]" if chunk[0].isalpha() else r"[-/]"
    return [part for part in re.split(signs, chunk) if part]


def _value(word: str) -> float | None:
    if not word[0].isdigit():
        return next((spelt()[form] for form in _forms(word) if form in spelt()), None)
    if _NUMBER.fullmatch(word):
        whole, *parts = re.split(r"[.,٫٬]", word)
        if len(parts) < 2:  # noqa: PLR2004
            return float(".".join((whole, *parts)))
        rest = (int(part) / 1000.0**n for n, part in enumerate(parts, 1))
        return float(whole) + sum(rest)  # 3.11.2
    if not (scaled := _SCALED.fullmatch(word)):
        return None
    number, behind = float(scaled[1].replace(",", ".")), scaled[2]
    known = behind in _SCALES or behind in _units() or not behind.isascii()  # 328هـ
    return number * _SCALES.get(behind, 1) if known else None


def _forms(word: str) -> tuple[str, ...]:
    """A word as it stands, and without what Arabic writes with it."""
    bare = word[1:] if word[0] in PROCLITICS and len(word) > _SHORT else word
    bare = bare.removeprefix("ال")
    return word, bare, bare.removesuffix("ا"), word.removesuffix("fold"), word.removesuffix("th")


def _merged(last: Quantity, here: Quantity) -> float | None:
    """The value of two numbers that are one: 65 billion, twenty-five, خمسة وعشرون."""
    a, b, word = last.value, here.value, here.text
    if not here.spelt:
        return None
    if (b in _MAGNITUDES and a < b) or (0 < b < 1 <= a < 20 and a.is_integer()):  # noqa: PLR2004
        return a * b  # 65 billion, three quarters
    rest = a % 100  # of 125 the 25
    tens = rest in range(20, 100, 10) and 1 <= b < 10  # noqa: PLR2004
    joined = word[0] == "و" and 0 < rest < 10 and b in range(20, 100, 10)  # noqa: PLR2004
    teens = word.startswith("عشر") and b == 10 and 0 < a < 10  # noqa: PLR2004
    hundreds = a % 100 == 0 and a >= 100 and 1 <= b < min(a, 1000)  # noqa: PLR2004
    return a + b if last.spelt and (tens or joined or teens or hundreds) else None


def _counting(quantity: Quantity, before: str, after: str) -> Quantity:
    """A number with the unit behind it, or the month beside it."""
    if quantity.unit:
        return quantity
    for word in (after, before):
        unit = _unit(word)
        if unit.startswith("month") or (unit and word == after):
            return replace(quantity, unit=unit, unit_text=word)
    return quantity
