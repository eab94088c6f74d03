"""The invitation: the chat before the first question."""

import datetime as dt

import streamlit as st

from assistant.assistant import Assistant
from ui import templates
from ui.strings import strings

_EXAMPLES = ("foundation-model", "retrieval-augmented-generation", "token", "hallucination")


def invitation(assistant: Assistant, language: str) -> None:
    """What this is, questions to begin with, the term of the day, and how much there is."""
    glossary = assistant.glossary
    ids = [i for i in _EXAMPLES if glossary.versions(i)] or list(glossary.ids[:4])
    entries = [entry for i in ids if (entry := glossary.get(i, language))]
    day = dt.datetime.now(dt.UTC).date()
    of_the_day = glossary.get(glossary.ids[day.toordinal() % len(glossary.ids)], language)
    examples = [strings(language)["example_what"].format(term=e.term) for e in entries]
    shown = {"glossary": glossary, "examples": examples, "of_the_day": of_the_day}
    st.html(templates.render("invitation", language, **shown))
