"""The store: where Chroma keeps the vectors."""

import shutil
import threading
from pathlib import Path

import pytest

from knowledge import IndexFailure
from knowledge.search.store import Store, short_reason

ONE_LINE = r"^[^\n]+\.$"


def test_a_store_says_where_it_is(tmp_path: Path) -> None:
    assert Store(tmp_path).place == str(tmp_path)
    assert Store(tmp_path, "db.example", 8123).place == "the Chroma server at db.example:8123"


def test_what_is_stored_is_there_again(store: Store) -> None:
    store.connect().create_collection("tides")
    assert [c.name for c in store.connect().list_collections()] == ["tides"]


def test_two_stores_share_nothing(tmp_path: Path) -> None:
    Store(tmp_path / "a").connect().create_collection("tides")
    assert Store(tmp_path / "b").connect().list_collections() == []


def test_what_a_glossary_goes_by_is_the_same_in_every_folder_and_each_folder_s_own_on_a_server(
    tmp_path: Path,
) -> None:
    tides = Path("/glossaries/tides")
    one, other = (Store(tmp_path / name, "db.example") for name in ("one", "other"))
    assert Store(one.folder).key(tides) == Store(other.folder).key(tides) == "57a749d78392"
    assert one.key(tides) == Store(one.folder, "elsewhere.example").key(tides)
    assert one.key(tides) != other.key(tides)
    assert one.home(tides) != Store(one.folder).home(tides)


@pytest.mark.parametrize("below", [".", "data"])
def test_a_folder_that_cannot_be_made_is_a_failure_in_one_sentence(
    tmp_path: Path, below: str
) -> None:
    (tmp_path / "file").write_text("no folder")
    store = Store(tmp_path / "file" / below)
    with pytest.raises(IndexFailure, match=ONE_LINE) as caught, store.locked():
        pass
    assert str(store.folder) in str(caught.value)
    assert "--data-dir" in str(caught.value)


def test_a_folder_where_chroma_cannot_open_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "chroma").write_text("no folder")
    with pytest.raises(IndexFailure, match=ONE_LINE) as caught:
        Store(tmp_path).connect()
    assert str(tmp_path / "chroma") in str(caught.value)


def test_a_damaged_database_is_a_failure_that_says_what_to_delete(tmp_path: Path) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 999)
    with pytest.raises(IndexFailure, match=ONE_LINE) as caught:
        Store(tmp_path).connect()
    assert f"delete {tmp_path / 'chroma'}" in str(caught.value)
    shutil.rmtree(tmp_path / "chroma")
    assert Store(tmp_path).connect().list_collections() == []


def test_a_server_that_does_not_answer_is_a_failure_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(IndexFailure, match=ONE_LINE) as caught:
        Store(tmp_path, "127.0.0.1", 9).connect()
    assert "127.0.0.1:9" in str(caught.value)
    assert "CHROMA_HOST" in str(caught.value)


def test_a_locked_store_makes_others_wait(store: Store) -> None:
    order: list[str] = []
    waiting = threading.Event()

    def wait() -> None:
        waiting.set()
        with store.locked():
            order.append("second")

    thread = threading.Thread(target=wait)
    with store.locked():
        thread.start()
        waiting.wait()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_failure_within_unlocks_the_store(store: Store) -> None:
    with pytest.raises(KeyError), store.locked():
        raise KeyError
    with store.locked():
        pass


def test_the_reason_of_an_error_is_short_and_on_one_line() -> None:
    assert short_reason(ValueError("a\n  b")) == "ValueError: a b"
    assert len(short_reason(ValueError("x" * 9999))) == 200
