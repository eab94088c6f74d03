"""The sidebar: the reader's conversations, and what is there."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from ui import formatting, health, shared, templates
from ui.components.conversations import conversations
from ui.page import Page, notice

_EVERY = 5.0  # seconds between two looks at how far it is


def sidebar(page: Page) -> Callable[[], None]:
    """Draws the sidebar; returns what lists the conversations anew."""
    with st.sidebar:
        new = templates.does("new")
        st.html(templates.button(page.words["new_chat"], new, icon="new", kind="wide"))
        relist = conversations(page)
        if shared.improving():
            _improving(page)
        faults = sum(fault.severity == "error" for fault in page.glossary.faults)
        page.html("sidebar#about", facts=_facts(page), faults=faults)
    return relist


@st.fragment(run_every=_EVERY)
def _improving(page: Page) -> None:
    """How far the rest of the index is, while questions are answered without it."""
    if progress := shared.improving():
        done, total = map(page.number, progress)
        notice(page.say("improving", done=done, total=total))


def _facts(page: Page) -> dict[str, list[str]]:
    """The facts under “About”: the glossary, its index, and a language model or none."""
    words, glossary, settings = page.words, page.glossary, page.assistant.settings
    manifests = [index.manifest for index in page.assistant.retriever.indexes]
    names = (formatting.language_name(tag, page.language) for tag in glossary.languages)
    synced = formatting.day(datetime.fromisoformat(manifests[0].synced_at), page.language)
    ready = page.say("index_ready", n=page.number(len(manifests[0].rows)))
    model = [settings.chat_model or words["model_default"], settings.openai_base_url or "OpenAI"]
    return {
        words["glossary"]: [
            page.say("terms", n=page.number(len(glossary.ids))),
            page.say("languages", languages=words["comma"].join(names)),
        ],
        words["index"]: [
            words["index_failed"] if health.has_failed("index") else ready,
            *(each.embedder for each in manifests),
            page.say("index_updated", date=synced),
        ],
        words["model"]: model if settings.has_chat_model else [words["model_none"]],
    }
