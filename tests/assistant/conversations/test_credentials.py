"""Tokens: only a hash is kept of them; they ask as their maker, until they are withdrawn."""

from pathlib import Path

import pytest

from assistant import TokenError
from assistant.conversations.credentials import Tokens
from assistant.conversations.store import Conversations
from assistant.people import Person

HER = Person("she", "teacher")


@pytest.fixture
def tokens(store: Conversations) -> Tokens:
    return Tokens(store.database)


def test_a_token_asks_as_its_maker_whose_own_secret_the_database_has_not(
    store: Conversations, tokens: Tokens, path: Path
) -> None:
    secret = tokens.make(HER, " Lecture\nnotes ")
    found = tokens.person(secret)
    assert found
    assert found.role == "reader"
    assert [each.name for each in tokens.list(HER.reader)] == ["Lecture notes"]
    asked = store.ask("What is a kettle?", "en", reader=found.reader)
    assert store.get(asked.conversation_id).belongs_to(HER.reader)
    assert [each.id for each in store.list(reader=found.reader)] == [asked.conversation_id]
    kept = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert secret.encode() not in kept
    stolen = "".join(found.reader)  # the hash, as a cookie would say it
    assert not store.list(reader=stolen)


def test_a_token_is_withdrawn_by_its_maker_alone_or_forgotten_with_them_and_then_is_nobodys(
    store: Conversations, tokens: Tokens
) -> None:
    secret = tokens.make(HER, "notes")
    [token] = tokens.list(HER.reader)
    with pytest.raises(TokenError, match="no token"):
        tokens.withdraw(token.id, "he")
    assert tokens.person(secret)
    tokens.withdraw(token.id, HER.reader)
    assert tokens.person(secret) is None
    assert not tokens.list(HER.reader)
    secret = tokens.make(HER, "more")
    kept = store.kept_on(HER.reader)["token"]
    assert {each["name"] for each in kept} == {"more", "notes"}
    store.forget(HER.reader)
    assert tokens.person(secret) is None
    assert tokens.person("") is tokens.person(token.id) is None


def test_a_token_is_somebodys_and_named(tokens: Tokens) -> None:
    for person, name in ((Person("", "owner"), "nobody's"), (HER, " ")):
        with pytest.raises(TokenError):
            tokens.make(person, name)
