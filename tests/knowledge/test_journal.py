"""The journal: what was done to a glossary last is kept, undone and done again."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge import GlossaryError
from knowledge.editing import atomic
from knowledge.editing.atomic import fingerprint
from knowledge.editing.entries import begin_edit, save
from knowledge.editing.journal import Journal, Step, undo_step
from knowledge.glossary import Glossary
from tests.knowledge.conftest import write_files

CUP = "---\nterm: Cup\n---\n\nA vessel to drink from.\n"
NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"en/cup.md": CUP, "en/pan.md": CUP.replace("Cup", "Pan")}
    return write_files(tmp_path / "tea", files)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "data")


def _saved(folder: Path) -> Step:
    glossary = Glossary.read(folder)
    edit = begin_edit(glossary, "cup", "en")
    assert edit.before
    saved = save(edit, replace(edit.before, category="Vessels"), glossary)
    return Step("saved", folder, "Cup", NOW, file=saved, also={"key": "كوب"})


def _imported(folder: Path) -> Step:
    with atomic.replacing(folder) as new:
        write_files(new, {"en/samovar.md": CUP.replace("Cup", "Samovar")})
    return Step("imported", folder, folder.name, NOW, mark=fingerprint(folder), counts=(1, 0, 0))


def test_what_was_kept_last_comes_back_whole(journal: Journal, folder: Path) -> None:
    for step in (_saved(folder), _imported(folder), replace(_imported(folder), former=folder)):
        journal.keep(step)
        assert Journal(journal.data_dir).last(folder) == step


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"kind": "burnt"}', '{"kind": "saved"}', "\udcff"]
)
def test_a_note_that_is_broken_is_none(journal: Journal, folder: Path, text: str) -> None:
    journal.keep(_saved(folder))
    (note,) = (journal.data_dir / "journal").iterdir()
    note.write_bytes(text.encode(errors="surrogateescape"))
    assert journal.last(folder) is None


def test_a_save_is_undone_and_done_again_from_what_was_kept(journal: Journal, folder: Path) -> None:
    file = folder / "en" / "cup.md"
    before = file.read_bytes()
    journal.keep(_saved(folder))
    after = file.read_bytes()
    for there, now in ((after, before), (before, after), (after, before)):
        step = journal.last(folder)
        assert step
        assert file.read_bytes() == there
        journal.keep(undo_step(step))
        assert file.read_bytes() == now
    step = journal.last(folder)
    assert step
    assert step.undone
    assert step.at > NOW


@pytest.mark.parametrize("made", ["saved", "imported"])
def test_what_has_changed_since_is_left_as_it_is(folder: Path, made: str) -> None:
    step = _saved(folder) if made == "saved" else _imported(folder)
    for file in folder.rglob("*.md"):
        file.write_text("More.", "utf-8")
    with pytest.raises(GlossaryError, match="changed since"):
        undo_step(step)
    assert {file.read_text("utf-8") for file in folder.rglob("*.md")} == {"More."}


def test_a_disk_that_refuses_leaves_the_step_before(
    journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = _saved(folder)
    journal.keep(step)

    def refuse(self: Path, *_: object) -> int:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(OSError, match="No space"):
        journal.keep(replace(step, name="Another"))
    monkeypatch.undo()
    assert journal.last(folder) == step
    assert len(list((journal.data_dir / "journal").iterdir())) == 1
