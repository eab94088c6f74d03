"""The sidebar: the interface's language, the conversation, who writes, and what is there."""

from datetime import datetime

import streamlit as st

from assistant.assistant import Assistant
from ui import keeping, markup, state
from ui.strings import LANGUAGES, strings


def sidebar(assistant: Assistant, language: str) -> None:
    """All of it."""
    words = strings(language)
    with st.sidebar:
        chosen = st.segmented_control(
            words["language"],
            list(LANGUAGES),
            default=language,
            format_func=LANGUAGES.__getitem__,
            key=f"language-{language}",
            width="stretch",
        )
        if chosen and chosen != language:
            state.speak(chosen)
            st.rerun()
        if state.turns() and st.button(words["new_chat"], icon=":material/add:", width="stretch"):
            keeping.begin()
            st.rerun()
        if state.can_restore() and st.button(
            words["undo"], icon=":material/undo:", width="stretch"
        ):
            keeping.bring_back()
            st.rerun()
        if assistant.settings.has_chat_model:
            names = ["explain", "quote"]
            st.segmented_control(
                words["writer"],
                names,
                default=assistant.writer().name,
                format_func=lambda name: words[f"writer_{name}"],
                help=words["writer_help"],
                key="writer",
                width="stretch",
            )
        _facts(assistant, language)


def _facts(assistant: Assistant, language: str) -> None:
    """What is there: the glossary, its index, and a language model or none."""
    words = strings(language)
    glossary, manifest = assistant.glossary, assistant.retriever.index.manifest
    spoken = words["comma"].join(LANGUAGES.get(tag, tag) for tag in glossary.languages)
    st.html(
        markup.fact(
            words["glossary"],
            words["terms"].format(n=markup.number(len(glossary.ids), language)),
            words["languages"].format(languages=spoken),
        )
        + markup.fact(
            words["index"],
            words["index_ready"].format(n=markup.number(len(manifest.rows), language)),
            manifest.embedder,
            words["index_updated"].format(
                date=markup.day(datetime.fromisoformat(manifest.synced_at), language)
            ),
        )
        + markup.fact(words["model"], *_model(assistant, words))
    )
    faults = sum(fault.severity == "error" for fault in glossary.faults)
    if faults:
        st.html(markup.note(words["faults"].format(n=markup.number(faults, language)), "notice"))


def _model(assistant: Assistant, words: dict[str, str]) -> list[str]:
    settings = assistant.settings
    if not settings.has_chat_model:
        return [words["model_none"]]
    return [settings.chat_model or words["model_default"], settings.openai_base_url or "OpenAI"]
