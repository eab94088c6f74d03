"""The library: glossaries of one's own, and which is the chosen one."""

import shutil
from pathlib import Path

import pytest

from knowledge import GlossaryError
from knowledge.editing.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


def test_a_name_is_free_until_a_glossary_has_it(library: Library) -> None:
    assert library.free_name("My Tea!") == "my-tea"
    library.path("my-tea").mkdir(parents=True)
    (library.folder / ".my-tea.before").mkdir()
    assert library.free_name("My Tea!") == "my-tea-2"
    assert library.names() == ("my-tea",)
    assert library.free_name("…") == "glossary"


@pytest.mark.parametrize("typed", ["", "…", "../..", "con", "a" * 61])
def test_what_is_no_name_is_refused(library: Library, typed: str) -> None:
    with pytest.raises(GlossaryError, match="is no name"):
        library.checked_name(typed)


def test_a_name_has_no_path(library: Library) -> None:
    assert library.checked_name("../مسردي الأول") == "مسردي-الأول"
    assert library.path(library.checked_name("/etc/x")).parent == library.folder


def test_what_is_chosen_is_found_again_as_long_as_it_is_there(library: Library) -> None:
    tea = library.path("tea")
    tea.mkdir(parents=True)
    library.choose(tea)
    assert library.chosen() == tea
    tea.rmdir()
    assert library.chosen() is None
    library.choose(None)
    assert library.chosen() is None


def test_a_copy_of_the_folder_has_its_own_glossary_chosen(library: Library, tmp_path: Path) -> None:
    library.path("tea").mkdir(parents=True)
    library.choose(library.path("tea"))
    copy = Library(shutil.copytree(library.data_dir, tmp_path / "copy"))
    assert copy.chosen() == copy.path("tea")


def test_what_is_put_in_its_place_is_put_back_if_it_fails(library: Library) -> None:
    library.path("tea").mkdir(parents=True)
    (library.path("tea") / "cup.md").write_text("Cup")
    before = library.files()
    with pytest.raises(KeyError), library.replacing({"glossaries/coffee/pot.md": b"Pot"}):
        raise KeyError
    assert library.files() == before
    with library.replacing({"glossaries/coffee/pot.md": b"Pot"}):
        pass
    assert library.files() == {"glossaries/coffee/pot.md": b"Pot"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"glossary": 1}', '{"glossary": ""}', "\udcff"])
def test_a_note_that_is_broken_is_no_choice(library: Library, text: str) -> None:
    library.data_dir.mkdir()
    (library.data_dir / "glossary.json").write_bytes(text.encode(errors="surrogateescape"))
    assert library.chosen() is None
