"""Masrad in chains of LangChain's, and with models of other providers."""

import asyncio
import re
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from langchain.chat_models import base
from langchain.messages import AIMessageChunk, HumanMessage, SystemMessage
from langchain_core.language_models import BaseChatModel
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field

from assistant import QuestionError, WriterError
from assistant.answer import Account
from assistant.assistant import Assistant
from assistant.chat import ChatModel
from assistant.retriever import GlossaryRetriever
from assistant.settings import Settings, provider_of
from tests.conftest import stands

ASKED = [SystemMessage("Be brief."), HumanMessage("What is a tide?")]


@pytest.mark.parametrize(
    "question", ["What is a tide? How does the moon raise the water?", "ما هو المد؟"]
)
def test_each_document_tells_its_exact_place(tides: Assistant, question: str) -> None:
    retriever = GlossaryRetriever(assistant=tides)
    documents = retriever.invoke(question)
    assert 1 <= len(documents) <= 4
    for document in documents:
        about = document.metadata
        assert stands({**about, "quote": document.page_content}, tides.glossary)
        assert 0 <= about["score"] <= about["confidence"] <= 1
    assert len({document.id for document in documents}) == len(documents)
    scores = [document.metadata["score"] for document in documents]
    assert scores == sorted(scores, reverse=True)
    assert asyncio.run(retriever.ainvoke(question)) == documents


def test_what_the_glossary_does_not_answer_gives_none(tides: Assistant) -> None:
    retriever = GlossaryRetriever(assistant=tides)
    for question in ("Who won the football match last night?", "Thank you!"):
        assert retriever.invoke(question) == []
    with pytest.raises(QuestionError):
        retriever.invoke(" ")


# Models of other providers


def test_a_provider_is_one_that_langchain_has(monkeypatch: pytest.MonkeyPatch) -> None:
    providers = {"anthropic:claude": "anthropic", "ollama:llama3.2:1b": "ollama", "qwen3:4b": ""}
    for name, provider in providers.items():
        assert provider_of(name) == (provider or "openai")
        monkeypatch.setenv("MASRAD_CHAT_MODEL", name)
        assert Settings.load().has_chat_model == bool(provider)


class ChatGroq(BaseChatModel):
    """A chat model of a package that is not installed: what it is given, and a reply in pieces."""

    model: str
    request_timeout: float | None = Field(default=None, alias="timeout")

    @property
    def _llm_type(self) -> str:
        return "groq"

    def _generate(self, *_: Any, **__: Any) -> ChatResult:
        raise NotImplementedError

    def _stream(self, messages: Any, *_: Any, **options: Any) -> Iterator[ChatGenerationChunk]:
        assert self.request_timeout == 3
        assert [type(message) for message in messages] == [SystemMessage, HumanMessage]
        assert not {"temperature", "extra_body", "stream_usage"} & set(options)
        if self.model == "broken":
            raise LookupError("of its own kind")
        for text, read, written in (("A ", 10, 0), ("tide.", 0, 4)):
            counts = {"input_tokens": read, "output_tokens": written, "total_tokens": 0}
            said = AIMessageChunk(content=text, usage_metadata=counts)
            yield ChatGenerationChunk(message=said)
        ended = {"long": "max_tokens", "stopped": "refusal"}.get(self.model, "end_turn")
        last = AIMessageChunk(content="", response_metadata={"stop_reason": ended})
        yield ChatGenerationChunk(message=last)


@pytest.fixture
def groq(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The package of a provider."""
    package = ModuleType("langchain_groq")
    package.__dict__["ChatGroq"] = ChatGroq
    monkeypatch.setitem(sys.modules, "langchain_groq", package)
    base._get_chat_model_creator.cache_clear()
    yield
    base._get_chat_model_creator.cache_clear()


def _asked(model: str, account: Account | None = None) -> str:
    settings = Settings(_env_file=None, chat_model=model, timeout=2.5, OPENAI_API_KEY="sk-ours")
    return "".join(ChatModel(settings).stream(ASKED, account))


@pytest.mark.usefixtures("groq")
def test_a_reply_of_another_provider_is_counted_and_how_it_ended_is_told() -> None:
    account = Account()
    assert _asked("groq:long", account) == "A tide."
    assert (account.usage.input_tokens, account.usage.output_tokens) == (10, 4)
    assert account.cut


@pytest.mark.parametrize(
    ("model", "kind", "says"),
    [
        ("groq:broken", "failed", "groq:broken failed (LookupError)"),
        ("groq:stopped", "content", "content filter"),
        ("anthropic:x", "model", "pip install langchain-anthropic"),
    ],
)
@pytest.mark.usefixtures("groq")
def test_what_goes_wrong_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, model: str, kind: str, says: str
) -> None:
    monkeypatch.setitem(sys.modules, "langchain_anthropic", None)
    with pytest.raises(WriterError, match=re.escape(says)) as raised:
        _asked(model)
    assert raised.value.kind == kind
    assert "OPENAI" not in str(raised.value)
