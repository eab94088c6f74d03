"""The reader: who one is, as far as a browser tells, and what one has chosen for the app.

Both are in cookies: a random name that no script can read (``ui.document`` gives it), by which the
reader's conversations are found again; and the choices, which ``ui.bridge`` writes.
"""

import json
import secrets
from collections.abc import Callable
from typing import Annotated, Any, Literal, get_args, get_origin
from urllib.parse import unquote

import streamlit as st
from pydantic import BaseModel, Field, ValidationError, field_validator

from assistant.answer import Length, Level

TOKEN_COOKIE = "masrad_reader"  # noqa: S105  (its name)
CHOICES_COOKIE = "masrad"

Size = Literal["small", "normal", "large", "huge"]
Theme = Literal["auto", "light", "dark"]
_Text = Annotated[str, Field(max_length=200)]  # more than any category's name


class Choices(BaseModel, frozen=True, strict=True):
    """What a reader has chosen; an empty text is no choice, and what may not be is passed over."""

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
    card_front: _Text = ""  # the language of what a card asks, and of what it answers
    card_back: _Text = ""
    card_new: Literal[5, 10, 20, 40] = 10  # new cards a day

    @field_validator("*", mode="wrap")
    @classmethod
    def _fitting(cls, value: object, check: Callable[[object], object], field: Any) -> object:  # noqa: ANN401
        try:
            return check(value)
        except ValidationError:
            return cls.model_fields[field.field_name].default

    @classmethod
    def read(cls, cookie: str) -> "Choices":
        """The choices of a cookie."""
        try:
            return cls.model_validate(json.loads(unquote(cookie)))
        except (ValueError, RecursionError):
            return cls()


ALLOWED = {
    name: get_args(field.annotation)
    for name, field in Choices.model_fields.items()
    if get_origin(field.annotation) is Literal
}
"""What can be chosen, by the name of the choice, where these are few."""


def token() -> str:
    """The reader's; where the browser keeps no cookies, one for this tab."""
    kept = st.context.cookies.get(TOKEN_COOKIE) or st.session_state.get(TOKEN_COOKIE)
    found: str = st.session_state.setdefault(TOKEN_COOKIE, kept or secrets.token_urlsafe())
    return found


def choices() -> Choices:
    """What the reader has chosen, on an earlier visit or since."""
    kept = Choices.read(st.context.cookies.get(CHOICES_COOKIE, ""))
    found: Choices = st.session_state.setdefault("choices", kept)
    return found


def choose(**changed: object) -> None:
    """Changes some of them; the next run has them, and so has the next visit."""
    st.session_state["choices"] = Choices(**{**choices().model_dump(), **changed})
