"""Numbers, dates, names and texts as an interface language writes them."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal

from knowledge.language.direction import END, ISOLATE
from knowledge.language.text import base
from ui.strings import counted

_MARKDOWN = re.compile(r"[\\`*_\[\]<>:$~#|&@.]")
_AT_START = re.compile(r"^(\d*)([-+=)])")  # a list, or a rule
_LOCALES = {"en": "en_GB", "ar": "ar_EG"}
_SYSTEMS = {"en": "latn", "ar": "latn"}  # of digits, as Unicode names them; one on a screen
_PERCENT = {"latn": "%", "arab": "٪"}
_MINUTE = timedelta(minutes=1)
_SLIGHT = 0.0095  # of a whole: less has a decimal in percent
_DIGITS = str.maketrans("0123456789.,%", "٠١٢٣٤٥٦٧٨٩٫٬٪")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?", re.ASCII)
_RUN = re.compile(f"({ISOLATE}[^{END}]*{END})")
_LATIN = re.compile("[A-Za-z]")
_ARABIC = re.compile("[\u0620-\u064a]")


def choose_digits(system: Literal["latn", "arab"]) -> None:
    """Those of everything that is shown in Arabic, in this process: 0–9, or ٠–٩."""
    _SYSTEMS["ar"] = system


def digits(text: str, language: str) -> str:
    """Text with the digits of an interface language."""
    if _SYSTEMS[language] == "latn":
        return text
    return _NUMBER.sub(lambda number: number[0].translate(_DIGITS), text)


def digits_of_text(text: str) -> str:
    """A text of whatever language; of Arabic with the chosen digits, but for Latin names' own."""
    if _SYSTEMS["ar"] == "latn" or not _ARABIC.search(text):
        return text
    return "".join(p if _LATIN.search(p) else digits(p, "ar") for p in _RUN.split(text))


def number(value: float, language: str, pattern: str | None = None) -> str:
    """A number as an interface language groups its digits, or by a pattern of Unicode's."""
    locale, system = _LOCALES[language], _SYSTEMS[language]
    return digits(format_decimal(value, pattern, locale, numbering_system=system), language)


def price(value: float, language: str) -> str:
    """What something cost, which may be very little."""
    return number(value, language, "#,##0.00####")


def percent(value: float, language: str) -> str:
    """A part of one, as a percentage: 0 and 100 are kept for nothing and for all of it."""
    shown = min(max(value, 0.001), 0.999) if 0 < value < 1 else value
    pattern = "0.#%" if shown < _SLIGHT or shown > 1 - _SLIGHT else "0%"
    return number(shown, language, pattern).replace("%", _PERCENT[_SYSTEMS[language]])


def decimal(value: float, language: str, *, signed: bool = False) -> str:
    """A number with one decimal, and its sign if wanted."""
    return number(value, language, "+#,##0.0;−#,##0.0" if signed else "#,##0.0")


def day(value: date, language: str) -> str:
    """A date in an interface language's words."""
    return digits(format_date(value, "long", locale=_LOCALES[language]), language)


def ago(past: timedelta, language: str) -> str:
    """How long ago something was, in an interface language's words; a minute at least."""
    return _time(-max(past, _MINUTE), language, "minute", threshold=1.2, add_direction=True)


def ahead(wait: timedelta, language: str) -> str:
    """When something will be, in an interface language's words: “in 23 seconds”."""
    return _time(wait, language, "second", threshold=2, add_direction=True)


def span(time: timedelta, language: str) -> str:
    """How long something is, in the largest unit of which it has two, or in minutes."""
    return _time(max(time, _MINUTE), language, "minute", threshold=2)


def _time(time: timedelta, language: str, unit: Any, **how: Any) -> str:  # noqa: ANN401  (Babel's)
    return digits(format_timedelta(time, unit, locale=_LOCALES[language], **how), language)


def count(key: str, n: int, language: str) -> str:
    """A number of things, in the words of ``strings`` that go with so many of them."""
    return counted(language, key, n).format(n=number(n, language))


def language_name(tag: str, language: str) -> str:
    """The name of a language in an interface language, or its tag where it has none."""
    try:
        name = Locale.parse(base(tag)).get_display_name(language)
    except (UnknownLocaleError, ValueError):
        name = None
    return name or tag


def listed(names: Sequence[str], language: str) -> str:
    """Names in a row, as an interface language joins them."""
    return format_list(names, locale=_LOCALES[language])


def literal(text: str) -> str:
    """Text that Streamlit's Markdown, as in titles of dialogs, shows as it stands, on one line."""
    line = _MARKDOWN.sub(r"\\\g<0>", " ".join(text.split()))
    return _AT_START.sub(r"\1\\\2", line)


def isolated(text: str) -> str:
    """Text that keeps its direction to itself within a line of another."""
    return f"\u2068{text}\u2069"
