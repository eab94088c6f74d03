"""Prompts: what a chat model is told, as text files; and the material put into them, as data."""

import re
import secrets
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from langchain_core.prompts import ChatPromptTemplate

from knowledge.language.text import base, clean

_CONTROL = files(__package__).joinpath("control.txt").read_text("utf-8").splitlines()
_TOKEN = re.compile(
    "|".join(f"(?:{pattern})" for pattern in _CONTROL if pattern and not pattern.startswith("// ")),
    re.IGNORECASE | re.MULTILINE,
)


@cache
def template(name: str) -> ChatPromptTemplate:
    """A prompt: the task as the system's message, then what it is to be done with.

    Only its own placeholders are filled in: braces in what fills them mean nothing.
    """
    roles = ("system", "human")
    texts = (files(__package__).joinpath(f"{name}.{role}.txt").read_text("utf-8") for role in roles)
    return ChatPromptTemplate.from_messages(list(zip(roles, map(str.strip, texts), strict=True)))


def language_name(tag: str) -> str:
    """A language's name as a prompt has it, which is in English."""
    if base(tag) == "ar":
        return "Modern Standard Arabic (العربية الفصحى)"
    try:
        return Locale.parse(tag, sep="-").english_name or tag
    except (UnknownLocaleError, ValueError):
        return tag


def fenced(**material: Iterable[str]) -> dict[str, str]:
    """Texts as data for a prompt, by what they are; nothing for none.

    They stand between lines that nothing in them can look like: those hold letters that are drawn
    anew for every prompt, and each line of the texts has a sign before it. So a passage can neither
    close the fence nor speak outside it.
    """
    letters, found = secrets.token_hex(8), dict[str, str]()
    for name, texts in material.items():
        lines = [f"| {line}" for text in texts for line in bare(text).splitlines() or [""]]
        fence = f"{name.upper()} {letters}"
        found[name] = "\n".join((f"BEGIN {fence}", *lines, f"END {fence}")) if lines else ""
    return found


def bare(text: str) -> str:
    """Material without a token that directs a model."""
    return _TOKEN.sub(" ", clean(text))
