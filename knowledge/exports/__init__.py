"""Writers of glossaries, one a format: what each holds, and what is lost in it."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from knowledge import ExportError
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Source
from knowledge.exports import anki, pdf, site, texts
from knowledge.exports.placing import check_place, placed
from knowledge.glossary import BUNDLED, Glossary
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


def losses(format_name: str, entries: Sequence[Entry]) -> Iterator[str]:
    """A sentence for each thing that some of the entries lose in a format (``losses.yaml``)."""
    lost = yaml.safe_load(files("knowledge.exports").joinpath("losses.yaml").read_text("utf-8"))
    for part, becomes in lost.get(format_name, {}).items():
        if count := sum(_has(entry, part) for entry in entries):
            who = "1 entry loses its own" if count == 1 else f"{count} entries lose theirs"
            so = f" ({becomes})" if becomes else ""
            yield f"The format holds no {lost['named'][part]}: {who}{so}."


def _has(entry: Entry, part: str) -> bool:
    match part:
        case "body":
            return bool(entry.text(BODY))
        case "sections":
            return any(s.name not in (SUMMARY, BODY, EXAMPLE) for s in entry.sections)
        case "parts of sources":
            return any(source != Source(source.title) for source in entry.sources)
        case "lines":
            return any("\n" in line for s in entry.sections for line in s.text.split("\n\n"))
        case "blocks":
            return any(s.blocks for s in entry.sections)
    return bool(getattr(entry, part))


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
        ids, tag = self._ids(glossary), base(self.language)
        chosen = [e for e in glossary.entries if e.id in ids and tag in ("", base(e.language))]
        if not chosen and tag not in ("", *map(base, glossary.languages)):
            languages = ", ".join(glossary.languages)
            raise ExportError(
                f"The glossary has no entry in “{self.language}”: it has {languages}."
            )
        if not chosen:
            raise ExportError(
                "No entry of the glossary is all that was asked for: choose less narrowly."
            )
        apart = set(glossary.ids) - {entry.id for entry in chosen}
        kept = [
            replace(e, related=tuple(r for r in e.related if glossary.id_of(r) not in apart))
            for e in chosen
        ]
        count = sum(len(e.related) - len(k.related) for e, k in zip(chosen, kept, strict=True))
        relations = "1 relation leads" if count == 1 else f"{count} relations lead"
        note = f"{relations} to terms that were not chosen, and {'is' if count == 1 else 'are'}"
        return tuple(kept), [f"{note} left out."] if count else []

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
        if unknown := ", ".join(f"“{term}”" for term, entry_id in found.items() if not entry_id):
            raise ExportError(
                f"The glossary has no term {unknown}: give ids or names as it writes them."
            )
        return ids.intersection(filter(None, found.values()))


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
    told = {"progress": tell} if chosen_format.is_long and progress else {}
    tell(0, len(entries))
    written = chosen_format.write(entries, title, **told)
    with placed(dest) as new:
        if isinstance(written, bytes):
            with new.open("wb") as file:
                file.write(written)
                file.flush()
                os.fsync(file.fileno())
            tell(len(entries), len(entries))
        else:
            for done, (path, content) in enumerate(written, 1):
                (new / path).parent.mkdir(parents=True, exist_ok=True)
                (new / path).write_bytes(content)
                tell(done, max(done, len(entries)))
    counts = Counter(entry.language for entry in entries)
    lost = (*left_out, *losses(format_name, entries))
    return ExportResult(dict(counts.most_common()), lost)


def glossary_title(path: Path) -> str:
    """What a glossary is called, by its file or folder: “Kitchen terms” of kitchen-terms.csv."""
    if path == BUNDLED:
        return "Masrad"
    words = path.resolve().stem.replace("_", " ").replace("-", " ").split()
    return " ".join([word[:1].upper() + word[1:] for word in words[:1]] + words[1:])


__all__ = ["FORMATS", "ExportResult", "Format", "Progress", "Selection", "export", "glossary_title"]
