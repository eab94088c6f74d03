"""The chat model against a real server that speaks OpenAI's protocol, and against strict ones."""

import re
import threading
import time

import pytest
from langchain.messages import HumanMessage, SystemMessage

from assistant import GivenUpError, WriterError
from assistant.answer import Account, Usage
from assistant.chat import ChatModel
from tests.assistant.conftest import MakeChat
from tests.conftest import until
from tests.openai_server import OpenAIServer, Reply

SYSTEM, HUMAN = "Be brief.", "What is a kettle?"
ASKED = [SystemMessage(SYSTEM), HumanMessage(HUMAN)]
TEXT = "A kettle is a vessel: ماء، 水, naïve."
NOWHERE = "http://127.0.0.1:9/v1"


def _whole(chat: ChatModel, account: Account | None = None) -> str:
    return "".join(chat.stream(ASKED, account))


def _failure(chat: ChatModel) -> WriterError:
    with pytest.raises(WriterError, match=r"^[^\n]+\.$") as raised:
        _whole(chat)
    return raised.value


def test_what_is_put_to_a_server(chat: ChatModel, model_server: OpenAIServer) -> None:
    model_server.script.append(Reply(TEXT, size=1))
    assert _whole(chat) == TEXT
    request = model_server.requests[0]
    assert [each["role"] for each in request["messages"]] == ["system", "user"]
    assert [each["content"] for each in request["messages"]] == [SYSTEM, HUMAN]
    assert request["temperature"] == 0
    assert request["stream_options"] == {"include_usage": True}
    assert not {"max_tokens", "max_completion_tokens"} & set(request)
    assert model_server.keys == ["sk-test"]


def test_the_first_model_that_chats_is_asked(
    make_chat: MakeChat, model_server: OpenAIServer
) -> None:
    model_server.always = Reply(TEXT)
    offered = ["nomic-embed-text", "bge-reranker", "qwen", "llama"]
    for mine, models, model in (
        ("mine", offered, "mine"), (None, offered, "qwen"), (None, [], "gpt-4o-mini"),
    ):  # fmt: skip
        model_server.models = models
        chat = make_chat(chat_model=mine)
        assert _whole(chat) == TEXT
        assert chat.model == model == model_server.requests[-1]["model"]


@pytest.mark.parametrize("refused", ["temperature", "system", "all"])
def test_what_is_refused_is_left_out(
    chat: ChatModel, model_server: OpenAIServer, refused: str
) -> None:
    names = {"temperature", "stream_options", "system"} if refused == "all" else {refused}
    model_server.strict = names
    model_server.always = Reply(TEXT)
    for count in (len(names) + 1, len(names) + 2):
        assert _whole(chat) == TEXT
        assert len(model_server.requests) == count
    last = model_server.requests[-1]
    assert {"temperature", "stream_options"} - set(last) == names - {"system"}
    roles = [message["role"] for message in last["messages"]]
    assert roles == (["user"] if "system" in names else ["system", "user"])
    assert last["messages"][-1]["content"].endswith(HUMAN)
    assert SYSTEM in last["messages"][0]["content"]


def test_thoughts_before_a_reply_are_no_part_of_it(
    chat: ChatModel, model_server: OpenAIServer
) -> None:
    for text, said in {
        "<think>\nHm.\n</think>\n\nA kettle. <think>": "A kettle. <think>",
        "<th": "<th",
        "A <think>kettle</think>.": "A <think>kettle</think>.",
    }.items():
        model_server.script.extend([Reply(text, size=1), Reply(text, size=1000)])
        assert [_whole(chat), _whole(chat)] == [said, said]


def test_a_whole_reply_has_a_limit(chat: ChatModel, model_server: OpenAIServer) -> None:
    model_server.says(f"<think>{'Is it? ' * 500}</think>\n\nyes", "Let me see: yes?</think>no")
    assert [chat.ask(ASKED) for _ in range(2)] == ["yes", "no"]
    model_server.script.append(Reply("word " * 10_000, size=50))
    assert len(chat.ask(ASKED) or "") in range(1, 16_000)


def test_a_slow_model_gives_no_whole_reply(chat: ChatModel, model_server: OpenAIServer) -> None:
    for reply in (Reply(status=401), Reply("<think>I go"), Reply(TEXT, wait=3)):
        model_server.script.append(reply)
        begun = time.monotonic()
        assert chat.ask(ASKED, seconds=0.3) is None
        assert time.monotonic() - begun < 1.5
    model_server.script.append(Reply("on and on " * 40, pause=0.1))
    assert chat.ask(ASKED, seconds=0.3) is None
    until(lambda: model_server.hung_up)


def test_what_it_took_is_told_or_estimated(make_chat: MakeChat, model_server: OpenAIServer) -> None:
    chat, account = make_chat(input_price=2.0, output_price=10.0), Account()
    model_server.script.append(Reply(TEXT, usage=(1000, 500)))
    _whole(chat, account)
    assert account.usage == Usage(1000, 500, estimated=False, cost=0.007)
    account = Account()
    model_server.says("ماء ساخن")
    _whole(make_chat(), account)
    # Of what is Latin a quarter, spaces too; of all else half.
    assert account.usage == Usage(7, 4, estimated=True, cost=None)
    account = Account()
    model_server.script.append(Reply("word " * 1000, usage=(1000, 1000)))
    stream = make_chat().stream(ASKED, account)
    assert next(stream) == "word "
    del stream  # it is read no further, and counted as far as it came
    assert account.usage == Usage(7, 2, estimated=True)


# What goes wrong


@pytest.mark.parametrize(
    ("reply", "kind", "says", "requests"),
    [
        (Reply(status=401), "key", "check OPENAI_API_KEY", 1),
        (Reply("no such model", status=404), "model", "check MASRAD_CHAT_MODEL", 1),
        (Reply("Limit: 3", status=429, retry_after=0.01), "busy", "wait a minute", 3),
        (Reply(status=500, retry_after=0.01), "failed", "ask again", 3),
        (Reply("Bad Request", status=400), "failed", "status 400", 1),  # what it refuses is not
        (Reply("`temperature` is deprecated", status=422), "failed", "422", 2),  # left out, and yet
        (Reply("context length is 8192", status=400), "context", "longer context", 1),
        (Reply(TEXT * 9, drop=True), "failed", "broke off", 1),  # half of it was read
        (Reply(TEXT * 9, fault="rate_limit_exceeded"), "busy", "wait a minute", 1),
        (Reply(TEXT, finish="content_filter"), "content", "other words", 1),
        (Reply(" \n"), "failed", "said nothing", 1),
        (Reply(TEXT, wait=5), "slow", "MASRAD_TIMEOUT", 3),  # it is asked twice more
        (Reply(TEXT, stall_after=10, pause=5), "slow", "MASRAD_TIMEOUT", 1),
        (Reply("word " * 1000, pause=0.02), "slow", "MASRAD_TIMEOUT", 1),  # ten times as long
    ],
)
def test_a_failure_is_one_sentence_that_says_what_to_do(  # noqa: PLR0913, PLR0917
    make_chat: MakeChat,
    model_server: OpenAIServer,
    reply: Reply,
    kind: str,
    says: str,
    requests: int,
) -> None:
    model_server.always = reply
    failure = _failure(make_chat(timeout=0.4 if kind == "slow" else 10))
    assert failure.kind == kind
    assert re.search(says, str(failure))
    assert len(model_server.requests) == requests


def test_a_server_that_is_not_there(make_chat: MakeChat) -> None:
    assert make_chat(OPENAI_BASE_URL=NOWHERE).model == ""
    for name in (None, "mine"):
        failure = _failure(make_chat(OPENAI_BASE_URL=NOWHERE, chat_model=name))
        assert failure.kind == "unreachable"
        assert "OPENAI_BASE_URL" in str(failure)


@pytest.mark.parametrize("reply", [Reply(TEXT, wait=60), Reply(TEXT * 200, pause=0.1)])
def test_one_given_up_is_hung_up_on(
    chat: ChatModel, model_server: OpenAIServer, reply: Reply
) -> None:
    model_server.always = reply
    given_up = threading.Event()
    threading.Timer(0.3, given_up.set).start()
    begun = time.monotonic()
    with pytest.raises(GivenUpError):
        _whole(chat, Account(given_up=given_up.is_set))
    assert time.monotonic() - begun < 2
    until(lambda: model_server.hung_up)
