"""The opener: hears clicks on what carries ``data-open`` anywhere on the page, and tells Python.

Markup is plain HTML, and a plain link would load the page anew and lose the chat. This component
shows nothing; it also sets the page's language, direction and colour scheme for what Streamlit
draws outside the app (dialogs), and brings the quoted words of an open entry into view.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

_JS = """
export default function ({ data, setTriggerValue }) {
  document.documentElement.lang = data.language
  document.documentElement.dir = data.direction
  const app = document.querySelector("[data-testid=stApp]")
  document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme
  const hear = (event) => {
    const target = event.target.closest?.("[data-open]")
    if (!target) return
    event.preventDefault()
    setTriggerValue("open", JSON.parse(target.dataset.open))
  }
  document.addEventListener("click", hear)
  const show = () => {
    const quote = document.getElementById("m-quote")
    if (!quote || quote.dataset.shown) return
    quote.dataset.shown = "yes"
    quote.scrollIntoView({ block: "center" })
  }
  const watch = new MutationObserver(show)
  watch.observe(document.body, { childList: true, subtree: true })
  return () => {
    document.removeEventListener("click", hear)
    watch.disconnect()
  }
}
"""


@st.cache_resource
def _component() -> Callable[..., Any]:
    return st.components.v2.component("masrad_opener", js=_JS)


def opener(language: str, direction: str) -> dict[str, Any] | None:
    """What was clicked since the last run: its ``data-open``, or None."""
    data = {"language": language, "direction": direction}
    result = _component()(data=data, key="opener", on_open_change=lambda: None)
    opened: dict[str, Any] | None = result.open
    return opened
