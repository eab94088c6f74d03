"""Problems: what readers, checks and errors say of a glossary, in the interface's language.

The sentences of ``knowledge`` are matched back to the places in them by ``strings/problems.yaml``,
so that nothing there has to know of languages. What is in no list is shown as it is.
"""

import errno
import logging
import re
import secrets
import string
from collections.abc import Mapping
from functools import cache, lru_cache

import assistant
from ui import shared
from ui.formatting import digits, isolated
from ui.strings import problems, strings

_log = logging.getLogger(__name__)
_NEXT = re.compile(r"(?<=\.); (?=[^;]+:\d+: )")  # between reasons with their files and lines
_NUMBER = re.compile(r"\d[\d,]*")
_STATUSES: dict[int, tuple[type[Exception], ...]] = {
    422: (assistant.QuestionError, assistant.SettingsError, assistant.TokenError),
    404: (assistant.NoConversationError,),
    429: (assistant.LimitError,),
    503: (shared.OpeningError, assistant.GivenUpError),
}
_NOT_REACHED = "Conversations cannot be reached now: ask without one, or try again soon."
_KINDS = {
    errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EACCES: "denied", errno.EPERM: "denied",
    errno.EROFS: "denied", errno.ENOENT: "gone",
}  # fmt: skip


def problem(message: str, interface: str) -> str:
    """A message in the interface's words, as a sentence; else as it is, in its own direction."""
    said = _told(message, interface)
    sentence = (said or message)[:1].upper() + (said or message)[1:]
    return isolated(sentence) if said is None else sentence


def failed(error: Exception, interface: str) -> str:
    """What an error says; of the system's, what that means here."""
    if not isinstance(error, OSError):
        return problem(str(error), interface)
    reason = error.strerror or str(error)
    words = strings(interface)[f"disk_{_KINDS.get(error.errno or 0, 'failed')}"]
    return words.format(
        path=isolated(str(error.filename or "")),
        reason=_told(reason, interface) or isolated(reason),
    )


def logged(error: Exception, interface: str, origin: Exception | None = None) -> str:
    """That something failed, under a number by which the log has what, and its ``origin``."""
    number = secrets.token_hex(4)
    _log.error("Failure %s: %s: %s", number, type(error).__name__, error, exc_info=origin)
    return strings(interface)["failure_number"].format(number=number)


def for_programs(error: Exception) -> tuple[int, str]:
    """What programs are told: a status, and what it says; for what is the server's, a number."""
    found = next((n for n, kinds in _STATUSES.items() if isinstance(error, kinds)), None)
    if found:
        return found, str(error)
    said = logged(error, "en")
    is_of_conversations = isinstance(error, assistant.ConversationError)
    return 503, f"{_NOT_REACHED} {said}" if is_of_conversations else said


@lru_cache(maxsize=4096)
def _told(message: str, interface: str) -> str | None:
    for pattern, said in _sayings():
        if met := pattern.fullmatch(message):
            values = {n: _value(n, text, interface) for n, text in met.groupdict().items()}
            return said[interface].format(**values)
    return None


def _value(name: str, text: str, interface: str) -> str:
    if name == "reasons":
        return " ".join(_part(each, interface) for each in _NEXT.split(text))
    if name.startswith("reason"):
        return _part(text, interface)
    if name == "names":
        each = (isolated(name.strip("“”")) for name in text.split(", "))
        return strings(interface)["comma"].join(each)
    if _NUMBER.fullmatch(text):
        text = digits(text, interface)
        return text if text.isascii() else text.replace(",", "٬")
    return isolated(text)


def _part(text: str, interface: str) -> str:
    return _told(text, interface) or isolated(text)


@cache
def _sayings() -> list[tuple[re.Pattern[str], Mapping[str, str]]]:
    """All that are listed, those with the most words of their own first."""
    words = {key: [text for text, *_ in string.Formatter().parse(key)] for key in problems()}
    ordered = sorted(problems().items(), key=lambda each: -len("".join(words[each[0]])))
    return [(_pattern(key), {"en": key.replace(":d}", "}"), **said}) for key, said in ordered]


def _pattern(key: str) -> re.Pattern[str]:
    pieces = []
    for text, name, kind, _ in string.Formatter().parse(key):
        pieces.append(re.escape(text))
        if name:
            pieces.append(rf"(?P<{name}>{_NUMBER.pattern if kind == 'd' else '.*?'})")
    return re.compile("".join(pieces), re.DOTALL)
