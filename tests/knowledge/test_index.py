"""The index: in step with its glossary, whole at every moment, apart from every other's."""

import shutil
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import numpy as np
import pytest

from knowledge import EmbedderError, IndexFailure
from knowledge.editing.atomic import kept_in
from knowledge.search import index as index_module
from knowledge.search.embeddings import Embedder
from knowledge.search.index import Index, Manifest, SyncReport, forget_others, open_index
from knowledge.search.store import Access, Store
from tests.knowledge import processes
from tests.knowledge.conftest import (
    CountingEmbeddings,
    not_found,
    rows_in_chroma,
    small_glossary,
    write_files,
)
from tests.local_server import local_server
from tests.servers import chroma_server

SEA = {
    "tide": "The sea rises and falls.\n\nThe Moon pulls it.",
    "ebb": "The sea falls.",
    "flow": "The sea rises.\n\nBoats come in.\n\nSand is covered.",
}
CHANGED = {**SEA, "flow": "The sea rises.\n\nShips come in.\n\nSand is covered."}
MANY = {f"wave-{n}": f"Wave {n} is {n * 7} feet high." for n in range(80)}
HERE = small_glossary({f"wave-{n}": f"Wave {n} is {n * 7} feet high." for n in range(40)})
THERE = small_glossary({f"gull-{n}": f"Gull {n} caught {n * 5} fish." for n in range(40)})
EMBEDDER = CountingEmbeddings().named()
ONE_LINE = r"^[^\n]+\.$"


def _open(
    store: Store, texts: Mapping[str, str], embedder: Embedder = EMBEDDER
) -> tuple[Index, SyncReport]:
    return open_index(store, small_glossary(texts), embedder)


def _collections(store: Store) -> list[str]:
    return [collection.name for collection in store.connect().list_collections()]


def _manifest(store: Store) -> Path:
    (path,) = store.folder.rglob("manifest-*.json")
    return path


@pytest.fixture
def by_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is with a large glossary: Chroma's graph finds the nearest."""
    monkeypatch.setattr(index_module, "EXACT", 0)


def _nearest(index: Index, text: str, count: int = 1) -> list[str]:
    """The ids of the rows that are nearest to a text."""
    return [index.ids[place] for place in index.near(EMBEDDER.query(text), count)]


# In step with the glossary


def test_the_first_sync_embeds_every_sentence_and_the_second_none(
    store: Store, counting: CountingEmbeddings
) -> None:
    index, report = _open(store, SEA, counting.named())
    rows = small_glossary(SEA).rows
    assert report == SyncReport(added=3, embedded=6)
    assert counting.passages == list(rows.values())
    assert index.ids == tuple(rows)
    assert not_found(index, small_glossary(SEA)) == []
    assert rows_in_chroma(store, index) == set(rows)
    counting.passages.clear()
    again, report = _open(store, SEA, counting.named())
    assert report == SyncReport(unchanged=3)
    assert counting.passages == counting.queries == []
    assert again.manifest == index.manifest
    assert np.array_equal(again.vectors, index.vectors)


def test_chroma_is_opened_only_where_something_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "data")
    before, _ = _open(store, SEA)
    with monkeypatch.context() as patched:
        patched.setattr(Store, "connect", pytest.fail)
        left, _ = _open(store, SEA)
        assert len(left.near(before.vectors[0], 1)) == len(left.ids)
    assert _open(store, CHANGED)[0].is_connected
    store.note.unlink()  # as by a process that was killed
    assert _open(store, CHANGED)[0].is_connected


def test_of_a_changed_entry_only_the_changed_sentence_is_embedded(
    store: Store, counting: CountingEmbeddings
) -> None:
    _open(store, SEA)
    index, report = _open(store, CHANGED, counting.named())
    assert report == SyncReport(changed=1, unchanged=2, embedded=1)
    assert counting.passages == ["Flow: Ships come in."]
    assert rows_in_chroma(store, index) == set(small_glossary(CHANGED).rows)
    assert not_found(index, small_glossary(CHANGED)) == []
    assert len(list(store.folder.rglob("*.npy"))) == 1  # the vectors of before are gone
    _, report = _open(store, {"tide": SEA["tide"], "flow": "New.", "surf": "New.", "foam": "New."})
    assert (report.added, report.changed, report.removed, report.unchanged) == (2, 1, 1, 1)


def test_a_rebuild_embeds_everything_anew_and_one_that_fails_changes_nothing(store: Store) -> None:
    _open(store, MANY)
    glossary = small_glossary(MANY)
    with pytest.raises(EmbedderError):
        open_index(store, glossary, CountingEmbeddings(fails_after=40).named(), rebuild=True)
    again, report = _open(store, MANY)
    assert (report.embedded, not_found(again, glossary)) == (0, [])
    index, report = open_index(store, glossary, EMBEDDER, rebuild=True)
    assert report.embedded == 80
    assert _collections(store) == [index.manifest.collection]
    assert not_found(index, glossary) == []


def test_a_sync_that_fails_leaves_the_index_before_in_force_and_is_taken_up_where_it_ended(
    store: Store, counting: CountingEmbeddings
) -> None:
    before, _ = _open(store, SEA)
    with pytest.raises(EmbedderError):
        _open(store, MANY, CountingEmbeddings(fails_after=64).named())
    assert kept_in(_manifest(store), Manifest) == before.manifest
    assert not_found(before, small_glossary(SEA)) == []
    index, report = _open(store, MANY, counting.named())
    assert (report.embedded, len(counting.passages)) == (16, 16)
    assert rows_in_chroma(store, index) == set(small_glossary(MANY).rows)
    assert not_found(index, small_glossary(MANY)) == []


# What is lost or damaged


def test_lost_rows_alone_are_embedded_again(store: Store, counting: CountingEmbeddings) -> None:
    index, _ = _open(store, SEA)
    collection = store.connect().get_collection(index.manifest.collection, embedding_function=None)
    (lost,) = index.manifest.entries["en/ebb"]
    collection.delete(ids=[lost])
    healed, _ = _open(store, SEA, counting.named())
    assert counting.passages == ["Ebb: The sea falls."]
    assert not_found(healed, small_glossary(SEA)) == []
    store.connect().delete_collection(index.manifest.collection)
    healed, report = _open(store, SEA)
    assert (report.embedded, report.unchanged) == (6, 3)
    assert not_found(healed, small_glossary(SEA)) == []


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b'{"entries": [], "format": 1}'])
def test_a_damaged_manifest_is_none_and_costs_no_embedding(
    store: Store, counting: CountingEmbeddings, content: bytes
) -> None:
    _open(store, SEA)
    path = _manifest(store)
    path.write_bytes(content)
    assert kept_in(path, Manifest) is None
    index, _ = _open(store, SEA, counting.named())
    assert counting.passages == []
    assert kept_in(path, Manifest) == index.manifest
    assert not_found(index, small_glossary(SEA)) == []


# Others that open it


@pytest.mark.usefixtures("by_chroma")
def test_every_sentence_is_found_by_every_process_that_opens_the_index(tmp_path: Path) -> None:
    for glossary in (processes.OLD, processes.NEW):
        open_index(Store(tmp_path / "data"), glossary, EMBEDDER)
    for n in range(6):  # Chroma builds the graph of its vectors anew in each process, at random
        store = Store(shutil.copytree(tmp_path / "data", tmp_path / f"copy-{n}"))
        index, report = open_index(store, processes.NEW, EMBEDDER)
        assert report == SyncReport(unchanged=len(processes.NEW.entries))
        rows = processes.NEW.rows
        assert [row for row, text in rows.items() if _nearest(index, text) != [row]] == []


def test_two_processes_at_once_make_one_good_index(store: Store) -> None:
    both = [processes.start(processes.sync, store.folder, "new") for _ in range(2)]
    reports = [processes.finished(*each)[-1] for each in both]
    assert sorted(report.embedded for report in reports) == [0, len(processes.NEW.rows)]
    index, report = open_index(store, processes.NEW, EMBEDDER)
    assert report == SyncReport(unchanged=len(processes.NEW.entries))
    assert not_found(index, processes.NEW) == []


@pytest.mark.usefixtures("by_chroma")
def test_a_reader_goes_on_while_another_process_changes_the_index(store: Store) -> None:
    old, new = processes.OLD, processes.NEW
    reader, _ = open_index(store, old, EMBEDDER)
    processes.finished(*processes.start(processes.sync, store.folder, "new"))
    stayed = {row: text for row, text in old.rows.items() if row in new.rows}
    assert stayed
    assert [row for row, text in stayed.items() if _nearest(reader, text) != [row]] == []
    assert set(_nearest(reader, "wave", 999)) <= set(old.rows)


# One Chroma server, used by several data folders


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a Chroma server of its own."""
    with chroma_server(tmp_path_factory.mktemp("server")) as number:
        yield number


def _is_whole(index: Index) -> bool:
    """Whether each row of HERE is found by what it says, as Chroma finds it."""
    vectors = dict(zip(index.ids, index.vectors, strict=True))
    return not not_found(index, HERE) and all(
        index.ids[index.near(vectors[row], 1)[0]] == row for row in HERE.rows
    )


@pytest.mark.usefixtures("by_chroma")
def test_two_data_folders_at_one_server_keep_to_their_own_rows(tmp_path: Path, port: int) -> None:
    here, there = (Store(tmp_path / name, "127.0.0.1", port) for name in ("here", "there"))
    first, _ = open_index(here, HERE, EMBEDDER)
    second, report = open_index(there, THERE, EMBEDDER)  # other texts at the same path
    forget_others(there, THERE, [EMBEDDER])
    assert report == SyncReport(added=40, embedded=40)
    assert rows_in_chroma(here, first) == set(HERE.rows)
    assert rows_in_chroma(there, second) == set(THERE.rows)
    assert _is_whole(first)
    again, report = open_index(here, HERE, EMBEDDER)
    assert report == SyncReport(unchanged=40)
    assert _is_whole(again)
    # A copy of a data folder has its id: the rows of HERE are deleted under ``again``.
    copy = Store(shutil.copytree(here.folder, tmp_path / "copy"), here.host, here.port)
    open_index(copy, THERE, EMBEDDER)
    assert rows_in_chroma(here, again) == set(THERE.rows)
    assert all(n in again.near(vector, 1) for n, vector in enumerate(again.vectors))
    healed, report = open_index(here, HERE, EMBEDDER)
    assert report == SyncReport(unchanged=40, embedded=40)
    assert _is_whole(healed)


# The store


@pytest.mark.parametrize(("host", "said"), [(None, "delete"), ("127.0.0.1", "CHROMA_HOST")])
def test_a_store_that_cannot_be_opened_is_a_failure_in_one_sentence_that_names_it(
    tmp_path: Path, host: str | None, said: str
) -> None:
    store = Store(write_files(tmp_path, {"chroma/chroma.sqlite3": b"no database" * 999}), host, 9)
    with pytest.raises(IndexFailure, match=ONE_LINE) as caught:
        store.connect()
    assert store.place in str(caught.value)
    assert said in str(caught.value)


_KEY = "a-key-of-nobody-s"


@pytest.mark.parametrize(
    ("access", "header", "said"),
    [
        (Access(token=_KEY), "Authorization", f"Bearer {_KEY}"),
        (Access(api_key=_KEY, tenant="school", database="ai"), "X-Chroma-Token", _KEY),
    ],
)
def test_a_server_is_sent_the_token_that_it_asks_for(
    tmp_path: Path, access: Access, header: str, said: str
) -> None:
    seen: list[str | None] = []

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers[header])
            self.send_error(HTTPStatus.UNAUTHORIZED)

    with local_server(Refusing) as port, pytest.raises(IndexFailure, match=ONE_LINE):
        Store(tmp_path, "127.0.0.1", port, access).connect()
    assert set(seen) == {said}
    assert _KEY not in repr(access)
