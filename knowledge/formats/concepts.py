"""Concepts: what a row, an object or an element says, made into an entry in each language."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeAlias

from pydantic import TypeAdapter, ValidationError

from knowledge.draft import make_entry, opening, section_name, slug, split_names
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Section
from knowledge.fault import Fault
from knowledge.formats import markup
from knowledge.formats.columns import DEFINITION, TERM, Column, column, language_of
from knowledge.language.text import clean, main_script, written_in

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_YEAR = re.compile(r"-?\d{1,4}")
_EMPTY = frozenset(["", "-", "–", "—", "n/a", "na", "none", "null", "nan", "#n/a"])
_BETWEEN = re.compile(r"\s*[;|؛\n]\s*")
_COMMAS = re.compile(r"\s*[,،、·]\s*")
_FAR = 20_000  # characters below the last name, within which the next is looked for
_SPOKEN = 6  # letters of an id that has digits as well
_A_NAME = 80  # characters: what is longer is a sentence

Version: TypeAlias = dict[str, list[Any]]
"""What is said of a concept in one language, by roles of ``columns.yaml``."""


@dataclass
class Concept:
    """One concept: what is said of it in each language, and under “” in none."""

    name: str = ""  # its id, if it has one
    line: int = 1
    said: dict[str, Version] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    exact: list[Section] | None = None
    """Its sections, where texts are plain and to be kept as they are."""
    links: Sequence[str] = ()  # ids or names that its text links to

    def version(self, language: str) -> Version:
        """What is said in a language."""
        return self.said[language_of(language) or language]

    def all(self, role: str) -> list[Any]:
        """What it says in a role, in whatever language."""
        return [value for version in self.said.values() for value in version[role]]

    @property
    def id(self) -> str:
        """Its name, or else its term, as an id; of several terms one in Latin letters."""
        terms = [version[TERM][0] for version in self.said.values() if version[TERM]]
        term = next(filter(str.isascii, terms), next(iter(terms), ""))
        return slug(self.name) or slug(split_names(markup.line(term))[0])

    def add(self, held: Column, value: Any, heading: str = "") -> None:  # noqa: ANN401
        """Adds what a column holds (text, a number, a list or an object), if it is of use."""
        if held.role == "sections" and isinstance(value, list):
            self.exact = [section for each in value if (section := _section(each))]
        elif isinstance(value, dict) and value and all(map(language_of, map(str, value))):
            for tag, each in value.items():
                self.add(Column(held.role, language_of(str(tag))), each, heading)
        elif held.role in _PARTS and value not in (None, "", [], {}):
            if not isinstance(value, list | dict):
                value = clean(str(value)).strip()
                if value.casefold() in _EMPTY and held.role != TERM:
                    return
            version = self.version(held.language or ("und" if held.role == "translation" else ""))
            role, parts = _PARTS[held.role]
            told = parts(value)
            version[role] += [(heading, "\n\n".join(told))] if role == "note" and told else told
            self.name = self.name or (told[0] if role == "id" else "")


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
        _assign(concept.said, concept.all("language"))
        named = {tag: version for tag, version in concept.said.items() if version[TERM]}
        whole = {tag: version for tag, version in named.items() if version[DEFINITION]}
        if not whole and len(named) > 1:
            tag, *more = named
            named[tag][DEFINITION] = ["; ".join(named[other][TERM][0] for other in more)]
            whole = {tag: named[tag]}
        if not whole:
            term = markup.line(next(iter(concept.all(TERM)), ""))
            lacks = f"“{term}” has no definition" if named else "has no term"
            yield Fault(origin, concept.line, f"{lacks}: give it one beside it.")
        shared = Concept(said={tag: v for tag, v in concept.said.items() if tag not in whole})
        others = shared.all(TERM)
        for language, version in whole.items():
            term, aliases = version[TERM][0], [*version["aliases"], *version[TERM][1:], *others]
            if concept.exact is None:
                term, more_names = split_names(markup.line(term))
                short = [name for name in map(markup.line, aliases) if len(name) <= _A_NAME]
                aliases = [*more_names, *short]
            others = []
            fields = {
                "term": term,
                "id": concept.id if concept.name or len(whole) > 1 else "",
                "language": language or default_language,
                "aliases": aliases,
                "category": next(iter(version["category"] + shared.all("category")), ""),
                "related": [ids.get(each, each) for each in concept.all("related")],
                "asked": concept.all("asked"),
                "sources": version["sources"] + shared.all("sources"),
                "updated": max(concept.all("updated"), default=None),
            }
            sections = _sections(concept, version)
            yield make_entry(fields, sections, origin, links=concept.links, line=concept.line)


def lines(names: Iterable[str], text: str) -> Iterator[int]:
    """The line of each name: of the next place where it begins a line or stands behind a mark."""
    place, line = 0, 1
    for name in names:
        if name in text[place : place + _FAR]:  # which is told far sooner
            sought = re.compile(rf"(?:^|[>{{}}\]:,])\W{{0,9}}{re.escape(name)}", re.MULTILINE)
            found = sought.search(text, place, place + _FAR)
            above, place = place, found.end() - 1 if found else place
            line += text.count("\n", above, place)
        yield line


def _assign(said: dict[str, Version], tags: Sequence[str]) -> None:
    """Gives what is said in no language to that in whose letters it is."""
    if "" in said and tags:
        said[tags[-1]] = said.pop("")
    bare = said.get("", Version())
    named = {tag: version for tag, version in said.items() if tag and version[TERM]}
    is_defined = any(version[DEFINITION] for version in said.values())
    if not bare or not named or not is_defined or (bare[TERM] and bare[DEFINITION]):
        return
    script = main_script(" ".join(bare[DEFINITION]), brief=True)
    lacking = [v for tag, v in named.items() if not v[DEFINITION] and script in written_in(tag)]
    home = [*lacking, *named.values()][0]
    for role in (TERM, DEFINITION, "example", "note", "aliases"):
        home["aliases" if role == TERM else role] += bare.pop(role, [])


def _sections(concept: Concept, version: Version) -> list[Section]:
    if concept.exact is not None:
        given = {section.name for section in concept.exact}
        first = opening("\n\n".join(version[DEFINITION]).split("\n\n"))
        return [*(section for section in first if section.name not in given), *concept.exact]
    opens, *more = dict.fromkeys(version[DEFINITION])
    summary, *rest = markup.sections(opens) or [Section(SUMMARY, "", "")]
    body = [rest.pop(0).text] if rest and rest[0].name == BODY else []
    said = {summary.text, *body, *(section.text for section in rest)}
    body += [text for text in map(markup.plain, more) if text not in said]
    for title, note in version["note"]:
        heading = markup.line(title)
        rest.append(Section(section_name(heading), heading, markup.plain(note)))
    rest.append(Section(EXAMPLE, "", "\n\n".join(map(markup.plain, version["example"]))))
    return [summary, Section(BODY, "", "\n\n".join(body)), *rest]


def _section(given: Any) -> Section | None:  # noqa: ANN401
    """A section as the project itself writes it in JSON, with the blocks that say its text."""
    try:
        found = TypeAdapter(Section).validate_python({"name": BODY, "heading": "", **given})
    except (ValidationError, TypeError):
        return None
    text = clean(found.text)
    paragraphs = [*enumerate(text.split("\n\n"))]
    blocks = tuple(each for each in found.blocks if (each.paragraph, each.text) in paragraphs)
    return replace(found, text=text, blocks=blocks) if found.name != SUMMARY else None


def _flat(value: Any, within: Callable[[Version], Iterable[Any]]) -> list[str]:  # noqa: ANN401
    """The texts in a value: of an object, in what ``within`` takes of its fields by their roles."""
    if isinstance(value, dict):
        fields: Version = defaultdict(list, {"": [*value.values()]})
        for key, each in value.items():
            if held := column(str(key)):
                fields[held.role or "language"].append(each)
        value = [*within(fields)]
    if isinstance(value, list):
        return [text for each in value for text in _flat(each, within)]
    return [str(value)] if value not in ("", None) else []


_prose = partial(_flat, within=lambda told: told[DEFINITION] + told["example"] or told[""])
_names = partial(_flat, within=lambda told: told[TERM] or told["id"])


def _phrases(value: Any) -> list[str]:  # noqa: ANN401
    return (
        _names(value) if isinstance(value, list | dict) else [*filter(None, _BETWEEN.split(value))]
    )


def _listed(value: Any) -> list[str]:  # noqa: ANN401
    """Names, from a list or from text with semicolons, bars, lines or commas between."""
    parts = _phrases(value)
    if isinstance(value, list | dict):
        return parts
    parts = [*filter(None, _COMMAS.split(value))] if len(parts) == 1 else parts
    return parts if max(map(len, parts), default=0) <= _A_NAME else []


def _sources(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Publications, from text (one a line), an object, or a list of either."""
    if isinstance(value, list):
        return [source for each in value for source in _sources(each)]
    if isinstance(value, dict):
        fields = {str(key).lower(): each for key, each in value.items() if each}

        def first(*names: str) -> Any:  # noqa: ANN401
            return next((fields[name] for name in names if name in fields), "")

        title, url = first("title", "name"), first("url", "link", "identifier")
        authors, year = first("authors", "author", "creator"), first("year", "date")
        authors = ", ".join(map(str, authors)) if isinstance(authors, list) else authors
        year = year if _YEAR.fullmatch(str(year)) else None
        source = {"title": title or url, "authors": authors, "year": year, "url": url}
        return [source] if source["title"] else []
    found = []
    for line in filter(str.strip, str(value).split("\n")):
        address = _ADDRESS.search(line)
        url = address[0].rstrip(".,;") if address else ""
        url = url if "(" in url else url.rstrip(")")
        title = line.replace(url, "").replace("()", "").strip(" -–:,;") if url else line.strip()
        found.append({"title": title or url, "url": url})
    return found


_PARTS: Mapping[str, tuple[str, Callable[[Any], list[Any]]]] = {
    TERM: (TERM, _names),
    "translation": (TERM, _listed),
    "expansion": ("aliases", _names),
    "aliases": ("aliases", _listed),
    "acronym": ("aliases", _listed),
    DEFINITION: (DEFINITION, _prose),
    "example": ("example", _prose),
    "note": ("note", _prose),
    "category": ("category", _phrases),
    "related": ("related", _listed),
    "asked": ("asked", _phrases),
    "sources": ("sources", _sources),
    "id": ("id", lambda value: [str(value)]),
    "language": ("language", lambda value: [language_of(str(value))]),
    "updated": ("updated", lambda value: _DAY.findall(str(value))[:1]),
}
"""Of each role of a column: in which its values are kept, and how they are parted."""
