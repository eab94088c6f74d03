"""The chat model against a real server that speaks OpenAI's protocol, and against strict ones."""

import json
import threading
import time
from collections.abc import Callable

import pytest
from langchain.messages import HumanMessage, SystemMessage

from assistant import GivenUpError, WriterError
from assistant.answer import Account, Usage
from assistant.chat import ChatModel
from assistant.settings import Settings
from tests.openai_server import OpenAIServer, Reply

SYSTEM, HUMAN = "Be brief.", "What is a kettle?"
ASKED = [SystemMessage(SYSTEM), HumanMessage(HUMAN)]
TEXT = "A kettle is a vessel: ماء، 水, naïve."

MakeChat = Callable[..., ChatModel]


@pytest.fixture
def make(model_server: OpenAIServer) -> MakeChat:
    """Makes chat models behind the scripted server."""

    def made(**settings: object) -> ChatModel:
        values = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-test", **settings}
        return ChatModel(Settings(_env_file=None, **values))  # type: ignore[arg-type]

    return made


@pytest.fixture
def chat(make: MakeChat) -> ChatModel:
    return make()


def _whole(chat: ChatModel, account: Account | None = None) -> str:
    return "".join(chat.stream(ASKED, account))


def _failure(chat: ChatModel) -> WriterError:
    with pytest.raises(WriterError) as raised:
        _whole(chat)
    return raised.value


# What is sent


def test_it_sends_a_system_message_no_temperature_and_asks_for_usage(
    chat: ChatModel, model_server: OpenAIServer
) -> None:
    model_server.says(TEXT)
    assert _whole(chat) == TEXT
    request = model_server.requests[0]
    assert request["messages"] == [
        {"role": "system", "content": SYSTEM},
        {"role": "user", "content": HUMAN},
    ]
    assert request["temperature"] == 0
    assert request["stream_options"] == {"include_usage": True}
    assert request["model"] == "test-model"
    assert not {"max_tokens", "max_completion_tokens"} & set(request)
    assert model_server.keys == ["sk-test"]


# What a server refuses


@pytest.mark.parametrize(
    "refused",
    [
        ["temperature"],
        ["stream_options"],
        ["system of a template"],
        ["temperature", "stream_options", "system"],
    ],
)
def test_what_a_server_refuses_is_left_out_at_once_and_from_then_on(
    chat: ChatModel, model_server: OpenAIServer, refused: list[str]
) -> None:
    model_server.strict = set(refused)
    model_server.always = Reply(TEXT)
    assert _whole(chat) == TEXT
    assert len(model_server.requests) == len(refused) + 1
    assert _whole(chat) == TEXT
    assert len(model_server.requests) == len(refused) + 2
    last = model_server.requests[-1]
    assert ("temperature" in last) == ("temperature" not in refused)
    assert ("stream_options" in last) == ("stream_options" not in refused)
    if "system" in refused[-1]:
        assert last["messages"] == [{"role": "user", "content": f"{SYSTEM}\n\n{HUMAN}"}]
    else:
        assert [message["role"] for message in last["messages"]] == ["system", "user"]


# A short reply


def test_a_model_that_heeds_no_limit_is_stopped(
    chat: ChatModel, model_server: OpenAIServer
) -> None:
    model_server.script.append(Reply("word " * 10_000, size=50))
    assert len(chat.ask(ASKED, 16) or "") in range(1, 300)


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<think>\nHm.\n</think>\n\nA kettle. <think>", "A kettle. <think>"),
        ("\n<think></think>A kettle.", "A kettle."),
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


def test_thoughts_alone_are_no_reply(chat: ChatModel, model_server: OpenAIServer) -> None:
    model_server.says("<think>I go round and round")
    assert "said nothing" in str(_failure(chat))


# A reply in time


@pytest.mark.parametrize(
    "reply", [Reply(TEXT, wait=3), Reply(TEXT, stall_after=10, pause=3), Reply(TEXT, pause=0.5)]
)
def test_a_model_that_is_slow_is_waited_for_no_longer(
    chat: ChatModel, model_server: OpenAIServer, reply: Reply
) -> None:
    model_server.always = reply
    begun = time.monotonic()
    assert chat.ask(ASKED, 16, seconds=0.3) is None
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    "reply", [Reply(status=401), Reply(TEXT, drop=True), Reply(""), Reply("<think>Hm.")]
)
def test_a_model_that_fails_gives_no_reply(
    chat: ChatModel, model_server: OpenAIServer, reply: Reply
) -> None:
    model_server.always = reply
    assert chat.ask(ASKED, 16, seconds=5) is None


# What it takes


def test_what_it_took_is_what_the_server_tells(make: MakeChat, model_server: OpenAIServer) -> None:
    chat, account = make(input_price=2.0, output_price=10.0), Account()
    model_server.script.append(Reply(TEXT, usage=(1000, 500)))
    _whole(chat, account)
    assert account.usage == Usage(1000, 500, estimated=False, cost=0.007)


def test_where_the_server_tells_nothing_it_is_estimated_by_length(
    chat: ChatModel, model_server: OpenAIServer
) -> None:
    account = Account()
    model_server.says("ماء ساخن")
    _whole(chat, account)
    # Of what is Latin a quarter, spaces too; of all else half.
    assert account.usage == Usage(7, 4, estimated=True, cost=None)


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


CONTEXT = [
    (400, "This model's maximum context length is 8192 tokens. Please reduce the messages."),
    (400, "request (4390 tokens) exceeds the available context size (4096 tokens)"),
    (400, "prompt is too long: 210000 tokens > 200000 maximum"),
    (413, "Payload Too Large"),
    (429, "Request too large for gpt-4o on tokens per min (TPM): Limit 10000, Requested 12000."),
]
CONTENT = [
    (400, "The response was filtered due to Azure OpenAI's content management policy."),
    (400, "Your prompt was flagged as potentially violating our usage policy."),
]


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        *((Reply(text, status=status, retry_after=0.01), "context") for status, text in CONTEXT),
        *((Reply(text, status=status), "content") for status, text in CONTENT),
        (Reply("No.", status=400, code="context_length_exceeded"), "context"),
        (Reply("No.", status=400, type="exceed_context_size_error"), "context"),
        (Reply("No.", status=400, code="content_filter"), "content"),
        (Reply("No.", status=400, code="content_policy_violation"), "content"),
    ],
)
def test_the_usual_words_of_servers_are_understood(
    chat: ChatModel, model_server: OpenAIServer, reply: Reply, kind: str
) -> None:
    model_server.always = reply
    failure = _failure(chat)
    assert (failure.kind, failure.retry) == (kind, False)
    assert len(model_server.requests) == (1 if reply.status < 429 else 3)


@pytest.mark.parametrize(
    ("reply", "kind", "says"),
    [
        (Reply(status=401), "key", "check OPENAI_API_KEY"),
        (Reply("no such model", status=404), "model", "check MASRAD_CHAT_MODEL"),
        (Reply(status=429, retry_after=0.01), "busy", "wait a minute"),
        (Reply(status=500, retry_after=0.01), "failed", "ask again"),
        (Reply(TEXT * 9, drop=True), "failed", "broke off"),
        (Reply(TEXT, finish=None), "failed", "broke off"),
        (Reply(TEXT * 9, fault="rate_limit_exceeded"), "busy", "wait a minute"),
        (Reply(TEXT, finish="content_filter"), "content", "other words"),
        (Reply(""), "failed", "said nothing"),
    ],
)
def test_a_failure_is_one_sentence_that_says_what_to_do(
    chat: ChatModel, model_server: OpenAIServer, reply: Reply, kind: str, says: str
) -> None:
    model_server.always = reply
    failure = _failure(chat)
    assert failure.kind == kind
    assert failure.retry == (kind in ("busy", "failed"))
    assert says in str(failure)
    assert str(failure).endswith(".")
    assert "\n" not in str(failure)


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
def test_a_failure_that_passes_is_tried_again(
    chat: ChatModel, model_server: OpenAIServer, status: int
) -> None:
    model_server.script.extend([Reply(status=status, retry_after=0.01)] * 2)
    model_server.says(TEXT)
    assert _whole(chat) == TEXT


def test_a_server_that_is_not_there() -> None:
    chat = ChatModel(Settings(_env_file=None, OPENAI_BASE_URL="http://127.0.0.1:9/v1"))
    failure = _failure(chat)
    assert (failure.kind, failure.retry) == ("unreachable", True)
    assert "OPENAI_BASE_URL" in str(failure)


@pytest.mark.parametrize(
    "reply",
    [Reply(TEXT, pause=5), Reply(TEXT, stall_after=10, pause=5)],
    ids=["at the beginning", "in the middle"],
)
def test_silence_is_not_waited_for_for_ever(
    make: MakeChat, model_server: OpenAIServer, reply: Reply
) -> None:
    model_server.always = reply
    begun = time.monotonic()
    failure = _failure(make(timeout=0.3))
    assert (failure.kind, failure.retry) == ("slow", True)
    assert "MASRAD_TIMEOUT" in str(failure)
    assert time.monotonic() - begun < 4
    assert len(model_server.requests) == 1


def test_a_whole_answer_may_take_ten_times_as_long_and_no_longer(
    make: MakeChat, model_server: OpenAIServer
) -> None:
    model_server.always = Reply("word " * 1000, pause=0.02)
    begun = time.monotonic()
    assert _failure(make(timeout=0.25)).kind == "slow"
    assert time.monotonic() - begun < 8


def test_a_reply_that_is_no_reply_of_the_protocol(
    chat: ChatModel, model_server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json, "dumps", lambda *_, **__: "{")
    model_server.always = Reply(TEXT)
    assert _failure(chat).kind == "failed"


# What is not wanted any more


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
    account = Account(given_up=given_up.is_set)
    threading.Timer(0.5, given_up.set).start()
    begun = time.monotonic()
    with pytest.raises(GivenUpError):
        _whole(chat, account)
    assert time.monotonic() - begun < 2
    _hung_up(model_server)


def _hung_up(server: OpenAIServer) -> None:
    """Waits until the server has seen that its client has left."""
    until = time.monotonic() + 5
    while not server.hung_up:
        assert time.monotonic() < until
        time.sleep(0.02)
