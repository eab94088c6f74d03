"""Takes the pictures of the documents: ``make shots``."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, sync_playwright
from tqdm import tqdm

from tests.browser.conftest import CHROMIUM, FLAGS, owned, ready, served
from tests.browser.scenes import SCENES

DOCS = Path(__file__).parents[2] / "docs"
HEIGHTS = {360: 740, 1280: 860}


class Shot(NamedTuple):
    """A picture: a scene in a language, on a screen."""

    scene: str
    language: str
    width: int
    scheme: Literal["light", "dark"]


SHOTS = {
    "answer-en": Shot("answer", "en", 1280, "light"),
    "answer-ar": Shot("answer", "ar", 360, "dark"),
    "entry-ar": Shot("entry", "ar", 1280, "light"),
    "found-en": Shot("found", "en", 1280, "light"),
    "glossary-ar": Shot("glossary", "ar", 1280, "light"),
    "map-en": Shot("map", "en", 1280, "dark"),
}
"""By the names of their files."""


@contextmanager
def studio(**environment: str) -> Iterator[tuple[Browser, str]]:
    """A browser, and the address of the bundled glossary, served anew."""
    with (
        tempfile.TemporaryDirectory() as data,
        served("--data-dir", data, **environment) as url,
        sync_playwright() as playwright,
    ):
        ready(url)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser, url
        browser.close()


def main() -> None:
    """Takes them all."""
    with studio() as (browser, url):
        for name, shot in tqdm(SHOTS.items(), unit=" pictures"):
            _take(browser, url, shot, DOCS / f"{name}.png")


def _take(browser: Browser, url: str, shot: Shot, file: Path) -> None:
    context = owned(
        browser,
        viewport={"width": shot.width, "height": HEIGHTS[shot.width]},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        locale="en-GB",
    )
    page = context.new_page()
    SCENES[shot.scene](page, url, shot.language)
    page.wait_for_timeout(1000)  # until the page has come to rest
    page.screenshot(path=file)
    context.close()


if __name__ == "__main__":
    main()
