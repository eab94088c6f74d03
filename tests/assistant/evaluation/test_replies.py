"""Asking: conversations keep to themselves, and ablations take away what is there."""

from assistant.assistant import Assistant
from assistant.evaluation.cases import Case
from assistant.evaluation.replies import ask

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
