"""The tab “lesson”: a lesson is made of a term, kept, changed, shown and printed."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin

import streamlit as st

from assistant import NoConversationError
from assistant.classroom.lesson import LENGTHS, PARTS, Item, Kept, Lesson, Lessons, place, words
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
    own = kept.belongs_to(identity.current().reader)
    editing = own and st.session_state.get(_EDITED) == kept.id
    here = addresses.link("classroom", tab="lesson", id=kept.id)
    address = urljoin(st.context.url or "", here)
    both = len(page.glossary.versions(kept.lesson.entry_id)) > 1
    page.html("lesson#head", kept=kept, own=own, editing=editing, address=address, both=both)
    page.undo(kept.id)
    values = {"words": words(kept.lesson.language), "place": place, "editing": editing}
    page.html("lesson#whole", kept=kept, glossary=page.glossary, **values)


def act(done: dict[str, Any], page: Page) -> Callable[[], None] | None:
    """Does what was done on the markup of a lesson; returns the dialog that it opens."""
    store, whose = shared.kept(Lessons), identity.current().reader
    kept, what = store.get(bridge.text(done.get("id"))), bridge.text(done.get("what"))
    if what == "copy":
        _open(store.keep(kept.lesson, whose))
    if not kept.belongs_to(whose):
        return None
    lesson, n = kept.lesson, bridge.number(done.get("n"))
    # The item that was meant, if it is still in its place.
    there = lesson.items[n] if n is not None and 0 <= n < len(lesson.items) else None
    item = there if there and there.text.startswith(bridge.text(done.get("text"))) else None
    match what:
        case "editing":
            closed = st.session_state.get(_EDITED) == kept.id
            st.session_state[_EDITED] = "" if closed else kept.id
        case "delete":
            store.delete(kept.id, whose)
            title = formatting.isolated(lesson.title)
            _undoable("lessons", page.say("lesson_deleted", title=title), kept)
        case "add" if (part := done.get("part")) in PARTS:
            return partial(_dialog, kept, page, None, Item(part, ""))
        case "edit" if item:
            return partial(_dialog, kept, page, n, item)
        case "out" if item and n is not None:
            _change(kept, lesson.without(n), page)
        case "up" | "down" if item and n is not None:
            _change(kept, lesson.moved(n, -1 if what == "up" else 1), page)
    return None


def _change(kept: Kept, lesson: Lesson, page: Page) -> None:
    if lesson != kept.lesson:
        shared.kept(Lessons).keep(lesson, identity.current().reader, kept.id)
        _undoable(kept.id, page.words["lesson_changed"], kept)


def _undoable(place: str, said: str, before: Kept) -> None:
    whose = identity.current().reader
    state.undoable(place, said, partial(shared.kept(Lessons).keep, before.lesson, whose, before.id))


def _dialog(kept: Kept, page: Page, n: int | None, item: Item) -> None:
    """Opens where a teacher writes: a new item, or other words of one."""
    title = page.words["lesson_add" if n is None else "lesson_reword"]
    st.dialog(title)(page.trying()(_words))(kept, page, n, item)


def _words(kept: Kept, page: Page, n: int | None, item: Item) -> None:
    words_, lesson = page.words, kept.lesson
    with st.form(f"lesson-words-{kept.id}-{n}-{item.part}", border=False):
        question = ""
        if item.part in _ASKED or item.question:
            label = words_["lesson_question"]
            question = st.text_area(label, item.question, max_chars=_MOST, height=80).strip()
        text = st.text_area(words_["lesson_sentence"], item.text, max_chars=_MOST, height=160)
        if item.citation:
            note(words_["lesson_own_note"])
        if st.form_submit_button(words_["lesson_save"], type="primary"):
            if new := [text.strip(), question] if text.strip() or question else []:
                own = lesson.with_own(item.part, *new) if n is None else lesson.edited(n, *new)
                _change(kept, own, page)
            st.rerun()
