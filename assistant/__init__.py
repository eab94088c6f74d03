"""Turning a question into a grounded answer: question, writers, grounding, evaluation, settings.

Every error is one of these, or a ``knowledge.KnowledgeError``; its message is a sentence for the
reader and says what to do next::

    AssistantError
    ├── SettingsError     a setting is unknown or not as it should be
    ├── QuestionError     the question is empty, too long, or has no word in it
    ├── EvaluationError   a file of questions, or of an evaluation, is not as it should be
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


class WriterError(AssistantError):
    """The language model cannot be reached, refuses, or fails."""

    def __init__(self, message: str, kind: str = "failed", *, retry: bool = False) -> None:
        super().__init__(message)
        self.kind = kind
        """``key``, ``model``, ``busy``, ``unreachable``, ``slow`` or ``failed``."""
        self.retry = retry


__all__ = ["AssistantError", "QuestionError", "SettingsError", "WriterError"]
