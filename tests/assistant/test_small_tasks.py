"""What else a chat model is asked for: what a question means, and whether a claim is borne out."""

import pytest

from assistant import judge, understanding
from assistant.answer import Account, Answer, Usage
from assistant.chat import ChatModel
from assistant.judge import Verdict, verdicts
from assistant.understanding import Understanding, understood
from assistant.verification import Claim
from knowledge.search.intent import CHAT, INTENTS
from tests.assistant.conftest import asked
from tests.openai_server import OpenAIServer, Reply

QUESTION = "And how does it work?"
REPLY = "question: How does a kettle work?\nsearch: kettle\nsearch: heating coil\nintent: mechanism"
UNDERSTOOD = Understanding("How does a kettle work?", ("kettle", "heating coil"), "mechanism")
MANY = Understanding("Why?", ("q0", "q1", "q2"))
MARKED = (
    "**Question:** “How does a kettle work?”\r\n- SEARCH : «kettle»\n3. search 2: 'heating coil'\n"
    "* Intent: Mechanism."
)
YES = Verdict(borne_out=True)


def _no(why: str = "") -> Verdict:
    return Verdict(borne_out=False, why=why)


# What a question means


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (MARKED, UNDERSTOOD),
        (f"question: How does it work?\n{REPLY}\nsearch: kettle", UNDERSTOOD),  # the last
        ("Question：لماذا؟\nsearch:\nintent: cause", Understanding("لماذا؟", (), "cause")),
        ("question: Why?\nintent: poem", Understanding("Why?")),
        ("question: Why?\nintent: thanks", Understanding("Why?")),  # that is small talk
        ("question: Why?\n" + "".join(f"search: q{n}\n" for n in range(9)), MANY),
        ("search: kettle\nintent: cause", None),
        ("That is a good question: it boils.", None),
        ('{"question": "How does a kettle work?"}', None),
    ],
)
def test_a_meaning_is_read_in_whatever_shape(reply: str, found: Understanding | None) -> None:
    assert understanding.parsed(reply) == found


def test_one_request_understands_a_question(chat: ChatModel, model_server: OpenAIServer) -> None:
    account, answered = Account(), "A kettle is a vessel for boiling water. [1] " * 20
    history = [
        Answer("", f"Question {n}?", "en", "answered", 0.9, "quote", answered) for n in range(5)
    ]
    reply = f"<think>\nquestion: of what?\n</think>\n{REPLY}"
    model_server.script.append(Reply(reply, usage=(50, 20)))
    found = understood(chat, QUESTION, history, ["Kettle"], account, languages=("en", "ar"))
    assert found == UNDERSTOOD
    assert account.usage == Usage(50, 20)
    assert len(model_server.requests) == 1
    system, human = asked(model_server)
    assert all(f"| {each}" in human for each in (QUESTION, "Kettle"))
    assert [n for n in range(5) if f"Question {n}?" in human] == [2, 3, 4]  # the latest
    assert human.count("boiling") < 3 * 15
    assert all(name in system for name in ("English", "العربية"))
    assert all(intent in system for intent in INTENTS if intent not in CHAT)


# Whether a claim is borne out


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("2 no: a lid", {2: _no("a lid")}),
        ("- Claim 2: false: a lid", {2: _no("a lid")}),
        ("| 2 | no | a lid |", {2: _no("a lid")}),
        ("٢ لا: a lid", {2: _no("a lid")}),
        ("**1**: Yes.\r\n\n2 no\n3 نعم\n0 true, all of it", {1: YES, 2: _no(), 3: YES, 0: YES}),
        ("1 no: a lid\nOn reflection:\n1 yes", {1: YES}),  # the last
        ("2 yes\n4 no: a lid\n100 yes", {2: YES}),  # what was not given is passed over
        ("no\nAll are borne out.\n1\n1 perhaps\n1 yesterday\n1.5 yes\n2024 no", {}),
    ],
)
def test_each_line_is_a_verdict_in_any_shape(reply: str, found: dict[int, Verdict]) -> None:
    assert judge.parsed(reply, 3) == found


def test_one_request_judges_all_claims(chat: ChatModel, model_server: OpenAIServer) -> None:
    account, quotes = Account(), ("It boils water.", "It is hot.")
    claims = (
        Claim("It has a lid.", ("It has a spout.",), "Kettle", "A kettle boils water."),
        Claim("It may\nboil oil.", quotes, "Kettle", "It is a vessel.", ("hedge", "cause")),
    )
    reply = "<think>1 no? It boils water.\n1 yes, 2 no.</think>\n1 yes\n2 no: a lid\n0 yes"
    model_server.script.append(Reply(reply, usage=(90, 30)))
    found = verdicts(chat, QUESTION, claims, account)
    assert found == {1: YES, 2: _no("a lid"), 0: YES}
    assert account.usage == Usage(90, 30)
    assert len(model_server.requests) == 1
    system, human = asked(model_server)
    assert "0 yes" in system  # whether the question is answered is asked, too
    material = [line[2:] for line in human.splitlines() if line.startswith("| ")]
    assert material[0] == QUESTION
    assert material[-7:-2] == [
        "2. It may boil oil.",
        "   about: Kettle",
        "   before it: It is a vessel.",
        "   quote: It boils water.",
        "   quote: It is hot.",
    ]
    assert [line.split()[-1] for line in material[-2:]] == ["hedge", "cause"]


def test_of_a_judge_cut_off_its_verdicts_count(chat: ChatModel, model_server: OpenAIServer) -> None:
    said, thought = "1 yes\n2 no: a li", "<think>1 yes, but is 2"
    model_server.script += [Reply(said, finish="length"), Reply(thought, finish="length")]
    model_server.always = Reply("1 yes\n2 yes\n0 yes", drop=True)
    claims = [Claim("It boils.", ("It boils.",), "Kettle")] * 2
    found = [verdicts(chat, QUESTION, claims, Account()) for _ in range(3)]
    assert found == [{1: YES, 2: _no("a li")}, {}, {}]
