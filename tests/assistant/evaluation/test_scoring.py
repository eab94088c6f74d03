"""Scoring: when an answer answers, by the sentences that are labelled."""

from typing import Any

import pytest

from assistant.answer import Answer, Citation, Sentence, Status
from assistant.evaluation.cases import Case
from assistant.evaluation.scoring import Score, score

BOILS = "A kettle is a vessel for boiling water."
STEEPS = "A teapot is a vessel for steeping tea leaves in hot water."
STANDS = "Unlike a teapot, a kettle stands on the heat."
LIME = "Hard water leaves lime on the coil."


def _question(**fields: Any) -> Case:
    given = {"kind": "define", "answerable": True, **fields}
    return Case(id="q1", question="what is it?", language="en", **given)


def _answer(*said: str, status: Status = "answered", entry: str = "kettle") -> Answer:
    return Answer(
        question="what is it?",
        understood="what is it?",
        language="en",
        status=status,
        confidence=0.9,
        writer="quote",
        text=" ".join(said),
        sentences=tuple(Sentence(text, (n,), "quoted") for n, text in enumerate(said, 1)),
        citations=tuple(
            Citation(n, entry, "Kettle", "en", "summary", text, 0, len(text))
            for n, text in enumerate(said, 1)
        ),
    )


def _value(found: Score, measure: str) -> float:
    above, below = found.parts[measure]
    return above / below


ONE = _question(key=(("kettle", BOILS),), good=(("kettle", STANDS),))
PARTS = _question(
    kind="compare", groups=((("kettle", BOILS), ("kettle", LIME)), (("teapot", STEEPS),))
)


def test_what_is_good_beside_it_does_not_answer() -> None:
    found = score(ONE, _answer(STANDS))
    assert _value(found, "key") == 0
    assert (found.wrong, found.told) == ("no key sentence", STANDS)


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("a kettle is a vessel for boiling water", True),
        ("A kettle is a vessel for boiling water. It has a spout and a handle.", True),
        ("A kettle is a vessel for boiling some water.", True),
        ("A kettle is a pot with a handle and a spout.", False),
        ("Boiling water.", False),  # within it, and too short to say the same
    ],
)
def test_a_sentence_may_be_worded_or_parted_a_little_otherwise(said: str, same: bool) -> None:  # noqa: FBT001
    assert _value(score(ONE, _answer(said)), "key") == same


def test_each_part_of_a_question_wants_one_of_its_own_sentences() -> None:
    assert _value(score(PARTS, _answer(LIME, STEEPS)), "key") == 1
    found = score(PARTS, _answer(BOILS, LIME))
    assert (_value(found, "key"), _value(found, "key first")) == (0, 0)
    assert found.wrong == "without part 2 of 2"


def test_a_restatement_that_says_the_same_again_is_none_unless_it_may() -> None:
    pairs = (("kettle", BOILS), ("kettle", STANDS))
    again = _question(kind="restate", key=pairs)
    found = score(again, _answer(BOILS), before=[BOILS])
    assert _value(found, "key") == 0
    assert found.wrong == "only what the turn before said"
    assert _value(score(again, _answer(BOILS, STANDS), before=[BOILS]), "key") == 1
    repeated = _question(kind="restate", key=pairs, may_repeat=True)
    assert _value(score(repeated, _answer(BOILS), before=[BOILS]), "key") == 1
    assert _value(score(ONE, _answer(BOILS), before=[BOILS]), "key") == 1


def test_a_refusal_of_what_is_answered_is_wrong() -> None:
    found = score(ONE, _answer(status="not_in_glossary"))
    assert (_value(found, "wrongly refused"), _value(found, "key")) == (1, 0)
    assert found.parts["on the point"] == (0, 0)
    assert found.wrong == "refused"


def test_small_talk_wants_small_talk_and_a_lesson_is_not_measured() -> None:
    hello = _question(kind="smalltalk", answerable=False)
    assert _value(score(hello, _answer(status="chat")), "chat met") == 1
    found = score(hello, _answer(status="not_in_glossary"))
    assert _value(found, "chat met") == 0
    assert found.wrong == "refused, where small talk was due"
    assert not score(_question(kind="teach", answerable=False), _answer(BOILS)).parts
