"""Changes: what was done last, with undo; and how far the index is brought up to date."""

from datetime import UTC, datetime

import streamlit as st
from markupsafe import Markup

from assistant import AssistantError
from assistant.assistant import Assistant
from assistant.conversations import gaps
from knowledge import KnowledgeError
from knowledge.editing.journal import Step
from ui import failures, formatting, managing, owner, shared, state, templates
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
        st.html(templates.note(said, "notice"))
        if st.button(words["failure_again"], key="renew-again"):
            managing.renewal.again()
            st.rerun()
    elif shared.assistant() is not assistant:  # it ended while this page was being drawn
        st.rerun()
    elif st.session_state.get(_RENEWED):
        rows = len(assistant.retriever.indexes[0].manifest.rows)
        said = words["renewed"].format(n=formatting.number(rows, language))
        st.html(templates.render("turn#notes", language, texts=[said], kept_back=()))


@st.fragment(run_every=_POLL)
def _waiting(language: str) -> None:
    """How far it is; once it is over, the page is drawn anew."""
    done, total = managing.renewal.progress
    st.html(templates.render("manage#renewing", language, done=done, total=total))
    if not managing.renewal.busy:
        st.session_state[_RENEWED] = True
        st.rerun()


def _told(what: managing.Done, assistant: Assistant, language: str) -> Markup:
    words = strings(language)
    if isinstance(what, managing.Forgotten):
        kind, name, file = "forgotten", gaps.name(what.gap), None
    else:
        kind, name, file = what.kind, what.name, what.file
    if isinstance(what, Step) and kind == "imported" and not what.undone:
        said = _imported(what.counts, language)
    else:
        key = f"undone_{kind}" if what.undone else f"did_{kind}"
        said = words[key].format(name=formatting.isolated(name))
    way = "" if managing.final(what) else "redo" if what.undone else "undo"
    return templates.render(
        "manage#done",
        language,
        said=said,
        at=what.at,
        age=datetime.now(UTC) - what.at,
        way=way,
        entry=file if file and assistant.glossary.versions(file.id) else None,
    )


def _imported(counts: tuple[int, int, int], language: str) -> str:
    """What an import did, in a sentence: of what there was none is not told."""
    words = strings(language)
    told = [
        words[f"bring_done_{name}"].format(n=formatting.number(n, language))
        for name, n in zip(("added", "changed", "unchanged"), counts, strict=True)
        if n
    ]
    return words["bring_done"].format(counts=formatting.listed(told, language))


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
