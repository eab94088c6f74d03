"""The program's own words: every language's file says the same things, as the code fills them."""

import string
from typing import get_args

from assistant.answer import Length, Level
from assistant.phrases import languages, phrases
from knowledge.search.intent import INTENTS


def _filled(value: object, path: str = "") -> dict[str, set[str | None]]:
    """What is filled into each text, by the path of keys that leads to it."""
    if isinstance(value, dict):
        return {p: n for key in value for p, n in _filled(value[key], f"{path}.{key}").items()}
    text = value if isinstance(value, str) else ""  # words of questions are each language's own
    return {path: {name for _, name, _, _ in string.Formatter().parse(text)} - {None}}


def test_every_language_says_the_same_in_texts_filled_in_with_the_same() -> None:
    assert set(languages()) >= {"en", "ar"}
    english, *others = (
        _filled(phrases(language).model_dump(exclude={"language", "order"}))
        for language in ("en", *languages())
    )
    assert all(other == english for other in others)
    assert {path.rpartition(".")[2] for path in english if "follow_ups" in path} <= set(INTENTS)
    choices = {"length": get_args(Length), "level": get_args(Level), "language": languages()}
    known = {f".style.{what}.{each}" for what in choices for each in choices[what]}
    assert {path for path in english if path.startswith(".style.")} <= known
