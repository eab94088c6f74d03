"""The page in Streamlit's own test harness, and assistants with conversations of the test's own."""

import json
import sys
import threading
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
import streamlit as st
import uvicorn
from lxml.html import HtmlElement, fragment_fromstring
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from streamlit import config as options
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from assistant.settings import Settings
from knowledge.language.text import clean
from tests.conftest import TEA, until
from tests.openai_server import OpenAIServer
from ui import document, identity, owner, programs, shared
from ui.guard import Guard
from ui.reader import CHOICES_COOKIE, TOKEN_COOKIE
from ui.state import Turn
from ui.strings import LANGUAGES, strings

PAGE = str(Path(__file__).parents[2] / "ui" / "main.py")

Event = dict[str, Any]


class Browser:
    """What a browser brings along. A page that is open keeps what it was opened with."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}
        self.reader("she")

    def reader(self, token: str) -> None:
        """From now on it is another reader's."""
        self.cookies[TOKEN_COOKIE] = token

    def choices(self, **chosen: object) -> None:
        """What the reader has chosen on an earlier visit."""
        self.cookies[CHOICES_COOKIE] = quote(json.dumps(chosen))


@pytest.fixture(autouse=True)
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """The reader's browser; nothing is left of a test for the next."""
    st.cache_resource.clear()
    options.set_option("runner.magicEnabled", value=False)  # as in the app’s settings
    visit = Browser()
    client = SimpleNamespace(cookies=visit.cookies, headers=[], remote_ip="127.0.0.1")
    monkeypatch.setattr("streamlit.runtime.context._get_client_context", lambda: client)
    # It looks for components in every package that is installed, for each page: most of a second.
    monkeypatch.setattr(
        "streamlit.components.v2.manifest_scanner.scan_component_manifests", lambda *_, **__: []
    )
    # Streamlit runs a page as __main__, which is what a process that is spawned later would run.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    yield visit
    shared.hand_over(None)
    st.cache_resource.clear()


def guarded(*routes: BaseRoute, hosts: Sequence[str]) -> Guard:
    """Routes behind the guard, under these names."""
    return Guard(
        Starlette(routes=list(routes)),
        document.policy(),
        may_upload=lambda asked: identity.of(asked).may("owner"),
        held=lambda: 0,
        door=identity.door,
        settings=shared.settings,
        hosts=tuple(hosts),
    )


def opened(
    assistant: Assistant,
    language: str = "en",
    conversation: str = "",
    view: str = "chat",
    *,
    broken: bool = False,
) -> AppTest:
    """The page, as an assistant is handed over to it; whole, unless it is to be broken."""
    shared.hand_over(assistant)
    app = AppTest.from_file(PAGE, default_timeout=30)
    app.query_params["lang"] = language
    if conversation:
        app.query_params["c"] = conversation
    app.run()
    if not broken:
        _whole(app)
    if view != "chat":
        do(app, "go", view=view)
    return app


def _whole(app: AppTest) -> None:
    assert not app.exception
    assert markup_of(app)


def html_of(app: AppTest) -> str:
    """All markup on the page, its texts as they are read."""
    return unescape(markup_of(app))


def markup_of(app: AppTest) -> str:
    """All markup on the page, as it is sent to the browser.

    It fails where something failed that nobody foresaw: the page says so in its own words.
    """
    html = "\n".join(str(element.proto.body) for element in app.get("html"))
    assert all(strings(tag)["unforeseen_text"] not in html for tag in LANGUAGES)
    return html


def text_of(html: str) -> str:
    """The text of some markup as it is read, without its tags."""
    return clean(str(_tree(html).text_content()))


def links(html: str) -> dict[str, str]:
    """Addresses by the text of their links."""
    return {clean(str(a.text_content())): a.get("href") for a in _tree(html).xpath(".//a[@href]")}


def _tree(html: str) -> HtmlElement:
    return fragment_fromstring(html, create_parent="div")


def tell(app: AppTest, event: object) -> None:
    """Runs the page as the browser tells it that something was done."""
    told = [event]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ui.bridge.bridge", lambda _: told.pop() if told else None)
        app.run()
    _whole(app)


def do(app: AppTest, action: str, **values: object) -> None:
    """Does something on the page's own markup."""
    tell(app, {"do": action, **values})


def doings(app: AppTest) -> list[tuple[str, Event]]:
    """What can be done on the page's markup: the name of each button or link, and what it does."""
    found = _tree(markup_of(app)).xpath("//*[@data-do]")
    return [
        (clean(each.get("aria-label") or str(each.text_content())), json.loads(each.get("data-do")))
        for each in found
    ]


def labels(app: AppTest) -> list[str]:
    """The names of all buttons and links."""
    return [label for label, _ in doings(app)]


def press(app: AppTest, label: str) -> None:
    """Presses the first button or link of the page's markup that has that name."""
    tell(app, next(done for name, done in doings(app) if name == clean(label)))


def button(app: AppTest, label: str, action: str = "", **values: object) -> None:
    """Presses a button of Streamlit's; in a dialog, with what opened that.

    In a browser, a touch in a dialog runs the dialog alone; here the whole page runs, and what
    opened the dialog is done anew to have it there.
    """
    next(each for each in app.button if each.label == label).click()
    if action:
        do(app, action, **values)
    else:
        app.run()
    _whole(app)


def ask(app: AppTest, question: str) -> None:
    """Asks, and waits for the answer."""
    app.chat_input[0].set_value(question).run()
    _whole(app)


def turns(app: AppTest) -> list[Turn]:
    """The turns that the page knows."""
    return list(app.session_state["chat"].turns) if "chat" in app.session_state else []


def address(app: AppTest) -> str:
    """The conversation that the address names."""
    return str(app.query_params.get("c", ""))


def elsewhere(assistant: Assistant, folder: Path) -> Assistant:
    """The same assistant, which keeps conversations in that folder."""
    settings = assistant.settings.model_copy(update={"data_dir": folder})
    return Assistant(assistant.retriever, settings, assistant.report)


def renewed() -> None:
    """Waits until what is being opened anew is open, or could not be."""
    until(lambda: not ((last := shared.opening()) and last.busy))


@pytest.fixture
def owning(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The reader is the owner; what is opened anew is open before the next test begins."""
    monkeypatch.setattr(owner, "allowed", lambda settings, *_: settings.manage != "off")
    yield
    renewed()


@pytest.fixture
def teahouse(tea: Assistant, tmp_path: Path) -> Assistant:
    """The assistant of the small glossary of tea things."""
    return elsewhere(tea, tmp_path)


@pytest.fixture
def explaining(
    model_server: OpenAIServer, teahouse: Assistant, monkeypatch: pytest.MonkeyPatch
) -> Assistant:
    """The same, with a chat model."""
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    monkeypatch.setenv("MASRAD_TIMEOUT", "5")
    settings = Settings.load(glossary=TEA, data_dir=teahouse.settings.data_dir)
    return Assistant(teahouse.retriever, settings)


@pytest.fixture
def listening(teahouse: Assistant) -> Iterator[str]:
    """The address at which programs ask the tea things, over a socket."""
    shared.hand_over(teahouse)
    config = uvicorn.Config(Starlette(routes=programs.routes()), port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(20)
