"""The window: how soon a reader sees something, in a browser, beside an empty Streamlit app.

Held to milliseconds on two cores; the floor is what Streamlit and the browser take by themselves,
measured in the same run. The browser's own work is in all of it, also in that of twenty users.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from assistant.assistant import Assistant
from assistant.settings import Settings
from tests.benchmarks.bundled import questions as bundled_questions
from tests.benchmarks.rows import Row, ms, within
from tests.browser.conftest import CHROMIUM, FLAGS, MASRAD
from tests.servers import Program, free_port

FIRST_SENTENCE, PAGE_CHANGE, FIRST_PAINT, TWENTY = 400.0, 500.0, 4000.0, 3000.0
"""Milliseconds: the most that 95 in a hundred may take; of the first paint, each."""
ASKED, CHANGED, STARTED, USERS = 40, 10, 3, 20
_EMPTY = """
import streamlit as st

def chat():
    asked = st.chat_input("Ask")
    st.page_link(pages[1], label="other")
    if asked:
        st.session_state.setdefault("turns", []).append(asked)
    for turn in st.session_state.get("turns", []):
        st.html(f'<article class="m-turn"><p class="m-sentence">{len(turn)}</p></article>')

def other():
    st.page_link(pages[0], label="chat")
    st.html('<p class="m-other">other</p>')

pages = [st.Page(chat, default=True), st.Page(other)]
st.navigation(pages, position="hidden").run()
"""
_WHEN = """
const when = (holds, begin) => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error("it never came")), 30000)
  const start = performance.now()
  const look = new MutationObserver(() => {
    if (!holds()) return
    look.disconnect()
    requestAnimationFrame(() => resolve(performance.now() - start))
  })
  const all = { childList: true, subtree: true, attributes: true, characterData: true }
  look.observe(document.body, all)
  begin()
})
"""
"""Milliseconds from what begins something until it holds."""
_ASK = """
  const box = document.querySelector("[data-testid=stChatInputTextArea]")
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set
  set.call(box, question)
  box.dispatchEvent(new Event("input", { bubbles: true }))
  const turns = document.getElementsByClassName("m-turn")
  const before = turns.length
  await new Promise((ready) => setTimeout(ready, Math.max(100, at - Date.now())))
  const enter = { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, cancelable: true }
  return when(
    () => turns.length > before
      && turns[turns.length - 1].querySelector(".m-sentence, .m-absent, .m-answer"),
    () => box.dispatchEvent(new KeyboardEvent("keydown", enter)),
  )
"""
_ASKING = f"async ([question, at]) => {{ {_WHEN} {_ASK} }}"
_PAINTED = '() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1'


def window(data: Path) -> Iterator[Row]:
    """The measurements, on the bundled glossary."""
    if CHROMIUM is None:
        print("(The window needs Chromium: set CHROMIUM to its path.)", file=sys.stderr)
        return
    assistant = Assistant.open(Settings(data_dir=data, _env_file=None))
    questions = [question.question for question in bundled_questions(assistant.glossary, ASKED)]
    empty = data / "empty.py"
    empty.write_text(_EMPTY, "utf-8")
    ours = [str(MASRAD), "serve", "--no-browser", "--data-dir", str(data), "--port"]
    streamlit = [sys.executable, "-m", "streamlit", "run", str(empty), "--server.headless=true"]
    streamlit.append("--server.port")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield from _starting(browser, ours, streamlit)
        with served(ours) as url, served(streamlit) as floor:
            yield from _asking(browser, url, floor, questions)
            yield from _changing(browser, url, floor)
            yield from _twenty(browser, url, floor, questions)
        browser.close()


@contextmanager
def served(command: Sequence[str]) -> Iterator[str]:
    """The address of a server, once it answers; the command ends where its port is to be named."""
    port = free_port()
    program = Program([*command, str(port)], url := f"http://localhost:{port}")
    try:
        yield url
    finally:
        program.kill()


@contextmanager
def reader(browser: Browser, url: str) -> Iterator[Page]:
    """A page of its own at an address, once there is a box to type in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.goto(url)
    page.get_by_test_id("stChatInputTextArea").wait_for(timeout=60_000)
    yield page
    context.close()


def _change(page: Page, link: str, sign: str) -> float:
    """Seconds from a click on a link to the sign of what it leads to."""
    holds, begin = "document.querySelector(given[1])", "document.querySelector(given[0]).click()"
    said = f"(given) => {{ {_WHEN} return when(() => {holds}, () => {begin}) }}"
    took = float(page.evaluate(said, [link, sign])) / 1000
    page.wait_for_timeout(700)
    return took


def _row(what: str, most: float, took: Sequence[float], floor: Sequence[float]) -> Row:
    return within(what, most, took, f"an empty app {ms(floor, 95):.0f} ms")


def _starting(browser: Browser, ours: list[str], streamlit: list[str]) -> Iterator[Row]:
    """From the start of the server's process to the first paint, and to a box to type in."""
    started = ([_start(browser, each) for _ in range(STARTED)] for each in (ours, streamlit))
    (painted, ready), (bare, bare_ready) = (zip(*each, strict=True) for each in started)
    yield _row("first paint after the server's start", FIRST_PAINT, painted, bare)
    yield _row("the box to type in, after it", FIRST_PAINT, ready, bare_ready)


def _start(browser: Browser, command: list[str]) -> tuple[float, float]:
    start = time.perf_counter()
    with served(command) as url:
        up = time.perf_counter()
        with reader(browser, url) as page:
            ready = time.perf_counter()
            painted = float(page.evaluate(_PAINTED)) / 1000
    return up - start + painted, ready - start


def _asking(browser: Browser, url: str, floor: str, questions: Sequence[str]) -> Iterator[Row]:
    took: list[list[float]] = []
    for address in (url, floor):
        took.append([])
        for some in (questions[n : n + 5] for n in range(0, len(questions), 5)):
            with reader(browser, address) as page:
                page.wait_for_timeout(1000)
                for question in some:
                    took[-1].append(_ask(page, question))
                    page.wait_for_timeout(700)
    yield _row("Enter to the first sentence by quote", FIRST_SENTENCE, *took)


def _ask(page: Page, question: str) -> float:
    return float(page.evaluate(_ASKING, [question, 0])) / 1000


def _changing(browser: Browser, url: str, floor: str) -> Iterator[Row]:
    link = "[data-testid=stPageLink-NavLink]"
    with reader(browser, floor) as page:
        signs = (".m-other", "textarea") * CHANGED
        floors = [_change(page, link, sign) for sign in signs]
    views = {
        "glossary": ".m-glossary",
        "map": ".m-map",
        "chat": "textarea[data-testid=stChatInputTextArea]",
    }
    with reader(browser, url) as page:
        _ask(page, "What is a foundation model?")
        page.wait_for_timeout(1500)
        for view, sign in views.items():
            took, away = [], "glossary" if view == "chat" else "chat"
            for _ in range(CHANGED):
                page.locator(f'.m-bar nav [data-do*="{away}"]').click()
                page.wait_for_timeout(1500)
                took.append(_change(page, f'.m-bar nav [data-do*="{view}"]', sign))
            yield _row(f"a change to the page “{view}”", PAGE_CHANGE, took, floors)


def _twenty(browser: Browser, url: str, floor: str, questions: Sequence[str]) -> Iterator[Row]:
    """All press Enter at one moment, each in a browser context of its own."""
    took: list[list[float]] = []
    for address in (url, floor):
        with ExitStack() as stack:
            pages = [stack.enter_context(reader(browser, address)) for _ in range(USERS)]
            pages[0].wait_for_timeout(3000)
            at = (time.time() + 3) * 1000
            for page, question in zip(pages, questions, strict=False):
                page.evaluate(f"(given) => {{ window.told = ({_ASKING})(given) }}", [question, at])
            took.append([float(page.evaluate("() => window.told")) / 1000 for page in pages])
    yield _row(f"{USERS} users at once, Enter to the first sentence", TWENTY, *took)
