"""A conversation as it is kept: its turns, what each rested on, and what was said of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter

from assistant.answer import Answer, Citation, Part, Sentence, joined
from knowledge.glossary import Glossary
from knowledge.search.evidence import Trace

NOBODY = ""
"""The reader of a conversation that has none: an earlier version began it."""
Thumb = Literal[-1, 0, 1]
"""Down, none, up."""


class Mark(str):
    """What is kept of a reader's token, in place of the token: all that a program has of one."""

    __slots__ = ()


def mark(token: str) -> str:
    """What is kept of a reader's token; of no token, ``NOBODY``.

    A token is random and long, so its hash can be neither guessed nor looked up: who reads the
    database cannot pass for a reader.
    """
    if isinstance(token, Mark):
        return token
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest() if token else NOBODY


def owns(token: str, kept: str) -> bool:
    """Whether what is kept of a reader is kept of that one; what is nobody's, nobody owns."""
    return kept != NOBODY and kept == mark(token)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader said of an answer."""

    thumb: Thumb
    comment: str
    given_at: datetime


def unfinished(
    question: str,
    language: str,
    sentences: tuple[Sentence, ...] = (),
    citations: tuple[Citation, ...] = (),
    parts: tuple[Part, ...] = (),
) -> Answer:
    """An answer as far as it has come, which may be nowhere."""
    answer = Answer(question, question, language, "unfinished", 0.0, "", joined(parts, sentences))
    return replace(answer, sentences=sentences, citations=citations, parts=parts)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer, with what it rested on when it was given."""

    id: str
    conversation_id: str
    position: int
    """Its place in the conversation, from 0."""
    answer: Answer
    traces: tuple[Trace, ...]
    """How the answer to each thing asked came about."""
    asked_at: datetime
    feedback: Feedback | None = None
    variant: int = 0
    """The number of this answer among all that were given to the question, from 0."""
    others: tuple[Mapping[str, Any], ...] = ()
    """Those others in order: of each the ``answer`` and its ``evidence``, as JSON."""

    @property
    def is_answered(self) -> bool:
        """Whether the answer is whole: not being written, nor ended before its time."""
        return self.answer.status != "unfinished"


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns that belong together, under a title."""

    id: str
    title: str
    created_at: datetime
    changed_at: datetime
    deleted_at: datetime | None = None
    length: int = 0
    """How many turns it has."""
    turns: tuple[Turn, ...] = ()
    """The turns, where it was asked for by its id; none where it is one of a list."""
    reader: str = NOBODY
    """The hash of its reader's token, which no export shows."""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Its whole answers in order: the history of what is asked next."""
        return tuple(turn.answer for turn in self.turns if turn.is_answered)

    def belongs_to(self, reader: str) -> bool:
        """Whether it is the conversation of the reader with that token.

        One that is nobody's is not that of who opens it either: they go on with a copy.
        """
        return owns(reader, self.reader)


@dataclass(frozen=True, slots=True)
class Item:
    """What readers asked in vain, or said of an answer: a row of the inbox. It does not say who."""

    keys: tuple[str, ...]
    """Of the gaps, and the ids of the turns: by these it is told from others."""
    term: str
    """The name that is asked for, or the term that was cited first."""
    questions: tuple[str, ...]
    language: str
    """That of the first question."""
    last_at: datetime
    asked: int = 0
    """How often it was asked in vain."""
    low: int = 0
    """How many thumbs are down."""
    comments: tuple[str, ...] = ()
    entry: str = ""
    """The key of the entry that was cited first, if one was."""


Change = Literal["changed", "gone"]
"""What has become of a passage since it was cited."""


def changes(answer: Answer, glossary: Glossary) -> dict[int, Change]:
    """What is cited and does not stand where it stood any more, by the citations' markers."""
    found = dict[int, Change]()
    for c in answer.citations:
        entry = glossary.get(c.entry_id, c.language)
        if entry is None or entry.language != c.language:
            found[c.marker] = "gone"
        elif entry.text(c.section)[c.start : c.end] != c.quote:
            found[c.marker] = "changed"
    return found


_TRACE = TypeAdapter(Trace)


def traces_of_json(evidence: Sequence[Mapping[str, Any]]) -> tuple[Trace, ...]:
    """The traces that these tell; of one that an earlier version kept, none. Else ValueError."""
    return tuple(_TRACE.validate_python({**each}) for each in evidence if "hits" not in each)
