"""What all readers share, opened once for the process: the assistant, and the conversations."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from assistant import ConversationError
from assistant.assistant import Assistant
from assistant.settings import Settings
from knowledge.index import Progress

if TYPE_CHECKING:
    from assistant.conversations.store import Conversations

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


def _release(store: "Conversations | ConversationError") -> None:
    if not isinstance(store, ConversationError):
        store.close()


@st.cache_resource(show_spinner=False, on_release=_release)
def _store() -> "Conversations | ConversationError":
    from assistant.conversations.store import Conversations  # noqa: PLC0415  (SQLAlchemy)

    try:
        return Conversations.open(_opened(None).settings.database)
    except ConversationError as error:
        return error  # it is kept too: to try again takes up to a minute


def conversations() -> "Conversations":
    """The process's conversations.

    Raises:
        ConversationError: they cannot be opened, which is not tried again.
    """
    found = _store()
    if isinstance(found, ConversationError):
        raise found
    return found
