"""The tabs “lesson” and “path”, and lessons outside of the app."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from assistant.classroom.lesson import Item, LessonMaker, Lessons, words
from assistant.classroom.path import Learnt
from knowledge.glossary import Glossary
from knowledge.linking import Linker
from tests.ui.conftest import Browser, button, do, doings, html_of, labels, opened, press, text_of
from ui import document, lessons, shared
from ui.strings import LANGUAGES, strings

WORDS = strings("en")


def _kept() -> Lessons:
    return Lessons(shared.conversations().database)


def _made(teahouse: Assistant, language: str = "en") -> AppTest:
    app = opened(teahouse, language)
    do(app, "go", view="classroom", tab="lesson", term="kettle")
    button(app, strings(language)["lesson_make"])
    return app


def _texts(app: AppTest) -> list[str]:
    (kept,) = _kept().list("she")
    assert all(item.text in html_of(app) for item in kept.lesson.items)
    return [item.text for item in kept.lesson.items]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_is_made_of_a_term_and_kept(teahouse: Assistant, language: str) -> None:
    app = _made(teahouse, language)
    assert app.query_params["id"]
    assert "A kettle is a vessel for boiling water." in _texts(app)
    assert words("en")["parts"]["example"] in html_of(app)  # in the language of the entry
    do(app, "go", view="classroom", tab="lesson")
    assert "Kettle" in html_of(app)


def test_items_are_taken_out_added_and_put_in_ones_own_words(teahouse: Assistant) -> None:
    app = _made(teahouse)
    before = _texts(app)
    press(app, WORDS["lesson_edit"])
    for area in app.text_area:
        assert area.label != WORDS["lesson_sentence"] or area.value in before
    changed = {before[0]: "", before[1]: "My own words."}
    for area in app.text_area:
        area.set_value(changed.get(str(area.value), str(area.value)))
    app.text_area[-1].set_value("And mine too.")
    button(app, WORDS["lesson_save"])
    said = (changed.get(text, text) for text in before)
    assert _texts(app) == [*filter(None, said), "And mine too."]
    assert WORDS["lesson_own"] in html_of(app)
    press(app, WORDS["undo_delete"])
    assert _texts(app) == before


def test_who_has_the_link_reads_a_lesson_and_may_keep_a_copy(
    teahouse: Assistant, browser: Browser
) -> None:
    _made(teahouse)
    lesson_id = _kept().list("she")[0].id
    browser.reader("he")
    app = opened(teahouse)
    do(app, "go", view="classroom", tab="lesson", id=lesson_id)
    assert WORDS["lesson_edit"] not in labels(app)
    do(app, "lesson", what="delete", id=lesson_id)
    assert _kept().get(lesson_id)
    press(app, WORDS["lesson_copy"])
    assert [kept.lesson for kept in _kept().list("he")] == [_kept().get(lesson_id).lesson]


def test_a_path_is_ticked_and_goes_on(teahouse: Assistant) -> None:
    app = opened(teahouse)
    do(app, "go", view="classroom", tab="path")
    first, second, *_ = [name for name, done in doings(app) if done["do"] == "tick"]
    press(app, first)
    assert 'aria-pressed="true"' in html_of(app)
    assert len(Learnt(shared.conversations().database).of("she")) == 1
    assert 'aria-current="step"' in html_of(app).split(second)[0]
    press(app, first)
    assert not Learnt(shared.conversations().database).of("she")


@pytest.fixture
def client(
    bundled: Glossary, teahouse: Assistant, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    monkeypatch.setattr(teahouse, "glossary", bundled)
    shared.hand_over(teahouse)
    with TestClient(
        Starlette(routes=lessons.routes(), exception_handlers=document.FAILURES)
    ) as made:
        yield made


def _bundled_lesson(bundled: Glossary, language: str) -> str:
    entry = bundled.get("attention", language)
    assert entry
    return _kept().keep(LessonMaker(bundled, Linker(bundled), None).make(entry, 20), "she")


@pytest.mark.parametrize("language", LANGUAGES)
def test_slides_have_one_thought_each_and_figures_drawn(
    client: TestClient, bundled: Glossary, language: str
) -> None:
    lesson_id = _bundled_lesson(bundled, language)
    page = client.get(f"/lesson/{lesson_id}/slides").text
    found = _kept().get(lesson_id).lesson
    text = text_of(page)
    assert all(item.question in text for item in found.items)
    assert "<svg" in page
    assert "<math" in page
    slides = re.findall(r'<section class="m-slide [^>]*>.*?</section>', page, re.DOTALL)
    assert len(slides) == len(lessons.slides(found, bundled)) + 2
    assert all(len(text_of(slide)) < 700 for slide in slides)
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in page


def test_a_teachers_words_are_no_markup(client: TestClient, bundled: Glossary) -> None:
    kept = _kept().get(_bundled_lesson(bundled, "en"))
    said = Item("how", "<script>alert(1)</script>")
    own = replace(kept.lesson, items=(*kept.lesson.items, said))
    lesson_id = _kept().keep(own, "she")
    assert "<script>alert" not in client.get(f"/lesson/{lesson_id}/slides").text
    sheet = client.get(f"/lesson/{lesson_id}/sheet.pdf")
    assert sheet.headers["content-type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF")
    missing = client.get("/lesson/none/slides?lang=ar")
    assert (missing.status_code, "لا يوجد درس" in missing.text) == (404, True)
