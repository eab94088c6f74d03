"""Every language's file has the same keys, and its placeholders are those the code fills."""

import string
from importlib.resources import files
from typing import get_args

import pytest
import yaml

from assistant.answer import Kind
from assistant.phrases import phrases
from assistant.said import plainly


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
    by_language = ".attached."  # what points back is other words in each
    assert {k for k in english ^ arabic if not k.startswith(by_language)} == set()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_placeholders_are_those_that_are_filled(language: str) -> None:
    words = phrases(language)
    assert _placeholders(words.nearest) == {"terms"}
    assert all(_placeholders(reply) <= {"term"} for reply in words.replies.values())
    assert all(_placeholders(text) <= {"term", "other"} for text in words.follow_ups.values())
    assert not _placeholders(words.not_in_glossary)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_has_patterns(language: str) -> None:
    words = phrases(language)
    assert set(words.kinds) == set(words.heads) == set(get_args(Kind))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_pattern_matches_nothing(language: str) -> None:
    words = phrases(language)
    patterns = (*words.heads.values(), *words.kinds.values(), words.seek, words.ask)
    assert not any(pattern.match("") for pattern in patterns)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_question_by_itself_names_its_terms(language: str) -> None:
    words = phrases(language)
    for name, text in words.standalone.items():
        many = name in ("compare", "relation")
        expected = {"terms"} if many else {"term", *(("question",) if name == "about" else ())}
        assert _placeholders(text) == expected
    assert all(_placeholders(text) == {"term"} for text in words.attached.values())


@pytest.mark.parametrize(
    ("typed", "found"), [("اهميتها", True), ("أهمية", True), ("اهميه", True), ("أهم", False)]
)
def test_arabic_patterns_are_found_however_they_are_spelt(typed: str, *, found: bool) -> None:
    assert bool(phrases("ar").kinds["why"].search(plainly(typed))) is found


def test_a_language_without_a_file_gets_the_english_phrases() -> None:
    assert phrases("fr") == phrases("en")
