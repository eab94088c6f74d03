"""What is done on the page's markup: each thing that can be, and what a browser may make up."""

import json
from itertools import cycle
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from tests.openai_server import OpenAIServer
from tests.ui.conftest import (
    Browser,
    Event,
    address,
    ask,
    do,
    doings,
    html_of,
    labels,
    markup_of,
    opened,
    press,
    tell,
    turns,
)
from ui import actions, reader, state
from ui.places import VIEWS
from ui.strings import strings

WORDS = strings("en")
KETTLE = "What is a kettle?"
NESTED: Any = json.loads("[" * 500 + "]" * 500)
NONE: list[Any] = [
    None,
    True,
    False,
    -1,
    7,
    10**40,
    0.0,
    1.5,
    float("nan"),
    "",
    "0",
    "x",
    "\ud800",
    "a\0b",
]
NONE += [[], [0], {}, {"do": "new"}, NESTED, "w" * 100_000]

# What an action cannot do without, and the values with which it would do something.
NEEDED: dict[str, dict[str, object]] = {
    "open": {"entry_id": "kettle"},
    "go": {"view": "map"},
    "again": {"turn": 0},
    "other_language": {"turn": 0},
    "other_writer": {"turn": 0},
    "edit": {"turn": 0},
    "explain": {"turn": 0},
    "project": {"turn": 0},
    "comment": {"turn": 0},
    "manage": {"id": ""},
}


def _view(app: AppTest) -> str:
    """The view on the page, by the link in the bar that says that one is there."""
    here = [part for part in markup_of(app).split("<a ") if ' aria-current="page"' in part]
    return next(view for view in ("glossary", "map", "chat") if f"m-icon-{view}" in here[0])


def _title(app: AppTest) -> str:
    (dialog,) = app.get("dialog")
    return str(dialog.proto.dialog.title)


# What can be done.


def test_every_action_that_the_markup_names_is_there(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    do(app, "explain", turn=0)
    named = {done["do"] for _, done in doings(app)}
    for view in VIEWS:
        do(app, "go", view=view, id="kettle")
        named |= {done["do"] for _, done in doings(app)}
    assert named <= set(actions._HANDLERS)
    assert {"ask", "open", "go", "speak", "help", "settings", "new", "manage", "rate"} <= named


def test_a_marker_opens_the_entry_over_the_chat_at_the_words_quoted(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    press(app, WORDS["marker_label"].format(n=1, term="Kettle"))
    assert _title(app) == "Kettle"
    assert '<mark id="m-quote">' in markup_of(app)
    assert turns(app)


@pytest.mark.parametrize(
    ("section", "start", "end"),
    [("nothing", 0, 5), ("summary", 5, 5), ("summary", -1, 5), ("summary", 0, 10**40), (1, 0, 5)],
)
def test_words_that_are_not_in_the_entry_are_not_marked(
    teahouse: Assistant, section: object, start: int, end: int
) -> None:
    app = opened(teahouse)
    do(app, "open", entry_id="kettle", language="en", section=section, start=start, end=end)
    assert _title(app) == "Kettle"
    assert "m-quote" not in markup_of(app)


def test_a_term_elsewhere_opens_its_page(teahouse: Assistant) -> None:
    app = opened(teahouse, view="glossary")
    do(app, "open", entry_id="kettle", language="ar")
    assert app.query_params["id"] == "kettle"
    assert "<h1>" in markup_of(app)
    assert not app.get("dialog")


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_is_gone_to_and_the_conversation_is_there_on_the_way_back(
    teahouse: Assistant, view: str
) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    kept = address(app)
    do(app, "go", view=view, id="kettle")
    assert _view(app) == ("glossary" if view == "term" else view)
    do(app, "go", view="chat")
    assert address(app) == kept
    assert KETTLE in html_of(app)


def test_asking_elsewhere_goes_to_the_chat(teahouse: Assistant) -> None:
    app = opened(teahouse, view="map")
    do(app, "ask", question=KETTLE)
    assert _view(app) == "chat"
    assert "A kettle is a vessel" in html_of(app)


def test_a_new_conversation_begins_from_anywhere(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    do(app, "go", view="glossary")
    press(app, WORDS["new_chat"])
    assert _view(app) == "chat"
    assert not turns(app)
    assert not address(app)


def test_the_interface_speaks_the_other_language(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    press(app, "العربية")
    assert app.query_params["lang"] == "ar"
    assert strings("ar")["new_chat"] in labels(app)
    assert "A kettle is a vessel" in html_of(app)
    do(app, "speak")
    assert app.query_params["lang"] == "en"
    do(app, "speak", language="en")
    assert app.query_params["lang"] == "en"


def test_a_question_is_asked_again_and_in_the_other_language(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    press(app, WORDS["again"])
    press(app, WORDS["other_language_en"])
    assert [turn.question for turn in turns(app)] == [KETTLE] * 3
    assert [turn.answer.language for turn in turns(app) if turn.answer] == ["en", "en", "ar"]


def test_without_a_chat_model_there_is_no_other_writer(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    assert WORDS["other_writer_explain"] not in labels(app)
    do(app, "other_writer", turn=0)
    assert len(turns(app)) == 1


def test_how_an_answer_was_found_is_shown_hidden_and_shown_large(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    press(app, WORDS["found_show"])
    shown = len(markup_of(app))
    press(app, WORDS["found_hide"])
    assert len(markup_of(app)) < shown
    do(app, "project", turn=0)
    assert _title(app) == WORDS["found_show"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ["help", "settings"])
@pytest.mark.parametrize("view", VIEWS)
def test_help_and_settings_open_anywhere(
    teahouse: Assistant, language: str, name: str, view: str
) -> None:
    app = opened(teahouse, language)
    do(app, "go", view=view, id="kettle")
    press(app, strings(language)[name])
    assert _title(app) == strings(language)[name]


def test_a_setting_is_there_at_once_and_the_settings_stay_open(
    teahouse: Assistant, browser: Browser
) -> None:
    app = opened(teahouse)
    do(app, "settings")
    control = next(each for each in app.button_group if each.key == "length-en")
    control.set_value("short")
    do(app, "settings")
    assert _title(app) == WORDS["settings"]
    assert app.session_state["choices"].length == "short"
    do(app, "settings")
    language = next(each for each in app.button_group if each.key == "language-en")
    language.set_value("ar")
    do(app, "settings")
    assert app.query_params["lang"] == "ar"
    assert _title(app) == strings("ar")["settings"]
    assert browser.cookies  # the browser writes the choices: see tests/browser


def test_both_languages_of_the_glossary_are_shown_or_one(teahouse: Assistant) -> None:
    app = opened(teahouse, view="glossary")
    do(app, "both")
    assert app.session_state["choices"].both
    do(app, "both")
    assert not app.session_state["choices"].both


def test_the_other_writer_is_asked_in_the_same_language(
    explaining: Assistant, model_server: OpenAIServer
) -> None:
    model_server.says("A kettle is a vessel in which water is boiled [1].")
    app = opened(explaining)
    ask(app, KETTLE)
    press(app, WORDS["other_writer_quote"])
    assert [turn.answer.writer for turn in turns(app) if turn.answer] == ["explain", "quote"]


# What a browser may make up.


def _unfit() -> list[Event]:
    events: list[Event] = [{}, {"DO": "new"}, {"do": "nothing"}, {"do": "_open"}, {"do": "__doc__"}]
    events += [{"do": value} for value in NONE]
    for action, needed in NEEDED.items():
        events.append({"do": action})
        for name in needed:
            events += [{"do": action, name: value} for value in NONE]
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
    known = [(each.question, each.explained, each.kept) for each in state.turns()]
    return known, state.conversation(), state.edited(), state.language(), reader.choices()


@pytest.mark.parametrize("event", [None, [], "new", 0, True, [{"do": "new"}]])
def test_what_is_no_event_at_all_is_none(teahouse: Assistant, event: object) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    component = SimpleComponent(event)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ui.bridge._component", lambda: component)
        app.run()
    assert KETTLE in html_of(app)
    assert component.told["language"] == "en"


class SimpleComponent:
    """Stands for the bridge's other end, which tells whatever it likes."""

    def __init__(self, done: object) -> None:
        self.done = done
        self.told: dict[str, Any] = {}

    def __call__(self, *, data: dict[str, Any], **_: object) -> dict[str, object]:
        self.told = data
        return {"done": self.done}


@pytest.mark.parametrize("name", ["id", "lang", "c", "letter", "category", "q"])
def test_no_parameter_of_a_place_breaks_the_page(teahouse: Assistant, name: str) -> None:
    app = opened(teahouse)
    for view, value in zip(cycle(VIEWS), NONE, strict=False):
        do(app, "go", view=view, **{name: value})
        assert _view(app) == ("glossary" if view == "term" else view)


@pytest.mark.parametrize("name", sorted(set(actions._HANDLERS) - {"go"}))
def test_what_is_told_besides_is_passed_over(teahouse: Assistant, name: str) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    do(app, name, turn=0, id="", x=NESTED, __proto__={"view": "map"}, self=1)


@pytest.mark.parametrize("question", ["\ud800 what is a kettle", "\ud800"])
def test_half_a_surrogate_pair_is_no_question(teahouse: Assistant, question: str) -> None:
    app = opened(teahouse)
    do(app, "ask", question=question)
    assert not turns(app)
