"""Changes: what was done last, with undo; and how far the index is brought up to date."""

from typing import Literal

import streamlit as st

from assistant import AssistantError
from assistant.assistant import Assistant
from assistant.conversations import gaps
from knowledge import KnowledgeError
from knowledge.editing.journal import Step
from ui import failures, managing, markup, owner, shared, state
from ui.strings import strings

_POLL = 0.5  # seconds
_RENEWED = "renewed"


def changes(assistant: Assistant, language: str, *, past: bool = True) -> None:
    """What is to be told of both; nothing if there is nothing.

    Without ``past`` it is only what was done in this tab.
    """
    words = strings(language)
    what = managing.last(assistant)
    if what and (past or what == managing.here()):
        st.html(_told(what, assistant, language))
    if managing.renewal.busy:
        st.session_state[_RENEWED] = False
        _waiting(language)
    elif managing.renewal.error:
        said = words["renewal_failed"].format(
            message=failures.said(managing.renewal.error, language)
        )
        st.html(markup.note(said, "notice"))
        if st.button(words["failure_again"], key="renew-again"):
            managing.renewal.again()
            st.rerun()
    elif shared.assistant() is not assistant:  # it ended while this page was being drawn
        st.rerun()
    elif st.session_state.get(_RENEWED):
        rows = len(assistant.retriever.indexes[0].manifest.rows)
        said = words["renewed"].format(n=markup.number(rows, language))
        st.html(markup.group(markup.note(said)))


@st.fragment(run_every=_POLL)
def _waiting(language: str) -> None:
    """How far it is; once it is over, the page is drawn anew."""
    st.html(markup.renewing(*managing.renewal.progress, language))
    if not managing.renewal.busy:
        st.session_state[_RENEWED] = True
        st.rerun()


def _told(what: managing.Done, assistant: Assistant, language: str) -> str:
    words = strings(language)
    if isinstance(what, managing.Forgotten):
        kind, name, file = "forgotten", gaps.name(what.gap), None
    else:
        kind, name, file = what.kind, what.name, what.file
    if isinstance(what, Step) and kind == "imported" and not what.undone:
        said = markup.bringing_done(*what.counts, language)
    else:
        key = f"undone_{kind}" if what.undone else f"did_{kind}"
        said = words[key].format(name=markup.isolated(name))
    more = ""
    if file and assistant.glossary.versions(file.id):
        more = markup.to_entry(file.id, file.language, language)
    way: Literal["undo", "redo", ""] = (
        "" if managing.final(what) else "redo" if what.undone else "undo"
    )
    return markup.done_bar(said, what.at, language, way=way, more=more)


def undo(at: str, assistant: Assistant, language: str) -> None:
    """Undoes what was done at a time, or does it again; or says why not."""
    if not owner.allowed(assistant.settings):
        return
    what = managing.last(assistant)
    if what is None or what.at.isoformat() != at:  # another tab was faster
        state.say(strings(language)["undo_late"])
        st.rerun()
    try:
        managing.undo(what, assistant)
    except (KnowledgeError, AssistantError, OSError) as error:
        state.say(failure(error, language))
    st.rerun()


def failure(error: Exception, language: str) -> str:
    """What failed, in a sentence."""
    return strings(language)["error_any"].format(message=failures.said(error, language))
