"""Templates of exported files (Jinja2): everything that is written into them is escaped."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml
from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Source
from knowledge.language.direction import isolate_runs
from knowledge.language.text import base, is_right_to_left

if TYPE_CHECKING:
    from jinja2 import Environment

# Characters that XML 1.0 has no place for, even written as numbers.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(template: str, **values: object) -> str:
    """What a template of this folder makes of some values."""
    return _environment().get_template(template).render(values)


def own_text(name: str) -> str:
    """The text of a file of this folder."""
    return files("knowledge.exports.templates").joinpath(name).read_text("utf-8")


@cache
def labels(language: str) -> dict[str, str]:
    """What is said beside the glossary's own words; in English where a language is not listed."""
    words: dict[str, dict[str, str]] = yaml.safe_load(own_text("words.yaml"))
    return words.get(base(language), words["en"])


def grouped(
    entries: Sequence[Entry], name: Callable[[Entry], str] = lambda entry: entry.id
) -> dict[str, list[Entry]]:
    """The entries by a name, in the order in which the names first come."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(name(entry), []).append(entry)
    return found


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a section's text."""
    return [part.strip("\n") for part in text.split("\n\n") if part.strip()]


def is_code(text: str) -> bool:
    """Whether a paragraph keeps its own spacing: one of its lines is indented."""
    return "\n " in text or "\n\t" in text


def cited(source: Source) -> str:
    """A source in one line, without its address."""
    year = str(source.year) if source.year is not None else ""
    return ", ".join(part for part in (source.authors, source.title, year) if part)


def is_web(address: str) -> bool:
    """Whether an address may be a link: one that begins with “javascript:” may not."""
    return re.match("https?://", address, re.IGNORECASE) is not None


def own_name(language: str) -> str:
    """What a language is called in itself: العربية of ``ar``; the tag of an unknown one."""
    try:
        name = Locale.parse(language, sep="-").get_display_name() or language
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:]


def direction(language: str) -> str:
    """``rtl`` or ``ltr``, as HTML has it."""
    return "rtl" if is_right_to_left(language) else "ltr"


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {name: value for name, value in values.items() if value}


def _written(value: Any) -> Any:  # noqa: ANN401
    """A value without what no XML may hold, even escaped."""
    return type(value)(_UNWRITABLE.sub("", value)) if isinstance(value, str) else value


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, select_autoescape  # noqa: PLC0415  (most never export)

    made = Environment(
        loader=PackageLoader("knowledge.exports", "templates"),
        autoescape=select_autoescape(["html", "xml", "svg"]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_written,
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    made.tests.update(web=is_web, code=is_code)
    for each in (direction, own_name, labels, paragraphs, cited, filled, isolate_runs):
        made.filters[each.__name__] = each
    made.filters |= {
        "definition": lambda e: [*paragraphs(e.summary), *paragraphs(e.text(BODY))],
        "notes": lambda e: [s for s in e.sections if s.name not in (SUMMARY, BODY, EXAMPLE)],
        "day": lambda day, language: format_date(day, "long", locale=language),
        "literal": partial(json.dumps, ensure_ascii=False),  # the escapes of JSON are Turtle's too
    }
    return made
