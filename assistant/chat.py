"""The chat model: what is put to it, told in as much of OpenAI's protocol as it understands."""

import math
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import openai
from langchain.messages import AIMessageChunk
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant import WriterError
from assistant.answer import Usage
from assistant.failure import (
    LIMITS,
    BrokenOffError,
    FilteredError,
    SilentError,
    explained,
    unwanted,
)
from assistant.settings import Settings

_DEFAULT_MODEL = "gpt-4o-mini"
_NO_CHAT = ("embed", "rerank")  # names of models that do not chat
_RETRIES = 2  # by the client: with exponential backoff, jitter, and as Retry-After says
_WHOLE = 10  # times the time-out that a whole answer may take
_LISTING = 10.0  # seconds to wait for the list of models

# What a request holds that some servers refuse: it is left out from then on.
_OPTIONAL = frozenset({"temperature", "stream_options", "system"})

_PER_TOKEN = 10  # characters: more than any token has, to stop a model that heeds no limit
_LATIN_END = "\u0250"
_THINKING, _THOUGHT = "<think>", "</think>"


@dataclass(slots=True)
class Account:
    """An account of what was asked of a chat model, for one answer: each has its own."""

    usage: Usage = field(default_factory=lambda: Usage(0, 0))
    cut: bool = False
    """Whether the last reply was cut short by the model's limit."""

    def add(self, usage: Usage) -> None:
        """Adds what a request took."""
        costs = [each.cost for each in (self.usage, usage) if each.cost is not None]
        self.usage = Usage(
            self.usage.input_tokens + usage.input_tokens,
            self.usage.output_tokens + usage.output_tokens,
            estimated=self.usage.estimated or usage.estimated,
            cost=sum(costs) if costs else None,
        )


class ChatModel:
    """A chat model of OpenAI's or of any server that speaks its protocol. Threads may share one.

    It is asked for the likeliest words (temperature 0), for what it took, and told its task in a
    system message. What of these the server refuses is left out, at once and from then on.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        key = settings.openai_api_key
        self._key = key.get_secret_value() if key else "none"  # compatible servers ask for none
        self._limits = LIMITS if settings.openai_base_url else LIMITS[::-1]
        self._chat: ChatOpenAI | None = None
        self._refused: frozenset[str] = frozenset()
        self._lock = threading.Lock()

    @property
    def model(self) -> str:
        """The model set; else the first a compatible server offers; else OpenAI's smallest.

        Nothing, while the server that would tell it cannot be reached.
        """
        try:
            return self._client().model_name
        except WriterError:
            return ""

    def stream(
        self, system: str, human: str, account: Account | None = None, *, limit: int | None = None
    ) -> Iterator[str]:
        """The reply as it comes, without what a model thinks aloud before it.

        Args:
            system: the task.
            human: what it is to be done with.
            account: where it is counted what the request took.
            limit: the most tokens to write.

        Raises:
            WriterError: the model cannot be reached, refuses, or fails.
        """
        account = account or Account()
        while True:
            refused, begun = self._refused, False
            name = self._limit(refused) if limit else None
            sent = _OPTIONAL.union([name] if name else []) - refused
            try:
                for text in _spoken(self._reply(system, human, account, limit, refused)):
                    begun = True
                    yield text
            except Exception as error:
                again = frozenset() if begun else unwanted(error, sent)
                if not again:
                    raise explained(error, begun=begun) from error
                with self._lock:
                    self._refused |= again
            else:
                return

    def ask(self, system: str, human: str, limit: int, account: Account | None = None) -> str:
        """A whole reply of about ``limit`` tokens at most.

        Raises:
            WriterError: the model cannot be reached, refuses, or fails.
        """
        reply = ""
        for text in self.stream(system, human, account, limit=limit):
            reply += text
            if len(reply) > limit * _PER_TOKEN:
                break
        return reply

    def _limit(self, refused: frozenset[str]) -> str | None:
        """The name that the limit of tokens goes by, if the server knows one."""
        return next((name for name in self._limits if name not in refused), None)

    def _request(
        self, system: str, human: str, limit: int | None, refused: frozenset[str]
    ) -> Iterator[AIMessageChunk]:
        options: dict[str, Any] = {}
        if "temperature" not in refused:
            options["temperature"] = 0
        if "stream_options" in refused:
            options["stream_usage"] = False
        if limit and (name := self._limit(refused)):
            # The client puts the newer name for the older one, unless it does not know of it.
            options |= {"extra_body": {name: limit}} if name == "max_tokens" else {name: limit}
        messages = [("system", system), ("human", human)]
        if "system" in refused:
            messages = [("human", f"{system}\n\n{human}")]
        return self._client().stream(messages, **options)

    def _reply(
        self, system: str, human: str, account: Account, limit: int | None, refused: frozenset[str]
    ) -> Iterator[str]:
        text, ended = "", ""
        told: tuple[int, int] | None = None
        account.cut = False
        try:
            for chunk in self._request(system, human, limit, refused):
                about = chunk.response_metadata
                ended = about.get("finish_reason") or about.get("status") or ended
                if usage := chunk.usage_metadata:
                    told = usage["input_tokens"], usage["output_tokens"]
                text += (said := str(chunk.text))
                yield said
        finally:
            if told or text:
                account.add(self._usage(told, system + human, text))
        account.cut = ended in ("length", "incomplete")
        if ended == "content_filter":
            raise FilteredError
        if not ended:
            raise BrokenOffError
        if not text.strip():
            raise SilentError

    def _usage(self, told: tuple[int, int] | None, asked: str, said: str) -> Usage:
        settings = self._settings
        read, written = told or (_tokens(asked), _tokens(said))
        cost = None
        if settings.input_price is not None or settings.output_price is not None:
            cost = read * (settings.input_price or 0) + written * (settings.output_price or 0)
            cost /= 1_000_000
        return Usage(read, written, estimated=told is None, cost=cost)

    def _client(self) -> ChatOpenAI:
        with self._lock:
            if self._chat is None:
                settings = self._settings
                self._chat = ChatOpenAI(
                    model=settings.chat_model or self._offered() or _DEFAULT_MODEL,
                    base_url=settings.openai_base_url,
                    api_key=SecretStr(self._key),
                    timeout=settings.timeout,
                    max_retries=_RETRIES,
                    stream_usage=True,
                    http_client=openai.DefaultHttpxClient(event_hooks={"response": [self._bound]}),
                )
            return self._chat

    def _bound(self, response: Any) -> None:  # noqa: ANN401  (of whichever httpx openai is built on)
        """Bounds the time of a whole response: signs of life alone could keep it open for ever."""
        read, latest = response.iter_bytes, time.monotonic() + _WHOLE * self._settings.timeout

        def iter_bytes(chunk_size: int | None = None) -> Iterator[bytes]:
            for chunk in read(chunk_size):
                if time.monotonic() > latest:
                    raise TimeoutError
                yield chunk

        response.iter_bytes = iter_bytes

    def _offered(self) -> str | None:
        """The first model that a compatible server lists, if it lists any that chats."""
        settings = self._settings
        if not settings.openai_base_url:
            return None
        try:
            client = openai.OpenAI(
                base_url=settings.openai_base_url,
                api_key=self._key,
                timeout=min(settings.timeout, _LISTING),
                max_retries=0,
            )
            names = (model.id for model in client.models.list())
            return next((n for n in names if not any(no in n.lower() for no in _NO_CHAT)), None)
        except openai.APIConnectionError as error:
            raise explained(error) from error
        except openai.OpenAIError:
            return None  # it lists none; what is wrong with it will show when it is asked


def _tokens(text: str) -> int:
    """About how many tokens a text has: a quarter of its Latin letters, half of all others.

    A tokenizer would tell better, but fetches its vocabulary over the network.
    """
    latin = sum(letter < _LATIN_END for letter in text)
    return math.ceil(latin / 4 + (len(text) - latin) / 2)


def _spoken(reply: Iterator[str]) -> Iterator[str]:
    """A reply without the thoughts that some models write before it, in a tag of their own."""
    held = begun = ""
    for text in reply:
        held += text
        begun = held.lstrip()
        if begun.startswith(_THINKING):
            begun = begun.partition(_THOUGHT)[2].lstrip()
        elif _THINKING.startswith(begun):
            continue
        if begun:
            yield begun
            yield from filter(None, reply)
            return
    if not begun:
        raise SilentError
    yield begun
