"""The chat: the conversation so far, or an invitation; and the box to ask in."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import conversation, groups, reader, state, templates
from ui.components import turns
from ui.page import Page

_BASICS = 30  # terms that questions to begin with are about, and one of which is the day's


def view(page: Page) -> None:
    """Draws the page."""
    conversation.go_on()
    begun = bool(state.chat().turns)
    if begun:
        _box(page)
    with st.container(key="chat"):
        place = st.empty()
        _notice(place, page)
        (_conversation if begun else _invitation)(page, _within(page))
        if group := groups.name():
            page.html("guided#group", name=group)
        _notice(place, page)  # an answer may have begun a conversation


def _conversation(page: Page, category: str) -> None:
    """The turns so far, those that are on the page."""
    if category:
        page.html("within", category=category)
    chat = state.chat()
    if chat.turns[-1].pending and not chat.turns[-1].thread:
        chat.fold()
    if chat.earlier:
        earlier = templates.does("earlier")
        st.html(templates.button(page.words["turns_earlier"], earlier, kind="earlier"))
    for number, turn in enumerate(chat.turns):
        turns.show(page, number, turn)
    page.html("guided#switch", on=reader.choices().guided)


def _within(page: Page) -> str:
    """The category that answers keep to, by its name in the page's language; or nothing."""
    ids = page.glossary.within(reader.choices().within)
    entry = page.glossary.get(min(ids), page.language) if ids else None
    return entry.category if entry else ""


def _box(page: Page) -> None:
    """The box to ask in, where it is drawn: outside every container, at the window's end."""
    placeholder = page.words["placeholder"]
    st.chat_input(placeholder, key="question", submit_mode="stop", on_submit=_asked)


def _asked() -> None:
    """Puts the question before the page is drawn, which thus begins with its turn."""
    if question := st.session_state["question"]:
        conversation.go_on()
        state.chat().ask(str(question))


def _notice(place: DeltaGenerator, page: Page) -> None:
    if notice := conversation.notice(page):
        place.html(templates.note(notice, "notice"))
    else:
        place.empty()


def _invitation(page: Page, category: str) -> None:
    """What this is, the box, questions to begin with, the term of the day, and how much there is.

    Within a category, questions and term are its own.
    """
    glossary, about = page.glossary, page.glossary.about
    page.html("invitation#head", tagline=about.subject.get(page.language, page.words["tagline"]))
    if category:
        page.html("within", category=category)
    _box(page)
    page.html("guided#switch", on=reader.choices().guided)
    known = glossary.within(category) or glossary.ids
    basics = [i for i in glossary.basics() if i in known][:_BASICS]
    asked = () if category else about.questions.get(page.language, ())
    day = dt.datetime.now(dt.UTC).toordinal()
    page.html(
        "invitation#questions",
        glossary=glossary,
        examples=asked or list(_questions(page, basics, known, category)),
        of_the_day=glossary.get(basics[day % len(basics)], page.language),
    )


def _questions(
    page: Page, basics: Sequence[str], known: Collection[str], category: str
) -> Iterator[str]:
    """Questions of four kinds, on basic terms: a why, a comparison, an example, where to start."""
    entries = [entry for i in basics if (entry := page.glossary.get(i, page.language))]
    if why := next((e for e in entries if e.text("why")), None):
        yield page.say("example_why", term=why.term)
    for entry in entries:
        if others := [e for e in page.glossary.related(entry) if e.id in known]:
            yield page.say("example_difference", term=entry.term, other=others[0].term)
            break
    if shown := next((e for e in entries[len(entries) // 2 :] if e.example), None):
        yield page.say("example_example", term=shown.term)
    yield page.say("example_list", category=category) if category else page.words["example_start"]
