"""The contract of the command line: what is printed and the exit status, command by command."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.commands.conftest import masrad, refused, run
from tests.conftest import TEA
from tests.feed_server import feed_server, rss
from tests.openai_server import OpenAIServer

pytestmark = pytest.mark.usefixtures("places")
KETTLE = "A kettle is a vessel for boiling water."
CUP = "---\nterm: Cup\n---\n\nA cup holds tea.\n"


def _object(*arguments: object, **environment: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(masrad(*arguments, "--json", **environment))
    return value


def _rows(printed: str) -> list[dict[str, Any]]:
    return list(map(json.loads, printed.splitlines()))


def test_ask_in_a_process_of_its_own() -> None:
    program, question = Path(sys.executable).with_name("masrad"), "ما هو النعناع؟"
    command = [str(program), "ask", question, "--json"]
    answer = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert (answer["question"], answer["language"]) == (question, "ar")
    assert answer["citations"][0]["entry_id"] == "mint"


def test_ask() -> None:
    answer = _object("ask", "What is a kettle?")
    assert set(answer) >= {
        "question", "understood", "language", "status", "confidence", "writer", "text",
        "sentences", "citations", "nearest", "follow_ups", "timings_ms",
    }  # fmt: skip
    assert (answer["status"], answer["writer"]) == ("answered", "quote")
    assert answer["sentences"][0] == {"text": KETTLE, "citations": [1], "support": "quoted"}
    assert answer["citations"][0] == {
        "marker": 1, "entry_id": "kettle", "term": "Kettle", "language": "en",
        "section": "summary", "quote": KETTLE, "start": 0, "end": len(KETTLE),
    }  # fmt: skip
    printed = masrad("ask", "What is a kettle?")
    assert f"{KETTLE} [1]" in printed
    assert f"[1] Kettle (definition): “{KETTLE}”" in printed

    answer = _object("ask", "How much does a kettle cost in euros?")  # no failure either
    assert answer["status"] == "not_in_glossary"
    assert set(answer["nearest"][0]) == {"entry_id", "term", "score"}


def test_search() -> None:
    found = _object("search", "what is a kettle", "-k", "3")
    assert set(found) == {"query", "confidence", "hits"}
    best, *others = found["hits"]
    assert len(others) == 2
    assert set(best) == {"entry_id", "term", "language", "section", "text", "score", "parts"}
    assert (best["entry_id"], best["section"], best["text"]) == ("kettle", "summary", KETTLE)
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[0] == found["confidence"] <= 1
    assert KETTLE in masrad("search", "what is a kettle", "-k", "1").splitlines()


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
    says = ("“language”", "“conversation”", "not a JSON object", "not a JSON object", "“question”")
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
    assert done.stdout.splitlines()[-1] == "1 en entries; 1 errors, 0 warnings."
    places = ("--glossary", tmp_path, "--data-dir", tmp_path / "data")
    asked = run("ask", "What is a cup?", *places)
    assert asked.returncode == 0
    assert "bad.md:" in asked.stderr
    assert "A cup holds tea." in asked.stdout
    found = _object("check", TEA)
    assert (found["errors"], found["entries"]) == (0, {"en": 2, "ar": 1})
    counts = {language: sum(n.values()) for language, n in found["categories"].items()}
    assert counts == found["entries"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask", ""), "empty"),
        (("ask", "a" * 100_000), "100,000 characters"),
        (("ask", "cup", "--category", "Fish"), "“Fish”"),
        (("ask", "cup", "--writer", "explain"), "OPENAI_API_KEY"),
        (("ask", "--batch", "missing.jsonl"), "missing.jsonl"),
        (("ask", "cup", "--data-dir", "/dev/null/x"), "--data-dir"),
        (("check", "missing"), "There is no glossary at missing"),
        (("export", "csv", TEA / "tea.csv"), "the glossary's own place"),
        (("eval", "none.jsonl"), "The questions in none.jsonl cannot be read"),
        (("news", "update"), "No feed is set"),
    ],
)
def test_what_goes_wrong_is_one_sentence(arguments: tuple[str, ...], says: str) -> None:
    assert says in refused(*arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        "", "sing", "ask", "ask x --writer poet", "search x -k 0", "export docx tea.docx",
        "export csv tea.csv --terms ,", "import tea.csv", "conversations show x y",
        "news",
    ],
)  # fmt: skip
def test_wrong_usage_is_status_two(arguments: str) -> None:
    done = run(*arguments.split())
    assert (done.returncode, done.stdout) == (2, "")


def test_explain_through_the_command(model_server: OpenAIServer) -> None:
    said = "A kettle is a vessel in which water is boiled [1.1]. It was sold in 1805 [1.1]."
    environment = {"OPENAI_BASE_URL": model_server.url, "OPENAI_API_KEY": "sk-test"}
    model_server.says(said, "1 yes")
    answer = _object("ask", "What is a kettle?", **environment)
    assert answer["writer"] == "explain"
    assert [s["support"] for s in answer["sentences"]] == ["supported"]
    assert [s["support"] for s in answer["withheld"]] == ["contradicted"]
    model_server.says(said, "1 no: boiled")
    done = run("ask", "What is a kettle?", **environment)
    assert done.stderr.endswith("the glossary is quoted instead.\n")
    assert done.stdout.startswith(f"{KETTLE} [1]")
    assert "Not shown: It was sold in 1805. (the number 1805 is not in the quote)" in done.stdout


def test_an_update_of_the_news_tells_what_became_of_each_feed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = ("A kettle that boils in a minute", "The vessel heats water for tea.")
    monkeypatch.setenv("MASRAD_NEWS_PRIVATE", "true")
    with feed_server() as feeds:
        good, bad = feeds.put("/tea", rss(told)), feeds.url + "/nowhere"
        monkeypatch.setenv("MASRAD_NEWS_FEEDS", f"{good} {bad}")
        done = run("news", "update")
        assert done.returncode == 0
        assert done.stdout == "Feeds: 1 read, 1 failed.\n"
        assert done.stderr == f"masrad: {bad} answers 404.\n"
    done = run("news", "update", "--json")  # its server is no longer there
    assert done.returncode == 1
    (feed, _) = json.loads(done.stdout)["feeds"]
    assert feed.keys() == {"url", "items", "error"}
    assert done.stderr.count("\n") == 2
