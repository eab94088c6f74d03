"""``masrad export`` and ``masrad import``: what they print, and what they leave in the folder."""

import json
from pathlib import Path

import pytest

from knowledge.glossary import Glossary
from tests.assistant.commands.conftest import masrad, refused, run

pytestmark = pytest.mark.usefixtures("places")
ROWS = "term,definition\nKettle,A kettle boils water.\nCup,A cup holds tea.\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "tea.csv").write_text(ROWS, "utf-8")
    return tmp_path / "tea.csv"


def test_an_export_says_what_was_written(tmp_path: Path) -> None:
    dest = tmp_path / "tea.jsonl"
    assert json.loads(masrad("export", "jsonl", dest, "--json", "--title", "Tea things")) == {
        "format": "jsonl",
        "dest": str(dest),
        "title": "Tea things",
        "entries": {"en": 2, "ar": 1},
    }
    printed = masrad("export", "jsonl", dest, "--terms", "Kettles، mint", "--language", "en")
    assert printed == f"{dest}: 1 en entries.\n"
    (row,) = map(json.loads, dest.read_text("utf-8").splitlines())
    assert row["term"] == "Kettle"


def test_an_import_can_be_asked_what_it_would_do_and_is_undone(source: Path) -> None:
    dest = source.with_name("tea")
    said = json.loads(masrad("import", source, dest, "--json"))
    assert (said["added"], said["changed"], said["unchanged"], said["kept"]) == (2, 0, 0, 0)
    assert said["entries"][0] == {"id": "kettle", "language": "en", "path": "en/kettle.md"}
    source.write_text(f"{ROWS.replace('holds', 'keeps')}Pot,A pot is a vessel.\nMug,\n", "utf-8")
    done = run("import", source, dest, "--dry-run")
    assert done.stdout.splitlines()[:2] == ["+ en/pot.md: Pot", "~ en/cup.md: Cup"]
    assert "1 entries would be added, 1 would be changed" in done.stdout
    assert done.stderr.startswith("tea.csv:5: “Mug” has no definition")
    assert len(Glossary.read(dest).entries) == 2
    run("import", source, dest)
    assert len(Glossary.read(dest).entries) == 3
    assert masrad("import", "--undo", dest) == f"{dest} is as it was before the last import.\n"
    assert len(Glossary.read(dest).entries) == 2
    assert "nothing to undo" in run("import", "--undo", source).stderr


def test_columns_can_be_named(source: Path) -> None:
    dest = source.with_name("tea")
    source.write_text("Ding,Sinn\nKettle,A kettle boils water.\n", "utf-8")
    named = "term=Ding, definition=B"
    assert "1 entries added" in masrad("import", source, dest, "--columns", named)
    said = refused("import", source, dest, "--columns", "term=Dong")
    assert "Dong" in said
    assert "Ding" in said
    assert run("import", source, dest, "--columns", "Ding").returncode == 2
