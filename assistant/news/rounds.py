"""Rounds: the news updated in the background, as long as the process lives."""

import logging
import threading

from assistant import AssistantError
from assistant.assistant import Assistant
from assistant.news.updating import Updater
from knowledge import KnowledgeError

_FIRST = 10.0  # seconds after the start: whoever opened the app sees a page first
_LEAST = 60.0  # seconds between two rounds
_PAUSE = 0.2  # seconds between two steps of matching: questions come first

_log = logging.getLogger(__name__)


class Rounds:
    """A thread that updates the feeds whenever some are due. It ends with the process."""

    def __init__(self, assistant: Assistant, *, first: float = _FIRST) -> None:
        self._updater = Updater(assistant)
        self._stopped = threading.Event()
        self._first = first
        self._said = ""
        self._thread = threading.Thread(target=self._go, name="news", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Lets no other round begin."""
        self._stopped.set()

    def _go(self) -> None:
        wait = self._first
        while not self._stopped.wait(wait):
            wait = self._round()

    def _round(self) -> float:
        """One round; returns the seconds until the next. What fails is logged once, and no more."""
        said = ""
        try:
            self._updater.update(due=True, pause=_PAUSE)
            return max(self._updater.until_due, _LEAST)
        except (AssistantError, KnowledgeError) as error:
            said = str(error)
            if said != self._said:
                _log.warning("The news were not updated. %s", said)
        except Exception:  # noqa: BLE001  (a page must not miss it for long)
            _log.exception("The news were not updated.")
        finally:
            self._said = said
        return 10 * _LEAST
