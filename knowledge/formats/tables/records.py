"""Records: a row of a table or an object with named fields, made into entries, one a language."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.draft import make_entry, slug
from knowledge.formats.sites.wording import asked_for, name_and_aliases
from knowledge.formats.tables import body, telling, tongues, values
from knowledge.formats.tables.columns import DEFINITION, TERM, Column, names_itself
from knowledge.formats.tables.prose import plain
from knowledge.formats.tables.record import Record, define_by_notes
from knowledge.formats.tables.tongues import language_of

_FIRST_NUMBER = re.compile(r"\d{4}-\d{2}-\d{2}")
_A_NAME = 5  # spaces at most
_WORDS, _PARTING = re.compile(r"[^\W\d_]{2,}(?:[ _-][^\W\d_]+)*"), re.compile("[_-]+")
_MOST = 100_000  # rows; of a ten times larger glossary nobody has asked yet


def entries(
    record: Record, origin: str, default_language: str = "", default_id: str = ""
) -> Iterator[Entry | Fault]:
    """The entries of a record: one in each language that it has a definition in.

    A term in a language without a definition is an alias of the first entry.
    """
    line = record.line
    record.name_in_the_letters_of_its_definition()
    terms = {language: _terms(record, language) for language in record.languages(TERM)}
    terms = terms if any(terms.values()) else {"": _by_id(record)}
    written = [lang for lang in record.languages(DEFINITION) if record.of(DEFINITION, lang)]
    sections = record.held.get(Column("sections"))
    if sections and not written:
        written = [""]
    if translated := not written:
        term = next(iter(_all(terms.values())), "")
        others = _all(list(terms.values())[1:])
        others = others or _all(
            [plain(value)] if isinstance(value, str) else values.listed(value)
            for value in record.of("translation")
        )
        others = others or [plain(str(value)) for value in record.of("expansion")]
        if not others or not term:
            what = f"“{term}” has no definition" if term else "has no term and no definition"
            yield Fault(origin, line, f"{what}: give it one beside its term.")
            return
        if not record.bilingual and len(terms) > 1:
            message = f"“{term}” has no definition: its translation stands in its place."
            yield Fault(origin, line, message, "warning")
        record.hold(Column(DEFINITION, next(iter(terms))), "", "; ".join(dict.fromkeys(others)))
        written = record.languages(DEFINITION)
    tags = dict(_fields(record, origin))
    yield from tags.pop("faults", ())
    language = tags.pop("language", "") or default_language
    base = _id(record, terms) or default_id
    for n, lang in enumerate(written):
        unsaid = terms.get("", []) if lang or translated else _fitting(terms, language, record)
        named = (terms.get(lang) if lang else None) or unsaid or next(iter(terms.values()), [])
        alone = lang or (language if len(written) == 1 or not terms.get(language) else "")
        others = [
            term
            for tongue, listed in terms.items()
            if n == 0 and listed is not named and (tongue not in written or not tongue)
            for term in listed
        ]
        told = body.sections(record, lang, first=n == 0)
        known_as = told.take_names()
        asked = named[0] if named else ""
        name = asked if record.exact else asked_for(asked)
        term, besides = (name, ()) if record.exact else _named(name, translated=translated)
        fields = {
            **tags,
            "category": (_category(record, lang) if lang else "") or tags["category"],
            "term": term or None,
            "id": base,
            "language": alone,
            "aliases": [
                *_names(record, lang, first=n == 0),
                *known_as,
                *besides,
                *named[1:],
                *others,
            ],
            "asked": [*tags["asked"], *([asked] if name != asked else [])],
        }
        yield make_entry(
            fields,
            told.sections,
            origin,
            default_language=default_language,
            links=told.links,
            line=line,
        )


def _named(term: str, *, translated: bool) -> tuple[str, tuple[str, ...]]:
    """A term without the name in brackets behind it, and that.

    Among translations one in other letters tells the sense.
    """
    name, besides = name_and_aliases(term)
    alike = all(tongues.script(each) == tongues.script(name) for each in besides)
    named = all(sum(map(str.isalpha, each)) > 1 for each in besides)
    return (name, besides) if named and (alike or not translated) else (term, ())


def _terms(record: Record, language: str) -> list[str]:
    held = _all(v if isinstance(v, list) else [v] for v in record.of(TERM, language))
    texts = [str(each) for each in held if isinstance(each, str | int | float)]
    return texts if record.exact else [text for each in texts if (text := plain(each))]


def _fitting(terms: Mapping[str, list[str]], language: str, record: Record) -> list[str]:
    """The terms in the language of a definition that says none, else in its letters."""
    if len(terms) < 2:  # noqa: PLR2004
        return next(iter(terms.values()), [])
    script = tongues.script(next(map(values.text_of, record.of(DEFINITION, "")), ""))
    alike = (t for t in terms.values() if t and tongues.script(t[0]) == script)
    return terms.get(language) or next(alike, None) or next(iter(terms.values()), [])


def _all(lists: Iterable[list[Any]]) -> list[Any]:
    return [each for listed in lists for each in listed]


def _id(record: Record, terms: Mapping[str, list[str]]) -> str:
    """Its own id, unless that is a mere number; else one from the term, the English if there is."""
    for value in record.of("id"):
        if (found := slug(str(value))) and not found.isdecimal():
            return found
    english = next((t for lang, t in terms.items() if lang.startswith("en") and t), None)
    named = english or next((t for t in terms.values() if t), [""])
    return slug(named[0]) if len(terms) > 1 else ""


def _by_id(record: Record) -> list[str]:
    """The words of its id, which name what nothing else does: “spring_tide”; no number is one."""
    return [_PARTING.sub(" ", str(held)) for held in record.of("id") if _WORDS.fullmatch(str(held))]


def _names(record: Record, language: str, *, first: bool) -> list[str]:
    """Its other names; those in no language or in another go to the first entry."""
    found: list[str] = []
    written = record.languages(DEFINITION)
    for role in ("acronym", "expansion", "aliases", "translation"):
        for tongue in record.languages(role):
            if tongue == language or (first and tongue not in written):
                for value in record.of(role, tongue):
                    whole = role == "expansion" and isinstance(value, str)  # it may hold commas
                    listed = [plain(value)] if whole else values.listed(value)
                    found += [n for n in listed if whole or record.exact or n.count(" ") <= _A_NAME]
    return found


def _fields(record: Record, origin: str) -> Iterator[tuple[str, Any]]:
    """The fields that are the same in each language, and faults of what could not be used."""
    faults: list[Fault] = []
    yield "category", _category(record)
    yield "related", [name for value in record.of("related") for name in values.related(value)]
    yield (
        "asked",
        [
            text
            for value in record.of("asked")
            for text in (value if isinstance(value, list) else values.listed_phrases(str(value)))
            if isinstance(text, str)
        ],
    )
    yield "sources", [source for value in record.of("sources") for source in values.sources(value)]
    if language := next((str(value) for value in record.of("language")), ""):
        if tag := language_of(language) or (language if _is_tag(language) else ""):
            yield "language", tag
        else:
            message = (
                f"“{language}” is no language that is known here: write a tag such as en or ar."
            )
            faults.append(Fault(origin, record.line, message, "warning"))
    if updated := next(iter(record.of("updated")), None):
        day = _FIRST_NUMBER.match(str(updated))
        try:
            yield "updated", date.fromisoformat(day[0]) if day else _no_day()
        except ValueError:
            message = f"“updated” is no day: write “{updated}” as 2026-11-24."
            faults.append(Fault(origin, record.line, message, "warning"))
    yield "faults", faults


def _category(record: Record, language: str | None = None) -> str:
    """Its category: the first of several."""
    for held in record.of("category", language):
        several = isinstance(held, list) or (isinstance(held, str) and (";" in held or "|" in held))
        for name in values.listed(held) if several else values.named(held):
            if not name.isdecimal():  # of a chapter, by its number
                return name
    return ""


def _no_day() -> date:
    raise ValueError


def _is_tag(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text) is not None


def read(
    records: Iterable[Record | Fault], origin: str, default_language: str = ""
) -> Iterator[Entry | Fault]:
    """The entries of all records, each term under an id of its own.

    Two rows that say the same are one entry; two of one term that say different things keep apart:
    the second “bank” is ``bank-2``. Where a file gives one id twice, that is left to the glossary.
    """
    rows = list(islice(records, _MOST + 1))
    if len(rows) > _MOST:
        message = f"holds more than {_MOST:,} rows: what follows was not read; part the file."
        rows[_MOST] = Fault(origin, rows[_MOST].line, message)
    rows = [row for row in rows if not _is_form(row)] or rows
    define_by_notes(row for row in rows if isinstance(row, Record))
    usual = telling.usual(() if default_language else rows, origin)
    said: set[tuple[str, str, str]] = set()
    counts: Counter[str] = Counter()  # of entries, by their keys
    for row in rows:
        if isinstance(row, Fault):
            yield row
            continue
        told = default_language or ("" if row.of("language") else usual.of(row))
        made = list(entries(row, origin, told))
        new = [item for item in made if isinstance(item, Entry)]
        if row.of("id") or not new:
            yield from made
            continue
        count = max(counts[entry.key] for entry in new)
        if all((e.key, e.term, e.summary) in said for e in new):
            message = f"“{new[0].term}” stands here again and says the same: it was left out."
            yield Fault(origin, row.line, message, "warning")
            continue
        for item in made:
            if isinstance(item, Entry):
                said.add((item.key, item.term, item.summary))
                counts[item.key] += 1
            if isinstance(item, Entry) and count:
                yield replace(item, id=f"{item.id}-{count + 1}")
            else:
                yield item
    yield from _unused(rows, origin)


def _is_form(row: Record | Fault) -> bool:
    """Whether a row is still to be filled in: it holds what its columns are called."""
    if isinstance(row, Fault):
        return False
    cells = [(role, value) for role in (TERM, DEFINITION) for value in row.of(role)]
    return len({role for role, _ in cells}) > 1 and all(
        isinstance(value, str) and names_itself(value, role) for role, value in cells
    )


def _unused(rows: Sequence[Record | Fault], origin: str) -> Iterator[Fault]:
    """One fault for all the fields of objects of which nothing was read."""
    lines: dict[str, int] = {}
    for row in rows:
        for name in row.unused if isinstance(row, Record) else ():
            lines.setdefault(name, row.line)
    if lines:
        listed = ", ".join(f"“{name}”" for name in [*lines][:10])
        message = f"nothing was read from the fields that are no part of an entry: {listed}."
        yield Fault(origin, min(lines.values()), message, "warning")
