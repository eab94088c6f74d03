"""Concepts: what a row, an object or an element says, made into an entry in each language."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.blocks import Block
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Section
from knowledge.fault import Fault
from knowledge.formats import markup
from knowledge.formats.columns import DEFINITION, TERM, Column, column, language_of
from knowledge.formats.draft import make_entry, opening, section_name, slug
from knowledge.formats.names import split_names
from knowledge.language.text import clean, main_script, written_in

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EMPTY = frozenset(["", "-", "–", "—", "n/a", "na", "none", "null", "nan", "#n/a"])
_BETWEEN = re.compile(r"\s*[;|؛\n]\s*")
_COMMAS = re.compile(r"\s*[,،、]\s*")
_TEXTS = (DEFINITION, "example")
_SPOKEN = 6  # letters of an id that has digits as well
_A_NAME = 80  # characters: what is longer is a sentence


class UnreadableError(Exception):
    """A file that cannot be read: why, and the line."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class Version:
    """What a concept is in one language: its term and others that mean the same, and so on."""

    terms: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    definition: list[str] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Headings and what stands under them."""
    category: str = ""
    sources: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Concept:
    """One concept; by language, and under “” what is said in none."""

    name: str = ""
    """Its id, if it has one."""
    line: int = 1
    versions: dict[str, Version] = field(default_factory=dict)
    related: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    updated: str = ""
    language: str = ""
    """That of what is said in none, if a field says it."""
    exact: list[Section] | None = None
    """Its sections, where texts are plain and to be kept as they are."""

    @property
    def term(self) -> str:
        """Its first term, or nothing."""
        return next((v.terms[0] for v in self.versions.values() if v.terms), "")

    @property
    def id(self) -> str:
        """Its name, or else its term, as an id; of several terms one in Latin letters."""
        terms = [v.terms[0] for v in self.versions.values() if v.terms]
        term = next(filter(str.isascii, terms), self.term)
        return slug(self.name) or slug(split_names(markup.line(term))[0])

    def version(self, language: str = "") -> Version:
        """What it is in a language."""
        return self.versions.setdefault(language and (language_of(language) or language), Version())

    def add(self, held: Column, value: Any, heading: str = "") -> None:  # noqa: ANN401
        """Adds what a column holds: text, a number, a list or an object."""
        if held.role == "sections" and isinstance(value, list):
            self.exact = [section for each in value if (section := _section(each))]
        elif isinstance(value, dict) and value and all(map(language_of, map(str, value))):
            for tag, each in value.items():
                self.add(Column(held.role, language_of(str(tag))), each, heading)
        elif said := _said(value, held.role):
            self._put(held, said, heading)

    def _put(self, held: Column, value: Any, heading: str) -> None:  # noqa: ANN401
        role = held.role
        untold = role == "translation" and not held.language
        version = self.version("und" if untold else held.language)
        if role == "id":
            self.name = self.name or str(value)
        elif role == "language":
            self.language = language_of(str(value))
        elif role == "updated":
            self.updated = max(self.updated, str(value))
        elif role == "category":
            version.category = version.category or next(iter(names(value)), "")
        elif role == "note":
            version.notes.append((heading, "\n\n".join(texts(value))))
        else:
            attribute, parts = _LISTS[role]
            owner = self if attribute in ("related", "asked") else version
            getattr(owner, attribute).extend(parts(value))


def entries(
    concepts: Iterable[Concept], origin: str, default_language: str = ""
) -> Iterator[Entry | Fault]:
    """The entries of concepts: one in each language in which a term is explained.

    A term in a language without a definition is an alias of the first entry. Where nothing defines
    words in two languages, they define each other. What is related may be named by an id.
    """
    found = list(concepts)
    ids: dict[str, str] = {}
    for concept in found:
        if name := concept.name:
            # One that a program counts by says nothing: c12, IATE-3567.
            counts = any(map(str.isdigit, name)) and sum(map(str.isalpha, name)) < _SPOKEN
            concept.name = "" if counts and concept.exact is None else name
            concept.name = ids.setdefault(name, concept.id)
    for concept in found:
        yield from _entries(concept, ids, origin, default_language)


def _entries(
    concept: Concept, ids: Mapping[str, str], origin: str, default_language: str
) -> Iterator[Entry | Fault]:
    _assign(concept)
    named = {tag: v for tag, v in concept.versions.items() if v.terms}
    whole = {tag: v for tag, v in named.items() if v.definition}
    if not whole and len(named) > 1:
        (tag, first), *more = named.items()
        first.definition = ["; ".join(v.terms[0] for _, v in more)]
        whole = {tag: first}
    if not whole:
        lacks = f"“{markup.line(concept.term)}” has no definition" if named else "has no term"
        yield Fault(origin, concept.line, f"{lacks}: give it one beside it.")
        return
    shared = [v for tag, v in concept.versions.items() if tag not in whole]
    others = [term for v in shared for term in v.terms]
    category = next((v.category for v in shared if v.category), "")
    day = _DAY.search(concept.updated)
    for language, version in whole.items():
        term, aliases = _names(concept, version, others)
        others = []
        yield make_entry(
            {
                "term": term,
                "id": concept.id if concept.name or len(whole) > 1 else "",
                "language": language,
                "aliases": aliases,
                "category": version.category or category,
                "related": [ids.get(each, each) for each in concept.related],
                "asked": concept.asked,
                "sources": version.sources + [each for v in shared for each in v.sources],
                "updated": _day(day[0]) if day else None,
            },
            _sections(concept, version),
            origin,
            default_language=default_language,
            line=concept.line,
        )


def _assign(concept: Concept) -> None:
    """Gives what is said in no language to that in whose letters it is."""
    versions = concept.versions
    if concept.language and "" in versions:
        versions[concept.language] = versions.pop("")
    bare = versions.get("")
    others = {tag: v for tag, v in versions.items() if tag and v.terms}
    defined = any(v.definition for v in versions.values())
    if bare is None or not others or not defined or (bare.terms and bare.definition):
        return
    script = main_script(" ".join(bare.definition), brief=True)
    fitting = [v for tag, v in others.items() if not v.definition and script in written_in(tag)]
    home = [*fitting, *others.values()][0]
    home.definition += bare.definition
    home.examples += bare.examples
    home.notes += bare.notes
    home.aliases += [*bare.aliases, *bare.terms]
    bare.terms, bare.definition = [], []


def _names(concept: Concept, version: Version, others: list[str]) -> tuple[str, list[str]]:
    aliases = [*version.aliases, *version.terms[1:], *others]
    if concept.exact is not None:
        return version.terms[0], aliases
    term, more = split_names(markup.line(version.terms[0]))
    return term, [*more, *(a for each in aliases if len(a := markup.line(each)) <= _A_NAME)]


def _sections(concept: Concept, version: Version) -> list[Section]:
    if concept.exact is not None:
        given = {section.name for section in concept.exact}
        first = opening("\n\n".join(version.definition).split("\n\n"))
        return [*(section for section in first if section.name not in given), *concept.exact]
    opens, *more = dict.fromkeys(version.definition)
    found = {section.name: section for section in markup.sections(opens)}
    said = {section.text for section in found.values()}
    body = [found.pop(BODY).text] if BODY in found else []
    body += [text for text in map(markup.plain, more) if text not in said]
    summary, *rest = found.values() or [Section(SUMMARY, "", "")]
    for title, note in version.notes:
        heading = markup.line(title)
        rest.append(Section(section_name(heading), heading, markup.plain(note)))
    rest.append(Section(EXAMPLE, "", "\n\n".join(map(markup.plain, version.examples))))
    return [summary, Section(BODY, "", "\n\n".join(body)), *rest]


def _section(given: Any) -> Section | None:  # noqa: ANN401
    """A section as the project itself writes it in JSON."""
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return None
    name, heading = str(given.get("name") or BODY), str(given.get("heading") or "")
    text = clean(given["text"])
    blocks = tuple(_blocks(given.get("blocks"), text.split("\n\n")))
    return Section(name, heading, text, blocks=blocks) if name != SUMMARY else None


def _blocks(given: Any, paragraphs: Sequence[str]) -> Iterator[Block]:  # noqa: ANN401
    """The blocks of a section that say what its paragraphs say."""
    for each in given if isinstance(given, list) else ():
        match each:
            case {"kind": str(kind), "source": str(source), "paragraph": int(n)}:
                block = Block(kind, source, n)
                if paragraphs[n : n + 1] == [block.text]:
                    yield block


def _said(value: Any, role: str) -> Any:  # noqa: ANN401
    """A value, numbers and dates as text; nothing if it is a “-” or the like."""
    if isinstance(value, int | float | date):
        return str(value)
    if not isinstance(value, str):
        return value
    text = clean(value).strip()
    return "" if text.casefold() in _EMPTY and role != TERM else text


def texts(value: Any) -> list[str]:  # noqa: ANN401
    """Readable paragraphs, from text, a list, or an object with a text among its fields."""
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    if isinstance(value, dict):
        held = {key: column(str(key)) for key in value}
        told = [key for key, known in held.items() if known and known.role in _TEXTS]
        return [text for key in told or value for text in texts(value[key])]
    return [str(value)] if value not in ("", None) else []


def names(value: Any) -> list[str]:  # noqa: ANN401
    """Names, from a list or from text with semicolons, bars, lines or commas between."""
    if isinstance(value, list | dict):
        return _whole(value)
    parts = _phrases(value)
    parts = _COMMAS.split(parts[0]) if len(parts) == 1 else parts
    return [part for part in parts if part] if max(map(len, parts), default=0) <= _A_NAME else []


def _whole(value: Any) -> list[str]:  # noqa: ANN401
    """Names, each of which may hold commas."""
    if isinstance(value, list):
        return [name for each in value for name in _whole(each)]
    if isinstance(value, dict):
        roles = {held.role: each for key, each in value.items() if (held := column(str(key)))}
        return _whole(roles.get(TERM, roles.get("id", "")))
    return [str(value)] if value not in ("", None) else []


def _phrases(value: Any) -> list[str]:  # noqa: ANN401
    if isinstance(value, list):
        return [str(each) for each in value if isinstance(each, str | int | float)]
    return [part for part in _BETWEEN.split(str(value).strip()) if part]


def sources(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Publications, from text (one a line), an object, or a list of either."""
    if isinstance(value, list):
        return [source for each in value for source in sources(each)]
    if not isinstance(value, dict):
        return [_source(line) for line in str(value).split("\n") if line.strip()]
    fields = {str(key).lower(): each for key, each in value.items() if each}

    def first(*keys: str) -> Any:  # noqa: ANN401
        return next((fields[key] for key in keys if key in fields), "")

    url, authors = str(first("url", "link", "href")), first("authors", "author")
    title = str(first("title", "name", "text") or url)
    authors = ", ".join(map(str, authors)) if isinstance(authors, list) else str(authors)
    year = re.fullmatch(r"-?\d{1,4}", str(first("year")))
    told = {"title": title, "authors": authors, "url": url, "year": year and int(year[0])}
    return [told] if title else []


def _source(line: str) -> dict[str, Any]:
    """A source from a line of text: its address, if it has one, and the rest as its title."""
    found = _ADDRESS.search(line)
    if found is None:
        return {"title": line.strip()}
    address = found[0].rstrip(".,;")
    address = address if "(" in address else address.rstrip(")")
    title = line.replace(address, "").replace("()", "").strip(" -–:,;")
    return {"title": title or address, "url": address}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_LISTS: Mapping[str, tuple[str, Callable[[Any], list[Any]]]] = {
    "related": ("related", names),
    "asked": ("asked", _phrases),
    "term": ("terms", _whole),
    "translation": ("terms", names),
    "expansion": ("aliases", _whole),
    "aliases": ("aliases", names),
    "acronym": ("aliases", names),
    "definition": ("definition", texts),
    "example": ("examples", texts),
    "sources": ("sources", sources),
}
