"""Managing: who may change the glossary, which one is changed, and what was changed last."""

import contextlib
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, cast

import streamlit as st
from pydantic import TypeAdapter

from assistant import ConversationError
from assistant.assistant import Assistant
from assistant.conversations.conversation import Gap
from knowledge.editing.importing import is_native
from knowledge.editing.journal import Journal, Step, undo_step
from knowledge.editing.library import Library
from knowledge.glossary import BUNDLED, Glossary
from ui import identity, shared
from ui.shared import Renewal

renewal = Renewal()

Fixed = Literal["bundled", "format", "locked"]
"""Why a glossary is not changed: it comes with the program, is in another format, or read-only."""


def fixed(glossary: Glossary) -> Fixed | None:
    """Why a glossary is not changed, or None if it is."""
    return _fixed(glossary)[0]


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs={Glossary: id})
def _fixed(glossary: Glossary) -> tuple[Fixed | None, Glossary]:
    """Held with its glossary, so that the identity is not another's."""
    return _reason(glossary), glossary


def _reason(glossary: Glossary) -> Fixed | None:
    if glossary.path.resolve() == BUNDLED.resolve():
        return "bundled"
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


def go_on_with(path: Path | None, assistant: Assistant) -> None:
    """Opens another glossary in the background, and notes it for the next start.

    Raises:
        OSError: the data folder cannot be written.
    """
    library(assistant).choose(path)
    renewal.begin(assistant.settings.model_copy(update={"glossary": path or BUNDLED}))


def renew(assistant: Assistant) -> None:
    """Takes in what has changed in the files of the glossary."""
    renewal.begin(assistant.settings)


@dataclass(frozen=True)
class Forgotten:
    """A missing term that was taken off the list in this tab; that changes no glossary.

    Only this tab tells of it: what is off the list can be put back in every tab, at any time.
    """

    gap: Gap
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    undone: bool = False


_GAP = TypeAdapter(Gap)
Done = Step | Forgotten  # what was done last


def done(what: Done | None, assistant: Assistant) -> None:
    """Notes what was done in this tab; of a glossary, for later and for other tabs, too."""
    st.session_state["done"] = what
    if isinstance(what, Step):
        with contextlib.suppress(OSError):  # it is done, and this tab can undo it still
            _journal(assistant).keep(what)


def last(assistant: Assistant) -> Done | None:
    """What was done last, here or to the open glossary."""
    own = here()
    step = _journal(assistant).last(renewal.glossary or assistant.glossary.path)
    return step if step and not (own and own.at >= step.at) else own


def here() -> Done | None:
    """What was done last in this tab."""
    found: Done | None = st.session_state.get("done")
    return found


def undo(what: Done, assistant: Assistant) -> None:
    """Undoes what was done last, or does it again if it is undone.

    Raises:
        KnowledgeError, AssistantError: it cannot be, as more has changed since.
        OSError: the disk is full or refuses.
    """
    if isinstance(what, Forgotten):
        set_aside(what.gap, assistant, aside=what.undone)
        return
    again = undo_step(what)
    if what.former is None:
        renew(assistant)
    else:
        _journal(assistant).forget(what.glossary)
        go_on_with(None if what.former == BUNDLED else what.former, assistant)
    if what.also:
        gap, store = _GAP.validate_python(what.also), shared.conversations()
        (store.forget_gap if what.undone else store.restore_gap)(gap)
    done(again, assistant)


def set_aside(gap: Gap, assistant: Assistant, *, aside: bool) -> None:
    """Takes a missing term off the list, or puts it back.

    Raises:
        ConversationError: the database fails.
    """
    shared.conversations().set_gap_aside(gap.key, aside=aside)
    done(Forgotten(gap, undone=not aside), assistant)


def filled(key: str) -> dict[str, Any] | None:
    """Takes the missing term off the list that an entry was written for; as a step keeps it."""
    with contextlib.suppress(ConversationError):  # else it can still be taken off there
        store = shared.conversations()
        gap = next((each for each in store.gaps(1000) if each.key == key), None) if key else None
        if gap:
            store.forget_gap(gap)
            return cast("dict[str, Any]", _GAP.dump_python(gap, mode="json"))
    return None


def _journal(assistant: Assistant) -> Journal:
    return Journal(assistant.settings.data_dir)
