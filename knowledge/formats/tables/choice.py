"""Choice: which columns hold what as somebody chose it, where their names do not tell."""

import re
from collections.abc import Mapping, Sequence

from knowledge import GlossaryError
from knowledge.formats.tables.columns import Column
from knowledge.formats.tables.tongues import language_of
from knowledge.language.words import fold

_ROLES = (
    "term", "definition", "aliases", "category", "example", "related", "sources", "updated",
    "language", "id", "asked", "note", "acronym", "expansion", "translation",
)  # fmt: skip


def mapped(names: Sequence[str], columns: Mapping[str, str], origin: str) -> dict[int, Column]:
    """The columns as somebody chose them: from a role to a column's name, letter or number.

    A role is one of ``columns.yaml``, with a language after it if need be (``definition_ar``).

    Raises:
        GlossaryError: there is no such role or column.
    """
    found: dict[int, Column] = {}
    for key, chosen in columns.items():
        role, _, language = key.partition("_")
        if role not in _ROLES or (language and not language_of(language)):
            raise GlossaryError(f"There is no field “{key}”: choose of {', '.join(_ROLES)}.")
        place = _place(chosen, names)
        if place is None:
            there = ", ".join(f"{letter(n)}: {name or '-'}" for n, name in enumerate(names))
            raise GlossaryError(
                f"{origin} has no column “{chosen}” for “{key}”: its columns are {there}."
            )
        found[place] = Column(role, language_of(language))
    return found


def _place(chosen: str, names: Sequence[str]) -> int | None:
    folded = [fold(name) for name in names]
    if chosen in names:
        return names.index(chosen)
    if fold(chosen) and fold(chosen) in folded:
        return folded.index(fold(chosen))
    if chosen.strip().isdecimal():
        place = int(chosen) - 1
    elif re.fullmatch(r"[A-Za-z]{1,3}", chosen.strip()):
        place = -1
        for digit in chosen.strip().upper():
            place = (place + 1) * 26 + ord(digit) - ord("A")
    else:
        return None
    return place if 0 <= place < len(names) else None


def letter(place: int) -> str:
    """A column's letter as spreadsheets have it: A for 0, AA for 26."""
    name = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
