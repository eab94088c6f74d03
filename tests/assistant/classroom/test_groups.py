"""Groups: what a class did is counted by day; nobody can tell who, and nothing is kept for long."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from assistant.classroom.groups import Groups, as_csv, by_day, counted
from assistant.conversations.store import Conversations
from assistant.conversations.tables import EventRow

HER, HIS = "she", "he"


@pytest.fixture
def groups(store: Conversations) -> Groups:
    return Groups(store.database, days=30)


def test_a_group_is_joined_by_its_code_and_read_by_its_teacher_alone(groups: Groups) -> None:
    group = groups.make(HER, " Class\n9b ")
    assert group.name == "Class 9b"
    found = groups.find(f" {group.code.lower()} ")
    assert found
    assert found.name == group.name
    assert groups.find("") is groups.find("nobody's") is None
    groups.note(group.code, "asked", "kettle", "What is a kettle?")
    groups.note("NOBODY", "asked", "kettle", "What is a kettle?")
    (event,) = groups.events(HER, group.code)
    assert (event.kind, event.entry_id, event.detail) == ("asked", "kettle", "What is a kettle?")
    assert not groups.events(HIS, group.code)
    groups.delete(group.code, HIS)
    assert [each.code for each in groups.list(HER)] == [group.code]
    groups.delete(group.code, HER)
    assert not groups.list(HER)
    assert not groups.events(HER, group.code)


def test_of_an_event_the_day_is_kept_and_nothing_that_tells_who(
    groups: Groups, store: Conversations
) -> None:
    code = groups.make(HER, "9b").code
    groups.note(code, "comment", "kettle", "It is too long.")
    with store.database.reading() as session:
        columns = session.execute(text("SELECT * FROM class_event")).mappings().one()
    assert set(columns) == {"id", "group_code", "kind", "entry_id", "detail", "at"}
    assert "00:00:00" in str(columns["at"])


def test_what_is_older_than_is_set_is_deleted(groups: Groups, store: Conversations) -> None:
    code = groups.make(HER, "9b").code
    for days in (0, 29, 30):
        groups.note(code, "opened", str(days))
        at = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        with store.database.writing() as session:
            row = update(EventRow).where(EventRow.entry_id == str(days))
            session.execute(row.values(at=at - timedelta(days=days)))
    assert [event.entry_id for event in groups.events(HER, code)] == ["0", "29"]
    assert len(by_day(groups.events(HER, code))) == 2


def _events(*asked: tuple[str, str]) -> list[EventRow]:
    about = {"group_code": "CODE", "kind": "asked", "at": datetime.now(UTC)}
    return [EventRow(**about, entry_id=entry_id, detail=text) for entry_id, text in asked]


def test_what_is_written_alike_is_one() -> None:
    events = _events(
        ("kettle", "what is a kettle"), ("kettle", "What is a kettle?"),
        ("kettle", "define kettle"), ("teapot", "what is a kettle"),
    )  # fmt: skip
    first, *others = counted(events)
    assert (first.text, first.times) == ("what is a kettle", 2)
    assert [each.times for each in others] == [1, 1]


def test_a_table_opens_in_a_spreadsheet_and_has_no_formula() -> None:
    table = as_csv(_events(("kettle", "=1+1"), ("kettle", "ما الغلاية؟")), "@9b")
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert rows[0] == ["day", "group", "kind", "entry_id", "text"]
    assert [row[1] for row in rows[1:]] == ["'@9b", "'@9b"]
    assert [row[4] for row in rows[1:]] == ["'=1+1", "ما الغلاية؟"]
