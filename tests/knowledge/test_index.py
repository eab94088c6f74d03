"""The index: in step with its glossary, whole at every moment."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import EmbedderError, IndexFailure
from knowledge.embeddings import Embedder
from knowledge.index import Index, SyncReport, open_index
from knowledge.manifest import Manifest
from knowledge.store import Store
from tests.knowledge import syncing
from tests.knowledge.conftest import (
    CountingEmbeddings,
    not_found,
    rows_in_chroma,
    small_glossary,
)

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
    """A sync that fails after so many passages."""
    with pytest.raises(EmbedderError):
        _open(store, texts, CountingEmbeddings(fails_after=after).named())


def test_the_first_sync_embeds_every_passage(store: Store, counting: CountingEmbeddings) -> None:
    index, report = _open(store, SEA, counting.named())
    assert report == SyncReport(added=3, embedded=6, found="none")
    assert counting.passages == [p.embedded for p in small_glossary(SEA).passages.values()]
    assert not_found(index, small_glossary(SEA)) == []
    assert rows_in_chroma(store, index) == set(small_glossary(SEA).passages)


def test_a_second_sync_embeds_nothing(store: Store, counting: CountingEmbeddings) -> None:
    first, _ = _open(store, SEA)
    second, report = _open(store, SEA, counting.named())
    assert report == SyncReport(unchanged=3, found="current")
    assert counting.passages == counting.queries == []
    assert second.manifest == first.manifest
    assert not_found(second, small_glossary(SEA)) == []


def test_of_a_changed_entry_only_the_changed_passage_is_embedded(
    store: Store, counting: CountingEmbeddings
) -> None:
    _open(store, SEA)
    index, report = _open(store, CHANGED, counting.named())
    assert report == SyncReport(changed=1, unchanged=2, embedded=1, found="outdated")
    assert counting.passages == ["Flow: Ships come in."]
    assert rows_in_chroma(store, index) == set(small_glossary(CHANGED).passages)


def test_a_removed_entry_is_removed_from_chroma(store: Store, counting: CountingEmbeddings) -> None:
    _open(store, SEA)
    texts = {name: text for name, text in SEA.items() if name != "flow"}
    index, report = _open(store, texts, counting.named())
    assert report == SyncReport(removed=1, unchanged=2, found="outdated")
    assert counting.passages == []
    assert rows_in_chroma(store, index) == set(small_glossary(texts).passages)


def test_a_sync_counts_added_changed_removed_and_unchanged_entries(store: Store) -> None:
    _open(store, SEA)
    _, report = _open(store, {"tide": SEA["tide"], "flow": "New.", "surf": "New.", "foam": "New."})
    assert (report.added, report.changed, report.removed, report.unchanged) == (2, 1, 1, 1)


def test_a_changed_index_is_the_index_that_is_built_afresh(tmp_path: Path) -> None:
    _open(Store(tmp_path / "changed"), MANY)
    changed, _ = _open(Store(tmp_path / "changed"), CHANGED)
    fresh, _ = _open(Store(tmp_path / "fresh"), CHANGED)
    vector = CountingEmbeddings().named().query("boats")
    assert dict(changed.search(vector, 9)) == pytest.approx(dict(fresh.search(vector, 9)))
    assert changed.manifest.entries == fresh.manifest.entries
    within, again = changed.manifest.levels.within, fresh.manifest.levels.within
    assert within.keys() == again.keys()
    assert all(within[tag] == pytest.approx(again[tag]) for tag in within)


def test_progress_counts_up_to_all_passages_that_are_missing(store: Store) -> None:
    steps: list[tuple[int, int]] = []
    embedder = CountingEmbeddings().named()
    open_index(store, small_glossary(MANY), embedder, lambda *step: steps.append(step))
    assert steps == sorted(set(steps))
    assert len(steps) > 1
    assert steps[-1] == (80, 80)
    assert {total for _, total in steps} == {80}


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


def test_hits_are_the_nearest_first_with_their_cosines(store: Store) -> None:
    index, _ = _open(store, SEA)
    embedder = CountingEmbeddings().named()
    question = embedder.query("boats come in")
    hits = index.search(question, 99)
    passages = small_glossary(SEA).passages
    assert {row for row, _ in hits} == set(passages)
    assert [cosine for _, cosine in hits] == sorted((c for _, c in hits), reverse=True)
    for row, cosine in hits:
        vector = embedder.passages([passages[row].embedded])[0]
        assert cosine == pytest.approx(
            sum(a * b for a, b in zip(question, vector, strict=True)), abs=1e-5
        )
        assert -1.0 <= cosine <= 1.0
    assert index.search(question, 2) == hits[:2]


def test_another_embedder_builds_another_index_and_says_so(
    store: Store, counting: CountingEmbeddings
) -> None:
    first, _ = _open(store, SEA)
    index, report = _open(store, SEA, counting.named("tidal-7"))
    assert (report.found, report.embedded, report.unchanged) == ("another embedder", 6, 3)
    (note,) = report.notes
    assert "counting" in note
    assert "tidal-7" in note
    assert index.manifest.collection != first.manifest.collection
    assert _collections(store) == [index.manifest.collection]
    assert _open(store, SEA, counting.named("tidal-7"))[1].found == "current"


def test_another_dimension_is_another_embedder(store: Store) -> None:
    class Wider(CountingEmbeddings):
        @staticmethod
        def _vector(text: str) -> list[float]:
            return [*CountingEmbeddings._vector(text), 0.0]

    _open(store, SEA)
    wider = replace(Wider().named(), dimension=65)
    assert _open(store, SEA, wider)[1].found == "another embedder"


def test_another_embedder_that_fails_leaves_the_index_before_in_force(store: Store) -> None:
    before, _ = _open(store, MANY)
    with pytest.raises(EmbedderError):
        _open(store, MANY, CountingEmbeddings(fails_after=40).named("tidal-7"))
    assert not_found(before, small_glossary(MANY)) == []
    again, report = _open(store, MANY)
    assert (report.found, report.embedded) == ("current", 0)
    assert not_found(again, small_glossary(MANY)) == []


def test_a_collection_that_no_manifest_names_does_not_stay(store: Store) -> None:
    index, _ = _open(store, SEA)
    # As a process leaves it that is killed between its manifest and its last deletion.
    store.connect().create_collection(
        f"{index.manifest.collection.rpartition('-')[0]}-0123456789ab"
    )
    assert _open(store, SEA)[1].found == "current"
    assert _collections(store) == [index.manifest.collection]


def test_glossaries_at_two_paths_have_an_index_each(store: Store) -> None:
    embedder = CountingEmbeddings().named()
    sea = small_glossary(SEA, "/glossaries/sea")
    shore = small_glossary({"sand": "Sand is fine."}, "/glossaries/shore")
    first, _ = open_index(store, sea, embedder)
    second, _ = open_index(store, shore, embedder)
    assert len(_collections(store)) == 2
    assert open_index(store, sea, embedder)[1].found == "current"
    assert not_found(first, sea) == []
    assert not_found(second, shore) == []


def test_a_lost_collection_is_built_anew_and_said_so(store: Store) -> None:
    index, _ = _open(store, SEA)
    store.connect().delete_collection(index.manifest.collection)
    healed, report = _open(store, SEA)
    assert (report.found, report.embedded, report.unchanged) == ("damaged", 6, 3)
    assert "6 passages of the index are gone" in report.notes[0]
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
    (path,) = store.folder.rglob("manifest.json")
    path.write_text("{")
    index, report = _open(store, SEA, counting.named())
    assert (report.found, counting.passages) == ("interrupted", [])
    assert Manifest.read(path) == index.manifest
    assert not_found(index, small_glossary(SEA)) == []


def test_a_deleted_database_is_made_anew(tmp_path: Path) -> None:
    _open(Store(tmp_path / "before"), SEA)
    store = Store(shutil.copytree(tmp_path / "before", tmp_path / "after"))
    shutil.rmtree(store.folder / "chroma")
    index, report = _open(store, SEA)
    assert (report.found, report.embedded, report.unchanged) == ("damaged", 6, 3)
    assert not_found(index, small_glossary(SEA)) == []


def test_every_passage_is_found_by_every_process_that_opens_the_index(tmp_path: Path) -> None:
    embedder = CountingEmbeddings().named()
    old, new = syncing.STATES["old"], syncing.STATES["new"]
    open_index(Store(tmp_path / "data"), old, embedder)
    open_index(Store(tmp_path / "data"), new, embedder)
    for n in range(20):  # Chroma builds the graph of its vectors anew in each process, at random
        store = Store(shutil.copytree(tmp_path / "data", tmp_path / f"copy-{n}"))
        index, report = open_index(store, new, embedder)
        assert report.found == "current"
        assert not_found(index, new) == []


def test_an_index_that_is_lost_while_open_says_what_to_do(store: Store) -> None:
    index, _ = _open(store, SEA)
    store.connect().delete_collection(index.manifest.collection)
    with pytest.raises(IndexFailure, match=r"^[^\n]*start again[^\n]*\.$"):
        index.search(CountingEmbeddings().named().query("boats"), 1)


def test_a_sync_that_fails_half_way_leaves_the_index_before_in_force(store: Store) -> None:
    before, _ = _open(store, SEA)
    _half_way(store, MANY, 64)
    (path,) = store.folder.rglob("manifest.json")
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
    assert rows_in_chroma(store, index) == set(small_glossary(MANY).passages)
    assert not_found(index, small_glossary(MANY)) == []


def test_a_first_sync_that_failed_is_taken_up_too(store: Store) -> None:
    _half_way(store, MANY, 64)
    index, report = _open(store, MANY)
    assert (report.found, report.added, report.embedded) == ("interrupted", 80, 16)
    assert "there was no index" in report.notes[0]
    assert not_found(index, small_glossary(MANY)) == []


def test_rows_that_an_update_left_behind_are_removed_and_not_called_kept(store: Store) -> None:
    index, _ = _open(store, SEA)
    # As a process leaves them that is killed between its manifest and its deletion.
    collection = store.connect().get_collection(index.manifest.collection, embedding_function=None)
    collection.add(ids=["left"], embeddings=CountingEmbeddings().embed_query("left"))
    index, report = _open(store, SEA)
    assert (report.found, report.embedded) == ("interrupted", 0)
    assert "kept" not in report.notes[0]
    assert rows_in_chroma(store, index) == set(small_glossary(SEA).passages)


def test_a_reader_finds_as_much_while_another_index_is_half_made(store: Store) -> None:
    before, _ = _open(store, SEA)
    question = CountingEmbeddings().named().query("wave feet high")
    hits = before.search(question, 4)
    _half_way(store, MANY, 64)
    assert len(hits) == 4
    assert before.search(question, 4) == hits


@pytest.mark.parametrize("below", [".", "data"])
def test_a_data_folder_that_cannot_be_written_is_a_failure_in_one_sentence(
    tmp_path: Path, below: str
) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(IndexFailure, match=r"^The data folder [^\n]* cannot be written [^\n]*\.$"):
        _open(Store(tmp_path / "file" / below), SEA)


def test_a_manifest_that_cannot_be_written_is_a_failure_in_one_sentence(store: Store) -> None:
    store.folder.mkdir()
    (store.folder / "indexes").write_text("no folder")
    with pytest.raises(IndexFailure, match=r"^The data folder [^\n]* cannot be written [^\n]*\.$"):
        _open(store, SEA)


def test_two_processes_at_once_make_one_good_index(store: Store) -> None:
    processes = [syncing.start(store.folder, "new") for _ in range(2)]
    outputs = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    reports = [json.loads(output.splitlines()[-1]) for output in outputs]
    glossary = syncing.STATES["new"]
    assert sorted(report["embedded"] for report in reports) == [0, len(glossary.passages)]
    assert sorted(report["found"] for report in reports) == ["current", "none"]
    index, report = open_index(store, glossary, CountingEmbeddings().named())
    assert report.found == "current"
    assert not_found(index, glossary) == []


def _elsewhere(store: Store, state: str) -> None:
    """A sync by another process."""
    process = syncing.start(store.folder, state)
    process.communicate()
    assert process.returncode == 0


def test_a_reader_goes_on_while_another_process_changes_the_index(store: Store) -> None:
    old, new = syncing.STATES["old"], syncing.STATES["new"]
    reader, _ = open_index(store, old, CountingEmbeddings().named())
    _elsewhere(store, "new")
    embedder = CountingEmbeddings().named()
    stayed = [passage for row, passage in old.passages.items() if row in new.passages]
    for passage in stayed:
        assert reader.search(embedder.passages([passage.embedded])[0], 1)[0][0] == passage.id
    assert {row for row, _ in reader.search(embedder.query("wave"), 999)} <= set(old.passages)


def test_what_another_process_indexed_is_found_after_opening_again(store: Store) -> None:
    old, new = syncing.STATES["old"], syncing.STATES["new"]
    open_index(store, old, CountingEmbeddings().named())
    _elsewhere(store, "new")
    index, report = open_index(store, new, CountingEmbeddings().named())
    assert report.found == "current"
    assert not_found(index, new) == []
