"""What all readers share: the assistant, while it is opened, once it is, and where it cannot be."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant import AssistantError, ConversationError
from assistant.assistant import Assistant
from assistant.conversations.store import Conversations
from assistant.settings import Settings
from knowledge import KnowledgeError
from tests.conftest import TEA
from tests.ui.conftest import PAGE, ask, html_of, opened
from ui import owner, shared, templates
from ui.shared import Opening
from ui.strings import strings

WORDS = strings("en")
SOON = 20  # seconds that nothing here takes


class Stage:
    """An opening that goes on only as the test lets it."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.indexed = threading.Event()
        self.go = threading.Event()
        self.error: Exception | None = None
        self.settings: list[Settings] = []

    @property
    def times(self) -> int:
        return len(self.settings)

    def open(
        self,
        settings: Settings,
        progress: Callable[[int, int], object],
        *,
        early: Callable[[Assistant], object],  # noqa: ARG002  (all is there at once)
    ) -> Assistant:
        self.settings.append(settings)
        progress(3, 8)
        self.indexed.set()
        assert self.go.wait(SOON)
        if self.error:
            raise self.error
        return self.assistant


@pytest.fixture
def stage(teahouse: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    made = Stage(teahouse)
    monkeypatch.setattr(Assistant, "open", made.open)
    yield made
    made.go.set()


def _settings() -> Settings:
    return Settings(_env_file=None)


def test_it_tells_how_far_it_is(stage: Stage) -> None:
    told: list[tuple[int, int]] = []
    opening = Opening(_settings(), lambda done, total: told.append((done, total)))
    opening.wait(until_indexing=True)
    assert (opening.done, opening.total) == (3, 8)
    assert told == [(3, 8)]
    assert opening.assistant is None
    stage.go.set()
    opening.wait()
    assert opening.assistant is stage.assistant


def test_whoever_waits_is_told_while_it_lasts(stage: Stage) -> None:
    opening = Opening(_settings())
    told: list[tuple[int, int]] = []

    def hears(done: int, total: int) -> None:
        told.append((done, total))
        stage.go.set()

    opening.wait(until_indexing=True)
    opening.wait(hears)
    assert told
    assert set(told) == {(3, 8)}


def test_what_is_to_be_done_with_it_is_done_before_it_is_had(stage: Stage) -> None:
    had: list[Any] = []
    opening = Opening(_settings(), then=lambda made: had.append((made, opening.assistant)))
    stage.go.set()
    opening.wait()
    assert had == [(stage.assistant, None)]


@pytest.mark.parametrize("error", [KnowledgeError("No glossary."), AssistantError("No key.")])
def test_why_it_failed_is_told_to_whoever_waits(stage: Stage, error: Exception) -> None:
    stage.error = error
    stage.go.set()
    opening = Opening(_settings())
    with pytest.raises(type(error), match=str(error)):
        opening.wait()
    with pytest.raises(type(error)):
        opening.wait(until_indexing=True)


def test_it_is_opened_once_for_all(stage: Stage) -> None:
    shared.hand_over(None)
    found: list[Assistant] = []
    readers = [threading.Thread(target=lambda: found.append(shared.assistant())) for _ in range(4)]
    for each in readers:
        each.start()
    assert stage.indexed.wait(SOON)
    assert shared.ready() is None
    stage.go.set()
    for each in readers:
        each.join(SOON)
    assert found == [stage.assistant] * 4
    assert shared.ready() is stage.assistant
    assert stage.times == 1


def test_after_a_failure_it_is_tried_again(stage: Stage) -> None:
    shared.hand_over(None)
    stage.error = KnowledgeError("No glossary.")
    stage.go.set()
    with pytest.raises(KnowledgeError):
        shared.assistant()
    assert shared.ready() is None
    stage.error = None
    assert shared.assistant() is stage.assistant
    assert stage.times == 2


def test_what_failed_midway_is_tried_again_with_the_same_settings_and_logged(
    stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = Settings(glossary=TEA, data_dir=tmp_path, _env_file=None)
    opening = Opening(own)
    opening.wait(until_indexing=True)  # the server is started then
    shared.hand_over(opening)
    stage.error = KnowledgeError("The disk is full.")
    stage.go.set()
    for _ in range(3):
        with pytest.raises(KnowledgeError):
            shared.assistant()
    assert stage.settings == [own] * len(stage.settings)
    assert shared.settings() == own
    assert "The disk is full." in caplog.text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_says_how_far_it_is_and_then_is_there(stage: Stage, language: str) -> None:
    words = strings(language)
    opening = Opening(_settings())
    opening.wait(until_indexing=True)
    shared.hand_over(opening)
    shown: list[str] = []
    app = AppTest.from_file(PAGE, default_timeout=SOON)
    app.query_params["lang"] = language
    with pytest.MonkeyPatch.context() as patched:
        render = templates.render

        def seen(template: str, interface: str, **values: object) -> str:
            html = render(template, interface, **values)
            if template == "indexing":
                shown.append(html)
                stage.go.set()
            return html

        patched.setattr(templates, "render", seen)
        app.run()
    assert words["indexing_title"] in shown[0]
    assert 'aria-valuenow="38"' in shown[0]
    assert words["tagline"] in html_of(app)
    assert words["indexing_title"] not in html_of(app)


def test_a_page_that_failed_opens_once_it_can(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner, "allowed", lambda *_: True)
    shared.hand_over(None)
    stage.error = KnowledgeError("There is no <glossary>.")
    stage.go.set()
    app = AppTest.from_file(PAGE, default_timeout=SOON)
    app.query_params["lang"] = "en"
    app.run()
    assert "There is no <glossary>." in html_of(app)
    assert WORDS["failure_again"] in html_of(app)
    assert not app.chat_input
    stage.error = None
    app.run()
    assert WORDS["tagline"] in html_of(app)
    ask(app, "What is a kettle?")


def test_conversations_are_opened_once_and_so_is_their_failure(
    teahouse: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[object] = []

    def fails(_: object) -> Conversations:
        times.append(None)
        raise ConversationError("It is locked.")

    monkeypatch.setattr(Conversations, "open", fails)
    app = opened(teahouse)
    app.run()
    assert len(times) == 1


def test_conversations_are_kept_again_by_themselves(
    teahouse: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound, times = Conversations.open, list[object]()

    def fails_twice(database: Any) -> Conversations:
        times.append(None)
        if len(times) < 3:
            raise ConversationError("It is locked.")
        return sound(database)

    monkeypatch.setattr(Conversations, "open", fails_twice)
    monkeypatch.setattr(shared, "_AGAIN", 0.05)
    app = opened(teahouse)
    assert WORDS["not_kept"].partition("{")[0] in html_of(app)
    until = time.monotonic() + SOON
    while shared._held.unkept and time.monotonic() < until:
        time.sleep(0.05)
    app.run()
    assert WORDS["not_kept"].partition("{")[0] not in html_of(app)
