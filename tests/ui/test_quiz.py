"""The tab “quiz”: chosen, taken, and again with what was missed."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from assistant.classroom.quiz import Item
from assistant.classroom.rooms import Rooms
from tests.quizzes import quiz
from tests.ui.conftest import button, do, doings, elsewhere, html_of, opened, press
from ui import shared
from ui.components.classroom.quiz import Taking
from ui.strings import LANGUAGES, strings


@pytest.fixture
def stars(astronomy: Assistant, tmp_path: Path) -> Assistant:
    return elsewhere(astronomy, tmp_path)


def _began(assistant: Assistant, language: str = "en") -> AppTest:
    app = opened(assistant, language)
    do(app, "go", view="classroom", tab="quiz")
    button(app, strings(language)["quiz_begin"])
    return app


def _item(app: AppTest) -> Item:
    taking: Taking = app.session_state["quiz"]
    assert taking.item
    return taking.item


def _answer(app: AppTest, *, rightly: bool) -> None:
    item = _item(app)
    for n in (
        item.right if rightly else [n for n in range(len(item.options)) if n not in item.right]
    ):
        do(app, "quiz", what="pick", option=n)
        if len(item.right) == 1:
            break


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quiz_is_taken(stars: Assistant, language: str) -> None:
    words, app = strings(language), _began(stars, language)
    total = len(app.session_state["quiz"].quiz.items)
    assert _item(app).language == language
    _answer(app, rightly=False)
    key = _item(app).key
    html = html_of(app)
    assert words["quiz_bad"] in html
    assert f"<mark>{key.quote}</mark>" in html
    opening = next(done for _, done in doings(app) if done["do"] == "open")
    assert (opening["entry_id"], opening["start"]) == (key.entry_id, key.start)
    press(app, words["quiz_next"])
    for _ in range(total - 1):
        _answer(app, rightly=True)
        do(app, "quiz", what="next")
    assert words["quiz_missed"] in html_of(app)
    press(app, words["quiz_again"])
    assert len(app.session_state["quiz"].quiz.items) == 1
    _answer(app, rightly=True)
    assert words["quiz_good"] in html_of(app)
    press(app, words["quiz_end"])
    assert words["quiz_all_right"] in html_of(app)
    press(app, words["quiz_new"])
    assert "quiz" not in app.session_state


def test_a_teacher_begins_it_live_once_and_is_led_to_the_projector(stars: Assistant) -> None:
    app, begin = _began(stars), strings("en")["live_begin"]
    button(app, begin)
    led = re.search(r"/class/(\w+)/show", html_of(app))
    assert led
    assert begin not in [each.label for each in app.button]
    rooms = Rooms(shared.conversations().database)
    room = rooms.find(led[1])
    assert room
    rooms.move(room, "end", room.state.step)
    app.run()
    assert begin in [each.label for each in app.button]  # it is over: another one may be begun


def test_what_the_browser_tells_may_be_anything(stars: Assistant) -> None:
    app = _began(stars)
    item = _item(app)
    every: list[dict[str, Any]] = [
        {"what": "pick", "option": 99}, {"what": "pick", "option": "1"}, {"what": "next"},
        {"what": []}, {"what": "again"},
    ]  # fmt: skip
    for told in every:
        do(app, "quiz", **told)
    assert _item(app) == item


def test_an_order_is_chosen_step_by_step() -> None:
    made = quiz()
    taking = Taking(replace(made, items=made.items[2:]))
    for option in (1, 0, 0, 2):  # one is taken back
        taking.pick(option)
    assert taking.picked == (1, 2)
    taking.pick(0)
    assert taking.shown
    taking.go_on()
    assert (taking.item, taking.missed) == (None, ())
