"""Words as typed, and their plain form."""

import re

import pytest

from assistant.said import Said, plainly


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("What's  a Token?", "what s a token"),
        ("vs. GPT-4.1!", "vs gpt 4.1"),
        ("إلى أيّ مدى؟", "الي اي مدي"),
        ("أهميّة النموذج", "اهمية النموذج"),
    ],
)
def test_the_plain_form(text: str, plain: str) -> None:
    assert Said.of(text).plain == plain


def test_an_ending_is_not_levelled_into_a_pronoun() -> None:
    assert plainly("فائدة") != plainly("فائده")


def test_a_match_in_the_plain_form_is_taken_out_or_replaced_as_typed() -> None:
    said = Said.of("Explain it, in Short, to me?")
    assert said.without(re.compile("in short")).text == "Explain it, to me?"
    found = re.search(r"\bit\b", said.plain)
    assert found
    assert said.replaced(found, "“RAG”").text == "Explain “RAG” in Short, to me?"


def test_a_group_of_a_match_is_replaced_alone() -> None:
    said = Said.of("how is that different")
    found = re.search("is (?P<it>that)", said.plain)
    assert found
    assert said.replaced(found, "RAG", "it").text == "how is RAG different"
    assert said.reached(found, "it") == range(2, 3)


def test_pieces_part_at_joints_and_behind_question_marks() -> None:
    said = Said.of("What is RAG? Why use it and who made it?")
    pieces = said.parted(re.compile(" and (?=who)"))
    assert [piece.text for piece in pieces] == ["What is RAG?", "Why use it?", "and who made it?"]
