"""The reader: who one is, as far as a browser tells, and what one has chosen for the app.

Both are in cookies: a random name that no script can read (``ui.document`` gives it), by which the
reader's conversations are found again; and the choices, which ``ui.bridge`` writes.
"""

import json
import secrets
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, get_args, get_type_hints
from urllib.parse import unquote

import streamlit as st
from pydantic import Field, TypeAdapter, ValidationError

from assistant.answer import Length, Level

TOKEN_COOKIE = "masrad_reader"  # noqa: S105  (its name)
CHOICES_COOKIE = "masrad"

Size = Literal["small", "normal", "large", "huge"]
Theme = Literal["auto", "light", "dark"]
_Text = Annotated[str, Field(max_length=200)]  # more than any category's name


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader has chosen; an empty text is no choice."""

    language: Literal["", "en", "ar"] = ""
    writer: Literal["", "explain", "quote"] = ""
    length: Literal["", Length] = ""
    level: Literal["", Level] = ""
    within: _Text = ""  # the category to ask within
    size: Size = "normal"
    theme: Theme = "auto"
    keys: bool = True  # whether single keys do things
    voice: bool = False  # whether the browser may hear a question
    guided: bool = False  # whether a question comes before an answer
    group: _Text = ""  # the code of the reader's class
    both: bool = False  # whether the glossary shows both languages side by side
    card_asks: Literal["term", "definition"] = "term"
    card_front: _Text = ""  # the language of what a card asks, and of what it answers
    card_back: _Text = ""
    card_retention: Literal[80, 85, 90, 95] = 90  # percent to be known when they are due
    card_new: Literal[5, 10, 20, 40] = 10  # new cards a day

    @classmethod
    def read(cls, cookie: str) -> "Choices":
        """The choices of a cookie; what is none of them is passed over."""
        try:
            values = json.loads(unquote(cookie))
        except (ValueError, RecursionError):
            return cls()
        return cls(**_fitting(values)) if isinstance(values, dict) else cls()


_KINDS = get_type_hints(Choices, include_extras=True)
_FIELDS: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(kind) for name, kind in _KINDS.items()}
ALLOWED = {name: get_args(kind) for name, kind in _KINDS.items() if kind not in (bool, _Text)}
"""What can be chosen, by the name of the choice, where these are few."""


def _fitting(values: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for name in _FIELDS.keys() & values.keys():
        try:
            found[name] = _FIELDS[name].validate_python(values[name], strict=True)
        except ValidationError:
            continue
    return found


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
    st.session_state["choices"] = replace(choices(), **_fitting(changed))
