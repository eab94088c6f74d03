"""The sidebar: the reader's conversations and what can be done with them, and what is there."""

import datetime as dt
import json
from collections.abc import Callable
from functools import partial
from urllib.parse import urljoin

import streamlit as st

from assistant import ConversationError
from assistant.conversations.conversation import Conversation
from assistant.conversations.export import as_json, as_markdown
from ui import addresses, conversation, formatting, health, identity, shared, state, templates
from ui.page import Page, notice

_EVERY = 5.0  # seconds between two looks at how far it is


def sidebar(page: Page) -> Callable[[], None]:
    """Draws the sidebar; returns what lists the conversations anew."""
    with st.sidebar:
        new = templates.does("new")
        st.html(templates.button(page.words["new_chat"], new, icon="new", kind="wide"))
        notes = templates.does("notes")
        st.html(templates.button(page.words["notes"], notes, icon="note", kind="saves"))
        relist = _conversations(page)
        if shared.improving():
            _improving(page)
        faults = sum(fault.severity == "error" for fault in page.glossary.faults)
        page.html("sidebar#about", facts=_facts(page), faults=faults)
    return relist


@st.fragment(run_every=_EVERY)
def _improving(page: Page) -> None:
    """How far the rest of the index is, while questions are answered without it."""
    if progress := shared.improving():
        done, total = map(page.number, progress)
        notice(page.say("improving", done=done, total=total))


def _facts(page: Page) -> dict[str, list[str]]:
    """The facts under “About”: the glossary, its index, and a language model or none."""
    words, glossary, settings = page.words, page.glossary, page.assistant.settings
    manifests = [index.manifest for index in page.assistant.retriever.indexes]
    names = (formatting.language_name(tag, page.language) for tag in glossary.languages)
    synced = formatting.day(dt.datetime.fromisoformat(manifests[0].synced_at), page.language)
    sentences = formatting.count("sentences", page.rows, page.language)
    ready = page.say("index_ready", sentences=sentences)
    model = [settings.chat_model or words["model_default"], settings.openai_base_url or "OpenAI"]
    return {
        words["glossary"]: [
            formatting.count("entries", len(glossary.ids), page.language),
            page.say("languages", languages=words["comma"].join(names)),
        ],
        words["index"]: [
            words["index_failed"] if health.has_failed("index") else ready,
            *(each.embedder for each in manifests),
            page.say("index_updated", date=synced),
        ],
        words["model"]: model if settings.has_chat_model else [words["model_none"]],
    }


def _conversations(page: Page) -> Callable[[], None]:
    """Draws the list, newest first; returns what draws it anew, for one that begins meanwhile."""
    words = page.words
    if conversation.DELETED in st.session_state:
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

    def relist() -> None:
        listed = [(each.id, each.title) for each in conversation.listed(search)]
        shown = {"listed": listed, "current": state.chat().id, "searched": bool(search)}
        place.html(page.render("sidebar#conversations", **shown))

    relist()
    return relist


def dialog(conversation_id: str, page: Page) -> None:
    """Opens what can be done with a conversation of the reader's."""
    try:
        found = shared.conversations().get(conversation_id)
    except ConversationError:
        return
    if found.belongs_to(identity.current().reader):
        st.dialog(page.words["conversation_dialog"])(page.trying()(_manage))(found, page)


def _manage(found: Conversation, page: Page) -> None:
    words = page.words
    with st.form(f"rename-{found.id}", border=False):
        title = st.text_input(words["conversation_title"], found.title, max_chars=80)
        if st.form_submit_button(words["conversation_rename"]) and title.strip():
            shared.conversations().rename(found.id, title, reader=identity.current().reader)
            st.rerun()
    if here := st.context.url:
        link = urljoin(here, addresses.link("chat", c=found.id, lang=page.language))
        copied = templates.copies(link, page.language)
        st.html(templates.button(words["conversation_link"], copied, icon="share", kind="line"))
    file = f"masrad-{found.created_at:%Y-%m-%d}-{found.id[:6]}"
    text = as_markdown(found, page.glossary)
    data = json.dumps(as_json(found, page.glossary), ensure_ascii=False, indent=2)
    with st.container(horizontal=True):
        save = partial(st.download_button, on_click="ignore")
        save(words["conversation_markdown"], text, f"{file}.md", "text/markdown")
        save(words["conversation_json"], data, f"{file}.json", "application/json")
    if st.button(words["conversation_delete"], key="delete", icon=":material/delete:"):
        conversation.delete(found.id)
        st.rerun()
