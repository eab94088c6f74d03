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

_STATUSES: dict[int, tuple[type[Exception], ...]] = {
    422: (QuestionError, SettingsError, TokenError),
    404: (NoConversationError,),
    429: (LimitError,),
    503: (shared.OpeningError, GivenUpError),
}


def told(error: Exception) -> tuple[int, str]:
    """Its status, and what it says; of what the server is to blame for, a number in the log."""
    found = next((n for n, kinds in _STATUSES.items() if isinstance(error, kinds)), None)
    return (found, str(error)) if found else (503, problems.logged(error, "en"))
