"""What all readers share: the assistant, while it is opened, once it is, and where it cannot be."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import ConversationError
from assistant.assistant import Assistant
from assistant.conversations.store import Conversations
from assistant.settings import Settings
from knowledge import KnowledgeError
from tests.conftest import TEA, until
from tests.ui.conftest import html_of, opened
from ui import shared
from ui.shared import Opening
from ui.strings import strings

WORDS = strings("en")
SOON = 60  # seconds that nothing here takes


class Stage:
    """An opening that goes on only as the test lets it."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.indexed = threading.Event()
        self.go = threading.Event()
        self.error: Exception | None = None
        self.settings: list[Settings] = []
        self.finished: list[Settings] = []

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
        progress(3, 8)  # which ends one that was abandoned
        self.finished.append(settings)
        return self.assistant


@pytest.fixture
def stage(teahouse: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    made = Stage(teahouse)
    monkeypatch.setattr(Assistant, "open", made.open)
    yield made
    made.go.set()


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
    assert len(stage.settings) == 1


def test_one_that_is_not_wanted_any_more_is_cut_short(stage: Stage) -> None:
    former, wanted = stage.assistant.settings, Settings(_env_file=None)
    shared.hand_over(None)
    shared.renew(former)
    assert stage.indexed.wait(SOON)
    shared.renew(wanted)
    stage.go.set()
    assert shared.assistant() is stage.assistant
    assert stage.settings == [former, wanted]
    assert stage.finished == [wanted]


def test_what_failed_is_told_logged_and_tried_again_with_the_same_settings(
    stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = Settings(glossary=TEA, data_dir=tmp_path, _env_file=None)
    opening = Opening(own)
    opening.wait(until_indexing=True)  # the server is started then
    shared.hand_over(opening)
    stage.error = KnowledgeError("The disk is full.")
    stage.go.set()
    for _ in range(3):
        with pytest.raises(KnowledgeError, match="The disk is full"):
            shared.assistant()
    assert shared.ready() is None
    assert "The disk is full." in caplog.text
    stage.error = None
    assert shared.assistant() is stage.assistant
    assert stage.settings == [own] * len(stage.settings)


def test_conversations_that_cannot_be_opened_are_tried_again_by_themselves(
    teahouse: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound, times = Conversations.open, list[object]()
    well = threading.Event()

    def open_if_well(database: Any) -> Conversations:
        times.append(None)
        if well.is_set():
            return sound(database)
        raise ConversationError("It is locked.")

    monkeypatch.setattr(Conversations, "open", open_if_well)
    monkeypatch.setattr(shared, "_AGAIN", 2.0)
    app = opened(teahouse)
    app.run()
    assert WORDS["not_kept"].partition("{")[0] in html_of(app)
    assert len(times) == 1  # no reader waits for it
    well.set()
    until(lambda: not shared._held.unkept)
    app.run()
    assert WORDS["not_kept"].partition("{")[0] not in html_of(app)
