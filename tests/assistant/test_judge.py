"""The judge: one request for all sentences of an answer, and what models reply to it."""

import time

import pytest

from assistant.answer import Account, Usage
from assistant.chat import ChatModel
from assistant.judge import Judge, Verdict, parsed
from assistant.verification import Claim
from tests.assistant.conftest import asked
from tests.openai_server import OpenAIServer, Reply

QUESTION = "What is a kettle?"
CLAIMS = (
    Claim("A kettle boils water.", ("A kettle is a vessel for boiling water.",), "Kettle"),
    Claim("It has a lid.", ("It has a spout and a handle.",), "Kettle", "A kettle boils water."),
)
YES = Verdict(borne_out=True)


def _no(why: str = "") -> Verdict:
    return Verdict(borne_out=False, why=why)


@pytest.fixture
def judge(chat: ChatModel) -> Judge:
    return Judge(chat, 10)


@pytest.mark.parametrize(
    "line",
    [
        "3 no: a lid",
        "**3**: no, a lid",
        "[3] NO a lid",
        "(3) false: a lid",
        "- Claim 3: no: a lid",
        "| 3 | no | a lid |",
        "٣ لا: a lid",
    ],
)
def test_a_verdict_is_read_in_whatever_shape_it_comes(line: str) -> None:
    assert parsed(line, 3) == {3: _no("a lid")}
    assert parsed(line.replace("3", "1").replace("٣", "1"), 1) == {1: _no("a lid")}


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("**1**: Yes.\r\n\n2 no\n3 نعم\n0 true, all of it", {1: YES, 2: _no(), 3: YES, 0: YES}),
        (
            "1 no: a lid\nOn reflection:\n1 yes\n2 no: a base",
            {1: YES, 2: _no("a base")},
        ),  # the last
        ("2 yes\n4 no: a lid\n100 yes", {2: YES}),  # what was not given is passed over
    ],
)
def test_each_line_is_one_verdict(reply: str, found: dict[int, Verdict]) -> None:
    assert parsed(reply, 3) == found
    assert len(parsed(f"1 no: {'a lid ' * 200}", 1)[1].why) <= 120


@pytest.mark.parametrize(
    "reply", ["", "no", "All are borne out.", "1", "1 perhaps", "1 yesterday", "1.5 yes", "2024 no"]
)
def test_nonsense_is_no_verdict(reply: str) -> None:
    assert parsed(reply, 2) == {}


def test_all_claims_are_judged_by_one_request_with_all_that_they_are_held_against(
    judge: Judge, model_server: OpenAIServer
) -> None:
    account = Account()
    reply = "<think>1 no? It boils water.\n1 yes, 2 no.</think>\n1 yes\n2 no: a lid\n0 yes"
    model_server.script.append(Reply(reply, usage=(90, 30)))
    quotes = ("It boils water.", "It is hot.")
    claim = Claim(
        "It may\nboil oil.", quotes, "Kettle", "A kettle is a vessel.", ("hedge", "cause")
    )
    found = judge.verdicts(QUESTION, [*CLAIMS, claim], account)
    assert found == {1: YES, 2: _no("a lid"), 0: YES}
    assert account.usage == Usage(90, 30)
    assert len(model_server.requests) == 1
    assert model_server.requests[0]["temperature"] == 0
    system, human = asked(model_server)
    assert "0 yes" in system  # whether the question is answered is asked, too
    material = [line[2:] for line in human.splitlines() if line.startswith("| ")]
    assert material[0] == QUESTION
    assert material[-7:-2] == [
        "3. It may boil oil.",
        "   about: Kettle",
        "   before it: A kettle is a vessel.",
        "   quote: It boils water.",
        "   quote: It is hot.",
    ]
    assert [line.split()[-1] for line in material[-2:]] == ["hedge", "cause"]


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (Reply("1 yes\n2 no: a li", finish="length"), {1: YES, 2: _no("a li")}),
        (Reply("<think>1 yes, but is 2", finish="length"), {}),
        (Reply(""), {}),
        (Reply("I cannot help with that."), {}),
        (Reply("1 yes\n2 yes\n0 yes", drop=True), {}),
        (Reply(status=500, retry_after=0.01), {}),
    ],
)
def test_of_a_model_that_fails_there_is_what_it_said_or_nothing(
    judge: Judge, model_server: OpenAIServer, reply: Reply, found: dict[int, Verdict]
) -> None:
    model_server.always = reply
    assert judge.verdicts(QUESTION, CLAIMS) == found


@pytest.mark.parametrize("reply", [Reply("1 yes", wait=3), Reply("1 yes\n2 yes", pause=1)])
def test_a_slow_model_is_waited_for_as_long_as_the_time_out_and_no_longer(
    chat: ChatModel, model_server: OpenAIServer, reply: Reply
) -> None:
    model_server.always = reply
    begun = time.monotonic()
    assert Judge(chat, 0.4).verdicts(QUESTION, CLAIMS) == {}
    assert time.monotonic() - begun < 1.5
