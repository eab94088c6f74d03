"""Editing an entry: checked as it is typed, saved whole or not at all, and undone."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from knowledge import GlossaryError
from knowledge.checks import check_entry
from knowledge.editing.entries import Edit, EditConflict, begin_edit, delete, save, undo, with_entry
from knowledge.editing.form import EntryForm, entry_from
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from tests.knowledge.conftest import write_files

KETTLE = """---
term: Kettle
aliases: [tea kettle]
category: Vessels
related: [cup]
sources:
  - title: On Kettles
    year: 1901
updated: 2026-01-31
---

A vessel for boiling water.

It has a spout.

## How it works

Steam pushes the lid.

## Example

The kettle sings.

## Care

Wipe it dry.
"""
CUP = "---\nterm: Cup\n---\n\nA vessel to drink from.\n\n## Example\n\nA cup of tea.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "tea", {"en/kettle.md": KETTLE, "en/cup.md": CUP})


def _typed(edit: Edit, **fields: Any) -> Entry:
    form = replace(EntryForm.of(edit.before) if edit.before else EntryForm(), **fields)
    found = entry_from(form, edit.id, edit.language, edit.before)
    assert isinstance(found, Entry), found
    return found


def _kettle(folder: Path) -> tuple[Glossary, Edit]:
    glossary = Glossary.read(folder)
    return glossary, begin_edit(glossary, "kettle", "en")


# What is typed.


def test_what_is_not_touched_stays_as_it_is(folder: Path) -> None:
    glossary, edit = _kettle(folder)
    assert _typed(edit) == glossary.get("kettle", "en")


def test_sections_keep_their_order_and_new_ones_stand_last(folder: Path) -> None:
    _, edit = _kettle(folder)
    assert edit.before
    further = (
        *EntryForm.of(edit.before).further,
        ("Origin", "From afar.\n\n\nLong ago."),
        ("", " "),
    )
    entry = _typed(edit, further=further)
    assert [s.name for s in entry.sections] == [
        "summary", "body", "how", "example", "care", "origin",
    ]  # fmt: skip
    assert entry.text("origin") == "From afar.\n\nLong ago."


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"term": " "}, "has no term"),
        ({"updated": "yesterday"}, "“updated” is not as it should be"),
        ({"sources": ({"title": "On Tea", "year": "long ago"},)}, "sources.0.year"),
    ],
)
def test_what_forbids_it_to_be_an_entry_is_told(
    folder: Path, fields: dict[str, Any], said: str
) -> None:
    _, edit = _kettle(folder)
    assert edit.before
    found = entry_from(replace(EntryForm.of(edit.before), **fields), edit.id, "en", edit.before)
    assert isinstance(found, Fault)
    assert said in found.message


# What is to be considered.


def test_the_checks_of_the_entry_are_made_among_the_others(folder: Path) -> None:
    glossary, edit = _kettle(folder)
    entry = _typed(edit, aliases=("Cup",), related=("pot",), summary="A kettle is a kettle.")
    said = " ".join(fault.message for fault in check_entry(entry, with_entry(glossary, entry)))
    for part in ("the name “Cup” is also", "related “pot” is no entry", "is defined by itself"):
        assert part in said
    assert check_entry(_typed(edit), glossary) == []


# Saving.


def test_what_is_not_touched_stays_in_the_file_as_it_was_written(folder: Path) -> None:
    written = KETTLE.replace("category:", "reviewed_by: the tea room\ncategory:").replace(
        "Steam pushes", "*Steam* pushes"
    )
    write_files(folder, {"en/kettle.md": written})
    glossary, edit = _kettle(folder)
    save(edit, _typed(edit, summary="A vessel for tea."), glossary)
    text = written.replace("A vessel for boiling water.", "A vessel for tea.")
    assert (folder / "en/kettle.md").read_text() == text


def test_a_new_entry_does_not_take_the_place_of_another(folder: Path) -> None:
    glossary = Glossary.read(folder)
    edit = begin_edit(glossary, "", "en")
    with pytest.raises(GlossaryError, match="There is an entry “kettle”"):
        save(edit, _typed(edit, term="Kettle", summary="Another."), glossary)
    write_files(folder, {"en/pan.md": CUP.replace("---\n\n", "id: saucer\n---\n\n")})
    save(edit, _typed(edit, term="Pan", summary="Flat."), glossary)
    assert (folder / "en" / "pan-2.md").is_file()


def test_what_another_has_written_meanwhile_is_not_overwritten(folder: Path) -> None:
    glossary, edit = _kettle(folder)
    entry = _typed(edit, summary="Mine.")
    (folder / "en" / "kettle.md").write_text(KETTLE.replace("boiling", "heating"), "utf-8")
    with pytest.raises(EditConflict, match="changed elsewhere") as met:
        save(edit, entry, glossary)
    theirs = met.value.edit
    assert theirs.before
    assert theirs.before.summary == "A vessel for heating water."
    assert "heating" in (folder / "en" / "kettle.md").read_text("utf-8")
    save(theirs, entry, glossary)  # after looking at both
    found = Glossary.read(folder).get("kettle", "en")
    assert found
    assert found.summary == "Mine."


def test_a_full_disk_leaves_the_file_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    glossary, edit = _kettle(folder)

    def full(path: Path, data: bytes) -> int:
        path.touch()
        raise OSError(28, "No space left on device", str(path), len(data))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        save(edit, _typed(edit, summary="Longer."), glossary)
    assert (folder / "en" / "kettle.md").read_text("utf-8") == KETTLE
    assert sorted(path.name for path in (folder / "en").iterdir()) == ["cup.md", "kettle.md"]


# Deleting, and undoing.


def test_an_entry_is_deleted_and_that_is_undone(folder: Path) -> None:
    glossary, edit = _kettle(folder)
    deleted = delete(edit, glossary)
    assert [e.id for e in Glossary.read(folder).entries] == ["cup"]
    undo(deleted)
    assert (folder / "en" / "kettle.md").read_text("utf-8") == KETTLE


def test_saving_is_undone_to_the_byte_and_that_is_undone_too(folder: Path) -> None:
    glossary, edit = _kettle(folder)
    saved = save(edit, _typed(edit, summary="Mine."), glossary)
    mine = (folder / "en" / "kettle.md").read_bytes()
    undone = undo(saved)
    assert (folder / "en" / "kettle.md").read_text("utf-8") == KETTLE
    undo(undone)
    assert (folder / "en" / "kettle.md").read_bytes() == mine


def test_what_has_changed_since_is_not_undone(folder: Path) -> None:
    glossary, edit = _kettle(folder)
    saved = save(edit, _typed(edit, summary="Mine."), glossary)
    (folder / "en" / "kettle.md").write_text(CUP, "utf-8")
    with pytest.raises(GlossaryError, match="has changed since"):
        undo(saved)
    assert (folder / "en" / "kettle.md").read_text("utf-8") == CUP


def test_a_file_that_cannot_be_read_any_more_is_told(folder: Path) -> None:
    glossary = Glossary.read(folder)
    (folder / "en" / "kettle.md").write_text("---\nterm: [\n---\n", "utf-8")
    with pytest.raises(GlossaryError, match="mend the file"):
        begin_edit(glossary, "kettle", "en")
