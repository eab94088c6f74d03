"""Ablations: the same questions, asked of retrievers that lack something."""

from pathlib import Path

from assistant.assistant import Assistant
from assistant.evaluation.ablations import Remembering, ablations
from assistant.evaluation.outcomes import ask
from assistant.evaluation.views import Views
from knowledge.fusion import ABLATIONS
from knowledge.store import Store
from tests.assistant.evaluation.making import case
from tests.knowledge.conftest import CountingEmbeddings


def test_each_question_is_embedded_once() -> None:
    counting = CountingEmbeddings()
    remembering = Remembering(counting)
    assert remembering.embed_query("kettle") == remembering.embed_query("kettle")
    remembering.embed_query("teapot")
    assert counting.queries == ["kettle", "teapot"]
    assert remembering.embed_documents(["kettle"]) == counting.embed_documents(["kettle"])


def test_each_ablation_is_measured_beside_the_full_retriever(
    tea: Assistant, tmp_path: Path
) -> None:
    views = Views(tea.retriever, Store(tmp_path))
    cases = [
        case(),
        case("What is a teapot?", entries={"teapot": 2}),
        case("What is mint?", entries={"mint": 2}, cross=True),
        case("Who won the cup final?", unanswerable="sport"),
    ]
    found = ablations(ask(cases, views), views)
    assert [each.name for each in found] == list(ABLATIONS)
    for each in found:
        assert each.recall.value is not None
        assert each.change.value is not None
        assert each.change.value <= 0  # the full one finds all three
        assert list(each.changes) == ["en"]  # cases across languages aside
