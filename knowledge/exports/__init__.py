"""Writers of glossaries, one a format: what each holds, and what is lost in it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any

from knowledge import ExportError
from knowledge.entry import Entry
from knowledge.exports.choice import Selection
from knowledge.exports.losses import losses
from knowledge.exports.placing import check_place, place_file, place_folder
from knowledge.glossary import Glossary

Progress = Callable[[int, int], object]
"""Called with how many files or entries are written, and about how many there will be.

Again and again with 0 of 0 while nobody can know how far it is.
"""


@dataclass(frozen=True, slots=True)
class Format:
    """A format, its writer in a module of this package that is loaded when it is used.

    The module has ``write(entries, title)``, which gives the bytes of a file, or each file of a
    folder with its path within it; and ``LOST``: what the format cannot hold (``losses``).
    """

    name: str
    suffix: str
    """Of the file; empty if the format is a folder."""
    describes: str
    module: str = ""
    is_long: bool = False
    """Whether the writing takes long, so that ``write`` tells how far it is."""

    @property
    def is_folder(self) -> bool:
        """Whether it is written as a folder."""
        return not self.suffix

    @property
    def lost(self) -> tuple[str, ...]:
        """What it cannot hold."""
        return tuple(self._writer.LOST)

    def write(
        self, entries: Sequence[Entry], title: str, progress: Progress | None = None
    ) -> bytes:
        """The bytes of the file."""
        told = {"progress": progress} if self.is_long and progress else {}
        return bytes(self._writer.write(entries, title, **told))

    def files(self, entries: Sequence[Entry], title: str) -> Iterator[tuple[PurePath, bytes]]:
        """The files of the folder."""
        yield from self._writer.write(entries, title)

    @property
    def _writer(self) -> Any:  # noqa: ANN401  (a module, which has no type of its own)
        return import_module(f"knowledge.exports.{self.module or self.name}")


FORMATS = {
    each.name: each
    for each in (
        Format("native", "", "a folder of Markdown, the project's own format"),
        Format("jsonl", ".jsonl", "JSON Lines, an entry a line, for programs"),
        Format("csv", ".csv", "a table for Excel and other spreadsheets", "tabular"),
        Format("moodle", ".xml", "a glossary activity of Moodle"),
        Format("tbx", ".tbx", "TBX-Basic (ISO 30042), for terminology tools"),
        Format("skos", ".ttl", "SKOS in Turtle, for the semantic web"),
        Format("anki", ".apkg", "a deck of flash cards for Anki", is_long=True),
        Format("quizlet", ".txt", "text to paste into Quizlet"),
        Format("html", "", "a folder of web pages that need no server", "site"),
        Format("pdf", ".pdf", "pages to print", is_long=True),
    )
}


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
        files = chosen_format.files(entries, title)
        place_folder(_counted(files, len(entries), tell), dest)
    else:
        tell(0, len(entries))
        place_file(chosen_format.write(entries, title, tell), dest)
        tell(len(entries), len(entries))
    counts = Counter(entry.language for entry in entries)
    return ExportResult(
        dict(counts.most_common()), (*left_out, *losses(chosen_format.lost, entries))
    )


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
