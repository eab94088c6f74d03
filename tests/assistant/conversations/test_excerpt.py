"""An excerpt: one answer with its sources, as it is pasted elsewhere."""

from dataclasses import replace

from assistant.answer import Part, joined
from assistant.conversations import excerpt
from tests.assistant.conversations.making import answered

BOTH = answered("Compare them.", ["en/kettle", "en/teapot"])


def test_as_text_it_has_its_markers_and_the_words_they_stand_for() -> None:
    text = excerpt.as_text(BOTH)
    said, _, sources = text.partition("\n\n")
    assert said == "A kettle boils water. [1] A teapot steeps tea leaves. [2]"
    first, second = sources.splitlines()[1:]
    assert first.startswith("[1]")
    assert "Kettle" in first
    assert "A kettle boils water." in first
    assert "A teapot steeps tea leaves." in second


def test_a_list_stays_a_list() -> None:
    parts = (Part("Both:", 0, 2, listed=True),)
    listed = replace(BOTH, parts=parts, text=joined(parts, BOTH.sentences))
    assert "Both:\n- A kettle boils water. [1]\n- A teapot" in excerpt.as_text(listed)
    assert "- A kettle boils water. [1]\n- A teapot" in excerpt.as_markdown(listed)
