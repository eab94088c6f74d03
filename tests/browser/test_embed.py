"""The embed, in pages of another site: its links and cards, and the chat in a frame."""

import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from knowledge.glossary import Glossary
from tests.browser.conftest import CHROMIUM, FLAGS, eventually, owned, served
from tests.local_server import local_server, say

NAMED, OTHER = "moodle.example", "evil.example"
ENGLISH = """<h1>Overfitting</h1><p>A model that shows <b>overfitting</b> 😀, and overfitting again,
  is no large
  language model. See <code>dropout</code> and <a href="#">regularization</a>.</p>
  <textarea>training data</textarea>"""
ARABIC = "<p>يقع النموذج في فرط الملاءمة، ثم نستعين بالضبط الدقيق وبالشبكة العصبية.</p>"
STYLE = "a { color: red; text-transform: uppercase } p, blockquote, div { font: 40px serif }"


class _Site(BaseHTTPRequestHandler):
    """A site with a page in each language, whose style would spoil what it reached."""

    masrad = ""

    def do_GET(self) -> None:
        arabic = self.path == "/ar"
        root = 'lang="ar" dir="rtl" style="color-scheme: dark"' if arabic else 'lang="en"'
        body = f"""<!doctype html><html {root}><meta charset="utf-8"><style>{STYLE}</style>
          <body>{ARABIC if arabic else ENGLISH}
          <iframe src="{self.masrad}/embed/?lang=en" width="900" height="600"></iframe>
          <script src="{self.masrad}/embed.js" async></script>"""
        say(self, body)


@pytest.fixture(scope="module")
def port(bundled_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """That of the site, whose pages embed a Masrad that names it."""
    data = shutil.copytree(bundled_data, tmp_path_factory.mktemp("embedded") / "data")
    with local_server(_Site) as found:
        origins = f"http://{NAMED}:{found}, http://localhost:{found}"
        with served("--data-dir", str(data), MASRAD_EMBED_ORIGINS=origins) as _Site.masrad:
            yield found


@pytest.fixture
def page(browser: Browser, port: int) -> Iterator[Page]:
    """A page of a browser that has opened the owner's link, and finds the sites here."""
    assert port
    rules = f"--host-resolver-rules=MAP {NAMED} 127.0.0.1, MAP {OTHER} 127.0.0.1"
    started = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, rules])
    yield owned(started, viewport={"width": 1000, "height": 900}).new_page()
    started.close()


def _linked(page: Page) -> list[str]:
    expect(page.locator("a[data-masrad]")).not_to_have_count(0)
    return [" ".join(text.split()) for text in page.locator("a[data-masrad]").all_inner_texts()]


def test_the_first_place_of_each_term_is_linked_and_a_card_shows_its_summary_word_for_word(
    page: Page, port: int, bundled: Glossary
) -> None:
    page.goto(f"http://{NAMED}:{port}/en")
    assert {"overfitting", "large language model"} <= set(_linked(page))
    assert _linked(page).count("overfitting") == 1
    assert page.locator(":is(h1, code, textarea, a[href='#']) a[data-masrad]").count() == 0
    term, card = page.locator("b a[data-masrad=overfitting]"), page.locator("masrad-card .card")
    entry = bundled.get("overfitting", "en")
    assert entry
    expect(card).to_be_hidden()

    def is_focused() -> bool:
        """By the keyboard, which goes round; where it begins depends on what the page has drawn."""
        page.keyboard.press("Tab")
        return bool(term.evaluate("(each) => each === document.activeElement"))

    eventually(page, is_focused)
    expect(card.locator(".quote")).to_have_text(entry.summary)
    assert term.evaluate("(each) => getComputedStyle(each).textTransform") == "none"
    assert card.evaluate("(each) => getComputedStyle(each).fontSize") == "16px"
    opens = card.get_by_role("link", name="Open the entry “Overfitting”")
    assert opens.get_attribute("href") == f"{_Site.masrad}/term?id=overfitting&lang=en"
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_an_arabic_page_is_linked_behind_its_particles_and_read_from_right_to_left(
    page: Page, port: int, bundled: Glossary
) -> None:
    page.goto(f"http://{NAMED}:{port}/ar")
    assert {"فرط الملاءمة", "بالضبط الدقيق", "بالشبكة العصبية"} <= set(_linked(page))
    page.locator("a[data-masrad=fine-tuning]").focus()
    card, entry = page.locator("masrad-card .card"), bundled.get("fine-tuning", "ar")
    assert entry
    expect(card.locator(".quote")).to_have_text(entry.summary)
    expect(card).to_have_attribute("dir", "rtl")
    dark = card.evaluate("(each) => getComputedStyle(each).backgroundColor")
    assert dark == "rgb(26, 33, 34)"


@pytest.mark.parametrize("site", [NAMED, "localhost"])
def test_the_chat_answers_in_a_frame_as_nobody_also_beside_the_owners_cookies(
    page: Page, port: int, site: str
) -> None:
    page.goto(_Site.masrad)
    kept = {each["name"]: each["value"] for each in page.context.cookies(_Site.masrad)}
    page.goto(f"http://{site}:{port}/en")  # another port of a name is the same site to cookies
    frame = page.frame_locator("iframe")
    box = frame.get_by_test_id("stChatInputTextArea")
    box.fill("What is overfitting?")
    box.press("Enter")
    expect(frame.locator(".m-turn .m-actions")).not_to_have_count(0)
    assert frame.locator(".m-to-manage").count() == 0
    frame.locator("[data-do*='\"settings\"']").first.click()
    expect(frame.locator(".st-key-settings")).to_be_visible()
    assert frame.locator(".st-key-tokens").count() == 0
    now = {each["name"]: each["value"] for each in page.context.cookies(_Site.masrad)}
    assert {name: now[name] for name in kept} == kept
    page.goto(_Site.masrad)
    expect(page.locator(".m-to-manage")).not_to_have_count(0)
    assert page.get_by_text("What is overfitting?", exact=True).count() == 0


def test_a_site_that_is_not_named_gets_neither_frame_nor_links(page: Page, port: int) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with page.expect_console_message(lambda message: "links no terms" in message.text):
        page.goto(f"http://{OTHER}:{port}/en")
    assert page.locator("a[data-masrad]").count() == 0
    assert page.frames[1].url.startswith("chrome-error:")
