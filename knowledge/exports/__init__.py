"""Writers of glossaries, one a format: what each holds, and what is lost in it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge import ExportError
from knowledge.editing.atomic import placing
from knowledge.entry import Entry
from knowledge.exports import anki, pdf, site, texts
from knowledge.glossary import BUNDLED, Glossary
from knowledge.language.text import base


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


FORMATS = {
    each.name: each
    for each in (
        Format("native", "", "a folder of Markdown, the project's own format", texts.native),
        Format("jsonl", ".jsonl", "JSON Lines, an entry a line, for programs", texts.jsonl),
        Format("csv", ".csv", "a table for Excel and other spreadsheets", texts.table),
        Format("moodle", ".xml", "a glossary activity of Moodle", texts.moodle),
        Format("tbx", ".tbx", "TBX-Basic (ISO 30042), for terminology tools", texts.tbx),
        Format("skos", ".ttl", "SKOS in Turtle, for the semantic web", texts.skos),
        Format("anki", ".apkg", "a deck of flash cards for Anki", anki.write),
        Format("quizlet", ".txt", "text to paste into Quizlet", texts.quizlet),
        Format("html", "", "a folder of web pages that need no server", site.write),
        Format("pdf", ".pdf", "pages to print", pdf.write),
    )
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Terms by their ids or names, a category, a language; all where nothing is said."""

    terms: tuple[str, ...] = ()
    category: str = ""
    language: str = ""

    def entries(self, glossary: Glossary) -> tuple[Entry, ...]:
        """The entries chosen, in the glossary's order.

        A relation to a term that is not chosen is left out: where the terms go, it leads nowhere.

        Raises:
            ExportError: there is no such term, or nothing is all that is asked for.
        """
        ids = glossary.within(self.category) if self.category else set(glossary.ids)
        if self.terms:
            found = {term: glossary.id_of(term) for term in self.terms}
            if unknown := ", ".join(f"“{term}”" for term, known in found.items() if not known):
                raise ExportError(
                    f"The glossary has no term {unknown}: give ids or names as it writes them."
                )
            ids &= set(found.values())
        tag = base(self.language)
        chosen = [e for e in glossary.entries if e.id in ids and tag in ("", base(e.language))]
        if not chosen:
            raise ExportError(
                "No entry of the glossary is all that was asked for: choose less narrowly."
            )
        apart = set(glossary.ids) - {entry.id for entry in chosen}
        return tuple(
            replace(e, related=tuple(r for r in e.related if glossary.id_of(r) not in apart))
            for e in chosen
        )


def export(
    glossary: Glossary,
    format_name: str,
    dest: Path,
    *,
    title: str = "",
    choice: Selection | None = None,
) -> dict[str, int]:
    """Writes the chosen terms of a glossary, all if none are chosen, to a file or folder.

    Returns how many entries of each language it wrote. It is written aside and then put in place:
    whatever befalls the writing, what was there before is still there.

    Raises:
        ExportError: there is no such term, or it may not or cannot be written there.
    """
    chosen_format = FORMATS[format_name]
    entries = (choice or Selection()).entries(glossary)
    place = check_place(dest, glossary.path, is_folder=not chosen_format.suffix)
    written = chosen_format.write(entries, title or glossary_title(glossary.path))
    try:
        with placing(place) as new:
            for path, content in [("", written)] if isinstance(written, bytes) else written:
                (new / path).parent.mkdir(parents=True, exist_ok=True)
                (new / path).write_bytes(content)
    except OSError as error:
        raise ExportError(
            f"{place} cannot be written ({error.strerror or error}); nothing was changed there."
        ) from error
    return dict(Counter(entry.language for entry in entries).most_common())


def glossary_title(path: Path) -> str:
    """What a glossary is called, by its file or folder: “Kitchen terms” of kitchen-terms.csv."""
    if path == BUNDLED:
        return "Masrad"
    words = path.resolve().stem.replace("_", " ").replace("-", " ").split()
    return " ".join([word[:1].upper() + word[1:] for word in words[:1]] + words[1:])


def check_place(dest: Path, glossary: Path, *, is_folder: bool) -> Path:
    """The place, all links followed, if something may be written there: a file is replaced.

    Raises:
        ExportError: it is the glossary, holds it or lies in it; or it is a folder with something in
            it, or where a file is to be, or a file where a folder is to be.
    """
    place, source = dest.resolve(), glossary.resolve()
    if place == source or place in source.parents or source in place.parents:
        raise ExportError(
            f"{dest} is in the glossary's own place, where it would harm it: choose another place."
        )
    is_empty = place.is_dir() and not any(place.iterdir())
    if place.exists() and not (is_empty if is_folder else place.is_file()):
        raise ExportError(f"{dest} is there already: name a new {'folder' * is_folder or 'file'}.")
    return place
