"""An excerpt: one answer with its sources, as it is pasted elsewhere."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from assistant.answer import Part, joined
from assistant.conversations import excerpt
from tests.assistant.conversations.making import answered, unanswered
from tests.attacks import ATTACKS

KETTLE = answered("What is a kettle?", ["en/kettle"])
BOTH = answered("Compare them.", ["en/kettle", "en/teapot"])
ARABIC = answered("ما الغلاية؟", ["ar/kettle"], language="ar")


def test_as_text_it_has_its_markers_and_the_words_they_stand_for() -> None:
    text = excerpt.as_text(BOTH)
    said, _, sources = text.partition("\n\n")
    assert said == "A kettle boils water. [1] A teapot steeps tea leaves. [2]"
    first, second = sources.splitlines()[1:]
    assert first.startswith("[1]")
    assert "Kettle" in first
    assert "A kettle boils water." in first
    assert "A teapot steeps tea leaves." in second


def test_as_markdown_it_has_the_same() -> None:
    text = excerpt.as_markdown(KETTLE)
    said, title, source = text.split("\n\n")
    assert said == "A kettle boils water. [1]"
    assert title.startswith("**")
    assert source.startswith("- ")
    assert "Kettle" in source


def test_what_stands_around_is_in_the_answers_language() -> None:
    for text in (excerpt.as_text(ARABIC), excerpt.as_markdown(ARABIC)):
        assert "الغلاية إناء" in text
        assert "Sources" not in text
        assert "المصادر" in text


@pytest.mark.parametrize("make", [excerpt.as_text, excerpt.as_markdown])
def test_an_answer_without_sources_is_its_text(make: "object") -> None:
    assert callable(make)
    assert make(unanswered("Why?")) == "The glossary does not say."


def test_a_list_stays_a_list() -> None:
    parts = (Part("Both:", 0, 2, listed=True),)
    listed = replace(BOTH, parts=parts, text=joined(parts, BOTH.sentences))
    assert "Both:\n- A kettle boils water. [1]\n- A teapot" in excerpt.as_text(listed)
    assert "- A kettle boils water. [1]\n- A teapot" in excerpt.as_markdown(listed)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_of_the_glossarys_becomes_markup_where_it_is_pasted(attack: str) -> None:
    (citation,), (sentence,) = KETTLE.citations, KETTLE.sentences
    answer = replace(
        KETTLE,
        citations=(replace(citation, term=attack, quote=attack, section=attack),),
        sentences=(replace(sentence, text=f"A {attack} b."),),
        parts=(Part(f"On {attack}", 0, 1),),
    )
    html = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(excerpt.as_markdown(answer))
    )
    plain = MarkdownIt("commonmark").render(excerpt.as_markdown(KETTLE))
    assert _tags(html) - {"<p>", "</p>"} <= _tags(plain)


def _tags(html: str) -> set[str]:
    return {f"<{part.partition('>')[0]}>" for part in html.split("<")[1:]}
