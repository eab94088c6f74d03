"""``masrad export``: what it prints, and how it fails."""

import json
from pathlib import Path

import pytest

from assistant.commands.base import main
from assistant.commands.exchange import ExportCommand
from tests.conftest import TEA


def _export(*arguments: str, glossary: Path = TEA) -> int:
    return main((ExportCommand(),), ["export", *arguments, "--glossary", str(glossary)])


def test_what_was_written_and_what_is_lost_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _export("csv", str(tmp_path / "tea.csv")) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{tmp_path / 'tea.csv'}: 2 en, 1 ar entries.",
        (
            "The format holds no sections with headings of their own: 1 entry loses its own (their"
            " text stands in the body, under its heading)."
        ),
    ]


def test_the_same_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dest = tmp_path / "tea.jsonl"
    assert _export("jsonl", str(dest), "--json", "--title", "Tea things") == 0
    assert json.loads(capsys.readouterr().out) == {
        "format": "jsonl",
        "dest": str(dest),
        "title": "Tea things",
        "entries": {"en": 2, "ar": 1},
        "lost": [],
    }


def test_terms_and_a_language_are_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dest = tmp_path / "tea.jsonl"
    assert _export("jsonl", str(dest), "--terms", "Kettles، mint", "--language", "en") == 0
    (row,) = map(json.loads, dest.read_text("utf-8").splitlines())
    assert row["term"] == "Kettle"
    assert "1 relation leads to terms that were not chosen" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("csv", "none/tea.csv"), "There is no folder none: make it first."),
        (("csv", "tea.csv", "--terms", "coffee"), "no term “coffee”"),
        (("csv", "tea.csv", "--category", "Fish"), "no category “Fish”"),
        (("html", "full"), "give --force"),
        (("csv", str(TEA / "tea.csv")), "the glossary's own place"),
    ],
)
def test_a_failure_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    assert _export(*arguments) == 1
    printed = capsys.readouterr()
    assert not printed.out
    (line,) = printed.err.splitlines()
    assert said in line
    assert line.endswith(".")


@pytest.mark.parametrize(
    "arguments", [("docx", "tea.docx"), ("csv",), ("csv", "tea.csv", "--terms", " , ")]
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as exit_:
        _export(*arguments)
    assert exit_.value.code == 2
    assert "usage: masrad export" in capsys.readouterr().err


def test_force_replaces_a_folder(tmp_path: Path) -> None:
    assert _export("html", str(tmp_path / "pages")) == 0
    (tmp_path / "pages" / "gone.html").touch()
    assert _export("html", str(tmp_path / "pages"), "--force") == 0
    assert not (tmp_path / "pages" / "gone.html").exists()


def test_a_glossary_is_called_by_its_folder_unless_a_title_is_given(tmp_path: Path) -> None:
    assert _export("html", str(tmp_path / "pages")) == 0
    assert "<title>Tea</title>" in (tmp_path / "pages" / "index.html").read_text("utf-8")
    assert _export("html", str(tmp_path / "pages"), "--force", "--title", "Tea things") == 0
    assert "<title>Tea things</title>" in (tmp_path / "pages" / "index.html").read_text("utf-8")
