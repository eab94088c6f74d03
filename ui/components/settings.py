"""The settings: what a reader chooses for the app, kept for the next visit.

Whoever may manage the app chooses its models here, too: they are the same for all readers. By the
tokens, a reader's own programs ask in the reader's name.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import streamlit as st

from assistant import local_servers
from assistant.conversations.credentials import MOST as MOST_TOKENS
from assistant.conversations.tables import TokenRow
from assistant.local_servers import CHAT, EMBEDDING, LocalServer
from knowledge import BUNDLED_MODEL
from ui import formatting, identity, reader, shared, state
from ui.components.changes import waiting
from ui.guard import FRAMED
from ui.page import Page, note

_FRESH = 15  # seconds for which what was found is shown again
_NONE = ("", "")
_ADDRESS = {"chat": "base_url", "embedding": "embedding_base_url"}  # of a model, as it is kept
_ONCE = "token-new"  # what a new one is told by: shown once
_JSON: dict[str, Any] = {"ensure_ascii": False, "indent": 2}


def dialog(page: Page) -> None:
    """Opens the settings. A choice is there at once: the page runs anew, with the settings open."""
    st.dialog(page.words["settings"], width="medium")(_settings)(page)


def _settings(page: Page) -> None:
    with st.container(key="settings"):
        _interface(page)
        _answers(page)
        note(page.words["settings_kept"])
        if identity.current().may("owner"):
            _models(replace(page, assistant=shared.ready() or page.assistant))
        _tokens(page)
        _you(page)


def _interface(page: Page) -> None:
    _choose("theme", page)
    _choose("size", page)
    _switch("keys", page)
    with st.container(key="voice"):  # only where the browser can (voice.js)
        _switch("voice", page)
        note(page.words["voice_text"])


def _answers(page: Page) -> None:
    settings = page.assistant.settings
    if settings.has_chat_model:
        _choose("writer", page, page.assistant.writer())
    _choose("length", page, settings.length)
    _choose("level", page, settings.level)


def _choose(name: str, page: Page, otherwise: str = "") -> None:
    now = getattr(reader.choices(), name) or otherwise
    chosen = st.segmented_control(
        page.words[f"setting_{name}"],
        [value for value in reader.ALLOWED[name] if value],
        default=now,
        required=True,
        format_func=lambda value: page.words[f"{name}_{value}"],
        key=f"{name}-{page.language}",
        width="stretch",
    )
    _take(name, chosen or now, now)


def _switch(name: str, page: Page) -> None:
    now = getattr(reader.choices(), name)
    label, key = page.words[f"setting_{name}"], f"{name}-{page.language}"
    _take(name, st.toggle(label, now, key=key), now)


def _take(name: str, value: object, now: object) -> None:
    if value != now:
        reader.choose(**{name: value})
        _apply()


def _tokens(page: Page) -> None:
    """One's own, and a way to make one; nothing where programs may not ask."""
    if shared.settings().api == "off" or FRAMED in st.context.headers:
        return
    with st.expander(page.words["tokens"], key="tokens"):
        note(page.words["tokens_text"])
        page.html("parts#token_links")
        with page.trying():
            _own_tokens(page, shared.tokens().list(identity.current().reader))


def _own_tokens(page: Page, made: Sequence[TokenRow]) -> None:
    if secret := st.session_state.pop(_ONCE, ""):
        note(page.words["tokens_once"])
        page.html("parts#secret", text=secret)
    for token in made:
        with st.container(horizontal=True, vertical_alignment="center", key=f"token-{token.id}"):
            used = token.used_at and formatting.day(token.used_at, page.language)
            said = page.say("tokens_used", day=used) if used else page.words["tokens_unused"]
            page.html("parts#token", name=token.name, said=said)
            # The name of the button says whose it is to who cannot see the row.
            st.button(
                page.words["tokens_withdraw"],
                key=f"withdraw-{token.id}",
                help=page.say("tokens_withdraw_one", name=formatting.isolated(token.name)),
                on_click=_withdraw_token,
                args=(token.id,),
            )
    if len(made) < MOST_TOKENS:
        with st.form("token-make", clear_on_submit=True, border=False):
            st.text_input(page.words["tokens_name"], max_chars=60, key="token-name")
            st.form_submit_button(page.words["tokens_make"], on_click=_make_token)
    else:
        note(page.say("tokens_full", n=page.number(MOST_TOKENS)))


def _make_token() -> None:
    name = str(st.session_state["token-name"]).strip()
    if name:
        st.session_state[_ONCE] = shared.tokens().make(identity.current(), name)


def _withdraw_token(token_id: str) -> None:
    shared.tokens().withdraw(token_id, identity.current().reader)


def _you(page: Page) -> None:
    """Who one is, and what is kept on one: to take along, or to delete."""
    words, person = page.words, identity.current()
    who = page.say("you_are", name=formatting.isolated(person.name)) if person.name else ""
    role = words[f"role_{person.role}"] if person.name else words["you_cookie"]
    page.subtitle(words["you_title"], " ".join(filter(None, (who, role))))
    with st.container(horizontal=True):
        st.download_button(
            words["you_take"],
            lambda: json.dumps(shared.conversations().kept_on(person.reader), **_JSON),
            "masrad.json",
            "application/json",
        )
        with st.popover(words["you_delete"]):
            out = words["you_delete_out"] if person.name else ""
            note(f"{words['you_delete_text']} {out}")
            if st.button(words["you_delete_sure"], key="you-delete"):
                _forget(person.reader, page)
    if shared.settings().sign_in != "off":
        by_proxy = bool(shared.settings().proxy_header)
        page.html("signin#links", signed=bool(person.name), by_proxy=by_proxy)


def _forget(whose: str, page: Page) -> None:
    with page.trying():
        shared.conversations().forget(whose)
        if found := identity.account(st.context.headers, st.context.cookies):
            identity.end(found, everywhere=True)
        state.go_on(state.Chat())
        state.say(page.words["you_deleted"])
        st.rerun()


def _models(page: Page) -> None:
    """The chat model and the embedding model, of the servers that answer on this machine."""
    page.subtitle(page.words["models"], page.words["models_text"])
    opening = shared.opening()
    if opening and opening.busy:
        waiting(page, opening, lambda: _renewed(page, opening))
        return
    if opening and opening.failure:
        page.failed(opening.failure, "renewal_failed")
    found = _servers()
    _chat_model(page, found)
    _embedding_model(page, found)
    st.button(page.words["models_again"], key="models-again", on_click=_servers.clear)


@st.cache_resource(show_spinner=False, ttl=_FRESH)
def _servers() -> tuple[LocalServer, ...]:
    return local_servers.find()


def _renewed(page: Page, opening: shared.Opening) -> None:
    if opening.failure:
        _apply()
    state.say(page.words["models_done"])


def _chat_model(page: Page, found: Sequence[LocalServer]) -> None:
    words, settings = page.words, page.assistant.settings
    if CHAT & settings.model_fields_set:
        model = " · ".join(filter(None, (settings.chat_model, settings.openai_base_url)))
        key = "models_given" if settings.has_chat_model else "models_lone"
        note(page.say(key, model=formatting.isolated(model or "OpenAI")))
        return
    now = (settings.openai_base_url or "", settings.chat_model or "")
    if not _offer("chat", now, found, page, words["models_sent"]):
        note(words["models_none"])


def _embedding_model(page: Page, found: Sequence[LocalServer]) -> None:
    settings = page.assistant.settings
    if EMBEDDING & settings.model_fields_set:
        return
    bundled = settings.embedding_model == BUNDLED_MODEL
    now = _NONE if bundled else (settings.embedding_base_url or "", settings.embedding_model)
    _offer("embedding", now, found, page, page.say("models_cost", n=page.number(page.rows)))


def _offer(
    kind: Literal["chat", "embedding"],
    now: tuple[str, str],
    found: Sequence[LocalServer],
    page: Page,
    said: str,
) -> bool:
    """Offers the models of a kind, and none of them; whether there are any."""
    isolated = formatting.isolated
    told = {_NONE: page.words[f"models_{kind}_none"]}
    if now != _NONE:  # its server may not answer at the moment
        told[now] = page.say("models_silent", model=isolated(now[1]))
    for server in found:
        for model in getattr(server, kind):
            told[server.url, model] = f"{isolated(model)} · {isolated(server.name)}"
    if len(told) == 1:
        return False
    url, model = st.selectbox(
        page.words[f"models_{kind}"],
        list(told),
        index=list(told).index(now),
        format_func=lambda each: told.get(each, ""),
        key=f"models-{kind}-{page.language}",
    )
    note(said)
    if st.button(page.words[f"models_use_{kind}"], key=f"models-use-{kind}"):
        with page.trying():
            chosen = {_ADDRESS[kind]: url, f"{kind}_model": model}
            shared.renew(local_servers.choose(page.assistant.settings, **chosen))
            _apply()
    return True


def _apply() -> None:
    """Runs the page anew, the settings left open."""
    st.session_state["reopen"] = {"do": "settings"}
    st.rerun()
