"""The reader: who one is, as far as a browser tells, and what one has chosen for the app.

Both are in cookies: a random name that no script can read (``ui.document`` gives it), by which the
reader's conversations are found again; and the choices, which ``ui.bridge`` writes.
"""

import json
import secrets
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args
from urllib.parse import unquote

import streamlit as st

from assistant.answer import Length, Level
from ui import bridge
from ui.strings import LANGUAGES

TOKEN_COOKIE = "masrad_reader"  # noqa: S105  (its name)
CHOICES_COOKIE = "masrad"

Size = Literal["small", "normal", "large", "huge"]
Theme = Literal["auto", "light", "dark"]
_TEXT = 200  # characters: more than any category's name


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader has chosen; an empty text is no choice."""

    language: str = ""
    writer: str = ""
    length: Length | Literal[""] = ""
    level: Level | Literal[""] = ""
    within: str = ""  # the category to ask within
    size: Size = "normal"
    theme: Theme = "auto"
    keys: bool = True  # whether single keys do things
    guided: bool = False  # whether a question comes before an answer
    group: str = ""  # the code of the reader's class
    both: bool = False  # whether the glossary shows both languages side by side
    card_asks: Literal["term", "definition"] = "term"
    card_front: str = ""  # the language of what a card asks, and of what it answers
    card_back: str = ""
    card_retention: int = 90  # percent of the cards that are to be known when they are due
    card_new: int = 10  # new cards a day

    @classmethod
    def read(cls, cookie: str) -> "Choices":
        """The choices of a cookie; what is none of them is passed over."""
        try:
            values = json.loads(unquote(cookie))
        except (ValueError, RecursionError):
            return cls()
        if not isinstance(values, dict):
            return cls()
        known = {name: value for name, value in values.items() if _fits(name, value)}
        return cls(**known)


ALLOWED: dict[str, tuple[Any, ...]] = {
    "language": ("", *LANGUAGES),
    "writer": ("", "quote", "explain"),
    "length": ("", *get_args(Length)),
    "level": ("", *get_args(Level)),
    "size": get_args(Size),
    "theme": get_args(Theme),
    "both": (True, False),
    "keys": (True, False),
    "card_asks": ("term", "definition"),
    "card_retention": (80, 85, 90, 95),
    "card_new": (5, 10, 20, 40),
    "guided": (True, False),
}
_TEXTS = ("within", "group", "card_front", "card_back")


def _fits(name: str, value: object) -> bool:
    if name in ALLOWED:
        allowed = ALLOWED[name]
        return isinstance(value, type(allowed[0])) and value in allowed
    return name in _TEXTS and bridge.text(value) == value and len(value) <= _TEXT


def new_token() -> str:
    """A name for a reader that cannot be guessed: of 256 bits."""
    return secrets.token_urlsafe(32)


def token() -> str:
    """The reader's; where the browser keeps no cookies, one for this tab."""
    kept = st.context.cookies.get(TOKEN_COOKIE) or st.session_state.get(TOKEN_COOKIE)
    found: str = st.session_state.setdefault(TOKEN_COOKIE, kept or new_token())
    return found


def choices() -> Choices:
    """What the reader has chosen, on an earlier visit or since."""
    kept = Choices.read(st.context.cookies.get(CHOICES_COOKIE, ""))
    found: Choices = st.session_state.setdefault("choices", kept)
    return found


def choose(**changed: object) -> None:
    """Changes some of them; the next run has them, and so has the next visit."""
    values = {name: value for name, value in changed.items() if _fits(name, value)}
    st.session_state["choices"] = replace(choices(), **values)  # type: ignore[arg-type]
