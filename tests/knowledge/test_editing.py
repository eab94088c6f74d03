"""Editing an entry: checked as it is typed, saved whole or not at all, and undone."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import GlossaryError
from knowledge.editing import atomic, native
from knowledge.editing.atomic import fingerprint
from knowledge.editing.entries import Edit, EditConflict, begin_edit, delete, save, undo
from knowledge.editing.form import EntryForm, entry_from
from knowledge.editing.journal import Journal, Step, undo_step
from knowledge.editing.native import revised
from knowledge.entry import Entry
from knowledge.formats import markdown
from knowledge.glossary import Glossary
from tests.knowledge.conftest import entries_of, only_entry, write_files
from tests.knowledge.test_native import entries

KETTLE = """---
# Who looks after this: the tea room.
term: Kettle
reviewed_by: the tea room   # once a year
aliases: [tea kettle, "pot"]
related: [cup]
level:
  class: 7

# Filed under vessels.
category: Vessels
---

<!-- The short one is read aloud. -->

A *kettle* is a [vessel](https://e.example/vessel) for boiling **water**.

It has:

- a spout,
- a `handle`.

[1]: https://e.example/one

## How it works ##

Steam pushes the *lid*, as [others][1] say.

![A kettle](kettle.png)

Example
-------

The kettle sings.
"""
CUP = "---\nterm: Cup\n---\n\nA vessel to drink from.\n\n## Example\n\nA cup of tea.\n"
PATH = PurePath("en/kettle.md")
NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "tea", {"en/kettle.md": KETTLE, "en/cup.md": CUP})


@pytest.fixture
def file(folder: Path) -> Path:
    """The file of the kettle."""
    return folder / PATH


def _typed(edit: Edit, **fields: Any) -> Entry:
    found = entry_from(replace(EntryForm.of(edit), **fields), edit)
    assert isinstance(found, Entry), found
    return found


def _kettle(folder: Path) -> tuple[Glossary, Edit]:
    glossary = Glossary.read(folder)
    return glossary, begin_edit(glossary, "kettle", "en")


# What is typed


def test_what_is_not_touched_stays_and_new_sections_stand_last(folder: Path) -> None:
    glossary, edit = _kettle(folder)
    assert _typed(edit) == glossary.get("kettle", "en")
    below = EntryForm.of(edit).text
    entry = _typed(edit, text=f"{below}\n\n## Origin\n\nFrom afar.\n\n\nLong ago.")
    assert [s.name for s in entry.sections] == ["summary", "body", "how", "example", "origin"]
    assert entry.text("origin") == "From afar.\n\nLong ago."


# What the entry does not change stays in the file as it was written


def _entry(text: str = KETTLE) -> Entry:
    return only_entry(entries_of(markdown.read(text, PATH)))


def test_only_what_changes_is_written_anew(folder: Path, file: Path) -> None:
    entry = _entry()
    assert revised(KETTLE.encode(), entry, PATH) == KETTLE
    filed = revised(KETTLE.encode(), replace(entry, category="Kitchen"), PATH)
    assert filed.partition("\n---\n")[2] == KETTLE.partition("\n---\n")[2]
    assert "reviewed_by: the tea room\nlevel:\n  class: 7\n---" in filed
    assert _entry(filed) == replace(entry, category="Kitchen")
    glossary, edit = _kettle(folder)
    form = EntryForm.of(edit)
    assert form.summary == "<!-- The short one is read aloud. -->"
    form = replace(form, text=form.text.replace("The kettle sings.", "It *whistles*."))
    whistling = entry_from(form, edit)
    assert isinstance(whistling, Entry)
    save(edit, whistling, glossary, form.body)
    assert file.read_text("utf-8") == KETTLE.replace("The kettle sings.", "It *whistles*.")


def test_front_matter_that_is_written_anew_keeps_the_fields_that_nobody_knows() -> None:
    text = "---\n{term: Kettle, reviewed_by: the tea room}\n---\n\nA *kettle* is a vessel.\n"
    assert revised(text.encode(), replace(_entry(text), category="Vessels"), PATH) == (
        "---\nterm: Kettle\ncategory: Vessels\nreviewed_by: the tea room\n---\n\n"
        "A *kettle* is a vessel.\n"
    )


@settings(max_examples=50, deadline=None)
@given(
    before=entries(),
    after=entries(),
    further=st.dictionaries(st.sampled_from("xyz"), st.text("ab:# ")),
)
def test_whatever_stood_there_the_file_says_what_the_entry_says(
    before: Entry, after: Entry, further: dict[str, str]
) -> None:
    path = native.place(before)
    after = replace(after, id=before.id, language=before.language)
    text = revised(native.write(before, path, further).encode(), after, path)
    found = list(markdown.read(text, path))
    assert found[-1] == after
    assert len(found) == 1 + len(further)  # each is noticed, and so is there


# Saving


def test_a_new_entry_does_not_take_the_place_of_another(folder: Path) -> None:
    glossary = Glossary.read(folder)
    edit = begin_edit(glossary, "", "en")
    with pytest.raises(GlossaryError, match="There is an entry “kettle”"):
        save(edit, _typed(edit, term="Kettle", summary="Another."), glossary)
    write_files(folder, {"en/pan.md": CUP.replace("---\n\n", "id: saucer\n---\n\n")})
    save(edit, _typed(edit, term="Pan", summary="Flat."), glossary)
    assert (folder / "en" / "pan-2.md").is_file()


def test_what_another_has_written_meanwhile_is_not_overwritten(folder: Path, file: Path) -> None:
    glossary, edit = _kettle(folder)
    entry = _typed(edit, summary="Mine.")
    file.write_text(KETTLE.replace("boiling", "heating"), "utf-8")
    with pytest.raises(EditConflict, match="changed elsewhere") as met:
        save(edit, entry, glossary)
    theirs = met.value.edit
    assert theirs.before
    assert theirs.before.summary == "A kettle is a vessel for heating water."
    assert "heating" in file.read_text("utf-8")
    save(theirs, entry, glossary)  # after looking at both
    assert _kettle(folder)[1].before == entry


def test_a_full_disk_leaves_the_file_and_the_step_before_as_they_were(
    folder: Path, file: Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = Step("saved", folder, "Kettle", NOW)
    journal.keep(step)
    glossary, edit = _kettle(folder)

    def full(path: Path, data: bytes) -> int:
        path.touch()
        raise OSError(28, "No space left on device", str(path), len(data))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        save(edit, _typed(edit, summary="Longer."), glossary)
    with pytest.raises(OSError, match="No space"):
        journal.keep(replace(step, name="Another"))
    assert file.read_text("utf-8") == KETTLE
    assert journal.last(folder) == step
    for beside, count in ((file, 2), (next((journal.data_dir / "journal").iterdir()), 1)):
        assert len(list(beside.parent.iterdir())) == count


# Undoing, by the journal of what was done last


def test_an_entry_is_deleted_and_that_is_undone(folder: Path, file: Path) -> None:
    glossary, edit = _kettle(folder)
    deleted = delete(edit, glossary)
    assert [e.id for e in Glossary.read(folder).entries] == ["cup"]
    undo(deleted, folder)
    assert file.read_text("utf-8") == KETTLE


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "data")


def _saved(folder: Path) -> Step:
    glossary, edit = _kettle(folder)
    saved = save(edit, _typed(edit, category="Tools"), glossary)
    return Step("saved", folder, "Kettle", NOW, file=saved)


def _imported(folder: Path) -> Step:
    with atomic.replacing(folder) as new:
        write_files(new, {"en/samovar.md": CUP.replace("Cup", "Samovar")})
    return Step("imported", folder, folder.name, NOW, mark=fingerprint(folder))


def test_what_was_done_last_is_kept_whole_and_a_broken_note_is_none(
    journal: Journal, folder: Path
) -> None:
    for step in (_saved(folder), _imported(folder), replace(_imported(folder), former=folder)):
        journal.keep(step)
        assert Journal(journal.data_dir).last(folder) == step
    (note,) = (journal.data_dir / "journal").iterdir()
    for broken in (b"", b"[]", b'{"kind": "burnt"}', b'{"kind": "saved"}', b"\xff"):
        note.write_bytes(broken)
        assert journal.last(folder) is None


def test_a_save_is_undone_to_the_byte(folder: Path, file: Path) -> None:
    before = file.read_bytes()
    step = _saved(folder)
    assert file.read_bytes() != before
    undo_step(step)
    assert file.read_bytes() == before


@pytest.mark.parametrize("make", [_saved, _imported])
def test_what_has_changed_since_is_left_as_it_is(folder: Path, make: Any) -> None:
    step = make(folder)
    for file in folder.rglob("*.md"):
        file.write_text("More.", "utf-8")
    with pytest.raises(GlossaryError, match="changed since"):
        undo_step(step)
    assert {file.read_text("utf-8") for file in folder.rglob("*.md")} == {"More."}
