"""Outcomes: asking the cases, and reading what an earlier evaluation wrote."""

import json
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.evaluation import EvaluationError
from assistant.evaluation.outcomes import ask, read
from assistant.evaluation.views import Views
from knowledge.glossary import Glossary
from knowledge.retrieval import Retriever
from knowledge.store import Store
from tests.assistant.evaluation.making import case, outcome

ACROSS = case("What is mint?", entries={"mint": 2}, cross=True)


@pytest.fixture
def views(tea: Assistant, tmp_path: Path) -> Views:
    return Views(tea.retriever, Store(tmp_path))


def test_what_is_found_is_kept_with_its_confidence_and_its_time(views: Views) -> None:
    kettle, sport = ask([case(), case("Who won the cup final?", unanswerable="sport")], views)
    assert kettle.ids[0] == "kettle"
    assert kettle.accepted
    assert kettle.wrong is None
    assert 0.5 < kettle.confidence <= 1
    assert not sport.accepted
    assert sport.wrong is None
    assert min(kettle.retrieve_ms, kettle.embed_ms) > 0


def test_across_languages_the_entries_of_the_own_language_are_hidden(views: Views) -> None:
    own = case("What is a kettle?")
    arabic = case("ما هي غلاية الماء؟", language="ar-EG", cross=True)
    assert views.of(own).glossary.languages == ("en", "ar")
    assert views.of(ACROSS).glossary.languages == ("ar",)
    assert views.of(arabic).glossary.languages == ("en",)
    assert views.of(ACROSS) is views.of(ACROSS)
    [found] = ask([ACROSS], views)
    assert found.ids == ("mint",)


def test_views_can_be_remade_with_another_retriever(views: Views) -> None:
    views.of(ACROSS)
    made: list[Retriever] = []

    def make(retriever: Retriever) -> Retriever:
        made.append(retriever)
        return Retriever(retriever.glossary, retriever.index, retriever.embedder)

    again = views.remade(make)
    assert made == [views.whole, views.of(ACROSS)]
    assert again.of(ACROSS) is not views.of(ACROSS)
    assert again.of(ACROSS).index is views.of(ACROSS).index


def test_a_glossary_of_one_language_cannot_be_asked_across(tea: Assistant, tmp_path: Path) -> None:
    english = tuple(e for e in tea.glossary.entries if e.language == "en")
    alone = Retriever(
        Glossary(tea.glossary.path, english), tea.retriever.index, tea.retriever.embedder
    )
    asked = case("What is a cup?", unanswerable="no entry", cross=True)
    with pytest.raises(EvaluationError, match="“en” only"):
        Views(alone, Store(tmp_path)).of(asked)


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (outcome(case(), "kettle", "teapot"), None),
        (outcome(case(), "teapot", "kettle"), "another entry first"),
        (outcome(case()), "another entry first"),
        (outcome(case(), "kettle", confidence=0.2), "refused"),
        (outcome(case(unanswerable="sport"), "kettle"), "let in"),
        (outcome(case(unanswerable="sport"), confidence=0.2), None),
    ],
)
def test_what_is_wrong_with_an_outcome(found: object, wrong: str | None) -> None:
    assert getattr(found, "wrong") == wrong  # noqa: B009


def test_outcomes_survive_being_written(tmp_path: Path) -> None:
    outcomes = (
        outcome(case(entries={"kettle": 2, "teapot": 1}), "kettle", "teapot"),
        outcome(case("ما الكوب؟", language="ar", unanswerable="ليس مدخلًا"), confidence=0.25),
    )
    file = tmp_path / "old.json"
    file.write_text(json.dumps({"outcomes": [o.as_json() for o in outcomes], "more": 1}), "utf-8")
    assert read(file) == outcomes


@pytest.mark.parametrize("text", ["", "{}", "[]", "nothing", '{"outcomes": [{"question": "q"}]}'])
def test_what_no_evaluation_wrote_is_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "old.json"
    file.write_text(text, "utf-8")
    with pytest.raises(EvaluationError, match=r"old\.json is no evaluation") as raised:
        read(file)
    assert "\n" not in str(raised.value)
    with pytest.raises(EvaluationError, match="cannot be read"):
        read(tmp_path / "missing.json")
