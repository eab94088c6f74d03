"""A form: the fields of an entry as they are typed, and the entry that they make."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import takewhile
from typing import Any

from knowledge.blocks import parted
from knowledge.draft import made_of, make_entry, opening, section_name
from knowledge.editing import native
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Section
from knowledge.fault import Fault
from knowledge.language.text import clean


@dataclass(frozen=True)
class EntryForm:
    """What is typed, field by field."""

    term: str = ""
    aliases: tuple[str, ...] = ()
    category: str = ""
    related: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    example: str = ""
    further: tuple[tuple[str, str], ...] = ()
    """Further sections: their headings and texts."""
    asked: tuple[str, ...] = ()
    sources: tuple[Mapping[str, str], ...] = ()
    updated: str = ""

    @classmethod
    def of(cls, entry: Entry) -> "EntryForm":
        """An entry as it would have been typed."""
        return cls(
            term=entry.term,
            aliases=entry.aliases,
            category=entry.category,
            related=entry.related,
            summary=entry.summary,
            body="\n\n".join(s.written for s in entry.sections if _is_body(s)),
            example="".join(s.written for s in entry.sections if s.name == EXAMPLE),
            further=tuple(
                (s.heading or s.name, s.written) for s in entry.sections if _is_further(s)
            ),
            asked=entry.asked,
            sources=tuple(
                {name: str(value or "") for name, value in asdict(source).items()}
                for source in entry.sources
            ),
            updated=entry.updated.isoformat() if entry.updated else "",
        )


def entry_from(
    form: EntryForm, entry_id: str, language: str, before: Entry | None = None
) -> Entry | Fault:
    """The entry that is typed, or what forbids it to be one.

    Of a new one without an id, that is made of its term.
    """
    named = (
        {name: v.strip() for name, v in source.items() if v.strip()} for source in form.sources
    )
    values: dict[str, Any] = {
        "term": clean(form.term),
        "id": entry_id,
        "language": language,
        "aliases": list(form.aliases),
        "category": form.category,
        "related": list(form.related),
        "asked": list(form.asked),
        "sources": [*filter(None, named)],
        "updated": form.updated.strip(),
    }
    found = make_entry(values, _sections(form, before), before.origin if before else "")
    if isinstance(found, Fault) or before:
        return found
    return replace(found, origin=str(native.place(found)))


def _sections(form: EntryForm, entry: Entry | None) -> Sequence[Section]:
    """The sections in the order that they had; new ones stand before the example."""
    before = entry.sections if entry else ()
    headings = {section.name: section.heading for section in before}
    further = [
        made_of(*_named(heading, before), parted(clean(text)))
        for heading, text in form.further
        if text.strip()
    ]
    example = made_of(EXAMPLE, headings.get(EXAMPLE, ""), parted(clean(form.example)))
    above = takewhile(lambda section: section.name != EXAMPLE, before)
    place = sum(map(_is_further, above)) if EXAMPLE in headings else len(further)
    further.insert(place, example)
    summary, body = opening([*parted(clean(form.summary)), *parted(clean(form.body))])
    return [replace(summary, heading=headings.get(SUMMARY, "")), body, *further]


def _named(heading: str, before: Sequence[Section]) -> tuple[str, str]:
    """The name and the heading of a section: of one without a heading, its name is typed."""
    known = [s for s in before if heading in (s.heading, s.name) and _is_further(s)]
    nameless = any(s.name == heading and not s.heading for s in known)
    name = known[0].name if known else section_name(heading)
    return name, "" if nameless else " ".join(clean(heading).split())


def _is_body(section: Section) -> bool:
    return section.name.partition("-")[0] == BODY and not section.heading


def _is_further(section: Section) -> bool:
    return section.name not in (SUMMARY, EXAMPLE) and not _is_body(section)
