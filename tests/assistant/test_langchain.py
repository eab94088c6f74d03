"""Masrad in chains of LangChain's, and with models of other providers: docs/langchain.md, run."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import openai
import pytest
from langchain.chat_models import base
from langchain.messages import AIMessageChunk, HumanMessage, SystemMessage
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field

from assistant import QuestionError, WriterError
from assistant.answer import Account
from assistant.assistant import Assistant
from assistant.chat import ChatModel, provider_of
from assistant.retriever import GlossaryRetriever
from assistant.settings import Settings
from tests.openai_server import OpenAIServer, Reply, Request

ROOT = Path(__file__).parents[2]
TIDES = ROOT / "tests" / "data" / "tides"
PAGE = (ROOT / "docs" / "langchain.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
ASKED = [SystemMessage("Be brief."), HumanMessage("What is a tide?")]
QUESTIONS = [
    "What is a tide?",
    "Why can a storm raise the water?",
    "What is a tide? How does the moon raise the water?",
    "ما هو المد؟",
]


@pytest.fixture(scope="module")
def tides(tmp_path_factory: pytest.TempPathFactory) -> GlossaryRetriever:
    return GlossaryRetriever.open(TIDES, tmp_path_factory.mktemp("data"))


# The page


def _cites(request: Request) -> Reply:
    """Says the first sentence that it is given, with its source."""
    system, human = request["messages"]
    assert human["content"] == "What is overfitting?"
    return Reply(system["content"].splitlines()[1])


def test_what_the_page_shows_runs(
    assistant: Assistant,
    model_server: OpenAIServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MASRAD_DATA_DIR", str(assistant.settings.data_dir))
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    model_server.answers = _cites
    said, names = [], dict[str, Any]()
    for block in BLOCKS:
        exec(block, names)  # noqa: S102  (our own page)
        said.append(capsys.readouterr().out)
    found, invoked, streamed, prompted = said
    assert "system" in prompted
    entry = assistant.glossary.get("overfitting", "en")
    assert entry
    sentence = entry.sentences[0].text
    assert invoked == f"{sentence} [overfitting]\n"
    assert streamed == invoked.strip()
    assert found.startswith("Overfitting ")
    assert sentence in found
    assert len(found.splitlines()) == 4


def test_the_chain_is_short() -> None:
    assert len(BLOCKS) == 4
    assert max(len(block.strip().splitlines()) for block in BLOCKS) <= 12
    assert len(PAGE.splitlines()) < 105


# The retriever


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_document_tells_its_exact_place(tides: GlossaryRetriever, question: str) -> None:
    documents = tides.invoke(question)
    assert 1 <= len(documents) <= 4
    for document in documents:
        about = document.metadata
        entry = tides.assistant.glossary.get(about["entry_id"], about["language"])
        assert entry
        assert (entry.term, entry.language) == (about["term"], about["language"])
        text = entry.text(about["section"])
        assert text[about["start"] : about["end"]] == document.page_content
        assert 0 <= about["score"] <= about["confidence"] <= 1
    assert len({document.id for document in documents}) == len(documents)
    scores = [document.metadata["score"] for document in documents]
    assert scores == sorted(scores, reverse=True)


def test_a_greeting_gives_none_and_no_question_is_refused(tides: GlossaryRetriever) -> None:
    assert tides.invoke("Thank you!") == []
    with pytest.raises(QuestionError):
        tides.invoke(" ")


# The model


@pytest.mark.parametrize(
    ("name", "provider"),
    [
        ("anthropic:claude-sonnet-4-5", "anthropic"),
        ("ollama:llama3.2:1b", "ollama"),
        ("llama3.2:1b", "openai"),
        ("qwen3:4b", "openai"),
        ("anthropic:", "openai"),
        ("", "openai"),
    ],
)
def test_a_provider_is_one_that_langchain_has(
    name: str, provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert provider_of(name) == provider
    monkeypatch.setenv("MASRAD_CHAT_MODEL", name)
    assert Settings.load().has_chat_model == (provider != "openai")


def test_without_the_package_the_glossary_is_quoted(
    tides: GlossaryRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "langchain_anthropic", None)
    base._get_chat_model_creator.cache_clear()
    settings = tides.assistant.settings.model_copy(update={"chat_model": "anthropic:x"})
    answer = Assistant(tides.assistant.retriever, settings).ask("What is a tide?")
    assert answer.writer == "quote"
    assert answer.sentences
    assert answer.notice
    assert "pip install langchain-anthropic" in answer.notice.message


class ChatGroq(BaseChatModel):
    """A chat model of a package that is not installed: what it is given, and a reply in pieces."""

    model: str
    request_timeout: float | None = Field(default=None, alias="timeout")
    max_retries: int = 5

    @property
    def _llm_type(self) -> str:
        return "groq"

    def _generate(self, *_: Any, **__: Any) -> ChatResult:
        raise NotImplementedError

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> Iterator[ChatGenerationChunk]:
        del stop, run_manager
        assert [type(message) for message in messages] == [SystemMessage, HumanMessage]
        assert not {"temperature", "extra_body", "stream_usage"} & set(options)
        usage = [(10, 0), (0, 4)]
        if self.model == "broken":
            raise LookupError("of its own kind")
        if self.model == "far":
            request: Any = None
            raise openai.APIConnectionError(request=request)
        if self.model == "silent":
            return
        if self.model == "stopped":
            usage = []
        for text, (read, written) in zip(["A ", "tide."], usage, strict=False):
            said = AIMessageChunk(
                content=text,
                usage_metadata={
                    "input_tokens": read,
                    "output_tokens": written,
                    "total_tokens": read + written,
                },
            )
            yield ChatGenerationChunk(message=said)
        ended = {"long": "max_tokens", "stopped": "refusal"}.get(self.model, "end_turn")
        last = AIMessageChunk(content="", response_metadata={"stop_reason": ended})
        yield ChatGenerationChunk(message=last)


class Keyless(ChatGroq):
    def __init__(self, **_: Any) -> None:
        raise ValueError("no key")


@pytest.fixture
def groq(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The package of a provider."""
    package = ModuleType("langchain_groq")
    package.__dict__["ChatGroq"] = ChatGroq
    monkeypatch.setitem(sys.modules, "langchain_groq", package)
    base._get_chat_model_creator.cache_clear()
    yield package
    base._get_chat_model_creator.cache_clear()


def _groq(model: str) -> ChatModel:
    settings = Settings(
        _env_file=None, chat_model=f"groq:{model}", timeout=2.5, OPENAI_API_KEY="sk-ours"
    )
    return ChatModel(settings)


@pytest.mark.usefixtures("groq")
def test_how_a_reply_of_another_provider_ended_is_told() -> None:
    account = Account()
    assert "".join(_groq("long").stream(ASKED, account)) == "A tide."
    assert account.cut
    with pytest.raises(WriterError, match="content filter"):
        "".join(_groq("stopped").stream(ASKED))


@pytest.mark.usefixtures("groq")
@pytest.mark.parametrize(
    ("model", "says"),
    [
        ("broken", "groq:broken failed (LookupError)"),
        ("far", "groq:far failed (APIConnectionError)"),
        ("silent", "groq:silent failed (ValueError)"),  # LangChain wants one piece at least
    ],
)
def test_an_error_of_another_providers_client_is_one_sentence(model: str, says: str) -> None:
    with pytest.raises(WriterError, match=re.escape(says)) as raised:
        "".join(_groq(model).stream(ASKED))
    assert raised.value.kind == "failed"
    assert "OPENAI" not in str(raised.value)


def test_what_its_package_misses_is_one_sentence(groq: ModuleType) -> None:
    groq.__dict__["ChatGroq"] = Keyless
    with pytest.raises(WriterError, match="langchain-groq needs, such as its key") as raised:
        "".join(_groq("x").stream(ASKED))
    assert raised.value.kind == "failed"
    assert "no key" not in str(raised.value)
