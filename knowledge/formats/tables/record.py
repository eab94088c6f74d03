"""A record: the values of one row of a table or one object, by what they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from knowledge.formats.draft import is_unsaid
from knowledge.formats.sites.wording import abbreviates
from knowledge.formats.tables import values
from knowledge.formats.tables.columns import DEFINITION, TERM, Column
from knowledge.formats.tables.tongues import script

_EMPTY = {"", "-", "–", "—", "n/a", "na", "none", "null", "nan", "#n/a"}
_NOTED = 0.5  # share of what nothing defines
_WORDED = 20  # characters of a note that says something; half as many where no spaces part words
# More words than an acronym may stand for, or some with but the one full stop behind them.
_SENTENCE = re.compile(r"(?:[^ ]* ){6}.*|(?:[^ .]+ ){2,}[^ .]+\.", re.DOTALL)
_SHORT = 100  # a rank: after a definition, before a long one
_CITED = re.compile(r"https?://|[(,:] ?(?:1[5-9]|20)\d\d\b|\bpp?\. ?\d|\bet al\b|§ ?\d")
"""In what is referred to, and is no other term: an address, or a year or a page of a work."""


def _is_told(note: Any) -> bool:  # noqa: ANN401
    """Whether a note says what a word means, and not only what kind of word it is."""
    text = values.text_of(note).strip()
    least = _WORDED if " " in text or text.isascii() else _WORDED / 2
    return text.endswith((".", "。")) or len(text) > least


@dataclass
class Record:
    """The values of one row or object, by what they are."""

    held: dict[Column, list[Any]] = field(default_factory=dict)
    names: dict[Column, str] = field(default_factory=dict)
    line: int = 1
    bilingual: bool = False
    """Whether it is of a list of words in two languages, which define each other."""
    exact: bool = False
    """Whether it is as the project itself writes them: each text is plain, and kept as it is."""
    unused: tuple[str, ...] = ()
    """The names of what it has beside, which is no part of an entry."""
    _roles: dict[str, list[Column]] = field(default_factory=dict)

    def add(self, known: Column, name: str, value: Any) -> None:  # noqa: ANN401
        """Adds what a column of that name holds, unless it is nothing."""
        value = values.cleaned(value)
        named = known.role == TERM and isinstance(value, str) and value.isalpha()  # “null”, “NaN”
        if isinstance(value, str) and value.casefold() in _EMPTY and not named:
            return
        if value is None or value in ([], {}):
            return
        if known.role == "acronym" and isinstance(value, str) and " " in value:
            if abbreviates(str(next(iter(self.of(TERM, known.language)), "")), value):
                known = Column("expansion", known.language)  # what the term is short for
            elif _SENTENCE.fullmatch(value):  # “short” is a short definition, too
                known = Column(DEFINITION, known.language, _SHORT)
        if known.role == DEFINITION and isinstance(value, str) and is_unsaid(value):
            return
        if known.role == "related":  # “ref” may lead to a term, or to a work
            items = value if isinstance(value, list) else [value]
            cited = [each for each in items if isinstance(each, str) and _CITED.search(each)]
            if cited:
                self.hold(Column("sources", known.language), name, cited)
                value = [each for each in items if each not in cited]
        self.hold(known, name, value)

    def hold(self, known: Column, name: str, value: Any) -> None:  # noqa: ANN401
        """Adds a value as it is."""
        held = self.held.get(known)
        if held is None:
            held = self.held[known] = []
            self.names[known] = name
            self._roles.setdefault(known.role, []).append(known)
        held.append(value)

    @property
    def is_noted(self) -> bool:
        """Whether it has notes, and they say something."""
        return bool(self.of("note")) and all(map(_is_told, self.of("note")))

    def define_by_notes(self) -> None:
        """Lets its notes be its definition."""
        for known in self._roles.pop("note", ()):
            defining = Column(DEFINITION, known.language, known.rank)
            name = self.names.pop(known)
            for value in self.held.pop(known):
                self.hold(defining, name, value)

    def name_in_the_letters_of_its_definition(self) -> None:
        """Lets a translation be a term, if the definition is in its letters and says no language.

        “ebb, جزر, ينحسر الماء” under “English term, Arabic equivalent, explanation”.
        """
        told = script(values.text_of(next(iter(self.of(DEFINITION, "")), "")))
        tongued = {k.language: k for k in self.columns(TERM)}
        if (
            not told
            or "" in tongued
            or any(script(self._text(k)) == told for k in tongued.values())
        ):
            return
        for known in self.columns("translation"):
            if known.language not in ("", *tongued) and script(self._text(known)) == told:
                self._roles["translation"].remove(known)
                name, held = self.names.pop(known), self.held.pop(known)
                for value in held:
                    self.hold(Column(TERM, known.language, known.rank), name, value)
                return

    def _text(self, known: Column) -> str:
        return " ".join(map(values.text_of, self.held[known]))

    def columns(self, role: str) -> list[Column]:
        """The columns of a role in which there is something, in order."""
        return self._roles.get(role, [])

    def of(self, role: str, language: str | None = None) -> list[Any]:
        """The values of a role, the surest name first; of a language, if one is asked for."""
        columns = self._roles.get(role)
        if columns is None:
            return []
        found = [k for k in columns if language in (None, k.language)]
        if len(found) == 1:
            return [*self.held[found[0]]]
        return [v for k in sorted(found, key=lambda k: k.rank) for v in self.held[k]]

    def languages(self, role: str) -> list[str]:
        """The languages in which there are values of a role, in order; “” where none is said."""
        return list(dict.fromkeys(known.language for known in self.columns(role)))


def define_by_notes(records: Iterable[Record]) -> None:
    """Lets notes define what nothing else does, where most have one: words in two languages."""
    untold = [record for record in records if not record.of(DEFINITION)]
    noted = [record for record in untold if record.is_noted]
    if len(noted) > _NOTED * len(untold):
        for record in noted:
            record.define_by_notes()
