"""The reader's conversations: a list to choose from, and what can be done with one."""

import datetime as dt
import json
from collections.abc import Callable
from itertools import groupby
from urllib.parse import urljoin

import streamlit as st

from assistant import ConversationError
from assistant.assistant import Assistant
from assistant.conversations.conversation import Conversation
from assistant.conversations.export import as_json, as_markdown
from ui import addresses, conversation, failures, reader, shared, state, templates
from ui.strings import strings

_WEEK = dt.timedelta(days=7)


def conversations(language: str) -> Callable[[], None]:
    """The list, newest first; above it, what was deleted can be brought back.

    What it returns draws the list anew, for a conversation that begins in the same run.
    """
    words = strings(language)
    if conversation.deleted():
        st.html(templates.render("sidebar#undo", language, said=words["conversation_deleted"]))
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
        place.html(templates.render("sidebar#conversations", language, **listed))

    shown()
    return shown


def _age(each: Conversation) -> str:
    now = dt.datetime.now(dt.UTC)
    if each.changed_at.date() == now.date():
        return "today"
    return "week" if now - each.changed_at < _WEEK else "earlier"


def dialog(conversation_id: str, assistant: Assistant, language: str) -> None:
    """Opens what can be done with a conversation of the reader's."""
    words = strings(language)
    try:
        found = shared.conversations().get(conversation_id)
    except ConversationError:
        return
    if not found.belongs_to(reader.token()):
        return

    @st.dialog(words["conversation_dialog"])
    def shown() -> None:
        try:
            _manage(found, assistant, language)
        except ConversationError as error:
            text = words["error_any"].format(message=failures.said(error, language))
            st.html(templates.note(text, "notice"))

    shown()


def _manage(found: Conversation, assistant: Assistant, language: str) -> None:
    words = strings(language)
    with st.form(f"rename-{found.id}", border=False):
        title = st.text_input(words["conversation_title"], found.title, max_chars=80)
        if st.form_submit_button(words["conversation_rename"]) and title.strip():
            shared.conversations().rename(found.id, title, reader=reader.token())
            st.rerun()
    here = st.context.url
    if here:
        link = urljoin(here, addresses.conversation(found.id, language))
        copied = templates.copies(link, language)
        st.html(templates.button(words["conversation_link"], copied, icon="share", kind="line"))
    with st.container(horizontal=True):
        for name, data, mime, ending in (
            ("markdown", as_markdown(found, assistant.glossary), "text/markdown", "md"),
            ("json", _json(found, assistant), "application/json", "json"),
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


def _json(found: Conversation, assistant: Assistant) -> str:
    return json.dumps(as_json(found, assistant.glossary), ensure_ascii=False, indent=2)
