"""The bridge: what is done on the page's own markup, told to Python.

Markup is plain HTML, and a plain link would load the page anew and lose the chat. What can be done
carries ``data-do``, a JSON object; ``assets/script`` hears clicks and keys on it and sends them
here. The other way go what only the browser can do: to keep the reader's choices, to set the
document's language and direction, and to go to a place.
"""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import streamlit as st


@st.cache_resource
def _component() -> Callable[..., Any]:
    script = files("ui").joinpath("bridge.js").read_text("utf-8")
    return st.components.v2.component("masrad_bridge", js=script)


def bridge(data: dict[str, Any]) -> dict[str, Any] | None:
    """What was done since the last run, or None; ``data`` goes to ``update`` of the script.

    What comes is the browser's word and no more: every value in it is to be checked.
    """
    # In a list, which Streamlit takes as it is: in a dictionary it would look for tables by Pandas,
    # which is slow to import.
    result = _component()(data=[data], key="bridge", on_done_change=lambda: None)
    done = result.get("done")
    return done if isinstance(done, dict) else None


def text(value: object) -> str:
    """A value that is text, else nothing; half a surrogate pair is no text, and cannot be sent."""
    if not isinstance(value, str) or any("\ud800" <= sign <= "\udfff" for sign in value):
        return ""
    return value


def number(value: object) -> int | None:
    """A value that is a whole number, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
