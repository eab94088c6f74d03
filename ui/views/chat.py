"""The chat: the conversation so far, or an invitation; and the box to ask in."""

import datetime as dt

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import conversation, groups, reader, state, templates
from ui.components import turns
from ui.page import Page, notice

_EXAMPLES = ("foundation-model", "retrieval-augmented-generation", "token", "hallucination")


def view(page: Page) -> None:
    """Draws the page."""
    conversation.go_on()
    refused: state.Turn | None = st.session_state.pop(conversation.REFUSED, None)
    if refused:
        st.session_state["question"] = refused.question  # it is in the box again
    asked = st.chat_input(page.words["placeholder"], key="question", submit_mode="stop")
    if asked:
        state.chat().ask(str(asked))
    with st.container(key="chat"):
        place = st.empty()
        _notice(place, page)
        within = page.glossary.within(reader.choices().within)
        entry = page.glossary.get(min(within), page.language) if within else None
        if entry is not None:
            page.html("within", category=entry.category)
        if not state.chat().turns:
            _invitation(page)
        if any(turn.pending and not turn.thread for turn in state.chat().turns):
            state.chat().fold()
        if state.chat().earlier:
            earlier = templates.does("earlier")
            st.html(templates.button(page.words["turns_earlier"], earlier, kind="earlier"))
        for number, turn in enumerate(state.chat().turns):
            turns.show(page, number, turn)
        if refused:
            notice(turns.refusal(page, refused.error))
        page.html("guided#switch", on=reader.choices().guided)
        if group := groups.name():
            page.html("guided#group", name=group)
        _notice(place, page)  # an answer may have begun a conversation


def _notice(place: DeltaGenerator, page: Page) -> None:
    notice = conversation.notice(page)
    if notice:
        place.html(templates.note(notice, "notice"))
    else:
        place.empty()


def _invitation(page: Page) -> None:
    """What this is, questions to begin with, the term of the day, and how much there is."""
    glossary, language = page.glossary, page.language
    ids = [i for i in _EXAMPLES if glossary.versions(i)] or list(glossary.ids[:4])
    entries = [entry for i in ids if (entry := glossary.get(i, language))]
    day = dt.datetime.now(dt.UTC).date()
    of_the_day = glossary.get(glossary.ids[day.toordinal() % len(glossary.ids)], language)
    examples = [page.say("example_what", term=e.term) for e in entries]
    page.html("invitation", glossary=glossary, examples=examples, of_the_day=of_the_day)
