"""Records: a row of a table or an object with named fields, made into entries, one a language."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Section
from knowledge.fault import Fault
from knowledge.formats.columns import DEFINITION, TERM, Column, language_of
from knowledge.formats.draft import make_entry, section_name, slug
from knowledge.formats.prose import Prose, plain, prose, sections_of
from knowledge.language import clean, detect, scripts

_FIRST_NUMBER = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADDRESS = re.compile(r"https?://\S+")
_LISTED = re.compile(r"\s*[;|؛\n]\s*")
_COMMAS = re.compile(r"\s*[,،]\s*")
_A_NAME = 60  # characters: a longer “alias” is a sentence with commas in it
_SAMPLED = 60  # rows
_TELLING, _LEAST, _AGREED = 400, 80, 0.8  # characters to tell a language by, and share of votes
_EMPTY = {"", "-", "–", "—", "n/a", "na", "none", "null", "nan", "#n/a"}


@dataclass
class Record:
    """The values of one row or object, by what they are."""

    values: dict[Column, list[Any]] = field(default_factory=dict)
    names: dict[Column, str] = field(default_factory=dict)
    line: int = 1
    bilingual: bool = False
    """Whether it is of a list of words in two languages, which define each other."""

    def add(self, known: Column, name: str, value: Any) -> None:  # noqa: ANN401
        """Adds what a column of that name holds, unless it is nothing."""
        value = _cleaned(value)
        if isinstance(value, str) and (len(value) < 5 and value.casefold() in _EMPTY):  # noqa: PLR2004
            return
        if value is None or value == [] or value == {}:
            return
        self.values.setdefault(known, []).append(value)
        self.names.setdefault(known, name)

    def of(self, role: str, language: str | None = None) -> list[Any]:
        """The values of a role, the surest name first; of a language, if one is asked for."""
        found = [k for k in self.values if k.role == role and language in (None, k.language)]
        found = sorted(found, key=lambda k: k.rank) if len(found) > 1 else found
        return [v for k in found for v in self.values[k]]

    def languages(self, role: str) -> list[str]:
        """The languages in which there are values of a role, in order; “” where none is said."""
        return list(dict.fromkeys(known.language for known in self.values if known.role == role))


def _cleaned(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    return value


def entries(
    record: Record, origin: str, default_language: str = "", default_id: str = ""
) -> Iterator[Entry | Fault]:
    """The entries of a record: one in each language that it has a definition in.

    A term in a language without a definition is an alias of the first entry.
    """
    line = record.line
    terms = {language: _terms(record, language) for language in record.languages(TERM)}
    written = [lang for lang in record.languages(DEFINITION) if record.of(DEFINITION, lang)]
    sections = record.values.get(Column("sections"))
    if sections and not written:
        written = [""]
    if not written:
        named = next(iter(_all(terms.values())), "")
        others = _all(_listed(value) for value in record.of("translation"))
        others += _all(list(terms.values())[1:]) if record.bilingual else []
        others = others or [plain(str(value)) for value in record.of("expansion")]
        if not others or not named:
            what = f"“{named}” has no definition" if named else "has no term and no definition"
            yield Fault(origin, line, f"{what}: give it one beside its term.")
            return
        record.add(Column(DEFINITION, next(iter(terms))), "", "; ".join(dict.fromkeys(others)))
        written = record.languages(DEFINITION)
    tags = dict(_fields(record, origin))
    yield from tags.pop("faults", ())
    language = tags.pop("language", "") or default_language
    base = _id(record, terms) or default_id
    for n, lang in enumerate(written):
        own = terms.get(lang) or (terms.get("") if lang else next(iter(terms.values()), [])) or []
        named = own or next(iter(terms.values()), [])
        alone = lang or (language if len(written) == 1 or not terms.get(language) else "")
        others = [
            term
            for tongue, listed in terms.items()
            if n == 0 and tongue not in written and listed is not named
            for term in listed
        ]
        told = _sections(record, lang, first=n == 0)
        values = {
            **tags,
            "term": named[0] if named else None,
            "id": base,
            "language": alone,
            "aliases": [*_names(record, lang, first=n == 0), *named[1:], *others],
        }
        yield make_entry(
            values,
            told.sections,
            origin,
            default_language=default_language,
            links=told.links,
            line=line,
        )


def _terms(record: Record, language: str) -> list[str]:
    found: list[str] = []
    for value in record.of(TERM, language):
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str | int | float) and (text := plain(str(each))):
                found.append(text)
    return found


def _all(lists: Iterable[list[str]]) -> list[str]:
    return [each for listed in lists for each in listed]


def _id(record: Record, terms: Mapping[str, list[str]]) -> str:
    """Its own id, unless that is a mere number; else one from the term, the English if there is."""
    for value in record.of("id"):
        if (found := slug(str(value))) and not found.isdecimal():
            return found
    english = next((t for lang, t in terms.items() if lang.startswith("en") and t), None)
    named = english or next((t for t in terms.values() if t), [""])
    return slug(named[0]) if len(terms) > 1 else ""


def _names(record: Record, language: str, *, first: bool) -> list[str]:
    """Its other names; those in no language or in another go to the first entry."""
    found: list[str] = []
    written = record.languages(DEFINITION)
    for role in ("acronym", "expansion", "aliases", "translation"):
        for tongue in record.languages(role):
            if tongue == language or (first and tongue not in written):
                for value in record.of(role, tongue):
                    found += _listed(value)
    return found


def _listed(value: Any) -> list[str]:  # noqa: ANN401
    """Names, from a list or from text with commas, semicolons or bars between."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [name for each in value for name in _named(each)]
    parts = _LISTED.split(plain(str(value)) if "\n" not in str(value) else str(value))
    if len(parts) == 1:
        parts = _COMMAS.split(parts[0])
        if any(len(part) > _A_NAME for part in parts):
            return []
    return [name for part in parts if (name := plain(part).strip(" .\"'")) and name != "…"]


def _named(value: Any) -> list[str]:  # noqa: ANN401
    """The name of one thing in a list: text, or an object that says it."""
    if isinstance(value, dict):
        keys = ("term", "name", "title", "label", "text", "value", "id", "slug", "url")
        value = next((value[key] for key in keys if isinstance(value.get(key), str)), "")
    text = plain(str(value)) if isinstance(value, str | int | float) else ""
    return [text] if text else []


def _sections(record: Record, language: str, *, first: bool) -> Prose:
    found = Prose()
    given = record.values.get(Column("sections"))
    if given:
        return _given(record, given[0], language)
    seen: set[str] = set()
    for value in record.of(DEFINITION, language):
        part = prose(_text(value))
        if part.text in seen or not part.sections:
            continue
        seen.add(part.text)
        found.links += part.links
        if found.sections:  # further paragraphs
            head, *others = part.sections
            part.sections = [Section(BODY, "", head.text), *others]
        found.sections += part.sections
    _gather(found)
    for role in (EXAMPLE, "note"):
        for known in [k for k in record.values if k.role == role]:
            if known.language != language and not (first and not known.language):
                continue
            text = prose("\n\n".join(_text(v) for v in record.values[known]))
            found.links += text.links
            heading = "" if role == EXAMPLE else plain(record.names[known])
            name = EXAMPLE if role == EXAMPLE else section_name(heading)
            found.sections.append(Section(name, heading, text.text))
    return found


def _gather(found: Prose) -> None:
    """One body: the paragraphs of several columns follow one another."""
    bodies = [s.text for s in found.sections if s.name == BODY and not s.heading]
    rest = [s for s in found.sections if s.name not in (SUMMARY, BODY) or s.heading]
    summary = [s for s in found.sections if s.name == SUMMARY]
    body = [Section(BODY, "", "\n\n".join(bodies))] if bodies else []
    found.sections = [*summary[:1], *body, *rest]


def _given(record: Record, given: Any, language: str) -> Prose:  # noqa: ANN401
    """Sections as the project itself writes them: plain text already."""
    sections = [
        Section(str(s.get("name") or BODY), str(s.get("heading") or ""), str(s["text"]))
        for s in given
        if isinstance(s, dict) and isinstance(s.get("text"), str)
    ]
    names = {section.name for section in sections}
    definition = [_text(v).strip() for v in record.of(DEFINITION, language)]
    if SUMMARY not in names and definition:
        sections = [Section(SUMMARY, "", definition[0]), *sections]
    if EXAMPLE not in names and (examples := record.of(EXAMPLE)):
        sections.append(Section(EXAMPLE, "", _text(examples[0])))
    return Prose(sections if sections else sections_of(definition))


def _text(value: Any) -> str:  # noqa: ANN401
    """Text, from text or from a list of texts, each a paragraph."""
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        keys = ("text", "definition", "description", "value", "content", "sentence", "example")
        return next((_text(value[key]) for key in keys if value.get(key)), "")
    return value if isinstance(value, str) else ""


def _fields(record: Record, origin: str) -> Iterator[tuple[str, Any]]:
    """The fields that are the same in each language, and faults of what could not be used."""
    faults: list[Fault] = []
    if category := next(iter(record.of("category")), None):
        names = _named(category) if not isinstance(category, list) else _listed(category)
        yield "category", next(iter(names), "")
    yield "related", [name for value in record.of("related") for name in _listed(value)]
    yield "asked", [
        text
        for value in record.of("asked")
        for text in (value if isinstance(value, list) else _LISTED.split(str(value)))
        if isinstance(text, str)
    ]
    yield "sources", [source for value in record.of("sources") for source in _sources(value)]
    if language := next((str(value) for value in record.of("language")), ""):
        if tag := language_of(language) or (language if _is_tag(language) else ""):
            yield "language", tag
        else:
            message = f"“{language}” is no language that is known here: write a tag such as en or ar."
            faults.append(Fault(origin, record.line, message, "warning"))
    if updated := next(iter(record.of("updated")), None):
        day = _FIRST_NUMBER.match(str(updated))
        try:
            yield "updated", date.fromisoformat(day[0]) if day else _no_day()
        except ValueError:
            message = f"“updated” is no day: write “{updated}” as 2026-11-24."
            faults.append(Fault(origin, record.line, message, "warning"))
    yield "faults", faults


def _no_day() -> date:
    raise ValueError


def _is_tag(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text) is not None


def _sources(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Publications, from text, an object, or a list of either."""
    if isinstance(value, list):
        return [source for each in value for source in _sources(each)]
    if isinstance(value, dict):
        get = {str(key).lower(): each for key, each in value.items()}
        url = next((str(get[k]) for k in ("url", "link", "href", "uri") if get.get(k)), "")
        title = next((str(get[k]) for k in ("title", "name", "text", "label") if get.get(k)), url)
        authors = get.get("authors") or get.get("author") or ""
        if isinstance(authors, list):
            authors = ", ".join(map(str, authors))
        year = str(get.get("year") or "")
        known = {"year": int(year)} if re.fullmatch(r"-?\d{1,4}", year) else {}
        return [{"title": plain(title), "authors": str(authors), "url": url, **known}] if title else []
    text = str(value).strip()
    if url := _ADDRESS.search(text):
        link = re.search(r"\[([^\[\]]+)\]\(", text)
        title = link[1] if link else text.replace(url[0], "").strip(" -–:,;()") or url[0]
        return [{"title": plain(title), "url": url[0].rstrip(").,;")}]
    return [{"title": title}] if (title := plain(text)) else []


def read(
    records: Iterable[Record | Fault], origin: str, default_language: str = ""
) -> Iterator[Entry | Fault]:
    """The entries of all records, each term under an id of its own.

    Two rows that say the same are one entry; two of one term that say different things keep apart:
    the second “bank” is ``bank-2``. Where a file gives one id twice, that is left to the glossary.
    """
    rows = list(records)
    tongues = {} if default_language else _tongues([r for r in rows if isinstance(r, Record)])
    said: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if isinstance(row, Fault):
            yield row
            continue
        told = default_language or tongues.get(_script(_sample(row)), "")
        made = list(entries(row, origin, told))
        new = [item for item in made if isinstance(item, Entry)]
        if row.of("id") or not new:
            yield from made
            continue
        count = max(len(said.get(entry.key, ())) for entry in new)
        if all((e.term, e.summary) in said.get(e.key, ()) for e in new):
            message = f"“{new[0].term}” stands here again and says the same: it was left out."
            yield Fault(origin, row.line, message, "warning")
            continue
        for item in made:
            if isinstance(item, Entry):
                said.setdefault(item.key, []).append((item.term, item.summary))
            numbered = isinstance(item, Entry) and count
            yield replace(item, id=f"{item.id}-{count + 1}") if numbered else item  # type: ignore[type-var]


def _tongues(rows: Sequence[Record]) -> dict[str, str]:
    """The language that the rows in each script are in, where they are in one.

    Told from some of them together: each alone is too short to be sure of, and many take long.
    """
    by_script: dict[str, list[str]] = {}
    open_rows = [row for row in rows if not row.of("language") and row.of(DEFINITION, "")]
    for row in open_rows[:: len(open_rows) // _SAMPLED + 1]:
        text = _sample(row)
        by_script.setdefault(_script(text), []).append(text)
    found: dict[str, str] = {}
    for script, texts in by_script.items():
        pieces: list[str] = [""]
        for text in texts:
            if len(pieces[-1]) > _TELLING:
                pieces.append("")
            pieces[-1] += f"{text}\n"
        if len(pieces) > 1 and len(pieces[-1]) < _TELLING:
            pieces.pop()
        if script and len(pieces[0]) >= _LEAST:
            (most, votes), *_ = Counter(detect(piece) for piece in pieces).most_common(1)
            if most and votes >= _AGREED * len(pieces):
                found[script] = most
    return found


def _sample(row: Record) -> str:
    texts = (*row.of(DEFINITION, "")[:1], *row.of(TERM)[:1])
    return " ".join(_text(text)[:300] for text in texts)


def _script(text: str) -> str:
    """The script of a text's first letter: those of its term are in it, or in another language."""
    letter = next((c for c in text if c.isalpha()), "")
    return "LATIN" if letter.isascii() else next(iter(scripts(letter)), "")
