"""A glossary as web pages that need no server: A to Z, categories, and a page for each entry."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path, PurePath
from typing import NamedTuple
from urllib.parse import quote

from knowledge.blocks import Block
from knowledge.entry import Entry, Section
from knowledge.exports.templates import grouped, is_code, labels, own_text, render
from knowledge.formats import native
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
        languages = self._glossary.languages
        counts = {tag: len(self._glossary.ordered(tag)) for tag in languages}
        yield PurePath("style.css"), own_text("style.css").encode()
        cover = render("cover.html", title=self._title, languages=languages, counts=counts)
        yield PurePath("index.html"), cover.encode()
        for language in languages:
            yield self._index(language)
            if groups := self._categories[language]:
                yield self._page("categories.html", language, "categories.html", groups=groups)
            for entry in self._glossary.ordered(language):
                yield self._entry(entry)

    def _index(self, language: str) -> File:
        row = self._glossary.ordered(language)
        names = {
            entry.id: [name for each in self._glossary.versions(entry.id) for name in each.names]
            for entry in row
        }
        groups = grouped(row, lambda entry: letter(entry.term, language))
        return self._page("index.html", language, "index.html", groups=groups, row=row, names=names)

    @cached_property
    def _categories(self) -> dict[str, dict[str, list[Entry]]]:
        """The categories of each language, in their order; none where no entry has one."""
        found = {}
        for language in self._glossary.languages:
            groups = grouped(self._glossary.ordered(language), lambda entry: entry.category)
            order = sorted(self._glossary.categories(language), key=lambda name: not name)
            found[language] = {name: groups[name] for name in order} if any(groups) else {}
        return found

    def _entry(self, entry: Entry) -> File:
        categories = list(self._categories[entry.language])
        before, after = self._glossary.neighbours(entry)
        linked = {entry.id}
        return self._page(
            "term.html",
            entry.language,
            f"terms/{_file(entry)}",
            self._glossary.versions(entry.id),
            entry=entry,
            sections=[(s, [*self._paragraphs(s, entry, linked)]) for s in entry.sections],
            related=self._glossary.related(entry),
            anchor=categories.index(entry.category) if categories else 0,
            before=before,
            after=after,
        )

    def _paragraphs(self, section: Section, entry: Entry, linked: set[str]) -> Iterator[Paragraph]:
        """The paragraphs, the first mention of each other entry a link to its page."""
        for n, text in enumerate(section.text.split("\n\n")):
            links = []
            for link in self._linker.find(text, entry.language, linked):
                other = self._glossary.get(link.entry_id, entry.language)
                if other is None or other.language != entry.language:
                    continue
                linked.add(link.entry_id)
                links.append((*link.span, _address(other)))
            block = section.block(n)
            yield Paragraph(split(text, links), is_code(text), block and block.drawable)

    def _page(
        self,
        template: str,
        language: str,
        path: str,
        versions: Sequence[Entry] = (),
        **values: object,
    ) -> File:
        """A page of a language, with links to the same page in the others, or to their index."""
        root = "../" * (path.count("/") + 1)
        addresses = {each.language: f"terms/{_address(each)}" for each in versions}
        for tag in self._glossary.languages:
            is_there = not versions and (self._categories[tag] or path != "categories.html")
            addresses.setdefault(tag, path if is_there else "index.html")
        alternates = [(t, f"{root}{t}/{addresses[t]}") for t in self._glossary.languages]
        text = render(
            template,
            title=self._title,
            language=language,
            root=root,
            alternates=alternates,
            versions=versions,
            here=template.removesuffix(".html"),
            has_categories=bool(self._categories[language]),
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
