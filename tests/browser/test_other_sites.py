"""Another site, in a browser that has opened the app as its owner: it gets nothing."""

from collections.abc import Iterator
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


@pytest.fixture
def elsewhere(lured: Browser) -> Iterator[Page]:
    """A page of the site's, which its own server answered."""
    context = lured.new_context()
    own(context)
    page = context.new_page()
    page.route(
        f"http://{SITE}/", lambda route: route.fulfill(content_type="text/html", body="<p>Hello")
    )
    page.goto(f"http://{SITE}/")
    yield page
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
