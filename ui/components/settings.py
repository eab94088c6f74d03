"""The settings: what a reader chooses for the app, kept for the next visit.

Whoever may manage the app chooses its models here, too: they are the same for all readers.
"""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from assistant import local_servers
from assistant.assistant import Assistant
from assistant.local_servers import CHAT, EMBEDDING, LocalServer
from knowledge import BUNDLED_MODEL
from ui import failures, formatting, managing, owner, reader, shared, state, templates
from ui.components.changes import failure
from ui.strings import LANGUAGES, strings


def dialog(assistant: Assistant, language: str) -> None:
    """Opens the settings. A choice is there at once: the page runs anew, with the settings open."""

    @st.dialog(strings(language)["settings"], width="medium")
    def shown() -> None:
        with st.container(key="settings"):
            _interface(language)
            _answers(assistant, language)
            st.html(templates.note(strings(language)["settings_kept"]))
            if owner.allowed(assistant.settings):
                _models(shared.ready() or assistant, language)

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


_POLL = 0.5  # seconds
_FRESH = 15  # seconds for which what was found is shown again
_NONE = ("", "")


def _models(assistant: Assistant, language: str) -> None:
    """The chat model and the embedding model, of the servers that answer on this machine."""
    words = strings(language)
    st.html(templates.subtitle(words["models"], words["models_text"], language))
    if managing.renewal.busy:
        _waiting(language)
        return
    if managing.renewal.error:
        told = failures.said(managing.renewal.error, language)
        st.html(templates.note(words["renewal_failed"].format(message=told), "notice"))
    found = _servers()
    _chat_model(assistant, found, language)
    _embedding_model(assistant, found, language)
    st.button(words["models_again"], key="models-again", on_click=_servers.clear)


@st.cache_resource(show_spinner=False, ttl=_FRESH)
def _servers() -> tuple[LocalServer, ...]:
    return local_servers.find()


@st.fragment(run_every=_POLL)
def _waiting(language: str) -> None:
    """How far it is with what was chosen; once it is over, the page is drawn anew."""
    done, total = managing.renewal.progress
    st.html(templates.render("manage#renewing", language, done=done, total=total))
    if managing.renewal.busy:
        return
    if managing.renewal.error:
        _apply()
    state.say(strings(language)["models_done"])
    st.rerun()


def _chat_model(assistant: Assistant, found: Sequence[LocalServer], language: str) -> None:
    words, settings = strings(language), assistant.settings
    if CHAT & settings.model_fields_set:
        model = " · ".join(filter(None, (settings.chat_model, settings.openai_base_url)))
        said = words["models_given" if settings.has_chat_model else "models_lone"]
        st.html(templates.note(said.format(model=formatting.isolated(model or "OpenAI"))))
        return
    now = (settings.openai_base_url or "", settings.chat_model or "")
    if not now[0] and not any(server.chat for server in found):
        st.html(templates.note(words["models_none"]))
        return
    url, model = _model("chat", now, found, language)
    st.html(templates.note(words["models_sent"]))
    if st.button(words["models_use"], key="models-use"):
        _choose_model(assistant, language, base_url=url, chat_model=model)


def _embedding_model(assistant: Assistant, found: Sequence[LocalServer], language: str) -> None:
    words, settings = strings(language), assistant.settings
    bundled = settings.embedding_model == BUNDLED_MODEL
    offered = not bundled or any(server.embedding for server in found)
    if EMBEDDING & settings.model_fields_set or not offered:
        return
    now = _NONE if bundled else (settings.embedding_base_url or "", settings.embedding_model)
    url, model = _model("embedding", now, found, language)
    count = len(assistant.retriever.indexes[0].manifest.rows)
    st.html(templates.note(words["models_cost"].format(n=formatting.number(count, language))))
    if st.button(words["models_embed"], key="models-embed"):
        _choose_model(assistant, language, embedding_base_url=url, embedding_model=model)


def _model(
    kind: Literal["chat", "embedding"],
    now: tuple[str, str],
    found: Sequence[LocalServer],
    language: str,
) -> tuple[str, str]:
    """The address and the model that the reader picks, ``_NONE`` for neither."""
    words = strings(language)
    told = {_NONE: words[f"models_{kind}_none"]}
    if now != _NONE:  # its server may not answer at the moment
        told[now] = words["models_silent"].format(model=formatting.isolated(now[1]))
    for server in found:
        for model in getattr(server, kind):
            told[server.url, model] = (
                f"{formatting.isolated(model)} · {formatting.isolated(server.name)}"
            )
    return st.selectbox(
        words[f"models_{kind}"],
        list(told),
        index=list(told).index(now),
        format_func=lambda each: told.get(each, ""),
        key=f"models-{kind}-{language}",
    )


def _choose_model(assistant: Assistant, language: str, **choice: str) -> None:
    try:
        managing.renewal.begin(local_servers.choose(assistant.settings, **choice))
    except OSError as error:
        st.html(templates.note(failure(error, language), "notice"))
    else:
        _apply()


def _apply() -> None:
    """Runs the page anew, the settings left open."""
    st.session_state["reopen"] = "settings"
    st.rerun()
