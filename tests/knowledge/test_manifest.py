"""The manifest: which rows make up the index."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.search.index import FORMAT, Manifest

MANIFEST = Manifest(
    embedder="counting",
    dimension=64,
    collection="masrad-tides",
    entries={"en/tide": ("a1", "a2"), "ar/المد": ("b1",), "en/ebb": ()},
    synced_at="2026-03-01T12:00:00+00:00",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "indexes" / "tides" / "manifest-0a1b.json"


def test_what_is_written_is_read_again(path: Path) -> None:
    MANIFEST.write(path)
    assert Manifest.read(path) == MANIFEST


def test_its_rows_are_those_of_all_entries() -> None:
    assert MANIFEST.rows == {"a1", "a2", "b1"}


def test_a_new_one_takes_the_place_of_the_old_and_leaves_nothing_beside_it(path: Path) -> None:
    MANIFEST.write(path)
    later = replace(MANIFEST, entries={})
    later.write(path)
    assert Manifest.read(path) == later
    assert list(path.parent.iterdir()) == [path]


def test_one_that_cannot_be_written_leaves_the_old_in_force(path: Path) -> None:
    MANIFEST.write(path)
    unwritable = replace(MANIFEST, entries={"en/tide": object()})  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        unwritable.write(path)
    assert Manifest.read(path) == MANIFEST


def test_a_half_written_one_left_behind_is_no_obstacle(path: Path) -> None:
    MANIFEST.write(path)
    path.with_suffix(".new").write_text('{"embedder": "coun')
    assert Manifest.read(path) == MANIFEST
    MANIFEST.write(path)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"[]",
        b"{}",
        b'{"entries": {}}',
        b'{"entries": [], "format": 1}',
        b'{"embedder": "counting", "entr',
    ],
)
def test_a_damaged_one_is_none(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert Manifest.read(path) is None


def test_a_missing_one_is_none(path: Path) -> None:
    assert Manifest.read(path) is None


def test_one_of_another_format_is_none(path: Path) -> None:
    replace(MANIFEST, format=FORMAT + 1).write(path)
    assert Manifest.read(path) is None
