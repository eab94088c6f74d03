"""The reader's conversations: a list to choose from, and what can be done with one."""

import datetime as dt
import json
from collections.abc import Callable
from itertools import groupby
from urllib.parse import urljoin

import streamlit as st

from assistant import ConversationError
from assistant.conversations.conversation import Conversation
from assistant.conversations.export import as_json, as_markdown
from ui import addresses, conversation, reader, shared, state, templates
from ui.page import Page

_WEEK = dt.timedelta(days=7)


def conversations(page: Page) -> Callable[[], None]:
    """The list, newest first; above it, what was deleted can be brought back.

    What it returns draws the list anew, for a conversation that begins in the same run.
    """
    words = page.words
    if conversation.deleted():
        page.html("sidebar#undo", said=words["conversation_deleted"])
    search = ""
    if state.chat().turns or conversation.listed(""):
        search = st.text_input(
            words["conversations_search"],
            key="conversations-search",
            placeholder=words["conversations_search"],
            label_visibility="collapsed",
            icon=":material/search:",
        )
    place = st.empty()

    def shown() -> None:
        groups = [
            (words[name], [(each.id, each.title) for each in group])
            for name, group in groupby(conversation.listed(search), key=_age)
        ]
        listed = {"groups": groups, "current": state.chat().id, "searched": bool(search)}
        place.html(page.render("sidebar#conversations", **listed))

    shown()
    return shown


def _age(each: Conversation) -> str:
    now = dt.datetime.now(dt.UTC)
    if each.changed_at.date() == now.date():
        return "today"
    return "week" if now - each.changed_at < _WEEK else "earlier"


def dialog(conversation_id: str, page: Page) -> None:
    """Opens what can be done with a conversation of the reader's."""
    try:
        found = shared.conversations().get(conversation_id)
    except ConversationError:
        return
    if not found.belongs_to(reader.token()):
        return

    @st.dialog(page.words["conversation_dialog"])
    def shown() -> None:
        try:
            _manage(found, page)
        except ConversationError as error:
            page.failed(error)

    shown()


def _manage(found: Conversation, page: Page) -> None:
    words = page.words
    with st.form(f"rename-{found.id}", border=False):
        title = st.text_input(words["conversation_title"], found.title, max_chars=80)
        if st.form_submit_button(words["conversation_rename"]) and title.strip():
            shared.conversations().rename(found.id, title, reader=reader.token())
            st.rerun()
    if here := st.context.url:
        link = urljoin(here, addresses.link("chat", c=found.id, lang=page.language))
        copied = templates.copies(link, page.language)
        st.html(templates.button(words["conversation_link"], copied, icon="share", kind="line"))
    as_text = json.dumps(as_json(found, page.glossary), ensure_ascii=False, indent=2)
    with st.container(horizontal=True):
        for name, data, mime, ending in (
            ("markdown", as_markdown(found, page.glossary), "text/markdown", "md"),
            ("json", as_text, "application/json", "json"),
        ):
            st.download_button(
                words[f"conversation_{name}"],
                data,
                file_name=f"masrad-{found.created_at:%Y-%m-%d}-{found.id[:6]}.{ending}",
                mime=mime,
                on_click="ignore",
            )
    if st.button(words["conversation_delete"], key="delete", icon=":material/delete:"):
        conversation.delete(found.id)
        st.rerun()
