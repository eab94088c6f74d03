"""Gives a lesson of twenty minutes in the browser, a picture a minute: ``make strip``."""

import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from tqdm import tqdm

from knowledge.language.text import is_right_to_left
from tests.browser.conftest import answered, does, opened, owned
from tests.browser.conftest import settled as drawn
from tests.browser.screenshots import DOCS, studio
from ui.strings import strings

TERM = "overfitting"
SCREEN: Any = {"width": 860, "height": 645}
PHONE: Any = {"width": 360, "height": 645}
WIDE, COLUMNS, COLOURS = 480, 4, 128  # of a frame, in pixels; of the strip
CALM = 1200  # milliseconds: until what moves has come to rest
_SAID = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
_FACE = """
@font-face { font-family: Plex; unicode-range: %s; src: url("file://%s") format("woff2") }"""
_FACES = {"latin": "U+0000-02FF, U+2000-206F", "arabic": "U+0600-06FF"}
_STYLE = f"""
body {{ margin: 0; padding: 16px; width: max-content; background: #26241f; color: #f6f1e7;
  font: 17px/1.5 Plex }}
main {{ display: grid; grid-template-columns: repeat({COLUMNS}, {WIDE}px); gap: 16px }}
figure {{ margin: 0 }} figcaption {{ padding: 4px 2px 0 }}
b {{ color: #7fd0bf; margin-inline-end: .5em }} img {{ height: {WIDE * 3 // 4}px }}
p {{ display: flex; gap: 8px; justify-content: center; margin: 0; background: #3a362f }}
"""


def main() -> None:
    """Makes a strip of each language."""
    shown = {"MASRAD_URL": "http://masrad.local:8501"}  # by the projector
    with studio(**shown) as (browser, url), tempfile.TemporaryDirectory() as folder:
        for language in _SAID:
            frames = tqdm(Lesson(browser, url, language).given(), total=20, unit=" minutes")
            strip(browser, language, list(frames), Path(folder))


class Lesson:
    """A lesson that is given by a teacher, to a class of whom two have phones."""

    ITEMS = 5
    """Of the quiz."""

    def __init__(self, browser: Browser, url: str, language: str) -> None:
        told: Any = {"reduced_motion": "reduce", "locale": "en-GB", "color_scheme": "light"}
        self.url, self.language, self.words = url, language, strings(language)
        self.said = _SAID[language]
        self.teacher = owned(browser, viewport=SCREEN, **told)
        self.phones = [browser.new_context(viewport=PHONE, **told) for _ in range(2)]
        self.board = self.teacher.new_page()

    def given(self) -> Iterator[list[bytes]]:
        """The pictures of each minute."""
        code, slides, show = self._prepared()
        yield from self._asked()
        yield from self._demonstrated()
        opened(self.board, self.url, self.language)
        answered(self.board, self.said["compares"])
        yield self._seen(self.board)
        self.board.goto(slides)
        for part, steps in (("hook", 2), ("how", 2), ("example", 9), ("misconception", 9)):
            self._on(part, steps)
            yield self._seen(self.board)
        yield from self._quizzed(code, show)
        self.board.goto(slides)
        self._on("exit", 9)
        yield self._seen(self.board)
        self.board.goto(f"{self.url}/classroom?tab=report&lang={self.language}")
        self.board.locator(".m-counted").hover()
        drawn(self.board)
        self.board.mouse.wheel(0, SCREEN["height"] - 60)
        yield self._seen(self.board)
        for context in (self.teacher, *self.phones):
            context.close()

    def _asked(self) -> Iterator[list[bytes]]:
        """The class's question, its answer, where that stands, and how it was found."""
        board, fold = self.board, self.board.get_by_test_id("stSidebarCollapseButton")
        opened(board, self.url, self.language)
        if fold.is_visible():
            fold.locator("button").click()
        board.get_by_test_id("stChatInputTextArea").fill(self.said["asks"])
        yield self._seen(board)
        answered(board, self.said["asks"])
        board.locator(".m-question").last.scroll_into_view_if_needed()
        yield self._seen(board)
        board.locator(".m-marker").first.click()
        board.locator("[role=dialog] mark").first.wait_for()
        yield self._seen(board)
        board.mouse.move(0, 0)  # else Escape hides the card of the number alone
        board.wait_for_timeout(CALM)
        board.keyboard.press("Escape")
        does(board, "explain").first.click()
        does(board, "project").first.click()
        for step in (1, 3):
            self._at(board.locator("[role=dialog] .m-step").nth(step))
            yield self._seen(board)

    def _demonstrated(self) -> Iterator[list[bytes]]:
        """A prediction, then three degrees."""
        board = self.board
        board.goto(f"{self.url}/demonstration/{TERM}?lang={self.language}")
        yield self._seen(board)
        board.locator("[name=chosen]").nth(1).click()
        self._at(board.locator(".m-knobs"))
        for degree in (1, 2, 4):
            board.locator("[name=degree]").fill(str(degree))
            expect(board.locator("#says")).to_contain_text(f"{degree}:")
            yield self._seen(board)

    def _quizzed(self, code: str, show: str) -> Iterator[list[bytes]]:
        """A live quiz, which two phones of the group answer."""
        phones = [each.new_page() for each in self.phones]
        self.board.goto(show)
        for page, asked in zip(phones, self.said["students"], strict=True):
            page.goto(f"{self.url}/?group={code}&lang={self.language}")
            answered(page, asked)
            page.goto(f"{show.partition('/show')[0]}?lang={self.language}")
        expect(self.board.locator("[data-text=people]")).to_have_text("2")
        yield self._seen(self.board)
        self._answered(phones)
        yield self._seen(*phones)
        self._led("blockquote")
        yield self._seen(self.board)
        yield self._seen(*phones)
        for _ in range(self.ITEMS - 1):
            self._answered(phones)
            self._led("blockquote")
            for page in phones:  # which ask twice a second
                page.locator("blockquote").wait_for()

    def _prepared(self) -> tuple[str, str, str]:
        """A group's code, and the addresses of the slides and of the live quiz, made in the app."""
        board, words = self.board, self.words
        to = f"{self.url}/classroom?lang={self.language}&term={TERM}&tab="
        board.goto(f"{to}report")
        board.get_by_label(words["group_name"]).fill(self.said["group"])
        board.get_by_role("button", name=words["group_make"]).click()
        code = board.locator(".m-code").inner_text()
        board.goto(f"{self.url}/?group={code}&lang={self.language}")
        expect(board.locator(".m-group")).to_be_visible()
        board.goto(f"{to}lesson")
        board.get_by_role("button", name=words["lesson_make"]).click()
        slides = board.locator(".m-lesson-tools a").first.get_attribute("href")
        board.goto(f"{to}quiz")
        board.get_by_role("radio", name=str(self.ITEMS), exact=True).click()
        board.get_by_role("button", name=words["quiz_kind_order"], exact=True).click()
        drawn(board)
        board.get_by_role("button", name=words["quiz_begin"]).click()
        board.get_by_role("button", name=words["live_begin"]).click()
        show = board.locator(".m-live-offer a").get_attribute("href")
        slides, show = (f"{self.url}/{str(each).removeprefix('./')}" for each in (slides, show))
        return code, slides, show

    def _led(self, sign: str) -> None:
        """The quiz goes on, until the projector shows something."""
        self.board.keyboard.press("Space")
        self.board.locator(sign).first.wait_for()

    def _answered(self, phones: list[Page]) -> None:
        """The next question is asked; one phone takes the first option, the other the second."""
        self._led(".m-live-time")
        for n, page in enumerate(phones):
            page.locator(f"[data-choice='{n}']").click()
            expect(page.locator("main")).to_have_attribute("data-is", "sent")

    def _at(self, what: Any) -> None:
        what.wait_for()
        self.board.wait_for_timeout(CALM)
        what.evaluate("(each) => each.scrollIntoView({block: 'start'})")

    def _on(self, part: str, steps: int) -> None:
        """Space, until a part of the lesson is on the screen, and so many of its steps."""
        board, slide = self.board, self.board.locator(".m-slide:not([hidden])")
        while not re.search(rf"m-slide-{part}\b", slide.get_attribute("class") or ""):
            board.keyboard.press("Space")
        left = slide.locator(".m-waits")
        for _ in range(min(steps, left.count())):
            board.keyboard.press("Space")

    def _seen(self, *pages: Page) -> list[bytes]:
        for page in pages:
            page.wait_for_timeout(CALM)
        return [page.screenshot() for page in pages]


def strip(browser: Browser, language: str, frames: list[list[bytes]], folder: Path) -> None:
    """Puts the pictures into one, each with its minute and what happens in it."""
    fonts = (DOCS.parent / "ui" / "static" / f"plex-{name}-400.woff2" for name in _FACES)
    style = _STYLE + "".join(_FACE % each for each in zip(_FACES.values(), fonts, strict=True))
    direction = "rtl" if is_right_to_left(language) else "ltr"
    html = f"<!doctype html><html lang={language} dir={direction}><meta charset=utf-8>"
    html += f"<style>{style}</style><main>"
    told = zip(frames, _SAID[language]["minutes"], strict=True)
    for minute, (pictures, said) in enumerate(told, 1):
        html += "<figure><p>"
        for n, picture in enumerate(pictures):
            (folder / f"{minute}-{n}.png").write_bytes(picture)
            html += f'<img src="{minute}-{n}.png">'
        html += f"</p><figcaption><b>{minute}</b>{said}</figcaption></figure>"
    (folder / "strip.html").write_text(html, "utf-8")
    page = browser.new_page(viewport={"width": 4 * COLUMNS * WIDE, "height": 600})
    page.goto((folder / "strip.html").as_uri())
    page.evaluate("() => document.fonts.ready")
    whole = Image.open(io.BytesIO(page.locator("body").screenshot()))
    page.close()
    colours = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    colours.save(DOCS / f"lesson-{language}.png", optimize=True)


if __name__ == "__main__":
    main()
