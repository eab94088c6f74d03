"""Gaps: what was asked and the glossary does not answer, counted by the words that matter.

With what readers said of answers they are the inbox of who looks after the glossary.
"""

import hashlib
import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from unicodedata import combining

import numpy as np
from sqlalchemy import or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from assistant.answer import Answer
from assistant.conversations.conversation import Item
from assistant.conversations.database import InDatabase
from assistant.conversations.tables import (
    KEY_CHARACTERS,
    ConversationRow,
    FeedbackRow,
    GapRow,
    TurnRow,
)
from knowledge import EmbedderError
from knowledge.language.grammar import content_stems, content_words
from knowledge.language.text import clean, likely_language
from knowledge.language.words import fold, is_sayable, rarity
from knowledge.search import Array
from knowledge.search.embeddings import Embedder
from knowledge.search.intent import CHAT

_NO_TERM = {"outside", "teach", "restate", "list", *CHAT}
_RARE = 2.0  # as powers of ten above the words of every sentence: «اليوم» is at 0.5
_MONTH = 30 * 24 * 3600.0  # seconds
_ALIKE = 9.3
"""Deviations from which two questions count as one, where each stands with the name it asks for.

Of the pairs of ``tests/data/alike.tsv``, of which the different ones were written to be hard, it
joins 19 of 32 that mean the same, and 1 of 34 that do not."""


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
    term, identity = clean(answer.understood), key(answer.understood, answer.language)
    new = insert(GapRow).values(key=identity, term=term, question=clean(answer.question))
    new = new.values(language=answer.language, nearest=[], count=0, first_at=at, last_at=at)
    session.execute(new.on_conflict_do_nothing())
    row = session.get_one(GapRow, identity, with_for_update=True)
    row.count += 1
    row.last_at, row.nearest = at, [near.term for near in answer.nearest]
    row.term = min(row.term, term, key=len)


def is_term(answer: Answer) -> bool:
    """Whether what was asked may be a term that is missing: no errand, everyday word or noise."""
    if answer.intent in _NO_TERM:
        return False
    language = answer.spoken or answer.language
    words = content_words(fold(answer.understood).split(), language, aspects=False)
    said = (word.text for word in words)
    return any(rarity(word, language) >= _RARE and is_sayable(word, language) for word in said)


def name(term: str, language: str) -> str:
    """The name that a question asks for: its words from the first that matters to the last."""
    spelt = "".join(c if c.isalnum() or combining(c) or c in "-'’+#/." else " " for c in term)
    words = [word.strip(".") for word in spelt.split() if word.strip(".'’-/")]
    folded = [fold(word).replace(" ", "") or word for word in words]
    places = [n for word in content_words(folded, language) for n in range(word.start, word.end)]
    if not places:
        return term
    found = " ".join(words[min(places) : max(places) + 1])
    return found[:1].upper() + found[1:]


def grouped(items: Sequence[Item], embedders: Sequence[Embedder]) -> list[Item]:
    """The items with those that mean the same as one, the newest and most frequent first.

    Each joins the first that leads, is of the same entry and means the same. Where an embedder
    fails, each stands for itself.
    """
    ranked = sorted(items, key=_weight, reverse=True)
    texts = [f"{each.questions[0]} {each.term}" for each in ranked]
    close = np.zeros((len(texts),) * 2)
    with suppress(EmbedderError):
        close = sum((_close(texts, each) / len(embedders) for each in embedders), close)
    members: dict[int, list[Item]] = {}
    for n, item in enumerate(ranked):
        near = close[n] >= _ALIKE
        leading = (m for m, some in members.items() if near[m] and some[0].entry == item.entry)
        members.setdefault(next(leading, n), []).append(item)
    return sorted(map(_as_one, members.values()), key=_weight, reverse=True)


def _close(texts: Sequence[str], embedder: Embedder) -> Array:
    """How close each text is to each, in deviations: (texts, texts)."""
    vectors = np.array([embedder.query(text) for text in texts])
    tongues = np.array([likely_language(text, "en") for text in texts])
    foreign = tongues[:, None] != tongues
    mean, deviation = (
        np.where(foreign, across, within)
        for across, within in zip(embedder.across, embedder.within, strict=True)
    )
    return (vectors @ vectors.T - mean) / deviation


def _as_one(items: Sequence[Item]) -> Item:
    terms = [each.term for each in items if each.language == items[0].language]
    return replace(
        items[0],
        term=min(terms, key=len),
        keys=tuple(key for each in items for key in each.keys),
        questions=tuple(dict.fromkeys(q for each in items for q in each.questions)),
        last_at=max(each.last_at for each in items),
        asked=sum(each.asked for each in items),
        low=sum(each.low for each in items),
        comments=tuple(comment for each in items for comment in each.comments),
    )


def _weight(item: Item) -> float:
    """What was asked or said twice as often may be a month older."""
    often = max(1, item.asked + max(item.low, len(item.comments)))
    return math.log2(often) + item.last_at.timestamp() / _MONTH


class Gaps(InDatabase):
    """The gaps."""

    def record_gap(self, answer: Answer) -> None:
        """Counts the question of an answer that is not kept, if the glossary did not answer it."""
        with self.database.writing() as session:
            count(session, answer, datetime.now(UTC))

    def gaps(self, limit: int = 20) -> tuple[GapRow, ...]:
        """What the glossary did not answer and is not set aside, most asked first."""
        found = select(GapRow).where(GapRow.aside_at.is_(None))
        order = GapRow.count.desc(), GapRow.last_at.desc(), GapRow.key
        with self.database.reading() as session:
            return tuple(session.scalars(found.order_by(*order).limit(limit)))

    def inbox(self, limit: int = 100) -> tuple[Item, ...]:
        """The gaps, and the answers that readers rated low or commented on; of each the latest.

        Not of conversations that their readers deleted, nor what is set aside. A gap that is asked
        again stays aside; an answer of which something is said anew does not.
        """
        gaps = select(GapRow).where(GapRow.aside_at.is_(None)).order_by(GapRow.last_at.desc())
        rated = (
            select(TurnRow, FeedbackRow)
            .join(FeedbackRow, FeedbackRow.turn_id == TurnRow.id)
            .join(ConversationRow, ConversationRow.id == TurnRow.conversation_id)
            .where(or_(FeedbackRow.thumb < 0, FeedbackRow.comment != ""))
            .where(ConversationRow.deleted_at.is_(None), FeedbackRow.aside_at.is_(None))
            .order_by(FeedbackRow.given_at.desc())
        )
        with self.database.reading() as session:
            found = [_of_gap(row) for row in session.scalars(gaps.limit(limit))]
            said = session.execute(rated.limit(limit)).unique()
            return *found, *(item for row in said if (item := _of_feedback(*row)))

    def set_aside(self, keys: Sequence[str], *, aside: bool = True) -> None:
        """Sets gaps and what was said of answers aside as seen to, or puts them back."""
        at = datetime.now(UTC) if aside else None
        with self.database.writing() as session:
            session.execute(update(GapRow).where(GapRow.key.in_(keys)).values(aside_at=at))
            said = update(FeedbackRow).where(FeedbackRow.turn_id.in_(keys))
            session.execute(said.values(aside_at=at))


def _of_gap(row: GapRow) -> Item:
    asked = (row.question,), row.language, row.last_at, row.count
    return Item((row.key,), name(row.term, row.language), *asked)


def _of_feedback(turn: TurnRow, said: FeedbackRow) -> Item | None:
    """What a reader said of an answer; nothing of one to noise, or that another version kept."""
    try:
        answer = Answer.of_json(turn.answers()[said.variant]["answer"])
    except (ValueError, KeyError, IndexError):
        return None
    cited = next(iter(answer.citations), None)
    if not (cited or said.comment or is_term(answer)):
        return None
    understood = clean(answer.understood)
    return Item(
        (turn.id,),
        cited.term if cited else name(understood, answer.language),
        (understood,),
        answer.language,
        said.given_at,
        low=int(said.thumb < 0),
        comments=(said.comment,) if said.comment else (),
        entry=f"{cited.language}/{cited.entry_id}" if cited else "",
    )
