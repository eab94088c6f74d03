"""What a conversation has been about."""

from dataclasses import replace

from assistant.answer import Answer, Nearest
from assistant.context import Context
from tests.assistant.talk import answered, heard


def _context(*turns: str) -> Context:
    history: list[Answer] = []
    for turn in turns:
        history.append(answered(heard(turn, *history)))
    return Context.of(history)


def test_nothing_was_said_before_the_first_turn() -> None:
    assert Context.of(()) == Context()
    assert _context("Hello!") == Context()


def test_small_talk_changes_no_subject() -> None:
    assert _context("What is a token?", "thanks").latest == ("token",)


def test_the_pair_is_of_one_turn_or_of_two() -> None:
    assert _context("precision vs recall").pair == ("precision", "recall")
    assert _context("What is precision?", "What is recall?").pair == ("precision", "recall")


def test_the_other_is_the_one_that_was_not_spoken_of_last() -> None:
    assert _context("precision vs recall").other == "recall"
    assert _context("precision vs recall", "why the second?").other == "precision"


def test_those_that_were_offered_are_counted() -> None:
    answer = answered(heard("what is a support vector machine"))
    near = tuple(Nearest(i, i, 0.5) for i in ("gradient-descent", "adapter"))
    context = Context.of([replace(answer, nearest=near)])
    assert context.several == ("gradient-descent", "adapter")
    assert context.strange


def test_what_is_asked_in_one_turn_is_known_to_its_next_part() -> None:
    context = Context().then(("token",), "define", "What is a token?")
    assert (context.latest, context.kind) == (("token",), "define")
