"""A server on this machine, in a thread, for as long as a test needs it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def say(to: BaseHTTPRequestHandler, body: str = "") -> None:
    """Answers a request by a page."""
    to.send_response(200)
    to.send_header("Content-Type", "text/html; charset=utf-8")
    to.end_headers()
    with suppress(OSError):  # the client may have had enough
        to.wfile.write(body.encode())


@contextmanager
def local_server(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """Answers requests by a handler, without a log: the test says what went wrong; its port."""
    handler.log_message = lambda *_: None  # type: ignore[method-assign]
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield http.server_address[1]
    finally:
        http.shutdown()
        http.server_close()
