"""Search of conversations: whatever the case and the spelling."""

import pytest

from assistant.conversations.store import Conversations
from tests.assistant.conversations.making import answered, keep, unanswered


@pytest.fixture
def three(conversations: Conversations) -> Conversations:
    """Three conversations: in English, in Arabic, and of a title alone."""
    kettle = answered("What is a kettle?", ["en/kettle"])
    keep(conversations, kettle, unanswered("Is 100% fine-tuning A.I.?"))
    keep(conversations, answered("ما هي الغلّاية؟", ["ar/kettle"], "ar"), title="إبريق الشاي")
    keep(conversations, unanswered("Why?"), title="Notes on 茶道")
    return conversations


@pytest.mark.parametrize(
    ("search", "found"),
    [
        pytest.param("", 3, id="nothing asked for"),
        pytest.param("KETTLE", 1, id="a question, in capitals"),
        pytest.param("boils", 1, id="an answer"),
        pytest.param("notes", 1, id="a title"),
        pytest.param("kettle fine-tuning", 1, id="words of two turns"),
        pytest.param("kettle notes", 0, id="words of two conversations"),
        pytest.param("AI", 1, id="initials"),
        pytest.param("ابريق", 1, id="a bare alef for one with a hamza"),
        pytest.param("الغلايه", 1, id="ha for ta marbuta, and no shadda"),
        pytest.param("茶道", 1, id="a script without spaces"),
        pytest.param("%", 0, id="no wildcard"),
        pytest.param("?!", 0, id="punctuation alone"),
        pytest.param("kettle " * 5000, 1, id="a text pasted"),
        pytest.param("\x00\ud800kettle", 1, id="what is no text"),
    ],
)
def test_search(three: Conversations, search: str, found: int) -> None:
    assert len(three.list(search)) == found
