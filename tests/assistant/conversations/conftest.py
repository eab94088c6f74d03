"""A store of the test's own."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.conversations.store import Conversations


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store's database is."""
    return tmp_path / "data" / "conversations.db"


@pytest.fixture
def store(path: Path) -> Iterator[Conversations]:
    """A store with nothing in it."""
    with closing(Conversations.open(path)) as opened:
        yield opened
