"""The store: where Chroma keeps the vectors."""

import shutil
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from knowledge import IndexFailure
from knowledge.search.store import Access, Store
from tests.local_server import local_server

ONE_LINE = r"^[^\n]+\.$"
KEY = "a-key-of-nobody-s"


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


@pytest.mark.parametrize(
    ("access", "header", "said"),
    [
        (Access(token=KEY), "Authorization", f"Bearer {KEY}"),
        (Access(api_key=KEY, tenant="school", database="ai"), "X-Chroma-Token", KEY),
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

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with (
        local_server(Refusing) as port,
        pytest.raises(IndexFailure, match=ONE_LINE),
    ):
        Store(tmp_path, "127.0.0.1", port, access).connect()
    assert set(seen) == {said}
    assert KEY not in repr(access)
