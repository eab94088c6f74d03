"""A quiz for a whole class: begun here, shown on the projector, answered on phones."""

import streamlit as st

from assistant.classroom.quiz import Quiz
from assistant.classroom.rooms import Rooms
from ui import groups, identity, shared
from ui.page import Page


def offer(page: Page, quiz: Quiz) -> None:
    """Draws what begins a live quiz, and while that lasts leads to it."""
    name = f"live-{hash(quiz)}"
    words, place, code = page.words, st.empty(), st.session_state.get(name, "")
    with page.trying():
        rooms = Rooms(shared.conversations().database)
        room = rooms.find(code) if code else None
        if not room or room.state.phase == "over":
            code = ""
            with place.container():
                group = _group(page, name)
                help_ = words["live_begin_text"]
                if st.button(words["live_begin"], key=f"{name}-begin", help=help_):
                    code = rooms.make(quiz, identity.current().reader, group)
        st.session_state[name] = code
        if code:
            address = f"./class/{code}/show?lang={page.language}"
            place.html(page.render("live#offered", code=code, address=address))


def _group(page: Page, name: str) -> str:
    """The teacher's group whose report counts what is missed, by its code; none without groups."""
    who = identity.current()
    own = groups.groups().list(who.reader) if who.may("teacher") else ()
    if not own:
        return ""
    names = {group.code: group.name for group in own} | {"": page.words["live_group_none"]}
    last = st.session_state.get("group")
    chosen = st.selectbox(
        page.words["live_group"],
        list(names),
        list(names).index(last) if last in names else 0,
        format_func=names.__getitem__,
        key=f"{name}-group-{page.language}-{len(own)}",
        width=320,
    )
    return chosen or ""
