"""Prompts: what a chat model is told, as text files; and the material put into them, as data."""

import re
import secrets
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError
from langchain_core.prompts import ChatPromptTemplate

from knowledge.language.text import base, clean

_COMMENT = "// "
_NAMED = {"ar": "Modern Standard Arabic (العربية الفصحى)"}


@cache
def template(name: str) -> ChatPromptTemplate:
    """A prompt: the task as the system's message, then what it is to be done with.

    Only its own placeholders are filled in: braces in what fills them mean nothing.
    """
    roles = ("system", "human")
    texts = (files(__package__).joinpath(f"{name}.{role}.txt").read_text("utf-8") for role in roles)
    return ChatPromptTemplate.from_messages(list(zip(roles, map(str.strip, texts), strict=True)))


@cache
def wording(name: str) -> Mapping[str, Mapping[str, str]]:
    """How a prompt words what may be chosen."""
    values: Any = yaml.safe_load(files(__package__).joinpath(f"{name}.yaml").read_text("utf-8"))
    return dict(values)


def language_name(tag: str) -> str:
    """A language's name, in English and in itself."""
    if base(tag) in _NAMED:
        return _NAMED[base(tag)]
    try:
        locale = Locale.parse(tag.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return tag
    names = (locale.get_display_name("en"), locale.get_display_name())
    return " / ".join(dict.fromkeys(filter(None, names)))


class Fence:
    """Lines around material, that nothing in it can look like.

    They hold letters that are drawn anew for every prompt, and each line of the material has a
    sign before it; so a passage can neither close the fence nor speak outside it.
    """

    def __init__(self) -> None:
        self._letters = secrets.token_hex(8)

    def around(self, name: str, *lines: str) -> str:
        """Lines of a prompt, fenced; those that are material are to be ``quoted``."""
        body = "\n".join(lines)
        return f"BEGIN {name} {self._letters}\n{body}\nEND {name} {self._letters}"


def quoted(text: str) -> str:
    """Material as data: every line with a sign before it, no token that directs a model in it."""
    plain = _control().sub(" ", clean(text))
    return "\n".join(f"| {line}" for line in plain.splitlines() or [""])


@cache
def _control() -> re.Pattern[str]:
    """Tokens by which chat templates tell roles and turns apart."""
    lines = files(__package__).joinpath("control.txt").read_text("utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith(_COMMENT)]
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE | re.MULTILINE)
