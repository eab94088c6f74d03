"""The words of questions and of the assistant's own sentences, as data: a file a language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.answer import Kind
from assistant.said import Said, plainly
from knowledge.language import base

FALLBACK = "en"

Pattern = re.Pattern[str]

# Many write ه for ة, which before a pronoun is ت.
_ENDING = r"(?:[ةه]|ت(?=(?:ه|ها|هم|هما|نا|ك|و)\b))"
_PATTERNS = (
    *("ask", "what", "noun", "lead", "subordinate", "unsought", "corrected"),
    *("courtesy", "request", "joint"),
    *("leaning", "origin_words", "order"),
)


@dataclass(frozen=True)
class Refer:
    """What points back at the conversation."""

    pronoun: Pattern
    """A word that stands for a term by itself."""
    pointer: tuple[Pattern, ...]
    """“This” and its kin, where they stand for a term: the group ``it``, or all that matches."""
    ending: Pattern
    """What points back, apart (``core``) from what is joined before it and behind."""
    plural: Pattern
    """A pronoun that stands for several."""
    implied: Pattern
    """A verb without a subject of its own."""
    expletive: Pattern
    """A pronoun that stands for nothing."""
    both: Pattern
    other: Pattern
    ordinal: tuple[Pattern, ...]
    """The first of several, the second, and so on."""
    last: Pattern
    anew: Pattern
    """Words that ask what something is."""
    generic: Pattern
    """Words beside a name that say nothing more."""
    retell: Pattern
    """Words one of which asks to be told again."""
    again: Pattern
    """Words that only ask to be told again."""
    partial: Pattern
    """A part of a name that stands for it (``which``): “the large one”."""
    complement: Pattern
    """Words that join to what is asked for what it is asked of."""
    joined: Pattern
    """A word that joins a question to what was said before."""


@dataclass(frozen=True)
class Phrases:
    """What one language's file says, its patterns compiled."""

    language: str
    ask: Pattern
    """Words that open a clause that asks."""
    what: Pattern
    """Those of them that ask for a thing."""
    noun: Pattern
    """Those that open a clause which stands for a thing: “how a model learns”."""
    lead: Pattern
    """Words before those, which say nothing."""
    subordinate: Pattern
    """Words that open a dependent clause."""
    seek: Pattern
    """Words that look for a name."""
    unsought: Pattern
    """Words that open a question that looks for something else."""
    corrected: Pattern
    """Words by which a question is put right."""
    heads: Mapping[Kind, Pattern]
    """Patterns of how a clause begins, by what it asks for, the more telling first."""
    kinds: Mapping[Kind, Pattern]
    """Patterns of what a clause speaks of, by what it asks for, the more telling first."""
    style: Mapping[str, Mapping[str, Pattern]]
    """Patterns by what they set (length, level, language) and to what."""
    courtesy: Pattern
    request: Pattern
    small_talk: Mapping[str, Pattern]
    joint: Pattern
    refer: Refer
    standalone: Mapping[str, str]
    joining: str
    """Words between two names that may share a word."""
    both: str
    """The word between the last two of several terms."""
    attached: Mapping[str, str]
    """A term in place of what points back: by its core, or of any."""
    quoted: str
    replies: Mapping[str, str]
    not_in_glossary: str
    not_in_category: str
    nearest: str
    list_comma: str
    follow_ups: Mapping[str, str]
    leads: Mapping[str, str]
    languages: Mapping[str, str]
    leaning: Pattern
    origin_words: Pattern
    order: Pattern

    def listed(self, terms: list[str]) -> str:
        """Terms in their quotation marks, as one phrase."""
        quoted = [self.quoted.format(term=term) for term in terms]
        return self.both.join(filter(None, (self.list_comma.join(quoted[:-1]), *quoted[-1:])))


@cache
def phrases(language: str) -> Phrases:
    """The phrases of a language, or the English ones where it has no file."""
    folder = files("assistant.phrases")
    language = base(language)
    path = folder.joinpath(f"{language}.yaml")
    if not path.is_file():
        language = FALLBACK
        path = folder.joinpath(f"{FALLBACK}.yaml")
    values: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    refer = values.pop("refer")
    patterns: dict[str, Any] = {name: _compiled(values.pop(name)) for name in _PATTERNS}
    return Phrases(
        language=language,
        heads=_by_name(values.pop("heads")),  # type: ignore[arg-type]
        kinds=_by_name(values.pop("kinds")),  # type: ignore[arg-type]
        seek=_any(values.pop("seek")),
        style={what: _by_name(each) for what, each in values.pop("style").items()},
        small_talk=_by_name(values.pop("small_talk")),
        refer=Refer(
            ordinal=tuple(map(_compiled, refer.pop("ordinal"))),
            pointer=tuple(map(_compiled, refer.pop("pointer"))),
            implied=_any(refer.pop("implied")),
            **{name: _compiled(pattern) for name, pattern in refer.items()},
        ),
        both=values.pop("and"),
        **patterns,
        **values,
    )


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file."""
    names = (path.name for path in files("assistant.phrases").iterdir())
    return tuple(sorted(n.removesuffix(".yaml") for n in names if n.endswith(".yaml")))


@lru_cache(maxsize=8192)
def is_order(text: str) -> bool:
    """Whether a sentence orders whoever writes the answer about, in any of the languages."""
    said = Said.of(text)
    return any(said.finds(phrases(language).order) for language in languages())


def _by_name(patterns: Mapping[str, str | list[str]]) -> dict[str, Pattern]:
    return {name: _any(each) for name, each in patterns.items()}


def _any(patterns: str | list[str]) -> Pattern:
    if isinstance(patterns, str):
        return _compiled(patterns)
    return _compiled("|".join(f"(?:{pattern})" for pattern in patterns))


def _compiled(pattern: str) -> Pattern:
    # As the question is made plain; that would also lower the case of \W and \B, so it goes by
    # letters: only Arabic ones change.
    plain = (plainly(c) if "\u0600" <= c <= "\u06ff" else c for c in pattern)
    return re.compile("".join(plain).replace("ة", _ENDING))
