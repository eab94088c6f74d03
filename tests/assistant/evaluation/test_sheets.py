"""The sheets beside retrieval: what is scored in answers, follow-ups and claims, and how."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Citation, Sentence
from assistant.assistant import Assistant
from assistant.evaluation import EvaluationError, claims, dialogues, replies
from assistant.evaluation.cases import Case
from assistant.evaluation.dialogues import TurnFields, resolves
from assistant.evaluation.scores import Score, Sheet
from assistant.evaluation.views import Views


def _turn(about: list[str], asks: str = "define") -> TurnFields:
    return TurnFields(ask="?", about=tuple(about), asks=asks)


@pytest.mark.parametrize(
    ("turn", "about", "literal", "right"),
    [
        (_turn(["kettle"]), {"kettle"}, set(), True),
        (_turn(["kettle"]), set(), set(), False),
        (_turn(["kettle"]), {"kettle", "mint"}, set(), False),
        (_turn(["kettle"]), {"kettle", "mint"}, {"mint"}, True),  # it names mint itself
        (_turn(["kettle", "mint"], "compare"), {"mint"}, {"mint"}, False),
        (_turn([], "origin"), {"kettle"}, set(), False),  # dragged back
        (_turn([], "origin"), set(), set(), True),
        (_turn([], "list"), {"kettle"}, set(), True),
    ],
)
def test_a_turn_is_resolved_if_it_is_about_all_that_it_should_be_and_no_more(
    turn: TurnFields,
    about: set[str],
    literal: set[str],
    right: bool,  # noqa: FBT001
) -> None:
    assert resolves(turn, about, literal) is right


def test_scripts_are_held_and_turns_after_the_first_scored(tea: Assistant, tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text(
        "- turns:\n"
        "  - {ask: 'What is a kettle?', about: [kettle], asks: define}\n"
        "  - {ask: 'and an example?', about: [kettle], asks: example}\n"
        "  - {ask: 'How does it work?', about: [teapot], asks: how}\n",
        "utf-8",
    )
    sheet = dialogues.ask(dialogues.read(tea.glossary, tmp_path), tea)
    assert [score.values["resolved"] for score in sheet.scores] == [1.0, 0.0]
    assert sheet.scores[1].note


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- turns: [{ask: x, about: [nothing], asks: define}]", "no entry"),
        ("- turns: [{ask: x, asks: define}]", "about"),
        ("- {turn: []}", "turns"),
    ],
)
def test_a_script_that_is_not_as_it_should_be_is_named_by_file_and_line(
    tea: Assistant, tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "en.yaml").write_text(text, "utf-8")
    with pytest.raises(EvaluationError, match=says) as raised:
        dialogues.read(tea.glossary, tmp_path)
    assert "en.yaml:1:" in str(raised.value)


CLAIMS = """
- entry: kettle
  section: summary
  language: en
  term: Kettle
  passage: "A kettle is a vessel for boiling water. It has a spout and a handle."
  claims:
    - {kind: paraphrase, claim: "A kettle is a vessel in which water is boiled."}
    - {kind: number, claim: "A kettle is a vessel for boiling 12 litres of water."}
"""


def test_claims_are_grounded_and_scored(tea: Assistant, tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text(CLAIMS, "utf-8")
    sheet = claims.judge(claims.read(tea.glossary, tmp_path), tea)
    true, false = sheet.scores
    assert true.values["recall"] == 1.0
    assert math.isnan(true.values["let in"])
    assert false.values["let in"] == 0.0
    assert math.isnan(false.values["precision"])


def _case(asks: str, entries: dict[str, int], question: str) -> Case:
    return Case(question, "en", asks, entries, asks=(asks,))


def test_answers_are_scored_by_what_they_give(tea: Assistant) -> None:
    cases = [
        _case("define", {"kettle": 2}, "What is a kettle?"),
        _case("origin", {"kettle": 2}, "When was the first electric kettle sold?"),
        _case("compare", {"kettle": 2, "teapot": 2}, "kettle versus teapot"),
    ]
    sheet = replies.ask(cases, Views(tea.retriever, tea.settings.store), tea.settings)
    assert len(sheet.scores) == 3
    for score in sheet.scores:
        assert score.values == {
            "citation recall": 1.0,
            "citation precision": 1.0,
            "kind": 1.0,
            "language": 1.0,
            "redundancy": 0.0,
        }


def test_what_an_answer_does_not_give_is_told(tea: Assistant) -> None:
    case = _case("limits", {"kettle": 2}, "What is a kettle?")
    answer = tea.ask(case.question)
    assert replies.gives("limits", answer, case, tea.glossary) == 0.0
    assert replies.gives("define", answer, case, tea.glossary) == 1.0
    no_limits = _case("limits", {"teapot": 2}, "What is a teapot?")
    assert math.isnan(
        replies.gives("limits", tea.ask("What is a teapot?"), no_limits, tea.glossary)
    )


def test_a_citation_that_does_not_hold_the_sentence_costs_recall(tea: Assistant) -> None:
    answer = tea.ask("What is a kettle?")
    wrong = replace(
        answer,
        sentences=(Sentence("A kettle is a vessel for boiling water.", (1,), "quoted", "en"),),
        citations=(
            Citation(1, "kettle", "Kettle", "en", "limits", "Hard water leaves lime", 0, 22),
        ),
    )
    assert replies._citing(wrong, tea) == (0.0, 0.0)
    assert replies._citing(answer, tea) == (1.0, 1.0)


def test_a_sheet_is_tabled_by_split_language_and_kind() -> None:
    scores = (
        Score("a", "en", "how", values={"right": 1.0}, held_out=False),
        Score("b", "en", "why", values={"right": 0.0}, held_out=False, note="another"),
        Score("c", "ar", "how", values={"right": math.nan}, held_out=True),
    )
    sheet = Sheet("test", "Test", ("right",), scores)
    [(tuned, first), (held, second)] = sheet.splits()
    assert (tuned, held) == ("tuned on", "held out")
    rows = list(sheet.rows(first, kinds=False))
    assert rows[0] == ("", "cases", "right")
    assert rows[1][:2] == ("all", "2")
    assert rows[1][2].startswith("0.500")
    assert [row[0] for row in sheet.rows(first, kinds=True)] == ["", "en, how", "en, why"]
    assert list(sheet.rows(second, kinds=False))[1][2] == "–"
    assert [score.what for score in sheet.wrong(first)] == ["b"]
    assert sheet.as_json()[2]["values"] == {"right": None}
