"""The tab “cards”: what is due is learnt here; cards are added, taken out and taken along."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from assistant.classroom import decks
from assistant.classroom.cards import Card, Cards, sides, today
from knowledge.language.text import base
from ui import bridge, formatting, identity, reader, shared, state
from ui.components.classroom import choosing
from ui.page import Page, note

_ROUND = "cards-round"  # which file is brought back


def tab(page: Page) -> None:
    """Draws it."""
    glossary, words = page.glossary, page.words
    chosen, known = reader.choices(), glossary.languages
    own = next((tag for tag in known if base(tag) == page.language), known[0])
    tags = [tag if tag in known else own for tag in (chosen.card_front, chosen.card_back)]
    with page.trying(), st.container(key="cards"):
        kept = shared.kept(Cards).list(identity.current().reader)
        cards = tuple(card for card in kept if glossary.versions(card.entry_id))
        page.undo("cards")
        if cards:
            _learn(cards, tags, page)
        else:
            page.html("cards#empty")
        _add(cards, page)
        if cards:
            _asked(tags, page)
            with st.expander(page.say("cards_all", n=page.number(len(cards))), key="cards-all"):
                rows = [(card, glossary.get(card.entry_id, page.language)) for card in cards]
                rows.sort(key=lambda row: (row[0].is_new, row[0].memory.due))
                page.html("cards#all", cards=rows, now=datetime.now(UTC))
        with st.expander(words["cards_along"], key="cards-along"):
            _along(cards, tags, page)


def _learn(cards: Sequence[Card], tags: Sequence[str], page: Page) -> None:
    """The card that is next, or that all is done; and how far one is."""
    now = datetime.now(UTC)
    try:
        zone = ZoneInfo(st.context.timezone or "UTC")
    except (ValueError, OSError):  # what a browser says may be anything
        zone = ZoneInfo("UTC")
    plan = today(cards, now, zone, reader.choices().card_new)
    page.html("cards#counts", due=plan.due, new=plan.new)
    card = plan.queue[0] if plan.queue else None
    if card and (found := sides(card, page.glossary, tags)):
        spans = card.intervals(now)
        grades = {n: formatting.span(span, page.language) for n, span in spans.items()}
        values = {"front": found[0], "back": found[1], "glossary": page.glossary}
        page.html("cards#card", **values, grades=grades, nth=len(card.reviews))
    else:
        page.html("cards#done", wait=plan.later and plan.later - now)


def _add(cards: Sequence[Card], page: Page) -> None:
    """Where terms are chosen: by name, by category, or those of the conversation."""
    with st.expander(page.words["cards_add"], expanded=not cards or any(choosing.asked(page))):
        terms, category = choosing.scope(page, "cards", "terms", "category", "chat")
        if st.button(page.words["cards_add_chosen"], type="primary"):
            ids = page.glossary.within(category)
            _added(terms or [each for each in page.glossary.ids if each in ids], page)
            st.rerun()


def _added(entry_ids: Sequence[str], page: Page) -> None:
    n = shared.kept(Cards).add(identity.current().reader, entry_ids)
    state.say(formatting.count("cards_added", n, page.language) if n else page.words["cards_no"])


def _asked(tags: Sequence[str], page: Page) -> None:
    """The settings: in which languages cards are, and how many new ones a day brings."""
    named = partial(formatting.language_name, language=page.language)
    asked: list[tuple[str, Sequence[Any], Any, Callable[[Any], str]]] = [
        ("card_front", page.glossary.languages, tags[0], named),
        ("card_back", page.glossary.languages, tags[1], named),
        ("card_new", reader.ALLOWED["card_new"], reader.choices().card_new, page.number),
    ]
    with st.expander(page.words["cards_asked"], key="cards-asked"):
        for name, values, now, said in asked:
            if len(values) > 1 and (found := choosing.one(page, name, values, now, said)) != now:
                reader.choose(**{name: found})
                st.rerun()


def _along(cards: Sequence[Card], tags: Sequence[str], page: Page) -> None:
    """To Anki and Quizlet, and back from Anki."""
    words = page.words
    if cards:
        note(words["cards_along_text"])
        with st.container(horizontal=True):
            deck = words["cards_deck"]
            anki = partial(decks.package, cards, page.glossary, tags, deck)
            st.download_button(words["cards_anki"], anki, "masrad.apkg")
            quizlet = partial(decks.quizlet, cards, page.glossary, tags)
            st.download_button(words["cards_quizlet"], quizlet, "masrad.txt", "text/plain")
    n = st.session_state.setdefault(_ROUND, 0)
    file = st.file_uploader(words["cards_back"], "apkg", key=f"cards-back-{n}")
    note(words["cards_back_text"])
    if file is None:
        return
    st.session_state[_ROUND] += 1
    with page.trying():  # what is wrong with a file, is said beside it
        who, store = identity.current().reader, shared.kept(Cards)
        found = decks.read(file.getvalue(), page.glossary)
        taken = decks.merged(found, store.list(who))
        store.put(who, taken)
        said = words["cards_same" if found else "cards_foreign"]
        n = len(taken)
        state.say(formatting.count("cards_brought", n, page.language) if n else said)
        st.rerun()


def act(done: dict[str, Any], page: Page) -> None:
    """Does what was done on the markup of cards."""
    store, who, card = shared.kept(Cards), identity.current().reader, bridge.text(done.get("card"))
    match done["do"], bridge.number(done.get("grade")):
        case "card_grade", (1 | 2 | 3 | 4) as grade:
            store.grade(who, card, grade)
        case "card_add", _ if page.glossary.versions(card):
            _added([card], page)
        case "card_out", _:
            if out := store.remove(who, card):
                state.undoable("cards", page.words["cards_out"], partial(store.put, who, [out]))
