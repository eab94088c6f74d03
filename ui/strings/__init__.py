"""The words on screen: a file a language, with the same keys (held by a test)."""

from functools import cache

from babel import Locale

from knowledge.resources import resource

LANGUAGES = {"en": "English", "ar": "العربية"}  # languages of the interface, each in its own words


def strings(language: str) -> dict[str, str]:
    """All strings of an interface language, by key."""
    values: dict[str, str] = resource("ui.strings", language)
    return values


def counted(language: str, key: str, n: int) -> str:
    """The string for so many: ``key`` with the plural category of the number behind it."""
    words = strings(language)
    category = Locale.parse(language).plural_form(n)
    return words.get(f"{key}_{category}") or words[f"{key}_other"]


@cache
def problems() -> dict[str, dict[str, str]]:
    """What is said of problems, with places, and how each language of the interface says it."""
    told: dict[str, str | dict[str, str]] = resource("ui.strings", "problems")
    return {key: text if isinstance(text, dict) else {"ar": text} for key, text in told.items()}
