"""``masrad conversations`` and ``masrad gaps``."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.conversations.store import Conversations
from tests.assistant.commands.conftest import masrad
from tests.assistant.conversations.making import GLOSSARY, answered, keep, unanswered
from tests.conftest import TEA

CUP = "---\nterm: {term}\n---\n\n{text}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the glossary of which the kept answers are, and where they are kept."""
    (tmp_path / "glossary").mkdir()
    for entry in GLOSSARY.entries[:2]:
        text = CUP.format(term=entry.term, text="\n\n".join(s.text for s in entry.sections))
        (tmp_path / "glossary" / f"{entry.id}.md").write_text(text, "utf-8")
    monkeypatch.setenv("MASRAD_GLOSSARY", str(tmp_path / "glossary"))
    monkeypatch.setenv("MASRAD_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def _opened(place: Path) -> closing[Conversations]:
    return closing(Conversations.open(place / "data" / "conversations.db"))


@pytest.fixture
def kept(place: Path) -> str:
    """A conversation of two turns, the second of which was not answered."""
    with _opened(place) as conversations:
        answer = answered("and boiling?", ["en/kettle"], understood="What boils water?")
        return keep(conversations, answer, unanswered("What is a samovar?"))


def _rows(*arguments: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(masrad(*arguments, "--json"))["conversations"]
    return rows


def test_the_list(kept: str, tmp_path: Path) -> None:
    heading, row = masrad("conversations").splitlines()
    assert heading.split("  ")[1] == "id"
    assert row.split()[0] == kept
    assert row.endswith("2      and boiling?")
    [values] = _rows("conversations")
    assert values.keys() == {"id", "title", "created_at", "changed_at", "turns"}
    assert (values["id"], values["turns"]) == (kept, 2)
    elsewhere = ("--data-dir", str(tmp_path / "elsewhere"))
    assert _rows("conversations", *elsewhere) == []


def test_showing(kept: str) -> None:
    shown = masrad("conversations", "show", kept)
    assert shown.startswith("# and boiling?\n")
    assert "*Understood as: What boils water?*\n\nA kettle boils water. [1]\n" in shown
    values = json.loads(masrad("conversations", "show", kept, "--json"))
    assert (values["id"], len(values["turns"])) == (kept, 2)


def test_deleting_and_undoing(kept: str) -> None:
    undo = masrad("conversations", "delete", kept).strip().rpartition(": ")[2]
    assert _rows("conversations") == []
    masrad(*undo.split()[1:])
    assert [row["title"] for row in _rows("conversations")] == ["and boiling?"]


def test_gaps(kept: str, place: Path) -> None:  # noqa: ARG001
    with _opened(place) as conversations:
        conversations.record_gap(unanswered("samovar"))
    _, samovar = masrad("gaps").splitlines()
    assert samovar.split()[:3] == ["2", "samovar", "en"]
    assert samovar.endswith("Kettle, Teapot")
    [values] = json.loads(masrad("gaps", "--json", "-n", "1"))["gaps"]
    assert values.keys() == {
        "term", "question", "language", "nearest", "count", "first_at", "last_at",
    }  # fmt: skip
    assert (values["term"], values["question"]) == ("samovar", "What is a samovar?")


def test_of_what_is_asked_only_a_gap_is_kept(
    tea_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASRAD_DATA_DIR", str(tea_folder))
    monkeypatch.setenv("MASRAD_GLOSSARY", str(TEA))
    masrad("ask", "What is a samovar?")
    assert _rows("conversations") == []
    assert "samovar" in masrad("gaps")
