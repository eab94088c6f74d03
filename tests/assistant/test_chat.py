"""The chat model against a real server that speaks OpenAI's protocol, and against strict ones."""

import json
import threading
import time

import pytest
from langchain.messages import HumanMessage, SystemMessage

from assistant import GivenUpError, WriterError
from assistant.answer import Account, Usage
from assistant.chat import ChatModel
from tests.assistant.conftest import MakeChat
from tests.openai_server import OpenAIServer, Reply

SYSTEM, HUMAN = "Be brief.", "What is a kettle?"
ASKED = [SystemMessage(SYSTEM), HumanMessage(HUMAN)]
TEXT = "A kettle is a vessel: ماء، 水, naïve."
NOWHERE = "http://127.0.0.1:9/v1"


def _whole(chat: ChatModel, account: Account | None = None) -> str:
    return "".join(chat.stream(ASKED, account))


def _failure(chat: ChatModel) -> WriterError:
    with pytest.raises(WriterError) as raised:
        _whole(chat)
    return raised.value


def test_it_sends_a_system_message_no_temperature_and_asks_for_usage(
    chat: ChatModel, model_server: OpenAIServer
) -> None:
    model_server.script.append(Reply(TEXT, size=1))
    assert _whole(chat) == TEXT
    request = model_server.requests[0]
    assert request["messages"] == [
        {"role": "system", "content": SYSTEM},
        {"role": "user", "content": HUMAN},
    ]
    assert request["temperature"] == 0
    assert request["stream_options"] == {"include_usage": True}
    assert not {"max_tokens", "max_completion_tokens"} & set(request)
    assert model_server.keys == ["sk-test"]


def test_the_model_is_the_one_set_or_the_first_that_chats(
    make_chat: MakeChat, model_server: OpenAIServer
) -> None:
    assert make_chat(chat_model="mine").model == "mine"
    model_server.models = ["nomic-embed-text", "bge-reranker", "qwen", "llama"]
    assert make_chat().model == "qwen"
    model_server.models = []
    assert make_chat().model == "gpt-4o-mini"
    assert make_chat(OPENAI_BASE_URL=NOWHERE).model == ""


@pytest.mark.parametrize("refused", ["temperature", "stream_options", "system", "all"])
def test_what_a_server_refuses_is_left_out_at_once_and_from_then_on(
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


@pytest.mark.parametrize(
    ("reply", "requests"),
    [
        (Reply("Bad Request", status=400), 1),  # it says nothing of what it refuses
        (
            Reply("`temperature` is deprecated for this model.", status=422),
            2,
        ),  # left out, and still
    ],
)
def test_what_cannot_be_left_out_fails(
    chat: ChatModel, model_server: OpenAIServer, reply: Reply, requests: int
) -> None:
    model_server.always = reply
    assert _failure(chat).kind == "failed"
    assert len(model_server.requests) == requests


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<think>\nHm.\n</think>\n\nA kettle. <think>", "A kettle. <think>"),
        ("<thin kettle", "<thin kettle"),
        ("<th", "<th"),
        ("A <think>kettle</think>.", "A <think>kettle</think>."),
    ],
)
def test_what_a_model_thinks_aloud_first_is_no_part_of_the_reply(
    chat: ChatModel, model_server: OpenAIServer, text: str, said: str, size: int
) -> None:
    model_server.script.append(Reply(text, size=size))
    assert _whole(chat) == said


def test_a_whole_reply_has_room_for_thoughts_and_a_limit(
    chat: ChatModel, model_server: OpenAIServer
) -> None:
    account = Account()
    model_server.says(f"<think>{'Is it? ' * 500}</think>\n\nyes", "Let me see: yes?</think>no")
    assert [chat.ask(ASKED, 16, account) for _ in range(2)] == ["yes", "no"]
    assert account.calls == 2
    model_server.script.append(Reply("word " * 10_000, size=50))
    assert len(chat.ask(ASKED, 16) or "") in range(1, 300)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=401),
        Reply(TEXT, drop=True),
        Reply("<think>I go round and round"),
        Reply(TEXT, wait=3),
        Reply(TEXT, stall_after=10, pause=3),
        Reply("on and on " * 40, pause=0.1),
    ],
)
def test_a_model_that_fails_or_is_slow_gives_no_reply_and_is_let_go(
    chat: ChatModel, model_server: OpenAIServer, reply: Reply
) -> None:
    model_server.always = reply
    begun = time.monotonic()
    assert chat.ask(ASKED, 400, seconds=0.4) is None
    assert time.monotonic() - begun < 1.5
    if reply.pause:
        _hung_up(model_server)


def test_what_it_took_is_what_the_server_tells_or_else_estimated_by_length(
    make_chat: MakeChat, model_server: OpenAIServer
) -> None:
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


def test_a_reply_that_was_cut_short_is_no_failure(
    chat: ChatModel, model_server: OpenAIServer
) -> None:
    account = Account()
    model_server.script.extend([Reply("A kettle is a", finish="length"), Reply("A kettle.")])
    assert _whole(chat, account) == "A kettle is a"
    assert account.cut
    _whole(chat, account)
    assert not account.cut


# What goes wrong


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (400, "This model's maximum context length is 8192 tokens. Please reduce.", "context"),
        (500, "the request exceeds the available context size. try increasing it", "context"),
        (400, "prompt is too long: 210000 tokens > 200000 maximum", "context"),
        (413, "Payload Too Large", "context"),
        (429, "Request too large for gpt-4o: Limit 10000, Requested 12000.", "context"),
        (400, "The response was filtered due to our content management policy.", "content"),
        (400, "Your prompt was flagged as potentially violating our usage policy.", "content"),
    ],
)
def test_the_usual_words_of_servers_are_understood(
    chat: ChatModel, model_server: OpenAIServer, status: int, said: str, kind: str
) -> None:
    model_server.always = Reply(said, status=status, retry_after=0.01)
    failure = _failure(chat)
    assert (failure.kind, failure.retry) == (kind, False)


@pytest.mark.parametrize(
    ("reply", "kind", "says", "requests"),
    [
        (Reply(status=401), "key", "check OPENAI_API_KEY", 1),
        (Reply("no such model", status=404), "model", "check MASRAD_CHAT_MODEL", 1),
        (Reply("Limit: 3", status=429, retry_after=0.01), "busy", "wait a minute", 3),
        (Reply(status=500, retry_after=0.01), "failed", "ask again", 3),
        (Reply(status=400, code="content_filter"), "content", "other words", 1),
        (Reply(TEXT * 9, drop=True), "failed", "broke off", 1),  # half of it was read
        (Reply(TEXT, finish=None), "failed", "broke off", 1),
        (Reply(TEXT * 9, fault="rate_limit_exceeded"), "busy", "wait a minute", 1),
        (Reply(TEXT, finish="content_filter"), "content", "other words", 1),
        (Reply(" \n"), "failed", "said nothing", 1),
    ],
)
def test_a_failure_is_one_sentence_that_says_what_to_do(  # noqa: PLR0913, PLR0917
    chat: ChatModel, model_server: OpenAIServer, reply: Reply, kind: str, says: str, requests: int
) -> None:
    model_server.always = reply
    failure = _failure(chat)
    assert failure.kind == kind
    assert failure.retry == (kind in ("busy", "failed"))
    assert says in str(failure)
    assert str(failure).endswith(".")
    assert "\n" not in str(failure)
    assert len(model_server.requests) == requests


@pytest.mark.parametrize("status", [429, 503])
def test_a_failure_that_passes_is_tried_again_when_the_server_says(
    chat: ChatModel, model_server: OpenAIServer, status: int
) -> None:
    model_server.script.extend([Reply(status=status, retry_after=0.2)] * 2)
    model_server.says(TEXT)
    begun = time.monotonic()
    assert _whole(chat) == TEXT
    assert 0.4 <= time.monotonic() - begun < 5


def test_a_server_that_is_not_there(make_chat: MakeChat) -> None:
    for name in (None, "mine"):
        failure = _failure(make_chat(OPENAI_BASE_URL=NOWHERE, chat_model=name))
        assert (failure.kind, failure.retry) == ("unreachable", True)
        assert "OPENAI_BASE_URL" in str(failure)


@pytest.mark.parametrize(
    ("reply", "requests"),
    [
        (Reply(TEXT, wait=5), 3),  # what says nothing at all is asked twice more
        (Reply(TEXT, stall_after=10, pause=5), 1),
        (Reply("word " * 1000, pause=0.02), 1),  # a whole answer may take ten times as long
    ],
)
def test_silence_is_not_waited_for_for_ever(
    make_chat: MakeChat, model_server: OpenAIServer, reply: Reply, requests: int
) -> None:
    model_server.always = reply
    begun = time.monotonic()
    failure = _failure(make_chat(timeout=0.25))
    assert (failure.kind, failure.retry) == ("slow", True)
    assert "MASRAD_TIMEOUT" in str(failure)
    assert time.monotonic() - begun < 8
    assert len(model_server.requests) == requests


def test_a_reply_that_is_no_reply_of_the_protocol(
    chat: ChatModel, model_server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json, "dumps", lambda *_, **__: "{")
    model_server.always = Reply(TEXT)
    assert _failure(chat).kind == "failed"


@pytest.mark.parametrize(
    "reply",
    [Reply(TEXT, wait=60), Reply(TEXT, stall_after=10, pause=60), Reply(TEXT * 200, pause=0.1)],
    ids=["not begun", "silent", "speaking"],
)
def test_a_request_that_is_given_up_is_hung_up_on(
    chat: ChatModel, model_server: OpenAIServer, reply: Reply
) -> None:
    model_server.always = reply
    given_up = threading.Event()
    threading.Timer(0.5, given_up.set).start()
    begun = time.monotonic()
    with pytest.raises(GivenUpError):
        _whole(chat, Account(given_up=given_up.is_set))
    assert time.monotonic() - begun < 2
    _hung_up(model_server)


def _hung_up(server: OpenAIServer) -> None:
    """Waits until the server has seen that its client has left."""
    until = time.monotonic() + 5
    while not server.hung_up:
        assert time.monotonic() < until
        time.sleep(0.02)
