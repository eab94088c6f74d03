"""Limits: they let in exactly as many as they say, whoever counts, and hold nobody up."""

import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant import ConversationError, LimitError, SettingsError, WriterError
from assistant.answer import Usage
from assistant.conversations import admission
from assistant.conversations.admission import Limits
from assistant.conversations.database import Database
from assistant.conversations.store import Conversations
from assistant.conversations.tables import CounterRow
from assistant.settings import Settings
from tests.servers import postgres

# Ten threads ask eight times each; how many were let in is printed.
ASKING = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from assistant import LimitError
from assistant.conversations.admission import Limits
from assistant.conversations.database import Database

address, set_ = sys.argv[1:]
database = Database.open(address if "://" in address else Path(address))
asked = Limits(set_, lambda: database)

def ask(reader):
    try:
        asked.admit(reader)
    except LimitError:
        return 0
    return 1

with ThreadPoolExecutor(10) as threads:
    print(sum(threads.map(ask, ["she", "he"] * 40)), flush=True)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "conversations.db")
    else:
        with postgres() as url:
            yield url


@pytest.fixture
def database(store: Conversations) -> Database:
    return store.database


def _limits(text: str, database: Database) -> Limits:
    return Limits(text, lambda: database)


def _let_in(address: str, text: str) -> int:
    """By two processes at once."""
    command = [sys.executable, "-c", ASKING, address, text]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    return sum(int(process.communicate(timeout=120)[0]) for process in processes)


def test_exactly_as_many_are_let_in_by_threads_and_processes_on_each_database(address: str) -> None:
    assert _let_in(address, "20 questions/month, 90 questions/day in all") == 40  # two readers
    assert _let_in(address, "7 at once, 9 at once in all") == 9


def test_a_place_is_held_until_it_is_left_and_free_soon_after_its_process_was_killed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _limits("1 at once", database)
    with asked.admit("she"):
        with pytest.raises(LimitError) as refused:
            asked.admit("she")
        assert refused.value.kind == "busy"
        with asked.admit("he"):
            pass
    monkeypatch.setattr(admission, "_LEASE", timedelta(seconds=0.5))
    asked.admit("she")  # by a process that is killed
    with pytest.raises(LimitError):
        asked.admit("she")
    time.sleep(0.6)
    with asked.admit("she"):
        pass


def test_who_is_refused_is_told_when_to_ask_again_and_that_does_not_count(
    database: Database,
) -> None:
    asked = _limits("1 questions/day, 3 questions/month, 4 questions/month in all", database)
    with asked.admit("she"):
        pass
    for _ in range(5):
        with pytest.raises(LimitError) as refused:
            asked.admit("she")
    error = refused.value
    assert error.kind == "own"
    assert "(1 questions/day)" in str(error)
    assert 0 < error.retry_after <= 24 * 3600
    assert f"ask again in {error.retry_after} second" in str(error)
    for reader in ("he", "", "they"):
        asked.admit(reader)
    with pytest.raises(LimitError, match=r"4 questions/month in all") as refused:
        asked.admit("you")
    assert refused.value.kind == "all"


def test_calls_of_the_model_and_what_it_cost_have_limits_of_their_own(database: Database) -> None:
    asked = _limits("2 model calls/month, 0.50/month in all", database)
    she, he = asked.admit("she"), asked.admit("he")
    she.call()
    she.call()
    with pytest.raises(WriterError, match=r"2 model calls/month") as refused:
        she.call()
    assert refused.value.kind == "limited"
    he.call()
    he.spend(Usage(1, 1, cost=0.2))
    he.call()
    he.spend(Usage(1, 1, cost=0.3))  # known only once it arose: now the limit is reached
    with pytest.raises(WriterError, match=r"0\.50/month in all"):
        asked.admit("they").call()


def test_a_window_is_one_of_the_calendar_and_what_is_over_is_removed(database: Database) -> None:
    (limit,) = admission.read("2 questions/month")
    december, january = datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    assert limit.span(datetime(2026, 12, 31, 23, tzinfo=UTC)) == (december, january)
    with database.writing() as session:
        long_ago = datetime(2020, 1, 1, tzinfo=UTC)
        session.add(CounterRow(whose="", name="x", begun_at=long_ago, used=1, until=long_ago))
    _limits("2 questions/month", database).admit("she")
    with database.reading() as session:
        assert [row.name for row in session.query(CounterRow)] == ["questions/month"]


def test_where_it_cannot_be_counted_all_are_let_in_and_the_log_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def opened() -> Database:
        raise ConversationError("The database is away.")

    asked = Limits("1 questions/month, 1 at once, 1 model calls/day", opened)
    caplog.set_level(logging.WARNING)
    for _ in range(3):
        with asked.admit("she") as allowance:
            allowance.call()
    assert "The database is away." in caplog.text


def test_limits_are_written_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for text, says in {
        "20 questions a minute": "“20 questions a minute” is no limit, which is written like",
        "2.5 questions/day": "“2.5 questions/day” is no limit",
        "0 at once": "“0 at once” is no limit",
        "50.00/month": "needs MASRAD_INPUT_PRICE and MASRAD_OUTPUT_PRICE",
    }.items():
        monkeypatch.setenv("MASRAD_LIMITS", text)
        with pytest.raises(SettingsError, match=says.replace(".", r"\.")):
            Settings.load()
    set_ = "20 questions/minute, 30 Model Calls/hour, 4 at once, 50/month in all"
    monkeypatch.setenv("MASRAD_LIMITS", set_)
    monkeypatch.setenv("MASRAD_INPUT_PRICE", "1")
    assert {str(each) for each in admission.read(Settings.load().limits)} == {
        "20 questions/minute", "30 model calls/hour", "4 at once", "50.00/month in all",
    }  # fmt: skip
