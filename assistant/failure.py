"""Failure: what went wrong with a chat model, told from what its server says."""

import re
from http import HTTPStatus

import openai

from assistant import WriterError

# The usual words of servers, as OpenAI, Azure, vLLM, llama.cpp, Ollama, LM Studio, TGI, Mistral,
# Anthropic and Gemini put them.
_CONTEXT = re.compile(
    r"context_length_exceeded|exceed_context_size|maximum (?:context|model|allowed|input) "
    r"|maximum context|context (?:length|window|size)|contextwindowexceeded|prompt is too long"
    r"|(?:prompt|input|request|inputs?) (?:is |are )?too (?:long|large)"
    r"|(?:input )?tokens? (?:count )?.{0,40}exceed|number of tokens allowed|max_new_tokens` must be"
    r"|string_above_max_length|reduce the length|too many tokens",
    re.IGNORECASE | re.DOTALL,
)
_TOO_LARGE = re.compile(r"request.too.large", re.IGNORECASE)
_CONTENT = re.compile(
    r"content_filter|content_policy|content (?:management )?policy|content filter"
    r"|responsibleaipolicy|usage polic|invalid_prompt|data_inspection_failed|safety system",
    re.IGNORECASE,
)
_UNWANTED = {
    "temperature": re.compile(r"temperature", re.IGNORECASE),
    "stream_options": re.compile(r"stream_options|include_usage", re.IGNORECASE),
    "system": re.compile(
        r"(?:system|developer)[\s_-]*(?:role|message|prompt|instruction)"
        r"|\brole\b.{0,80}\b(?:system|developer)\b|\b(?:system|developer)\b.{0,120}\brole\b"
        r"|roles must alternate",
        re.IGNORECASE | re.DOTALL,
    ),
}
_CLEAR = frozenset({401, 403, 404, 429})  # statuses that say by themselves what is wrong
_ANYBODYS = ("busy", "slow", "context", "content")  # kinds of whoever's model
_BUSY = ("429", "rate_limit_exceeded")  # in the middle of a stream, where there is no status

_HELP = {
    "key": "refuses the key: check OPENAI_API_KEY",
    "model": "does not know the model: check MASRAD_CHAT_MODEL and OPENAI_BASE_URL",
    "busy": "is busy or your quota is used up: wait a minute and ask again",
    "unreachable": "cannot be reached: check OPENAI_BASE_URL and that the server runs",
    "slow": "did not answer in time: ask again, or raise MASRAD_TIMEOUT",
    "context": "cannot read so much at once: set a model with a longer context in"
    " MASRAD_CHAT_MODEL, or raise the server's",
    "content": "stopped the answer by its content filter: put the question in other words",
    "failed": "failed ({why}): ask again",
}
SILENT, BROKEN_OFF = "it said nothing", "the answer broke off"


def unwanted(error: Exception, sent: frozenset[str]) -> frozenset[str]:
    """What of a request the server refuses, of those things that can be left out of it."""
    status = getattr(error, "status_code", HTTPStatus.BAD_REQUEST)
    if not isinstance(error, openai.APIError) or status in _CLEAR or _kind_by_words(error):
        return frozenset()
    return frozenset(name for name in sent if _UNWANTED[name].search(_words(error)))


def failure(kind: str, why: str = "") -> WriterError:
    """A failure of a kind of ``WriterError``, as a sentence that says what to do."""
    return WriterError(f"The language model's server {_HELP[kind].format(why=why)}.", kind)


def explained(error: Exception, *, begun: bool = False, other: str = "") -> WriterError:
    """What was raised while the model was asked, or once its answer had ``begun``.

    ``other`` is its name where it is another provider's, whose settings are not OpenAI's.
    """
    kind, why = "failed", type(error).__name__
    match error:
        case WriterError():
            return error
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            kind = "key"
        case openai.NotFoundError():
            kind = "model"
        case openai.APITimeoutError() | TimeoutError():
            kind = "slow"
        case openai.APIConnectionError():
            kind, why = ("failed" if begun else "unreachable"), BROKEN_OFF
        case openai.APIError(code=code):
            busy = isinstance(error, openai.RateLimitError) or code in _BUSY
            kind = _kind_by_words(error) or ("busy" if busy else "failed")
            why = f"status {getattr(error, 'status_code', code or 'unknown')}"
    if other and kind not in _ANYBODYS:
        return WriterError(
            f"The chat model {other} failed ({type(error).__name__}): ask again, or check its name,"
            " and its provider's key and address in the environment."
        )
    return failure(kind, why)


def _kind_by_words(error: openai.APIError) -> str | None:
    """``context`` or ``content``, if that is what a server's words say."""
    status = getattr(error, "status_code", None)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "context" if _TOO_LARGE.search(_words(error)) else None
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return "context"
    if _CONTENT.search(_words(error)):
        return "content"
    return "context" if _CONTEXT.search(_words(error)) else None


def _words(error: openai.APIError) -> str:
    return f"{error} {error.code} {error.type} {error.param} {error.body}"
