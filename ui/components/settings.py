"""The settings: what a reader chooses for the app, kept for the next visit."""

from collections.abc import Sequence

import streamlit as st

from assistant.assistant import Assistant
from ui import markup, reader, state
from ui.strings import LANGUAGES, strings


def dialog(assistant: Assistant, language: str) -> None:
    """Opens them. A choice is there at once: the page runs anew, with the settings open."""

    @st.dialog(strings(language)["settings"], width="medium")
    def shown() -> None:
        with st.container(key="settings"):
            _interface(language)
            _answers(assistant, language)
            st.html(markup.note(strings(language)["settings_kept"]))

    shown()


def _interface(language: str) -> None:
    words = strings(language)
    tag = _one("language", list(LANGUAGES), language, language, names=LANGUAGES)
    if tag != language:
        state.speak(tag)
        _apply()
    for name, values in (("theme", ("auto", "light", "dark")), ("size", _SIZES)):
        _choose(name, values, language)
    keys = st.toggle(words["setting_keys"], reader.choices().keys, key=f"keys-{language}")
    if keys != reader.choices().keys:
        reader.choose(keys=keys)
        _apply()


def _answers(assistant: Assistant, language: str) -> None:
    words = strings(language)
    settings, chosen = assistant.settings, reader.choices()
    if settings.has_chat_model:
        _choose("writer", ("explain", "quote"), language, assistant.writer().name)
    _choose("length", ("short", "normal", "full"), language, settings.length)
    _choose("level", ("simple", "normal", "deep"), language, settings.level)
    glossary = assistant.glossary
    spoken = language if language in glossary.languages else glossary.languages[0]
    names = ["", *filter(None, glossary.categories(spoken))]
    if len(names) > 1:
        ids = glossary.within(chosen.within)
        entry = glossary.get(min(ids), spoken) if ids else None
        now = entry.category if entry and entry.category in names else ""
        within = st.selectbox(
            words["setting_within"],
            names,
            index=names.index(now),
            format_func=lambda name: name or words["within_all"],
            key=f"within-{language}",
        )
        if within != now:
            reader.choose(within=within)
            _apply()


_SIZES = ("small", "normal", "large", "huge")


def _choose(name: str, values: Sequence[str], language: str, otherwise: str = "") -> None:
    """One of some values, by a choice's name."""
    words = strings(language)
    now = getattr(reader.choices(), name) or otherwise
    names = {value: words[f"{name}_{value}"] for value in values}
    value = _one(name, values, now, language, names=names)
    if value != now:
        reader.choose(**{name: value})
        _apply()


def _one(name: str, values: Sequence[str], now: str, language: str, names: dict[str, str]) -> str:
    words = strings(language)
    chosen = st.segmented_control(
        words[f"setting_{name}"],
        values,
        default=now,
        required=True,
        format_func=names.__getitem__,
        key=f"{name}-{language}",
        width="stretch",
    )
    return chosen or now


def _apply() -> None:
    """Runs the page anew, the settings left open."""
    st.session_state["reopen"] = "settings"
    st.rerun()
