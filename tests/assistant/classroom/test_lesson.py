"""Lessons: every sentence stands in the glossary or is the teacher's; as long as it is to be."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from assistant import NoConversationError
from assistant.classroom.lesson import Item, Lesson, LessonMaker, Lessons, place, words
from assistant.classroom.sheet import sheet
from assistant.conversations.conversation import owns
from assistant.conversations.store import Conversations
from knowledge.glossary import Glossary
from knowledge.linking import Linker
from tests.conftest import stands


@pytest.fixture(scope="module")
def maker(bundled: Glossary) -> LessonMaker:
    return LessonMaker(bundled, Linker(bundled), None)


@pytest.fixture(scope="module")
def lesson(maker: LessonMaker) -> Lesson:
    entry = maker.glossary.get("overfitting", "en")
    assert entry
    return maker.make(entry, 20)


def _of(lesson: Lesson, part: str) -> list[Item]:
    return [item for item in lesson.items if item.part == part]


def test_every_sentence_stands_where_it_is_cited(maker: LessonMaker, bundled: Glossary) -> None:
    for entry in bundled.entries:
        made = maker.make(entry, 45)
        for item in made.items:
            assert item.citation
            assert stands(item.citation, bundled)
            assert (item.text, entry.language) == (item.citation.quote, item.citation.language)


def test_it_has_the_parts_of_a_lesson_in_their_order(lesson: Lesson, bundled: Glossary) -> None:
    assert [part for part, _ in lesson.parts] == [
        "before", "hook", "definition", "how", "example", "misconception", "contrast", "discussion",
    ]  # fmt: skip
    assert [i.block(bundled) is not None for i in _of(lesson, "example")] == [False] * 4 + [True]
    predicted = [item.question for item in _of(lesson, "example")]
    assert predicted == ["", "", "", words("en")["predict"], ""]
    first = _of(lesson, "discussion")[0]
    assert first.question.startswith("“Overfitting cannot be read")
    assert first.question.endswith(".” Why?")
    assert "because" in first.text
    claim, so = _of(lesson, "misconception")[0].steps
    assert claim.endswith(";")
    assert so.startswith("in fact")


def test_a_glossary_of_bare_definitions_has_lessons_too(tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_text("term,definition\nSamovar,A samovar is an urn. It keeps water hot.\n", "utf-8")
    known = Glossary.read(file)
    made = LessonMaker(known, Linker(known), None).make(known.entries[0], 5)
    assert [item.text for item in made.items][:2] == ["A samovar is an urn.", "It keeps water hot."]
    assert sheet(made, known).startswith(b"%PDF")


def test_what_a_teacher_changes_is_the_teachers_own(lesson: Lesson) -> None:
    item = _of(lesson, "discussion")[0]
    assert item.reworded(item.text, "And why is that?").citation  # the answer is the glossary's
    own = item.reworded("As I see it.", item.question)
    assert (own.text, own.citation, own.part) == ("As I see it.", None, "discussion")


def test_a_lesson_is_kept_shown_to_all_and_changed_by_its_teacher(
    lesson: Lesson, store: Conversations
) -> None:
    lessons = Lessons(store.database)
    lesson_id = lessons.keep(lesson, "she")
    kept = lessons.get(lesson_id)
    assert kept.lesson == lesson
    assert owns("she", kept.whose)
    assert not owns("he", kept.whose)
    shorter = replace(lesson, title="Mine")
    with pytest.raises(NoConversationError):
        lessons.keep(shorter, "he", lesson_id)
    lessons.keep(shorter, "she", lesson_id)
    assert [each.lesson.title for each in lessons.list("she")] == ["Mine"]
    with pytest.raises(NoConversationError):
        lessons.delete(lesson_id, "he")
    lessons.delete(lesson_id, "she")
    assert not lessons.list("she")
    lessons.keep(shorter, "she", lesson_id)  # undone
    assert lessons.get(lesson_id).lesson == shorter


def _pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_the_sheet_has_its_answers_apart(lesson: Lesson, bundled: Glossary) -> None:
    said = Item("discussion", "My answer.", question="My question?")
    own = replace(lesson, items=(*lesson.items, said))
    *told, answers = _pages(sheet(own, bundled))
    text = " ".join(told)
    assert "Name" in text
    assert "My question?" in text
    assert answers.startswith("Answers")
    for item in (i for i in own.items if i.question and i.part != "hook"):
        assert item.question.split()[-1] in text
        assert item.text[-30:] not in text
        assert item.text[-30:] in answers
    assert place(own.items[0].citation, bundled) in text  # type: ignore[arg-type]
    assert "the teacher's own words" in answers
