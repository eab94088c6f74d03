"""The whole assistant with a chat model: what reaches the reader, and what does when it fails."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import SettingsError
from assistant.answer import Answer, Began, Cited, Done, Text
from assistant.assistant import Assistant
from assistant.settings import Settings
from tests.conftest import TEA
from tests.openai_server import OpenAIServer, Reply

QUESTION = "What is a kettle?"
TRUE = "A kettle is a vessel for boiling water"
REWORDED = "A kettle is a vessel in which water is boiled"
TRUE_TOO = "A kettle has a spout and a handle"
FALSE = "It was invented by Napoleon in 1805"


@pytest.fixture
def open_assistant(
    model_server: OpenAIServer, tea_data: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Assistant]:
    """Opens the assistant with a chat model behind the protocol, and other variables set."""

    def opened(**variables: str) -> Assistant:
        monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return Assistant.open(Settings.load(glossary=TEA, data_dir=tea_data))

    return opened


@pytest.fixture
def explaining(open_assistant: Callable[..., Assistant]) -> Assistant:
    return open_assistant()


def _is_quoted_because(answer: Answer, kind: str) -> bool:
    """Whether the question was answered by quotation, and the reason told."""
    quoted = answer.writer == "quote" and answer.status == "answered"
    return quoted and answer.notice is not None and answer.notice.kind == kind


def test_it_is_the_writer_once_a_server_is_set(explaining: Assistant) -> None:
    assert explaining.writer().name == "explain"


def test_it_streams_what_the_passages_bear_out(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(f"{TRUE} [1]. {TRUE_TOO}. [1]")
    events = list(explaining.stream(QUESTION))
    assert [event for event in events if isinstance(event, Began)] == [Began("explain")]
    kinds = [type(event) for event in events if isinstance(event, Cited | Text)]
    assert kinds == [Cited, Text, Cited, Text]
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert answer.status == "answered"
    assert answer.writer == "explain"
    assert answer.model == "test-model"
    assert answer.notice is None
    assert answer.usage is not None
    assert answer.text == f"{TRUE}. [1] {TRUE_TOO}. [2]"


def test_the_first_sentence_comes_before_the_model_has_finished(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.script.append(Reply(f"{TRUE} [1]. And so. It goes", stall_after=52, pause=600))
    stream = explaining.stream(QUESTION)
    first = next(event for event in stream if isinstance(event, Text))
    assert first.sentence.text == f"{TRUE}."


def test_numbers_that_were_not_given_never_reach_the_reader(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(f"{TRUE} [1][77][99].")
    answer = explaining.ask(QUESTION)
    assert answer.text == f"{TRUE}. [1]"
    assert [citation.marker for citation in answer.citations] == [1]


def test_what_the_glossary_does_not_bear_out_is_withheld_and_kept(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(f"{TRUE} [1]. {FALSE} [1]. {FALSE}.")  # said twice, it counts once
    answer = explaining.ask(QUESTION)
    assert "Napoleon" not in answer.text
    assert [sentence.text for sentence in answer.withheld] == [f"{FALSE}."]


def test_what_is_not_borne_out_can_be_shown_and_marked_instead(
    open_assistant: Callable[..., Assistant], model_server: OpenAIServer
) -> None:
    model_server.says(f"{REWORDED} [1]. {FALSE} [1].")
    answer = open_assistant(MASRAD_UNSUPPORTED="mark").ask(QUESTION)
    assert [s.support for s in answer.sentences] == ["supported", "unsupported"]
    assert answer.sentences[1].citations == ()
    assert not answer.withheld


@pytest.mark.parametrize(("verdict", "writer"), [("yes", "explain"), ("no", "quote")])
def test_a_second_judge_has_the_last_word_if_one_is_wanted(
    open_assistant: Callable[..., Assistant],
    model_server: OpenAIServer,
    verdict: str,
    writer: str,
) -> None:
    model_server.says(f"{REWORDED} [1].", verdict)
    answer = open_assistant(MASRAD_JUDGE="true").ask(QUESTION)
    assert answer.writer == writer
    assert len(answer.withheld) == (verdict == "no")
    assert len(model_server.requests) == 2


def test_if_nothing_can_be_shown_the_glossary_is_quoted(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(f"{FALSE} [1].")
    events = list(explaining.stream(QUESTION))
    assert [e.writer for e in events if isinstance(e, Began)] == ["explain", "quote"]
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert answer.writer == "quote"
    assert answer.notice is None
    assert [sentence.text for sentence in answer.withheld] == [f"{FALSE}."]
    assert {sentence.support for sentence in answer.sentences} == {"quoted"}


REFUSALS = {"en": "The glossary does not answer this.", "ar": "لا يجيب المسرد عن هذا السؤال."}


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How many cups fill from a teapot of one litre?", "en"),
        ("كم ورقة من النعناع تكفي كوبًا واحدًا من الشاي؟", "ar"),
    ],
)
@pytest.mark.parametrize(("sure", "status"), [(0.0, "answered"), (1.0, "not_in_glossary")])
def test_the_model_may_say_that_the_passages_do_not_answer_where_the_glossary_is_not_too_sure(  # noqa: PLR0913, PLR0917
    explaining: Assistant,
    model_server: OpenAIServer,
    monkeypatch: pytest.MonkeyPatch,
    question: str,
    language: str,
    sure: float,
    status: str,
) -> None:
    monkeypatch.setattr("assistant.assistant._SURE", sure)
    model_server.says(REFUSALS[language])
    answer = explaining.ask(question)
    assert model_server.requests
    assert answer.status == status
    assert answer.text.startswith(REFUSALS[language]) == (status == "not_in_glossary")


@pytest.mark.parametrize(("question", "language"), [(QUESTION, "en"), ("ما هو النعناع؟", "ar")])
def test_what_is_asked_by_its_name_alone_is_in_the_glossary_whatever_the_model_says(
    explaining: Assistant, model_server: OpenAIServer, question: str, language: str
) -> None:
    model_server.says(REFUSALS[language])
    answer = explaining.ask(question)
    assert answer.status == "answered"
    assert answer.writer == "quote"


def test_what_rules_cannot_tell_of_a_follow_up_the_model_puts_by_itself(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    first = explaining.ask(QUESTION, writer="quote")
    reworded = "Which company sold the first electric kettle in 1891?"
    said = "The first electric kettle was sold in 1891 by a company in Chicago."
    model_server.says(reworded, f"{said} [1]")
    answer = explaining.ask("which Chicago company sold the earliest electric model", [first])
    assert (answer.rewording, answer.understood) == ("model", reworded)
    assert answer.sentences[0].text == said
    again = explaining.ask("and how does it work?", [first], writer="quote")
    assert again.rewording == "rules"  # and asks no model
    assert len(model_server.requests) == 2


def test_the_model_is_not_asked_what_the_glossary_does_not_hold(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    assert explaining.ask("Who won the 2018 World Cup?").status == "not_in_glossary"
    assert not model_server.requests


@pytest.mark.parametrize(
    ("reply", "kind", "says"),
    [
        (Reply(status=401), "key", "OPENAI_API_KEY"),
        (Reply(status=404), "model", "MASRAD_CHAT_MODEL"),
        (Reply(status=429, retry_after=0.01), "busy", "wait a minute"),
        (Reply(status=500, retry_after=0.01), "failed", "ask again"),
        (Reply(status=400, code="context_length_exceeded"), "context", "longer context"),
        (Reply(status=400, code="content_filter"), "content", "other words"),
        (Reply(f"{TRUE} [1]. {TRUE_TOO} and it breaks off", drop=True), "failed", "broke off"),
        (Reply(""), "failed", "said nothing"),
    ],
)
def test_a_failure_ends_in_a_notice_and_the_glossarys_own_words(
    explaining: Assistant, model_server: OpenAIServer, reply: Reply, kind: str, says: str
) -> None:
    model_server.always = reply
    events = list(explaining.stream(QUESTION))
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert _is_quoted_because(answer, kind)
    assert answer.notice is not None
    assert says in answer.notice.message
    assert answer.question == QUESTION
    assert {sentence.support for sentence in answer.sentences} == {"quoted"}
    began = [event for event in events if isinstance(event, Began)]
    assert began == [Began("explain"), Began("quote", answer.notice)]


def test_a_failure_that_passes_is_tried_again(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.script.append(Reply(status=429, retry_after=0.01))
    model_server.says(f"{TRUE} [1].")
    answer = explaining.ask(QUESTION)
    assert (answer.writer, answer.notice) == ("explain", None)


def test_a_slow_server_is_not_waited_for_for_ever(
    open_assistant: Callable[..., Assistant], model_server: OpenAIServer
) -> None:
    model_server.always = Reply(TRUE, pause=5)
    answer = open_assistant(MASRAD_TIMEOUT="0.3").ask(QUESTION)
    assert _is_quoted_because(answer, "slow")


def test_a_server_that_is_not_there(open_assistant: Callable[..., Assistant]) -> None:
    answer = open_assistant(OPENAI_BASE_URL="http://127.0.0.1:9/v1").ask(QUESTION)
    assert _is_quoted_because(answer, "unreachable")


def test_explain_without_a_chat_model_is_refused(tea: Assistant) -> None:
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL"):
        tea.ask(QUESTION, writer="explain")


def test_the_reader_may_still_have_the_quotes(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    assert explaining.ask(QUESTION, writer="quote").writer == "quote"
    assert not model_server.requests
