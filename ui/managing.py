"""Managing: who may change the glossary, which one is changed, and what was changed last."""

import contextlib
import itertools
import os
import threading
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.assistant import Assistant
from assistant.settings import Settings
from knowledge.editing.importing import is_native
from knowledge.editing.journal import Journal, Step, undo_step
from knowledge.editing.library import Library
from knowledge.glossary import BUNDLED, Glossary
from ui import identity, shared

if TYPE_CHECKING:
    from assistant.replicas import Replica

_LOOK = 2.0  # seconds between two looks at what other replicas have changed
_TRIES = 5  # looks after which what could not be opened is tried again

Fixed = Literal["bundled", "format", "locked"]
"""Why a glossary is not changed: it comes with the program, is in another format, or read-only."""


def is_bundled(path: Path) -> bool:
    """Whether a glossary is the one that comes with the program."""
    return path.resolve() == BUNDLED.resolve()


@lru_cache(maxsize=4)
def fixed(glossary: Glossary) -> Fixed | None:
    """Why a glossary is not changed, or None if it is."""
    if is_bundled(glossary.path):
        return "bundled"
    settings = shared.settings()
    if settings.replica and not glossary.path.is_relative_to(settings.data_dir.absolute()):
        return "locked"  # what is beside the library is not the others', too
    if not is_native(glossary):
        return "format"
    folders = {(glossary.path / entry.origin).parent for entry in glossary.entries}
    beside = glossary.path.absolute().parent  # where what is to stand there is made
    writable = all(os.access(folder, os.W_OK) for folder in {beside, glossary.path, *folders})
    return None if writable else "locked"


def may_edit(assistant: Assistant) -> bool:
    """Whether the reader may change this glossary, in place."""
    return identity.current().may("owner") and fixed(assistant.glossary) is None


def library(assistant: Assistant) -> Library:
    """The glossaries of one's own."""
    return Library(assistant.settings.data_dir)


@contextlib.contextmanager
def changing(assistant: Assistant, then: Path | None = None) -> Iterator[None]:
    """Whoever changes glossaries does so in here; once it ends, that is taken in.

    ``then`` is the glossary that is open from then on, where it is another. If the block fails, or
    of replicas the database, nothing has changed; the others wait meanwhile.

    AssistantError where the database fails, or another replica changes the glossaries too long;
    OSError where the data folder cannot be written.
    """
    settings = assistant.settings
    replica = settings.replica
    with replica.changing() if replica else contextlib.nullcontext():
        yield
        if then:
            library(assistant).choose(None if then == BUNDLED else then)
            settings = settings.model_copy(update={"glossary": then})
    renew(settings)


def renew(settings: Settings) -> None:
    """Opens the glossary anew in the background; of replicas, that which is the chosen one."""
    if replica := settings.replica:
        replica.opened = replica.number
        path = Library(settings.data_dir).open_one(settings.glossary)
        settings = settings.model_copy(update={"glossary": path})
    shared.renew(settings)


def follow(settings: Settings) -> None:
    """Takes in what other replicas change, from now on, if there are any."""
    if replica := settings.replica:
        replica.opened = replica.opened or replica.number
        threading.Thread(target=_follow, args=(replica,), daemon=True).start()


def _follow(replica: "Replica") -> None:
    """Looks for a version that is not opened yet, and now and then tries what could not be."""
    for n in itertools.count(1):
        opening = shared.opening()
        if not (opening and (opening.busy or opening.failure)):
            replica.say(replica.opened)
        replica.follow()
        opening = shared.opening()
        if opening and opening.busy:
            pass  # what came last is next: cut short each time, none would end
        elif replica.number not in (0, replica.opened):
            renew(shared.settings())
        elif opening and opening.failure and n % _TRIES == 0:
            shared.renew(opening.settings)
        time.sleep(_LOOK)


def done(step: Step, assistant: Assistant) -> None:
    """Notes what was done, so that it can be undone."""
    with contextlib.suppress(OSError):  # it is done
        Journal(assistant.settings.data_dir).keep(step)


def last(assistant: Assistant) -> Step | None:
    """What was done last to the open glossary, or to the one that is being opened."""
    opening = shared.opening()
    coming = opening.settings if opening and not opening.assistant else None
    path = coming.glossary if coming else assistant.glossary.path
    return Journal(assistant.settings.data_dir).last(path)


def undo(step: Step, assistant: Assistant) -> None:
    """Undoes what was done last; KnowledgeError if more has changed since."""
    with changing(assistant, step.former):
        undo_step(step)
        Journal(assistant.settings.data_dir).forget(step.glossary)
