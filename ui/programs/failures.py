"""What programs are told of a failure."""

from assistant import (
    GivenUpError,
    LimitError,
    NoConversationError,
    QuestionError,
    SettingsError,
    TokenError,
)
from ui import problems, shared

_ASKED_FOR = (QuestionError, SettingsError, TokenError)


def told(error: Exception) -> tuple[int, str]:
    """Its status, and what it says; of what the server is to blame for, a number in the log."""
    if isinstance(error, _ASKED_FOR):
        return 422, str(error)
    if isinstance(error, NoConversationError):
        return 404, str(error)
    if isinstance(error, LimitError):
        return 429, str(error)
    if isinstance(error, (shared.OpeningError, GivenUpError)):
        return 503, str(error)
    return 503, problems.logged(error, "en")
