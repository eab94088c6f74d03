"""Importing: files that somebody hands in become a glossary of the project's own format."""

from pathlib import Path

import pytest

from knowledge import GlossaryError
from knowledge.editing.importing import Uploads, is_native, plan
from knowledge.editing.library import Library
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
    paths = ["en/kettle.md", "ar/kettle.md", "en/cup.md"]
    assert [change.path.as_posix() for change in made.changes] == paths
    assert _imported(source, dest) == {entry.key: entry for entry in source.entries}
    assert is_native(Glossary.read(dest))
    assert not is_native(source)


def test_what_has_changed_is_brought_up_to_date(tmp_path: Path, dest: Path) -> None:
    _imported(_source(tmp_path, *ROWS.values()), dest)
    better = ROWS["cup"].replace("to drink from", "to drink tea from")
    source = _source(tmp_path, ROWS["kettle"], better)
    made = plan(source, dest)
    states = {change.entry.id: change.state for change in made.changes}
    assert states == {"cup": "changed", "kettle": "unchanged"}
    assert [entry.key for entry in made.kept] == ["ar/kettle"]
    held = _imported(source, dest)
    assert held["en/cup"].summary == "A cup is a vessel to drink tea from."
    assert "ar/kettle" in held


def test_a_term_keeps_its_id_its_file_and_what_the_format_does_not_know(
    tmp_path: Path, dest: Path
) -> None:
    text = "---\nreviewed_by: us  # yearly\nterm: Kettle\n---\n\n{}.\n\n## Care\n\n*Wipe*.\n"
    write_files(dest, {"en/the-kettle.md": text.format("Old"), "en/cup.md": text.format("Old")})
    rows = (ROWS[key].replace(",kettle\n", ",k1\n") for key in ("kettle", "kettle-ar"))
    saucer = "---\nterm: Saucer\nid: saucer\n---\n\nUnder a cup.\n"
    write_files(dest, {"en/cup.md": saucer})
    held = _imported(_source(tmp_path, *rows, ROWS["cup"]), dest)
    assert {key: entry.origin for key, entry in held.items()} == {
        "en/the-kettle": "en/the-kettle.md",
        "ar/the-kettle": "ar/the-kettle.md",
        "en/saucer": "en/cup.md",  # another id has the file: it is not overwritten
        "en/cup": "en/cup-2.md",
    }
    written = (dest / "en/the-kettle.md").read_text("utf-8")
    text = text.replace("*Wipe*", "Wipe")  # what is imported is plain text
    assert written == text.format("A kettle is a vessel for boiling water")
    assert (dest / "en/cup.md").read_text("utf-8") == saucer


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
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "cup.md":
            raise OSError(28, "No space left on device")
        return write(path, data)

    source = _source(tmp_path, *ROWS.values())
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        plan(source, dest).carry_out()
    monkeypatch.undo()
    assert [entry.key for entry in Glossary.read(dest).entries] == ["en/kettle"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [".dest.lock", "dest", "s"]


# Files that are handed in


@pytest.mark.parametrize(
    ("name", "safe"), [("../../.tea.csv", "tea.csv"), ("a" * 300 + ".md", "a" * 80 + ".md")]
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert Uploads().add(name, b"") == safe


def test_what_is_in_all_files_is_one_glossary() -> None:
    uploads = Uploads()
    uploads.add("a.csv", b"term,definition,id\nKettle,A vessel.,k\n")
    uploads.add("b.md", "---\nterm: غلاية\nid: k\n---\n\nوعاء لغلي الماء.\n".encode())
    assert {entry.key for entry in uploads.read().entries} == {"en/k", "ar/k"}


# The library: glossaries of one's own, and which is the chosen one


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


def test_a_name_is_free_until_a_glossary_has_it(library: Library) -> None:
    assert library.free_name("My Tea!") == "my-tea"
    library.path("my-tea").mkdir(parents=True)
    (library.folder / ".my-tea.before").mkdir()
    assert library.free_name("My Tea!") == "my-tea-2"
    assert library.names() == ("my-tea",)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("", "glossary"), ("../..", "glossary"), ("con", "con-1"), ("a" * 61, "a" * 60),
     ("../مسردي الأول", "مسردي-الأول"), ("/etc/x", "etc-x")],
)  # fmt: skip
def test_whatever_is_typed_becomes_a_name_without_a_path(
    library: Library, typed: str, name: str
) -> None:
    assert library.free_name(typed) == name
    assert library.path(name).parent == library.folder


def test_what_is_chosen_is_found_again_as_long_as_it_is_there(library: Library) -> None:
    tea = library.path("tea")
    tea.mkdir(parents=True)
    library.choose(tea)
    assert library.chosen() == tea
    for broken in (b"", b"[]", b'{"glossary": 1}', b"\xff"):
        (library.data_dir / "glossary.json").write_bytes(broken)
        assert library.chosen() is None
    library.choose(tea)
    tea.rmdir()
    assert library.chosen() is None


def test_what_is_put_in_its_place_is_put_back_if_it_fails(library: Library) -> None:
    write_files(library.path("tea"), {"cup.md": "Cup"})
    before = library.files()
    with pytest.raises(KeyError), library.replacing({"glossaries/coffee/pot.md": b"Pot"}):
        raise KeyError
    assert library.files() == before
    with library.replacing({"glossaries/coffee/pot.md": b"Pot"}):
        pass
    assert library.files() == {"glossaries/coffee/pot.md": b"Pot"}
