"""Every language's file has the same keys, and its placeholders are those the code fills."""

import string
from importlib.resources import files

import pytest
import yaml

from assistant.phrases import phrases
from assistant.question import KINDS


def _keys(value: object, prefix: str = "") -> set[str]:
    if not isinstance(value, dict):
        return {prefix}
    return {key for k, v in value.items() for key in _keys(v, f"{prefix}.{k}")}


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_files_have_the_same_keys() -> None:
    texts = (
        files("assistant.phrases").joinpath(f"{tag}.yaml").read_text("utf-8")
        for tag in ("en", "ar")
    )
    english, arabic = (_keys(yaml.safe_load(text)) for text in texts)
    assert english == arabic


@pytest.mark.parametrize("language", ["en", "ar"])
def test_placeholders_are_those_that_are_filled(language: str) -> None:
    words = phrases(language)
    assert _placeholders(words.nearest) == {"terms"}
    assert all(_placeholders(reply) <= {"term"} for reply in words.replies.values())
    assert all(_placeholders(text) <= {"term", "other"} for text in words.follow_ups.values())
    assert not _placeholders(words.not_in_glossary)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_has_patterns(language: str) -> None:
    assert set(phrases(language).kinds) == set(KINDS)


def test_a_language_without_a_file_gets_the_english_phrases() -> None:
    assert phrases("fr") == phrases("en")
