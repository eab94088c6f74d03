"""Takes pictures of the app: ``make shots`` those of the documents; with a folder, of every screen.

``python -m tests.browser.screenshots FOLDER [--only NAMES]`` writes each scene in both languages,
at four widths, light and dark: ``NAME-LANGUAGE-WIDTH-SCHEME.png``.
"""

import argparse
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, sync_playwright
from tqdm import tqdm

from tests.browser.conftest import CHROMIUM, FLAGS, owned, served
from tests.browser.scenes import SCENES

DOCS = Path(__file__).parents[2] / "docs"
HEIGHTS = {360: 740, 768: 1024, 1280: 860, 1920: 1080}

Scheme = Literal["light", "dark"]


class Shot(NamedTuple):
    """A picture: a scene in a language, on a screen."""

    scene: str
    language: str
    width: int
    scheme: Scheme

    @property
    def name(self) -> str:
        """Of its file."""
        return f"{self.scene}-{self.language}-{self.width}-{self.scheme}"


DOCUMENTED = {
    "answer-en": Shot("answer", "en", 1280, "light"),
    "answer-ar": Shot("answer", "ar", 360, "dark"),
    "entry-ar": Shot("entry", "ar", 1280, "light"),
    "found-en": Shot("found", "en", 1280, "light"),
    "glossary-ar": Shot("glossary", "ar", 1280, "light"),
    "map-en": Shot("map", "en", 1280, "dark"),
}
"""The pictures of the documents, by their names."""


def main() -> None:
    """Takes those that are asked for."""
    parser = argparse.ArgumentParser(prog="screenshots")
    parser.add_argument("folder", type=Path, nargs="?", help="where to write every screen")
    parser.add_argument("--only", default=",".join(SCENES), help="scenes, parted by commas")
    options = parser.parse_args()
    shots = {DOCS / f"{name}.png": shot for name, shot in DOCUMENTED.items()}
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        shots = {
            options.folder / f"{shot.name}.png": shot for shot in _all(options.only.split(","))
        }
    with (
        tempfile.TemporaryDirectory() as data,
        served("--data-dir", data) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for file, shot in tqdm(shots.items(), unit=" pictures"):
            _take(browser, url, shot, file)
        browser.close()


def _all(scenes: list[str]) -> Iterator[Shot]:
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scene, language, width, scheme in product(scenes, ("en", "ar"), HEIGHTS, schemes):
        yield Shot(scene, language, width, scheme)


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
