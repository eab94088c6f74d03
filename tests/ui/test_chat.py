"""The chat page by Streamlit's own test harness: what is on it, without a browser."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from tests.ui.conftest import PAGE, ask, elsewhere, html_of, labels, opened, press
from ui import owner
from ui.strings import strings
from ui.views import chat

KETTLE = "What is a kettle?"


def test_the_page_invites_and_answers_in_the_interfaces_language(
    assistant: Assistant, tmp_path: Path
) -> None:
    app = opened(elsewhere(assistant, tmp_path), "ar")
    words = strings("ar")
    assert words["tagline"] in html_of(app)
    assert app.chat_input[0].placeholder == words["placeholder"]
    examples = [label for label in labels(app) if label[-1:] == "؟"]
    assert 3 <= len(examples) <= 6
    press(app, examples[0])
    html = html_of(app)
    assert examples[0] in html
    assert html.count('class="m-question"') == 1
    assert 'class="m-marker"' in html
    ask(app, "اذكر مصطلحات فئة البيانات")
    html = html_of(app)
    assert html.count('<li><span class="m-sentence"') >= 3
    assert '<blockquote class="m-foreign' not in html


def test_an_answer_has_markers_sources_and_a_way_on(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    assert 'class="m-marker"' in html_of(app)
    assert "<mark><b>1</b> A kettle is a vessel" in html_of(app)
    press(app, next(label for label in labels(app) if "example" in label))
    assert "boils one litre in three minutes" in html_of(app)
    ask(app, "What is the difference between a kettle and a teapot?")
    html = html_of(app)
    assert html.count('<section class="m-part">') >= 2
    assert all(f'<p class="m-lead">{lead}' in html for lead in ("Kettle", "Teapot"))
    ask(app, "What is النعناع?")  # which is in Arabic alone
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


def test_what_nobody_foresaw_is_said_in_the_apps_own_words(
    teahouse: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(_: Assistant) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(chat, "view", breaks)
    app = opened(teahouse, "ar", broken=True)
    html = "".join(str(element.proto.body) for element in app.get("html"))
    assert strings("ar")["unforeseen_text"] in html
    assert "secret" not in html
    assert "ZeroDivisionError" in caplog.text  # whoever runs it can see it
