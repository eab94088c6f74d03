"""What rows are known and found by: their ids and codes, their titles, the words of a search."""

import secrets
import string
from textwrap import shorten

from sqlalchemy.orm import Session

from knowledge.language.text import clean
from knowledge.language.words import fold

ID_CHARACTERS = 22
CODE = 6
"""The letters of a code."""
_LETTERS = string.ascii_letters + string.digits  # no “-”: a command line takes it for an option
_TITLE_CHARACTERS = 80


def new_id() -> str:
    """An id that cannot be guessed: of 131 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(ID_CHARACTERS))


def new_code(session: Session, table: type[object], letters: str) -> str:
    """A code that none of a table has, of some letters."""
    while session.get(table, code := "".join(secrets.choice(letters) for _ in range(CODE))):
        pass
    return code


def titled(text: str) -> str:
    """A text as a title: on one line, and ended at a word where it is long."""
    title = " ".join(clean(text).split())
    short = shorten(title, _TITLE_CHARACTERS, placeholder="…")
    is_cut = len(short) <= _TITLE_CHARACTERS // 2 and short != title  # within a long first word
    return f"{title[: _TITLE_CHARACTERS - 1]}…" if is_cut else short


def words(text: str) -> list[str]:
    """The words of a text as a search compares them; one by one, lest they fill fold's cache."""
    return list(filter(None, map(fold, clean(text).split())))
