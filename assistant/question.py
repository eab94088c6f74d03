"""A question: its language, what it asks for, and the standalone question that was understood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant import QuestionError
from assistant.answer import Answer
from assistant.phrases import phrases
from knowledge.glossary import Glossary
from knowledge.language import base, clean, detect
from knowledge.names import Mentions, Names
from knowledge.words import content_stems, fold, level, spoken

Kind = Literal["define", "compare", "example", "origin", "limits", "why", "how"]
KINDS: tuple[Kind, ...] = ("compare", "example", "origin", "limits", "why", "how")
"""Kinds with patterns of their own, the more telling first; a question of none is ``define``."""

MOST_CHARACTERS = 2000
"""A question is about a term or two; a longer text is a slip of the clipboard."""

_FEW = 2
"""With more words of its own than this, a question has a subject of its own."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was understood."""

    asked: str
    understood: str
    """The question by itself: with what it takes for granted from the conversation."""
    spoken: str
    """The language it is asked in."""
    language: str
    """The language to answer in: one of the glossary's."""
    kind: Kind
    two_parts: bool = False
    """Whether it asks what something is, and then more about it."""
    small_talk: str | None = None
    """``greeting``, ``thanks``, ``goodbye`` or ``about``, if it asks about no term."""


def understand(
    text: str,
    glossary: Glossary,
    names: Names,
    history: Sequence[Answer] = (),
    *,
    language: str | None = None,
) -> Question:
    """What a question asks, from its words and, for a follow-up, from the answers before it.

    Args:
        text: the question as typed.
        glossary: whose languages may be answered in.
        names: the glossary's names.
        history: the conversation's answers so far, oldest first.
        language: the language to answer in, if the reader chose one.

    Raises:
        QuestionError: the question is empty, too long, or has no letter or digit in it.
    """
    asked = checked(text)
    told = spoken(asked, glossary.languages) or glossary.languages[0]
    mentions = names.find(asked, told)
    heard = _heard(asked, told, mentions, glossary, history)
    answered = _offered(language, glossary) or _offered(heard, glossary)
    answered = answered or detect(asked, glossary.languages) or _common(glossary)
    plain = _plain(asked)
    words = phrases(answered)
    small_talk = next((k for k, p in words.small_talk.items() if p.search(plain)), None)
    if small_talk and not mentions.found:
        return Question(asked, asked, heard, answered, "define", small_talk=small_talk)
    kind: Kind = next((k for k in KINDS if any(p.search(plain) for p in words.kinds[k])), "define")
    understood = _standalone(asked, kind, mentions, answered, history)
    two_parts = words.two_parts.search(plain) is not None
    return Question(asked, understood, heard, answered, kind, two_parts)


def checked(text: str) -> str:
    """The text of a question, cleaned, on one line; QuestionError where there is none to answer."""
    if len(text) > MOST_CHARACTERS:
        raise QuestionError(
            f"The question has {len(text):,} characters, and at most {MOST_CHARACTERS:,} can be"
            " read: ask about one term at a time.",
            "long",
        )
    asked = " ".join(clean(text).split())
    if not asked:
        raise QuestionError("The question is empty: type a term or a question about one.")
    if not any(c.isalnum() for c in asked):
        raise QuestionError(
            "The question has no word in it: type a term or a question about one.", "wordless"
        )
    return asked


def _offered(language: str | None, glossary: Glossary) -> str | None:
    """The glossary's language that is meant, region aside; None if it has none such."""
    if language is None:
        return None
    return next((tag for tag in glossary.languages if base(tag) == base(language)), None)


def _common(glossary: Glossary) -> str:
    """The language for those whose own the glossary does not speak: English, if it can."""
    return _offered("en", glossary) or glossary.languages[0]


def _heard(
    asked: str, told: str, mentions: Mentions, glossary: Glossary, history: Sequence[Answer]
) -> str:
    """The language that is asked in: that of the words around the names, if there are any."""
    words = fold(asked).split()
    named = mentions.places
    around = " ".join(word for n, word in enumerate(words) if n not in named)
    if spoken(around, glossary.languages):
        return told
    before = history[-1].language if history else None
    found = detect(around, glossary.languages) or (None if around else before)
    found = found or detect(asked, glossary.languages) or detect(asked)
    return found or before or glossary.languages[0]


def _standalone(
    asked: str, kind: Kind, mentions: Mentions, language: str, history: Sequence[Answer]
) -> str:
    """The question with the term it leans on, if it leans on the conversation."""
    focus = next((a.citations[0].term for a in reversed(history) if a.citations), None)
    if focus is None or fold(focus) in fold(asked):
        return asked
    content = len(content_stems(asked, language))
    points = phrases(language).follow_up.search(_plain(asked)) is not None
    bare = content == 0 or (kind != "define" and content <= 1)
    one_sided = kind == "compare" and len(mentions.entry_ids) == 1
    if (not mentions.found and ((points and content <= _FEW) or bare)) or (one_sided and points):
        return f"{asked} ({focus})"
    return asked


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s.]", " ", level(text)).split()).strip(" .")
