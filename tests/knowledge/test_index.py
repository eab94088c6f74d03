"""The index: in step with its glossary, whole at every moment."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge import EmbedderError, IndexFailure
from knowledge.search import index as index_module
from knowledge.search.embeddings import Embedder
from knowledge.search.index import FORMAT, Index, Manifest, SyncReport, forget_others, open_index
from knowledge.search.store import Store
from tests.knowledge import syncing
from tests.knowledge.conftest import CountingEmbeddings, not_found, rows_in_chroma, small_glossary

SEA = {
    "tide": "The sea rises and falls.\n\nThe Moon pulls it.",
    "ebb": "The sea falls.",
    "flow": "The sea rises.\n\nBoats come in.\n\nSand is covered.",
}
CHANGED = {**SEA, "flow": "The sea rises.\n\nShips come in.\n\nSand is covered."}
MANY = {f"wave-{n}": f"Wave {n} is {n * 7} feet high." for n in range(80)}


def _open(
    store: Store, texts: Mapping[str, str], embedder: Embedder | None = None
) -> tuple[Index, SyncReport]:
    return open_index(store, small_glossary(texts), embedder or CountingEmbeddings().named())


def _collections(store: Store) -> list[str]:
    return [collection.name for collection in store.connect().list_collections()]


def _half_way(store: Store, texts: Mapping[str, str], after: int) -> None:
    """A sync that fails after so many sentences."""
    with pytest.raises(EmbedderError):
        _open(store, texts, CountingEmbeddings(fails_after=after).named())


@pytest.fixture
def by_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is with a large glossary: Chroma's graph finds the nearest."""
    monkeypatch.setattr(index_module, "EXACT", 0)


def _nearest(index: Index, text: str, count: int) -> list[str]:
    """The ids of the rows that are nearest to a text."""
    vector = CountingEmbeddings().named().query(text)
    return [index.ids[place] for place in index.near(vector, count)]


def test_the_first_sync_embeds_every_sentence(store: Store, counting: CountingEmbeddings) -> None:
    index, report = _open(store, SEA, counting.named())
    assert report == SyncReport(added=3, embedded=6, found="none")
    assert counting.passages == list(small_glossary(SEA).rows.values())
    assert index.ids == tuple(small_glossary(SEA).rows)
    assert not_found(index, small_glossary(SEA)) == []
    assert rows_in_chroma(store, index) == set(small_glossary(SEA).rows)


def test_a_second_sync_embeds_nothing(store: Store, counting: CountingEmbeddings) -> None:
    first, _ = _open(store, SEA)
    second, report = _open(store, SEA, counting.named())
    assert report == SyncReport(unchanged=3, found="current")
    assert counting.passages == counting.queries == []
    assert second.manifest == first.manifest
    assert not_found(second, small_glossary(SEA)) == []


def test_of_a_changed_entry_only_the_changed_sentence_is_embedded(
    store: Store, counting: CountingEmbeddings
) -> None:
    _open(store, SEA)
    index, report = _open(store, CHANGED, counting.named())
    assert report == SyncReport(changed=1, unchanged=2, embedded=1, found="outdated")
    assert counting.passages == ["Flow: Ships come in."]
    assert rows_in_chroma(store, index) == set(small_glossary(CHANGED).rows)
    assert not_found(index, small_glossary(CHANGED)) == []


def test_a_sync_counts_added_changed_removed_and_unchanged_entries(store: Store) -> None:
    _open(store, SEA)
    _, report = _open(store, {"tide": SEA["tide"], "flow": "New.", "surf": "New.", "foam": "New."})
    assert (report.added, report.changed, report.removed, report.unchanged) == (2, 1, 1, 1)


def test_a_rebuild_embeds_everything_anew(store: Store, counting: CountingEmbeddings) -> None:
    _open(store, SEA)
    glossary = small_glossary(SEA)
    index, report = open_index(store, glossary, counting.named(), rebuild=True)
    assert report.embedded == len(counting.passages) == 6
    assert _collections(store) == [index.manifest.collection]
    assert not_found(index, glossary) == []


def test_a_rebuild_that_fails_leaves_the_index_before_in_force(store: Store) -> None:
    before, _ = _open(store, MANY)
    glossary = small_glossary(MANY)
    with pytest.raises(EmbedderError):
        open_index(store, glossary, CountingEmbeddings(fails_after=40).named(), rebuild=True)
    assert not_found(before, glossary) == []
    again, report = _open(store, MANY)
    assert report.found != "damaged"
    assert not_found(again, glossary) == []


def test_its_vectors_are_read_from_chroma_once_and_then_mapped(store: Store) -> None:
    first, _ = _open(store, SEA)
    again, _ = _open(store, SEA)
    assert isinstance(again.vectors, np.memmap)
    assert np.array_equal(first.vectors, again.vectors)
    _open(store, CHANGED)
    assert len(list(store.folder.rglob("*.npy"))) == 1  # those of before are gone


@pytest.mark.parametrize("damage", [b"", b"no array", np.zeros((2, 2)).tobytes()])
def test_a_damaged_copy_of_the_vectors_is_read_anew(store: Store, damage: bytes) -> None:
    _open(store, SEA)
    (copy,) = store.folder.rglob("*.npy")
    copy.write_bytes(damage)
    index, report = _open(store, SEA)
    assert report.found == "current"
    assert not_found(index, small_glossary(SEA)) == []


def test_indexes_by_embedders_that_are_no_longer_used_are_forgotten(store: Store) -> None:
    kept, gone = CountingEmbeddings().named(), CountingEmbeddings().named("tidal-7")
    index, _ = _open(store, SEA, kept)
    _open(store, SEA, gone)
    # As an earlier version left it, or a process that is killed.
    store.connect().create_collection(
        f"{index.manifest.collection.rpartition('-')[0]}-0123456789ab"
    )
    forget_others(store, small_glossary(SEA), [kept])
    assert _collections(store) == [index.manifest.collection]
    (path,) = store.folder.rglob("manifest-*.json")
    assert Manifest.read(path) == index.manifest
    assert len(list(store.folder.rglob("*.npy"))) == 1
    assert _open(store, SEA, kept)[1].found == "current"
    assert _open(store, SEA, gone)[1].embedded == 6


def test_a_lost_collection_is_built_anew_and_said_so(store: Store) -> None:
    index, _ = _open(store, SEA)
    store.connect().delete_collection(index.manifest.collection)
    healed, report = _open(store, SEA)
    assert (report.found, report.embedded, report.unchanged) == ("damaged", 6, 3)
    assert "6 sentences of the index are gone" in report.notes[0]
    assert not_found(healed, small_glossary(SEA)) == []


def test_lost_rows_alone_are_embedded_again(store: Store, counting: CountingEmbeddings) -> None:
    index, _ = _open(store, SEA)
    collection = store.connect().get_collection(index.manifest.collection, embedding_function=None)
    (lost,) = index.manifest.entries["en/ebb"]
    collection.delete(ids=[lost])
    healed, report = _open(store, SEA, counting.named())
    assert (report.found, counting.passages) == ("damaged", ["Ebb: The sea falls."])
    assert not_found(healed, small_glossary(SEA)) == []


def test_a_lost_manifest_costs_no_embedding(store: Store, counting: CountingEmbeddings) -> None:
    _open(store, SEA)
    (path,) = store.folder.rglob("manifest-*.json")
    path.write_text("{")
    index, report = _open(store, SEA, counting.named())
    assert (report.found, counting.passages) == ("interrupted", [])
    assert Manifest.read(path) == index.manifest
    assert not_found(index, small_glossary(SEA)) == []


@pytest.mark.usefixtures("by_chroma")
def test_every_sentence_is_found_by_every_process_that_opens_the_index(tmp_path: Path) -> None:
    embedder = CountingEmbeddings().named()
    old, new = syncing.STATES["old"], syncing.STATES["new"]
    open_index(Store(tmp_path / "data"), old, embedder)
    open_index(Store(tmp_path / "data"), new, embedder)
    for n in range(20):  # Chroma builds the graph of its vectors anew in each process, at random
        store = Store(shutil.copytree(tmp_path / "data", tmp_path / f"copy-{n}"))
        index, report = open_index(store, new, embedder)
        assert report.found == "current"
        assert [row for row, text in new.rows.items() if _nearest(index, text, 1) != [row]] == []


def test_a_sync_that_fails_half_way_leaves_the_index_before_in_force(store: Store) -> None:
    before, _ = _open(store, SEA)
    _half_way(store, MANY, 64)
    (path,) = store.folder.rglob("manifest-*.json")
    assert Manifest.read(path) == before.manifest
    assert not_found(before, small_glossary(SEA)) == []


def test_a_sync_that_failed_is_taken_up_where_it_ended(
    store: Store, counting: CountingEmbeddings
) -> None:
    _open(store, SEA)
    _half_way(store, MANY, 64)
    index, report = _open(store, MANY, counting.named())
    assert (report.found, report.embedded) == ("interrupted", 16)
    assert len(counting.passages) == 16
    assert "cut short" in report.notes[0]
    assert rows_in_chroma(store, index) == set(small_glossary(MANY).rows)
    assert not_found(index, small_glossary(MANY)) == []


def test_rows_that_an_update_left_behind_are_removed_and_not_called_kept(store: Store) -> None:
    index, _ = _open(store, SEA)
    # As a process leaves them that is killed between its manifest and its deletion.
    collection = store.connect().get_collection(index.manifest.collection, embedding_function=None)
    collection.add(ids=["left"], embeddings=CountingEmbeddings().embed_query("left"))
    index, report = _open(store, SEA)
    assert (report.found, report.embedded) == ("interrupted", 0)
    assert "kept" not in report.notes[0]
    assert rows_in_chroma(store, index) == set(small_glossary(SEA).rows)


@pytest.mark.usefixtures("by_chroma")
def test_a_reader_finds_as_much_while_another_index_is_half_made(store: Store) -> None:
    before, _ = _open(store, SEA)
    found = _nearest(before, "wave feet high", 4)
    _half_way(store, MANY, 64)
    assert len(found) == 4
    assert _nearest(before, "wave feet high", 4) == found


@pytest.mark.parametrize("below", ["."])
def test_a_data_folder_that_cannot_be_written_is_a_failure_in_one_sentence(
    tmp_path: Path, below: str
) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(IndexFailure, match=r"^The data folder [^\n]* cannot be written [^\n]*\.$"):
        _open(Store(tmp_path / "file" / below), SEA)


def test_two_processes_at_once_make_one_good_index(store: Store) -> None:
    processes = [syncing.start(store.folder, "new") for _ in range(2)]
    outputs = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    reports = [json.loads(output.splitlines()[-1]) for output in outputs]
    glossary = syncing.STATES["new"]
    assert sorted(report["embedded"] for report in reports) == [0, len(glossary.rows)]
    assert sorted(report["found"] for report in reports) == ["current", "none"]
    index, report = open_index(store, glossary, CountingEmbeddings().named())
    assert report.found == "current"
    assert not_found(index, glossary) == []


def _elsewhere(store: Store, state: str) -> None:
    """A sync by another process."""
    process = syncing.start(store.folder, state)
    process.communicate()
    assert process.returncode == 0


@pytest.mark.usefixtures("by_chroma")
def test_a_reader_goes_on_while_another_process_changes_the_index(store: Store) -> None:
    old, new = syncing.STATES["old"], syncing.STATES["new"]
    reader, _ = open_index(store, old, CountingEmbeddings().named())
    _elsewhere(store, "new")
    stayed = {row: text for row, text in old.rows.items() if row in new.rows}
    assert stayed
    assert [row for row, text in stayed.items() if _nearest(reader, text, 1) != [row]] == []
    assert set(_nearest(reader, "wave", 999)) <= set(old.rows)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"[]",
        b'{"entries": {}}',
        b'{"entries": [], "format": 1}',
        b'{"embedder',
    ],
)
def test_a_damaged_manifest_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "manifest-0a1b.json"
    path.write_bytes(content)
    assert Manifest.read(path) is None


def test_a_manifest_is_put_in_force_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "tides" / "manifest-0a1b.json"
    manifest = Manifest("counting", 64, "masrad-tides", {"en/tide": ("a1", "a2")}, "2026-03-01")
    path.parent.mkdir()
    path.with_suffix(".new").write_text('{"embedder": "coun')  # of a process that was killed
    manifest.write(path)
    assert Manifest.read(path) == manifest
    assert list(path.parent.iterdir()) == [path]
    replace(manifest, format=FORMAT + 1).write(path)
    assert Manifest.read(path) is None
