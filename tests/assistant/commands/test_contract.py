"""The contract of the command line: what is printed and the exit status, command by command."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.commands.conftest import masrad, refused, run
from tests.conftest import TEA
from tests.openai_server import OpenAIServer, Reply
from ui.command import commands

pytestmark = pytest.mark.usefixtures("places")
KETTLE = "A kettle is a vessel for boiling water."
CUP = "---\nterm: Cup\n---\n\nA cup holds tea.\n"


def _object(*arguments: object, **environment: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(masrad(*arguments, "--json", **environment))
    return value


def _rows(printed: str) -> list[dict[str, Any]]:
    return list(map(json.loads, printed.splitlines()))


@pytest.mark.parametrize(
    ("question", "language"),
    [("What is a foundation model?", "en"), ("ما هو النموذج الأساسي؟", "ar")],
)
def test_ask_on_the_bundled_glossary_in_a_process_of_its_own(
    bundled_data: Path, question: str, language: str
) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "MASRAD_GLOSSARY"}
    program = Path(sys.executable).with_name("masrad")
    command = [str(program), "ask", question, "--json", "--data-dir", str(bundled_data)]
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    answer = json.loads(done.stdout)
    assert set(answer) >= {
        "question", "understood", "language", "status", "confidence", "writer", "text",
        "sentences", "citations", "nearest", "follow_ups", "timings_ms",
    }  # fmt: skip
    assert (answer["status"], answer["language"]) == ("answered", language)
    assert set(answer["sentences"][0]) == {"text", "citations", "support"}
    citation = answer["citations"][0]
    assert (citation["entry_id"], citation["language"]) == ("foundation-model", language)
    assert set(citation) == {
        "marker", "entry_id", "term", "language", "section", "quote", "start", "end",
    }  # fmt: skip


def test_an_abstention_is_a_success() -> None:
    answer = _object("ask", "How much does a kettle cost in euros?")
    assert answer["status"] == "not_in_glossary"
    assert set(answer["nearest"][0]) == {"entry_id", "term", "score"}


def test_ask_and_search_for_people() -> None:
    printed = masrad("ask", "What is a kettle?")
    assert f"{KETTLE} [1]" in printed
    assert "[1] Kettle (summary, 0–39)" in printed
    lines = masrad("search", "what is a kettle", "-k", "1").splitlines()
    assert lines[0].startswith("confidence ")
    assert lines[2].endswith("Kettle (en, summary)")
    assert lines[4] == KETTLE


def test_search() -> None:
    found = _object("search", "what is a kettle", "-k", "3")
    assert set(found) == {"query", "confidence", "hits"}
    best, *others = found["hits"]
    assert len(others) == 2
    assert set(best) == {"entry_id", "term", "language", "section", "text", "score", "parts"}
    assert (best["entry_id"], best["section"], best["text"]) == ("kettle", "summary", KETTLE)
    assert all(isinstance(part, float) for part in best["parts"].values())
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[0] == found["confidence"] <= 1


def test_a_batch_keeps_order_ids_and_conversations(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": 1, "question": "What is a kettle?", "conversation": "a"},
        {"id": "two", "question": "Who won the 2018 World Cup?"},
        {"id": 3, "question": "and an example?", "conversation": "a"},
        {"id": 4, "question": ""},
        {"id": 5, "question": "Teapot", "language": "ar"},
    ]
    (tmp_path / "batch.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    done = run("ask", "--batch", tmp_path / "batch.jsonl")
    answers = _rows(done.stdout)
    assert [answer["id"] for answer in answers] == [1, "two", 3, 4, 5]
    assert answers[2]["understood"] == "Kettle: and an example?"
    assert answers[2]["intent"] == "example"
    assert answers[3]["error"].startswith("The question is empty")
    assert answers[4]["language"] == "ar"
    assert done.returncode == 1  # because one row failed


@pytest.mark.parametrize(("command", "answered"), [("ask", "status"), ("search", "hits")])
def test_a_broken_row_keeps_its_id_and_stops_no_other(command: str, answered: str) -> None:
    rows = (
        '\ufeff{"id": 1, "question": "kettle", "language": 5}\n'
        '{"id": 2, "question": "kettle", "conversation": ["x"]}\n'
        f'{{"id": {"9" * 5000}}}\nnot json\n{{"id": 4}}\n'
        '{"id": 5, "question": "What is a kettle?", "language": null, "conversation": null}\n'
    )
    *broken, whole = _rows(run(command, "--batch", "-", stdin=rows).stdout)
    assert [row["id"] for row in broken] == [1, 2, None, None, 4]
    says = ("language tag", "conversation", "not a JSON object", "not a JSON object", "“question”")
    assert all(said in row["error"] for said, row in zip(says, broken, strict=True))
    assert whole[answered]


def test_index_reports_what_changed(tmp_path: Path) -> None:
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary" / "cup.md").write_text(CUP, "utf-8")
    places = ("--glossary", tmp_path / "glossary", "--data-dir", tmp_path / "data")
    report = _object("index", *places)
    assert (report["added"], report["unchanged"]) == (1, 0)
    printed = masrad("index", *places)
    assert printed == "0 added, 0 changed, 0 removed, 1 unchanged entries.\n"


def test_check_names_file_and_line_and_the_rest_is_used(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(CUP, "utf-8")
    (tmp_path / "bad.md").write_text("---\nterm: Mug\naliases: {a: [\n---\n\nA mug.\n", "utf-8")
    done = run("check", tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].startswith("bad.md:")
    assert done.stdout.splitlines()[-1] == "1 en entries; 2 errors, 0 warnings."
    places = ("--glossary", tmp_path, "--data-dir", tmp_path / "data")
    asked = run("ask", "What is a cup?", *places)
    assert asked.returncode == 0
    assert "bad.md:" in asked.stderr
    assert "A cup holds tea." in asked.stdout
    found = _object("check", TEA)
    assert (found["errors"], found["entries"]) == (0, {"en": 2, "ar": 1})
    assert {language: sum(n.values()) for language, n in found["categories"].items()} == {
        "en": 2,
        "ar": 1,
    }


def test_a_map_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    masrad("map", tmp_path / "map.svg", "--language", "ar")
    assert (tmp_path / "map.svg").read_text("utf-8").startswith("<svg")
    assert [path.name for path in tmp_path.iterdir()] == ["map.svg"]
    assert "nowhere" in refused("map", tmp_path / "nowhere" / "map.svg")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask", ""), "empty"),
        (("ask", "🙂"), "no word"),
        (("ask", "a" * 100_000), "100,000 characters"),
        (("ask", "cup", "--category", "Fish"), "“Fish”"),
        (("ask", "cup", "--writer", "explain"), "OPENAI_API_KEY"),
        (("ask", "--batch", "missing.jsonl"), "missing.jsonl"),
        (("ask", "cup", "--data-dir", "/dev/null/x"), "--data-dir"),
        (("check", "missing"), "There is no glossary at missing"),
        (("export", "csv", "none/tea.csv"), "There is no folder none: make it first."),
        (("export", "csv", TEA / "tea.csv"), "the glossary's own place"),
        (("import", "missing", "dest"), "There is no glossary at missing"),
        (("conversations", "show", "nothing"), "There is no conversation “nothing”"),
        (("conversations", "rate", "nothing", "up"), "There is no answer “nothing”"),
        (("conversations", "list", "--data-dir", "/dev/null/x"), "--data-dir"),
        (("conversations", "export", "nothing", "nowhere/out.md"), "nowhere"),
        (("news", "update"), "No feed is set"),
        (("news", "list", "samovar"), "look it up with masrad search “samovar”."),
    ],
)
def test_what_goes_wrong_is_one_sentence(arguments: tuple[str, ...], says: str) -> None:
    assert says in refused(*arguments)


@pytest.mark.parametrize("name", ["MASRAD_COLOUR", "MASRAD_CHROMA_HOST"])
def test_an_unknown_setting(name: str) -> None:
    assert name in refused("ask", "cup", **{name: "red"})


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("sing",),
        ("ask",),
        ("ask", "x", "--writer", "poet"),
        ("search", "x", "-k", "0"),
        ("export", "docx", "tea.docx"),
        ("export", "csv", "tea.csv", "--terms", " , "),
        ("import", "tea.csv"),
        ("conversations", "rate", "x", "sideways"),
        ("conversations", "export", "x", "a.md", "b.md"),
        ("news",),
    ],
)
def test_wrong_usage_is_status_two(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")


def test_each_command_is_found_by_its_name_alone() -> None:
    names = [command.name for command in commands()]
    assert [command.name for name in names for command in commands(name)] == names


@pytest.mark.parametrize("json_", [True, False])
def test_explain_through_the_command(model_server: OpenAIServer, *, json_: bool) -> None:
    said = "A kettle is a vessel in which water is boiled [1.1]. It was sold in 1805 [1.1]."
    model_server.says(said, "1 yes" if json_ else "1 no: boiled")
    environment = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-test"}
    if json_:
        answer = _object("ask", "What is a kettle?", **environment)
        assert answer["writer"] == "explain"
        assert [s["support"] for s in answer["sentences"]] == ["supported"]
        assert [s["support"] for s in answer["withheld"]] == ["contradicted"]
        return
    done = run("ask", "What is a kettle?", **environment)
    printed = done.stdout
    assert done.stderr.endswith("the glossary is quoted instead.\n")
    assert "Withdrawn: A kettle is a vessel in which water is boiled. (" in printed
    assert f"{KETTLE} [1]" in printed.partition("The glossary itself:")[2]
    assert "Not shown: It was sold in 1805. (the number 1805 is not in the quote)" in printed
    assert "tokens read" in printed


def test_a_wrong_key_is_one_sentence_and_costs_nobody_the_answer(
    model_server: OpenAIServer,
) -> None:
    model_server.always = Reply(status=401)
    environment = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-wrong"}
    done = run("ask", "What is a kettle?", "--json", **environment)
    assert done.stderr.count("\n") == 1
    assert "OPENAI_API_KEY" in done.stderr
    answer = json.loads(done.stdout)
    assert (answer["writer"], answer["notice"]["kind"]) == ("quote", "key")
    assert answer["sentences"]
