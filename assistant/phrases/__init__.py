"""The words of questions and of the assistant's own sentences, as data: a file a language."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from knowledge.language import base
from knowledge.words import level

FALLBACK = "en"


@dataclass(frozen=True)
class Phrases:
    """What one language's file says, its patterns compiled."""

    kinds: dict[str, tuple[re.Pattern[str], ...]]
    small_talk: dict[str, re.Pattern[str]]
    follow_up: re.Pattern[str]
    two_parts: re.Pattern[str]
    replies: dict[str, str]
    not_in_glossary: str
    nearest: str
    list_comma: str
    follow_ups: dict[str, str]


@cache
def phrases(language: str) -> Phrases:
    """The phrases of a language, or the English ones where it has no file."""
    folder = files("assistant.phrases")
    path = folder.joinpath(f"{base(language)}.yaml")
    if not path.is_file():
        path = folder.joinpath(f"{FALLBACK}.yaml")
    values: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return Phrases(
        kinds={
            kind: tuple(_compiled(p) for p in patterns)
            for kind, patterns in values.pop("kinds").items()
        },
        small_talk={name: _compiled(p) for name, p in values.pop("small_talk").items()},
        follow_up=_compiled(values.pop("follow_up")),
        two_parts=_compiled(values.pop("two_parts")),
        **values,
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    # Levelled as the question is; `level` would also lower the case of \W and \B, so it goes by
    # letters: only Arabic ones change.
    return re.compile("".join(level(c) if "\u0600" <= c <= "\u06ff" else c for c in pattern))
