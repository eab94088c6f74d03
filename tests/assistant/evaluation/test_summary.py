"""The summary, and the tables, the report and the picture that show it."""

import json
import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from assistant.assistant import Assistant
from assistant.evaluation import reliability, report
from assistant.evaluation.ablations import Ablation
from assistant.evaluation.cases import Case
from assistant.evaluation.figures import number, shown
from assistant.evaluation.measures import Estimate
from assistant.evaluation.summary import Summary, summarise
from assistant.evaluation.table import aligned, summary_table
from tests.assistant.evaluation.making import case, outcome

SVG = "{http://www.w3.org/2000/svg}"
ATTACK = 'Is | a *pipe* <script> & "quoted" [so](x)?'


def _first(count: int, made: Iterable[Case], *, held_out: bool = False) -> list[Case]:
    return list(islice((each for each in made if each.held_out == held_out), count))


CASES = [case(f"Kettle {n}?", kind="define" if n % 2 else "typo") for n in range(60)]
TUNED, HELD_OUT = _first(20, CASES), _first(10, CASES, held_out=True)
ACROSS = _first(2, (case(f"Across {n}?", cross=True, language="ar") for n in range(20)))
UNANSWERABLE = _first(
    4, (case(f"{ATTACK} {n}", kind="near", unanswerable="a pipe") for n in range(20))
)


@pytest.fixture(scope="module")
def summary(tea: Assistant) -> Summary:
    outcomes = [outcome(each, "kettle", retrieve_ms=4.0) for each in TUNED[5:]]
    outcomes += [outcome(each, "teapot", "kettle", retrieve_ms=40.0) for each in TUNED[:5]]
    outcomes += [outcome(each, "kettle") for each in HELD_OUT]
    outcomes += [outcome(each, "teapot") for each in ACROSS]
    outcomes += [outcome(each, "teapot", confidence=0.3) for each in UNANSWERABLE[1:]]
    outcomes.append(outcome(UNANSWERABLE[0], "teapot", confidence=0.7))
    return summarise(outcomes, tea.retriever)


def test_groups_of_each_split(summary: Summary) -> None:
    tuned, held_out = summary.splits
    assert (tuned.name, held_out.name) == ("tuned on", "held out")
    assert [group.name for group in tuned.groups] == [
        "all", "en", "across languages", "kind: define", "kind: typo", "kind: near",
    ]  # fmt: skip
    by_name = {group.name: group for group in tuned.groups}
    assert (by_name["all"].cases, by_name["all"].answerable) == (26, 22)
    assert by_name["en"].measures["recall@1"].value == 0.75
    assert by_name["all"].measures["recall@1"].value == pytest.approx(15 / 22)
    assert by_name["across languages"].measures["recall@1"].value == 0
    assert by_name["kind: near"].measures["refusal recall"].value == 0.75
    assert by_name["kind: near"].measures["recall@1"].value is None
    assert held_out.whole.measures["recall@1"] == Estimate(1, 1, 1)
    assert held_out.whole.measures["ROC area"].value is None


def test_thresholds_say_what_they_would_decide(summary: Summary) -> None:
    decided = {
        t.threshold: (t.answerable_refused, t.unanswerable_let_in)
        for t in summary.splits[0].thresholds
    }
    assert (decided[0.2], decided[0.5], decided[0.8]) == ((0, 4), (0, 1), (0, 0))


def test_latency_stands_beside_its_floor(summary: Summary) -> None:
    assert (summary.retrieve.p50, summary.retrieve.p95) == (4, 40)
    assert (summary.embed.p50, summary.embed.p95) == (1, 1)


def test_a_split_without_cases_is_left_out(tea: Assistant) -> None:
    [only] = summarise([outcome(each, "kettle") for each in HELD_OUT], tea.retriever).splits
    assert only.name == "held out"


def test_the_table_is_short_a_block_for_each_split(summary: Summary) -> None:
    blocks = summary_table(summary).split("\n\n")
    assert blocks[0].startswith("Tuned on: 26 questions, 22 answerable\n")
    assert re.search(r"^  en +20 +0\.750 \(0\.\d{3}–0\.\d{3}\)", blocks[0], re.MULTILINE)
    assert blocks[1].startswith("Held out: 10 questions, 10 answerable\n")
    assert "retrieve 4.0 / 40.0; embedding alone 1.0 / 1.0" in blocks[2]
    assert len("\n\n".join(blocks).splitlines()) < 30


def test_numbers_as_they_are_shown() -> None:
    assert shown(Estimate(0.5, 0.25, 0.75)) == "0.500 (0.250–0.750)"
    assert shown(Estimate(-0.5, -0.75, 0.25), signed=True) == "−0.500 (−0.750 to +0.250)"
    assert shown(Estimate(None, None, None)) == "–"
    assert number(-0.0001, signed=True) == "0.000"
    assert aligned([("a", "bc"), ("def", "g")]) == ["  a    bc", "  def  g"]


def test_everything_can_be_written_as_json(summary: Summary) -> None:
    written = json.loads(json.dumps(summary.as_json(), allow_nan=False))
    assert written["splits"][0]["groups"][0]["measures"]["recall@1"].keys() == {
        "value", "low", "high",
    }  # fmt: skip
    assert len(written["outcomes"]) == 36
    assert written["outcomes"][0].keys() >= {"question", "found", "confidence", "held_out", "wrong"}


def test_the_report_has_tables_and_lists_what_went_wrong(summary: Summary) -> None:
    ablation = Ablation(
        "dense only",
        Estimate(0.5, 0.4, 0.6),
        Estimate(-0.1, -0.2, 0),
        {"en": Estimate(-0.2, -0.3, -0.1), "ar": Estimate(0, -0.1, 0.1)},
        Estimate(None, None, None),
    )
    text = report.write(summary, "x-reliability.svg", [ablation])
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    assert headings == [
        "Evaluation",
        "Tuned on",
        "Held out",
        "Ablations",
        "Reliability",
        "Latency",
        "What went wrong",
        "Answered, with another entry first (7)",
        "Let in, though the glossary does not answer (1)",
    ]
    assert "](x-reliability.svg)" in text
    row = "| dense only | 0.500 (0.400–0.600) | −0.100 (−0.200 to 0.000) |"
    assert f"{row} −0.200 (−0.300 to −0.100) | 0.000 (−0.100 to +0.100) | – |" in text
    assert f"| {TUNED[0].question} | en | " in text
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


def test_what_a_question_says_never_becomes_markup(summary: Summary) -> None:
    text = report.write(summary, "x.svg")
    assert r"Is \| a \*pipe\* \<script\>" in text
    assert "<script>" not in text


def test_the_picture_lies_beside_the_report() -> None:
    assert report.picture_of(Path("a/b.md")) == Path("a/b-reliability.svg")


def test_the_picture_is_a_curve_for_each_split_in_light_and_dark(summary: Summary) -> None:
    svg = ET.fromstring(reliability.draw(summary.splits))  # noqa: S314
    curves = list(svg.iter(f"{SVG}polyline"))
    assert [curve.get("class") for curve in curves] == ["first", "second"]
    # Confidences of 0.9, 0.7 and 0.3 are three bins in the one, and one in the other.
    assert [len(curve.get("points", "").split()) for curve in curves] == [3, 1]
    assert "prefers-color-scheme: dark" in (svg.findtext(f"{SVG}style") or "")
    words = svg.findtext(f"{SVG}desc") or ""
    assert "0.30 and 0.00 (3 cases)" in words
    assert {text.text for text in svg.iter(f"{SVG}text")} >= {"tuned on (26)", "held out (10)"}
