"""What is kept of a conversation: it comes back by its address and from the list, and is rated."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant import ConversationError
from assistant.assistant import Assistant
from assistant.conversations.store import Conversations
from knowledge.glossary import Glossary
from tests.ui.conftest import (
    Browser,
    address,
    ask,
    button,
    do,
    html_of,
    labels,
    markup_of,
    opened,
    press,
    text_of,
    turns,
)
from ui import shared
from ui.strings import strings

WORDS = strings("en")
KETTLE, TEAPOT, MINT = "What is a kettle?", "What is a teapot?", "ما النعناع؟"


@contextmanager
def _store(assistant: Assistant) -> Iterator[Conversations]:
    store = Conversations.open(assistant.settings.database)
    try:
        yield store
    finally:
        store.close()


def _questions(assistant: Assistant, conversation: str) -> list[str]:
    with _store(assistant) as store:
        return [answer.question for answer in store.get(conversation).answers]


def _shown(app: AppTest) -> list[str]:
    return [turn.question for turn in turns(app)]


def _listed(app: AppTest) -> list[str]:
    """The titles in the list of conversations, as they stand there."""
    beginning, end = WORDS["conversation_more"].split("{title}")
    return [
        label.removeprefix(beginning).removesuffix(end)
        for label in labels(app)
        if label.startswith(beginning)
    ]


def _edit(app: AppTest, number: int, question: str) -> None:
    """Edits the question of a turn, and asks it anew."""
    do(app, "edit", turn=number)
    app.text_area[0].set_value(question)
    button(app, WORDS["edit_send"])


# The address.


def test_a_conversation_comes_back_by_its_address(teahouse: Assistant) -> None:
    app = opened(teahouse)
    assert not address(app)
    ask(app, KETTLE)
    ask(app, "And a teapot?")
    kept = address(app)
    with _store(teahouse) as store:
        kept_turns = store.get(kept).turns
    assert [turn.answer.question for turn in kept_turns] == [KETTLE, "And a teapot?"]
    assert all(turn.traces for turn in kept_turns)

    other = opened(teahouse, conversation=kept)
    assert "A kettle is a vessel" in html_of(other)
    ask(other, "Give me an example of it.")
    assert "Four cups fill" in html_of(other)  # the history came back too
    assert address(other) == kept


def test_nothing_is_kept_before_there_is_an_answer(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, "🙂")
    assert not address(app)
    with _store(teahouse) as store:
        assert not store.list()


def test_what_went_unanswered_is_counted(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, "What is a samovar?")
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
    ask(app, KETTLE)
    assert words["conversation_unknown"] not in html_of(app)
    assert address(app) not in ("", "nothing-such")
    press(app, words["new_chat"])
    assert words["conversation_unknown"] not in html_of(app)


def test_a_conversation_deleted_elsewhere_does_not_come_back(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    with _store(teahouse) as store:
        store.delete(address(app))
    assert WORDS["conversation_unknown"] in html_of(opened(teahouse, conversation=address(app)))
    ask(app, TEAPOT)  # the page that has it still answers, and says that it is lost
    assert "A teapot is a vessel" in html_of(app)
    assert WORDS["not_kept"].partition("{")[0] in html_of(app)


def test_a_database_that_cannot_be_opened_costs_nobody_the_answer(
    teahouse: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "conversations.db").write_text("no database", "utf-8")
    app = opened(teahouse)
    assert WORDS["not_kept"].partition("{")[0] in html_of(app)
    ask(app, KETTLE)
    assert "A kettle is a vessel" in html_of(app)
    assert not address(app)
    assert WORDS["thumb_up"] not in labels(app)  # there is no turn to rate
    assert WORDS["conversations_none"] in html_of(app)
    with pytest.raises(ConversationError):
        shared.conversations()


def test_a_conversation_stays_while_one_looks_elsewhere(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    kept = address(app)
    press(app, WORDS["view_glossary"])
    assert not address(app)
    press(app, WORDS["view_chat"])
    assert address(app) == kept
    assert _shown(app) == [KETTLE]
    do(app, "go", view="term", id="kettle")
    press(app, WORDS["term_ask"])
    assert _questions(teahouse, kept) == [KETTLE, WORDS["example_what"].format(term="Kettle")]


# The list.


def test_a_new_conversation_leaves_the_other_in_the_list(teahouse: Assistant) -> None:
    app = opened(teahouse)
    assert WORDS["conversations_none"] in html_of(app)
    ask(app, KETTLE)
    first = address(app)
    press(app, WORDS["new_chat"])
    assert _shown(app) == []
    assert not address(app)
    ask(app, TEAPOT)
    assert address(app) not in ("", first)
    assert _listed(app) == [TEAPOT, KETTLE]
    press(app, KETTLE)
    assert _shown(app) == [KETTLE]
    assert address(app) == first


def test_the_list_holds_only_the_readers_own(teahouse: Assistant, browser: Browser) -> None:
    ask(opened(teahouse), KETTLE)
    with _store(teahouse) as store:
        store.add("", teahouse.ask(MINT), [], teahouse.glossary)  # nobody's
    browser.reader("he")
    app = opened(teahouse)
    assert _listed(app) == []
    ask(app, TEAPOT)
    assert _listed(app) == [TEAPOT]
    browser.reader("she")
    assert _listed(opened(teahouse)) == [KETTLE]


def test_the_list_is_searched(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    press(app, WORDS["new_chat"])
    ask(app, MINT)
    search = app.text_input(key="conversations-search")
    search.set_value("نعناع").run()
    assert _listed(app) == [MINT]
    search.set_value("KETTLE").run()
    assert _listed(app) == [KETTLE]
    search.set_value("nothing such").run()
    assert _listed(app) == []
    assert WORDS["conversations_not_found"] in html_of(app)


def test_a_conversation_is_deleted_and_brought_back(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    kept = address(app)
    do(app, "manage", id=kept)
    button(app, WORDS["conversation_delete"], "manage", id=kept)
    assert _listed(app) == []
    assert _shown(app) == []  # it was the one on the page
    assert not address(app)
    with _store(teahouse) as store:
        assert not store.list()
    assert WORDS["conversation_deleted"] in html_of(app)
    press(app, WORDS["undo_delete"])
    assert _listed(app) == [KETTLE]
    assert WORDS["conversation_deleted"] not in html_of(app)
    press(app, KETTLE)
    assert _shown(app) == [KETTLE]


def test_deleting_another_conversation_leaves_the_one_on_the_page(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    first = address(app)
    press(app, WORDS["new_chat"])
    ask(app, TEAPOT)
    do(app, "manage", id=first)
    button(app, WORDS["conversation_delete"], "manage", id=first)
    assert _listed(app) == [TEAPOT]
    assert _shown(app) == [TEAPOT]


def test_a_conversation_is_renamed(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    kept = address(app)
    do(app, "manage", id=kept)
    title = next(each for each in app.text_input if each.label == WORDS["conversation_title"])
    assert title.value == KETTLE
    title.set_value("Tea <b>things</b>")
    button(app, WORDS["conversation_rename"], "manage", id=kept)
    assert _listed(app) == ["Tea <b>things</b>"]


def test_a_conversation_is_downloaded(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    do(app, "manage", id=address(app))
    offered = [each.proto.label for each in app.get("download_button")]
    assert offered == [WORDS["conversation_markdown"], WORDS["conversation_json"]]


def test_only_ones_own_conversation_is_managed(teahouse: Assistant, browser: Browser) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    browser.reader("he")
    other = opened(teahouse, conversation=address(app))
    do(other, "manage", id=address(app))
    assert not other.get("dialog")
    do(other, "restore")
    assert _questions(teahouse, address(app)) == [KETTLE]


# Another's conversation.


def test_a_conversation_of_another_reader_is_read_by_its_link(
    teahouse: Assistant, browser: Browser
) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    browser.reader("he")
    other = opened(teahouse, conversation=address(app))
    assert _shown(other) == [KETTLE]
    assert WORDS["conversation_foreign"] in html_of(other)
    assert WORDS["conversation_foreign"] not in html_of(app)


def test_what_another_asks_goes_on_in_a_copy_and_the_original_stays(
    teahouse: Assistant, browser: Browser
) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    original = address(app)
    browser.reader("he")
    other = opened(teahouse, conversation=original)
    ask(other, "🙂")  # what is not answered is not kept, and copies nothing
    assert address(other) == original
    ask(other, "Give me an example of it.")
    copy = address(other)
    assert copy not in ("", original)
    assert _questions(teahouse, original) == [KETTLE]
    assert _questions(teahouse, copy) == [KETTLE, "Give me an example of it."]
    assert WORDS["conversation_foreign"] not in html_of(other)
    assert _listed(other) == [KETTLE]
    ask(other, TEAPOT)
    assert address(other) == copy
    assert _questions(teahouse, copy)[2:] == [TEAPOT]


def test_another_does_not_rate_what_is_not_theirs(teahouse: Assistant, browser: Browser) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    browser.reader("he")
    other = opened(teahouse, conversation=address(app))
    assert WORDS["thumb_up"] not in labels(other)
    do(other, "rate", turn=0, thumb=-1)
    do(other, "comment", turn=0)
    assert not other.get("dialog")
    with _store(teahouse) as store:
        assert store.get(address(app)).turns[0].feedback is None
    ask(other, TEAPOT)
    do(other, "rate", turn=0, thumb=-1)  # of the copy
    with _store(teahouse) as store:
        assert store.get(address(app)).turns[0].feedback is None
        (feedback, _) = (turn.feedback for turn in store.get(address(other)).turns)
        assert feedback
        assert feedback.thumb == -1


# An edited question.


@pytest.mark.parametrize("number", [0, 1, 2])
def test_an_edited_question_goes_on_from_where_it_stood_as_a_conversation_of_its_own(
    teahouse: Assistant, number: int
) -> None:
    app = opened(teahouse)
    asked = [KETTLE, MINT, TEAPOT]
    for question in asked:
        ask(app, question)
    earlier = address(app)
    _edit(app, number, "What is oolong?")
    assert _shown(app) == [*asked[:number], "What is oolong?"]
    assert address(app) not in ("", earlier)
    assert _questions(teahouse, earlier) == asked
    assert _questions(teahouse, address(app)) == [*asked[:number], "What is oolong?"]
    assert len(_listed(app)) == 2
    ask(app, KETTLE)
    assert _questions(teahouse, address(app)) == [*asked[:number], "What is oolong?", KETTLE]
    assert _questions(teahouse, earlier) == asked


def test_an_edit_can_be_left(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    kept = address(app)
    do(app, "edit", turn=0)
    assert app.text_area[0].value == KETTLE
    app.text_area[0].set_value(TEAPOT)
    button(app, WORDS["cancel"])
    assert _shown(app) == [KETTLE]
    assert address(app) == kept
    assert not app.text_area


def test_an_edit_goes_on_from_the_right_turns_past_one_that_failed(teahouse: Assistant) -> None:
    app = opened(teahouse)
    for question in (KETTLE, "🙂", TEAPOT):
        ask(app, question)
    earlier = address(app)
    _edit(app, 2, MINT)
    assert _questions(teahouse, earlier) == [KETTLE, TEAPOT]
    assert _questions(teahouse, address(app)) == [KETTLE, MINT]


def test_an_edited_question_that_fails_can_be_edited_again(teahouse: Assistant) -> None:
    app = opened(teahouse)
    for question in (KETTLE, TEAPOT):
        ask(app, question)
    earlier = address(app)
    _edit(app, 1, "🙂")
    _edit(app, 1, MINT)
    assert _questions(teahouse, earlier) == [KETTLE, TEAPOT]
    assert _questions(teahouse, address(app)) == [KETTLE, MINT]


@pytest.mark.parametrize("number", [0, 1])
def test_an_edit_of_anothers_question_copies_only_what_stands_before_it(
    teahouse: Assistant, browser: Browser, number: int
) -> None:
    app = opened(teahouse)
    asked = [KETTLE, TEAPOT]
    for question in asked:
        ask(app, question)
    browser.reader("he")
    other = opened(teahouse, conversation=address(app))
    _edit(other, number, MINT)
    assert address(other) not in ("", address(app))
    assert _questions(teahouse, address(app)) == asked
    assert _questions(teahouse, address(other)) == [*asked[:number], MINT]
    assert len(_listed(other)) == 1


# Two tabs.


def test_what_another_tab_asked_is_caught_up_with(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    tab = opened(teahouse, conversation=address(app))
    ask(tab, TEAPOT)
    app.run()
    assert _shown(app) == [KETTLE, TEAPOT]
    ask(app, MINT)
    tab.run()
    assert _shown(tab) == [KETTLE, TEAPOT, MINT]


def test_a_tab_that_asks_with_what_it_knows_loses_nothing(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    tab = opened(teahouse, conversation=address(app))
    ask(tab, TEAPOT)
    do(app, "ask", question=MINT)  # before it has seen the other's
    app.run()
    assert _shown(app) == [KETTLE, TEAPOT, MINT]
    assert _questions(teahouse, address(app)) == [KETTLE, TEAPOT, MINT]


# Old answers.


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_an_old_answer_says_that_its_entry_is_another_now(teahouse: Assistant, change: str) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)
    assert WORDS[f"entry_{change}"] not in html_of(app)
    glossary = teahouse.glossary
    kettle = next(entry for entry in glossary.entries if entry.id == "kettle")
    others = tuple(entry for entry in glossary.entries if entry.id != "kettle")
    now = (replace(kettle, category="Vessels"),) if change == "changed" else ()
    later = Assistant(teahouse.retriever, teahouse.settings)
    later.glossary = Glossary(glossary.path, (*now, *others))
    st.cache_resource.clear()
    page = opened(later, conversation=address(app))
    assert WORDS[f"entry_{change}"] in html_of(page)
    assert "<b>1</b> A kettle is a vessel for boiling water." in html_of(page)
    assert "A kettle is a vessel for boiling water." in text_of(markup_of(page))


# What is said of an answer.


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_answer_is_rated_with_a_comment(teahouse: Assistant, language: str) -> None:
    app = opened(teahouse, language)
    ask(app, KETTLE)
    words = strings(language)
    press(app, words["thumb_down"])
    press(app, words["comment"])
    app.text_area[0].set_value("Too short.")
    button(app, words["comment_send"], "comment", turn=0)
    with _store(teahouse) as store:
        (turn,) = store.get(address(app)).turns
        assert turn.feedback
        assert (turn.feedback.thumb, turn.feedback.comment) == (-1, "Too short.")

    again = opened(teahouse, language, conversation=address(app))
    assert _pressed(again, language) == ["thumb_down", "comment"]
    press(again, words["comment"])
    assert again.text_area[0].value == "Too short."
    press(again, words["thumb_down"])  # the same again takes it back
    assert _pressed(again, language) == ["comment"]
    press(again, words["thumb_up"])
    assert _pressed(again, language) == ["thumb_up", "comment"]
    with _store(teahouse) as store:
        (turn,) = store.get(address(app)).turns
        assert turn.feedback
        assert (turn.feedback.thumb, turn.feedback.comment) == (1, "Too short.")


def _pressed(app: AppTest, language: str) -> list[str]:
    """Which of the thumbs and the comment stand pressed."""
    names = ("thumb_up", "thumb_down", "comment")
    buttons = markup_of(app).split("<button")
    return [
        name
        for name in names
        for html in buttons
        if f'aria-label="{strings(language)[name]}"' in html and 'aria-pressed="true"' in html
    ]


def test_a_rating_that_cannot_be_kept_is_said(
    teahouse: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = opened(teahouse)
    ask(app, KETTLE)

    def fails(*_: object, **__: object) -> None:
        raise ConversationError("The disk is full.")

    monkeypatch.setattr(Conversations, "rate", fails)
    press(app, WORDS["thumb_up"])
    number = re.search(r"under number (\w+)", html_of(app))
    assert number
    assert "The disk is full." not in html_of(app)
    assert f"Failure {number[1]}: ConversationError: The disk is full." in caplog.text
    press(app, WORDS["comment"])
    app.text_area[0].set_value("Fine.")
    button(app, WORDS["comment_send"], "comment", turn=0)
    assert app.get("dialog")  # it stays open, with what was written


# A long conversation.


def _long(teahouse: Assistant, length: int) -> str:
    """A conversation of hers with so many turns, of which the first asks what a teapot is."""
    teapot, kettle = teahouse.ask(TEAPOT), teahouse.ask(KETTLE)
    with _store(teahouse) as store:
        kept = store.add("", teapot, [], teahouse.glossary, reader="she").conversation_id
        for _ in range(length - 1):
            store.add(kept, kettle, [], teahouse.glossary)
    return kept


def test_of_a_long_conversation_the_last_turns_are_shown_and_the_earlier_ones_asked_for(
    teahouse: Assistant,
) -> None:
    app = opened(teahouse, conversation=_long(teahouse, 45))
    assert len(_shown(app)) == 10
    press(app, WORDS["turns_earlier"])
    assert len(_shown(app)) == 40
    press(app, WORDS["turns_earlier"])
    assert _shown(app) == [TEAPOT, *[KETTLE] * 44]
    assert WORDS["turns_earlier"] not in labels(app)
    ask(app, MINT)
    assert _shown(app) == [*[KETTLE] * 9, MINT]
    assert len(_questions(teahouse, address(app))) == 46
    press(app, WORDS["turns_earlier"])
    press(app, WORDS["turns_earlier"])
    assert _shown(app) == [TEAPOT, *[KETTLE] * 44, MINT]


def test_what_is_shown_stays_shown_when_another_tab_adds_to_it(teahouse: Assistant) -> None:
    app = opened(teahouse, conversation=_long(teahouse, 12))
    press(app, WORDS["turns_earlier"])
    ask(opened(teahouse, conversation=address(app)), MINT)
    app.run()
    assert _shown(app) == [TEAPOT, *[KETTLE] * 11, MINT]


@pytest.mark.parametrize(("number", "before"), [(0, 2), (9, 11)])
def test_an_edit_in_a_long_conversation_goes_on_from_all_that_stands_before_it(
    teahouse: Assistant, number: int, before: int
) -> None:
    asked = [TEAPOT, *[KETTLE] * 11]
    app = opened(teahouse, conversation=_long(teahouse, 12))
    _edit(app, number, MINT)
    assert _questions(teahouse, address(app)) == [*asked[:before], MINT]
    press(app, WORDS["turns_earlier"])
    assert _shown(app) == [*asked[:before], MINT]


def test_another_goes_on_in_a_copy_of_all_of_a_long_conversation(
    teahouse: Assistant, browser: Browser
) -> None:
    kept = _long(teahouse, 12)
    browser.reader("he")
    app = opened(teahouse, conversation=kept)
    ask(app, MINT)
    assert _questions(teahouse, address(app)) == [TEAPOT, *[KETTLE] * 11, MINT]
    assert len(_shown(app)) == 10


def test_a_question_in_a_long_conversation_draws_no_more_than_in_a_short_one(
    teahouse: Assistant,
) -> None:
    drawn = []
    for length in (20, 200):
        app = opened(teahouse, conversation=_long(teahouse, length))
        ask(app, MINT)
        drawn.append(len(markup_of(app)))
    assert drawn[1] < 1.02 * drawn[0]  # numbers and the list of conversations are longer
