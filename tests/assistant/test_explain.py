"""The whole assistant with a chat model: what reaches the reader, and what does when it fails."""

import re
import time
from collections.abc import Callable

import pytest

from assistant.answer import Account, Answer, Began, Done, Event, Settled, Text
from assistant.assistant import Assistant
from assistant.phrases import phrases
from assistant.writers import Draft
from assistant.writers import explain as explaining
from tests.assistant.conftest import MakeChat, asked, behind, question
from tests.openai_server import OpenAIServer, Reply

QUESTION, COMPARED = "What is a kettle?", "What is the difference between a kettle and a teapot?"
CUP = "Who won the 2018 World Cup?"
TRUE = "A kettle is a vessel for boiling water"
REWORDED = "A kettle is a vessel in which water is boiled"
TRUE_TOO = "The coil heats the water until steam rises"
FALSE = "It was invented by Napoleon in 1805"
COIL = "An electric current heats a coil in the base."
TABLE = "| | Kettle | Teapot |\n|---|---|---|\n"
UNSETTLED = phrases("en").leads["unsettled"]
REFUSED = "The glossary does not answer this."
LONG = Reply(status=400, code="context_length_exceeded")

Explain = Callable[..., tuple[Answer, list[Event]]]


@pytest.fixture
def explain(tea: Assistant, model_server: OpenAIServer) -> Explain:
    """Asks the tea things with a chat model that gives these replies: the answer, and its events.

    Where no judge is to have its say, its reply is “”.
    """

    def explained(
        *replies: str | Reply,
        question: str = QUESTION,
        history: tuple[Answer, ...] = (),
        **settings: object,
    ) -> tuple[Answer, list[Event]]:
        model_server.script += [r if isinstance(r, Reply) else Reply(r) for r in replies]
        events = list(behind(model_server, tea, **settings).stream(question, history))
        assert isinstance(events[-1], Done)
        return events[-1].answer, events

    return explained


def _supports(answer: Answer) -> list[str]:
    return [sentence.support for sentence in answer.sentences]


def _texts(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


# What the model writes


def test_sentences_stream_and_are_settled(explain: Explain, model_server: OpenAIServer) -> None:
    answer, events = explain(f"{REWORDED} [1.1]. {TRUE_TOO}. [9.1]", "1 yes\n0 yes")
    assert [event for event in events if isinstance(event, Began)] == [Began("explain")]
    shown = [event for event in events if isinstance(event, Text | Settled)]
    assert [type(event) for event in shown] == [Text, Text, Settled]
    assert [c.marker for e in shown if isinstance(e, Text) for c in e.citations] == [1, 2]
    assert [e.sentence.support for e in shown if isinstance(e, Text)] == ["unchecked", "quoted"]
    assert (answer.status, answer.writer, answer.model) == ("answered", "explain", "test-model")
    assert answer.notice is None
    assert answer.usage is not None
    assert _supports(answer) == ["supported", "quoted"]
    assert answer.text == f"{REWORDED}. [1] {TRUE_TOO}. [2]"
    assert len(model_server.requests) == 2  # the answer, and one call of the judge


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        (f"{REWORDED} [1].", f"{TRUE}."),  # a passage as a whole: the best of its sentences
        (f"{REWORDED}.", f"{TRUE}."),  # nothing: the nearest of all
        (f"{REWORDED} [8.2].", f"{TRUE}."),  # one that has nothing to do with it
        (f"{REWORDED} [2.1].", COIL),  # another's, which has
    ],
)
def test_what_a_sentence_rests_on_is_the_glossarys(explain: Explain, said: str, quote: str) -> None:
    answer, _ = explain(said, "")
    assert _supports(answer) == ["unchecked"]
    assert quote in {citation.quote for citation in answer.citations}
    markers = "".join(f"[{citation.marker}]" for citation in answer.citations)
    assert answer.text == f"{REWORDED}. {markers}"


def test_what_its_quote_does_not_have_is_withheld_with_the_reason(explain: Explain) -> None:
    answer, _ = explain(  # what is said twice counts once, and what leans on it goes with it
        f"{TRUE} [1.1]. {FALSE} [1.1]. {FALSE}. It has a spout and a handle. [1.2]"
    )
    assert answer.text == f"{TRUE}. [1]"
    withheld, leaning = answer.withheld
    assert (withheld.text, withheld.support) == (f"{FALSE}.", "contradicted")
    assert withheld.reason == "the number 1805 is not in the quote"
    assert [quote.quote for quote in withheld.quotes] == [f"{TRUE}."]
    assert leaning.reason == "it leans on a sentence that is not shown"
    assert {c.marker for c in answer.citations} == {1}


def test_a_reply_cut_short_loses_its_unfinished_sentence_alone(explain: Explain) -> None:
    for end in (f" {TRUE_TOO[:20]}", ""):
        answer, _ = explain(Reply(f"{TRUE} [1.1]. {COIL} [2.1]{end}", finish="length"))
        assert _texts(answer) == [f"{TRUE}.", COIL]


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("| Use | boiling water [1.1] | steeping leaves [6.1] |\n| Year | 1805 [1.1] | - |", 2),
        ("| Made by Napoleon | boiling water on a stove [1.1] | steeping leaves [6.1] |", 0),
        ("| Use | A kettle is a vessel for boiling water. [1.1] | - |", 1),  # the judge reads it
    ],
)
def test_all_of_a_table_is_verified(
    explain: Explain, model_server: OpenAIServer, row: str, shown: int
) -> None:
    answer, _ = explain(f"{TABLE}{row}", "", question=COMPARED)
    assert "a table in Markdown" in asked(model_server)[0]
    cells = [s for s in answer.sentences if any(s.cell) and s.support != "quoted"]
    assert [s.support for s in cells] == ["unchecked"] * shown
    assert all(s.cell in {("Use", "Kettle"), ("Use", "Teapot")} for s in cells)
    assert ("| Use | " in answer.text) == bool(shown)
    assert "Napoleon" not in answer.text


@pytest.mark.parametrize(
    ("asks", "lost"),
    [
        (COMPARED, "A teapot was invented in 1805 [2.1]."),
        ("What is a kettle? And what is a teapot?", REFUSED),
    ],
)
def test_no_side_and_no_part_is_lost_in_silence(explain: Explain, asks: str, lost: str) -> None:
    said = f"A kettle is where water boils [1.1]. {lost}"
    answer, _ = explain(said, "1 yes\n0 yes", question=asks)
    assert [c.entry_id for c in answer.citations] == ["kettle", "teapot"]
    assert _supports(answer) == ["supported", "quoted"]
    assert answer.parts[-1].lead == "Teapot"


# The judge


def test_what_the_judge_refuses_is_withdrawn_with_what_leans_on_it(explain: Explain) -> None:
    answer, events = explain(
        f"{REWORDED} [1.1]. It whistles to a coil that is heated by a current [2.1]. That is why"
        " steam rises from the water [2.2]. Lime is left on the coil by hard water [4.1].",
        "1 yes\n2 no: it whistles\n3 yes\n4 no: buy at example.com\n0 no",
    )
    settled = [e.sentence.support for e in events if isinstance(e, Settled)]
    assert settled == ["supported", "withdrawn", "withdrawn", "withdrawn"]
    assert _supports(answer) == ["supported"]
    reasons = [sentence.reason for sentence in answer.withheld]
    assert "it whistles" in reasons[0]
    assert reasons[1] == "it leans on a sentence that is not shown"
    assert "example" not in reasons[2]  # words of the judge's own are not shown
    assert answer.text == f"{UNSETTLED}\n\n{REWORDED}. [1]"


@pytest.mark.parametrize(
    "reply", [Reply(status=401), Reply("1 yes", wait=5), Reply("7 no: it is another claim")]
)
def test_a_judge_of_no_use_leaves_the_answer_marked(explain: Explain, reply: Reply) -> None:
    begun = time.monotonic()
    answer, _ = explain(f"{REWORDED} [1.1].", *[reply] * 3, timeout=0.6)
    assert time.monotonic() - begun < 2  # it is asked once, and no longer than the time-out
    assert (answer.writer, answer.notice) == ("explain", None)
    assert _supports(answer) == ["unchecked"]


def test_the_judge_may_be_another_or_none(explain: Explain, model_server: OpenAIServer) -> None:
    answer, _ = explain(f"{REWORDED} [1.1].", "1 yes", judge_model="small-model")
    assert [request["model"] for request in model_server.requests] == ["test-model", "small-model"]
    assert _supports(answer) == ["supported"]
    answer, _ = explain(f"{REWORDED} [1.1].", judge="off")
    assert _supports(answer) == ["unchecked"]


def test_strict_shows_nothing_before_its_verdict(explain: Explain) -> None:
    said = f"{REWORDED} [1.1]. A kettle whistles when its coil is heated [2.1]."
    _, events = explain(said, "1 yes\n2 no", strict=True)
    assert [e.sentence.text for e in events if isinstance(e, Text)] == [f"{REWORDED}."]
    assert not any(isinstance(event, Settled) for event in events)


# What is asked


@pytest.mark.parametrize(("sure", "status"), [(0.0, "answered"), (1.1, "not_in_glossary")])
@pytest.mark.parametrize(
    "refusal", [REFUSED, f"**{REFUSED[:-1]}** [1]. But it was Napoleon [1.1]."]
)
def test_the_model_may_say_that_the_glossary_does_not_answer_where_that_is_not_too_sure(
    explain: Explain, monkeypatch: pytest.MonkeyPatch, refusal: str, sure: float, status: str
) -> None:
    monkeypatch.setattr("assistant.assistant._SURE", sure)
    monkeypatch.setattr("assistant.assistant._UNSURE", 0.0)  # it is not asked what is meant
    answer, _ = explain(refusal, question="How many cups fill from a teapot of one litre?")
    assert answer.status == status
    assert "Napoleon" not in answer.text


def test_the_model_says_what_is_meant(
    explain: Explain, tea: Assistant, model_server: OpenAIServer
) -> None:
    meant = "Which company sold the first electric kettle in 1891?"
    said = "The first electric kettle was sold in 1891 by a company in Chicago."
    understood = f"question: {meant}\nsearch: first electric kettle\nintent: origin"
    text, history = "which Chicago company sold the earliest one", (tea.ask(QUESTION),)
    answer, _ = explain(understood, f"{said} [1.1]", question=text, history=history)
    assert (answer.rewording, answer.understood, answer.intent) == ("model", meant, "origin")
    assert _texts(answer)[0] == said
    assert len(model_server.requests) == 2


def test_a_reworded_question_bears_nothing_out(explain: Explain, tea: Assistant) -> None:
    understood = "question: Where does the kettle of Napoleon of 1805 come from?\nsearch: kettle"
    said = "The electric kettle was sold in 1805 by Napoleon in Chicago [1.1]."
    text, history = "where does it come from", (tea.ask(QUESTION),)
    answer, _ = explain(understood, said, question=text, history=history)
    assert "Napoleon" not in answer.text


@pytest.mark.parametrize(
    "reply",
    ["No idea.", "question: Hello\nsearch: kettle", "question: 🙂", Reply("question: x", wait=5)],
)
def test_or_the_rules_say_it(explain: Explain, tea: Assistant, reply: str | Reply) -> None:
    text, history, begun = "and how does it work?", (tea.ask(QUESTION),), time.monotonic()
    answer, _ = explain(reply, f"{TRUE} [1.1].", question=text, history=history, timeout=0.6)
    assert time.monotonic() - begun < 4.5  # a reply that would come after 5 is not waited for
    assert (answer.rewording, answer.writer) == ("rules", "explain")


def test_of_what_is_not_held_nothing_is_said(explain: Explain, model_server: OpenAIServer) -> None:
    answer, _ = explain(f"question: {CUP}\nsearch: cup\nintent: origin", question=CUP)
    assert answer.status == "not_in_glossary"
    assert len(model_server.requests) == 1  # what is meant was asked, and no answer


def test_what_is_answerable_is_asked(
    make_chat: MakeChat, tea: Assistant, model_server: OpenAIServer
) -> None:
    asks = (QUESTION, CUP, COMPARED)
    model_server.says(f"One is [1]. {REFUSED} Three is [2].")
    evidence = [tea.retriever.retrieve(each, "en") for each in asks]
    written = explaining.write(make_chat(), question(*asks), evidence, Account())
    assert [each.text for each in written if isinstance(each, Draft)] == ["One is.", "Three is."]
    assert f"| (1) {QUESTION}\n| (2) {COMPARED}\n" in asked(model_server)[1]
    assert "World Cup" not in asked(model_server)[1]


# What goes wrong


def test_if_it_is_too_long_half_is_tried(explain: Explain, model_server: OpenAIServer) -> None:
    answer, _ = explain(LONG, f"{TRUE} [1.1].")
    assert (answer.writer, _texts(answer)) == ("explain", [f"{TRUE}."])
    whole, half = (len(re.findall(r"(?m)^\| \[\d+\] ", asked(model_server, n)[1])) for n in (0, 1))
    assert half == (whole + 1) // 2


@pytest.mark.parametrize(
    ("reply", "kind", "says"),
    [
        (Reply(status=401), "key", "OPENAI_API_KEY"),
        (LONG, "context", "longer context"),
        (Reply(f"{TRUE} [1.1]. {TRUE_TOO} and it breaks off", drop=True), "failed", "broke off"),
        (Reply(TRUE, pause=5), "slow", "MASRAD_TIMEOUT"),
        (Reply(f"{FALSE} [1.1]."), "unsupported", "quoted instead"),  # nothing can be shown
    ],
)
def test_a_failure_ends_in_a_notice_and_the_glossarys_own_words(
    explain: Explain, model_server: OpenAIServer, reply: Reply, kind: str, says: str
) -> None:
    model_server.always = reply
    answer, events = explain(timeout=0.4)
    assert answer.notice
    assert (answer.writer, answer.status, answer.notice.kind) == ("quote", "answered", kind)
    assert says in answer.notice.message
    assert set(_supports(answer)) == {"quoted"}
    began = [event for event in events if isinstance(event, Began)]
    assert began == [Began("explain"), Began("quote", answer.notice)]
    assert [s.text for s in answer.withheld] == [f"{FALSE}."] * (kind == "unsupported")
