"""Guided turns of the chat: first a question back, then a hint, the answer, and why it is so."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from assistant.answer import Citation
from assistant.classroom.guided import Guide, Point, compare, guide
from knowledge import EmbedderError
from ui.page import Page
from ui.state import Guided, Turn

_VERDICTS = ("there", "missing", "unclear")
_MOST = 1000  # characters of one's own words


def of(page: Page, turn: Turn) -> Guide | None:
    """How a turn leads to its answer, if it does."""
    return guide(turn.answer, page.glossary) if turn.guided and turn.answer else None


def before(page: Page, at: Guided, found: Guide) -> Markup:
    """The question back, in place of the answer; then one's own words held against that."""
    if at.stage in ("predict", "hint"):
        return page.render("guided#predict", guide=found, hinted=at.stage == "hint")
    if not at.words:
        return Markup()
    return _compared(page, at.words, at.points, "guided_yours")


def after(page: Page, at: Guided, found: Guide) -> Markup:
    """What comes at the end: why it is so."""
    if at.stage in ("predict", "hint") or not found.reasons:
        return Markup()
    if at.why:
        return _compared(page, at.why, at.reasons, "guided_reason")
    shown = found.reasons if at.stage == "why" else ()
    return page.render("guided#why", term=found.term, reasons=shown)


def form(page: Page, number: int, at: Guided, found: Guide) -> None:
    """Where one answers in one's own words, or asks for a hint or for the answer."""
    words = page.words
    if at.stage == "why":
        return
    early = at.stage != "answer"
    with st.form(f"guided-{number}-{'predict' if early else 'why'}", border=False):
        text = st.text_area(words["guided_words"], max_chars=_MOST, height=90)
        with st.container(horizontal=True):
            compared = st.form_submit_button(words["guided_compare"], type="primary")
            can_hint = at.stage == "predict" and found.hint
            hinted = bool(can_hint) and st.form_submit_button(words["guided_hint_ask"])
            shown = st.form_submit_button(words["guided_show" if early else "guided_reason_show"])
    if hinted:
        at.stage = "hint"
    elif compared or shown:
        said = text.strip() if compared else ""
        points = found.points if early else found.reasons
        try:
            held = _held(page, said, points)
        except EmbedderError as error:
            page.failed(error)
            return
        if early:
            at.stage, at.words, at.points = "answer" if found.reasons else "why", said, held
        else:
            at.stage, at.why, at.reasons = "why", said, held
    if hinted or compared or shown:
        st.rerun()


def _held(page: Page, said: str, points: Sequence[Citation]) -> tuple[Point, ...]:
    embedders = page.assistant.retriever.classifier.embedders
    return compare(said, points, page.glossary, embedders) if said else ()


def _compared(page: Page, words: str, points: Sequence[Point], title: str) -> Markup:
    parted = [(v, [p.citation for p in points if p.verdict == v]) for v in _VERDICTS]
    shown = [(verdict, found) for verdict, found in parted if found]
    return page.render("guided#compared", words=words, points=shown, title=page.words[title])
