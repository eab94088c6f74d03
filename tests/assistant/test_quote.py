"""The quote writer on a small glossary of tea things: which sentences, and in what order."""

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.settings import Settings
from knowledge.glossary import BUNDLED
from tests.conftest import IN_PARTS


def _said(tea: Assistant, question: str) -> list[str]:
    return [sentence.text for sentence in tea.ask(question).sentences]


def test_a_definition_begins_with_the_summary(tea: Assistant) -> None:
    said = _said(tea, "What is a kettle?")
    assert said[:2] == ["A kettle is a vessel for boiling water.", "It has a spout and a handle."]


def test_who_and_when_begin_with_the_sentence_that_has_the_date(tea: Assistant) -> None:
    said = _said(tea, "When was the first electric kettle sold, and by whom?")
    assert said[0].startswith("The first electric kettle was sold in 1891")


def test_an_example_is_the_example(tea: Assistant) -> None:
    expected = ["A kettle of 2 kilowatts boils one litre in three minutes."]
    assert _said(tea, "Give me an example of a kettle") == expected


def test_how_is_answered_from_how_it_works_in_its_order(tea: Assistant) -> None:
    said = _said(tea, "How does a kettle work?")
    assert said[:2] == [
        "An electric current heats a coil in the base.",
        "The coil heats the water until steam rises.",
    ]


def test_limits(tea: Assistant) -> None:
    assert (
        _said(tea, "What are the limits of a kettle?")[0] == "Hard water leaves lime on the coil."
    )


def test_what_it_is_and_when_it_came_gets_both(tea: Assistant) -> None:
    said = _said(tea, "What is a kettle and when was the first electric one sold?")
    assert said[0] == "A kettle is a vessel for boiling water."
    assert said[2].startswith("The first electric kettle was sold in 1891")


def test_a_word_that_is_only_mentioned_is_answered_by_its_mention_first(tea: Assistant) -> None:
    said = _said(tea, "What is lime on a coil in hard water?")
    assert said[0] == "Hard water leaves lime on the coil."


def test_a_comparison_takes_each_term_in_turn_and_where_one_speaks_of_the_other(
    tea: Assistant,
) -> None:
    assert _said(tea, "What is the difference between a kettle and a teapot?") == [
        "A kettle is a vessel for boiling water.",
        "An electric current heats a coil in the base.",
        "A teapot is a vessel for steeping tea leaves in hot water.",
        "Unlike a teapot, a kettle stands on the heat.",
    ]


def test_a_question_in_one_language_is_answered_from_an_entry_in_the_other(tea: Assistant) -> None:
    english = tea.ask("What does النعناع mean?")
    assert english.language == "en"
    assert english.citations[0].entry_id == "mint"
    assert english.sentences[0].text == "النعناع نبات عطري تضاف أوراقه الطازجة إلى الشاي."
    arabic = tea.ask("ما معنى Kettle؟")
    assert arabic.language == "ar"
    assert arabic.citations[0].language == "en"
    assert arabic.sentences[0].text == "A kettle is a vessel for boiling water."


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("part", IN_PARTS)
def test_every_sentence_of_the_bundled_glossary_is_quoted_to_the_letter(
    assistant: Assistant, language: str, part: slice
) -> None:
    for entry in [e for e in assistant.glossary.entries if e.language == language][part]:
        answer = assistant.ask(entry.term, language=language)
        assert answer.citations[0].entry_id == entry.id
        for sentence in answer.sentences:
            assert sentence.support == "quoted"
            [marker] = sentence.citations
            assert answer.citations[marker - 1].quote == sentence.text


def test_the_bundled_glossary_is_the_default() -> None:
    assert Path(Settings(_env_file=None).glossary) == BUNDLED
