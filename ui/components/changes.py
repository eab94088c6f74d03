"""Changes: what was done last, with undo; and how far the index is brought up to date."""

from datetime import UTC, datetime

import streamlit as st

from assistant import AssistantError
from knowledge import KnowledgeError
from knowledge.editing.journal import Step
from ui import formatting, identity, managing, shared, state
from ui.page import Page
from ui.shared import Opening

_POLL = 0.5  # seconds


def changes(page: Page, entry_id: str = "") -> None:
    """What is to be told of both; on the page of an entry, only what was done to that."""
    step, opening = managing.last(page.assistant), shared.opening()
    if step and (not entry_id or (step.file and step.file.id == entry_id)):
        _tell(step, page)
    if opening and opening.busy:
        waiting(page, opening)
    elif opening and opening.failure:
        page.failed(opening.failure, "renewal_failed")
        if st.button(page.words["failure_again"], key="renew-again"):
            shared.renew(opening.settings)
            st.rerun()
    elif shared.assistant() is not page.assistant:  # it ended while this page was being drawn
        st.rerun()


@st.fragment(run_every=_POLL)
def waiting(page: Page, opening: Opening) -> None:
    """How far it is; once it is over, the page is drawn anew and says it if it failed."""
    page.html("manage#renewing", done=opening.done, total=opening.total)
    if not opening.busy:
        if opening.failure:
            state.say(page.failure(opening.failure, "renewal_failed"))
        st.rerun()


def _tell(step: Step, page: Page) -> None:
    said = page.say(f"did_{step.kind}", name=formatting.isolated(step.name))
    entry = step.file if step.file and page.glossary.versions(step.file.id) else None
    age = datetime.now(UTC) - step.at
    page.html("manage#done", said=said, at=step.at, age=age, entry=entry)


def undo(at: str, page: Page) -> None:
    """Undoes what was done at a time, or says why not."""
    if not identity.current().may("owner"):
        return
    step = managing.last(page.assistant)
    if step is None or step.at.isoformat() != at:  # another tab was faster
        state.say(page.words["undo_late"])
        st.rerun()
    try:
        managing.undo(step, page.assistant)
        state.say(page.say(f"undone_{step.kind}", name=formatting.isolated(step.name)))
    except (KnowledgeError, AssistantError, OSError) as error:
        state.say(page.failure(error))
    st.rerun()
