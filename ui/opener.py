"""The opener: hears clicks on what carries ``data-open`` anywhere on the page, and tells Python.

Markup is plain HTML, and a plain link would load the page anew and lose the chat. This component
shows nothing; it also sets the page's language, direction and colour scheme for what Streamlit
draws outside the app (dialogs), and brings into view what is to be read: the quoted words of an
open entry, and a new question, so that its answer is read from the beginning.
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
  const turnsBefore = Number(document.documentElement.dataset.turns ?? 0)
  document.documentElement.dataset.turns = data.turns
  // Streamlit follows what grows to its end; for a moment after a new question, we go back.
  const until = data.turns > turnsBefore || !data.turns ? Date.now() + 2000 : 0
  const show = () => {
    if (Date.now() < until) {
      const heads = document.querySelectorAll(data.turns ? ".m-question" : ".m-head")
      if (heads.length === Math.max(1, data.turns)) heads[heads.length - 1].scrollIntoView()
    }
    const quote = document.getElementById("m-quote")
    if (!quote || quote.dataset.shown) return
    quote.dataset.shown = "yes"
    quote.scrollIntoView({ block: "center" })
  }
  const watch = new MutationObserver(show)
  watch.observe(document.body, { childList: true, subtree: true })
  const later = [100, 400, 900, 1600].map((delay) => setTimeout(show, delay))
  return () => {
    document.removeEventListener("click", hear)
    watch.disconnect()
    later.forEach(clearTimeout)
  }
}
"""


@st.cache_resource
def _component() -> Callable[..., Any]:
    return st.components.v2.component("masrad_opener", js=_JS)


def opener(language: str, direction: str, turns: int) -> dict[str, Any] | None:
    """What was clicked since the last run: its ``data-open``, or None.

    ``turns`` is how many questions the page shows: one more than before brings the last into view.
    """
    data = {"language": language, "direction": direction, "turns": turns}
    result = _component()(data=data, key="opener", on_open_change=lambda: None)
    opened: dict[str, Any] | None = result.open
    return opened
