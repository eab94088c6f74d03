"""Another site, in a browser that has opened the app as its owner: it gets nothing."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.conftest import CHROMIUM, FLAGS, own

SITE = "evil.example"
PATHS = ["/", "/manage", "/foo", "/assets/style.css", "/_stcore/health"]


@pytest.fixture(scope="module")
def lured(browser: Browser) -> Iterator[Browser]:
    """A browser in which the site's name is turned to this machine, as its own server may do."""
    started = browser.browser_type.launch(
        executable_path=CHROMIUM, args=[*FLAGS, f"--host-resolver-rules=MAP {SITE} 127.0.0.1"]
    )
    yield started
    started.close()


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<p>Hello")

    def log_message(self, *_: object) -> None:
        """Nothing: the test says what went wrong."""


@pytest.fixture
def elsewhere(lured: Browser, address: str) -> Iterator[Page]:
    """A page of the site's; the app's address was opened before, so it is known to answer."""
    context = lured.new_context()
    own(context)
    page = context.new_page()
    page.goto(address)
    with HTTPServer(("127.0.0.1", 0), _Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://{SITE}:{server.server_port}/")
        yield page
        server.shutdown()
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_its_name_turned_to_this_machine_opens_nothing(
    lured: Browser, address: str, path: str
) -> None:
    page = lured.new_page()
    answer = page.goto(f"http://{SITE}:{urlsplit(address).port}{path}")
    assert isinstance(answer, Response)
    assert answer.status == 421
    assert "MASRAD_ALLOWED_HOSTS" in page.content()
    page.close()


@pytest.mark.parametrize("path", PATHS[:3])
def test_it_frames_no_page_known_or_not(elsewhere: Page, address: str, path: str) -> None:
    elsewhere.evaluate(
        """(url) => { const frame = document.createElement("iframe"); frame.src = url
          document.body.append(frame)
          return new Promise((done) => frame.addEventListener("load", done, {once: true})) }""",
        address + path,
    )
    assert elsewhere.frames[1].url.startswith("chrome-error:")


def test_it_opens_no_socket_and_reads_no_answer(elsewhere: Page, address: str) -> None:
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
