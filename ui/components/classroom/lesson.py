"""The tab “lesson”: a lesson is made of a term, kept, changed, shown and printed."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin

import streamlit as st

from assistant import NoConversationError
from assistant.classroom.lesson import (
    LENGTHS,
    PARTS,
    Item,
    Kept,
    Lesson,
    Lessons,
    Part,
    place,
    words,
)
from ui import bridge, formatting, identity, navigation, shared, state
from ui.components.classroom import choosing
from ui.components.classroom.path import maker
from ui.page import Page, note, notice

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
            kept = _lessons().get(lesson_id)
        except NoConversationError:
            notice(page.words["lesson_gone"])
            _begin(page)
        else:
            _whole(kept, page)


def _lessons() -> Lessons:
    return Lessons(shared.conversations().database)


def _begin(page: Page) -> None:
    """What a lesson is made of, and the lessons that are kept."""
    words_, glossary = page.words, page.glossary
    note(words_["lesson_text"])
    names, (wanted, _) = choosing.names(page), choosing.asked(page)
    with st.container(key="lesson-begin"):
        chosen = st.selectbox(
            words_["lesson_term"],
            list(names),
            index=list(names).index(wanted) if wanted else None,
            format_func=names.__getitem__,
            placeholder=words_["lesson_term_hint"],
        )
        minutes = st.segmented_control(
            words_["lesson_long"], LENGTHS, default=LENGTHS[2], format_func=page.number
        )
        tags = [entry.language for entry in glossary.versions(chosen)] if chosen else []
        tag = page.language if page.language in tags or not tags else tags[0]
        if len(tags) > 1:
            named = partial(formatting.language_name, language=page.language)
            told = st.segmented_control(words_["lesson_in"], tags, default=tag, format_func=named)
            tag = told or tag
        if st.button(words_["lesson_make"], type="primary", disabled=not chosen) and chosen:
            _make(chosen, tag, minutes or LENGTHS[2], page)
    kept = _lessons().list(identity.current().reader)
    page.subtitle(words_["lesson_kept"])
    page.undo("lessons")
    if not kept:
        note(words_["lesson_none"])
        return
    now = datetime.now(UTC)
    page.html("lesson#kept", lessons=kept, ages={k.id: now - k.changed_at for k in kept})


def _make(entry_id: str, language: str, minutes: int, page: Page) -> None:
    entry = page.glossary.get(entry_id, language)
    if entry is None:
        return
    made = maker(page.assistant).make(entry, minutes)
    lesson_id = _lessons().keep(made, identity.current().reader)
    navigation.go("classroom", tab="lesson", id=lesson_id)


def _whole(kept: Kept, page: Page) -> None:
    own = kept.belongs_to(identity.current().reader)
    editing = own and st.session_state.get(_EDITED) == kept.id
    address = urljoin(st.context.url or "", f"./lesson/{kept.id}")
    both = len(page.glossary.versions(kept.lesson.entry_id)) > 1
    page.html("lesson#head", kept=kept, own=own, editing=editing, address=address, both=both)
    page.undo(kept.id)
    values = {"words": words(kept.lesson.language), "place": place, "editing": editing}
    page.html("lesson#whole", kept=kept, glossary=page.glossary, **values)


def act(done: dict[str, Any], page: Page) -> Callable[[], None] | None:
    """Does what was done on the markup of a lesson; returns the dialog that it opens."""
    what, lesson_id = bridge.text(done.get("what")), bridge.text(done.get("id"))
    whose = identity.current().reader
    kept = _lessons().get(lesson_id)
    if what == "copy":
        navigation.go("classroom", tab="lesson", id=_lessons().keep(kept.lesson, whose))
    return _changed(what, kept, done, page) if kept.belongs_to(whose) else None


def _changed(what: str, kept: Kept, done: dict[str, Any], page: Page) -> Callable[[], None] | None:
    """Does what the owner of a lesson does to it."""
    lesson, n = kept.lesson, _number(done, kept.lesson)
    match what:
        case "editing":
            closed = st.session_state.get(_EDITED) == kept.id
            st.session_state[_EDITED] = "" if closed else kept.id
        case "delete":
            _lessons().delete(kept.id, identity.current().reader)
            title = formatting.isolated(lesson.title)
            _undoable("lessons", page.say("lesson_deleted", title=title), kept)
        case "add" if (part := done.get("part")) in PARTS:
            return partial(_dialog, kept, page, None, part)
        case "edit" if n is not None:
            return partial(_dialog, kept, page, n, lesson.items[n].part)
        case "out" if n is not None:
            _change(kept, lesson.without(n), page)
        case "up" | "down" if n is not None:
            _change(kept, lesson.moved(n, -1 if what == "up" else 1), page)
    return None


def _number(done: dict[str, Any], lesson: Lesson) -> int | None:
    """The item that was meant, if it is still in its place."""
    n = bridge.number(done.get("n"))
    if n is None or not 0 <= n < len(lesson.items):
        return None
    return n if lesson.items[n].text.startswith(bridge.text(done.get("text"))) else None


def _change(kept: Kept, lesson: Lesson, page: Page) -> None:
    if lesson != kept.lesson:
        _lessons().keep(lesson, identity.current().reader, kept.id)
        _undoable(kept.id, page.words["lesson_changed"], kept)


def _undoable(place: str, said: str, before: Kept) -> None:
    whose = identity.current().reader
    state.undoable(place, said, partial(_lessons().keep, before.lesson, whose, before.id))


def _dialog(kept: Kept, page: Page, n: int | None, part: Part) -> None:
    st.dialog(page.words["lesson_add" if n is None else "lesson_reword"])(_words)(
        kept, page, n, part
    )


def _words(kept: Kept, page: Page, n: int | None, part: Part) -> None:
    """Where a teacher writes."""
    words_, lesson = page.words, kept.lesson
    item = lesson.items[n] if n is not None else Item(part, "")
    with page.trying(), st.form(f"lesson-words-{kept.id}-{n}-{part}", border=False):
        question = ""
        if part in _ASKED or item.question:
            label = words_["lesson_question"]
            question = st.text_area(label, item.question, max_chars=_MOST, height=80)
        text = st.text_area(words_["lesson_sentence"], item.text, max_chars=_MOST, height=160)
        if item.citation:
            note(words_["lesson_own_note"])
        if st.form_submit_button(words_["lesson_save"], type="primary"):
            text, question = text.strip(), question.strip()
            if text or question:
                new = (text, question)
                own = lesson.with_own(part, *new) if n is None else lesson.edited(n, *new)
                _change(kept, own, page)
            st.rerun()
