"""The settings: what a reader chooses for the app, kept for the next visit.

Whoever may manage the app chooses its models here, too: they are the same for all readers. By the
tokens, a reader's own programs ask in the reader's name.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import streamlit as st

from assistant import local_servers
from assistant.conversations.credentials import MOST as MOST_TOKENS
from assistant.conversations.credentials import Tokens
from assistant.local_servers import CHAT, EMBEDDING, LocalServer
from knowledge import BUNDLED_MODEL
from ui import formatting, identity, reader, shared, state
from ui.components.changes import waiting
from ui.formatting import isolated
from ui.guard import FRAMED
from ui.page import Page, in_a_row, note, one_of

_FRESH = 15  # seconds for which what was found is shown again
_NONE = ("", "")
_ADDRESS = {"chat": "base_url", "embedding": "embedding_base_url"}  # of a model, as it is kept
_ONCE = "token-new"  # what a new one is told by: shown once


def dialog(page: Page) -> None:
    """Opens the settings. A choice is there at once: the page runs anew, with the settings open."""
    st.dialog(page.words["settings"], width="medium")(_settings)(page)


def _settings(page: Page) -> None:
    settings = page.assistant.settings
    with st.container(key="settings"):
        _choose("theme", page)
        _choose("size", page)
        _switch("keys", page)
        with st.container(key="voice"):  # only where the browser can (voice.js)
            _switch("voice", page)
            note(page.words["voice_text"])
        if settings.has_chat_model:
            _choose("writer", page, page.assistant.writer())
        _choose("length", page, settings.length)
        _choose("level", page, settings.level)
        note(page.words["settings_kept"])
        if identity.current().may("owner"):
            _models(replace(page, assistant=shared.ready() or page.assistant))
        if shared.settings().api != "off" and FRAMED not in st.context.headers:
            with st.expander(page.words["tokens"], key="tokens"), page.trying():
                _tokens(page)
        _you(page)


def _choose(name: str, page: Page, otherwise: str = "") -> None:
    now = getattr(reader.choices(), name) or otherwise
    values = {each: page.words[f"{name}_{each}"] for each in reader.ALLOWED[name] if each}
    more = {"key": f"{name}-{page.language}", "width": "stretch"}
    label, said = page.words[f"setting_{name}"], values.__getitem__
    _take(name, in_a_row(label, list(values), now, said, **more), now)


def _switch(name: str, page: Page) -> None:
    now = getattr(reader.choices(), name)
    label, key = page.words[f"setting_{name}"], f"{name}-{page.language}"
    _take(name, st.toggle(label, now, key=key), now)


def _take(name: str, value: object, now: object) -> None:
    if value != now:
        reader.choose(**{name: value})
        _apply()


def _tokens(page: Page) -> None:
    """One's own, and a way to make one."""
    words, whose = page.words, identity.current()
    note(words["tokens_text"])
    page.html("parts#token_links")
    if secret := st.session_state.pop(_ONCE, ""):
        note(words["tokens_once"])
        page.html("parts#secret", text=secret)
    made = shared.kept(Tokens).list(whose.reader)
    for token in made:
        with st.container(horizontal=True, vertical_alignment="center", key=f"token-{token.id}"):
            made_at = formatting.day(token.made_at, page.language)
            page.html("parts#token", name=token.name, said=page.say("tokens_made", day=made_at))
            # The name of the button says whose it is to who cannot see the row.
            st.button(
                words["tokens_withdraw"],
                key=f"withdraw-{token.id}",
                help=page.say("tokens_withdraw_one", name=isolated(token.name)),
                on_click=shared.kept(Tokens).withdraw,
                args=(token.id, whose.reader),
            )
    if len(made) == MOST_TOKENS:
        note(page.say("tokens_full", n=page.number(MOST_TOKENS)))
        return
    with st.form("token-make", clear_on_submit=True, border=False):
        st.text_input(words["tokens_name"], max_chars=60, key="token-name")
        st.form_submit_button(words["tokens_make"], on_click=_make_token)


def _make_token() -> None:
    if name := str(st.session_state["token-name"]).strip():
        st.session_state[_ONCE] = shared.kept(Tokens).make(identity.current(), name)


def _you(page: Page) -> None:
    """Who one is, and what is kept on one: to take along, or to delete."""
    words, person, store = page.words, identity.current(), shared.conversations
    signed = bool(person.name)
    who = (page.say("you_are", name=isolated(person.name)), words[f"role_{person.role}"])
    page.subtitle(words["you_title"], " ".join(who) if signed else words["you_cookie"])
    with st.container(horizontal=True):
        st.download_button(
            words["you_take"],
            lambda: json.dumps(store().kept_on(person.reader), ensure_ascii=False, indent=2),
            "masrad.json",
            "application/json",
        )
        with st.popover(words["you_delete"]):
            note(f"{words['you_delete_text']} {words['you_delete_out'] if signed else ''}")
            if st.button(words["you_delete_sure"], key="you-delete"):
                with page.trying():
                    store().forget(person.reader)
                    if found := identity.account(st.context):
                        identity.end(found, everywhere=True)
                    state.go_on(state.Chat())
                    state.say(words["you_deleted"])
                    st.rerun()
    if shared.settings().sign_in != "off":
        by_proxy = bool(shared.settings().proxy_header)
        page.html("signin#links", signed=signed, by_proxy=by_proxy)


def _models(page: Page) -> None:
    """The chat model and the embedding model, of the servers that answer on this machine."""
    words, settings, opening = page.words, page.assistant.settings, shared.opening()
    page.subtitle(words["models"], words["models_text"])
    if opening and opening.busy:
        waiting(page, opening, lambda: _renewed(page, opening))
        return
    if opening and opening.failure:
        page.failed(opening.failure, "renewal_failed")
    found, given = _servers(), settings.model_fields_set
    if CHAT & given:
        model = " · ".join(filter(None, (settings.chat_model, settings.openai_base_url)))
        key = "models_given" if settings.has_chat_model else "models_lone"
        note(page.say(key, model=isolated(model or "OpenAI")))
    else:
        now = (settings.openai_base_url or "", settings.chat_model or "")
        if not _offer("chat", now, found, page, words["models_sent"]):
            note(words["models_none"])
    if not EMBEDDING & given:
        bundled = settings.embedding_model == BUNDLED_MODEL
        now = _NONE if bundled else (settings.embedding_base_url or "", settings.embedding_model)
        rows = page.number(len(page.assistant.retriever.indexes[0].manifest.rows))
        _offer("embedding", now, found, page, page.say("models_cost", n=rows))
    st.button(words["models_again"], key="models-again", on_click=_servers.clear)


@st.cache_resource(show_spinner=False, ttl=_FRESH)
def _servers() -> tuple[LocalServer, ...]:
    return local_servers.find()


def _renewed(page: Page, opening: shared.Opening) -> None:
    if opening.failure:
        _apply()
    state.say(page.words["models_done"])


def _offer(
    kind: Literal["chat", "embedding"],
    now: tuple[str, str],
    found: Sequence[LocalServer],
    page: Page,
    said: str,
) -> bool:
    """Offers the models of a kind, and none of them; whether there are any."""
    told = {_NONE: page.words[f"models_{kind}_none"]}
    if now != _NONE:  # its server may not answer at the moment
        told[now] = page.say("models_silent", model=isolated(now[1]))
    for server in found:
        for model in getattr(server, kind):
            told[server.url, model] = f"{isolated(model)} · {isolated(server.name)}"
    if len(told) == 1:
        return False
    key = f"models-{kind}-{page.language}"
    url, model = one_of(page.words[f"models_{kind}"], told, now, key=key) or now
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
