"""The words on screen: a file a language, with the same keys (held by a test)."""

from functools import cache
from importlib.resources import files

import yaml
from babel import Locale

LANGUAGES = {"en": "English", "ar": "العربية"}  # languages of the interface, each in its own words


@cache
def strings(language: str) -> dict[str, str]:
    """All strings of an interface language, by key."""
    text = files("ui.strings").joinpath(f"{language}.yaml").read_text("utf-8")
    values: dict[str, str] = yaml.safe_load(text)
    return values


def counted(language: str, key: str, n: int) -> str:
    """The string for so many: ``key`` with the plural category of the number behind it."""
    words = strings(language)
    category = Locale.parse(language).plural_form(n)
    return words.get(f"{key}_{category}") or words[f"{key}_other"]


@cache
def problems() -> dict[str, dict[str, str]]:
    """What is said of problems, with places, and how each language of the interface says it."""
    text = files("ui.strings").joinpath("problems.yaml").read_text("utf-8")
    values: dict[str, str | dict[str, str]] = yaml.safe_load(text)
    return {key: said if isinstance(said, dict) else {"ar": said} for key, said in values.items()}
