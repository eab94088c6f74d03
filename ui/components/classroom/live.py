"""A quiz for a whole class: begun here, shown on the projector, answered on phones."""

import hashlib
import json

import streamlit as st

from assistant.classroom.quiz import Quiz
from assistant.classroom.rooms import Rooms
from ui import identity, shared
from ui.page import Page


def offer(page: Page, quiz: Quiz) -> None:
    """Draws what begins a live quiz, and then leads to it."""
    text = json.dumps(quiz.as_json(), sort_keys=True)
    name = f"live-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    words, code = page.words, st.session_state.get(name)
    if code is None and st.button(words["live_begin"], key=f"{name}-begin"):
        with page.trying():
            database = shared.conversations().database
            code = Rooms(database).make(quiz, identity.current().reader)
            st.session_state[name] = code
            st.rerun()
    if code:
        page.html("live#offered", code=code)
    else:
        st.caption(words["live_begin_text"])
