"""Reading a file or a folder: each file in the format that it holds."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import GlossaryError
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import read
from tests.knowledge.conftest import DATA, entries_of, faults_of, only_fault, write_files

TIDE = "---\nterm: Tide\n---\nThe sea rises and falls twice a day.\n"
JSON = '{"term": "Ebb", "definition": "The sea falls and the tide runs out."}'
CSV = "term,definition\nFlow,The sea rises and the tide runs in.\n"
PAGE = (DATA / "spring-tide.page.txt").read_text("utf-8")
ARABIC = "---\nterm: المد\n---\nيرتفع البحر وينخفض مرتين كل يوم.\n"


def _terms(folder: Path) -> list[str]:
    return [entry.term for entry in entries_of(read(folder))]


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.json", "a.csv", "a"])
@pytest.mark.parametrize(
    ("text", "term"), [(TIDE, "Tide"), (JSON, "Ebb"), (CSV, "Flow"), (PAGE, "Spring Tide")]
)
def test_a_format_is_known_by_what_the_file_holds(
    tmp_path: Path, name: str, text: str, term: str
) -> None:
    assert _terms(write_files(tmp_path, {name: text})) == [term]


def test_a_file_may_be_given_in_place_of_a_folder(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"README.md": TIDE, "b.data": JSON, "c.md": TIDE})
    for name, origin, term in (("README.md", "README.md", "Tide"), ("b.data", "b.data", "Ebb")):
        (entry,) = entries_of(read(folder / name))
        assert (entry.origin, entry.term) == (origin, term)


def test_folders_within_are_read_in_order_of_name(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"b/z.md": TIDE, "b/a.md": TIDE, "c.json": JSON, "a/c.md": TIDE})
    origins = [Path(entry.origin).as_posix() for entry in entries_of(read(folder))]
    assert origins == ["c.json", "a/c.md", "b/a.md", "b/z.md"]


def test_files_pair_by_name_across_the_folders_of_two_languages(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"en/tide.md": TIDE, "ar/tide.md": ARABIC})
    assert {entry.key for entry in entries_of(read(folder))} == {"en/tide", "ar/tide"}


def test_files_that_hold_no_entries_by_name_are_passed_over(tmp_path: Path) -> None:
    folder = write_files(
        tmp_path,
        {
            "README.md": TIDE,
            "ar/Readme.txt": TIDE,
            "LICENSE": "free",
            "CHANGELOG.md": TIDE,
            "questions/en.yaml": "- {term: Tide, definition: It rises and falls.}",
            ".hidden.md": TIDE,
            ".git/a.md": TIDE,
            "moon.png": b"\x89PNG\x00",
            "tool.py": "print()",
        },
    )
    assert list(read(folder)) == []


def test_suffixes_are_known_in_capitals(tmp_path: Path) -> None:
    assert _terms(write_files(tmp_path, {"TIDE.MD": TIDE})) == ["Tide"]


def test_links_to_other_folders_are_not_followed(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "glossary", {"a.md": TIDE})
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    write_files(tmp_path / "other", {"b.md": TIDE})
    (folder / "other").symlink_to(tmp_path / "other", target_is_directory=True)
    assert len(entries_of(read(folder))) == 1


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda text: text.encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(lambda text: text.encode("utf-16"), id="UTF-16"),
        pytest.param(lambda text: b"\xfe\xff" + text.encode("utf-16-be"), id="big-endian UTF-16"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="Windows line ends"),
        pytest.param(lambda text: text.replace("\n", "\r").encode(), id="old line ends"),
        pytest.param(lambda text: text.replace(" ", "\u00a0").encode(), id="no-break spaces"),
        pytest.param(lambda text: text.replace("ا", "\u200fا").encode(), id="directions"),
    ],
)
@pytest.mark.parametrize("text", [TIDE, ARABIC, PAGE, JSON, CSV])
def test_every_way_of_saving_a_file_gives_the_same_entry(
    tmp_path: Path, text: str, encode: Callable[[str], bytes]
) -> None:
    plain = list(read(write_files(tmp_path / "plain", {"a.txt": text})))
    saved = list(read(write_files(tmp_path / "saved", {"a.txt": encode(text)})))
    assert saved == plain
    assert isinstance(plain[0], Entry)


@pytest.mark.parametrize(
    ("content", "line", "words", "severity"),
    [
        pytest.param(b"PK\x03\x04\x00\x00", 1, "archive", "error", id="an archive"),
        pytest.param(b"\x89PNG\x00\x00", 1, "binary", "error", id="a binary file"),
        pytest.param(
            f"---\nterm: {'é' * 9}\n---\n".encode() + b"\xe9", 4, "UTF-8", "error", id="a bad byte"
        ),
        pytest.param(b"", 1, "empty", "error", id="an empty file"),
        pytest.param(b"\xef\xbb\xbf \r\n\x0c", 1, "empty", "error", id="nothing but space"),
        pytest.param(b"\xff\xfe\x00", 1, "UTF-8", "error", id="half of UTF-16"),
        pytest.param(b"The sea rises.\n", 1, "no entry", "warning", id="prose"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault(
    tmp_path: Path, content: bytes, line: int, words: str, severity: str
) -> None:
    fault = only_fault(read(write_files(tmp_path, {"sea/a.txt": content})))
    assert (Path(fault.path).as_posix(), fault.line, fault.severity) == (
        "sea/a.txt",
        line,
        severity,
    )
    assert words in fault.message


def test_a_link_to_nowhere_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "gone.md")
    fault = only_fault(read(tmp_path))
    assert (fault.path, fault.line) == ("a.md", 1)
    assert "cannot be read" in fault.message


def test_the_good_entries_are_read_beside_the_bad(tmp_path: Path) -> None:
    folder = write_files(
        tmp_path,
        {
            "a.md": TIDE,
            "b.md": "---\nterm: Ebb\n",
            "c.txt": b"\x00\x01",
            "d.csv": "term,definition\nEbb,\nFlow,The sea rises.\n",
            "e.json": JSON,
            "f.md": b"\xff",
            "g.txt": PAGE,
        },
    )
    assert _terms(folder) == ["Tide", "Flow", "Ebb", "Spring Tide"]
    faults = [(fault.path, fault.line) for fault in faults_of(read(folder))]
    assert faults == [("b.md", 1), ("c.txt", 1), ("d.csv", 2), ("f.md", 1)]


def test_a_path_that_does_not_exist_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match=r"no glossary at .*nowhere: give") as caught:
        list(read(tmp_path / "nowhere"))
    assert str(caught.value).count(". ") == 0


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert list(read(tmp_path)) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "cup.csv").write_text("term,definition\nCup,A cup holds tea.\n", "utf-8")
    (tmp_path / ".hidden").mkdir()
    os.mkfifo(tmp_path / ".hidden" / "pipe")
    (tmp_path / "link.md").symlink_to(tmp_path / ".hidden" / "pipe")
    assert [getattr(item, "term", None) for item in read(tmp_path)] == ["Cup"]


def test_links_that_lead_to_themselves_are_faults(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("a.md")
    (tmp_path / "b.md").symlink_to("c.md")
    (tmp_path / "c.md").symlink_to("b.md")
    assert [fault.path for fault in faults_of(read(tmp_path))] == ["a.md", "b.md", "c.md"]


def test_folders_that_nest_without_end_are_read_to_some_depth(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*"d" * 100)
    (folder / "d").mkdir(parents=True)
    (folder / "d" / "below.md").write_text(TIDE, "utf-8")
    (folder / "a.md").write_text(TIDE, "utf-8")
    entry, fault = sorted(read(tmp_path), key=lambda item: isinstance(item, Fault))
    assert isinstance(entry, Entry)
    assert "100 folders deep" in str(fault)


@pytest.mark.parametrize("name", [b"\xff.md", b"a\nb.md", b"a\x1b[31m.md"])
def test_a_file_whose_name_cannot_be_shown_is_a_fault(tmp_path: Path, name: bytes) -> None:
    try:
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_text(TIDE, "utf-8")
    except OSError:
        pytest.skip("this system has no such names")
    fault = only_fault(read(tmp_path))
    assert "rename it" in fault.message
    assert str(fault).isprintable()
    fault.path.encode()


def test_a_table_of_short_definitions_is_in_one_language(tmp_path: Path) -> None:
    rows = "Kettle,A kettle boils.\nPot,A pot.\nC++,Boils water.\nC#,Boils.\nC,Boils tea.\n"
    (tmp_path / "table.csv").write_text(f"term,definition\n{rows}", "utf-8")
    entries = [item for item in read(tmp_path) if isinstance(item, Entry)]
    assert {entry.language for entry in entries} == {"en"}
    assert [entry.id for entry in entries] == ["kettle", "pot", "c-plus-plus", "c-sharp", "c"]


def test_a_cell_that_looks_like_yaml_is_a_cell(tmp_path: Path) -> None:
    rows = "".join(
        f"Note: {term}\tWhat is said of it: all that the {term} does\tsea shore\n"
        for term in ("tide", "ebb", "flow", "surge")
    )
    assert _terms(write_files(tmp_path, {"cards.tsv": rows}))[:2] == ["Note: tide", "Note: ebb"]
