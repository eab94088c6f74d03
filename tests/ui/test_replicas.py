"""Two app processes of one library: what is edited in one is served by the other."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from assistant.assistant import Assistant
from assistant.settings import Settings
from tests.browser.conftest import ready, served
from tests.conftest import TEA
from tests.servers import shared_servers
from tests.ui.conftest import button, do, opened, press, renewed
from ui.strings import strings

WORDS = strings("en")
WHISTLES = "A kettle is a pot that whistles."
WITHIN = 10.0  # seconds


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    with shared_servers(tmp_path / "chroma") as fresh:
        found = fresh() | {"MASRAD_GLOSSARY": str(TEA), "MASRAD_MANAGE": "on"}
        for name, value in found.items():
            monkeypatch.setenv(name, value)
        yield found
        renewed()


def _until(url: str, said: str) -> float:
    """The seconds until a server's page of the kettle says something."""
    begun = time.monotonic()
    while said not in (text := httpx.get(f"{url}/term?id=kettle&lang=en").text):
        assert time.monotonic() - begun < WITHIN, text
        time.sleep(0.2)
    return time.monotonic() - begun


def test_an_edit_in_one_process_is_quoted_by_the_others_within_ten_seconds(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with ExitStack() as stack:
        urls = [
            stack.enter_context(served("--data-dir", str(tmp_path / name), **environment))
            for name in ("one", "other")
        ]
        for url in urls:
            ready(url)
        assistant = Assistant.open(Settings(data_dir=tmp_path / "here").joined())
        app = opened(assistant)
        do(app, "go", view="manage")
        button(app, WORDS["ours_copy"])  # the glossary of the settings is not changed in place
        renewed()
        app.run()
        do(app, "go", view="manage", part="entry", id="kettle", **{"in": "en"})
        field = next(each for each in app.text_area if each.label == WORDS["field_summary"])
        field.set_value(WHISTLES)
        app.run()
        button(app, WORDS["entry_save"])
        for url in urls:
            _until(url, WHISTLES)
            answer = httpx.get(f"{url}/readyz")
            assert answer.status_code == httpx.codes.OK, answer.text

        renewed()
        app.run()
        press(app, WORDS["undo_delete"])
        for url in urls:
            _until(url, "vessel for boiling water")
