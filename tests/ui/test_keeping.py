"""What is kept of a conversation: it comes back by its address, and is rated."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant import ConversationError
from assistant.assistant import Assistant
from assistant.conversations.store import Conversations
from knowledge.glossary import Glossary
from tests.ui.conftest import ask, button, html_of, opened
from ui import shared
from ui.strings import strings

WORDS = strings("en")


@contextmanager
def _store(assistant: Assistant) -> Iterator[Conversations]:
    store = Conversations.open(assistant.settings.database)
    try:
        yield store
    finally:
        store.close()


def _address(app: AppTest) -> str:
    return str(app.query_params.get("c", ""))


def _thumbs(app: AppTest) -> Any:
    """What an answer is rated with; the interface's language is the other group of buttons."""
    (found,) = (each for each in app.button_group if each.proto.options[0].content_icon)
    return found


def test_a_conversation_comes_back_by_its_address(teahouse: Assistant) -> None:
    app = opened(teahouse)
    assert not _address(app)
    ask(app, "What is a kettle?")
    ask(app, "And a teapot?")
    kept = _address(app)
    with _store(teahouse) as store:
        turns = store.get(kept).turns
    assert [turn.answer.question for turn in turns] == ["What is a kettle?", "And a teapot?"]
    assert all(turn.evidence for turn in turns)

    other = opened(teahouse, conversation=kept)
    assert "A kettle is a vessel" in html_of(other)
    ask(other, "Give me an example of it.")
    assert "Four cups fill" in html_of(other)  # the history came back too
    assert _address(other) == kept


def test_nothing_is_kept_before_there_is_an_answer(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, "🙂")
    assert not _address(app)
    with _store(teahouse) as store:
        assert not store.list()


def test_what_went_unanswered_is_counted(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, "Who won the 2018 World Cup?")
    with _store(teahouse) as store:
        assert [gap.count for gap in store.gaps()] == [1]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_unknown_address_is_said_and_the_next_question_begins_anew(
    teahouse: Assistant, language: str
) -> None:
    app = opened(teahouse, language, conversation="nothing-such")
    words = strings(language)
    assert words["conversation_unknown"] in html_of(app)
    assert words["tagline"] in html_of(app)
    ask(app, "What is a kettle?")
    assert words["conversation_unknown"] not in html_of(app)
    assert _address(app) not in ("", "nothing-such")
    button(app, words["new_chat"])
    assert words["conversation_unknown"] not in html_of(app)


def test_a_deleted_conversation_does_not_come_back(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, "What is a kettle?")
    with _store(teahouse) as store:
        store.delete(_address(app))
    assert WORDS["conversation_unknown"] in html_of(opened(teahouse, conversation=_address(app)))
    ask(app, "What is a teapot?")  # the page that has it still answers, and says that it is lost
    assert "A teapot is a vessel" in html_of(app)
    assert WORDS["not_kept"].partition("{")[0] in html_of(app)


def test_a_conversation_can_be_cleared_and_brought_back(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, "What is a kettle?")
    kept = _address(app)
    button(app, WORDS["new_chat"])
    assert "What is a kettle?" not in html_of(app)
    assert not _address(app)
    button(app, WORDS["undo"])
    assert "What is a kettle?" in html_of(app)
    assert _address(app) == kept
    button(app, WORDS["new_chat"])
    ask(app, "What is a teapot?")
    assert _address(app) not in ("", kept)


def test_a_database_that_cannot_be_opened_costs_nobody_the_answer(
    teahouse: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "conversations.db").write_text("no database", "utf-8")
    app = opened(teahouse)
    assert WORDS["not_kept"].partition("{")[0] in html_of(app)
    ask(app, "What is a kettle?")
    assert "A kettle is a vessel" in html_of(app)
    assert not _address(app)
    assert len(app.button_group) == 1  # the language: there is no turn to rate
    with pytest.raises(ConversationError):
        shared.conversations()


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_an_old_answer_says_that_its_entry_is_another_now(teahouse: Assistant, change: str) -> None:
    app = opened(teahouse)
    ask(app, "What is a kettle?")
    assert WORDS[f"entry_{change}"] not in html_of(app)
    glossary = teahouse.glossary
    kettle = next(entry for entry in glossary.entries if entry.id == "kettle")
    others = tuple(entry for entry in glossary.entries if entry.id != "kettle")
    now = (replace(kettle, category="Vessels"),) if change == "changed" else ()
    later = Assistant(teahouse.retriever, teahouse.settings)
    later.glossary = Glossary(glossary.path, (*now, *others))
    shared._opened.clear()
    html = html_of(opened(later, conversation=_address(app)))
    assert WORDS[f"entry_{change}"] in html
    assert "<b>1</b> A kettle is a vessel for boiling water." in html


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_answer_is_rated_with_a_comment(teahouse: Assistant, language: str) -> None:
    app = opened(teahouse, language)
    ask(app, "What is a kettle?")
    words = strings(language)
    thumbs = _thumbs(app)
    assert thumbs.options == [words["thumb_up"], words["thumb_down"]]
    thumbs.set_value(-1).run()
    app.text_area[0].set_value("Too short.")
    button(app, words["comment_send"])
    assert words["comment_kept"] in html_of(app)
    with _store(teahouse) as store:
        (turn,) = store.get(_address(app)).turns
        assert turn.feedback
        assert (turn.feedback.thumb, turn.feedback.comment) == (-1, "Too short.")

    again = opened(teahouse, language, conversation=_address(app))
    assert again.text_area[0].value == "Too short."
    _thumbs(again).set_value(None).run()
    with _store(teahouse) as store:
        (turn,) = store.get(_address(app)).turns
        assert turn.feedback
        assert (turn.feedback.thumb, turn.feedback.comment) == (0, "Too short.")
