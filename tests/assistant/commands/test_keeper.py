"""What ``masrad ask --conversation`` keeps, and when."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant import WriterError
from assistant.answer import Event
from assistant.assistant import Assistant
from assistant.commands.keeper import Keeper
from assistant.conversations.store import Conversations

KETTLE, TEAPOT = "What is a kettle?", "And a teapot?"


@pytest.fixture
def teahouse(tea: Assistant, tmp_path: Path) -> Assistant:
    """The assistant of tea things, with conversations of the test's own."""
    return Assistant(tea.retriever, tea.settings.model_copy(update={"data_dir": tmp_path}))


def _kept(teahouse: Assistant) -> list[list[tuple[str, str]]]:
    with closing(Conversations.open(teahouse.settings.database)) as store:
        found = [store.get(each.id) for each in store.list()]
    return [[(turn.answer.question, turn.answer.status) for turn in each.turns] for each in found]


def test_a_conversation_begins_with_its_first_question_and_goes_on(teahouse: Assistant) -> None:
    first = Keeper(teahouse, "new")
    assert _kept(teahouse) == []  # it is not there before its question is
    first.ask(KETTLE)
    first.kept(teahouse.stream(KETTLE))
    second = Keeper(teahouse, first.conversation[:12])
    assert [answer.question for answer in second.history] == [KETTLE]
    second.ask(TEAPOT)
    second.kept(teahouse.stream(TEAPOT, second.history))
    assert _kept(teahouse) == [[(KETTLE, "answered"), (TEAPOT, "answered")]]


def test_a_question_whose_answer_fails_or_is_killed_is_kept(teahouse: Assistant) -> None:
    def fails() -> Iterator[Event]:
        yield from ()
        raise WriterError("It broke.")

    keeper = Keeper(teahouse, "new")
    keeper.ask(KETTLE)
    with pytest.raises(WriterError):
        keeper.kept(fails())
    assert _kept(teahouse) == [[(KETTLE, "unfinished")]]
    assert Keeper(teahouse, keeper.conversation).history == ()


def test_without_a_conversation_only_a_gap_is_kept(teahouse: Assistant) -> None:
    keeper = Keeper(teahouse)
    keeper.ask("What is a samovar?")
    keeper.kept(teahouse.stream("What is a samovar?"))
    assert _kept(teahouse) == []
    with closing(Conversations.open(teahouse.settings.database)) as store:
        assert [gap.count for gap in store.gaps()] == [1]
