"""Notes: the answers that a reader has saved, in a dialog; what was deleted last can be undone."""

from functools import partial

import streamlit as st

from assistant.answer import Answer
from assistant.conversations.conversation import changes
from assistant.conversations.export import notes_as_markdown, notes_as_text
from assistant.conversations.notes import Notes
from ui import identity, markup, shared, state, templates
from ui.page import Page, note

PLACE = "notes"  # where one that was deleted is brought back


def save(answer: Answer, page: Page) -> None:
    """Saves an answer, and says so; ConversationError where it cannot be."""
    shared.kept(Notes).save(answer, identity.current().reader)
    state.say(page.words["note_saved"])


def delete(note_id: str, page: Page) -> None:
    """Deletes a note of the reader's; ConversationError where there is none."""
    store, reader = shared.kept(Notes), identity.current().reader
    gone = store.delete(note_id, reader)
    back = partial(store.save, gone.answer, reader, gone.made_at)
    state.undoable(PLACE, page.words["note_deleted"], back)


def dialog(page: Page) -> None:
    """Opens the notes."""
    st.dialog(page.words["notes"], width="medium")(page.trying()(_show))(page)


def _show(page: Page) -> None:
    page.undo(PLACE)
    kept = shared.kept(Notes).list(identity.current().reader)
    if not kept:
        note(page.words["notes_none"])
        return
    with st.container(horizontal=True, vertical_alignment="center", key="notes"):
        text = notes_as_markdown(kept, page.words["notes"])
        words, save = page.words, partial(st.download_button, on_click="ignore")
        save(words["conversation_markdown"], text, "masrad-notes.md", "text/markdown")
        copied = templates.copies(notes_as_text(kept), page.language)
        st.html(templates.button(words["notes_copy"], copied, icon="copy", kind="line"))
    for each in kept:
        answer, changed = each.answer, changes(each.answer, page.glossary)
        page.html(
            "notes#saved",
            note=each,
            said=markup.answer(page.context._replace(linker=None), answer, changed),
            sources=markup.sources(page.context, answer, changed),
            copied=notes_as_text([each]),
        )
