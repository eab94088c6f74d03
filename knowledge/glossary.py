"""A glossary: its entries, by key and by name, and the faults found in reading it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from knowledge import GlossaryError, formats
from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats import matter
from knowledge.formats.decoding import UnreadableError
from knowledge.language.alphabet import sort_key
from knowledge.language.text import base
from knowledge.language.words import fold
from knowledge.resolving import resolved

BUNDLED = Path(str(files("knowledge") / "bundled"))
"""The glossary that ships with the project."""

_ABOUT = "masrad.yaml"


class About(BaseModel):
    """What a glossary says of itself, in ``masrad.yaml`` beside its entries, by language.

    Its subject in one line, the categories in a reader's order, first questions.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: dict[str, str] = {}
    categories: dict[str, list[str]] = {}
    questions: dict[str, list[str]] = {}

    @classmethod
    def read(cls, folder: Path) -> "About | Fault":
        """What the file in a folder says; nothing where there is none."""
        if not (folder / _ABOUT).is_file():
            return cls()
        try:
            return cls.model_validate(matter.load(formats.content(folder / _ABOUT).decode()) or {})
        except UnreadableError as error:
            return Fault(_ABOUT, error.line, str(error))
        except matter.INVALID as error:
            return Fault(_ABOUT, 1, f"is not valid YAML here: {matter.reason(error)}.")

    def ordered(self, entries: Iterable[Entry]) -> list[Entry]:
        """Entries by their categories in that order; those that it does not name come last."""
        places = {
            (language, name): n
            for language, names in self.categories.items()
            for n, name in enumerate(names)
        }
        return sorted(entries, key=lambda e: places.get((e.language, e.category), len(places)))


@dataclass(frozen=True, eq=False)
class Glossary:
    """Entries of one or more languages, unique by id and language; another one is never equal."""

    path: Path
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...] = ()
    about: About = field(default_factory=About)

    @classmethod
    def read(
        cls, path: Path, columns: Mapping[str, str] | None = None, shape: str | None = None
    ) -> "Glossary":
        """Reads a file or folder in any known format (``knowledge.formats``).

        An entry that cannot be read costs that entry alone and is among the ``faults``.
        ``columns`` says what the columns of all tables hold, ``shape`` which shape the terms of
        documents have (``formats.read``).

        Raises:
            GlossaryError: there is nothing at the path, no entry in it, or no such column.
        """
        found = cls.of(path, list(formats.read(path, {"": columns} if columns else {}, shape)))
        if not found.entries:
            reasons = "; ".join(map(str, found.faults[:3]))
            why = f" ({reasons})." if reasons else ": put an entry there (docs/your-glossary.md)."
            raise GlossaryError(f"The glossary at {path} holds no entry{why}")
        return found

    @classmethod
    def of(cls, path: Path, items: Sequence[Entry | Fault]) -> "Glossary":
        """The glossary of what was read from a path (``knowledge.formats``), which may be empty."""
        says = About.read(path)
        faults = [item for item in (*items, says) if isinstance(item, Fault)]
        says = About() if isinstance(says, Fault) else says
        found: dict[str, Entry] = {}
        said: dict[str, set[_Content]] = {}
        for entry in resolved([item for item in items if isinstance(item, Entry)]):
            kept, fault = _disambiguated(entry, found, said)
            found.setdefault(kept.key, kept)
            faults += [fault] if fault else []
        return cls(path, tuple(says.ordered(found.values())), tuple(faults), says)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of its entries, the one with most entries first."""
        counts = Counter(entry.language for entry in self.entries)
        return tuple(sorted(counts, key=lambda language: (-counts[language], language)))

    def categories(self, language: str) -> dict[str, int]:
        """How many entries of a language stand in each category, in the glossary's order.

        Entries without a category stand under the empty name.
        """
        return dict(Counter(e.category for e in self.entries if e.language == language))

    def basics(self) -> tuple[str, ...]:
        """The ids, first those that most others name as related; among equals, in their order."""
        counts = Counter(self.id_of(name) for entry in self.entries for name in entry.related)
        return tuple(sorted(self.ids, key=lambda i: -counts[i]))

    def within(self, category: str) -> frozenset[str]:
        """The ids of a category, whichever language names it; none if no language does.

        What most of them are filed under in another language is the same category.
        """
        named = {e.id for e in self.entries if category and e.category == category}
        counts = Counter(e.category for e in self.entries if e.id in named)
        same = {name for name, n in counts.items() if name and 2 * n > len(named)} | {category}
        return frozenset(e.id for e in self.entries if e.category in same) if named else frozenset()

    def terms(self, language: str) -> tuple[str, ...]:
        """The terms of a language, in the glossary's order."""
        return tuple(entry.term for entry in self.entries if entry.language == language)

    def ordered(self, language: str) -> tuple[Entry, ...]:
        """The entries of a language, from A to Z (``knowledge.language.alphabet``)."""
        return self._ordered.get(language, ())

    def neighbours(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        """The entries before and after an entry in that order; None at either end."""
        row = self.ordered(entry.language)
        place, around = row.index(entry), (None, *row, None)
        return around[place], around[place + 2]

    @cached_property
    def _ordered(self) -> dict[str, tuple[Entry, ...]]:
        every = sorted(self.entries, key=lambda e: sort_key(e.term, e.language))
        return {tag: tuple(e for e in every if e.language == tag) for tag in self.languages}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids, each once, in order."""
        return tuple(dict.fromkeys(entry.id for entry in self.entries))

    @cached_property
    def rows(self) -> dict[str, str]:
        """What is embedded of all its entries, by id."""
        return {row: text for entry in self.entries for row, text in entry.rows.items()}

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Entry]]:
        found: dict[str, dict[str, Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.id, {})[entry.language] = entry
        return found

    def get(self, entry_id: str, language: str) -> Entry | None:
        """The entry in a language (its region aside), else in any language, else None."""
        versions = self._by_id.get(entry_id, {})
        if language in versions:
            return versions[language]
        same = (e for tag, e in versions.items() if base(tag) == base(language))
        return next(same, None) or next(iter(versions.values()), None)

    def versions(self, entry_id: str) -> tuple[Entry, ...]:
        """The entry in each of its languages."""
        return tuple(self._by_id.get(entry_id, {}).values())

    @cached_property
    def named(self) -> dict[str, tuple[str, ...]]:
        """Ids by folded name, of terms and aliases in every language."""
        return ids_by((fold(name), entry.id) for entry in self.entries for name in entry.names)

    def related(self, entry: Entry) -> tuple[Entry, ...]:
        """The entries that an entry names as related, in its own language where they are in it."""
        ids = (self.id_of(name) for name in entry.related)
        found = (self.get(entry_id, entry.language) for entry_id in ids if entry_id)
        return tuple(e for e in found if e is not None)

    def id_of(self, name: str) -> str | None:
        """The id that is meant by an id or a name; None if there is no such entry."""
        return name if name in self._by_id else next(iter(self.named.get(fold(name), ())), None)


def ids_by(keys: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The ids that go by each key, in order, each once; what is blank is no key."""
    found: dict[str, dict[str, None]] = {}
    for key, entry_id in keys:
        if key.strip():
            found.setdefault(key, {})[entry_id] = None
    return {key: tuple(ids) for key, ids in found.items()}


_Content = tuple[str, tuple[Section, ...]]


def _disambiguated(
    entry: Entry, found: Mapping[str, Entry], said: dict[str, set[_Content]]
) -> tuple[Entry, Fault | None]:
    """An entry as it is kept beside those found, and what is to be told of it.

    Where one file defines a term twice, these are two senses: the second gets an id of its own.
    ``said`` is what has been said under each key.
    """
    first, senses = found.get(entry.key), said.setdefault(entry.key, set())
    known = (entry.term, entry.sections) in senses
    senses.add((entry.term, entry.sections))
    if first is None:
        return entry, None
    there = f"“{entry.id}” in “{entry.language}” is already in {first.origin}"
    if first.origin != entry.origin:
        return first, entry.fault(f"{there}, which is kept: rename or remove one of them.")
    if known:
        return first, entry.fault(f"{there}, line {first.line}: the same twice.", "warning")
    number = len(senses)
    while f"{entry.key}-{number}" in found:
        number += 1
    sense = replace(entry, id=f"{entry.id}-{number}")
    return sense, entry.fault(f"{there}: this one is kept as “{sense.id}”.", "warning")
