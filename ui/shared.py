"""What all readers share: the assistant, opened once for the process."""

from collections.abc import Callable

import streamlit as st

from assistant.assistant import Assistant
from assistant.settings import Settings
from knowledge.index import Progress

_handed: list[Assistant] = []


def hand_over(assistant: Assistant) -> None:
    """Gives the app an assistant that is open already; else it opens one by the settings."""
    _handed[:] = [assistant]


@st.cache_resource(show_spinner=False)
def _opened(_progress: Progress | None) -> Assistant:
    return _handed[0] if _handed else Assistant.open(Settings.load(), _progress)


def assistant(progress: Callable[[int, int], object] | None = None) -> Assistant:
    """The process's assistant; ``progress`` is told of the first indexing, if it is still to do.

    Raises:
        KnowledgeError, AssistantError: it cannot be opened.
    """
    return _opened(progress)
