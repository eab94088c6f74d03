"""What is kept of a conversation: it comes back by its address and from the list, and is rated."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from streamlit.testing.v1 import AppTest

from assistant.assistant import Assistant
from assistant.conversations.store import Conversations
from tests.assistant.conversations.making import add
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
    turns,
)
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
    """The titles in the list of conversations, without what keeps Arabic and English apart."""
    beginning, end = WORDS["conversation_more"].split("{title}")
    plain = [re.sub("[\u2066\u2069]", "", label).replace("\xa0", " ") for label in labels(app)]
    titles = [label.removesuffix(end) for label in plain if label.startswith(beginning)]
    return [title.removeprefix(beginning) for title in titles]


def _edit(app: AppTest, number: int, question: str) -> None:
    """Edits the question of a turn, and asks it anew."""
    do(app, "edit", turn=number)
    app.text_area[0].set_value(question)
    button(app, WORDS["edit_send"])


def _asked(assistant: Assistant, *questions: str) -> AppTest:
    app = opened(assistant)
    for question in questions:
        ask(app, question)
    return app


# The address.


def test_a_conversation_comes_back_by_its_address(teahouse: Assistant) -> None:
    app = opened(teahouse)
    ask(app, "🙂")  # nothing is kept before there is an answer
    assert not address(app)
    for question in (KETTLE, "And a teapot?"):
        ask(app, question)
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


def test_an_unknown_address_is_said_and_a_conversation_lost_elsewhere(teahouse: Assistant) -> None:
    app = opened(teahouse, "ar", conversation="nothing-such")
    unknown = strings("ar")["conversation_unknown"]
    assert unknown in html_of(app)
    ask(app, KETTLE)
    assert unknown not in html_of(app)
    assert address(app) not in ("", "nothing-such")
    with _store(teahouse) as store:
        store.delete(address(app))
    assert unknown in html_of(opened(teahouse, "ar", conversation=address(app)))
    ask(app, TEAPOT)  # the page that has it still answers, and says that it is lost
    assert "A teapot is a vessel" in html_of(app)
    assert strings("ar")["not_kept"].partition("{")[0] in html_of(app)


# The list.


def test_the_list_holds_ones_own_conversations_and_is_searched(
    teahouse: Assistant, browser: Browser
) -> None:
    app = opened(teahouse)
    assert WORDS["conversations_none"] in html_of(app)
    ask(app, KETTLE)
    first = address(app)
    press(app, WORDS["new_chat"])
    assert (_shown(app), address(app)) == ([], "")
    ask(app, MINT)
    assert _listed(app) == [MINT, KETTLE]
    search = app.text_input(key="conversations-search")
    for sought, found in (("نعناع", [MINT]), ("KETTLE", [KETTLE]), ("nothing such", [])):
        search.set_value(sought).run()
        assert _listed(app) == found
    assert WORDS["conversations_not_found"] in html_of(app)
    search.set_value("").run()
    press(app, KETTLE)
    assert (_shown(app), address(app)) == ([KETTLE], first)

    with _store(teahouse) as store:
        add(store, "", teahouse.ask(MINT))  # nobody's
    browser.reader("he")
    assert _listed(_asked(teahouse, TEAPOT)) == [TEAPOT]


def test_a_conversation_is_renamed_downloaded_deleted_and_brought_back(teahouse: Assistant) -> None:
    app = _asked(teahouse, KETTLE)
    kept = address(app)
    do(app, "manage", id=kept)
    offered = [each.proto.label for each in app.get("download_button")]
    assert offered == [WORDS["conversation_markdown"]]
    title = next(each for each in app.text_input if each.label == WORDS["conversation_title"])
    assert title.value == KETTLE
    title.set_value("Tea <b>things</b>")
    button(app, WORDS["conversation_rename"], "manage", id=kept)
    assert _listed(app) == ["Tea <b>things</b>"]
    press(app, WORDS["new_chat"])
    ask(app, TEAPOT)
    do(app, "manage", id=kept)
    button(app, WORDS["conversation_delete"], "manage", id=kept)
    assert (_listed(app), _shown(app)) == ([TEAPOT], [TEAPOT])
    do(app, "manage", id=address(app))
    button(app, WORDS["conversation_delete"], "manage", id=address(app))
    assert (_listed(app), _shown(app), address(app)) == ([], [], "")  # it was that on the page
    press(app, WORDS["undo_delete"])
    assert _listed(app) == [TEAPOT]
    assert WORDS["conversation_deleted"] not in html_of(app)


# Another's conversation.


def test_anothers_conversation_is_read_and_gone_on_with_in_a_copy(
    teahouse: Assistant, browser: Browser
) -> None:
    app = _asked(teahouse, KETTLE)
    original = address(app)
    browser.reader("he")
    other = opened(teahouse, conversation=original)
    assert _shown(other) == [KETTLE]
    assert WORDS["conversation_foreign"] in html_of(other)
    assert WORDS["conversation_foreign"] not in html_of(app)
    assert WORDS["thumb_up"] not in labels(other)
    do(other, "rate", turn=0, thumb=-1)
    for action in ({"do": "comment", "turn": 0}, {"do": "manage", "id": original}):
        do(other, action.pop("do"), **action)  # type: ignore[arg-type]
        assert not other.get("dialog")

    ask(other, "🙂")  # what is not answered is not kept, and copies nothing
    assert address(other) == original
    ask(other, TEAPOT)
    copy = address(other)
    ask(other, MINT)
    assert address(other) == copy not in ("", original)
    assert _questions(teahouse, original) == [KETTLE]
    assert _questions(teahouse, copy) == [KETTLE, TEAPOT, MINT]
    assert WORDS["conversation_foreign"] not in html_of(other)
    assert _listed(other) == [KETTLE]
    do(other, "rate", turn=0, thumb=-1)  # of the copy
    with _store(teahouse) as store:
        assert store.get(original).turns[0].feedback is None
        assert store.get(copy).turns[0].feedback


# An edited question.


@pytest.mark.parametrize("number", [0, 2])
def test_an_edited_question_goes_on_as_a_conversation_of_its_own(
    teahouse: Assistant, number: int
) -> None:
    asked = [KETTLE, "🙂", TEAPOT]
    app = _asked(teahouse, *asked)
    earlier, kept = address(app), [KETTLE, TEAPOT]  # what is no question is not
    do(app, "edit", turn=number)
    assert app.text_area[0].value == asked[number]
    app.text_area[0].set_value(MINT)
    button(app, WORDS["cancel"])
    assert (_shown(app), address(app), len(app.text_area)) == (asked, earlier, 0)
    _edit(app, number, "🙂")  # which fails, and is made again
    _edit(app, number, MINT)
    now = [*kept[: bool(number)], MINT]
    assert _questions(teahouse, address(app)) == now
    assert _questions(teahouse, earlier) == kept
    assert sorted(_listed(app)) == sorted((KETTLE, MINT))
    ask(app, KETTLE)
    assert _questions(teahouse, address(app)) == [*now, KETTLE]
    assert _questions(teahouse, earlier) == kept


# What is said of an answer.


def _pressed(app: AppTest) -> list[str]:
    """Which of the thumbs and the comment stand pressed."""
    buttons = markup_of(app).split("<button")
    return [
        name
        for name in ("thumb_up", "thumb_down", "comment")
        for html in buttons
        if WORDS[name] in html and 'aria-pressed="true"' in html
    ]


def test_an_answer_is_rated_with_a_comment(teahouse: Assistant) -> None:
    app = _asked(teahouse, KETTLE)
    press(app, WORDS["thumb_down"])
    press(app, WORDS["comment"])
    app.text_area[0].set_value("Too short.")
    button(app, WORDS["comment_send"], "comment", turn=0)

    again = opened(teahouse, conversation=address(app))
    assert _pressed(again) == ["thumb_down", "comment"]
    press(again, WORDS["comment"])
    assert again.text_area[0].value == "Too short."
    press(again, WORDS["thumb_down"])  # the same again takes it back
    assert _pressed(again) == ["comment"]
    press(again, WORDS["thumb_up"])
    with _store(teahouse) as store:
        (turn,) = store.get(address(app)).turns
        assert turn.feedback
        assert (turn.feedback.thumb, turn.feedback.comment) == (1, "Too short.")


# A long conversation.


def _long(teahouse: Assistant, length: int) -> str:
    """A conversation of hers with so many turns, of which the first asks what a teapot is."""
    teapot, kettle = teahouse.ask(TEAPOT), teahouse.ask(KETTLE)
    with _store(teahouse) as store:
        kept = add(store, "", teapot, reader="she").conversation_id
        for _ in range(length - 1):
            add(store, kept, kettle)
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
    for _ in range(2):
        ask(app, MINT)
    assert _shown(app) == [*[KETTLE] * 8, MINT, MINT]
    assert len(_questions(teahouse, address(app))) == 47


@pytest.mark.parametrize(("number", "before"), [(0, 2), (9, 11)])
def test_an_edit_in_a_long_conversation_goes_on_from_all_that_stands_before_it(
    teahouse: Assistant, browser: Browser, number: int, before: int
) -> None:
    kept, asked = _long(teahouse, 12), [TEAPOT, *[KETTLE] * 11]
    app = opened(teahouse, conversation=kept)
    _edit(app, number, MINT)
    assert _questions(teahouse, address(app)) == [*asked[:before], MINT]
    press(app, WORDS["turns_earlier"])
    assert _shown(app) == [*asked[:before], MINT]
    browser.reader("he")
    app = opened(teahouse, conversation=kept)
    ask(app, MINT)
    assert _questions(teahouse, address(app)) == [*asked, MINT]
