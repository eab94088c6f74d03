"""``masrad eval`` from end to end, on the small glossary of tea things."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from assistant.commands.base import main
from assistant.commands.evaluate import EvalCommand
from tests.conftest import TEA

QUESTIONS = """
- {language: en, kind: define, question: "What is a kettle?", entries: {kettle: 2, teapot: 1}}
- {language: en, kind: describe, question: "a vessel to steep leaves in", entries: {teapot: 2}}
- {language: ar, kind: define, question: "ما هو النعناع؟", entries: {mint: 2}}
- {language: en, kind: define, cross: true, question: "What is mint?", entries: {mint: 2}}
- {language: en, kind: off-topic, question: "Who won the World Cup?", unanswerable: sport}
- {language: ar, kind: off-topic, question: "من فاز بكأس العالم؟", unanswerable: رياضة}
"""


@pytest.fixture
def place(tea_data: Path, tmp_path: Path) -> Path:
    """A folder with a file of questions, and the index."""
    shutil.copytree(tea_data, tmp_path / "data")
    (tmp_path / "questions.yaml").write_text(QUESTIONS, "utf-8")
    return tmp_path


def _eval(place: Path, *arguments: str, glossary: Path = TEA) -> int:
    common = ["--glossary", str(glossary), "--data-dir", str(place / "data")]
    return main([EvalCommand()], ["eval", *arguments, *common])


def _read(file: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return values


def test_a_table_and_all_files(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = ["--json", str(place / "all.json"), "--report", str(place / "report.md")]
    assert _eval(place, str(place / "questions.yaml"), *files) == 0
    shown = capsys.readouterr().out
    assert "recall@1" in shown
    assert "Milliseconds a question" in shown
    written = _read(place / "all.json")
    assert [o["found"][0][0] for o in written["outcomes"][:4]] == [
        "kettle", "teapot", "mint", "mint",
    ]  # fmt: skip
    assert written["glossary"]["entries"] == 3
    assert (place / "report.md").read_text("utf-8").startswith("# Evaluation\n")
    assert (place / "report-reliability.svg").read_text("utf-8").startswith("<svg")
    assert {path.name for path in place.iterdir()} == {
        "data", "questions.yaml", "all.json", "report.md", "report-reliability.svg",
    }  # fmt: skip
    for name in ("all.json", "report.md", "report-reliability.svg"):
        assert str(place) not in (place / name).read_text("utf-8")
        assert str(TEA) not in (place / name).read_text("utf-8")


def test_a_loss_since_an_earlier_evaluation_is_status_one(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, old = str(place / "questions.yaml"), place / "old.json"
    assert _eval(place, file, "--json", str(old)) == 0
    assert _eval(place, file, "--compare", str(old)) == 0
    assert "a significant loss" not in capsys.readouterr().out

    # What is wanted now is found nowhere first; then, it says, it was.
    questions = QUESTIONS.replace("kettle: 2, teapot: 1", "mint: 2").replace("teapot: 2", "mint: 2")
    (place / "questions.yaml").write_text("".join(questions.splitlines(keepends=True)[:3]), "utf-8")
    values = _read(old)
    for outcome in values["outcomes"]:
        outcome["found"] = [["mint", 1.0]]
    old.write_text(json.dumps(values), "utf-8")
    assert _eval(place, file, "--compare", str(old)) == 1
    shown = capsys.readouterr().out
    assert "over the 2 questions of both" in shown
    assert "a significant loss" in shown
    assert "another entry first: What is a kettle?" in shown


def test_the_questions_of_a_glossary_are_found_in_its_folder(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    glossary = shutil.copytree(TEA, place / "tea")
    assert _eval(place, glossary=glossary) == 1
    said = capsys.readouterr().err
    assert said.startswith("masrad: The glossary has no questions")
    assert said.count("\n") == 1
    (glossary / "questions").mkdir()
    shutil.copy(place / "questions.yaml", glossary / "questions")
    assert _eval(place, glossary=glossary) == 0


def test_a_bad_case_is_one_sentence(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = place / "bad.yaml"
    file.write_text(QUESTIONS.replace("{mint: 2}", "{basil: 2}"), "utf-8")
    assert _eval(place, str(file)) == 1
    assert capsys.readouterr().err == (
        f"masrad: {file}:4: “basil” is no entry of the glossary: correct the id, or remove it.\n"
    )


@pytest.mark.parametrize("option", ["--json", "--report"])
def test_a_file_that_cannot_be_written_is_said_first(
    place: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(place / "questions.yaml")
    assert _eval(place, file, option, str(place / "nowhere" / "file")) == 1
    assert "cannot be written" in capsys.readouterr().err
