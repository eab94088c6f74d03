"""The chat: the conversation so far, or an invitation; and the box to ask in."""

import datetime as dt
from collections.abc import Iterator, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import conversation, groups, reader, state, templates
from ui.components import turns
from ui.page import Page, notice


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
    glossary, basics = page.glossary, page.glossary.basics()
    day = dt.datetime.now(dt.UTC).toordinal()
    page.html(
        "invitation",
        glossary=glossary,
        tagline=glossary.about.subject.get(page.language, page.words["tagline"]),
        examples=glossary.about.questions.get(page.language) or list(_questions(page, basics)),
        of_the_day=glossary.get(basics[day % len(basics)], page.language),
    )


def _questions(page: Page, basics: Sequence[str]) -> Iterator[str]:
    """Questions of four kinds, on basic terms: a why, a comparison, an example, where to start."""
    entries = [entry for i in basics if (entry := page.glossary.get(i, page.language))]
    if why := next((e for e in entries if e.text("why")), None):
        yield page.say("example_why", term=why.term)
    for entry in entries:
        if others := page.glossary.related(entry):
            yield page.say("example_difference", term=entry.term, other=others[0].term)
            break
    if shown := next((e for e in entries[len(entries) // 2 :] if e.example), None):
        yield page.say("example_example", term=shown.term)
    yield page.words["example_start"]
