"""Columns: what a table's column or an object's field holds, told by its name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from typing import TypeAlias

from babel import Locale

from knowledge import GlossaryError
from knowledge.language.text import main_script, standard
from knowledge.language.words import fold
from knowledge.lists import folded, listed

TERM, DEFINITION, NOTHING = "term", "definition", "nothing"
"""Roles of ``columns.yaml``; the last is that of a column that is known, and of no use."""
COMMON = (
    "term", "definition", "language", "aliases", "category", "example", "related", "sources", "id",
)  # fmt: skip
"""Roles that a person may choose, that which matters most first."""
CHOICES = (*COMMON, "asked", "note", "acronym", "expansion", "translation", "updated")
"""All of them; the last are seldom a column's, and offered where it is understood so."""

_words = partial(folded, "columns")
_NO_ROLES = ("besides", "of", "codes", "codes that are words", "unsure")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"[/&|;,،()\[\]]")
_LONGEST = 60  # characters of a name
# In whose words the names of languages are known, as Unicode's CLDR has them.
_NAMED_IN = (
    "en", "ar", "de", "es", "fa", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "zh",
)  # fmt: skip
_SCRIPTS = {"ARABIC": "ar", "HEBREW": "he", "GREEK": "el", "CYRILLIC": "ru", "CJK": "zh"}


Columns: TypeAlias = Mapping[str, Mapping[str, str]]
"""What the columns of tables hold, by a table's key (``SheetPreview.key``), “” for all: from a
role (``term``, ``definition_ar``) to a column's name, letter or number. A table with an empty
choice is not read."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: a role, the language if its name says one, and how sure that is.

    ``rank`` is the place of its name among those of the role. A column that is named for a
    language and nothing else (“English”) has no role.
    """

    role: str
    language: str = ""
    rank: int = 0

    @property
    def key(self) -> str:
        """As a person's choice names it: ``term``, ``definition_ar``."""
        return f"{self.role}_{self.language}" if self.language else self.role


@lru_cache(maxsize=2**14)  # a file's fields, each of which is looked at several times
def column(name: str) -> Column | None:
    """What a column of this name holds; None if the name says nothing."""
    if not name.strip() or len(name) > _LONGEST:
        return None
    whole = fold(_CAMEL.sub(" ", name).replace("_", " ")).strip(" 0123456789.")
    if known := _names().get(whole) or _in_language(whole.split()) or _by_noun(whole.split()):
        return known
    parts = _PARTS.split(name)
    return next(filter(None, map(column, parts)), None) if len(parts) > 1 else None


def _in_language(words: Sequence[str]) -> Column | None:
    """What a name says that begins or ends with that of a language."""
    for n in (-2, -1, 1):
        language, rest = (words[n:], words[:n]) if n < 0 else (words[:n], words[n:])
        tag = language_of("-".join(language))
        known = _names().get(" ".join(rest)) or _by_noun(rest)
        if tag and known and known.role not in (NOTHING, "language"):
            return replace(known, language=tag)
        if tag and {*rest} <= _words("besides"):
            is_word = not rest and " ".join(words) in _words("codes that are words")
            return None if is_word else Column("", tag)
    return None


def _by_noun(words: Sequence[str]) -> Column | None:
    """What a name says beside words that say nothing: “short title”, “description of the term”."""
    told = [word for word in words if word not in _words("besides") | _words("of")]
    known = [_names().get(word) for word in told]
    if not told or not all(known):
        return None
    first = bool({*words} & _words("of")) or main_script(told[0]) != "LATIN"
    return known[0 if first else -1]


def language_of(name: str) -> str:
    """The tag of the language that a name or a code means: “Arabic”, «العربية», “pt-BR”; or “”."""
    folded = fold(name.replace("_", "-"))
    code, _, region = name.strip().replace("_", "-").partition("-")
    if code.lower() in _words("codes") and len(region) in (0, 2, 4):
        return standard(f"{code}-{region}" if region else code)
    return _languages().get(folded, _languages().get(folded.removeprefix("ب"), ""))  # بالعربية


@cache
def _languages() -> Mapping[str, str]:
    named = [Locale(locale).languages for locale in reversed(_NAMED_IN)]
    return {fold(each[code]): code for each in named for code in _words("codes") if code in each}


@cache
def _names() -> Mapping[str, Column]:
    found: dict[str, Column] = {}
    for role, names in listed("columns").items():
        for rank, name in enumerate(map(fold, names if role not in _NO_ROLES else ())):
            found.setdefault(name, Column(role, "", rank))
            found.setdefault(name.replace(" ", ""), Column(role, "", rank))
    return found


@lru_cache(maxsize=1024)  # objects of a list have the same fields, thousands of them
def roles(names: tuple[str, ...]) -> Mapping[int, Column]:
    """What each of some columns holds, by its place; those that are not known are left out.

    Of several terms in one language that with the surest name is it. A column named for a language
    alone holds the term in it; or the definition, where another has the term and none defines it.
    Where none is named for the term or the definition, the next best stands in.
    """
    found = {n: known for n, name in enumerate(names) if (known := column(name))}

    def of(role: str) -> list[int]:
        return [n for n, known in found.items() if known.role == role]

    def stand_in(role: str, *others: str) -> None:
        n = next((n for other in others for n in of(other)), None)
        if n is not None and not of(role):
            found[n] = replace(found[n], role=role)

    scripts = {n: main_script(names[n]) for n in found if not found[n].language}
    for script, tag in _SCRIPTS.items():  # “Term, Definition, المصطلح, التعريف”
        own = [n for n, each in scripts.items() if each == script]
        if {TERM, DEFINITION} <= {found[n].role for n in own} and "LATIN" in scripts.values():
            found |= {n: replace(found[n], language=tag) for n in own}
    defined = bool(of(TERM)) and not of(DEFINITION)
    found |= {n: replace(found[n], role=DEFINITION if defined else TERM) for n in of("")}
    stand_in(TERM, "topic", "acronym", "expansion") if of(DEFINITION) or len(found) > 1 else None
    found |= {n: replace(found[n], role="category") for n in of("topic")}
    for language in {known.language for known in found.values()}:
        terms = [n for n in of(TERM) if found[n].language == language]
        for n in sorted(terms, key=lambda n: (found[n].rank, n))[1:]:
            found[n] = Column(NOTHING)
    if not of("translation") and len(of(TERM)) == 1:
        stand_in(DEFINITION, "expansion", "note")
    return found


def holds_entries(found: Mapping[int, Column]) -> bool:
    """Whether there are a term and a definition among columns, or terms in two languages."""
    kinds = [known.role for known in found.values()]
    told = kinds.count(TERM) + (DEFINITION in kinds) + ("translation" in kinds)
    return TERM in kinds and told > 1


def chosen(names: Sequence[str], columns: Mapping[str, str], origin: str) -> dict[int, Column]:
    """The columns as a person chose them, by their names, letters or numbers (``Columns``)."""
    places = {each: n for n in range(len(names)) for each in (letter(n), str(n + 1))}
    places |= {fold(name): n for n, name in reversed([*enumerate(names)]) if name}
    found: dict[int, Column] = {}
    for key, name in columns.items():
        role, _, language = key.partition("_")
        if role not in CHOICES or (language and not language_of(language)):
            raise GlossaryError(f"There is no field “{key}”: choose of {', '.join(CHOICES)}.")
        place = places.get(fold(name), places.get(name.strip().upper()))
        if place is None:
            there = ", ".join(f"{letter(n)}: {each or '-'}" for n, each in enumerate(names))
            lacks = f"{origin} has no column “{name}” for “{key}”: its columns are {there}."
            raise GlossaryError(lacks)
        found[place] = Column(role, language_of(language))
    return found


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """A table as it begins: the names of its columns, its first rows, and what was understood."""

    name: str  # the file's
    sheet: str  # its own in a workbook of several; else empty
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    roles: Mapping[str, str]
    """From a role (``definition_ar``) to the column that has it: its name, or its letter."""

    @property
    def key(self) -> str:
        """Tells the table from the others of several files."""
        return f"{self.name}/{self.sheet}" if self.sheet else self.name

    @property
    def columns(self) -> tuple[str, ...]:
        """What each column is told by: its name, or its letter where it has none of its own."""
        return tuple(
            name if name and self.header.count(name) == 1 else letter(n)
            for n, name in enumerate(self.header)
        )


def letter(place: int) -> str:
    """A column as spreadsheets name it: A, B … Z, AA."""
    letters = ""
    while place >= 0:
        letters, place = chr(ord("A") + place % 26) + letters, place // 26 - 1
    return letters
