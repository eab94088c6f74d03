"""Tokens, in the settings: by them a reader's own programs ask in the reader's name."""

import streamlit as st

from assistant.tokens import MOST, Token
from ui import formatting, identity, shared
from ui.guard import FRAMED
from ui.page import Page, note

_NEW = "token-new"  # what a new one is told by: shown once


def tokens(page: Page) -> None:
    """One's own, and a way to make one; nothing where programs may not ask."""
    if shared.settings().api == "off" or FRAMED in st.context.headers:
        return
    with st.expander(page.words["tokens"], key="tokens"):
        note(page.words["tokens_text"])
        page.html("parts#token_links")
        with page.trying():
            _listed(page, shared.tokens().list(identity.current().reader))


def _listed(page: Page, made: tuple[Token, ...]) -> None:
    if secret := st.session_state.pop(_NEW, ""):
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
                on_click=_withdraw,
                args=(token.id,),
            )
    if len(made) < MOST:
        with st.form("token-make", clear_on_submit=True, border=False):
            st.text_input(page.words["tokens_name"], max_chars=60, key="token-name")
            st.form_submit_button(page.words["tokens_make"], on_click=_make)
    else:
        note(page.say("tokens_full", n=page.number(MOST)))


def _make() -> None:
    name = str(st.session_state["token-name"]).strip()
    if name:
        st.session_state[_NEW] = shared.tokens().make(identity.current(), name)[1]


def _withdraw(token_id: str) -> None:
    shared.tokens().withdraw(token_id, identity.current().reader)
