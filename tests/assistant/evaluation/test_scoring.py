"""Scoring: when an answer answers, by the sentences that are labelled."""

from dataclasses import replace
from typing import Any

import pytest

from assistant.answer import Answer, Citation, Sentence, Status
from assistant.evaluation.cases import Case
from assistant.evaluation.scoring import Score, score

BOILS = "A kettle is a vessel for boiling water."
STEEPS = "A teapot is a vessel for steeping tea leaves in hot water."
STANDS = "Unlike a teapot, a kettle stands on the heat."
LIME = "Hard water leaves lime on the coil."


def _case(**fields: Any) -> Case:
    given = {"kind": "define", "answerable": True, **fields}
    return Case(id="q1", question="what is it?", language="en", **given)


def _answer(*said: str, status: Status = "answered") -> Answer:
    answer = Answer("what is it?", "what is it?", "en", status, 0.9, "quote", " ".join(said))
    cited = [Citation(n, "kettle", "Kettle", "en", "summary", t, 0, 9) for n, t in enumerate(said)]
    sentences = [Sentence(text, (n,), "quoted") for n, text in enumerate(said)]
    return replace(answer, sentences=tuple(sentences), citations=tuple(cited))


def _value(found: Score, measure: str) -> float:
    above, below = found.parts[measure]
    return above / below


ONE = _case(key=(("kettle", BOILS),), good=(("kettle", STANDS),))
PARTS = _case(groups=((("kettle", BOILS), ("kettle", LIME)), (("teapot", STEEPS),)))
AGAIN = _case(kind="restate", key=(("kettle", BOILS), ("kettle", STANDS)))


def test_a_sentence_may_be_worded_or_parted_a_little_otherwise() -> None:
    for said in (BOILS.lower()[:-1], f"{BOILS} It has a spout.", BOILS.replace("boil", "hot boil")):
        assert _value(score(ONE, _answer(said)), "key") == 1
    for said in ("A kettle is a pot with a handle and a spout.", "Boiling water."):  # too short
        assert _value(score(ONE, _answer(said)), "key") == 0


@pytest.mark.parametrize(
    ("case", "answer", "before", "key", "wrong"),
    [
        (ONE, _answer(BOILS, STANDS, LIME), (), 1, ""),
        (ONE, _answer(STANDS, LIME, BOILS), (), 1, "the key sentence comes late"),
        (ONE, _answer(STANDS), (), 0, "no key sentence"),
        (PARTS, _answer(BOILS, LIME), (), 0, "without part 2 of 2"),
        (AGAIN, _answer(BOILS), (BOILS,), 0, "only what the turn before said"),
        (AGAIN, _answer(BOILS, STANDS), (BOILS,), 1, ""),
    ],
)
def test_what_an_answer_is_worth(
    case: Case, answer: Answer, before: tuple[str, ...], key: float, wrong: str
) -> None:
    found = score(case, answer, before=before)
    assert (_value(found, "key"), found.wrong) == (key, wrong)
    assert _value(found, "key first") == (key if not wrong else 0)
    assert _value(found, "wrongly refused") == (answer.status != "answered")
    belongs = sum(s.text != LIME or case is PARTS for s in answer.sentences)
    assert found.parts["on the point"] == (belongs, len(answer.sentences))


def test_what_nothing_answers_is_to_be_refused_and_small_talk_met() -> None:
    nothing, hello = (_case(kind=kind, answerable=False) for kind in ("offtopic", "smalltalk"))
    given = (_answer(status="not_in_glossary"), _answer(status="chat"), _answer(BOILS))
    told = [score(nothing, answer) for answer in given]
    assert [(_value(f, "refused"), _value(f, "withheld")) for f in told] == [(1, 1), (0, 1), (0, 0)]
    assert [bool(found.wrong) for found in told] == [False, False, True]
    assert [_value(score(hello, answer), "chat met") for answer in given] == [0, 1, 0]
    assert score(hello, given[0]).wrong == "refused, where small talk was due"
    assert not score(_case(kind="teach", answerable=False), given[2]).parts  # nor measured
