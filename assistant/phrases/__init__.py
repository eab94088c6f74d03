"""The words of questions and of the assistant's own sentences, as data: a file a language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from knowledge.language.text import base
from knowledge.language.words import fold, normalize

FALLBACK = "en"


@dataclass(frozen=True)
class Phrases:
    """What one language's file says; its first lines explain each."""

    language: str
    style: Mapping[str, Mapping[str, Sequence[str]]]
    both: tuple[str, ...]
    ordinals: tuple[tuple[str, ...], ...]
    other: tuple[str, ...]
    joints: tuple[str, ...]
    askers: frozenset[str]
    fillers: frozenset[str]
    standalone: str
    both_word: str
    quoted: str
    list_comma: str
    replies: Mapping[str, str]
    not_in_glossary: str
    not_in_category: str
    nothing_more: str
    nearest: str
    about: str
    follow_ups: Mapping[str, str]
    leads: Mapping[str, str]
    languages: Mapping[str, str]
    leaning: tuple[str, ...]
    contrasting: tuple[str, ...]
    order: re.Pattern[str]

    def listed(self, terms: Sequence[str]) -> str:
        """Terms in their quotation marks, as one phrase."""
        quoted = [self.quoted.format(term=term) for term in terms]
        return self.both_word.join(filter(None, (self.list_comma.join(quoted[:-1]), *quoted[-1:])))

    def leans(self, text: str) -> bool:
        """Whether a sentence begins with a word that leans on the one before it."""
        return f"{plain(text)} ".startswith(self.leaning)

    def contrasts(self, text: str) -> bool:
        """Whether a sentence has a word that sets one thing against another."""
        return any(places(plain(text), self.contrasting))


@cache
def phrases(language: str) -> Phrases:
    """The phrases of a language, or the English ones where it has no file."""
    folder = files("assistant.phrases")
    language = base(language)
    if language not in languages():
        language = FALLBACK
    values: dict[str, Any] = yaml.safe_load(folder.joinpath(f"{language}.yaml").read_text("utf-8"))
    for name in ("both", "other", "joints", "leaning", "contrasting"):
        values[name] = tuple(map(plain, values[name]))
    values["style"] = {
        what: {choice: tuple(map(plain, each)) for choice, each in choices.items()}
        for what, choices in values["style"].items()
    }
    values["ordinals"] = tuple(tuple(map(plain, each)) for each in values["ordinals"])
    values["leaning"] = tuple(f"{each} " for each in values["leaning"])
    values["askers"] = frozenset(map(plain, values["askers"]))
    values["fillers"] = frozenset(map(fold, values["fillers"]))
    values["order"] = re.compile(values["order"])
    return Phrases(language=language, **values)


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file."""
    names = (path.name for path in files("assistant.phrases").iterdir())
    return tuple(sorted(n.removesuffix(".yaml") for n in names if n.endswith(".yaml")))


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A text levelled, its words parted by single spaces, without punctuation."""
    return " ".join("".join(c if c.isalnum() else " " for c in normalize(text)).split())


def places(text: str, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where some phrases stand in a plain text, in words: start and end; the longest first."""
    words = text.split()
    for phrase in sorted(wanted, key=len, reverse=True):
        parts = phrase.split()
        for n in range(len(words) - len(parts) + 1):
            if words[n : n + len(parts)] == parts:
                yield n, n + len(parts)


@lru_cache(maxsize=8192)
def is_order(text: str) -> bool:
    """Whether a sentence orders whoever writes the answer about, in any of the languages."""
    said = plain(text)
    return any(phrases(language).order.search(said) for language in languages())
