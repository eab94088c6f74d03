"""Gaps: what was asked and the glossary does not answer, counted by the words that matter."""

import hashlib
import re
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from assistant.answer import Answer
from assistant.conversations.conversation import Gap
from assistant.conversations.database import Database
from assistant.conversations.tables import KEY_CHARACTERS, GapRow
from knowledge.language.grammar import content_stems, content_words
from knowledge.language.text import clean
from knowledge.language.words import fold, rarity
from knowledge.search.intent import CHAT

_NO_TERM = {"outside", "teach", "restate", "list", *CHAT}
_RARE = 2.0  # as powers of ten above the words of every sentence: «اليوم» is at 0.5
_NOISE = re.compile("[bcdfghjklmnpqrstvwxz]{6}")


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
    """Counts the question of an answer, if the whole glossary was asked for a term it lacks."""
    if answer.status != "not_in_glossary" or answer.category or not is_term(answer):
        return
    term = clean(answer.understood)
    identity = key(answer.understood, answer.language)
    new = {
        "key": identity,
        "term": term,
        "question": clean(answer.question),
        "language": answer.language,
        "nearest": [],
        "count": 0,
        "first_at": at,
        "last_at": at,
    }
    session.execute(insert(GapRow).values(new).on_conflict_do_nothing())
    row = session.get_one(GapRow, identity, with_for_update=True)
    row.count += 1
    row.last_at = at
    row.nearest = [near.term for near in answer.nearest]
    if len(term) < len(row.term):
        row.term = term


def is_term(answer: Answer) -> bool:
    """Whether what was asked may be a term that is missing: no errand, no everyday word, no noise.

    Noise is what nobody writes and nobody could say: letters without the vowels of a language that
    writes them.
    """
    if answer.intent in _NO_TERM:
        return False
    language = answer.spoken or answer.language
    words = content_words(fold(answer.understood).split(), language, aspects=False)
    said = (word.text for word in words)
    return any(rarity(word, language) >= _RARE and not _NOISE.search(word) for word in said)


def name(gap: Gap) -> str:
    """The name that a question asks for: its words from the first that matters to the last."""
    spelt = "".join(c if c.isalnum() or c in "-'’+#/." else " " for c in gap.term).split()
    spelt = [word.strip(".") for word in spelt if word.strip(".'’-/")]
    folded = [fold(word).replace(" ", "") or word for word in spelt]
    places = [
        n for word in content_words(folded, gap.language) for n in range(word.start, word.end)
    ]
    if not places:
        return gap.term
    found = " ".join(spelt[min(places) : max(places) + 1])
    return found[:1].upper() + found[1:]


class Gaps:
    """The gaps of a database; each method raises ConversationError where that fails."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def record_gap(self, answer: Answer) -> None:
        """Counts the question of an answer that is not kept, if the glossary did not answer it."""
        with self.database.writing() as session:
            count(session, answer, datetime.now(UTC))

    def gaps(self, limit: int = 20, *, aside: bool = False) -> tuple[Gap, ...]:
        """What the glossary did not answer, most asked first; or what is set ``aside``, latest."""
        first = (GapRow.aside_at.desc(),) if aside else (GapRow.count.desc(), GapRow.last_at.desc())
        found = select(GapRow).where(GapRow.aside_at.is_not(None) == aside)
        with self.database.reading() as session:
            rows = session.scalars(found.order_by(*first, GapRow.key).limit(limit))
            return tuple(row.kept() for row in rows)

    def set_gap_aside(self, key: str, *, aside: bool = True) -> None:
        """Takes a gap off the list as not needed, or puts it back; it is counted all the same."""
        at = datetime.now(UTC) if aside else None
        with self.database.writing() as session:
            session.execute(update(GapRow).where(GapRow.key == key).values(aside_at=at))

    def forget_gap(self, gap: Gap) -> None:
        """Takes a gap off the list, as it is filled; asked again, it counts anew."""
        with self.database.writing() as session:
            session.execute(delete(GapRow).where(GapRow.key == gap.key))

    def restore_gap(self, gap: Gap) -> None:
        """Puts a gap back that was forgotten; what has been asked for it since is added up."""
        with self.database.writing() as session:
            row = session.get(GapRow, gap.key, with_for_update=True)
            if row is None:
                session.add(GapRow(**asdict(gap) | {"nearest": list(gap.nearest)}))
            else:
                row.count += gap.count
                row.first_at = min(row.first_at, gap.first_at)
