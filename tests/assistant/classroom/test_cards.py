"""Cards: scheduled as FSRS does, kept per reader, and none lost on the way to Anki and back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import fsrs
import pytest

from assistant import ClassError
from assistant.classroom import decks
from assistant.classroom.cards import Card, Cards, sides, today
from assistant.conversations.store import Conversations
from knowledge.glossary import Glossary
from tests.knowledge.exporting import MADD, TIDE

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
GRADES: tuple[list[int], ...] = ([3, 3, 3, 1, 3, 4, 2], [4, 4], [1, 2, 3, 3], [3], [], [3, 3, 1])


def _card(entry_id: str, grades: list[int], start: datetime, number: int = 1) -> Card:
    """A card that was graded each time it was due."""
    card, now = Card(entry_id, fsrs.Card(card_id=number, due=start)), start
    for grade in grades:
        card = card.graded(grade, now)
        now = card.memory.due
    return card


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    """Six terms in two languages."""
    pairs = ((TIDE, MADD), *((replace(TIDE, id=i), replace(MADD, id=i)) for i in "abcde"))
    return Glossary(Path(), tuple(entry for pair in pairs for entry in pair))


@pytest.fixture
def cards(store: Conversations) -> Cards:
    return Cards(store.database)


def _learning(glossary: Glossary) -> list[Card]:
    """Cards in every state: new, learning, known, forgotten."""
    start = datetime.now(UTC).replace(microsecond=0) - 90 * DAY
    made = zip(glossary.ids, GRADES, strict=False)
    return [_card(i, g, start + timedelta(seconds=n), n) for n, (i, g) in enumerate(made, 1)]


def test_the_interval_on_a_button_is_the_librarys_and_what_the_card_then_gets() -> None:
    library = fsrs.Scheduler(desired_retention=0.9, enable_fuzzing=False)
    card, theirs, now = Card("kettle", fsrs.Card(card_id=1, due=NOW)), fsrs.Card(due=NOW), NOW
    for grade in [3, 3, 3, 2, 1, 3, 4, 3]:
        shown = card.intervals(now)
        for each in fsrs.Rating:
            assert shown[each] == library.review_card(theirs, each, now)[0].due - now
        card = card.graded(grade, now)
        theirs, _ = library.review_card(theirs, fsrs.Rating(grade), now)
        assert card.memory.due - now == shown[grade]
        assert card.memory.to_dict() == {**theirs.to_dict(), "card_id": 1}
        now = card.memory.due + timedelta(hours=5)


def test_a_day_brings_steps_then_what_is_due_then_so_many_new_ones() -> None:
    step = _card("step", [1], NOW - timedelta(minutes=2))
    later = _card("later", [3], NOW - timedelta(minutes=1))
    known = _card("known", [4], NOW - 8 * DAY + timedelta(hours=3))  # due tonight
    new = [_card(f"new-{n}", [], NOW, n) for n in range(5)]
    plan = today([*new, later, known, step], NOW, ZoneInfo("UTC"), 4)
    assert [card.entry_id for card in plan.queue] == ["step", "known", "new-0", "new-1"]
    assert (plan.due, plan.new) == (3, 2)  # two were begun today
    assert [c.entry_id for c in today([later], NOW, ZoneInfo("UTC"), 4).queue] == ["later"]
    assert today([known], NOW - DAY, ZoneInfo("UTC"), 4).later == known.memory.due
    # After midnight it is the same day still, where the reader is.
    night = datetime(2026, 3, 3, 0, 30, tzinfo=UTC)  # half past three in Riyadh
    assert today([*new, later, step], night, ZoneInfo("Asia/Riyadh"), 4).new == 2
    assert today([*new, later, step], night + DAY / 24, ZoneInfo("Asia/Riyadh"), 4).new == 4


def test_a_reader_has_cards_of_their_own(cards: Cards) -> None:
    assert cards.add("she", ["kettle", "cup", "kettle"]) == 2
    assert cards.add("she", ["cup"]) == 0
    assert cards.list("he") == ()
    assert cards.grade("he", "kettle", 3) is None
    graded_ = cards.grade("she", "kettle", 3)
    assert graded_ == cards.list("she")[0]
    assert cards.remove("he", "kettle") is None
    out = cards.remove("she", "kettle")
    assert out
    assert [card.entry_id for card in cards.list("she")] == ["cup"]
    cards.put("she", [out])
    assert [card.entry_id for card in cards.list("she")] == ["kettle", "cup"]
    with pytest.raises(ClassError, match="5000"):
        cards.add("she", map(str, range(5000)))
    assert len(cards.list("she")) == 2


def test_a_card_is_asked_and_answered_in_either_language(glossary: Glossary) -> None:
    card = Card("tide", fsrs.Card())
    assert sides(card, glossary, ("en", "ar")) == (TIDE, MADD)
    assert sides(card, glossary, ("ar", "en")) == (MADD, TIDE)
    assert sides(Card("nothing", fsrs.Card()), glossary, ("en", "en")) is None


def _same(card: Card, back: Card) -> None:
    """That all is there that Anki has a place for."""
    mine, theirs = card.memory, back.memory
    assert (card.entry_id, card.reviews, card.is_new) == (back.entry_id, back.reviews, back.is_new)
    assert (mine.state, mine.step) == (theirs.state, theirs.step)
    if not card.is_new:
        assert theirs.stability == pytest.approx(mine.stability, abs=1e-4)
        assert theirs.difficulty == pytest.approx(mine.difficulty, abs=1e-3)
        assert abs(theirs.due - mine.due) <= timedelta(seconds=1)


def test_cards_come_back_from_a_package_as_they_were(glossary: Glossary) -> None:
    learning = _learning(glossary)
    package = decks.package(learning, glossary, ("ar", "en"), "Tea")
    back = decks.read(package, glossary)
    for card, again in zip(learning, back, strict=True):
        _same(card, again)
    assert decks.merged(back, learning) == []
    assert decks.merged(back, learning[1:]) == back[:1]
    for wrong in (b"", b"PK\3\4", package[:3000]):
        with pytest.raises(ClassError, match="export the deck again"):
            decks.read(wrong, glossary)


def test_ankis_own_program_reads_the_schedule_goes_on_with_it_and_gives_it_back(
    glossary: Glossary, tmp_path: Path
) -> None:
    anki = pytest.importorskip("anki.collection")
    learning = _learning(glossary)
    file = tmp_path / "tea.apkg"
    file.write_bytes(decks.package(learning, glossary, ("en", "ar"), "Tea"))
    collection = anki.Collection(str(tmp_path / "collection.anki2"))
    options = anki.ImportAnkiPackageOptions(with_scheduling=True)
    request = anki.ImportAnkiPackageRequest(package_path=str(file), options=options)
    assert len(collection.import_anki_package(request).log.new) == len(learning)
    for card, number in zip(learning, sorted(collection.find_cards("")), strict=True):
        theirs = collection.get_card(number)
        if not card.is_new:
            assert theirs.memory_state.stability == pytest.approx(card.memory.stability, abs=1e-3)
            assert theirs.memory_state.difficulty == pytest.approx(card.memory.difficulty, abs=1e-3)
        if card.memory.state == fsrs.State.Review and not card.is_new:
            assert theirs.ivl == card.interval.days
            assert abs(theirs.due - (card.memory.due - datetime.now(UTC)) / DAY) <= 2
    for legacy in (True, False):
        out = tmp_path / f"back-{legacy}.apkg"
        options = anki.ExportAnkiPackageOptions(with_scheduling=True, legacy=legacy)
        collection.export_anki_package(out_path=str(out), options=options, limit=None)
        back = {card.entry_id: card for card in decks.read(out.read_bytes(), glossary)}
        for card in learning:
            _same(card, back[card.entry_id])
    collection.close()


def test_quizlet_gets_a_line_a_card(glossary: Glossary) -> None:
    lines = decks.quizlet(_learning(glossary), glossary, ("ar", "en")).decode()
    assert lines.splitlines() == [f"{MADD.term}\t{TIDE.summary}"] * len(GRADES)
