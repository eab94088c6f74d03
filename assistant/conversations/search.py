"""Search: conversations whose titles, questions and answers hold some words, however spelt."""

from sqlalchemy import ColumnElement, and_, false, or_

from assistant.conversations.tables import ConversationRow, TurnRow
from knowledge.language.text import clean
from knowledge.language.words import fold

_MOST_WORDS = 30  # more is a text pasted by mistake, and SQLite's conditions go only so deep


def folded(text: str) -> str:
    """Text as a search compares it: a word at a time, for whole texts would fill fold's cache."""
    return " ".join(filter(None, map(fold, clean(text).split())))


def holding(search: str) -> ColumnElement[bool]:
    """The condition that each word of a search, or its beginning, stands somewhere in it."""
    words = list(dict.fromkeys(filter(None, map(fold, clean(search).split()))))
    if search.strip() and not words:  # nothing but punctuation: no text is kept with that
        return false()
    return and_(True, *map(_holds, words[:_MOST_WORDS]))  # noqa: FBT003  (SQL's true)


def _holds(word: str) -> ColumnElement[bool]:
    in_a_turn = ConversationRow.turns.any(TurnRow.folded.contains(word, autoescape=True))
    return or_(ConversationRow.folded.contains(word, autoescape=True), in_a_turn)
