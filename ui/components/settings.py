"""The settings: what a reader chooses for the app, kept for the next visit.

Whoever may manage the app chooses its models here, too: they are the same for all readers. By the
tokens, a reader's own programs ask in the reader's name.
"""

import json
from dataclasses import replace
from typing import Literal

import streamlit as st

from assistant import local_servers
from assistant.conversations.credentials import Tokens
from assistant.local_servers import CHAT, EMBEDDING, LocalServer
from knowledge import BUNDLED_MODEL
from ui import identity, reader, shared, state
from ui.components.changes import waiting
from ui.formatting import isolated
from ui.guard import FRAMED
from ui.page import Page, in_a_row, note, one_of

_FRESH = 15  # seconds for which what was found is shown again
_NONE = ("", "")
_ADDRESS = {"chat": "base_url", "embedding": "embedding_base_url"}  # of a model, as it is kept


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
        if FRAMED not in st.context.headers:
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
    words, whose, store = page.words, identity.current(), shared.kept(Tokens)
    note(words["tokens_text"])
    page.html("parts#token_links")
    with st.form("token-make", clear_on_submit=True, border=False):
        name = str(st.text_input(words["tokens_name"], max_chars=60, key="token-name")).strip()
        if st.form_submit_button(words["tokens_make"]) and name:
            page.html("parts#secret", text=store.make(whose, name))
            note(words["tokens_once"])
    for token in store.list(whose.reader):
        with st.container(horizontal=True, vertical_alignment="center", key=f"token-{token.id}"):
            page.html("parts#token", name=token.name)
            # The name of the button says whose it is to who cannot see the row.
            st.button(
                words["tokens_withdraw"],
                key=f"withdraw-{token.id}",
                help=page.say("tokens_withdraw_one", name=isolated(token.name)),
                on_click=store.withdraw,
                args=(token.id, whose.reader),
            )


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
        waiting(page, opening)
        return
    given = settings.model_fields_set
    if CHAT & given:
        model = " · ".join(filter(None, (settings.chat_model, settings.openai_base_url)))
        note(page.say("models_given", model=isolated(model or "OpenAI")))
    elif any(server.chat for server in _servers()) or settings.has_chat_model:
        now = settings.openai_base_url or "", settings.chat_model or ""
        _offer("chat", now, page, words["models_sent"])
    else:
        note(words["models_none"])
    bundled = settings.embedding_model == BUNDLED_MODEL
    if not EMBEDDING & given and (any(s.embedding for s in _servers()) or not bundled):
        now = _NONE if bundled else (settings.embedding_base_url or "", settings.embedding_model)
        rows = page.number(len(page.assistant.retriever.indexes[0].ids))
        _offer("embedding", now, page, page.say("models_cost", n=rows))


@st.cache_resource(show_spinner=False, ttl=_FRESH)
def _servers() -> tuple[LocalServer, ...]:
    return local_servers.find()


def _offer(kind: Literal["chat", "embedding"], now: tuple[str, str], page: Page, said: str) -> None:
    """Offers the models of a kind, and none of them."""
    # The server of the one that is used may not answer at the moment.
    told = {now: isolated(now[1]), _NONE: page.words[f"models_{kind}_none"]}
    for server in _servers():
        for model in getattr(server, kind):
            told[server.url, model] = f"{isolated(model)} · {isolated(server.name)}"
    key = f"models-{kind}-{page.language}"
    url, model = one_of(page.words[f"models_{kind}"], told, now, key=key) or now
    note(said)
    if st.button(page.words[f"models_use_{kind}"], key=f"models-use-{kind}"):
        with page.trying():
            chosen = {_ADDRESS[kind]: url, f"{kind}_model": model}
            shared.renew(local_servers.choose(page.assistant.settings, **chosen))
            _apply()


def _apply() -> None:
    """Runs the page anew, the settings left open."""
    st.session_state["reopen"] = {"do": "settings"}
    st.rerun()
