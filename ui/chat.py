"""The chat page: what Streamlit runs, from top to bottom, at every touch."""

from importlib.resources import files

import streamlit as st

from assistant import AssistantError
from assistant.assistant import Assistant
from knowledge import KnowledgeError
from knowledge.language import Span, is_right_to_left
from ui import keeping, markup, shared, state, turns
from ui.opener import opener
from ui.sidebar import sidebar
from ui.strings import LANGUAGES, strings

_EXAMPLES = ("foundation-model", "retrieval-augmented-generation", "token", "hallucination")


def page() -> None:
    """The whole page."""
    language = state.language()
    words = strings(language)
    st.set_page_config(page_title=words["title"], page_icon="📖", layout="centered")
    direction = "rtl" if is_right_to_left(language) else "ltr"
    style = files("ui").joinpath("style.css").read_text("utf-8")
    st.html(f"<style>{style}\n[data-testid=stApp] {{ direction: {direction}; }}</style>")
    assistant = _assistant(language)
    keeping.go_on()
    asked = st.chat_input(words["placeholder"], key="question", submit_mode="stop")
    if asked:
        state.ask(str(asked), st.session_state.get("writer"))
    opened = opener(language, direction, len(state.turns()))
    sidebar(assistant, language)
    notice = keeping.notice(language)
    if notice and state.turns():
        st.html(markup.note(notice, "notice"))
    for number, turn in enumerate(state.turns()):
        turns.show(assistant, number, turn, language)
    if not state.turns():
        _opening(assistant, language, notice)
    if opened:
        _entry(assistant, opened, language)


def _assistant(language: str) -> Assistant:
    words = strings(language)
    place = st.empty()
    try:
        opened = shared.assistant(
            lambda done, total: place.progress(
                done / total,
                words["indexing"].format(
                    done=markup.number(done, language), total=markup.number(total, language)
                ),
            )
        )
    except (KnowledgeError, AssistantError) as error:
        place.html(
            markup.note(words["error_any"].format(message=markup.isolated(str(error))), "notice")
        )
        st.stop()
    place.empty()
    return opened


def _opening(assistant: Assistant, language: str, notice: str) -> None:
    """The screen before the first question: what this is, and examples in both languages."""
    words = strings(language)
    st.html(markup.heading(words["title"], words["tagline"]))
    if notice:
        st.html(markup.note(notice, "notice"))
    st.html(markup.label(words["examples"]))
    glossary = assistant.glossary
    ids = [i for i in _EXAMPLES if glossary.versions(i)] or list(glossary.ids[:4])
    for row, entry_id in enumerate(ids):
        # The last in the other language, if the glossary has it, to show that it works too.
        others = [t for t in LANGUAGES if t != language and t in glossary.languages]
        last = 0 < row == len(ids) - 1
        spoken = others[0] if last and others else language
        entry = glossary.get(entry_id, spoken)
        if entry is not None:
            text = strings(spoken)["example_what"].format(term=entry.term)
            if st.button(markup.literal(text), key=f"example-{row}", width="stretch"):
                state.ask(text, st.session_state.get("writer"))
                st.rerun()


def _entry(assistant: Assistant, opened: dict[str, object], language: str) -> None:
    """The full entry over the chat, at the quoted words if a citation opened it."""
    entry = assistant.glossary.get(str(opened.get("entry_id")), str(opened.get("language")))
    if entry is None:
        return
    section, start, end = opened.get("section"), opened.get("start"), opened.get("end")
    quote = None
    if isinstance(section, str) and isinstance(start, int) and isinstance(end, int):
        quote = (section, Span(start, end))

    @st.dialog(markup.literal(entry.term), width="medium")
    def dialog() -> None:
        st.html(markup.entry(entry, assistant.glossary, language, quote))

    dialog()


page()
