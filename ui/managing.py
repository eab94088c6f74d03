"""Managing: who may change the glossary, which one is changed, and what was changed last."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

from assistant.assistant import Assistant
from assistant.conversations.conversation import Gap
from assistant.settings import Settings
from knowledge import GlossaryError, aside, editing
from knowledge.glossary import BUNDLED, Glossary
from knowledge.importing import is_native
from knowledge.shelf import Shelf
from ui import shared
from ui.renewal import Renewal

local = False
"""Whether the app is served on an address of this machine alone."""

renewal = Renewal()

Fixed = Literal["bundled", "format", "locked"]
"""Why a glossary is not changed: it comes with the program, is in another format, or read-only."""


def allowed(settings: Settings) -> bool:
    """Whether readers may change the glossary."""
    return settings.manage == "on" or (settings.manage == "auto" and local)


def fixed(glossary: Glossary) -> Fixed | None:
    """Why a glossary is not changed, or None if it is."""
    return _fixed(glossary, id(glossary))[0]


@st.cache_resource(show_spinner=False, max_entries=4)
def _fixed(_glossary: Glossary, identity: int) -> tuple[Fixed | None, Glossary]:  # noqa: ARG001
    """Held with its glossary, so that the identity is not another's."""
    return _reason(_glossary), _glossary


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
    """Whether readers may change this glossary, in place."""
    return allowed(assistant.settings) and fixed(assistant.glossary) is None


def shelf(assistant: Assistant) -> Shelf:
    """The glossaries of one's own."""
    return Shelf(assistant.settings.data_dir)


def go_on_with(path: Path | None, assistant: Assistant) -> None:
    """Opens another glossary in the background, and notes it for the next start.

    Raises:
        OSError: the data folder cannot be written.
    """
    shelf(assistant).choose(path)
    renewal.begin(assistant.settings.model_copy(update={"glossary": path or BUNDLED}))


def renew(assistant: Assistant) -> None:
    """Takes in what has changed in the files of the glossary."""
    renewal.begin(assistant.settings)


@dataclass(frozen=True)
class Change:
    """What was done last, and what undoes it."""

    kind: Literal["saved", "deleted", "imported", "forgotten", "undone"]
    name: str = ""
    count: tuple[int, int, int] = (0, 0, 0)
    """Of an import: how many entries were added, changed, and left as they were."""
    saved: editing.Saved | None = None
    dest: Path | None = None
    was: Path | None = None
    """The glossary that was open before an import made another; None where it did not."""
    mark: int = 0
    gap: Gap | None = None


_CHANGE = "changed"


def changed(change: Change | None) -> None:
    """Notes what was done."""
    st.session_state[_CHANGE] = change


def last() -> Change | None:
    """What was done last in this tab."""
    found: Change | None = st.session_state.get(_CHANGE)
    return found


def mark(folder: Path) -> int:
    """Tells the files of a folder, as they are, from what they may be later."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return hash(
        frozenset((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    )


def undo(assistant: Assistant) -> None:
    """Undoes what was done last.

    Raises:
        KnowledgeError, AssistantError: it cannot be undone, as more has changed since.
        OSError: the disk is full or refuses.
    """
    change = last()
    if change is None:
        return
    if change.gap:
        shared.conversations().restore_gap(change.gap)
    if change.saved:
        editing.undo(change.saved)
        renew(assistant)
    elif change.dest:
        _undo_import(change, assistant)
    changed(Change("undone", change.name))


def _undo_import(change: Change, assistant: Assistant) -> None:
    assert change.dest is not None  # noqa: S101
    if mark(change.dest) != change.mark:
        raise GlossaryError(
            "The glossary has been changed since: undo that first, or edit its entries."
        )
    if change.was is not None:
        go_on_with(None if change.was == BUNDLED else change.was, assistant)
        aside.remove(change.dest)
    else:
        aside.undo(change.dest)
        renew(assistant)
