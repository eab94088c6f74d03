"""A glossary as web pages that need no server: A to Z, and a page for each entry."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple
from urllib.parse import quote

from knowledge.blocks import Block
from knowledge.editing import native
from knowledge.entry import Entry, Section
from knowledge.exports.templates import grouped, is_code, labels, own_text, render
from knowledge.glossary import Glossary
from knowledge.language.alphabet import letter
from knowledge.language.direction import Pieces, split
from knowledge.linking import Linker

File = tuple[PurePath, bytes]


class Paragraph(NamedTuple):
    """A paragraph in its parts, each with the address that it links to, if it does."""

    parts: Pieces[str]
    is_code: bool
    block: Block | None


def write(entries: Sequence[Entry], title: str) -> Iterator[File]:
    """The pages, their style, and a cover that leads to each language.

    They ask for nothing from the network, and every text in them is escaped by the template engine.
    """
    yield from _Site(Glossary(Path(), tuple(entries)), title).files()


class _Site:
    def __init__(self, glossary: Glossary, title: str) -> None:
        self._glossary, self._title = glossary, title
        self._linker = Linker(glossary)

    def files(self) -> Iterator[File]:
        rows = {tag: self._glossary.ordered(tag) for tag in self._glossary.languages}
        yield PurePath("style.css"), own_text("style.css").encode()
        yield PurePath("index.html"), render("cover.html", title=self._title, rows=rows).encode()
        for tag, row in rows.items():
            groups = grouped(row, lambda entry: letter(entry.term, entry.language))
            yield self._page("index.html", tag, groups=groups, row=row)
            for before, entry, after in zip((None, *row), row, (*row[1:], None), strict=False):
                linked = {entry.id}
                sections = [(s, [*self._paragraphs(s, entry, linked)]) for s in entry.sections]
                related = self._glossary.related(entry)
                around = {"before": before, "after": after, "related": related}
                yield self._page("term.html", tag, entry, sections=sections, **around)

    def _paragraphs(self, section: Section, entry: Entry, linked: set[str]) -> Iterator[Paragraph]:
        """The paragraphs, the first mention of each other entry a link to its page."""
        for text, block in section.paragraphs:
            links = []
            for link in self._linker.find(text, entry.language, linked):
                other = self._glossary.get(link.entry_id, entry.language)
                if other and other.language == entry.language:
                    linked.add(link.entry_id)
                    links.append((*link.span, _address(other)))
            yield Paragraph(split(text, links), is_code(text), block and block.drawable)

    def _page(
        self, template: str, language: str, entry: Entry | None = None, **values: object
    ) -> File:
        """A page of a language, with links to the same page in the others, or to their index."""
        versions = self._glossary.versions(entry.id) if entry else ()
        own = {each.language: f"terms/{_address(each)}" for each in versions}
        path = f"terms/{_file(entry)}" if entry else template
        root = "../" * (path.count("/") + 1)
        alternates = [
            (tag, f"{root}{tag}/{own.get(tag, 'index.html')}") for tag in self._glossary.languages
        ]
        text = render(
            template,
            title=self._title,
            language=language,
            root=root,
            alternates=alternates,
            entry=entry,
            versions=versions,
            names=lambda entry_id: [n for e in self._glossary.versions(entry_id) for n in e.names],
            words=labels(language),
            address=_address,
            **values,
        )
        return PurePath(language, path), text.encode()


def _file(entry: Entry) -> str:
    """The name of an entry's page."""
    return native.place(entry).with_suffix(".html").name


def _address(entry: Entry) -> str:
    return quote(_file(entry))
