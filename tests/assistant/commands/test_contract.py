"""The contract of the command line: what is printed and the exit status, command by command."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from assistant.commands.base import main
from tests.openai_server import OpenAIServer, Reply
from ui.command import commands

Run = subprocess.CompletedProcess[str]
TEA = Path(__file__).parents[2] / "data" / "tea"
MASRAD = Path(sys.executable).with_name("masrad")


def _process(*arguments: str, stdin: str = "", **environment: str) -> Run:
    """Runs the command as people do, in a process of its own."""
    return subprocess.run(
        [MASRAD, *arguments],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
        timeout=200,
    )


def _masrad(*arguments: str, stdin: str = "", **environment: str) -> Run:
    """Runs the command in this process, which spares it the imports."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "stdin", io.StringIO(stdin))
        for name, value in environment.items():
            patch.setenv(name, value)
        try:
            status = main(commands(), arguments)
        except SystemExit as exit_:  # as argparse ends on wrong usage
            status = int(exit_.code or 0)
    return Run(arguments, status, out.getvalue(), err.getvalue())


@pytest.fixture
def data(tea_data: Path) -> dict[str, str]:
    """The environment of the small glossary, indexed."""
    return {"MASRAD_DATA_DIR": str(tea_data), "MASRAD_GLOSSARY": str(TEA)}


def _object(run: Run) -> dict[str, Any]:
    assert run.returncode == 0, run.stderr
    [line] = run.stdout.splitlines()
    value: dict[str, Any] = json.loads(line)
    return value


def _one_sentence(run: Run) -> str:
    assert run.returncode == 1
    assert not run.stdout
    assert "Traceback" not in run.stderr
    [line] = run.stderr.splitlines()
    assert line.startswith("masrad: ")
    assert line.endswith(".")
    return line


@pytest.mark.parametrize(
    ("question", "language"),
    [("What is a foundation model?", "en"), ("ما هو النموذج الأساسي؟", "ar")],
)
def test_ask_on_the_bundled_glossary(bundled_data: Path, question: str, language: str) -> None:
    answer = _object(_process("ask", question, "--json", "--data-dir", str(bundled_data)))
    assert set(answer) >= {
        "question", "understood", "language", "status", "confidence", "writer", "text",
        "sentences", "citations", "nearest", "follow_ups", "timings_ms",
    }  # fmt: skip
    assert answer["status"] == "answered"
    assert answer["language"] == language
    assert set(answer["sentences"][0]) == {"text", "citations", "support"}
    citation = answer["citations"][0]
    assert citation["entry_id"] == "foundation-model"
    assert citation["language"] == language
    assert set(citation) == {
        "marker", "entry_id", "term", "language", "section", "quote", "start", "end",
    }  # fmt: skip


def test_an_abstention_is_a_success(data: dict[str, str]) -> None:
    answer = _object(_masrad("ask", "How much does a kettle cost in euros?", "--json", **data))
    assert answer["status"] == "not_in_glossary"
    assert set(answer["nearest"][0]) == {"entry_id", "term", "score"}


def test_ask_for_people(data: dict[str, str]) -> None:
    run = _masrad("ask", "What is a kettle?", **data)
    assert run.returncode == 0
    assert "A kettle is a vessel for boiling water. [1]" in run.stdout
    assert "[1] Kettle (summary, 0–39)" in run.stdout


def test_search(data: dict[str, str]) -> None:
    found = _object(_masrad("search", "what is a kettle", "-k", "3", "--json", **data))
    assert set(found) == {"query", "confidence", "hits"}
    assert len(found["hits"]) == 3
    best = found["hits"][0]
    assert set(best) == {"entry_id", "term", "language", "section", "text", "score", "parts"}
    assert (best["entry_id"], best["section"]) == ("kettle", "summary")
    assert best["text"] == "A kettle is a vessel for boiling water."
    assert all(isinstance(part, float) for part in best["parts"].values())
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[0] == found["confidence"] <= 1


def test_search_for_people(data: dict[str, str]) -> None:
    lines = _masrad("search", "what is a kettle", "-k", "1", **data).stdout.splitlines()
    assert lines[0].startswith("confidence ")
    assert lines[2].endswith("Kettle (en, summary)")
    assert lines[4] == "A kettle is a vessel for boiling water."


def test_a_batch_keeps_order_ids_and_conversations(data: dict[str, str], tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": 1, "question": "What is a kettle?", "conversation": "a"},
        {"id": "two", "question": "Who won the 2018 World Cup?"},
        {"id": 3, "question": "and an example?", "conversation": "a"},
        {"id": 4, "question": ""},
        {"id": 5, "question": "Teapot", "language": "ar"},
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    run = _masrad("ask", "--batch", str(batch), **data)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, "two", 3, 4, 5]
    assert answers[2]["understood"] == "Kettle: and an example?"
    assert answers[2]["intent"] == "example"
    assert answers[3]["error"].startswith("The question is empty")
    assert answers[4]["language"] == "ar"
    assert run.returncode == 1  # because one row failed


def test_a_broken_row_keeps_its_id_and_stops_no_other(data: dict[str, str]) -> None:
    rows = (
        '\ufeff{"id": 1, "question": "kettle", "language": 5}\n'
        '{"id": 2, "question": "kettle", "conversation": ["x"]}\n'
        f'{{"id": {"9" * 5000}}}\n'
        '{"id": 4, "question": "What is a kettle?", "language": null, "conversation": null}\n'
    )
    run = _masrad("ask", "--batch", "-", stdin=rows, **data)
    one, two, three, four = map(json.loads, run.stdout.splitlines())
    assert (one["id"], two["id"], three["id"], four["id"]) == (1, 2, None, 4)
    assert "language tag" in one["error"]
    assert "conversation" in two["error"]
    assert four["status"] == "answered"


def test_index_reports_what_changed(tmp_path: Path) -> None:
    glossary = tmp_path / "glossary"
    glossary.mkdir()
    (glossary / "cup.md").write_text("---\nterm: Cup\n---\n\nA cup holds tea.\n", "utf-8")
    environment = {"MASRAD_GLOSSARY": str(glossary), "MASRAD_DATA_DIR": str(tmp_path / "data")}
    report = _object(_masrad("index", "--json", **environment))
    assert (report["added"], report["unchanged"]) == (1, 0)
    assert (
        _masrad("index", **environment).stdout
        == "0 added, 0 changed, 0 removed, 1 unchanged entries.\n"
    )


def test_check_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("---\nterm: Cup\n---\n\nA cup holds tea.\n", "utf-8")
    (tmp_path / "bad.md").write_text("---\nterm: Mug\naliases: {a: [\n---\n\nA mug.\n", "utf-8")
    run = _masrad("check", str(tmp_path))
    assert run.returncode == 1
    assert run.stdout.splitlines()[0].startswith("bad.md:")
    assert run.stdout.splitlines()[-1] == "1 en entries; 2 errors, 0 warnings."
    asked = _masrad(
        "ask", "What is a cup?", "--glossary", str(tmp_path), "--data-dir", str(tmp_path / "data")
    )
    assert asked.returncode == 0
    assert "bad.md:" in asked.stderr
    assert "A cup holds tea." in asked.stdout


def test_check_counts_entries_by_language_and_category() -> None:
    run = _masrad("check", "--json")
    assert run.returncode == 0, run.stdout
    found = _object(run)
    assert found["errors"] == 0
    assert found["entries"]["en"] == found["entries"]["ar"] >= 150
    assert sum(found["categories"]["ar"].values()) == found["entries"]["ar"]
    assert len(found["categories"]["en"]) == len(found["categories"]["ar"])


def test_a_map_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    picture = tmp_path / "map.svg"
    run = _masrad("map", str(picture), "--glossary", str(TEA), "--language", "ar")
    assert run.returncode == 0, run.stderr
    assert picture.read_text("utf-8").startswith("<svg")
    assert [path.name for path in tmp_path.iterdir()] == ["map.svg"]
    assert "nowhere" in _one_sentence(_masrad("map", str(tmp_path / "nowhere" / "map.svg")))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask", ""), "empty"),
        (("ask", "🙂"), "no word"),
        (("ask", "a" * 100_000), "100,000 characters"),
        (("ask", "cup", "--glossary", "missing"), "There is no glossary at missing"),
        (("check", "missing"), "There is no glossary at missing"),
        (("ask", "cup", "--writer", "explain"), "OPENAI_API_KEY"),
        (("ask", "--batch", "missing.jsonl"), "missing.jsonl"),
        (("ask", "cup", "--data-dir", "/dev/null/x"), "--data-dir"),
    ],
)
def test_what_goes_wrong_is_one_sentence(
    data: dict[str, str], arguments: tuple[str, ...], says: str
) -> None:
    assert says in _one_sentence(_masrad(*arguments, **data))


def test_an_unknown_setting(data: dict[str, str]) -> None:
    assert "MASRAD_COLOUR" in _one_sentence(_masrad("ask", "cup", MASRAD_COLOUR="red", **data))


@pytest.mark.parametrize("arguments", [(), ("ask",), ("ask", "x", "--writer", "poet"), ("sing",)])
def test_wrong_usage_is_status_two(arguments: tuple[str, ...]) -> None:
    assert _masrad(*arguments).returncode == 2


def test_each_command_is_found_by_its_name_alone() -> None:
    names = [command.name for command in commands()]
    assert [command.name for name in names for command in commands(name)] == names


def test_explain_through_the_command(data: dict[str, str], model_server: OpenAIServer) -> None:
    model_server.says("A kettle is a vessel in which water is boiled [1.1].", "1 yes")
    environment = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-test", **data}
    answer = _object(_masrad("ask", "What is a kettle?", "--json", **environment))
    assert answer["writer"] == "explain"
    assert answer["sentences"][0]["support"] == "supported"


def test_a_wrong_key_is_one_sentence_and_costs_nobody_the_answer(
    data: dict[str, str], model_server: OpenAIServer
) -> None:
    model_server.always = Reply(status=401)
    environment = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-wrong", **data}
    run = _masrad("ask", "What is a kettle?", "--json", **environment)
    assert run.stderr.count("\n") == 1
    assert "OPENAI_API_KEY" in run.stderr
    answer = _object(run)
    assert answer["writer"] == "quote"
    assert answer["notice"]["kind"] == "key"
    assert answer["sentences"]
