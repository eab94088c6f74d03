"""Gaps: what was asked and the glossary does not answer, counted by the words that matter."""

import hashlib
from datetime import datetime

from sqlalchemy import exc
from sqlalchemy.orm import Session

from assistant.answer import Answer
from assistant.conversations.tables import KEY_CHARACTERS, GapRow
from knowledge.language import clean
from knowledge.words import content_stems, fold


def key(understood: str, language: str) -> str:
    """What two questions for the same have in common: the stems of their words, in any order.

    Of a question that is all words of grammar, its words. A long one is told by its hash.
    """
    stems = sorted(set(content_stems(understood, language)))
    found = " ".join(stems) or fold(understood) or clean(understood).strip()
    if len(found) <= KEY_CHARACTERS:
        return found
    return hashlib.sha256(found.encode(errors="replace")).hexdigest()


def count(session: Session, answer: Answer, at: datetime) -> None:
    """Counts the question of an answer, if the whole glossary was asked and did not answer it."""
    if answer.status != "not_in_glossary" or answer.category:
        return
    term = clean(answer.understood)
    identity = key(answer.understood, answer.language)
    row = session.get(GapRow, identity, with_for_update=True)
    if row is None:
        new = GapRow(
            key=identity,
            term=term,
            question=clean(answer.question),
            language=answer.language,
            nearest=[],
            count=0,
            first_at=at,
            last_at=at,
        )
        try:
            with session.begin_nested():
                session.add(new)
        except exc.IntegrityError:  # another process was asked for it at the same moment
            session.expunge(new)
        row = session.get_one(GapRow, identity, with_for_update=True)
    row.count += 1
    row.last_at = at
    row.nearest = [near.term for near in answer.nearest]
    if len(term) < len(row.term):
        row.term = term
