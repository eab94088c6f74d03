"""One Chroma server, used by several data folders: each has its own rows, and takes no other's."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.search import index as index_module
from knowledge.search.index import Index, forget_others, open_index
from knowledge.search.store import Store
from tests.chroma_server import chroma_server
from tests.knowledge.conftest import CountingEmbeddings, not_found, rows_in_chroma, small_glossary

HERE = small_glossary({f"wave-{n}": f"Wave {n} is {n * 7} feet high." for n in range(40)})
THERE = small_glossary({f"gull-{n}": f"Gull {n} caught {n * 5} fish." for n in range(40)})
EMBEDDER = CountingEmbeddings().named()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a Chroma server of its own."""
    with chroma_server(tmp_path_factory.mktemp("server")) as number:
        yield number


@pytest.fixture(autouse=True)
def _by_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is with a large glossary: Chroma finds the nearest."""
    monkeypatch.setattr(index_module, "EXACT", 0)


@pytest.fixture
def here(tmp_path: Path, port: int) -> Store:
    return Store(tmp_path / "here", "127.0.0.1", port)


@pytest.fixture
def there(tmp_path: Path, port: int) -> Store:
    return Store(tmp_path / "there", "127.0.0.1", port)


def _is_whole(index: Index) -> bool:
    """Whether each row of HERE is found by what it says, as Chroma finds it."""
    vectors = dict(zip(index.ids, index.vectors, strict=True))
    return not not_found(index, HERE) and all(
        index.ids[index.near(vectors[row], 1)[0]] == row for row in HERE.rows
    )


def test_two_data_folders_with_different_texts_at_one_path_keep_to_their_own_rows(
    here: Store, there: Store
) -> None:
    first, _ = open_index(here, HERE, EMBEDDER)
    second, report = open_index(there, THERE, EMBEDDER)
    forget_others(there, THERE, [EMBEDDER])
    assert (report.found, report.embedded) == ("none", 40)
    assert rows_in_chroma(here, first) == set(HERE.rows)
    assert rows_in_chroma(there, second) == set(THERE.rows)
    assert _is_whole(first)
    again, report = open_index(here, HERE, EMBEDDER)
    assert report.found == "current"
    assert _is_whole(again)


def test_an_index_whose_rows_were_changed_by_a_copy_of_its_data_folder_answers_the_same(
    here: Store,
) -> None:
    first, _ = open_index(here, HERE, EMBEDDER)
    copy = Store(shutil.copytree(here.folder, here.folder.with_name("copy")), here.host, here.port)
    open_index(copy, THERE, EMBEDDER)  # the same id: the rows of HERE are deleted under ``first``
    assert rows_in_chroma(here, first) == set(THERE.rows)
    vectors = first.vectors
    assert all(n in first.near(vector, 1) for n, vector in enumerate(vectors))
    again, report = open_index(here, HERE, EMBEDDER)
    assert (report.found, report.embedded) == ("damaged", 40)
    assert _is_whole(again)
