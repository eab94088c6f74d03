"""What replicas share: the folder of the library, taken as a whole; and the way to the server."""

import shutil
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from knowledge import IndexFailure
from knowledge.editing.library import Library
from knowledge.search.store import Access, Store
from tests.local_server import local_server

KEY = "a-key-of-nobody-s"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    found = Library(tmp_path / "data")
    found.path("tea").mkdir(parents=True)
    return found


def test_a_copy_of_the_folder_has_its_own_glossary_chosen(library: Library, tmp_path: Path) -> None:
    library.choose(library.path("tea"))
    copy = Library(shutil.copytree(library.data_dir, tmp_path / "copy"))
    assert copy.chosen() == copy.path("tea")


def test_what_is_put_in_its_place_is_put_back_if_it_fails(library: Library) -> None:
    (library.path("tea") / "cup.md").write_text("Cup")
    before = library.files()
    with pytest.raises(KeyError), library.replacing({"glossaries/coffee/pot.md": b"Pot"}):
        raise KeyError
    assert library.files() == before
    with library.replacing({"glossaries/coffee/pot.md": b"Pot"}):
        pass
    assert library.files() == {"glossaries/coffee/pot.md": b"Pot"}


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
        pytest.raises(IndexFailure, match=r"^[^\n]+\.$"),
    ):
        Store(tmp_path, "127.0.0.1", port, access).connect()
    assert set(seen) == {said}
    assert KEY not in repr(access)
