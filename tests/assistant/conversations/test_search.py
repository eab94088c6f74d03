"""Search of conversations: whatever the case and the spelling."""

import pytest

from assistant.conversations.store import Conversations
from tests.assistant.conversations.making import GLOSSARY, answered, unanswered


@pytest.fixture
def three(conversations: Conversations) -> Conversations:
    """Three conversations: in English, in Arabic, and of a title alone."""
    english, arabic = conversations.begin(), conversations.begin("إبريق الشاي")
    conversations.add(english.id, answered("What is a kettle?", ["en/kettle"]), [], GLOSSARY)
    conversations.add(english.id, unanswered("Is 100% fine-tuning A.I.?"), [], GLOSSARY)
    question = answered("ما هي الغلّاية؟", ["ar/kettle"], "ar")
    conversations.add(arabic.id, question, [], GLOSSARY)
    conversations.begin("Notes on 茶道")
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
        pytest.param("kett", 1, id="a beginning"),
        pytest.param("AI", 1, id="initials"),
        pytest.param("ابريق", 1, id="a bare alef for one with a hamza"),
        pytest.param("الغلايه", 1, id="ha for ta marbuta, and no shadda"),
        pytest.param("غلاية", 1, id="without the article"),
        pytest.param("الشاى", 1, id="alef maksura for ya"),
        pytest.param("茶道", 1, id="a script without spaces"),
        pytest.param("道茶", 0, id="its letters in another order"),
        pytest.param("%", 0, id="no wildcard"),
        pytest.param("kettle_", 1, id="nor another"),
        pytest.param("?!", 0, id="punctuation alone"),
        pytest.param("kettle " * 5000, 1, id="a text pasted"),
        pytest.param(" ".join(f"w{n}" for n in range(5000)), 0, id="another"),
        pytest.param("\x00\ud800kettle", 1, id="what is no text"),
    ],
)
def test_search(three: Conversations, search: str, found: int) -> None:
    assert len(three.list(search)) == found


def test_a_new_title_is_found_and_the_old_one_is_not(three: Conversations) -> None:
    [notes] = three.list("notes")
    three.rename(notes.id, "Remarks")
    assert three.list("notes") == ()
    assert three.list("remarks")[0].id == notes.id


def test_what_was_deleted_is_searched_apart(three: Conversations) -> None:
    three.delete(three.list("kettle")[0].id)
    assert three.list("kettle") == ()
    assert len(three.list("kettle", deleted=True)) == 1
