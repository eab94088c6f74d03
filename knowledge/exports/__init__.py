"""Writers of glossaries, one a format: what each holds, and what is lost in it."""

import contextlib
import os
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge import ExportError
from knowledge.editing.atomic import exchange
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


def export(  # noqa: PLR0913
    glossary: Glossary,
    format_name: str,
    dest: Path,
    *,
    title: str = "",
    choice: Selection | None = None,
    force: bool = False,
) -> tuple[dict[str, int], list[str]]:
    """Writes the chosen terms of a glossary, all if none are chosen, to a file or folder.

    Returns how many entries of each language it wrote, and what was left out with the others.
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
    written = chosen_format.write(entries, title)
    with placed(dest) as new:
        if isinstance(written, bytes):
            with new.open("wb") as file:
                file.write(written)
                file.flush()
                os.fsync(file.fileno())
        else:
            for path, content in written:
                (new / path).parent.mkdir(parents=True, exist_ok=True)
                (new / path).write_bytes(content)
    return dict(Counter(entry.language for entry in entries).most_common()), left_out


def glossary_title(path: Path) -> str:
    """What a glossary is called, by its file or folder: “Kitchen terms” of kitchen-terms.csv."""
    if path == BUNDLED:
        return "Masrad"
    words = path.resolve().stem.replace("_", " ").replace("-", " ").split()
    return " ".join([word[:1].upper() + word[1:] for word in words[:1]] + words[1:])


def check_place(dest: Path, glossary: Path, *, is_folder: bool, force: bool = False) -> Path:
    """The place, all links followed, if something may be written there.

    Raises:
        ExportError: it is of the other kind; it is the glossary, holds it or lies in it; or it is
            a folder with something in it, and is not to be replaced (``force``) or never may be.
    """
    place, source = dest.resolve(), glossary.resolve()
    if not place.name:
        raise ExportError(f"{dest} cannot be replaced: name a file or folder in it.")
    if place == source or place in source.parents or source in place.parents:
        raise ExportError(
            f"{dest} is in the glossary's own place, where it would harm it or be read as a part"
            " of it: choose another place."
        )
    if not place.parent.is_dir():
        raise ExportError(f"There is no folder {dest.parent}: make it first.")
    if not is_folder:
        if place.is_dir():
            raise ExportError(f"{dest} is a folder: give the name of a file.")
        return place
    if place.exists() and not place.is_dir():
        raise ExportError(f"{dest} is a file: give the name of a folder.")
    if place.is_dir() and any(place.iterdir()):
        if not force:
            raise ExportError(
                f"{dest} is a folder with files in it: name a new one, or give --force to replace"
                " all that is in it."
            )
        here, home = Path.cwd(), Path.home().resolve()
        if place in (here, *here.parents, home, *home.parents):
            raise ExportError(f"{dest} holds where you work, and is not replaced: name another.")
    return place


@contextlib.contextmanager
def placed(place: Path) -> Iterator[Path]:
    """Where to write the file or folder that is to stand at a place: it is put there once whole.

    Raises:
        ExportError: it cannot be written. What was in the place is still there.
    """
    new = place.with_name(f".{place.name}.{secrets.token_hex(4)}.new")  # two may export at once
    try:
        yield new
        if place.is_dir():
            exchange(new, place)
        else:
            new.replace(place)
    except OSError as error:
        raise ExportError(
            f"{place} cannot be written ({error.strerror or error}); nothing was changed there."
        ) from error
    finally:
        if new.is_dir():
            shutil.rmtree(new, ignore_errors=True)
        new.unlink(missing_ok=True)
