"""What Streamlit runs, from top to bottom, at every touch: the frame, and in it the view."""

from typing import Any

import streamlit as st

from assistant import AssistantError
from assistant.assistant import Assistant
from knowledge import KnowledgeError
from knowledge.language.text import is_right_to_left
from ui import actions, failures, navigation, owner, reader, shared, state, templates
from ui.bridge import bridge
from ui.components.sidebar import sidebar
from ui.strings import strings

# What Streamlit's own pieces are called, which would speak English (page.js).
_NAMES = (
    "close",
    "send",
    "stop",
    "bring_files",
    "bring_browse",
    "bring_drop",
    "file_remove",
    "list_open",
    "list_clear",
)


def run() -> None:
    """The whole page. What nobody foresaw is logged, and the page says so in its own words."""
    language = state.language()
    st.set_page_config(page_title=strings(language)["title"], page_icon="📖", layout="wide")
    done = bridge(
        {
            "language": language,
            "direction": "rtl" if is_right_to_left(language) else "ltr",
            "choices": reader.written(),
            "names": {name: strings(language)[name] for name in _NAMES},
        }
    )
    try:
        _page(done, _opened(language), language)
    except Exception as error:  # noqa: BLE001  (logged, whatever it is)
        text = f"{strings(language)['unforeseen_text']} {failures.unforeseen(error, language)}"
        st.html(templates.render("failure", language, message=text, title="unforeseen_title"))


def _opened(language: str) -> Assistant:
    """The assistant. Where it cannot be opened, the page says why, and ends there."""
    place = st.empty()
    try:
        found = shared.assistant(
            lambda done, total: place.html(
                templates.render("indexing", language, done=done, total=total)
            )
        )
    except (KnowledgeError, AssistantError) as error:
        place.html(
            templates.render(
                "failure", language, message=failures.said(error, language), title="failure_title"
            )
        )
        st.stop()
    place.empty()
    return found


def _page(done: dict[str, Any] | None, assistant: Assistant, language: str) -> None:
    pages = navigation.pages(assistant)
    page = st.navigation(list(pages.values()), position="hidden")
    view = next(name for name, each in pages.items() if each.url_path == page.url_path)
    st.html(templates.render("bar", language, view=view, manage=owner.allowed(assistant.settings)))
    done = done or state.reopened()
    dialog = actions.perform(done, assistant, view, language) if done else None
    listed = state.chat().id
    relist = sidebar(assistant, language)
    if dialog:
        dialog()  # before the page, which may wait for an answer
    if said := state.said():
        st.toast(said)
    page.run()
    if state.chat().id != listed:
        relist()


run()
