"""A quiz for a whole class: begun here, shown on the projector, answered on phones."""

import streamlit as st

from assistant.classroom.quiz import Quiz
from assistant.classroom.rooms import Rooms
from ui import identity, shared
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
            if place.button(
                words["live_begin"], key=f"{name}-begin", help=words["live_begin_text"]
            ):
                code = rooms.make(quiz, identity.current().reader)
        st.session_state[name] = code
        if code:
            address = f"./class/{code}/show?lang={page.language}"
            place.html(page.render("live#offered", code=code, address=address))
