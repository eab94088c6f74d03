"""The sidebar: the reader's conversations, and what is there."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from assistant.assistant import Assistant
from ui import formatting, health, shared, templates
from ui.components.conversations import conversations
from ui.strings import strings

_EVERY = 5.0  # seconds between two looks at how far it is


def sidebar(assistant: Assistant, language: str) -> Callable[[], None]:
    """Draws the sidebar; returns what lists the conversations anew."""
    words = strings(language)
    with st.sidebar:
        st.html(templates.button(words["new_chat"], templates.does("new"), icon="new", kind="wide"))
        relist = conversations(language)
        if shared.improving():
            _improving(language)
        faults = sum(fault.severity == "error" for fault in assistant.glossary.faults)
        facts = _facts(assistant, language)
        st.html(templates.render("sidebar#about", language, facts=facts, faults=faults))
    return relist


@st.fragment(run_every=_EVERY)
def _improving(language: str) -> None:
    """How far the rest of the index is, while questions are answered without it."""
    if progress := shared.improving():
        said = strings(language)["improving"].format(
            done=formatting.number(progress[0], language),
            total=formatting.number(progress[1], language),
        )
        st.html(templates.note(said, "notice"))


def _facts(assistant: Assistant, language: str) -> dict[str, list[str]]:
    """The facts under “About”: the glossary, its index, and a language model or none."""
    words = strings(language)
    glossary = assistant.glossary
    manifests = [index.manifest for index in assistant.retriever.indexes]
    names = (formatting.language_name(tag, language) for tag in glossary.languages)
    rows = formatting.number(len(manifests[0].rows), language)
    synced = formatting.day(datetime.fromisoformat(manifests[0].synced_at), language)
    failed = health.has_failed("index")
    return {
        words["glossary"]: [
            words["terms"].format(n=formatting.number(len(glossary.ids), language)),
            words["languages"].format(languages=words["comma"].join(names)),
        ],
        words["index"]: [
            words["index_failed"] if failed else words["index_ready"].format(n=rows),
            *(each.embedder for each in manifests),
            words["index_updated"].format(date=synced),
        ],
        words["model"]: _model(assistant, words),
    }


def _model(assistant: Assistant, words: dict[str, str]) -> list[str]:
    settings = assistant.settings
    if not settings.has_chat_model:
        return [words["model_none"]]
    return [settings.chat_model or words["model_default"], settings.openai_base_url or "OpenAI"]
