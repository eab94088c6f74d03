"""Another site, in a browser that has opened the app as its owner: it gets nothing."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.conftest import lured
from tests.local_server import local_server

SITE = "evil.example"


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<p>Hello")

    def log_message(self, *_: object) -> None:
        """Nothing: the test says what went wrong."""


@pytest.fixture
def elsewhere(browser: Browser, address: str) -> Iterator[Page]:
    """A page of the site's, whose name is turned to this machine; the app was opened before."""
    with lured(browser, SITE) as context, local_server(_Site) as port:
        page = context.new_page()
        page.goto(address)
        page.goto(f"http://{SITE}:{port}/")
        yield page


def test_it_frames_nothing_opens_no_socket_and_reads_no_answer(
    elsewhere: Page, address: str
) -> None:
    for number, path in enumerate(("/", "/manage", "/foo"), 1):
        elsewhere.evaluate(
            """(url) => { const frame = document.createElement("iframe"); frame.src = url
              document.body.append(frame)
              return new Promise((done) => frame.addEventListener("load", done, {once: true})) }""",
            address + path,
        )
        assert elsewhere.frames[number].url.startswith("chrome-error:")
    heard = elsewhere.evaluate(
        """async (url) => {
          const socket = new WebSocket(url.replace("http", "ws") + "/_stcore/stream", ["streamlit"])
          const opened = await new Promise((done) => {
            socket.onopen = () => done(true); socket.onerror = () => done(false) })
          const read = await fetch(url + "/_stcore/health").then((a) => a.text(), () => "")
          const sent = await fetch(url + "/_stcore/upload_file/a/b",
            {method: "PUT", body: "x", mode: "no-cors"}).then((a) => a.type, () => "failed")
          return [opened, read, sent]
        }""",
        address,
    )
    assert heard == [False, "", "failed"]
    answer = elsewhere.goto(f"http://{SITE}:{urlsplit(address).port}/manage")
    assert isinstance(answer, Response)
    assert answer.status == 421
    assert "MASRAD_ALLOWED_HOSTS" in elsewhere.content()
