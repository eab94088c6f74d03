"""Every language's file has the same keys, and its placeholders are those the code fills."""

import string
from importlib.resources import files
from typing import get_args

import pytest
import yaml

from assistant.answer import Length, Level
from assistant.phrases import languages, phrases
from knowledge.search.intent import INTENTS

# Of each text that is filled in, what it is filled in with.
FILLED = {
    "quoted": {"term"},
    "standalone": {"terms", "question"},
    "not_in_category": {"category"},
    "nearest": {"terms"},
    "about": {"terms"},
    "follow_ups.definition": {"term"},
    "follow_ups.example": {"term"},
    "follow_ups.mechanism": {"term"},
    "follow_ups.comparison": {"term", "other"},
    "leads.term": {"term"},
    "leads.missing": {"question"},
    "leads.language": {"language"},
    "leads.one_sided": {"term"},
    "leads.one_sided_within": {"term", "category"},
    "leads.category": {"category", "n"},
    "leads.category_all": {"category", "n"},
}
MAY_NAME_A_TERM = {"replies.greeting", "replies.identity"}


def _texts(language: str) -> dict[str, object]:
    """All that a file says, by the path of keys that leads to it."""
    text = files("assistant.phrases").joinpath(f"{language}.yaml").read_text("utf-8")
    return dict(_paths(yaml.safe_load(text)))


def _paths(value: object, path: str = "") -> list[tuple[str, object]]:
    if not isinstance(value, dict):
        return [(path, value)]
    return [found for k, v in value.items() for found in _paths(v, f"{path}.{k}".strip("."))]


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_english_and_arabic_have_a_file_with_the_same_keys() -> None:
    assert set(languages()) >= {"en", "ar"}
    keys = [set(_texts(language)) for language in languages()]
    assert all(each == keys[0] for each in keys)


@pytest.mark.parametrize("language", languages())
def test_placeholders_are_those_that_are_filled(language: str) -> None:
    for path, text in _texts(language).items():
        if isinstance(text, str) and path != "order":
            allowed = {"term"} if path in MAY_NAME_A_TERM else set()
            assert _placeholders(text) == FILLED.get(path, _placeholders(text) & allowed), path


@pytest.mark.parametrize("language", languages())
def test_follow_ups_and_styles_are_those_that_the_code_knows(language: str) -> None:
    words = phrases(language)
    assert set(words.follow_ups) <= set(INTENTS)
    assert set(words.style["length"]) <= set(get_args(Length))
    assert set(words.style["level"]) <= set(get_args(Level))
    assert set(words.style["language"]) == set(languages())
