"""The chat for a class: guided answers, the way to the class, a group and what it did."""

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from assistant.people import Person
from tests.ui.conftest import Browser, ask, do, html_of, links, opened, press, text_of, turns
from ui import groups, identity
from ui.strings import strings

EN = strings("en")
SAYS = "A kettle is a vessel for boiling water."


def _submit(app: AppTest, label: str, words: str | None = None) -> None:
    if words is not None:
        app.text_area[0].set_value(words)
    next(each for each in app.button if each.label == label).click()
    app.run()
    assert not app.exception


def test_a_guided_answer_comes_after_a_question_and_a_hint(teahouse: Assistant) -> None:
    app = opened(teahouse)
    press(app, EN["guided"])
    ask(app, "What is a kettle?")
    assert EN["guided_before"] in html_of(app)
    assert SAYS not in text_of(html_of(app))
    _submit(app, EN["guided_hint_ask"])
    assert EN["guided_hint"] in html_of(app)
    assert SAYS not in text_of(html_of(app))
    _submit(app, EN["guided_compare"], "A vessel in which water is boiled.")
    shown = text_of(html_of(app))
    assert EN["guided_yours"] in shown
    assert shown.count(SAYS) >= 2  # as a point, and in the answer
    assert EN["guided_reason"] in shown
    _submit(app, EN["guided_reason_show"])
    assert not app.text_area
    press(app, EN["guided"])
    ask(app, "What is a kettle?")  # as ever
    assert turns(app)[-1].guided is None
    assert not app.text_area


def test_what_is_wanted_of_the_class_leads_there(teahouse: Assistant) -> None:
    app = opened(teahouse)
    for asked, label, address in (
        ("where do I start", "invited_path", "./classroom?lang=en&tab=path"),
        ("quiz me on kettles", "invited_quiz", "./classroom?lang=en&tab=quiz&term=kettle"),
        ("draw the teapot", "invited_draw", "./classroom?lang=en&tab=demonstrations&term=teapot"),
    ):
        ask(app, asked)
        assert links(html_of(app))[EN[label]] == address
    ask(app, "اختبرني في الغلاية")
    assert turns(app)[-1].answer.invitation.activity == "quiz"  # type: ignore[union-attr]


def test_a_group_counts_what_its_members_ask_and_its_teacher_reads_it(
    teahouse: Assistant, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(teahouse)
    made = groups.groups().make("teacher", "Class 9b")
    app.query_params["group"] = made.code
    app.run()
    assert "group" not in app.query_params
    assert "Class 9b" in html_of(app)
    ask(app, "What is a kettle?")
    ask(app, "What is a bicycle?")
    do(app, "rate", turn=0, thumb=1)
    do(app, "go", view="term", id="mint")
    app.run()  # drawn again, it is not opened again
    kinds = sorted(event.kind for event in groups.groups().events("teacher", made.code))
    assert kinds == ["asked", "liked", "opened", "refused"]
    browser.reader("teacher")
    browser.choices()
    person = Person("teacher", "teacher")
    monkeypatch.setattr(identity, "current", lambda: person)
    report = opened(teahouse)
    report.query_params["tab"] = "report"
    do(report, "go", view="classroom", tab="report")
    said = text_of(html_of(report))
    assert made.code in said
    for text in ("What is a kettle?", "What is a bicycle?", EN["report_opened"]):
        assert text in said
