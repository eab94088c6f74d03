"""``masrad eval``, from a file of questions to its tables, on a tiny glossary."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from assistant.commands.base import main
from assistant.commands.evaluate import evaluate
from tests.conftest import TEA
from tests.openai_server import OpenAIServer

BOILS = "A kettle is a vessel for boiling water."
SOLD = "The first electric kettle was sold in 1891 by a company in Chicago."
FIRST = {"id": "q1", "conversation": "A", "kind": "define", "key": [["kettle", BOILS]]}
LATER = {"id": "q2", "conversation": "A", "turn": 2, "kind": "who_when", "key": [["kettle", SOLD]]}
ASKED: list[dict[str, Any]] = [
    FIRST | {"question": "What is a kettle?"},
    LATER | {"question": "When was it first sold?"},
    {"id": "q3", "question": "Teapot?", "kind": "define", "entries": ["kettle"]},
    {"id": "q4", "question": "Who won the cup final?", "kind": "offtopic", "answerable": False},
]


@pytest.fixture
def place(tmp_path: Path, tea_data: Path) -> Path:
    """A folder with four questions, and an index."""
    shutil.copytree(tea_data, tmp_path / "data")
    lines = (json.dumps({"language": "en", "answerable": True} | row) for row in ASKED)
    (tmp_path / "asked.jsonl").write_text("\n".join(lines), "utf-8")
    return tmp_path


def _eval(place: Path, *arguments: str, glossary: Path = TEA) -> int:
    given = ["--glossary", str(glossary), "--data-dir", str(place / "data")]
    return main({"eval": evaluate}, ["eval", *arguments, *given])


def test_questions_are_asked_in_turn_and_what_went_wrong_is_told(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = place / "now.json"
    assert _eval(place, str(place / "asked.jsonl"), "--json", str(made), "--ablations") == 0
    printed = capsys.readouterr().out
    values = json.loads(made.read_text("utf-8"))
    scores = {score["id"]: score for score in values["scores"]}
    assert {i for i, score in scores.items() if score["wrong"]} == {"q3"}
    assert scores["q2"]["parts"]["key"] == [1, 1]  # “it” is the kettle of the turn before
    assert scores["q3"]["wrong"] == "another entry first: teapot"
    assert values["measures"]["Labelled with sentences"]["all"]["key"] == [1, 1, 1]
    assert "follow-ups" in printed
    for line in ("Labelled with entries", "Not answered by the glossary", "without vectors"):
        assert line in printed
    assert _eval(place) == 1
    assert "Name files of questions" in capsys.readouterr().err


def test_claims_are_shown_or_not_by_the_checks_and_by_the_judge(
    place: Path,
    capsys: pytest.CaptureFixture[str],
    model_server: OpenAIServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    glossary, made = shutil.copytree(TEA, place / "tea"), place / "now.json"
    (glossary / "claims").mkdir()
    said = {
        "A coil in the base is heated by an electric current.": "true",
        "An electric current heats 3000 coils in the base.": "number",
        "An electric current in the base is heated by a coil.": "swap",
    }
    common = {"language": "en", "entry": "kettle", "question": "How does a kettle work?"}
    rests = ["An electric current heats a coil in the base."]
    rows = (
        {"id": f"c{n}", "claim": claim, "kind": kind, "rests": rests, **common}
        for n, (claim, kind) in enumerate(said.items())
    )
    (glossary / "claims" / "en.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")

    def right() -> list[int]:
        assert _eval(place, "--json", str(made), glossary=glossary) == 0
        scores = json.loads(made.read_text("utf-8"))["scores"]
        return [score["parts"]["told apart"][0] for score in scores]

    assert right() == [1, 1, 0]
    assert "Labelled with sentences" not in capsys.readouterr().out
    monkeypatch.setenv("OPENAI_BASE_URL", model_server.url)
    model_server.says("1 yes\n2 no: steam")  # it is asked once, of what passes the hard checks
    assert right() == [1, 1, 1]
    assert len(model_server.requests) == 1
    assert "The judge: 1 calls" in capsys.readouterr().out
