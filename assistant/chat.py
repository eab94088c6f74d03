"""The chat model: what is put to it, told in as much of OpenAI's protocol as it understands.

Or in the protocol of another provider, where its name begins with one that LangChain has.
"""

import asyncio
import math
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import wait
from functools import cache, cached_property
from typing import Any, cast

import openai
from langchain.chat_models import init_chat_model
from langchain.chat_models.base import _BUILTIN_PROVIDERS
from langchain.messages import AIMessageChunk, HumanMessage
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from pydantic import SecretStr

from assistant import GivenUpError, WriterError
from assistant.answer import Account, Usage
from assistant.failure import BROKEN_OFF, SILENT, explained, failure, unwanted
from assistant.settings import OPENAI, Settings, provider_of

_DEFAULT_MODEL = "gpt-4o-mini"
_NO_CHAT = ("embed", "rerank")  # names of models that do not chat
_RETRIES = 2  # by the client: with exponential backoff, jitter, and as Retry-After says
_WHOLE = 10  # times the time-out that a whole answer may take
_POLL = 0.1  # seconds between two looks at whether a silent model is still waited for
_LONGEST = 15_000  # characters of a reply that is awaited whole
_LISTING = 10.0  # seconds to wait for the list of models

# What a request holds that some servers refuse: it is left out from then on.
_OPTIONAL = frozenset({"temperature", "stream_options", "system"})

# Where providers tell how a reply ended, and the words for an end before its time.
_ENDED = ("finish_reason", "stop_reason", "stopReason", "done_reason", "status")
_CUT = frozenset({"length", "incomplete", "max_tokens"})
_FILTERED = frozenset({"content_filter", "content_filtered", "refusal", "safety"})

_THINKING, _THOUGHT = "<think>", "</think>"


class ChatModel:
    """A chat model of OpenAI's or of any server that speaks its protocol. Threads may share one.

    It is asked for the likeliest words (temperature 0), for what it took, and told its task in a
    system message. What of these the server refuses is left out, at once and from then on.

    A model of another provider that LangChain has is told its task; the rest is its package's.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.timeout = settings.timeout
        """Seconds that a reply may let wait for itself."""
        key = settings.openai_api_key
        self._key = key.get_secret_value() if key else "none"  # compatible servers ask for none
        self._provider = provider_of(settings.chat_model or "")
        self._is_openai = self._provider == OPENAI
        self.model = (settings.chat_model or "").removeprefix(f"{self._provider}:")
        """As it is set; else, once it is asked, the first that a compatible server offers, or
        OpenAI's smallest."""
        self._sent = _OPTIONAL if self._is_openai else frozenset({"system"})

    def stream(
        self,
        messages: Sequence[BaseMessage],
        account: Account | None = None,
        seconds: float = math.inf,
    ) -> Iterator[str]:
        """The reply as it comes, without what a model thinks aloud before it.

        Closed before its end, or given up, it hangs up on the server. ``account`` counts what it
        takes; it may take ``seconds``, if not as long as the time-out allows.

        Raises:
            WriterError: the model cannot be reached, refuses, or fails; or may not be asked now.
            GivenUpError: the account's answer was given up.
        """
        account = account or Account()
        until = time.monotonic() + min(seconds, _WHOLE * self.timeout)
        while True:
            account.allowance.call()
            sent, begun = self._sent, False
            try:
                for text in _spoken(self._reply(messages, account, sent, until)):
                    begun = True
                    yield text
            except GivenUpError:
                raise
            except Exception as error:
                refused = frozenset() if begun else unwanted(error, sent)
                if not refused:
                    other = "" if self._is_openai else f"{self._provider}:{self.model}"
                    raise explained(error, begun=begun, other=other) from error
                self._sent -= refused
            else:
                return

    def ask(
        self,
        messages: Sequence[BaseMessage],
        account: Account | None = None,
        seconds: float = math.inf,
    ) -> str | None:
        """A whole reply, or None where the model fails; one that goes on and on is broken off.

        No limit is sent: it would leave a model that thinks first no room to speak.

        Raises:
            GivenUpError: the account's answer was given up.
        """
        reply = ""
        try:
            for text in self.stream(messages, account, seconds):
                reply += text
                if len(reply) > _LONGEST:
                    break
        except WriterError:
            return None
        return reply.rpartition(_THOUGHT)[2]  # some servers leave out where the thought begins

    def _reply(
        self, messages: Sequence[BaseMessage], account: Account, sent: frozenset[str], until: float
    ) -> Iterator[str]:
        """The reply as it comes, its thoughts with it; what it took is counted, however it ends."""
        asked = "\n\n".join(str(each.text) for each in messages)
        options: dict[str, Any] = {"temperature": 0} if "temperature" in sent else {}
        if self._is_openai:
            options["stream_usage"] = "stream_options" in sent
        put = list(messages) if "system" in sent else [HumanMessage(asked)]
        text, ended = "", ""
        counted: tuple[int, int] | None = None
        account.cut = False
        try:
            chunks = self._client.astream(put, **options)
            for chunk in _received(chunks, until, account.given_up):
                about = chunk.response_metadata
                ended = next((str(about[n]).lower() for n in _ENDED if about.get(n)), ended)
                if usage := chunk.usage_metadata:
                    # other providers count in parts
                    read, written = (0, 0) if self._is_openai or not counted else counted
                    counted = read + usage["input_tokens"], written + usage["output_tokens"]
                # Some servers send halves of characters.
                text += (said := str(chunk.text).encode(errors="ignore").decode())
                yield said
        finally:
            if counted or text:
                account.add(self._usage(counted, asked, text))
        account.cut = ended in _CUT
        if ended in _FILTERED:
            raise failure("content")
        if self._is_openai and not ended:
            raise failure("failed", BROKEN_OFF)

    def _usage(self, counted: tuple[int, int] | None, asked: str, said: str) -> Usage:
        # A tokenizer would fetch its vocabulary over the network.
        read, written = counted or (math.ceil(len(each.encode()) / 4) for each in (asked, said))
        prices = self._settings.input_price, self._settings.output_price
        cost = (read * (prices[0] or 0) + written * (prices[1] or 0)) / 1_000_000
        unpriced = prices == (None, None)
        return Usage(read, written, estimated=not counted, cost=None if unpriced else cost)

    def check(self) -> list[str]:
        """The models that its server lists, where it does.

        Raises:
            WriterError: it does not answer, or refuses the key; or it cannot be set up.
        """
        if not self._is_openai:
            return [self.model] if self._client else []  # which fails where it cannot be set up
        client = openai.OpenAI(
            base_url=self._settings.openai_base_url,
            api_key=self._key,
            timeout=min(self.timeout, _LISTING),
            max_retries=0,
        )
        try:
            return [model.id for model in client.models.list()]
        except (openai.APIConnectionError, openai.AuthenticationError) as error:
            raise explained(error) from error
        except openai.OpenAIError:
            return []

    @cached_property
    def _client(self) -> BaseChatModel:
        if not self._is_openai:
            return _of_another(self._provider, self.model, self.timeout)
        if not self.model:
            offered = self.check() if self._settings.openai_base_url else []
            chat = (n for n in offered if not any(no in n.lower() for no in _NO_CHAT))
            self.model = next(chat, _DEFAULT_MODEL)
        return init_chat_model(
            self.model,
            model_provider=OPENAI,
            base_url=self._settings.openai_base_url,
            api_key=SecretStr(self._key),
            timeout=self.timeout,
            max_retries=_RETRIES,
            stream_chunk_timeout=None,  # LangChain's own, beside the one that is set
        )


def _received(
    chunks: AsyncIterator[AIMessageChunk], until: float, given_up: Callable[[], bool]
) -> Iterator[AIMessageChunk]:
    """What a model sends; while it is waited for it may be given up, and is hung up on."""

    async def following() -> AIMessageChunk | None:
        return await anext(chunks, None)

    try:
        while True:
            coming = asyncio.run_coroutine_threadsafe(following(), _receiver())
            came = False
            while not came:
                came = bool(wait([coming], _POLL).done)
                if given_up():
                    raise GivenUpError("The answer is not wanted any more.")
                if time.monotonic() > until:
                    raise TimeoutError
            if (chunk := coming.result()) is None:
                return
            yield chunk
    finally:
        coming.cancel()
        closing = cast("AsyncGenerator[AIMessageChunk]", chunks).aclose()
        asyncio.run_coroutine_threadsafe(closing, _receiver())


@cache
def _receiver() -> asyncio.AbstractEventLoop:
    """The event loop on which every reply is received, in a thread of its own."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop


def _of_another(provider: str, name: str, timeout: float) -> BaseChatModel:
    """A model of another provider, whose package finds its key and address in the environment."""
    package = _BUILTIN_PROVIDERS[provider][0].partition(".")[0].replace("_", "-")
    general = {"timeout": math.ceil(timeout), "max_retries": _RETRIES}
    try:
        chat = init_chat_model(name, model_provider=provider)
        known = {field.alias or own for own, field in type(chat).model_fields.items()}
        taken: dict[str, Any] = {each: general[each] for each in known.intersection(general)}
        return init_chat_model(name, model_provider=provider, **taken) if taken else chat
    except Exception as error:
        raise WriterError(
            f"The chat model {provider}:{name} cannot be set up ({type(error).__name__}): `pip"
            f" install {package}`, and put what it needs, such as its key, into the environment.",
            "model",
        ) from error


def _spoken(reply: Iterator[str]) -> Iterator[str]:
    """A reply without the thoughts that some models write before it, in a tag of their own."""
    held = said = ""
    for text in reply:
        held += text
        said = held.lstrip()
        if said.startswith(_THINKING):
            said = said.partition(_THOUGHT)[2].lstrip()
        elif _THINKING.startswith(said):
            continue
        if said:
            break
    if not said:
        raise failure("failed", SILENT)
    yield said
    yield from filter(None, reply)
