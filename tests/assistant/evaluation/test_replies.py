"""Asking: conversations keep to themselves, and ablations take away what is there."""

import pytest

from assistant.assistant import Assistant
from assistant.evaluation.cases import Case
from assistant.evaluation.replies import INGREDIENTS, ablated, ask
from knowledge.search.ranker import CONFIDENCE, ENTRY, SENTENCE

SOLD = ("kettle", "The first electric kettle was sold in 1891 by a company in Chicago.")


def _turn(number: int, conversation: str, turn: int, question: str) -> Case:
    return Case(
        f"q{number}", question, "en", "who_when", True, (SOLD,),  # noqa: FBT003
        conversation=conversation, turn=turn,
    )  # fmt: skip


def test_a_turn_follows_those_of_its_own_conversation(tea: Assistant) -> None:
    replies = ask(
        [
            _turn(1, "A", 1, "What is a kettle?"),
            _turn(2, "B", 1, "What is mint?"),
            _turn(3, "A", 2, "When was it first sold?"),
            _turn(4, "A", 1, "When was it first sold?"),  # a conversation begun anew, of that name
        ],
        tea,
    )
    assert [r.answer.rewording for r in replies] == ["none", "none", "rules", "none"]
    assert replies[2].answer.understood == "Kettle: When was it first sold?"


def test_an_ingredient_is_taken_away_and_the_confidence_keeps_its_mean(tea: Assistant) -> None:
    features = {*ENTRY, *SENTENCE, *CONFIDENCE}
    assert all(features.issuperset(names) for names in INGREDIENTS.values())
    replies = ask([_turn(1, "A", 1, "What is a kettle?")], tea)
    found = dict(ablated(tea, replies))
    assert list(found)[:-1] == [f"without {name}" for name in INGREDIENTS]
    whole, less = (each.retriever.ranker for each in (tea, found["without words"]))
    place = ENTRY.index("words")
    assert (bool(whole.entry.values[place]), bool(less.entry.values[place])) == (True, False)
    [trace] = replies[0].traces
    added = sum(trace.reasons.get(name, 0.0) for name in INGREDIENTS["words"])
    assert added
    assert less.confidence.offset - whole.confidence.offset == pytest.approx(added)
    assert len(found["the fast embedder alone"].retriever.indexes) == 1
