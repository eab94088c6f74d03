"""Grounded answers to questions: writers, verification, conversations, evaluation, settings.

``from assistant import Assistant, Settings`` is the way in for other programs (docs/python.md).

Every error is one of these, or a ``knowledge.KnowledgeError``; its message is a sentence for the
reader and says what to do next::

    AssistantError
    ├── SettingsError, QuestionError, TokenError, ClassError
    ├── ConversationError
    │   └── NoConversationError
    ├── NewsError
    │   └── FeedError
    ├── GivenUpError, LimitError
    └── WriterError
"""

from importlib import import_module
from typing import Any


def __getattr__(name: str) -> Any:  # noqa: ANN401  (a class of either module)
    """What is imported only when it is asked for, since that takes a second."""
    if name not in ("Assistant", "Settings"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"assistant.{name.lower()}"), name)


class AssistantError(Exception):
    """Something about asking that the reader must mend.

    ``kind``: which of several, for a screen that says it in its own language.
    """

    kind = ""

    def __init__(self, message: str = "", kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind or self.kind


class SettingsError(AssistantError):
    """A setting is unknown or not as it should be."""


class QuestionError(AssistantError):
    """The question is ``empty``, too ``long``, or ``wordless``."""

    kind = "empty"


class ConversationError(AssistantError):
    """There is no such conversation, or its database cannot be used."""


class NoConversationError(ConversationError):
    """There is no such conversation or answer; it is deleted, or another reader's."""


class TokenError(AssistantError):
    """A token cannot be made, or there is no such token."""


class ClassError(AssistantError):
    """Cards, a live quiz or a group cannot be made, kept or read; whoever asked may know why."""


class NewsError(AssistantError):
    """The news cannot be kept or updated."""


class FeedError(NewsError):
    """One feed cannot be read, which costs that feed alone."""


class GivenUpError(AssistantError):
    """The answer is not wanted any more, as whoever asked for it says."""


class LimitError(AssistantError):
    """One may not ask now: a limit is reached.

    ``kind``: ``own``, the reader's alone; ``all``, that of everybody; ``busy``, the reader's other
    questions are still being answered. ``retry_after``: seconds after which to ask again.
    """

    def __init__(self, message: str, *, kind: str, retry_after: float) -> None:
        super().__init__(message, kind)
        self.retry_after = retry_after


class WriterError(AssistantError):
    """The language model cannot be reached, refuses, or fails.

    ``kind``: ``key``, the server refuses the key;
    ``model``, it does not know the model; ``busy``, it is at its limit, or the quota is used up;
    ``unreachable``, nothing answers; ``slow``, it did not answer, or go on, in time; ``context``,
    the passages are too long for the model; ``content``, a filter of the server stopped it;
    ``limited``, it may not be asked now (MASRAD_LIMITS); ``failed``, anything else.
    """

    kind = "failed"
