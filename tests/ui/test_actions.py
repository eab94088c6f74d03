"""What is done on the page's markup: each thing that can be, and what a browser may make up."""

import inspect
import json
import re
from itertools import cycle
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from tests.ui.conftest import (
    Event,
    address,
    ask,
    do,
    doings,
    html_of,
    markup_of,
    opened,
    press,
    tell,
    turns,
)
from ui import actions, reader, state
from ui.addresses import VIEWS
from ui.strings import strings

WORDS = strings("en")
KETTLE = "What is a kettle?"
NESTED: Any = json.loads("[" * 500 + "]" * 500)
NONE: list[Any] = [
    None, True, -1, 7, 10**40, 0.0, 1.5, float("nan"), "", "0", "x", "\ud800", "a\0b", [], [0], {},
    {"do": "new"}, NESTED, "w" * 100_000,
]  # fmt: skip

ACTIONS = {
    *re.findall(r'case "(\w+)"', inspect.getsource(actions)),
    "card_add",
    "card_out",
}

# What an action cannot do without.
NEEDED = {
    "open": "entry_id", "go": "view", "again": "turn", "variant": "at", "other_language": "turn",
    "edit": "turn", "explain": "turn", "project": "turn",
    "comment": "turn", "note": "turn", "note_delete": "id", "manage": "id", "lesson": "what",
    "tick": "id",
}  # fmt: skip


def _view(app: AppTest) -> str:
    """The view on the page, by the link in the bar that says that one is there."""
    here = [part for part in markup_of(app).split("<a ") if ' aria-current="page"' in part]
    views = ("glossary", "map", "classroom", "chat")
    return next(view for view in views if f"m-icon-{view}" in here[0])


def _title(app: AppTest) -> str:
    (dialog,) = app.get("dialog")
    return str(dialog.proto.dialog.title)


# What can be done.


def test_each_view_is_gone_to_its_actions_are_there_and_the_conversation_on_the_way_back(
    teahouse: Assistant,
) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    kept = address(app)
    do(app, "explain", turn=0)
    named = set()
    for view in VIEWS:
        do(app, "go", view=view, id="kettle")
        assert _view(app) == ("glossary" if view == "term" else view)
        named |= {done["do"] for _, done in doings(app)}
        press(app, WORDS["help"])
        assert _title(app) == WORDS["help"]
    assert named <= ACTIONS
    assert {"ask", "open", "go", "speak", "help", "settings", "new", "manage", "rate"} <= named
    do(app, "go", view="chat")
    assert address(app) == kept
    assert KETTLE in html_of(app)
    do(app, "go", view="map")
    do(app, "ask", question="What is a teapot?")
    assert _view(app) == "chat"
    assert "A teapot is a vessel" in html_of(app)
    do(app, "go", view="glossary")
    press(app, WORDS["new_chat"])
    assert _view(app) == "chat"
    assert (turns(app), address(app)) == ([], "")


def test_an_entry_opens_over_the_chat_at_the_words_quoted_and_elsewhere_on_its_page(
    teahouse: Assistant,
) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    press(app, WORDS["marker_label"].format(n=1, term="Kettle"))
    assert _title(app) == "Kettle"
    assert '<mark id="m-quote">' in markup_of(app)
    for section, start, end in (("nothing", 0, 5), ("summary", 5, 5), ("summary", -1, 5),
                                ("summary", 0, 10**40), (1, 0, 5)):  # fmt: skip
        place = {"section": section, "start": start, "end": end}
        do(app, "open", entry_id="kettle", language="en", **place)
        assert _title(app) == "Kettle"
        assert "m-quote" not in markup_of(app)
    do(app, "go", view="glossary")
    do(app, "open", entry_id="kettle", language="ar")
    assert app.query_params["id"] == "kettle"
    assert not app.get("dialog")


def test_an_entry_stays_open_when_an_answer_is_rated(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, "How does a kettle work?")
    beside = {"do": "open", "entry_id": "kettle", "language": "en"}
    do(app, "rate", turn=0, thumb=1, beside=beside)
    assert _title(app) == "Kettle"
    assert 'aria-pressed="true"' in html_of(app)
    do(app, "rate", turn=0, thumb=1, beside=NESTED)
    assert not app.get("dialog")


# What a browser may make up.


def _unfit() -> list[Event]:
    events: list[Event] = [{}, {"DO": "new"}, {"do": "nothing"}, {"do": "__doc__"}]
    events += [{"do": value} for value in NONE]
    for action, needed in NEEDED.items():
        events += [{"do": action}, *({"do": action, needed: value} for value in NONE)]
    events += [{"do": "open", "entry_id": value, "language": value} for value in NONE]
    events += [{"do": "ask", "question": value} for value in NONE if not _is_text(value)]
    events += [{"do": "speak", "language": value} for value in NONE]
    events += [{"do": "rate", "turn": 0, "thumb": value} for value in NONE if value != -1]
    events += [{"do": "rate", "turn": value, "thumb": 1} for value in NONE]
    return events


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value not in ("", "\ud800")


def test_what_does_not_fit_does_nothing(
    teahouse: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    before = html_of(app), turns(app), address(app)
    unfit = _unfit()
    tried: list[Event] = []
    done: list[Event] = []
    perform = actions.perform

    def all_of_them(_: Event, *where: Any) -> None:
        for event in unfit:
            tried.append(event)
            as_it_was = _state()
            dialog = perform(event, *where)
            if dialog:
                dialog()
            if _state() != as_it_was:
                done.append(event)

    monkeypatch.setattr(actions, "perform", all_of_them)
    tell(app, {"do": "nothing"})
    assert not done
    assert len(tried) == len(unfit), f"{tried[-1]} does something"
    assert not app.get("dialog")
    assert (html_of(app), turns(app), address(app)) == before


def _state() -> tuple[object, ...]:
    known = [(each.question, each.explained, each.kept) for each in state.chat().turns]
    return known, state.chat().id, state.chat().edited, state.language(), reader.choices()


def test_no_parameter_of_a_place_and_nothing_told_besides_breaks_the_page(
    teahouse: Assistant,
) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    names = ("id", "lang", "c", "letter", "category", "q")
    for view, value in zip(cycle(VIEWS), NONE, strict=False):
        do(app, "go", view=view, **dict.fromkeys(names, value))
        assert _view(app) == ("glossary" if view == "term" else view)
    for name in sorted(ACTIONS - {"go"}):
        do(app, name, turn=0, id="", x=NESTED, __proto__={"view": "map"}, self=1)
