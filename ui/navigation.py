"""Navigation: the views as Streamlit's pages, and the way from one to another."""

from functools import partial
from importlib import import_module

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui import addresses, conversation, state
from ui.addresses import View
from ui.page import Page


def pages(page: Page | None = None) -> dict[View, StreamlitPage]:
    """Each view as a page of Streamlit's; to be shown, it needs what is drawn."""

    def shown(view: View) -> None:
        import_module(f"ui.views.{view}").view(page)

    return {
        view: st.Page(partial(shown, view), title=view, url_path=view, default=view == "chat")
        for view in addresses.EVERY
    }


def go(view: View, **parameters: str) -> None:
    """Goes to a view, in the interface's language; the chat is kept. Does not return."""
    if view == "chat":
        parameters.setdefault(conversation.ADDRESS, state.chat().id)
    wanted = {**parameters, "lang": parameters.get("lang") or state.language()}
    given = {name: value for name, value in wanted.items() if value}
    st.switch_page(pages()[view], query_params=given)
