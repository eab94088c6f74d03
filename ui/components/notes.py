"""Notes: the answers that a reader has saved, in a dialog; what was deleted last can be undone."""

from functools import partial

import streamlit as st

from assistant.answer import Answer
from assistant.conversations.conversation import changes
from assistant.conversations.export import answer_as_text, notes_as_markdown
from assistant.conversations.store import Notes
from ui import identity, markup, shared, state
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
    text, label = notes_as_markdown(kept, page.words["notes"]), page.words["conversation_markdown"]
    st.download_button(label, text, "masrad-notes.md", "text/markdown", on_click="ignore")
    for each in kept:
        answer, changed = each.answer, changes(each.answer, page.glossary)
        page.html(
            "notes#saved",
            note=each,
            said=markup.answer(page.context._replace(linker=None), answer, changed),
            sources=markup.sources(page.context, answer, changed),
            copied=answer_as_text(answer),
        )
