"""Changes: what was done last, with undo; and how far the index is brought up to date."""

import streamlit as st

from assistant import AssistantError
from assistant.assistant import Assistant
from knowledge import KnowledgeError
from ui import managing, markup, state
from ui.strings import strings

_POLL = 0.5  # seconds
_RENEWED = "renewed"


def changes(assistant: Assistant, language: str) -> None:
    """What is to be told of both; nothing if there is nothing."""
    words = strings(language)
    change = managing.last()
    if change:
        st.html(_told(change, assistant, language))
    if managing.renewal.busy:
        st.session_state[_RENEWED] = False
        _waiting(language)
    elif managing.renewal.error:
        said = words["renewal_failed"].format(
            message=markup.failed(managing.renewal.error, language)
        )
        st.html(markup.note(said, "notice"))
        if st.button(words["failure_again"], key="renew-again"):
            managing.renewal.again()
            st.rerun()
    elif st.session_state.get(_RENEWED):
        rows = len(assistant.retriever.index.manifest.rows)
        said = words["renewed"].format(n=markup.number(rows, language))
        st.html(markup.group(markup.note(said)))


@st.fragment(run_every=_POLL)
def _waiting(language: str) -> None:
    """How far it is; once it is over, the page is drawn anew."""
    st.html(markup.renewing(*managing.renewal.progress, language))
    if not managing.renewal.busy:
        st.session_state[_RENEWED] = True
        st.rerun()


def _told(change: managing.Change, assistant: Assistant, language: str) -> str:
    words = strings(language)
    if change.kind == "imported":
        said = markup.bringing_done(*change.count, language)
    else:
        said = words[f"did_{change.kind}"].format(name=markup.isolated(change.name))
    more = ""
    saved = change.saved
    if change.kind == "saved" and saved and assistant.glossary.versions(saved.id):
        more = markup.to_entry(saved.id, saved.language, language)
    return markup.done_bar(said, language, undo=change.kind != "undone", more=more)


def undo(assistant: Assistant, language: str) -> None:
    """Undoes what was done last, or says why not."""
    if not managing.allowed(assistant.settings):
        return
    try:
        managing.undo(assistant)
    except (KnowledgeError, AssistantError, OSError) as error:
        state.say(failure(error, language))
    st.rerun()


def failure(error: Exception, language: str) -> str:
    """What failed, in a sentence."""
    return strings(language)["error_any"].format(message=markup.failed(error, language))
