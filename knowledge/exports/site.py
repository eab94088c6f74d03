"""A glossary as web pages that need no server: A to Z, categories, and a page for each entry."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path, PurePath
from typing import Any, NamedTuple
from urllib.parse import quote

import yaml
from babel.dates import format_date

from knowledge.entry import EXAMPLE, Entry, Section
from knowledge.exports.concepts import is_code
from knowledge.exports.tongues import direction, own_name
from knowledge.glossary import Glossary
from knowledge.language.alphabet import letter
from knowledge.language.text import base
from knowledge.linking import Linker

LOST = ("asked",)

_LONGEST = 150  # bytes of a file's name without its ending: file systems take 255
_SCHEMA = "https://schema.org"


class Segment(NamedTuple):
    """A piece of a paragraph; with an address, it is a link."""

    text: str
    address: str = ""


class IndexGroup(NamedTuple):
    """Entries under one heading of an index."""

    name: str
    anchor: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section, as it is shown."""

    name: str
    heading: str
    paragraphs: tuple[tuple[Segment, ...], ...]


def write(entries: Sequence[Entry], title: str) -> Iterator[tuple[PurePath, bytes]]:
    """The pages, their style, and a cover that leads to each language.

    They ask for nothing from the network, and every text in them is escaped by the template engine.
    """
    yield from _Site(Glossary(Path(), tuple(entries)), title).files()


class _Site:
    def __init__(self, glossary: Glossary, title: str) -> None:
        from jinja2 import Environment, PackageLoader  # noqa: PLC0415  (only this writer needs it)

        self._glossary, self._title = glossary, title
        self._linker = Linker(glossary)
        self._words: dict[str, dict[str, str]] = yaml.safe_load(_own("words.yaml"))
        self._pages = Environment(
            loader=PackageLoader("knowledge.exports", "pages"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._pages.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        self._pages.filters.update(
            direction=direction,
            own_name=own_name,
            address=_address,
            code=_is_code,
            day=_day,
            is_web=_is_web,
        )

    def files(self) -> Iterator[tuple[PurePath, bytes]]:
        languages = self._glossary.languages
        counts = {tag: len(self._glossary.ordered(tag)) for tag in languages}
        yield PurePath("style.css"), _own("style.css").encode()
        yield self._page("cover.html", "index.html", languages=languages, counts=counts)
        for language in languages:
            yield from self._indexes(language)
            row = self._glossary.ordered(language)
            for place, entry in enumerate(row):
                around = (row[place - 1] if place else None, *row[place + 1 : place + 2], None)
                yield self._entry(entry, around[0], around[1])

    def _indexes(self, language: str) -> Iterator[tuple[PurePath, bytes]]:
        row = self._glossary.ordered(language)
        groups = _grouped(row, [letter(entry.term, language) for entry in row])
        names = {
            entry.id: [name for each in self._glossary.versions(entry.id) for name in each.names]
            for entry in row
        }
        data = {
            "@context": _SCHEMA,
            "@type": "DefinedTermSet",
            "name": self._title,
            "inLanguage": language,
            "hasDefinedTerm": [
                {"@type": "DefinedTerm", "name": e.term, "url": f"terms/{_address(e)}"} for e in row
            ],
        }
        values = {"groups": groups, "count": len(row), "names": names, "data": data}
        yield self._in_language("index.html", language, "index.html", **values)
        if self._categories[language]:
            named = self._categories[language]
            yield self._in_language("categories.html", language, "categories.html", groups=named)

    @cached_property
    def _categories(self) -> dict[str, list[IndexGroup]]:
        """The categories of each language, in order of name; none where no entry has one."""
        found = {}
        for language in self._glossary.languages:
            row = self._glossary.ordered(language)
            groups = _grouped(row, [entry.category for entry in row])
            groups.sort(key=lambda group: (not group.name, group.name))
            found[language] = groups if any(group.name for group in groups) else []
        return found

    def _entry(
        self, entry: Entry, before: Entry | None, after: Entry | None
    ) -> tuple[PurePath, bytes]:
        versions = [e for e in self._glossary.versions(entry.id) if e is not entry]
        anchors = {group.name: group.anchor for group in self._categories[entry.language]}
        return self._in_language(
            "term.html",
            entry.language,
            f"terms/{_file(entry)}",
            entry=entry,
            versions=versions,
            sections=tuple(self._sections(entry)),
            related=self._glossary.related(entry),
            anchor=anchors.get(entry.category, ""),
            before=before,
            after=after,
            data=self._defined(entry),
        )

    def _sections(self, entry: Entry) -> Iterator[SectionView]:
        words = self._words_of(entry.language)
        linked = {entry.id}
        for section in entry.sections:
            heading = section.heading or (words["example"] if section.name == EXAMPLE else "")
            yield SectionView(
                section.name, heading, tuple(self._paragraphs(section, entry, linked))
            )

    def _paragraphs(
        self, section: Section, entry: Entry, linked: set[str]
    ) -> Iterator[tuple[Segment, ...]]:
        """The paragraphs, the first mention of each other entry a link to its page."""
        for text in section.text.split("\n\n"):
            pieces, position = [], 0
            for link in self._linker.find(text, entry.language, linked):
                other = self._glossary.get(link.entry_id, entry.language)
                if other is None or other.language != entry.language:
                    continue
                linked.add(link.entry_id)
                pieces.append(Segment(text[position : link.span.start]))
                pieces.append(Segment(text[slice(*link.span)], _address(other)))
                position = link.span.end
            yield (*pieces, Segment(text[position:]))

    def _defined(self, entry: Entry) -> dict[str, Any]:
        data: dict[str, Any] = {
            "@context": _SCHEMA,
            "@type": "DefinedTerm",
            "name": entry.term,
            "alternateName": list(entry.aliases),
            "termCode": entry.id,
            "description": entry.summary,
            "inLanguage": entry.language,
            "inDefinedTermSet": {
                "@type": "DefinedTermSet",
                "name": self._title,
                "url": "../index.html",
            },
            "subjectOf": [
                {"@type": "CreativeWork", "name": source.title}
                | ({"author": source.authors} if source.authors else {})
                | ({"datePublished": str(source.year)} if source.year else {})
                | ({"url": source.url} if _is_web(source.url) else {})
                for source in entry.sources
            ],
        }
        return {name: value for name, value in data.items() if value}

    def _in_language(
        self, template: str, language: str, path: str, **values: object
    ) -> tuple[PurePath, bytes]:
        """A page of a language, with links to the same page in the others, or to their index."""
        root = "../" * (path.count("/") + 1)
        entry = values.get("entry")
        versions = (
            {e.language: e for e in self._glossary.versions(entry.id)}
            if isinstance(entry, Entry)
            else {}
        )
        alternates = []
        for tag in self._glossary.languages:
            page = path if not isinstance(entry, Entry) else "index.html"
            if tag in versions:
                page = f"terms/{_address(versions[tag])}"
            elif page == "categories.html" and not self._categories[tag]:
                page = "index.html"
            alternates.append((tag, f"{root}{tag}/{page}"))
        return self._page(
            template,
            f"{language}/{path}",
            language=language,
            root=root,
            alternates=alternates,
            here=template.removesuffix(".html"),
            has_categories=bool(self._categories[language]),
            words=self._words_of(language),
            **values,
        )

    def _page(self, template: str, path: str, **values: object) -> tuple[PurePath, bytes]:
        text = self._pages.get_template(template).render(title=self._title, **values)
        return PurePath(path), text.encode()

    def _words_of(self, language: str) -> Mapping[str, str]:
        return self._words.get(base(language), self._words["en"])


def _own(name: str) -> str:
    return files("knowledge.exports.pages").joinpath(name).read_text("utf-8")


def _grouped(entries: Sequence[Entry], names: Sequence[str]) -> list[IndexGroup]:
    """The entries by their headings, in the order in which these come first."""
    found: dict[str, list[Entry]] = {}
    for entry, name in zip(entries, names, strict=True):
        found.setdefault(name, []).append(entry)
    return [
        IndexGroup(name, f"g{n}", tuple(group)) for n, (name, group) in enumerate(found.items())
    ]


def _file(entry: Entry) -> str:
    """The name of an entry's page; of a very long one, its beginning and a hash."""
    name = entry.id.encode()
    if len(name) <= _LONGEST:
        return f"{entry.id}.html"
    beginning = name[:_LONGEST].decode(errors="ignore")
    return f"{beginning}-{hashlib.sha256(name).hexdigest()[:12]}.html"


def _address(entry: Entry) -> str:
    return quote(_file(entry))


def _day(day: date, language: str) -> str:
    return format_date(day, "long", locale=language)


def _is_code(paragraph: Sequence[Segment]) -> bool:
    return is_code("".join(piece.text for piece in paragraph))


def _is_web(address: str) -> bool:
    """Whether an address may be a link: one that begins with “javascript:” may not."""
    return re.match("https?://", address, re.IGNORECASE) is not None
