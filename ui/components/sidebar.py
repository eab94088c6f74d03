"""The sidebar: the reader's conversations and what can be done with them, and what is there."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urljoin

import streamlit as st

from assistant import ConversationError
from assistant.conversations.conversation import Conversation
from assistant.conversations.export import as_markdown
from ui import addresses, conversation, identity, shared, state, templates
from ui.page import Page, note

_EVERY = 5.0  # seconds between two looks at how far it is


def sidebar(page: Page) -> Callable[[], None]:
    """Draws the sidebar; returns what lists the conversations anew, for one that begins later."""
    words = page.words
    with st.sidebar:
        new, notes = templates.does("new"), templates.does("notes")
        st.html(templates.button(words["new_chat"], new, icon="new", kind="wide"))
        st.html(templates.button(words["notes"], notes, icon="note", kind="saves"))
        page.undo("conversations")
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
        if shared.improving():
            _improving(page)
        faults = sum(fault.severity == "error" for fault in page.glossary.faults)
        page.html("sidebar#end", faults=faults)

    def relist() -> None:
        listed = [(each.id, each.title) for each in conversation.listed(search)]
        shown = {"listed": listed, "current": state.chat().id, "searched": bool(search)}
        place.html(page.render("sidebar#conversations", **shown))

    relist()
    return relist


@st.fragment(run_every=_EVERY)
def _improving(page: Page) -> None:
    """How far the rest of the index is, while questions are answered without it."""
    if progress := shared.improving():
        done, total = map(page.number, progress)
        note(page.say("improving", done=done, total=total), "notice")


def dialog(conversation_id: str, page: Page) -> None:
    """Opens what can be done with a conversation of the reader's."""
    try:
        found = shared.conversations().get(conversation_id)
    except ConversationError:
        return
    if found.belongs_to(identity.current().reader):
        st.dialog(page.words["conversation_dialog"])(page.trying()(_manage))(found, page)


def _manage(found: Conversation, page: Page) -> None:
    words, store, reader = page.words, shared.conversations(), identity.current().reader
    with st.form(f"rename-{found.id}", border=False):
        title = st.text_input(words["conversation_title"], found.title, max_chars=80)
        if st.form_submit_button(words["conversation_rename"]) and title.strip():
            store.rename(found.id, title, reader=reader)
            st.rerun()
    if here := st.context.url:
        link = urljoin(here, addresses.link("chat", c=found.id, lang=page.language))
        copied = templates.copies(link, page.language)
        st.html(templates.button(words["conversation_link"], copied, icon="share", kind="line"))
    file = f"masrad-{found.created_at:%Y-%m-%d}-{found.id[:6]}.md"
    text, label = as_markdown(found), words["conversation_markdown"]
    st.download_button(label, text, file, "text/markdown", on_click="ignore")
    if st.button(words["conversation_delete"], key="delete", icon=":material/delete:"):
        store.delete(found.id, reader=reader)
        if found.id == state.chat().id:
            conversation.begin()
        back = partial(store.restore, found.id, reader=reader)
        state.undoable("conversations", words["conversation_deleted"], back)
        st.rerun()
