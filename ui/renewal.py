"""Renewal: the assistant is opened anew in the background; the one before serves until then."""

import threading
from pathlib import Path

from assistant import AssistantError
from assistant.settings import Settings
from knowledge import KnowledgeError
from ui import shared
from ui.shared import AbandonedError, Opening


class Renewal:
    """What is being opened anew, one at a time: another that is wanted meanwhile cuts it short."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted: Settings | None = None
        self._last: Settings | None = None
        self._opening: Opening | None = None
        self.busy = False  # whether it is under way
        self.error: KnowledgeError | AssistantError | None = None
        """Why the last one failed; the assistant before it serves on."""

    def begin(self, settings: Settings) -> None:
        """Opens an assistant by these settings, instead of the one under way."""
        with self._lock:
            self._wanted = self._last = settings
            self.error = None
            if self.busy:
                if self._opening:
                    self._opening.abandon()
                return
            self.busy = True
        threading.Thread(target=self._run, daemon=True).start()

    def again(self) -> None:
        """Tries the last one once more."""
        if self._last:
            self.begin(self._last)

    def wait(self, seconds: float = 60) -> None:
        """Waits until it is over: for tests."""
        ended = threading.Event()
        for _ in range(int(seconds * 20)):
            if not self.busy:
                return
            ended.wait(0.05)

    @property
    def glossary(self) -> Path | None:
        """The glossary that is being opened, or could not be; None where the open one is new."""
        return self._last.glossary if self._last and (self.busy or self.error) else None

    @property
    def progress(self) -> tuple[int, int]:
        """Sentences indexed, and how many there are to index: 0 until that is known."""
        opening = self._opening
        return (opening.done, opening.total) if opening else (0, 0)

    def _run(self) -> None:
        while True:
            with self._lock:
                settings, self._wanted = self._wanted, None
                if settings is None:
                    self._opening, self.busy = None, False
                    return
            self._open(settings)

    def _open(self, settings: Settings) -> None:
        opening = Opening(settings)
        with self._lock:
            self._opening = opening
            if self._wanted:  # since it began, and before it could be abandoned
                opening.abandon()
        try:
            opening.wait()
            shared.go_on_with(opening)
        except AbandonedError:
            return
        except (KnowledgeError, AssistantError) as error:
            self.error = error
        except Exception as error:  # noqa: BLE001  (it is told, as any other)
            self.error = KnowledgeError(f"Something unforeseen failed ({error}).")
