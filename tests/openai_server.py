"""A server that speaks OpenAI's chat and embeddings protocol over a socket, by a script.

It is the other end of the wire for the real client: replies are what a test queued, or what a
function makes of each request, and requests are kept. Embeddings are of letters, so that the same
words lie near each other.
"""

import json
import select
import socket
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from threading import Event
from time import monotonic
from typing import Any

from tests.local_server import local_server

DIMENSION = 64
SILENT = 120.0  # seconds at most, where it is told what ends a silence

Request = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """What the chat says: ``text`` in pieces of ``size`` characters, or an error of ``status``."""

    text: str = ""
    """Of an error, its message."""
    size: int = 5
    status: int = 200
    code: str | None = "error"
    retry_after: float | None = None
    """Seconds that a refused client is told to wait."""
    wait: float = 0.0
    """Seconds before it answers at all."""
    pause: float = 0.0
    """Seconds before each piece; with ``stall_after``, those of the one silence."""
    stall_after: int | None = None
    """The characters after which it falls silent."""
    until: Event | None = None
    """What ends the silence, or is waited for before it answers at all."""
    drop: bool = False
    """Whether the connection breaks off in the middle."""
    fault: str = ""
    """The code of an error that comes in the middle of the stream."""
    finish: str | None = "stop"
    usage: tuple[int, int] | None = None
    """Tokens read and written, told at the end if the request asks for them."""


@dataclass
class OpenAIServer:
    """The server's address, its script and what it was asked."""

    url: str
    script: deque[Reply] = field(default_factory=deque)
    answers: Callable[[Request], Reply] | None = None
    """Makes the replies once the script is at its end."""
    always: Reply | None = None
    """The reply once the script is at its end, and nothing makes others."""
    strict: set[str] = field(default_factory=set)
    """What of a request is refused: names of ``REFUSALS``."""
    requests: list[Request] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    models: list[str] = field(default_factory=lambda: ["test-model"])
    gone: bool = False
    """Whether it embeds no more."""
    hung_up: int = 0
    """How many clients have left before the end of their replies."""

    def says(self, *texts: str) -> None:
        """Queues replies."""
        self.script.extend(Reply(text) for text in texts)

    def next(self, request: Request) -> Reply:
        """The reply to a request."""
        for name in sorted(self.strict):
            holds, refusal = REFUSALS[name]
            if holds(request):
                return refusal
        if self.script:
            return self.script.popleft()
        if self.answers:
            return self.answers(request)
        return self.always or Reply(status=500, code="the script is at its end")


def _refusal(message: str) -> Reply:
    return Reply(message, status=400, code="unsupported_value")


# In the words of OpenAI and Azure.
REFUSALS: dict[str, tuple[Callable[[Request], bool], Reply]] = {
    "temperature": (
        lambda request: request.get("temperature") not in (None, 1),
        _refusal("Unsupported value: 'temperature' does not support 0 with this model."),
    ),
    "stream_options": (
        lambda request: "stream_options" in request,
        _refusal("Unrecognized request argument supplied: stream_options"),
    ),
    "system": (
        lambda request: any(message["role"] == "system" for message in request["messages"]),
        _refusal("Unsupported value: 'messages[0].role' does not support 'system'."),
    ),
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    script: OpenAIServer

    def do_GET(self) -> None:
        self._json({"object": "list", "data": [_model(name) for name in self.script.models]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.script.keys.append(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if self.path.endswith("/embeddings"):
            self._embed(body)
            return
        self.script.requests.append(body)
        reply = self.script.next(body)
        asked = bool(body.get("stream_options", {}).get("include_usage"))
        try:
            self._wait(reply.wait, reply.until if reply.stall_after is None else None)
            if reply.status != HTTPStatus.OK:
                self._refuse(reply)
            elif body.get("stream"):
                self._stream(reply, usage=_usage(reply) if asked else None)
            else:
                message = {"role": "assistant", "content": reply.text}
                choice = {"index": 0, "message": message, "finish_reason": reply.finish}
                completion = {**_chunk(), "object": "chat.completion", "choices": [choice]}
                self._json(completion | {"usage": _usage(reply)})
        except OSError:  # the client has had enough
            self.script.hung_up += 1

    def _wait(self, seconds: float, until: Event | None = None) -> None:
        """Waits, as long as the client does."""
        end = monotonic() + (SILENT if until else seconds)
        while (left := end - monotonic()) > 0 and not (until and until.is_set()):
            readable, _, _ = select.select([self.connection], [], [], min(left, 0.05))
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                raise BrokenPipeError

    def _embed(self, body: Request) -> None:
        if self.script.gone:
            self._refuse(Reply("No more.", status=400))
            return
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        data = [
            {"object": "embedding", "index": n, "embedding": letters(text)}
            for n, text in enumerate(texts)
        ]
        self._json({"object": "list", "data": data, "model": body["model"]})

    def _refuse(self, reply: Reply) -> None:
        headers = {} if reply.retry_after is None else {"Retry-After": str(reply.retry_after)}
        error = {"message": reply.text or reply.code, "code": reply.code, "type": "invalid_request"}
        self._json({"error": error}, reply.status, headers)

    def _json(
        self, value: object, status: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, content in (headers or {}).items():
            self.send_header(name, content)
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, reply: Reply, usage: dict[str, int] | None) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        pieces = [reply.text[n : n + reply.size] for n in range(0, len(reply.text), reply.size)]
        said, stalled = 0, reply.stall_after is None
        for number, piece in enumerate(pieces):
            if reply.stall_after is None:
                self._wait(reply.pause)
            elif not stalled and said >= reply.stall_after:
                self._wait(reply.pause, reply.until)
                stalled = True
            if (reply.drop or reply.fault) and number > len(pieces) // 2:
                if reply.fault:
                    self._event({"error": {"message": reply.fault, "code": reply.fault}}, reply)
                return
            self._event(_choice({"role": "assistant", "content": piece}, None), reply)
            said += len(piece)
        self._event(_choice({}, reply.finish), reply)
        if usage:
            self._event({**_chunk(), "choices": [], "usage": usage}, reply)
        self._send(b"data: [DONE]\n\n")

    def _event(self, event: Request, reply: Reply) -> None:
        halved = any("\ud800" <= sign <= "\udfff" for sign in reply.text)  # which no bytes have
        self._send(f"data: {json.dumps(event, ensure_ascii=halved)}\n\n".encode())

    def _send(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()


@contextmanager
def openai_server() -> Iterator[OpenAIServer]:
    """Runs a server for a while."""
    server = OpenAIServer("")
    with local_server(type("Handler", (_Handler,), {"script": server})) as port:
        server.url = f"http://127.0.0.1:{port}/v1"
        yield server


def letters(text: str) -> list[float]:
    """A vector of unit length that counts a text's letters."""
    counts = Counter(ord(c) % DIMENSION for c in text.casefold() if c.isalnum())
    length = sum(n * n for n in counts.values()) ** 0.5 or 1.0
    return [counts[n] / length for n in range(DIMENSION)]


def _model(name: str) -> dict[str, object]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "tests"}


def _chunk() -> dict[str, object]:
    return {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "test-model"}


def _choice(delta: dict[str, str], finish: str | None) -> Request:
    return {**_chunk(), "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def _usage(reply: Reply) -> dict[str, int] | None:
    if reply.usage is None:
        return None
    read, written = reply.usage
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
