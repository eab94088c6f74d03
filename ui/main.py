"""What Streamlit runs, from top to bottom, at every touch: the frame, and in it the view."""

from typing import Any

import streamlit as st

from assistant import AssistantError
from assistant.assistant import Assistant
from knowledge import KnowledgeError
from ui import actions, groups, identity, navigation, reader, shared, state, templates
from ui.bridge import bridge
from ui.components.sidebar import sidebar
from ui.page import Page, numbered, told
from ui.strings import strings

# What Streamlit's own pieces are called, which would speak English (page.js).
_NAMES = (
    "close", "skip", "send", "stop", "bring_files", "bring_browse", "bring_drop", "file_remove",
    "list_open", "list_clear", "offline", "voice", "voice_stop", "voice_failed",
)  # fmt: skip


def run() -> None:
    """The whole page. What nobody foresaw is logged, and the page says so in its own words."""
    language = state.language()
    words = strings(language)
    st.set_page_config(page_title=words["title"], page_icon="📖", layout="wide")
    done = bridge(
        {
            "language": language,
            "direction": templates.direction(language),
            "choices": reader.choices().model_dump(),
            "names": {name: words[name] for name in _NAMES},
        }
    )
    try:
        _page(done, Page(_opened(language), language))
    except Exception as error:  # noqa: BLE001  (logged, whatever it is)
        text = f"{words['unforeseen_text']} {numbered(error, language, origin=error)}"
        st.html(templates.render("failure", language, message=text, title="unforeseen_title"))


def _opened(language: str) -> Assistant:
    """The assistant. Where it cannot be opened, the page says why, and ends there."""
    place = st.empty()

    def show(template: str, **values: object) -> None:
        place.html(templates.render(template, language, **values))

    try:
        found = shared.assistant(lambda done, total: show("indexing", done=done, total=total))
    except (KnowledgeError, AssistantError) as error:
        show("failure", message=told(error, language), title="failure_title")
        st.stop()
    place.empty()
    return found


def _page(done: dict[str, Any] | None, page: Page) -> None:
    pages = navigation.pages(page)
    chosen = st.navigation(list(pages.values()), position="hidden")
    view = next(name for name, each in pages.items() if each.url_path == chosen.url_path)
    page.html("bar", view=view, manage=identity.current().may("teacher"))
    done = done or st.session_state.pop("reopen", None)  # a dialog that stays open
    groups.join(page)
    dialog = actions.perform(done, page, view) if done else None
    listed = state.chat().id
    relist = sidebar(page)
    if dialog:
        dialog()  # before the page, which may wait for an answer
    if said := state.said():
        st.toast(said)
    chosen.run()
    if state.chat().id != listed:
        relist()


run()
