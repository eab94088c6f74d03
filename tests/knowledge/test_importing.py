"""Importing: any glossary becomes files of the project's own format, and is brought up to date."""

from pathlib import Path

import pytest

from knowledge import GlossaryError
from knowledge.editing.importing import is_native, plan
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from tests.knowledge.conftest import write_files

HEAD = "term,definition,language,id\n"
ROWS = {
    "kettle": "Kettle,A kettle is a vessel for boiling water.,en,kettle\n",
    "kettle-ar": "الغلاية,الغلاية وعاء لغلي الماء.,ar,kettle\n",
    "cup": "Cup,A cup is a vessel to drink from.,en,cup\n",
}


def _source(folder: Path, *rows: str) -> Glossary:
    return Glossary.read(write_files(folder, {"s/tea.csv": HEAD + "".join(rows)}) / "s")


def _imported(source: Glossary, dest: Path) -> dict[str, Entry]:
    plan(source, dest).carry_out()
    return {entry.key: entry for entry in Glossary.read(dest).entries}


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    return tmp_path / "dest"


def test_each_entry_becomes_a_file_in_the_folder_of_its_language(
    tmp_path: Path, dest: Path
) -> None:
    source = _source(tmp_path, *ROWS.values())
    made = plan(source, dest)
    assert not dest.exists()  # it is a plan
    assert [change.path.as_posix() for change in made.added] == [
        "en/kettle.md", "ar/kettle.md", "en/cup.md",
    ]  # fmt: skip
    assert _imported(source, dest) == {entry.key: entry for entry in source.entries}
    assert is_native(Glossary.read(dest))
    assert not is_native(source)


def test_what_has_changed_is_brought_up_to_date(tmp_path: Path, dest: Path) -> None:
    _imported(_source(tmp_path, *ROWS.values()), dest)
    better = ROWS["cup"].replace("to drink from", "to drink tea from")
    source = _source(tmp_path, ROWS["kettle"], better)
    made = plan(source, dest)
    assert [change.entry.id for change in made.changed] == ["cup"]
    assert made.changed[0].before is not None
    assert [entry.key for entry in made.kept] == ["ar/kettle"]
    held = _imported(source, dest)
    assert held["en/cup"].summary == "A cup is a vessel to drink tea from."
    assert "ar/kettle" in held


def test_a_term_keeps_its_id_and_its_file(tmp_path: Path, dest: Path) -> None:
    text = "---\nterm: Kettle\n---\n\nA vessel for water.\n"
    write_files(dest, {"en/the-kettle.md": text, "en/x/pot.md": text.replace("Kettle", "Pot")})
    source = _source(
        tmp_path, ROWS["kettle"].replace(",kettle\n", ",k1\n"),
        ROWS["kettle-ar"].replace(",kettle\n", ",k1\n"),
    )  # fmt: skip
    held = _imported(source, dest)
    assert set(held) == {"en/the-kettle", "ar/the-kettle", "en/pot"}
    assert held["en/the-kettle"].origin == "en/the-kettle.md"
    assert held["en/the-kettle"].summary == "A kettle is a vessel for boiling water."


def test_what_the_format_does_not_know_stays_in_the_file(tmp_path: Path, dest: Path) -> None:
    text = (
        "---\nreviewed_by: the tea room  # yearly\nterm: Kettle\n---\n\n{}.\n\n## Care\n\n*Wipe*.\n"
    )
    write_files(dest, {"en/kettle.md": text.format("Old")})
    _imported(_source(tmp_path, ROWS["kettle"]), dest)
    said = "A kettle is a vessel for boiling water"
    assert (dest / "en/kettle.md").read_text() == text.format(said)


def test_a_file_that_another_id_has_is_not_overwritten(tmp_path: Path, dest: Path) -> None:
    write_files(dest, {"en/cup.md": "---\nterm: Saucer\nid: saucer\n---\n\nUnder a cup.\n"})
    held = _imported(_source(tmp_path, ROWS["cup"]), dest)
    assert {key: entry.origin for key, entry in held.items()} == {
        "en/saucer": "en/cup.md",
        "en/cup": "en/cup-2.md",
    }


def test_a_plan_for_what_has_changed_since_is_refused(tmp_path: Path, dest: Path) -> None:
    _imported(_source(tmp_path, ROWS["kettle"]), dest)
    made = plan(_source(tmp_path, *ROWS.values()), dest)
    file = dest / "en" / "kettle.md"
    file.write_text(file.read_text("utf-8") + "More.\n", "utf-8")
    with pytest.raises(GlossaryError, match="changed since"):
        made.carry_out()
    assert [path.name for path in (dest / "en").iterdir()] == ["kettle.md"]


def test_a_full_disk_leaves_the_folder_as_it_was(
    tmp_path: Path, dest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _imported(_source(tmp_path, ROWS["kettle"]), dest)
    write = Path.write_text

    def full(path: Path, text: str, *rest: object, **named: object) -> int:
        if path.name == "cup.md":
            raise OSError(28, "No space left on device")
        return write(path, text, *rest, **named)  # type: ignore[arg-type]

    source = _source(tmp_path, *ROWS.values())
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        plan(source, dest).carry_out()
    monkeypatch.undo()
    assert [entry.key for entry in Glossary.read(dest).entries] == ["en/kettle"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [".dest.lock", "dest", "s"]
