"""A quiz for a whole class: begun here, shown on the projector, answered on phones."""

import hashlib
import json

import streamlit as st

from assistant import RoomError
from assistant.classroom.quiz import Quiz
from assistant.classroom.rooms import Rooms
from ui import identity, problems, shared
from ui.page import Page, notice


def offer(page: Page, quiz: Quiz) -> None:
    """Draws what begins a live quiz, and then leads to it."""
    text = json.dumps(quiz.as_json(), sort_keys=True)
    name = f"live-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    words, code = page.words, st.session_state.get(name)
    if code is None and st.button(words["live_begin"], key=f"{name}-begin"):
        with page.trying():
            rooms = Rooms(shared.conversations().database)
            try:
                code = st.session_state[name] = rooms.make(quiz, identity.current().reader)
            except RoomError as error:  # which is for every reader to know
                notice(problems.problem(str(error), page.language))
    if code:
        page.html("live#offered", code=code)
    else:
        st.caption(words["live_begin_text"])
