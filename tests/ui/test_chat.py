"""The chat page by Streamlit's own test harness: what is on it, without a browser."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from tests.ui.conftest import PAGE, ask, elsewhere, html_of, labels, opened, press
from ui import owner
from ui.strings import strings


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_invites_in_the_interfaces_language(
    assistant: Assistant, tmp_path: Path, language: str
) -> None:
    app = opened(elsewhere(assistant, tmp_path), language)
    words = strings(language)
    assert words["tagline"] in html_of(app)
    assert app.chat_input[0].placeholder == words["placeholder"]
    assert 3 <= len([label for label in labels(app) if label[-1:] in "?؟"]) <= 6


@pytest.mark.parametrize(
    ("question", "start"),
    [("What is a kettle?", "A kettle is a vessel"), ("ما النعناع؟", "النعناع نبات عطري")],
)
def test_an_answer_stands_with_markers_and_sources(
    teahouse: Assistant, question: str, start: str
) -> None:
    app = opened(teahouse)
    ask(app, question)
    html = html_of(app)
    assert start in html
    assert 'class="m-marker"' in html
    assert f"<mark><b>1</b> {start}" in html


def test_an_example_is_asked_by_a_click(teahouse: Assistant) -> None:
    app = opened(teahouse)
    label = next(label for label in labels(app) if label.endswith("?"))
    press(app, label)
    html = html_of(app)
    assert label in html
    assert html.count('class="m-question"') == 1
    assert 'class="m-marker"' in html


def test_a_follow_up_is_asked_by_a_click_and_the_chat_goes_on(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, "What is a kettle?")
    press(app, next(label for label in labels(app) if "example" in label))
    html = html_of(app)
    assert "What is a kettle?" in html
    assert "boils one litre in three minutes" in html


@pytest.mark.parametrize(
    ("question", "leads"),
    [
        ("What is the difference between a kettle and a teapot?", ("Kettle", "Teapot")),
        ("ما الفرق بين kettle و teapot؟", ("Kettle", "Teapot")),
    ],
)
def test_a_comparison_stands_in_parts(
    teahouse: Assistant, question: str, leads: tuple[str, ...]
) -> None:
    app = opened(teahouse)
    ask(app, question)
    html = html_of(app)
    assert html.count('<section class="m-part">') >= 2
    for lead in leads:
        assert f'<p class="m-lead">{lead}' in html


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "List the terms in the category Data"), ("ar", "اذكر مصطلحات فئة البيانات")],
)
def test_a_list_stands_as_a_list(
    assistant: Assistant, tmp_path: Path, language: str, question: str
) -> None:
    app = opened(elsewhere(assistant, tmp_path), language)
    ask(app, question)
    html = html_of(app)
    assert html.count('<li><span class="m-sentence"') >= 3
    assert '<blockquote class="m-foreign' not in html


def test_what_the_glossary_has_in_another_language_only_is_quoted(teahouse: Assistant) -> None:
    app = opened(teahouse, "ar")
    ask(app, "ما هو kettle؟")
    html = html_of(app)
    assert '<blockquote class="m-foreign" lang="en" dir="ltr">' in html
    assert "A kettle is a vessel" in html
    ask(app, "What is النعناع?")
    assert '<blockquote class="m-foreign" lang="ar" dir="rtl">' in html_of(app)


def test_what_the_glossary_does_not_hold_is_said_with_the_nearest_terms(
    teahouse: Assistant,
) -> None:
    app = opened(teahouse)
    ask(app, "What is a samovar?")
    assert "The glossary does not answer this." in html_of(app)
    assert any("Kettle" in label for label in labels(app))


@pytest.mark.parametrize(
    ("question", "key"), [("🙂", "error_wordless"), ("a" * 3000, "error_long")]
)
def test_what_is_no_question_gets_a_sentence(teahouse: Assistant, question: str, key: str) -> None:
    app = opened(teahouse, "ar")
    ask(app, question)
    assert strings("ar")[key].split("{")[0] in html_of(app)


@pytest.mark.parametrize("owned", [True, False])
def test_why_the_glossary_cannot_be_opened_is_told_to_its_owner_and_logged(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    *,
    owned: bool,
) -> None:
    monkeypatch.setattr(owner, "allowed", lambda *_: owned)
    monkeypatch.setenv("MASRAD_GLOSSARY", str(tmp_path / "missing"))
    app = AppTest.from_file(PAGE, default_timeout=30)
    app.query_params["lang"] = "en"
    app.run()
    assert not app.exception
    assert ("There is no glossary at" in html_of(app)) == owned
    assert (str(tmp_path) in html_of(app)) == owned
    assert str(tmp_path) in caplog.text
    number = re.search(r"under number (\w+)", html_of(app))
    assert bool(number) != owned
    assert number is None or f"Failure {number[1]}" in caplog.text
