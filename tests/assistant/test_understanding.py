"""What a question means and what to look up for it, as a chat model says it."""

import time

import pytest

from assistant.answer import Account, Answer, Usage
from assistant.chat import ChatModel
from assistant.understanding import Understander, Understanding, parsed
from knowledge.search.intent import CHAT, INTENTS
from tests.assistant.conftest import asked
from tests.openai_server import OpenAIServer, Reply

QUESTION = "And how does it work?"
REPLY = "question: How does a kettle work?\nsearch: kettle\nsearch: heating coil\nintent: mechanism"
UNDERSTOOD = Understanding("How does a kettle work?", ("kettle", "heating coil"), "mechanism")
ANSWER = "A kettle is a vessel for boiling water. [1] " * 20
HISTORY = [
    Answer("", f"Question {n}?", "en", "answered", 0.9, "quote", f"{n}: {ANSWER}") for n in range(5)
]
MARKED = (
    "**Question:** “How does a kettle work?”\r\n- SEARCH : «kettle»\n3. search 2: 'heating coil'\n"
    "* Intent: Mechanism."
)


@pytest.fixture
def understander(chat: ChatModel) -> Understander:
    return Understander(chat, 10, ("en", "ar"))


@pytest.mark.parametrize(
    "reply",
    [
        REPLY,
        MARKED,
        f"Here they are:\n\n```\n{REPLY}\n```",
        f"question: How does it work?\n{REPLY}\nsearch: kettle",  # the last; each once
    ],
)
def test_a_reply_is_read_in_whatever_shape_it_comes(reply: str) -> None:
    assert parsed(reply) == UNDERSTOOD


@pytest.mark.parametrize(
    ("reply", "understood"),
    [
        ("Question：لماذا؟\nsearch:\nintent: cause", Understanding("لماذا؟", (), "cause")),
        ("question: Why?\nintent: poem", Understanding("Why?")),
        ("question: Why?\nintent: thanks", Understanding("Why?")),  # that is small talk
        ("search: kettle\nintent: cause", None),
        ("question:\nsearch: kettle", None),
        ("That is a good question: it boils.", None),
        ('{"question": "How does a kettle work?"}', None),
    ],
)
def test_the_question_is_enough_and_without_it_nothing_is_understood(
    reply: str, understood: Understanding | None
) -> None:
    assert parsed(reply) == understood


def test_a_line_is_no_essay_and_queries_are_three_at_most() -> None:
    found = parsed(f"question: {'why ' * 500}\n" + "".join(f"search: q{n}\n" for n in range(9)))
    assert found
    assert len(found.question) <= 300
    assert found.queries == ("q0", "q1", "q2")


def test_a_question_is_understood_by_one_request(
    understander: Understander, model_server: OpenAIServer
) -> None:
    account = Account()
    reply = f"<think>\nquestion: of what?\n</think>\n{REPLY}"
    model_server.script.append(Reply(reply, usage=(50, 20)))
    assert understander.understood(QUESTION, HISTORY, ["Kettle"], account) == UNDERSTOOD
    assert account.usage == Usage(50, 20)
    assert len(model_server.requests) == 1
    system, human = asked(model_server)
    assert all(f"| {each}" in human for each in (QUESTION, "Kettle"))
    assert [n for n in range(5) if f"Question {n}?" in human] == [2, 3, 4]  # the latest
    assert human.count("boiling") < 3 * 15
    assert all(name in system for name in ("English", "العربية"))
    assert all(intent in system for intent in INTENTS if intent not in CHAT)


@pytest.mark.parametrize(
    "reply",
    [
        Reply("It boils water."),
        Reply(""),
        Reply(REPLY, drop=True),
        Reply(status=401),
        Reply(REPLY, wait=3),
        Reply(REPLY, pause=0.2),
    ],
)
def test_a_model_that_fails_or_is_slow_is_done_without(
    chat: ChatModel, model_server: OpenAIServer, reply: Reply
) -> None:
    model_server.always = reply
    begun = time.monotonic()
    assert Understander(chat, 0.4, ("en",)).understood(QUESTION, HISTORY, []) is None
    assert time.monotonic() - begun < 1.5
