"""The words of questions and of the assistant's own sentences, as data: a file a language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel

from knowledge.language.text import base
from knowledge.language.words import fold, normalize


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A text levelled, its words parted by single spaces, without punctuation."""
    return re.sub(r"[\W_]+", " ", normalize(text)).strip()


Plain = Annotated[str, AfterValidator(plain)]
Words = tuple[Plain, ...]


class Phrases(BaseModel):
    """What one language's file says; its first lines explain each."""

    language: str
    style: Mapping[str, Mapping[str, Words]]
    both: Words
    ordinals: tuple[Words, ...]
    other: Words
    joints: Words
    askers: frozenset[Plain]
    fillers: frozenset[Annotated[str, AfterValidator(fold)]]
    standalone: str
    both_word: str
    quoted: str
    list_comma: str
    replies: Mapping[str, str]
    not_in_glossary: str
    not_in_category: str
    elsewhere: str
    nothing_more: str
    nearest: str
    about: str
    follow_ups: Mapping[str, str]
    leads: Mapping[str, str]
    languages: Mapping[str, str]
    leaning: tuple[Annotated[str, AfterValidator(lambda word: f"{plain(word)} ")], ...]
    contrasting: Words
    ordering: Words
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

    def orders(self, text: str) -> bool:
        """Whether a sentence has a word that tells its place among steps."""
        return any(places(plain(text), self.ordering))


@cache
def phrases(language: str) -> Phrases:
    """The phrases of a language, or the English ones where it has no file."""
    language = base(language) if base(language) in languages() else "en"
    text = files(__package__).joinpath(f"{language}.yaml").read_text("utf-8")
    return Phrases(language=language, **yaml.safe_load(text))


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file."""
    names = (path.name for path in files(__package__).iterdir())
    return tuple(sorted(n.removesuffix(".yaml") for n in names if n.endswith(".yaml")))


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
