"""The tab “lesson”: a lesson is made of a term, kept, changed, shown and printed."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin

import streamlit as st

from assistant import NoConversationError
from assistant.classroom.lesson import LENGTHS, Item, Kept, Lessons, place, words
from assistant.conversations.conversation import owns
from ui import addresses, bridge, formatting, identity, navigation, shared, state
from ui.components.classroom import choosing
from ui.components.classroom.path import maker
from ui.page import Page, note, one_of

_EDITED = "lesson-edited"  # the id of the lesson that is open to changes
_MOST = 2000  # characters of a teacher's own words
_ASKED = ("discussion", "exit", "hook")  # parts in which something may be asked


def tab(page: Page) -> None:
    """Draws it: the lesson of the address, or where one is made."""
    with page.trying():
        lesson_id = st.query_params.get("id", "")
        if not lesson_id:
            _begin(page)
            return
        try:
            kept = shared.kept(Lessons).get(lesson_id)
        except NoConversationError:
            note(page.words["lesson_gone"], "notice")
            _begin(page)
        else:
            _whole(kept, page)


def _begin(page: Page) -> None:
    """What a lesson is made of, and the lessons that are kept."""
    words_, glossary, reader = page.words, page.glossary, identity.current().reader
    note(words_["lesson_text"])
    names, (wanted, _) = choosing.names(page), choosing.asked(page)
    with st.container(key="lesson-begin"):
        hint = words_["lesson_term_hint"]
        chosen = one_of(words_["lesson_term"], names, wanted, placeholder=hint)
        minutes = choosing.one(page, "lesson_long", LENGTHS, LENGTHS[2], page.number)
        tags = [entry.language for entry in glossary.versions(chosen)] if chosen else []
        tag = page.language if page.language in tags or not tags else tags[0]
        if len(tags) > 1:
            named = partial(formatting.language_name, language=page.language)
            tag = choosing.one(page, "lesson_in", tags, tag, named)
        entry = glossary.get(chosen, tag) if chosen else None
        if st.button(words_["lesson_make"], type="primary", disabled=not entry) and entry:
            made = maker(page.assistant).make(entry, minutes)
            _open(shared.kept(Lessons).keep(made, reader))
    kept = shared.kept(Lessons).list(reader)
    page.subtitle(words_["lesson_kept"])
    page.undo("lessons")
    if not kept:
        note(words_["lesson_none"])
        return
    now = datetime.now(UTC)
    page.html("lesson#kept", lessons=kept, ages={k.id: now - k.changed_at for k in kept})


def _open(lesson_id: str) -> None:
    navigation.go("classroom", tab="lesson", id=lesson_id)


def _whole(kept: Kept, page: Page) -> None:
    own = owns(identity.current().reader, kept.whose)
    editing = own and st.session_state.get(_EDITED) == kept.id
    here = addresses.link("classroom", tab="lesson", id=kept.id)
    address = urljoin(st.context.url or "", here)
    page.html("lesson#head", kept=kept, own=own, editing=editing, address=address)
    page.undo(kept.id)
    if editing:
        _edit(kept, page)
    else:
        values = {"words": words(kept.lesson.language), "place": place}
        page.html("lesson#whole", lesson=kept.lesson, glossary=page.glossary, **values)


def _edit(kept: Kept, page: Page) -> None:
    """Where a teacher writes: all that is said can be put in other words, emptied, or added to."""
    words_, lesson, items = page.words, kept.lesson, list[Item]()
    with st.form(f"lesson-{kept.id}-{kept.changed_at}", border=False):
        note(words_["lesson_own_note"])
        for part, there in lesson.parts:
            page.subtitle(words(lesson.language)["parts"][part])
            for n, item in enumerate((*there, own := Item(part, ""))):
                question, key = item.question, f"lesson-{part}-{n}"
                if question or part in _ASKED:
                    asked = words_["lesson_question"]
                    question = st.text_area(asked, question, 68, _MOST, f"{key}-question").strip()
                label = words_["lesson_add" if item is own else "lesson_sentence"]
                text = st.text_area(label, item.text, 120, _MOST, key).strip()
                if text or (question and not item.text):
                    items.append(item.reworded(text, question))
        if st.form_submit_button(words_["lesson_save"], type="primary"):
            st.session_state[_EDITED] = ""
            changed = replace(lesson, items=tuple(items))
            if changed != lesson:
                shared.kept(Lessons).keep(changed, identity.current().reader, kept.id)
                _undoable(kept.id, words_["lesson_changed"], kept)
            st.rerun()


def act(done: dict[str, Any], page: Page) -> None:
    """Does what was done on the markup of a lesson."""
    store, whose = shared.kept(Lessons), identity.current().reader
    kept, what = store.get(bridge.text(done.get("id"))), bridge.text(done.get("what"))
    if what == "copy":
        _open(store.keep(kept.lesson, whose))
    elif what == "editing":
        closed = st.session_state.get(_EDITED) == kept.id
        st.session_state[_EDITED] = "" if closed else kept.id
    elif what == "delete":
        store.delete(kept.id, whose)
        title = formatting.isolated(kept.lesson.title)
        _undoable("lessons", page.say("lesson_deleted", title=title), kept)


def _undoable(place: str, said: str, before: Kept) -> None:
    whose = identity.current().reader
    state.undoable(place, said, partial(shared.kept(Lessons).keep, before.lesson, whose, before.id))
