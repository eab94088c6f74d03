"""Grounded answers to questions: writers, verification, conversations, evaluation, settings.

Every error is one of these, or a ``knowledge.KnowledgeError``; its message is a sentence for the
reader and says what to do next::

    AssistantError
    ├── SettingsError     a setting is unknown or not as it should be
    ├── QuestionError     the question is empty, too long, or has no word in it
    ├── EvaluationError   a file of questions, or of an evaluation, is not as it should be
    ├── ConversationError there is no such conversation, or its database cannot be used
    ├── NewsError         the news cannot be kept or updated
    │   └── FeedError     one feed cannot be read
    ├── GivenUpError      the answer is not wanted any more
    └── WriterError       the language model cannot be reached, refuses, or fails; ``retry`` says
                          whether asking again may help
"""


class AssistantError(Exception):
    """Something about asking that the reader must mend."""


class SettingsError(AssistantError):
    """A setting is unknown or not as it should be."""


class QuestionError(AssistantError):
    """The question is empty, too long, or has no word in it."""

    def __init__(self, message: str, kind: str = "empty") -> None:
        super().__init__(message)
        self.kind = kind
        """``empty``, ``long`` or ``wordless``: for a screen that says it in its own language."""


class ConversationError(AssistantError):
    """There is no such conversation, or the database of conversations cannot be used."""


class GivenUpError(AssistantError):
    """The answer is not wanted any more, as whoever asked for it says."""


class WriterError(AssistantError):
    """The language model cannot be reached, refuses, or fails."""

    def __init__(self, message: str, kind: str = "failed", *, retry: bool = False) -> None:
        super().__init__(message)
        self.kind = kind
        """What went wrong, for a screen that says it in its own language.

        ``key``: the server refuses the key. ``model``: it does not know the model. ``busy``: it is
        at its limit, or the quota is used up. ``unreachable``: nothing answers. ``slow``: it did
        not answer, or go on, in time. ``context``: the passages are too long for the model.
        ``content``: a filter of the server stopped it. ``failed``: anything else.
        """
        self.retry = retry
        """Whether asking again may help."""
