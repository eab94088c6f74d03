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
        for name, (holds, message) in _REFUSALS.items():
            if name in self.strict and holds(request):
                return Reply(message, status=400, code="unsupported_value")
        if self.script:
            return self.script.popleft()
        if self.answers:
            return self.answers(request)
        return self.always or Reply(status=500, code="the script is at its end")


# In the words of OpenAI and Azure.
_REFUSALS: dict[str, tuple[Callable[[Request], bool], str]] = {
    "stream_options": (
        lambda request: "stream_options" in request,
        "Unrecognized request argument supplied: stream_options",
    ),
    "system": (
        lambda request: any(message["role"] == "system" for message in request["messages"]),
        "Unsupported value: 'messages[0].role' does not support 'system'.",
    ),
    "temperature": (
        lambda request: request.get("temperature") not in (None, 1),
        "Unsupported value: 'temperature' does not support 0 with this model.",
    ),
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    script: OpenAIServer

    def do_GET(self) -> None:
        models = [{"id": n, "object": "model", "owned_by": "tests"} for n in self.script.models]
        self._json({"object": "list", "data": models})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.script.keys.append(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if self.path.endswith("/embeddings"):
            self._embed(body)
            return
        self.script.requests.append(body)
        reply = self.script.next(body)
        try:
            self._wait(reply.wait, reply.until if reply.stall_after is None else None)
            if reply.status != HTTPStatus.OK:
                self._refuse(reply)
            elif body.get("stream"):
                told = body.get("stream_options", {}).get("include_usage")
                self._stream(reply, _usage(reply) if told else None)
            else:
                message = {"role": "assistant", "content": reply.text}
                choice = {"index": 0, "message": message, "finish_reason": reply.finish}
                self._json({"id": "c", "choices": [choice], "usage": _usage(reply)})
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
        vectors = [{"index": n, "embedding": letters(text)} for n, text in enumerate(texts)]
        self._json({"object": "list", "data": vectors, "model": body["model"]})

    def _refuse(self, reply: Reply) -> None:
        headers = {} if reply.retry_after is None else {"Retry-After": str(reply.retry_after)}
        error = {"message": reply.text or reply.code, "code": reply.code, "type": "invalid_request"}
        self._json({"error": error}, reply.status, **headers)

    def _begin(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, content in headers.items():
            self.send_header(name, content)
        self.end_headers()

    def _json(self, value: object, status: int = 200, **headers: str) -> None:
        data = json.dumps(value).encode()
        length = {"Content-Type": "application/json", "Content-Length": str(len(data))}
        self._begin(status, length | headers)
        self.wfile.write(data)

    def _stream(self, reply: Reply, usage: dict[str, int] | None) -> None:
        self.close_connection = True
        self._begin(200, {"Content-Type": "text/event-stream", "Connection": "close"})
        middle, stalled = len(reply.text) // 2, reply.stall_after is None
        for start in range(0, len(reply.text), reply.size):
            if reply.stall_after is None:
                self._wait(reply.pause)
            elif not stalled and start >= reply.stall_after:
                self._wait(reply.pause, reply.until)
                stalled = True
            if reply.fault and start > middle:
                self._event({"error": {"message": reply.fault, "code": reply.fault}})
            if (reply.drop or reply.fault) and start > middle:
                return
            piece = {"role": "assistant", "content": reply.text[start : start + reply.size]}
            self._event({"choices": [{"index": 0, "delta": piece, "finish_reason": None}]})
        self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": reply.finish}]})
        if usage:
            self._event({"choices": [], "usage": usage})
        self._send("[DONE]")

    def _event(self, event: Request) -> None:
        self._send(json.dumps({"id": "c", "object": "chat.completion.chunk", **event}))

    def _send(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
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


def _usage(reply: Reply) -> dict[str, int] | None:
    if reply.usage is None:
        return None
    read, written = reply.usage
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
