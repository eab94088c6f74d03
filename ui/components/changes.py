"""Changes: what was done last, with undo; and how far the index is brought up to date."""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from assistant import AssistantError
from assistant.conversations import gaps
from knowledge import KnowledgeError
from knowledge.editing.journal import Step
from ui import formatting, identity, managing, shared, state
from ui.page import Page

_POLL = 0.5  # seconds
_RENEWED = "renewed"


def changes(page: Page, *, past: bool = True) -> None:
    """What is to be told of both; without ``past``, only what was done in this tab."""
    what = managing.last(page.assistant)
    if what and (past or what == managing.here()):
        _tell(what, page)
    if managing.renewal.busy:
        st.session_state[_RENEWED] = False
        waiting(page, _renewed)
    elif managing.renewal.error:
        page.failed(managing.renewal.error, "renewal_failed")
        if st.button(page.words["failure_again"], key="renew-again"):
            managing.renewal.again()
            st.rerun()
    elif shared.assistant() is not page.assistant:  # it ended while this page was being drawn
        st.rerun()
    elif st.session_state.get(_RENEWED):
        rows = len(page.assistant.retriever.indexes[0].manifest.rows)
        page.html("turn#notes", texts=[page.say("renewed", n=page.number(rows))], kept_back=())


def _renewed() -> None:
    st.session_state[_RENEWED] = True


@st.fragment(run_every=_POLL)
def waiting(page: Page, then: Callable[[], None]) -> None:
    """How far it is; once it is over, something is done and the page drawn anew."""
    done, total = managing.renewal.progress
    page.html("manage#renewing", done=done, total=total)
    if not managing.renewal.busy:
        then()
        st.rerun()


def _tell(what: managing.Done, page: Page) -> None:
    if isinstance(what, managing.Forgotten):
        kind, name, file = "forgotten", gaps.name(what.gap), None
    else:
        kind, name, file = what.kind, what.name, what.file
    if isinstance(what, Step) and kind == "imported" and not what.undone:
        said = _imported(what.counts, page)
    else:
        key = f"undone_{kind}" if what.undone else f"did_{kind}"
        said = page.say(key, name=formatting.isolated(name))
    way = "redo" if what.undone else "undo"
    if isinstance(what, Step) and what.undone and what.former is not None:
        way = ""  # a glossary that is taken away is not made again
    entry = file if file and page.glossary.versions(file.id) else None
    age = datetime.now(UTC) - what.at
    page.html("manage#done", said=said, at=what.at, age=age, way=way, entry=entry)


def _imported(counts: tuple[int, int, int], page: Page) -> str:
    """What an import did, in a sentence: of what there was none is not told."""
    names = ("added", "changed", "unchanged")
    met = [(name, n) for name, n in zip(names, counts, strict=True) if n]
    told = [page.say(f"bring_done_{name}", n=page.number(n)) for name, n in met]
    return page.say("bring_done", counts=formatting.listed(told, page.language))


def undo(at: str, page: Page) -> None:
    """Undoes what was done at a time, or does it again; or says why not."""
    if not identity.current().may("owner"):
        return
    what = managing.last(page.assistant)
    if what is None or what.at.isoformat() != at:  # another tab was faster
        state.say(page.words["undo_late"])
        st.rerun()
    try:
        managing.undo(what, page.assistant)
    except (KnowledgeError, AssistantError, OSError) as error:
        state.say(page.failure(error))
    st.rerun()
