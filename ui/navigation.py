"""Navigation: the views as Streamlit's pages, and the way from one to another."""

from collections.abc import Callable
from importlib import import_module

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assistant.assistant import Assistant
from ui import addresses, conversation, state
from ui.addresses import View


def pages(assistant: Assistant | None = None) -> dict[View, StreamlitPage]:
    """Each view as a page; to be shown, it needs the assistant."""
    return {
        view: st.Page(_shown(view, assistant), title=view, url_path=view, default=view == "chat")
        for view in addresses.EVERY
    }


def _shown(view: View, assistant: Assistant | None) -> Callable[[], None]:
    def show() -> None:
        import_module(f"ui.views.{view}").view(assistant)

    return show


def go(view: View, **parameters: str) -> None:
    """Goes to a view, in the interface's language; the chat is kept. Does not return."""
    if view == "chat":
        parameters.setdefault(conversation.ADDRESS, state.chat().id)
    wanted = {**parameters, "lang": parameters.get("lang") or state.language()}
    st.switch_page(pages()[view], query_params=addresses.parameters(wanted))
