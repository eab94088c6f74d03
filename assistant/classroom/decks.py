"""Cards taken along: a package of Anki's with the schedule, and back; text for Quizlet.

Anki (23.10 and later) knows FSRS. Its packages hold when a card is due, its interval, and as JSON
its stability and difficulty; a review's grade, and when it was given, stand in its log, of which
all the rest follows.
"""

import contextlib
import io
import json
import sqlite3
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import count

import fsrs
import genanki
import zstandard

from assistant import ClassError
from assistant.classroom.cards import SCHEDULER, Card, sides
from knowledge.entry import Entry
from knowledge.exports.anki import as_html, number, packed
from knowledge.exports.templates import direction, own_text
from knowledge.glossary import Glossary

_DAY = 86400
_LARGEST = 256 << 20  # bytes of a collection that is read
_SECONDS = 10.0  # for reading one: its tables may be made to take for ever
_REVIEWS = 1000  # of a card
_BEGAN = 1411124400  # when the collection of a package of genanki's began, in seconds
_NEW, _LEARNING, _REVIEW, _RELEARNING = range(4)  # a card's type in Anki; but for new, FSRS's state
# Of a package: the newest format, that of “support older Anki versions”, the oldest, and ours.
_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
_UNREADABLE = (
    "That is no package of Anki's that can be read: export the deck again as .apkg, with its"
    " scheduling information."
)


def quizlet(cards: Iterable[Card], glossary: Glossary, tags: Sequence[str]) -> bytes:
    """Text to paste into Quizlet: a card a line, a tab between its front and its back."""
    found = (sides(card, glossary, tags) for card in cards)
    texts = ((each[0].term, each[1].summary) for each in found if each)
    lines = ("\t".join(" ".join(text.split()) for text in pair) for pair in texts)
    return "".join(f"{line}\n" for line in lines).encode()


def package(cards: Sequence[Card], glossary: Glossary, tags: Sequence[str], title: str) -> bytes:
    """A package of Anki's with a deck of cards as they are asked, and with their schedule."""
    deck = genanki.Deck(number("deck", "cards"), title.replace("::", ":"))
    fields = [{"name": "Front"}, {"name": "Back"}]
    turned = '{{FrontSide}}<hr id="answer">{{Back}}'
    template = {"name": "Card", "qfmt": "{{Front}}", "afmt": turned}
    about = number("model", "cards"), "Masrad card", fields, [template]
    model = genanki.Model(*about, own_text("cards.css"))
    shown = [(card, found) for card in cards if (found := sides(card, glossary, tags))]
    for place, (card, (front, back)) in enumerate(shown, 1):
        texts = [_side(front, "term", front.term), _side(back, "definition", back.summary)]
        deck.add_note(genanki.Note(model, texts, guid=_guid(card.entry_id), due=place))

    def schedule(collection: sqlite3.Cursor) -> None:
        # Of an older scheduler Anki would take the grades to be others.
        collection.execute(
            "UPDATE col SET conf = json_set(conf, '$.schedVer', 2, '$.sched2021', json('true'))"
        )
        taken: set[int] = set()
        for card in (card for card, _ in shown if not card.is_new):
            _schedule(collection, card, taken)

    return packed(genanki.Package([deck]), schedule)


def _guid(entry_id: str) -> str:
    return str(genanki.guid_for("card", entry_id))


def _side(entry: Entry, kind: str, text: str) -> str:
    attributes = f'lang="{entry.language}" dir="{direction(entry.language)}"'
    return f'<div {attributes} class="{kind}">{as_html(text)}</div>'


def _schedule(collection: sqlite3.Cursor, card: Card, taken: set[int]) -> None:
    """Writes how well a card is remembered into its row, and its reviews into the log."""
    memory, plan = card.memory, SCHEDULER
    ((row,),) = collection.execute(
        "SELECT c.id FROM cards c JOIN notes n ON c.nid = n.id WHERE n.guid = ?",
        [_guid(card.entry_id)],
    )
    kind, due = int(memory.state), memory.due.timestamp()
    steps = plan.relearning_steps if kind == _RELEARNING else plan.learning_steps
    data = {
        "s": round(memory.stability or 0, 4),
        "d": round(memory.difficulty or 0, 3),
        "dr": plan.desired_retention,
        "decay": plan.parameters[-1],
        "lrt": card.reviews[-1].at // 1000,
    }
    values = {
        "type": kind,
        "queue": _REVIEW if kind == _REVIEW else _LEARNING,
        "due": int((due - _BEGAN) // _DAY) if kind == _REVIEW else int(due),
        "ivl": max(card.interval.days, 0 if kind == _LEARNING else 1),
        "factor": 2500,
        "reps": len(card.reviews),
        "lapses": sum(r.grade == 1 and r.state == fsrs.State.Review for r in card.reviews),
        "left": 0 if memory.step is None else len(steps) - memory.step,
        "data": json.dumps(data),
    }
    names = ", ".join(f"{name} = ?" for name in values)
    collection.execute(f"UPDATE cards SET {names} WHERE id = ?", (*values.values(), row))  # noqa: S608  (names of ours)
    before = 0
    for at, grade, seconds, state in card.reviews:
        interval = seconds // _DAY if seconds >= _DAY else -seconds
        when = next(n for n in count(at) if n not in taken)  # the id of the log
        taken.add(when)
        collection.execute(
            "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, 0, 0, ?)",
            (when, row, grade, interval, before, state - 1),
        )
        before = interval


def read(content: bytes, glossary: Glossary) -> list[Card]:
    """The cards of a package that was taken along, as FSRS has them after all reviews in its log.

    Others that are in it are passed over.

    Raises:
        ClassError: it is no such package.
    """
    known = {_guid(each): each for each in glossary.ids}
    try:
        with contextlib.closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(_collection(content))
            until = time.monotonic() + _SECONDS
            database.set_progress_handler(lambda: time.monotonic() > until, 10_000)
            database.execute("PRAGMA trusted_schema = OFF")
            log = defaultdict[int, list[tuple[int, int]]](list)
            for cid, at, grade in database.execute(
                "SELECT cid, id, ease FROM revlog WHERE type < 3 AND ease > 0 ORDER BY id"
            ):
                log[cid].append((int(at), min(int(grade), 4)))
            rows = database.execute(
                "SELECT n.guid, c.id, c.type FROM cards c JOIN notes n ON c.nid = n.id"
            )
            return [
                _replayed(known[guid], log[cid][:_REVIEWS] if kind else ())
                for guid, cid, kind in rows
                if guid in known
            ]
    except (sqlite3.Error, ValueError, TypeError, ArithmeticError, OSError) as error:
        raise ClassError(_UNREADABLE) from error


def _replayed(entry_id: str, reviews: Iterable[tuple[int, int]]) -> Card:
    """A card after such reviews: when (milliseconds), and with which grade."""
    card = Card(entry_id, fsrs.Card())
    for at, grade in reviews:
        card = card.graded(grade, datetime.fromtimestamp(at / 1000, UTC))
    return card


def _collection(content: bytes) -> bytes:
    """The database of a package; raises where there is none, or it is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            name = next(each for each in _COLLECTIONS if each in archive.namelist())
            with archive.open(name) as file:
                packed_ = name.endswith("b")
                source = zstandard.ZstdDecompressor().stream_reader(file) if packed_ else file
                found = bytearray(source.read(_LARGEST + 1))
    except (zipfile.BadZipFile, zstandard.ZstdError, StopIteration, RuntimeError) as error:
        raise ClassError(_UNREADABLE) from error
    if not 100 <= len(found) <= _LARGEST:  # noqa: PLR2004  (the header of a database)
        raise ClassError(_UNREADABLE)
    found[18:20] = b"\x01\x01"  # https://www.sqlite.org/fileformat.html, 1.3.3
    return bytes(found)


def merged(found: Iterable[Card], have: Iterable[Card]) -> list[Card]:
    """Of cards that come back, those that are new or were seen since; the order stays."""
    mine = {card.entry_id: card for card in have}
    taken = []
    for card in found:
        own, last = mine.get(card.entry_id), card.memory.last_review
        if own is None:
            taken.append(card)
        elif last and last > (own.memory.last_review or datetime.min.replace(tzinfo=UTC)):
            card.memory.card_id = own.memory.card_id
            taken.append(card)
    return taken
