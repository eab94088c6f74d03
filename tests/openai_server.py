"""A server that speaks OpenAI's chat and embeddings protocol over a socket, by a script.

It is the other end of the wire for the real client: replies are what a test queued, and requests
are kept. Embeddings are of letters, so that the same words lie near each other.
"""

import contextlib
import json
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DIMENSION = 64


@dataclass(frozen=True)
class Reply:
    """What the chat says: ``text`` in pieces of ``size`` characters, or an error of ``status``."""

    text: str = ""
    size: int = 5
    status: int = 200
    code: str = "error"
    pause: float = 0.0
    """Seconds before each piece."""
    drop: bool = False
    """Whether the connection breaks off in the middle."""


@dataclass
class OpenAIServer:
    """The server's address, its script and what it was asked."""

    url: str
    script: deque[Reply] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    always: Reply | None = None
    models: list[str] = field(default_factory=lambda: ["test-model"])

    def says(self, *texts: str) -> None:
        """Queues replies."""
        self.script.extend(Reply(text) for text in texts)

    def next(self) -> Reply:
        """The next reply of the script."""
        if self.script:
            return self.script.popleft()
        return self.always or Reply(status=500, code="the script is at its end")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: OpenAIServer

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._json({"object": "list", "data": [_model(name) for name in self.script.models]})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.script.keys.append(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if self.path.endswith("/embeddings"):
            self._embed(body)
            return
        self.script.requests.append(body)
        reply = self.script.next()
        if reply.status != HTTPStatus.OK:
            error = {"error": {"message": reply.text or reply.code, "code": reply.code}}
            self._json(error, reply.status)
        elif body.get("stream"):
            with contextlib.suppress(OSError):  # the client may have had enough
                self._stream(reply)
        else:
            message = {"role": "assistant", "content": reply.text}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            self._json({**_chunk(), "object": "chat.completion", "choices": [choice]})

    def _embed(self, body: dict[str, Any]) -> None:
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        data = [
            {"object": "embedding", "index": n, "embedding": letters(text)}
            for n, text in enumerate(texts)
        ]
        self._json({"object": "list", "data": data, "model": body["model"]})

    def _json(self, value: object, status: int = 200) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, reply: Reply) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        pieces = [reply.text[n : n + reply.size] for n in range(0, len(reply.text), reply.size)]
        for number, piece in enumerate(pieces):
            time.sleep(reply.pause)
            if reply.drop and number > len(pieces) // 2:
                return
            self._event({"role": "assistant", "content": piece}, None)
        self._event({}, "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, delta: dict[str, str], finish: str | None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = json.dumps({**_chunk(), "choices": [choice]}, ensure_ascii=False)
        self.wfile.write(f"data: {event}\n\n".encode())
        self.wfile.flush()


@contextmanager
def openai_server() -> Iterator[OpenAIServer]:
    """Runs a server for a while."""
    server = OpenAIServer("")
    handler = type("Handler", (_Handler,), {"script": server})
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()


def letters(text: str) -> list[float]:
    """A vector of unit length that counts a text's letters."""
    counts = Counter(ord(c) % DIMENSION for c in text.casefold() if c.isalnum())
    length = sum(n * n for n in counts.values()) ** 0.5 or 1.0
    return [counts[n] / length for n in range(DIMENSION)]


def _model(name: str) -> dict[str, object]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "tests"}


def _chunk() -> dict[str, object]:
    return {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "test-model"}
