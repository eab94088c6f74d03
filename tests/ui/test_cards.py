"""The tab of cards: what a reader adds is asked, graded, taken out and put back."""

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from assistant.classroom.cards import Card, Cards
from tests.ui.conftest import Browser, do, html_of, opened, press
from ui import shared
from ui.strings import LANGUAGES, strings

WORDS = strings("en")


def _page(assistant: Assistant, language: str = "en", **at: str) -> AppTest:
    app = opened(assistant, language)
    do(app, "go", view="classroom", tab="cards", **at)
    return app


def _cards() -> dict[str, Card]:
    found = Cards(shared.conversations().database).list("she")
    return {card.entry_id: card for card in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_is_asked_as_was_chosen_and_graded(
    teahouse: Assistant, browser: Browser, language: str
) -> None:
    browser.choices(card_front="en", card_back="en")
    app = _page(teahouse, language, term="kettle")
    assert app.multiselect[0].value == ["kettle"]  # an address may name what to add
    do(app, "card_add", card="kettle")
    front, _, back = html_of(app).partition("data-flip")
    assert ("Kettle" in front, "for boiling water" in back) == (True, True)
    for wrong in (0, 5, "3", None, True):
        do(app, "card_grade", card="kettle", grade=wrong)
    assert _cards()["kettle"].is_new
    do(app, "card_grade", card="kettle", grade=4)
    assert _cards()["kettle"].interval.days >= 8
    assert strings(language)["cards_done"] in html_of(app)


def test_a_card_is_taken_out_and_put_back(teahouse: Assistant) -> None:
    app = _page(teahouse)
    do(app, "card_add", card="kettle")
    do(app, "card_add", card="teapot")
    before = _cards()
    press(app, WORDS["cards_take_out"].format(term="\u2068Kettle\u2069"))
    assert set(before) - set(_cards()) == {"kettle"}
    assert WORDS["cards_out"] in html_of(app)
    press(app, WORDS["undo_delete"])
    assert _cards() == before


def test_cards_of_other_glossaries_are_kept_and_not_shown(teahouse: Assistant) -> None:
    app = _page(teahouse)
    own = Cards(shared.conversations().database)
    own.add("she", [f"unknown-{n}" for n in range(9)])  # these are no terms of this glossary
    app.run()
    assert WORDS["cards_empty"] in html_of(app)
    for entry_id in ("kettle", "teapot", "mint"):
        do(app, "card_add", card=entry_id)
    fresh = WORDS["cards_fresh"]
    assert f"<b>3</b> {fresh}" in html_of(app)
