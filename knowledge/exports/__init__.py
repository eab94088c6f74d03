"""Writers of glossaries, one a format: what each holds, and what is lost in it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from knowledge import ExportError
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Source
from knowledge.exports import anki, pdf, site, texts
from knowledge.exports.choice import Selection
from knowledge.exports.placing import check_place, place_file, place_folder
from knowledge.glossary import Glossary

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
    ),
    "moodle": (
        "id: Moodle knows entries by their terms, so that languages are no longer paired",
        "asked", "updated", "parts of sources: each stands in one line of the text",
    ),
    "tbx": ("asked", "parts of sources: each stands in one line", "lines: they become one"),
    "skos": ("asked", "lines: they become one"),
    "anki": ("body", "sections", "related", "asked", "updated"),
    "quizlet": (
        "id", "language", "aliases", "category", "body", "sections", "example", "related", "asked",
        "sources", "updated",
    ),
    "html": ("asked",),
    "pdf": ("id", "asked", "updated"),
}  # fmt: skip
"""What each format cannot hold, as ``losses`` reads it; the others hold all."""

_Has = Callable[[Entry], object]


def _has_sections(entry: Entry) -> bool:
    return any(s.name not in (SUMMARY, BODY, EXAMPLE) for s in entry.sections)


# What an entry may lose: how a sentence names it, and whether an entry has it.
_PARTS: dict[str, tuple[str, _Has]] = {
    "id": ("ids", lambda e: e.id),
    "language": ("languages", lambda e: e.language),
    "aliases": ("aliases", lambda e: e.aliases),
    "category": ("categories", lambda e: e.category),
    "body": ("text after the definition", lambda e: e.text(BODY)),
    "sections": ("sections with headings of their own", _has_sections),
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
