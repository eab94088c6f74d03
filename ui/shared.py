"""What all readers share, opened once for the process: the assistant, and the conversations."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from assistant import AssistantError, ConversationError, telemetry
from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.settings import Settings
from knowledge import KnowledgeError
from ui import formatting

if TYPE_CHECKING:
    from assistant.conversations.admission import Admission, Limits
    from assistant.conversations.database import InDatabase
    from assistant.conversations.store import Conversations

Kept = TypeVar("Kept", bound="InDatabase")
Progress = Callable[[int, int], object]
log = logging.getLogger(__name__)
_AGAIN = 10.0  # seconds until the conversations are tried again
_POLL = 0.1  # seconds between two looks at how far it is


class OpeningError(KnowledgeError):
    """The glossary is still being opened."""


class Opening:
    """The assistant being opened in a thread of its own, so that a page can say how far it is."""

    def __init__(self, settings: Settings, after: "Opening | None" = None) -> None:
        """One that it comes ``after`` is cut short."""
        self.settings = settings
        self.done, self.total = 0, 0
        """Sentences indexed, and how many there are to index: 0 until that is known."""
        self.assistant: Assistant | None = None
        self.error: KnowledgeError | AssistantError | None = None
        self._abandoned = False
        self._thread = threading.Thread(target=self._open, args=(after,), daemon=True)
        self._thread.start()

    def _open(self, after: "Opening | None") -> None:
        try:
            if after and not after.assistant:  # what it has indexed need not be once more
                after._abandoned = True  # noqa: SLF001  (it ends at its next step of indexing)
                after._thread.join()  # noqa: SLF001
            self._go_on()
            self._serve(Assistant.open(self.settings, self._progress, early=self._serve))
            _held.told = ""
        except Exception as error:  # noqa: BLE001  (told to whoever waits for it)
            self.error = KnowledgeError(f"Something unforeseen failed ({error}).")
            if isinstance(error, KnowledgeError | AssistantError):
                self.error = error
            said = f"The glossary is not opened. {type(error).__name__}: {error}"
            if not self._abandoned and said != _held.told:  # once, however often it is tried
                _held.told = said
                log.error("%s", said)  # noqa: TRY400  (to be read, not traced)

    def _serve(self, opened: Assistant) -> None:
        """Lets readers ask, also before all is embedded: the answers get better once it is."""
        with _held.lock:
            self._go_on()
            if _held.opening is self or (self.assistant and _held.assistant is self.assistant):
                _held.assistant = opened
            self.assistant = opened

    def _go_on(self) -> None:
        if self._abandoned:
            raise KnowledgeError("It is not wanted any more.")

    def _progress(self, done: int, total: int) -> None:
        self._go_on()
        self.done, self.total = done, total

    @property
    def is_under_way(self) -> bool:
        """Whether there is more to come."""
        return self._thread.is_alive()

    @property
    def busy(self) -> bool:
        """Whether it is under way, and has nothing yet to go on with."""
        return self.is_under_way and not self.assistant

    @property
    def failure(self) -> Exception | None:
        """Why it has nothing to go on with; the assistant before it serves on."""
        return None if self.assistant else self.error

    def wait(self, progress: Progress | None = None, *, until_indexing: bool = False) -> None:
        """Waits until there is an assistant, or an index is made and that is enough; or fails."""
        while self.is_under_way and not (self.assistant or (until_indexing and self.total)):
            if progress and self.total:
                progress(self.done, self.total)
            self._thread.join(_POLL)
        if self.error:
            raise self.error


@dataclass
class _Held:
    """The opening that is under way or over."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    opening: Opening | None = None
    assistant: Assistant | None = None
    settings: Settings | None = None
    told: str = ""
    unkept: ConversationError | None = None


_held = _Held()


def hand_over(opened: Assistant | Opening | None) -> None:
    """Gives the app an assistant, open or being opened; else it opens one by the settings."""
    with _held.lock:
        _held.opening = opened if isinstance(opened, Opening) else None
        _held.assistant = opened.assistant if isinstance(opened, Opening) else opened
        _held.settings = opened.settings if opened else None
        if opened:
            formatting.choose_digits(opened.settings.digits)
        _held.told, _held.unkept = "", None


def settings() -> Settings:
    """The settings that the app is served by: as handed over, or else of the environment.

    They are made once: what failed is tried again with the same, never with others. SettingsError
    where those of the environment are not as they should be.
    """
    if opened := ready():
        return opened.settings
    if _held.settings is None:
        _held.settings = Settings.load()
        formatting.choose_digits(_held.settings.digits)
    return _held.settings


def assistant(progress: Progress | None = None) -> Assistant:
    """The process's assistant; ``progress`` is told of the first indexing while it lasts.

    KnowledgeError or AssistantError where it cannot be opened; the next call tries again.
    """
    if _held.assistant is not None:
        return _held.assistant
    with _held.lock:
        last = _held.opening = _held.opening or Opening(settings())
    try:
        last.wait(progress)
    except Exception:
        _held.opening = None
        raise
    assert last.assistant is not None  # noqa: S101  (it is open, or it failed)
    return last.assistant


def assistant_at_once() -> Assistant:
    """The process's assistant, or OpeningError while it is opened; else as ``assistant``."""
    if opened := ready():
        return opened
    if failure():
        return assistant()
    raise OpeningError("The glossary is being opened: ask again in a moment.")


def renew(settings: Settings) -> None:
    """Opens an assistant by these settings; who has the former goes on with it to the end.

    Another that is wanted meanwhile cuts it short.
    """
    with _held.lock:
        _held.opening = Opening(settings, after=_held.opening)


def opening() -> Opening | None:
    """The last that was begun, under way or over; None where the assistant was handed over."""
    return _held.opening


def ready() -> Assistant | None:
    """The assistant, if it is open already."""
    return _held.assistant


def failure() -> str:
    """Why the assistant, or what would make it better, could not be opened; nothing if it was."""
    return _held.told


def improving() -> tuple[int, int] | None:
    """Sentences embedded, and how many there are, while the assistant answers by the rest."""
    last = _held.opening
    return (last.done, last.total) if last and last.assistant and last.is_under_way else None


@st.cache_resource(show_spinner=False, on_release=lambda store: store.close())
def _store() -> "Conversations":
    from assistant.conversations.store import Conversations  # noqa: PLC0415  (SQLAlchemy)

    return Conversations.open(settings().database)


def _try_again(failed: ConversationError) -> None:
    """Opens the conversations once that is possible, unless another assistant has others."""
    while _held.unkept is failed:
        time.sleep(_AGAIN)
        with contextlib.suppress(KnowledgeError, AssistantError):
            _store()
            _held.unkept = None
            log.warning("The conversations are kept again.")


def conversations() -> "Conversations":
    """The process's conversations; ConversationError where they cannot be opened.

    As that can take a minute, nobody waits for it to be tried again: that is done meanwhile.
    """
    if _held.unkept:
        raise _held.unkept
    try:
        return _store()
    except ConversationError as error:
        _held.unkept = error
        log.warning("The conversations are not kept. %s", error)
        threading.Thread(target=_try_again, args=(error,), daemon=True).start()
        raise


def kept(kind: type[Kept]) -> Kept:
    """What else is kept in the database of the conversations, failing as they do."""
    return kind(conversations().database)


def unanswered(answer: Answer) -> None:
    """Counts a question that is not kept, if the glossary did not answer it."""
    if answer.status == "not_in_glossary":
        with contextlib.suppress(ConversationError):  # which costs nobody the answer
            conversations().record_gap(answer)


def admit(reader: str) -> "Admission":
    """Lets a question of a reader in, as the limits allow: to be left once it is answered.

    ``with shared.admit(person.reader) as allowance:`` stands around every way to ask; ``allowance``
    is for ``Assistant.stream``. LimitError where one may not ask now.
    """
    return _limits(settings().limits).admit(reader)


@lru_cache(maxsize=1)
def _limits(told: str) -> "Limits":
    from assistant.conversations.admission import Limits  # noqa: PLC0415  (SQLAlchemy)

    return Limits(told, lambda: conversations().database)


def warm() -> None:
    """Pays for what is slow the first time, so that no reader waits for it."""
    # What fails is told to who asks.
    with telemetry.silence(), contextlib.suppress(AssistantError, KnowledgeError):
        opened = assistant()
        conversations()  # every page lists them
        for entry in {e.language: e for e in opened.glossary.entries}.values():
            opened.ask(entry.term, language=entry.language, writer="quote")
            opened.linker.find(entry.summary, entry.language)
