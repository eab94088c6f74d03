"""The sidebar: the reader's conversations, and what is there."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from assistant.assistant import Assistant
from ui import health, markup, shared
from ui.components.conversations import conversations
from ui.strings import strings

_EVERY = 5.0  # seconds between two looks at how far it is


def sidebar(assistant: Assistant, language: str) -> Callable[[], None]:
    """All of it; returns what lists the conversations anew."""
    words = strings(language)
    with st.sidebar:
        st.html(markup.button(words["new_chat"], markup.does("new"), icon="new", kind="wide"))
        relist = conversations(language)
        if shared.improving():
            _improving(language)
        st.html(markup.about(words["about"], _facts(assistant, language)))
    return relist


@st.fragment(run_every=_EVERY)
def _improving(language: str) -> None:
    """How far the rest of the index is, while questions are answered without it."""
    if progress := shared.improving():
        said = strings(language)["improving"].format(
            done=markup.number(progress[0], language), total=markup.number(progress[1], language)
        )
        st.html(markup.note(said, "notice"))


def _facts(assistant: Assistant, language: str) -> str:
    """What is there: the glossary, its index, and a language model or none."""
    words = strings(language)
    glossary = assistant.glossary
    manifests = [index.manifest for index in assistant.retriever.indexes]
    spoken = words["comma"].join(markup.language_name(tag, language) for tag in glossary.languages)
    facts = (
        markup.fact(
            words["glossary"],
            words["terms"].format(n=markup.number(len(glossary.ids), language)),
            words["languages"].format(languages=spoken),
        )
        + markup.fact(
            words["index"],
            words["index_failed"]
            if health.has_failed("index")
            else words["index_ready"].format(n=markup.number(len(manifests[0].rows), language)),
            *(each.embedder for each in manifests),
            words["index_updated"].format(
                date=markup.day(datetime.fromisoformat(manifests[0].synced_at), language)
            ),
        )
        + markup.fact(words["model"], *_model(assistant, words))
    )
    faults = sum(fault.severity == "error" for fault in glossary.faults)
    if faults:
        facts += markup.note(words["faults"].format(n=markup.number(faults, language)), "notice")
    return facts


def _model(assistant: Assistant, words: dict[str, str]) -> list[str]:
    settings = assistant.settings
    if not settings.has_chat_model:
        return [words["model_none"]]
    return [settings.chat_model or words["model_default"], settings.openai_base_url or "OpenAI"]
