"""The program's own words: every language's file says the same things, as the code fills them."""

import string
from importlib.resources import files
from typing import get_args

import yaml

from assistant.answer import Length, Level
from assistant.phrases import languages, phrases
from knowledge.search.intent import INTENTS


def _texts(language: str) -> dict[str, str]:
    """All that a file says, by the path of keys that leads to it."""
    text = files("assistant.phrases").joinpath(f"{language}.yaml").read_text("utf-8")
    return dict(_paths(yaml.safe_load(text)))


def _paths(value: object, path: str = "") -> list[tuple[str, str]]:
    if not isinstance(value, dict):
        return [(path, str(value))]
    return [found for k, v in value.items() for found in _paths(v, f"{path}.{k}".strip("."))]


def _filled(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}


def test_every_language_has_the_same_texts_filled_in_with_the_same() -> None:
    assert set(languages()) >= {"en", "ar"}
    english = _texts("en")
    for language in languages():
        texts = _texts(language)
        assert texts.keys() == english.keys()
        for path, text in texts.items():
            if path != "order":  # patterns, of each language its own
                assert _filled(text) == _filled(english[path]), path


def test_follow_ups_and_styles_are_those_that_the_code_knows() -> None:
    for words in map(phrases, languages()):
        assert set(words.follow_ups) <= set(INTENTS)
        assert set(words.style["length"]) <= set(get_args(Length))
        assert set(words.style["level"]) <= set(get_args(Level))
        assert set(words.style["language"]) == set(languages())
