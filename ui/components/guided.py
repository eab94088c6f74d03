"""Guided turns of the chat: first a question back, then a hint, the answer, and why it is so."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from assistant.answer import Citation
from assistant.classroom.guided import Guide, Point, compare
from ui.page import Page
from ui.state import Guided

_VERDICTS = ("there", "missing", "unclear")
_TITLES = ("guided_yours", "guided_reason")  # of what one predicted, and of why it is so
_MOST = 1000  # characters of one's own words


def _asked(found: Guide) -> list[Sequence[Citation]]:
    """What one's own words are held against: the answer's points, then the reasons, if any."""
    return [found.points, *filter(None, [found.reasons])]


def asks(at: Guided, found: Guide) -> bool:
    """Whether something is still asked back."""
    return len(at.said) < len(_asked(found))


def led(page: Page, at: Guided, found: Guide) -> Markup:
    """The question back; once there is an answer, one's own words held against it, and why."""
    if not at.said:
        return page.render("guided#predict", guide=found, hinted=at.hinted)
    held = [
        _compared(page, *said, page.words[title])
        for said, title in zip(at.said, _TITLES, strict=False)
        if said[0]
    ]
    own_reason = at.said[1:] and at.said[1][0]
    if found.reasons and not own_reason:
        shown = found.reasons if at.said[1:] else ()
        held.append(page.render("guided#why", term=found.term, reasons=shown))
    return Markup().join(held)


def form(page: Page, number: int, at: Guided, found: Guide) -> None:
    """Where one answers in one's own words, or asks for a hint or for the answer."""
    words, early, nth = page.words, not at.said, len(at.said)
    with st.form(f"guided-{number}-{nth}", border=False):
        text = st.text_area(words["guided_words"], max_chars=_MOST, height=90)
        with st.container(horizontal=True):
            compared = st.form_submit_button(words["guided_compare"], type="primary")
            can_hint = early and found.hint is not None and not at.hinted
            hinted = can_hint and st.form_submit_button(words["guided_hint_ask"])
            shown = st.form_submit_button(words["guided_show" if early else "guided_reason_show"])
    if hinted:
        at.hinted = True
        st.rerun()
    if compared or shown:
        said, points = text.strip() if compared else "", tuple[Point, ...]()
        with page.trying():
            if said:
                embedders = page.assistant.retriever.classifier.embedders
                points = compare(said, _asked(found)[nth], page.glossary, embedders)
            at.said.append((said, points))
            st.rerun()


def _compared(page: Page, words: str, points: Sequence[Point], title: str) -> Markup:
    parted = [(v, [p.citation for p in points if p.verdict == v]) for v in _VERDICTS]
    shown = [(verdict, found) for verdict, found in parted if found]
    return page.render("guided#compared", words=words, points=shown, title=title)
