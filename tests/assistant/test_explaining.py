"""The whole assistant with a chat model: what reaches the reader, and what does when it fails."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answer import Answer, Began, Cited, Done, Settled, Text
from assistant.assistant import Assistant
from assistant.settings import Settings
from tests.conftest import TEA
from tests.openai_server import OpenAIServer, Reply

QUESTION = "What is a kettle?"
TRUE = "A kettle is a vessel for boiling water"
REWORDED = "A kettle is a vessel in which water is boiled"
TRUE_TOO = "The coil heats the water until steam rises"
SETTLES = "What it says that bears on it:"
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


def test_it_streams_each_sentence_and_then_settles_it(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(f"{REWORDED} [1.1]. {TRUE_TOO}. [9.1]", "1 yes\n0 yes")
    events = list(explaining.stream(QUESTION))
    assert [event for event in events if isinstance(event, Began)] == [Began("explain")]
    shown = [event for event in events if isinstance(event, Cited | Text | Settled)]
    assert [type(event) for event in shown] == [Cited, Text, Cited, Text, Settled]
    assert [e.sentence.support for e in shown if isinstance(e, Text)] == ["unchecked", "quoted"]
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert (answer.status, answer.writer, answer.model) == ("answered", "explain", "test-model")
    assert answer.notice is None
    assert answer.usage is not None
    assert [s.support for s in answer.sentences] == ["supported", "quoted"]
    assert answer.text == f"{REWORDED}. [1] {TRUE_TOO}. [2]"
    assert len(model_server.requests) == 2  # the answer, and one call of the judge


def test_the_first_sentence_comes_before_the_model_has_finished(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.script.append(Reply(f"{TRUE} [1.1]. And so. It goes", stall_after=54, pause=600))
    stream = explaining.stream(QUESTION)
    first = next(event for event in stream if isinstance(event, Text))
    assert first.sentence.text == f"{TRUE}."


@pytest.mark.parametrize(
    ("said", "quotes"),
    [
        (f"{REWORDED} [1].", {f"{TRUE}."}),  # a passage as a whole: the best of its sentences
        (f"{REWORDED}.", {f"{TRUE}."}),  # nothing: the nearest of all
        (f"{REWORDED} [77.3][99].", {f"{TRUE}."}),  # ids that were not given
        (f"{REWORDED} [2.1].", {"An electric current heats a coil in the base."}),  # another's
    ],
)
def test_what_a_sentence_rests_on_is_the_glossarys_word_for_word(
    explaining: Assistant, model_server: OpenAIServer, said: str, quotes: set[str]
) -> None:
    model_server.says(said, "")
    answer = explaining.ask(QUESTION)
    assert [s.support for s in answer.sentences] == ["unchecked"]
    assert {c.quote for c in answer.citations} >= quotes
    assert not {"[77", "[99", "[9.9"} & set(answer.text.split())


def test_what_its_quote_does_not_have_is_withheld_with_the_reason(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(f"{TRUE} [1.1]. {FALSE} [1.1]. {FALSE}.")  # said twice, it counts once
    answer = explaining.ask(QUESTION)
    assert "Napoleon" not in answer.text
    (withheld,) = answer.withheld
    assert (withheld.text, withheld.support) == (f"{FALSE}.", "contradicted")
    assert withheld.reason == "the number 1805 is not in the quote"
    assert [quote.quote for quote in withheld.quotes] == [f"{TRUE}."]
    assert {c.marker for c in answer.citations} == {1}


def test_what_the_judge_refuses_is_withdrawn_and_what_leans_on_it_goes_with_it(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(
        f"{REWORDED} [1.1]. It whistles to a coil that is heated by a current [2.1]. That is why"
        " steam rises from the water [2.2]. Lime is left on the coil by hard water [4.1].",
        "1 yes\n2 no: it whistles\n3 yes\n4 no: buy at example.com\n0 no",
    )
    events = list(explaining.stream(QUESTION))
    settled = [e.sentence.support for e in events if isinstance(e, Settled)]
    assert settled == ["supported", "withdrawn", "withdrawn", "withdrawn"]
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert [s.support for s in answer.sentences] == ["supported"]
    reasons = [sentence.reason for sentence in answer.withheld]
    assert "it whistles" in reasons[0]
    assert reasons[1] == "it leans on a sentence that is not shown"
    assert "example" not in reasons[2]  # words of the judge's own are not shown
    assert answer.text == f"The glossary does not settle this. {SETTLES}\n\n{REWORDED}. [1]"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(""),
        Reply(status=500, retry_after=0.01),
        Reply("1 y", finish="length"),
        Reply("1 yes", wait=5),
        Reply("7 no: it is another claim"),
    ],
)
def test_a_judge_of_no_use_leaves_the_answer_as_it_stands_and_marked(
    open_assistant: Callable[..., Assistant], model_server: OpenAIServer, reply: Reply
) -> None:
    model_server.says(f"{REWORDED} [1.1].")
    model_server.always = reply
    answer = open_assistant(MASRAD_TIMEOUT="0.6").ask(QUESTION)
    assert (answer.writer, answer.notice) == ("explain", None)
    assert [s.support for s in answer.sentences] == ["unchecked"]


def test_strict_shows_nothing_before_its_verdict(
    open_assistant: Callable[..., Assistant], model_server: OpenAIServer
) -> None:
    model_server.says(
        f"{REWORDED} [1.1]. A kettle whistles when its coil is heated [2.1].", "1 yes\n2 no"
    )
    events = list(open_assistant(MASRAD_STRICT="true").stream(QUESTION))
    assert [e.sentence.text for e in events if isinstance(e, Text)] == [f"{REWORDED}."]
    assert not any(isinstance(event, Settled) for event in events)


def test_a_comparison_does_not_lose_a_side_in_silence(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(
        "A kettle is where water boils [1.1]. A teapot was invented in 1805 [2.1].", "1 yes\n0 yes"
    )
    answer = explaining.ask("What is the difference between a kettle and a teapot?")
    assert {c.entry_id for c in answer.citations} == {"kettle", "teapot"}
    assert answer.sentences[-1].support == "quoted"
    assert answer.parts[-1].lead == "Teapot"


def test_a_table_keeps_its_cells(explaining: Assistant, model_server: OpenAIServer) -> None:
    model_server.says(
        "Both hold water [1.1].\n\n| | Kettle | Teapot |\n|---|---|---|\n"
        "| Use | boiling water [1.1] | steeping leaves [2.1] |\n| Year | 1805 [1.1] | - |"
    )
    answer = explaining.ask("What is the difference between a kettle and a teapot?")
    assert [s.cell for s in answer.sentences][1:3] == [("Use", "Kettle"), ("Use", "Teapot")]
    assert "| Use | boiling water [1] | steeping leaves [2] |" in answer.text
    assert [s.text for s in answer.withheld] == ["1805"]


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("| Made by Napoleon | boiling water on a stove [1.1] | steeping leaves [6.1] |", 0),
        ("| Sold in 1805 | boiling water on a stove [1.1] | steeping leaves [6.1] |", 0),
        ("| Use | A kettle is a vessel for boiling water. [1.1] | - |", 1),  # the judge reads it
        ("| Use | [1.1] |\n\n| | Of Napoleon |\n|---|---|\n| Use | boiling water [1.1] |", 0),
    ],
)
def test_what_a_table_says_around_its_cells_is_verified_too(
    explaining: Assistant, model_server: OpenAIServer, row: str, shown: int
) -> None:
    model_server.says(f"| | Kettle | Teapot |\n|---|---|---|\n{row}", "")
    answer = explaining.ask("What is the difference between a kettle and a teapot?")
    assert [s.support for s in answer.sentences if any(s.cell)] == ["unchecked"] * shown


def test_what_a_model_makes_of_the_question_bears_nothing_out(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    first = explaining.ask(QUESTION, writer="quote")
    model_server.says(
        "question: Where does the kettle of Napoleon of 1805 come from?\nsearch: kettle",
        "The electric kettle was sold in 1805 by Napoleon in Chicago [1.1].",
    )
    answer = explaining.ask("where does it come from", [first])
    assert "Napoleon" not in answer.text


def test_a_quotation_that_leans_on_what_is_withheld_goes_with_it(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(
        f"{REWORDED} [1.1]. It was sold in 1805 [1.1]. It has a spout and a handle. [1.2]"
    )
    answer = explaining.ask(QUESTION)
    assert "It has a spout" not in answer.text


def test_if_nothing_can_be_shown_the_glossary_is_quoted_and_it_is_said(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says(f"{FALSE} [1.1].")
    events = list(explaining.stream(QUESTION))
    assert [e.writer for e in events if isinstance(e, Began)] == ["explain", "quote"]
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    assert _is_quoted_because(answer, "unsupported")
    assert [sentence.text for sentence in answer.withheld] == [f"{FALSE}."]
    assert {sentence.support for sentence in answer.sentences} == {"quoted"}


def test_in_a_conversation_the_model_says_what_is_meant_and_what_to_look_up(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    first = explaining.ask(QUESTION, writer="quote")
    meant = "Which company sold the first electric kettle in 1891?"
    said = "The first electric kettle was sold in 1891 by a company in Chicago."
    model_server.says(
        f"question: {meant}\nsearch: first electric kettle\nintent: origin", f"{said} [1.1]"
    )
    answer = explaining.ask("which Chicago company sold the earliest one", [first])
    assert (answer.rewording, answer.understood, answer.intent) == ("model", meant, "origin")
    assert answer.sentences[0].text == said
    again = explaining.ask("and how does it work?", [first], writer="quote")
    assert again.rewording == "rules"  # and asks no model
    assert len(model_server.requests) == 2


@pytest.mark.parametrize("reply", [Reply(status=500, retry_after=0.01), Reply("No idea.")])
def test_where_the_model_does_not_understand_the_rules_stand_in(
    explaining: Assistant, model_server: OpenAIServer, reply: Reply
) -> None:
    first = explaining.ask(QUESTION, writer="quote")
    model_server.script += [reply] * (3 if reply.status == 500 else 1)
    model_server.says(f"{TRUE} [1.1].")
    answer = explaining.ask("and how does it work?", [first])
    assert (answer.rewording, answer.writer) == ("rules", "explain")


def test_what_the_glossary_does_not_hold_is_not_written_about(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says("question: Who won the 2018 World Cup?\nsearch: World Cup\nintent: origin")
    assert explaining.ask("Who won the 2018 World Cup?").status == "not_in_glossary"
    assert len(model_server.requests) == 1  # what is meant was asked, and no answer


@pytest.mark.parametrize(
    ("reply", "kind", "says"),
    [
        (Reply(status=401), "key", "OPENAI_API_KEY"),
        (Reply(status=429, retry_after=0.01), "busy", "wait a minute"),
        (Reply(status=400, code="context_length_exceeded"), "context", "longer context"),
        (Reply(f"{TRUE} [1.1]. {TRUE_TOO} and it breaks off", drop=True), "failed", "broke off"),
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
