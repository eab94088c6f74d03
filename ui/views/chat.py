"""The chat: the conversation so far, or an invitation; and the box to ask in."""

import datetime as dt

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.assistant import Assistant
from ui import conversation, reader, state, templates
from ui.components import turns
from ui.strings import strings

_EXAMPLES = ("foundation-model", "retrieval-augmented-generation", "token", "hallucination")


def view(assistant: Assistant) -> None:
    """Draws the page."""
    language = state.language()
    words = strings(language)
    conversation.go_on()
    asked = st.chat_input(words["placeholder"], key="question", submit_mode="stop")
    if asked:
        state.chat().ask(str(asked))
    with st.container(key="chat"):
        place = st.empty()
        _notice(place, language)
        within = assistant.glossary.within(reader.choices().within)
        entry = assistant.glossary.get(min(within), language) if within else None
        if entry is not None:
            st.html(templates.render("within", language, category=entry.category))
        if not state.chat().turns:
            _invitation(assistant, language)
        if any(turn.pending and not turn.thread for turn in state.chat().turns):
            state.chat().fold()
        if state.chat().earlier:
            earlier = templates.does("earlier")
            st.html(templates.button(words["turns_earlier"], earlier, kind="earlier"))
        for number, turn in enumerate(state.chat().turns):
            turns.show(assistant, number, turn, language)
        _notice(place, language)  # an answer may have begun a conversation


def _notice(place: DeltaGenerator, language: str) -> None:
    """What is to be said of the conversation as a whole."""
    notice = conversation.notice(language)
    if notice:
        place.html(templates.note(notice, "notice"))
    else:
        place.empty()


def _invitation(assistant: Assistant, language: str) -> None:
    """What this is, questions to begin with, the term of the day, and how much there is."""
    glossary = assistant.glossary
    ids = [i for i in _EXAMPLES if glossary.versions(i)] or list(glossary.ids[:4])
    entries = [entry for i in ids if (entry := glossary.get(i, language))]
    day = dt.datetime.now(dt.UTC).date()
    of_the_day = glossary.get(glossary.ids[day.toordinal() % len(glossary.ids)], language)
    examples = [strings(language)["example_what"].format(term=e.term) for e in entries]
    shown = {"glossary": glossary, "examples": examples, "of_the_day": of_the_day}
    st.html(templates.render("invitation", language, **shown))
