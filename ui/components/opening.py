"""Opening: the assistant; until it is there, a screen that says how far it is, or what is wrong."""

import streamlit as st

from assistant import AssistantError
from assistant.assistant import Assistant
from knowledge import KnowledgeError
from ui import failures, shared, templates


def opened(language: str) -> Assistant:
    """The assistant. Where it cannot be opened, the page says why, and ends there."""
    place = st.empty()
    try:
        found = shared.assistant(
            lambda done, total: place.html(
                templates.render("indexing", language, done=done, total=total)
            )
        )
    except (KnowledgeError, AssistantError) as error:
        place.html(
            templates.render(
                "failure",
                language,
                message=failures.said(error, language),
                title="failure_title",
            )
        )
        st.stop()
    place.empty()
    return found
