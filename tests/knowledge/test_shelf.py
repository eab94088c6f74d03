"""The shelf: glossaries of one's own, and which is the chosen one."""

from pathlib import Path

import pytest

from knowledge import GlossaryError
from knowledge.editing.library import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "data")


def test_nothing_is_on_it_and_nothing_chosen_at_first(shelf: Shelf) -> None:
    assert (shelf.names(), shelf.chosen()) == ((), None)


def test_a_name_is_free_until_a_glossary_has_it(shelf: Shelf) -> None:
    assert shelf.free("My Tea!") == "my-tea"
    shelf.path("my-tea").mkdir(parents=True)
    (shelf.folder / ".my-tea.before").mkdir()
    assert shelf.free("My Tea!") == "my-tea-2"
    assert shelf.names() == ("my-tea",)
    assert shelf.free("…") == "glossary"


@pytest.mark.parametrize("typed", ["", "…", "../..", "con", "a" * 61])
def test_what_is_no_name_is_refused(shelf: Shelf, typed: str) -> None:
    with pytest.raises(GlossaryError, match="is no name"):
        shelf.checked(typed)


def test_a_name_has_no_path(shelf: Shelf) -> None:
    assert shelf.checked("../مسردي الأول") == "مسردي-الأول"
    assert shelf.path(shelf.checked("/etc/x")).parent == shelf.folder


def test_a_name_that_another_has_is_refused(shelf: Shelf) -> None:
    shelf.path("tea").mkdir(parents=True)
    with pytest.raises(GlossaryError, match="There is a glossary “tea” already"):
        shelf.checked("Tea")


def test_what_is_chosen_is_found_again_as_long_as_it_is_there(shelf: Shelf) -> None:
    tea = shelf.path("tea")
    tea.mkdir(parents=True)
    shelf.choose(tea)
    assert shelf.chosen() == tea
    tea.rmdir()
    assert shelf.chosen() is None
    shelf.choose(None)
    assert shelf.chosen() is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"glossary": 1}', '{"glossary": ""}', "\udcff"])
def test_a_note_that_is_broken_is_no_choice(shelf: Shelf, text: str) -> None:
    shelf.data_dir.mkdir()
    (shelf.data_dir / "glossary.json").write_bytes(text.encode(errors="surrogateescape"))
    assert shelf.chosen() is None
