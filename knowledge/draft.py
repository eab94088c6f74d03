"""A draft: what a reader found of one entry, checked and made into an ``Entry``."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from itertools import accumulate
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)

from knowledge import lists
from knowledge.blocks import Block
from knowledge.entry import BODY, SUMMARY, Entry, Section, Source
from knowledge.fault import Fault
from knowledge.language.text import clean, language_of, main_script, standard
from knowledge.language.words import fold

_BRACKETED = re.compile(r"(.*\S)\s*[(（]([^()（）]+)[)）]")
_BETWEEN = re.compile(r"\s*[,;،؛、]\s*(?!\d)|\s+[/|–—]\s+")
_SHORT = 12  # characters of an acronym, at most
_CAPITALS = 2
_PLACEHOLDER = re.compile(
    r"[\W_]*(?:to ?do|tb[dac]|wip|fixme|n/a|x{3,}|pending|coming soon"
    r"|to be (?:added|completed|defined|determined|done|written)"
    r"|قيد الإعداد|قريبا|غير متوفر|لا يوجد)?[\W_]*",
    re.IGNORECASE,
)
_SPELT = re.compile(r"([^().:;!?\n]{0,80}?)\s*\(([^().:;!?\n]{2,80})\)")
_A_PLACE = 90  # characters
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def _parted(signs: str, value: object) -> object:
    """A list, from a list or from text with one of some signs between (as in a table)."""
    return [*filter(str.strip, re.split(signs, value))] if isinstance(value, str) else value


Line = Annotated[str, AfterValidator(lambda value: " ".join(clean(value).split()))]
Lines = Annotated[list[Line], BeforeValidator(partial(_parted, r"[,;|،؛\n]"))]
Phrases = Annotated[list[Line], BeforeValidator(partial(_parted, r"[;|؛\n]"))]
"""They may hold commas."""


class SourceFields(BaseModel):
    """A source as written: a mapping, or a line of text that becomes its title."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)
    title: Annotated[Line, Field(min_length=1)]
    authors: Line = ""
    year: int | None = None
    url: Line = ""


class Fields(BaseModel):
    """The named fields of an entry, whatever the format."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)
    term: Annotated[Line, Field(min_length=1)]
    id: Line = ""
    language: Line = ""
    aliases: Lines = []
    category: Line = ""
    related: Lines = []
    asked: Phrases = []
    sources: list[SourceFields] = []
    updated: date | None = None

    @field_validator("language")
    @classmethod
    def _tag(cls, value: str) -> str:
        if value and not _LANGUAGE_TAG.fullmatch(value):
            raise ValueError("is not a language tag such as en or ar")
        return standard(value)

    @field_validator("sources", mode="before")
    @classmethod
    def _titles(cls, value: object) -> object:
        items = value if isinstance(value, list) else [value]
        return [{"title": item} if isinstance(item, str) else item for item in items]


def make_entry(  # noqa: PLR0913
    values: Mapping[str, Any],
    sections: Sequence[Section],
    origin: str,
    *,
    links: Iterable[str] = (),
    lines: Mapping[str, int] | None = None,
    line: int = 1,
) -> Entry | Fault:
    """An entry from its fields and sections, or the first fault that forbids it.

    Sections and fields hold plain text. ``links`` are ids or names that the text links to: they
    become relations where there is such an entry, and no fault where there is none. ``lines`` says
    on which line of ``origin`` each field stands; ``line`` is the entry's own. Initials behind the
    term in its definition are an alias.
    """
    where = lines or {}
    try:
        fields = Fields.model_validate({k: v for k, v in values.items() if v not in (None, "")})
    except ValidationError as error:
        return _fault(error, origin, where, line)
    sections = _distinct(sections)
    opens = [s.text for s in sections if s.name == SUMMARY]
    if all(is_unsaid(text) and any(map(str.isalnum, text)) for text in opens):  # no “+”
        sections = [s for s in sections if s.name not in (SUMMARY, BODY)]
    if not any(s.name == SUMMARY for s in sections):
        return Fault(origin, line, f"“{fields.term}” has no definition: write one below it.")
    signs = slug(" ".join(unicodedata.name(sign, "") for sign in fields.term[:8]))
    entry_id = slug(fields.id or fields.term) or signs
    if not entry_id:
        return Fault(origin, where.get("term", line), "the term has no letter to make an id from.")
    text = " ".join((fields.term, *(section.text for section in sections)))
    aliases = [*fields.aliases, *_initials(fields.term, sections[0].text)]
    return Entry(
        id=entry_id,
        term=fields.term,
        language=fields.language or language_of(text),
        sections=tuple(sections),
        aliases=tuple(dict.fromkeys(a for a in aliases if a and a != fields.term)),
        category=fields.category,
        related=_ids(fields.related),
        asked=tuple(dict.fromkeys(filter(None, fields.asked))),
        sources=tuple(Source(**source.model_dump()) for source in fields.sources),
        updated=fields.updated,
        origin=origin,
        line=where.get("term", line),
        links=_ids(links),
        same_as=_referral(sections[0].text) if len(sections) == 1 else "",
        guessed=not fields.language,
    )


def _ids(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(slug, names))))


def _initials(term: str, definition: str) -> Iterator[str]:
    """What the term is also called, if its definition begins with it: “A high tide (HT) is …”."""
    match = _SPELT.match(definition)
    before = fold(match[1]) if match else ""
    name = fold(term)
    if match and (before in ("", name) or before.partition(" ")[2] == name):
        yield from (p for p in re.split(r"\s*[,;،؛]\s*", match[2]) if abbreviates(p, term))


def split_names(written: str) -> tuple[str, tuple[str, ...]]:
    """The term, and what else it is called, from one line: “Recurrent neural network (RNN)”.

    What stands in brackets, or behind a comma, a stroke or a dash, is a name only if it shortens
    the other or is in another script; else part of the term: “Turing, Alan”, “Mean (statistics)”.
    """
    written = " ".join(written.split())
    bracketed = _BRACKETED.fullmatch(written)
    first, *others = [bracketed[1], *_BETWEEN.split(bracketed[2])] if bracketed else [written]
    if not bracketed:
        first, *others = _BETWEEN.split(written)
    names = [name for name in others if name]
    script, *scripts = (main_script(next(filter(str.isalpha, n), "")) for n in (first, *names))
    pairs = zip(names, scripts, strict=True)
    are_names = all(abbreviates(n, first) or script != own != "" != script for n, own in pairs)
    return (first, tuple(names)) if first and names and are_names else (written, ())


def abbreviates(one: str, other: str) -> bool:
    """Whether the shorter of two names is an acronym of the longer: each of its letters, in order.

    It has two capitals or more, begins as the other does, and is one word.
    """
    short, long = sorted((one, other), key=len)
    letters = [c for c in short.lower().removesuffix("s") if c.isalnum()]
    capitals = sum(c.isupper() or c.isdigit() for c in short)
    if not letters or " " in short or len(short) > _SHORT or capitals < min(_CAPITALS, len(short)):
        return False
    rest = iter(long.lower())
    return long[:1].lower() == letters[0] and all(c in rest for c in letters)


def _referral(definition: str) -> str:
    """The id of the term that a definition only sends to, “See Tide.”; or nothing."""
    if len(definition) > _A_PLACE or "\n" in definition:
        return ""
    if definition[:1] in ("→", "⇒"):
        return slug(definition)
    text = fold(definition)
    heads = sorted(lists.folded("glossaries", "see"), key=len, reverse=True)
    return next((slug(text[len(head) :]) for head in heads if text.startswith(f"{head} ")), "")


def _fault(error: ValidationError, origin: str, lines: Mapping[str, int], line: int) -> Fault:
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0])
    if field == "term" and first["type"] != "string_type":
        what = "has no term: give it one, as in “term: Token”."
    else:
        path = ".".join(str(part) for part in first["loc"])
        what = f"“{path}” is not as it should be: {first['msg'].removeprefix('Value error, ')}."
    return Fault(origin, lines.get(field, line), what)


def _distinct(sections: Sequence[Section]) -> list[Section]:
    """Sections with text, each under a name of its own: a second ``body`` becomes ``body-2``."""
    given: dict[str, int] = {}  # and the last number behind each: a name may recur endlessly
    kept: list[Section] = []
    for section in (section for section in sections if section.text.strip()):
        name = section.name
        while name in given:
            given[section.name] += 1
            name = f"{section.name}-{given[section.name]}"
        given[name] = 1
        kept.append(replace(section, name=name))
    return kept


def opening(paragraphs: Sequence[str | Block], lines: Sequence[int] = ()) -> list[Section]:
    """The summary and the body: the first paragraph, and those that follow it under no heading."""
    return [
        made_of(SUMMARY, "", paragraphs[:1], lines[:1]),
        made_of(BODY, "", paragraphs[1:], lines[1:]),
    ]


def made_of(
    name: str, heading: str, paragraphs: Sequence[str | Block], lines: Sequence[int] = ()
) -> Section:
    """A section of paragraphs, of which some are blocks."""
    texts = [each.text if isinstance(each, Block) else each for each in paragraphs]
    before = accumulate((text.count("\n\n") + 1 for text in texts), initial=0)
    numbered = zip(paragraphs, before, strict=False)
    blocks = [replace(each, paragraph=n) for each, n in numbered if isinstance(each, Block)]
    return Section(name, heading, "\n\n".join(texts), tuple(lines), tuple(blocks))


def slug(text: str) -> str:
    """An id: letters and digits of any script, lower case, joined by hyphens."""
    text = unicodedata.normalize("NFKC", clean(text)).lower()
    text = text.replace("+", "-plus").replace("#", "-sharp")  # C, C++ and C# are three
    marks = ("Mn", "Mc")  # in words of Hindi, for one
    kept = (c if c.isalnum() or unicodedata.category(c) in marks else " " for c in text)
    return "-".join("".join(kept).split())


def is_unsaid(text: str) -> bool:
    """Whether a text only keeps a definition's place: “...”, “TBD”, “To be defined.”."""
    return len(text) < _A_PLACE and _PLACEHOLDER.fullmatch(text) is not None


def section_name(heading: str) -> str:
    """The name of the section under a heading: a known one, or the heading as a slug."""
    return known_heading(heading) or slug(heading) or BODY


def known_heading(line: str) -> str | None:
    """What a line announces, if it is a heading of ``headings.yaml``."""
    return _names().get(fold(line)) if line else None


@cache
def _names() -> dict[str, str]:
    headings = lists.listed("headings").items()
    return {fold(each): name for name, listed in headings for each in listed}
