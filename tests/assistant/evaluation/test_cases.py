"""Files of questions: those that ship are as they should be; what is wrong with one is said."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant import AssistantError
from assistant.evaluation.cases import BUNDLED_QUESTIONS, HELD_OUT, Case, read
from knowledge.glossary import Glossary
from tests.conftest import TEA

OTHERS = Path(__file__).parents[2] / "data" / "evaluation"
KETTLE: dict[str, Any] = {
    "id": "q1",
    "question": "what is a kettle?",
    "language": "en",
    "kind": "define",
    "answerable": True,
    "key": [["kettle", "A kettle is a vessel for boiling water."]],
}


def _read(folder: Path, *rows: dict[str, Any] | str) -> tuple[Case, ...]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (folder / "asked.jsonl").write_text("\n".join(lines), "utf-8")
    return read(folder / "asked.jsonl", Glossary.read(TEA))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{", "Invalid JSON"),
        (KETTLE | {"kind": "riddle"}, "“kind” is not as it should be"),
        (KETTLE | {"key": []}, "does not say what answers it"),
        (KETTLE | {"key": [["cup", "A cup."]]}, "has no entry “cup”"),
        (KETTLE | {"good": [["kettle", "It sings."]]}, "“kettle” does not say “It sings.”"),
        (KETTLE, "“q1” is the id of an earlier question"),
        (KETTLE | {"id": "q2", "conversation": "A", "turn": 2}, "turn 2 does not follow"),
    ],
)
def test_a_fault_is_said_with_file_and_line(
    tmp_path: Path, row: dict[str, Any] | str, says: str
) -> None:
    with pytest.raises(AssistantError) as raised:
        _read(tmp_path, KETTLE, "", row)
    assert str(raised.value).startswith(f"{tmp_path / 'asked.jsonl'}:3: ")
    assert says in str(raised.value)


def test_an_empty_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match=r"asked\.jsonl:1: holds no question"):
        _read(tmp_path, "")


def test_questions_are_of_the_glossarys_words_and_those_held_out_of_other_entries(
    bundled: Glossary,
) -> None:
    files = [*BUNDLED_QUESTIONS.glob("*.jsonl"), *OTHERS.glob("dialogues-*.jsonl")]
    asked = {file.stem: read(file, bundled) for file in files}  # which holds the words against it
    assert all(asked.values())
    assert {"held-out-en", "held-out-ar"} < {file.stem for file in HELD_OUT}
    held_out, tuned = (
        {i for language in ("en", "ar") for q in asked[f"{s}-{language}"] for i, _ in q.every_key}
        for s in ("held-out", "tuned")
    )
    assert held_out
    assert tuned
    assert not held_out & tuned
