"""Changes: what has become of the entries that an old answer cites."""

import pytest

from assistant.conversations.changes import Change, changes
from assistant.conversations.conversation import Turn
from assistant.conversations.store import Conversations
from knowledge.glossary import Glossary
from tests.assistant.conversations.making import GLOSSARY, answered, changed, without


@pytest.fixture
def turn(conversations: Conversations) -> Turn:
    """A turn that cites three entries."""
    answer = answered("Which?", ["en/kettle", "ar/kettle", "en/teapot"])
    return conversations.add("", answer, [], GLOSSARY)


@pytest.mark.parametrize(
    ("present", "found"),
    [
        pytest.param(GLOSSARY, {}, id="as they were"),
        pytest.param(changed("en/kettle", "A kettle sings."), {1: "changed"}, id="changed"),
        pytest.param(without("en/teapot"), {3: "gone"}, id="gone"),
        pytest.param(without("ar/kettle"), {2: "gone"}, id="gone in one language"),
    ],
)
def test_changes(turn: Turn, present: Glossary, found: dict[int, Change]) -> None:
    assert changes(turn, present) == found
