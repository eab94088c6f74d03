"""The tab “cards”: what is due is learnt here; cards are added, taken out and taken along."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from assistant.classroom import decks
from assistant.classroom.cards import Card, Cards, Way, faces, today
from knowledge.language.text import base
from ui import bridge, formatting, identity, reader, shared, state
from ui.components.classroom import choosing
from ui.page import Page, note

_NEW = reader.ALLOWED["card_new"]
_ROUND = "cards-round"  # which file is brought back


def tab(page: Page) -> None:
    """Draws it."""
    with page.trying():
        kept = _store().list(identity.current().reader)
        cards = tuple(card for card in kept if page.glossary.versions(card.entry_id))
        with st.container(key="cards"):
            page.undo("cards")
            if cards:
                _learn(cards, page)
            else:
                page.html("cards#empty")
            _add(cards, page)
            if cards:
                _asked(page)
                with st.expander(page.say("cards_all", n=page.number(len(cards))), key="cards-all"):
                    rows = [(c, page.glossary.get(c.entry_id, page.language)) for c in cards]
                    rows.sort(key=lambda row: (row[0].is_new, row[0].memory.due))
                    page.html("cards#all", cards=rows, now=datetime.now(UTC))
            _along(cards, page)


def _store() -> Cards:
    return Cards(shared.conversations().database)


def _zone() -> ZoneInfo:
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ValueError, OSError):  # what a browser says may be anything
        return ZoneInfo("UTC")


def _way(page: Page) -> Way:
    """How the reader has chosen to be asked."""
    chosen, known = reader.choices(), page.glossary.languages
    own = next((tag for tag in known if base(tag) == page.language), known[0])
    front, back = (t if t in known else own for t in (chosen.card_front, chosen.card_back))
    return Way(chosen.card_asks, front, back)


def _learn(cards: Sequence[Card], page: Page) -> None:
    """The card that is next, or that all is done; and how far one is."""
    now, zone = datetime.now(UTC), _zone()
    plan = today(cards, now, zone, reader.choices().card_new)
    page.html("cards#counts", due=plan.due, new=plan.new)
    card = plan.queue[0] if plan.queue else None
    if card and (sides := faces(card.entry_id, page.glossary, _way(page))):
        spans = card.intervals(now)
        grades = {n: formatting.span(span, page.language) for n, span in spans.items()}
        values = {"front": sides[0], "back": sides[1], "glossary": page.glossary}
        page.html("cards#card", **values, grades=grades, nth=len(card.reviews), id=card.entry_id)
    else:
        page.html("cards#done", wait=plan.later and plan.later - now)


def _add(cards: Sequence[Card], page: Page) -> None:
    """Where terms are chosen: by name, by category, or those of the conversation."""
    with st.expander(page.words["cards_add"], expanded=not cards or any(choosing.asked(page))):
        terms, category = choosing.scope(page, "cards", "terms", "category", "chat")
        if st.button(page.words["cards_add_chosen"], type="primary"):
            _added(terms or _within(category, page), page)
            st.rerun()


def _within(category: str, page: Page) -> list[str]:
    """The terms of a category, in the glossary's order."""
    ids = page.glossary.within(category)
    return [each for each in page.glossary.ids if each in ids]


def _added(entry_ids: Sequence[str], page: Page) -> None:
    n = _store().add(identity.current().reader, entry_ids)
    state.say(formatting.count("cards_added", n, page.language) if n else page.words["cards_no"])


def _asked(page: Page) -> None:
    """The settings: what is asked, in which language, and how much."""
    words, way, chosen = page.words, _way(page), reader.choices()

    with st.expander(words["cards_asked"], key="cards-asked"):
        named = partial(formatting.language_name, language=page.language)
        sides = ("term", "definition")
        _choice("card_asks", sides, way.asks, page, lambda side: words[f"card_asks_{side}"])
        if len(page.glossary.languages) > 1:
            _choice("card_front", page.glossary.languages, way.front, page, named)
            _choice("card_back", page.glossary.languages, way.back, page, named)
        _choice("card_new", _NEW, chosen.card_new, page, page.number)


def _choice(
    name: str, values: Sequence[Any], now: object, page: Page, said: Callable[[Any], str] = str
) -> None:
    found = choosing.one(page, name, values, now, said)
    if found != now:
        reader.choose(**{name: found})
        st.rerun()


def _along(cards: Sequence[Card], page: Page) -> None:
    """To Anki and Quizlet, and back from Anki."""
    words = page.words
    way = _way(page)  # a file is made where no reader is known
    with st.expander(words["cards_along"], key="cards-along"):
        if cards:
            note(words["cards_along_text"])
            with st.container(horizontal=True):
                deck = words["cards_deck"]
                anki = partial(decks.package, cards, page.glossary, way, deck)
                st.download_button(words["cards_anki"], anki, "masrad.apkg")
                quizlet = partial(decks.quizlet, cards, page.glossary, way)
                st.download_button(words["cards_quizlet"], quizlet, "masrad.txt", "text/plain")
        n = st.session_state.setdefault(_ROUND, 0)
        file = st.file_uploader(words["cards_back"], "apkg", key=f"cards-back-{n}")
        note(words["cards_back_text"])
        if file is not None:
            st.session_state[_ROUND] += 1
            with page.trying():  # what is wrong with a file, is said beside it
                _brought(file.getvalue(), page)


def _brought(content: bytes, page: Page) -> None:
    who = identity.current().reader
    found = decks.read(content, page.glossary)
    taken = decks.merged(found, _store().list(who))
    _store().put(who, taken)
    said = page.words["cards_same" if found else "cards_foreign"]
    if taken:
        said = formatting.count("cards_brought", len(taken), page.language)
    state.say(said)
    st.rerun()


DONE = ("card_grade", "card_add", "card_out")
"""What is done on the markup of cards."""


def act(done: dict[str, Any], page: Page) -> None:
    """Does one of these."""
    who, card = identity.current().reader, bridge.text(done.get("card"))
    match done["do"], bridge.number(done.get("grade")):
        case "card_grade", (1 | 2 | 3 | 4) as grade:
            _store().grade(who, card, grade)
        case "card_add", _ if page.glossary.versions(card):
            _added([card], page)
        case "card_out", _:
            if out := _store().remove(who, card):
                state.undoable("cards", page.words["cards_out"], partial(_store().put, who, [out]))
