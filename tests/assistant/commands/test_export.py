"""``masrad export``: what it prints, and how it fails."""

import json
from pathlib import Path

import pytest

from assistant.commands.base import main
from assistant.commands.exchange import ExportCommand
from tests.conftest import TEA


def _export(*arguments: str, glossary: Path = TEA) -> int:
    return main((ExportCommand(),), ["export", *arguments, "--glossary", str(glossary)])


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
