"""The explain writer against a real server that speaks OpenAI's protocol."""

from pathlib import Path

import pytest

from assistant import SettingsError, WriterError
from assistant.answer import Cited, Done, Text
from assistant.assistant import Assistant
from assistant.settings import Settings
from tests.conftest import TEA
from tests.openai_server import OpenAIServer, Reply

QUESTION = "What is a kettle?"
TRUE = "A kettle is a vessel in which water is boiled"
TRUE_TOO = "A kettle has a handle and a spout"
FALSE = "It was invented by Napoleon in 1805"


@pytest.fixture
def explaining(
    model_server: OpenAIServer, tea_data: Path, monkeypatch: pytest.MonkeyPatch
) -> Assistant:
    """The assistant with a chat model behind the protocol."""
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    return Assistant.open(Settings.load(glossary=TEA, data_dir=tea_data))


def test_it_is_the_writer_once_a_server_is_set(explaining: Assistant) -> None:
    assert explaining.writer().name == "explain"


def test_it_streams_what_the_passages_bear_out(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(f"{TRUE} [1]. {TRUE_TOO}. [1]")
    events = list(explaining.stream(QUESTION))
    kinds = [type(event) for event in events if isinstance(event, Cited | Text)]
    assert kinds == [Cited, Text, Cited, Text]
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert answer.status == "answered"
    assert answer.writer == "explain"
    assert answer.model == "test-model"
    assert [sentence.support for sentence in answer.sentences] == ["supported", "supported"]
    assert answer.text == f"{TRUE}. [1] {TRUE_TOO}. [2]"


def test_the_first_sentence_comes_before_the_model_has_finished(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.script.append(Reply(f"{TRUE} [1]. " + "And so it goes on. " * 40, pause=0.01))
    stream = explaining.stream(QUESTION)
    first = next(event for event in stream if isinstance(event, Text))
    assert first.sentence.text == f"{TRUE}."


def test_numbers_that_were_not_given_never_reach_the_reader(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(f"{TRUE} [1][7][99].")
    answer = explaining.ask(QUESTION)
    assert answer.text == f"{TRUE}. [1]"
    assert [citation.marker for citation in answer.citations] == [1]


def test_what_the_glossary_does_not_bear_out_is_withheld_and_counted(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(f"{TRUE} [1]. {FALSE} [1]. {FALSE}.")
    answer = explaining.ask(QUESTION)
    assert "Napoleon" not in answer.text
    assert answer.withheld == 2


def test_if_nothing_can_be_shown_the_glossary_is_quoted(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(f"{FALSE} [1].")
    answer = explaining.ask(QUESTION)
    assert answer.writer == "quote"
    assert answer.withheld == 1
    assert {sentence.support for sentence in answer.sentences} == {"quoted"}


@pytest.mark.parametrize(
    ("question", "refusal"),
    [
        (QUESTION, "The glossary does not answer this."),
        ("ما هو النعناع؟", "لا يجيب المسرد عن هذا السؤال."),
    ],
)
def test_the_model_may_say_that_the_passages_do_not_answer(
    explaining: Assistant, model_server: OpenAIServer, question: str, refusal: str
) -> None:
    model_server.says(refusal)
    answer = explaining.ask(question)
    assert answer.status == "not_in_glossary"
    assert answer.text.startswith(refusal)


def test_the_model_is_not_asked_what_the_glossary_does_not_hold(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    assert explaining.ask("Who won the 2018 World Cup?").status == "not_in_glossary"
    assert not model_server.requests


def test_the_prompt_holds_numbered_passages_the_question_and_its_language(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says("لا يجيب المسرد عن هذا السؤال.")
    explaining.ask("ما هو {النعناع}؟")
    system, human = (message["content"] for message in model_server.requests[0]["messages"])
    assert "Arabic" in system
    assert "[1] النعناع" in human
    assert "ما هو {النعناع}؟" in human
    assert model_server.requests[0]["model"] == "test-model"
    assert model_server.keys == ["sk-test"]


@pytest.mark.parametrize(
    ("reply", "kind", "says"),
    [
        (Reply(status=401), "key", "OPENAI_API_KEY"),
        (Reply(status=404), "model", "MASRAD_CHAT_MODEL"),
        (Reply(status=429), "busy", "wait a minute"),
        (Reply(status=500), "failed", "ask again"),
        (Reply("A kettle is a vessel for boiling that breaks off", drop=True), "failed", "broke"),
    ],
)
def test_a_failure_is_a_sentence_that_says_what_to_do(
    explaining: Assistant, model_server: OpenAIServer, reply: Reply, kind: str, says: str
) -> None:
    model_server.always = reply
    with pytest.raises(WriterError, match=says) as raised:
        explaining.ask(QUESTION)
    assert raised.value.kind == kind
    assert "quote writer" in str(raised.value)


def test_a_failure_that_passes_is_tried_again(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.script.append(Reply(status=429))
    model_server.says(f"{TRUE} [1].")
    assert explaining.ask(QUESTION).status == "answered"


def test_a_slow_server_is_not_waited_for_for_ever(
    model_server: OpenAIServer, tea_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    monkeypatch.setenv("MASRAD_TIMEOUT", "0.3")
    model_server.always = Reply(TRUE, pause=2)
    with pytest.raises(WriterError, match="MASRAD_TIMEOUT"):
        Assistant.open(Settings.load(glossary=TEA, data_dir=tea_data)).ask(QUESTION)


def test_a_server_that_is_not_there(tea_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(WriterError, match="cannot be reached"):
        Assistant.open(Settings.load(glossary=TEA, data_dir=tea_data)).ask(QUESTION)


def test_explain_without_a_chat_model_is_refused(tea: Assistant) -> None:
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL"):
        tea.ask(QUESTION, writer="explain")


def test_the_reader_may_still_have_the_quotes(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    assert explaining.ask(QUESTION, writer="quote").writer == "quote"
    assert not model_server.requests
