"""Writers of glossaries, one a format: what each holds, and what is lost in it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from knowledge import ExportError
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Source
from knowledge.exports import anki, pdf, site, texts
from knowledge.exports.placing import check_place, place_file, place_folder
from knowledge.glossary import Glossary
from knowledge.language.text import base

Progress = Callable[[int, int], object]
"""Called with how many files or entries are written, and about how many there will be.

Again and again with 0 of 0 while nobody can know how far it is.
"""


@dataclass(frozen=True, slots=True)
class Format:
    """A format and its writer, which is given the entries and a title.

    It returns the bytes of a file, or each file of a folder with its path within it.
    """

    name: str
    suffix: str
    """Of the file; empty if the format is a folder."""
    describes: str
    write: Callable[..., Any]
    is_long: bool = False
    """Whether the writing takes long, so that ``write`` is given a ``Progress`` to tell."""

    @property
    def is_folder(self) -> bool:
        """Whether it is written as a folder."""
        return not self.suffix


FORMATS = {
    each.name: each
    for each in (
        Format("native", "", "a folder of Markdown, the project's own format", texts.native),
        Format("jsonl", ".jsonl", "JSON Lines, an entry a line, for programs", texts.jsonl),
        Format("csv", ".csv", "a table for Excel and other spreadsheets", texts.table),
        Format("moodle", ".xml", "a glossary activity of Moodle", texts.moodle),
        Format("tbx", ".tbx", "TBX-Basic (ISO 30042), for terminology tools", texts.tbx),
        Format("skos", ".ttl", "SKOS in Turtle, for the semantic web", texts.skos),
        Format("anki", ".apkg", "a deck of flash cards for Anki", anki.write, is_long=True),
        Format("quizlet", ".txt", "text to paste into Quizlet", texts.quizlet),
        Format("html", "", "a folder of web pages that need no server", site.write),
        Format("pdf", ".pdf", "pages to print", pdf.write, is_long=True),
    )
}


LOST: dict[str, tuple[str, ...]] = {
    "csv": (
        "sections: their text stands in the body, under its heading",
        "parts of sources: a source is one line of text",
        "blocks: their text stays",
    ),
    "moodle": (
        "id: Moodle knows entries by their terms, so that languages are no longer paired",
        "asked", "updated", "parts of sources: each stands in one line of the text",
        "blocks: their text stays",
    ),
    "tbx": (
        "asked", "parts of sources: each stands in one line", "lines: they become one",
        "blocks: their text stays",
    ),
    "skos": ("asked", "lines: they become one", "blocks: their text stays"),
    "anki": ("body", "sections", "related", "asked", "updated"),
    "quizlet": (
        "id", "language", "aliases", "category", "body", "sections", "example", "related", "asked",
        "sources", "updated",
    ),
    "html": ("asked",),
    "pdf": ("id", "asked", "updated"),
}  # fmt: skip
"""What each format cannot hold, as ``losses`` reads it; the others hold all."""

# What an entry may lose: how a sentence names it, and whether an entry has it.
_PARTS: dict[str, tuple[str, Callable[[Entry], object]]] = {
    "id": ("ids", lambda e: e.id),
    "language": ("languages", lambda e: e.language),
    "aliases": ("aliases", lambda e: e.aliases),
    "category": ("categories", lambda e: e.category),
    "body": ("text after the definition", lambda e: e.text(BODY)),
    "sections": (
        "sections with headings of their own",
        lambda e: any(s.name not in (SUMMARY, BODY, EXAMPLE) for s in e.sections),
    ),
    "example": ("examples", lambda e: e.example),
    "related": ("relations", lambda e: e.related),
    "asked": ("other ways of asking", lambda e: e.asked),
    "sources": ("sources", lambda e: e.sources),
    "parts of sources": (
        "authors, years and addresses apart",
        lambda e: any(source != Source(source.title) for source in e.sources),
    ),
    "lines": (
        "lines within a paragraph",
        lambda e: any("\n" in part for s in e.sections for part in s.text.split("\n\n")),
    ),
    "blocks": (
        "formulas, tables, code and figures that are drawn",
        lambda e: any(s.blocks for s in e.sections),
    ),
    "updated": ("days of change", lambda e: e.updated),
}


def losses(lost: Sequence[str], entries: Sequence[Entry]) -> Iterator[str]:
    """A sentence for each thing that some of the entries lose.

    What is lost is named as the fields of an entry are, with ``body``, ``example``, and
    ``sections`` for the others; after a colon, what becomes of it.
    """
    for loss in lost:
        name, _, becomes = loss.partition(": ")
        named, has = _PARTS[name]
        if count := sum(1 for entry in entries if has(entry)):
            who = "1 entry loses its own" if count == 1 else f"{count} entries lose theirs"
            yield f"The format holds no {named}: {who}{f' ({becomes})' if becomes else ''}."


@dataclass(frozen=True, slots=True)
class Selection:
    """Terms by their ids or names, a category, a language; all where nothing is said."""

    terms: tuple[str, ...] = ()
    category: str = ""
    language: str = ""

    def entries(self, glossary: Glossary) -> tuple[tuple[Entry, ...], list[str]]:
        """The entries chosen, in the glossary's order; and what is left out with the others.

        A relation to a term that is not chosen is left out: where the terms go, it leads nowhere.

        Raises:
            ExportError: there is no such term, category or language, or nothing is all of these.
        """
        ids = self._ids(glossary)
        chosen = [
            entry
            for entry in glossary.entries
            if entry.id in ids and (not self.language or base(entry.language) == self._tag)
        ]
        if not chosen:
            raise ExportError(self._nothing(glossary))
        if len(chosen) == len(glossary.entries):
            return tuple(chosen), []
        there = {entry.id for entry in chosen}
        apart = {i for i in glossary.ids if i not in there}
        kept = [
            replace(e, related=tuple(r for r in e.related if glossary.id_of(r) not in apart))
            for e in chosen
        ]
        count = sum(len(e.related) - len(k.related) for e, k in zip(chosen, kept, strict=True))
        relations = "1 relation leads" if count == 1 else f"{count} relations lead"
        note = f"{relations} to terms that were not chosen, and are left out."
        return tuple(kept), [note.replace("are", "is") if count == 1 else note] if count else []

    @property
    def _tag(self) -> str:
        return base(self.language)

    def _ids(self, glossary: Glossary) -> frozenset[str]:
        ids = frozenset(glossary.ids)
        if self.category:
            ids = glossary.within(self.category)
            if not ids:
                names = {entry.category for entry in glossary.entries if entry.category}
                known = f"it has {', '.join(sorted(names))}" if names else "it has none"
                raise ExportError(f"The glossary has no category “{self.category}”: {known}.")
        if not self.terms:
            return ids
        found = {term: glossary.id_of(term) for term in self.terms}
        unknown = [term for term, entry_id in found.items() if entry_id is None]
        if unknown:
            listed = ", ".join(f"“{term}”" for term in unknown)
            raise ExportError(
                f"The glossary has no term {listed}: give ids or names as it writes them."
            )
        return ids.intersection(filter(None, found.values()))

    def _nothing(self, glossary: Glossary) -> str:
        if self.language and not any(base(tag) == self._tag for tag in glossary.languages):
            languages = ", ".join(glossary.languages)
            return f"The glossary has no entry in “{self.language}”: it has {languages}."
        return "No entry of the glossary is all that was asked for: choose less narrowly."


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was exported: the entries in each language, counted; what was lost, a sentence each."""

    entries: dict[str, int]
    lost: tuple[str, ...]


def export(  # noqa: PLR0913
    glossary: Glossary,
    format_name: str,
    dest: Path,
    *,
    title: str = "",
    choice: Selection | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> ExportResult:
    """Writes the chosen terms of a glossary, all if none are chosen, to a file or folder.

    It is written aside and then put in place: whatever befalls the writing, what was there before
    is still there. A file that exists is replaced; a folder with something in it only by ``force``.

    Raises:
        ExportError: there is no such format or term, or it may not or cannot be written there.
    """
    chosen_format = FORMATS.get(format_name)
    if chosen_format is None:
        raise ExportError(f"There is no format “{format_name}”: take {', '.join(FORMATS)}.")
    entries, left_out = (choice or Selection()).entries(glossary)
    dest = check_place(dest, glossary.path, is_folder=chosen_format.is_folder, force=force)
    title = title or glossary_title(glossary.path)
    tell = progress or (lambda _done, _total: None)
    if chosen_format.is_folder:
        files = chosen_format.write(entries, title)
        place_folder(_counted(files, len(entries), tell), dest)
    else:
        tell(0, len(entries))
        told = {"progress": tell} if chosen_format.is_long and progress else {}
        place_file(chosen_format.write(entries, title, **told), dest)
        tell(len(entries), len(entries))
    counts = Counter(entry.language for entry in entries)
    lost = losses(LOST.get(format_name, ()), entries)
    return ExportResult(dict(counts.most_common()), (*left_out, *lost))


def glossary_title(path: Path) -> str:
    """What a glossary is called, by its file or folder: “Kitchen terms” of kitchen-terms.csv."""
    words = path.resolve().stem.replace("_", " ").replace("-", " ").split()
    name = " ".join(words)
    return name[:1].upper() + name[1:]


def _counted(
    files: Iterator[tuple[PurePath, bytes]], about: int, progress: Progress
) -> Iterator[tuple[PurePath, bytes]]:
    for done, file in enumerate(files, 1):
        yield file
        progress(done, max(done, about))


__all__ = ["FORMATS", "ExportResult", "Format", "Progress", "Selection", "export", "glossary_title"]
