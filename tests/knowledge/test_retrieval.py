"""Retrieval: the entries and the sentences that answer, and how surely they do."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import yaml

from knowledge.entry import EXAMPLE, SUMMARY, Section
from knowledge.glossary import Glossary
from knowledge.search import index as index_module
from knowledge.search.embeddings import bundled_embedders
from knowledge.search.evidence import Evidence, Trace
from knowledge.search.intent import Classifier
from knowledge.search.retriever import Retriever
from knowledge.search.store import Store
from tests.knowledge.conftest import CountingEmbeddings, an_entry, opened, small_glossary

QUESTIONS: list[dict[str, str]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "questions.yaml").read_text("utf-8")
)
PLAIN = [question for question in QUESTIONS if "entry" in question][::5]


def _retrieve(retriever: Retriever, question: dict[str, str]) -> Evidence:
    return retriever.retrieve(question["question"], question["language"])


def _keys(evidence: Evidence) -> list[str]:
    """The entries found, best first, with their languages."""
    return [found.entry.key for found in evidence.entries]


# In every language.


@pytest.mark.parametrize(
    ("question", "language", "key"),
    [
        pytest.param("What is a tide?", "en", "en/tide", id="English where both are"),
        pytest.param(
            "Which low land by the shore is flooded by sea water, where salt-tolerant plants grow?",
            "en",
            "ar/salt-marsh",
            id="only in Arabic",
        ),
    ],
)
def test_an_entry_is_found_across_languages_and_shown_in_the_questions(
    tides: Retriever, question: str, language: str, key: str
) -> None:
    evidence = tides.retrieve(question, language)
    assert _keys(evidence)[0] == key
    assert evidence.answerable
    assert evidence.sentences[0].sentence.key == key


# Which sentence answers.


SOURDOUGH = {
    SUMMARY: "Sourdough is bread that wild yeast raises.",
    "how": "In sourdough, wild yeast eats sugar and gives off gas, which lifts the dough.",
    "limits": "Sourdough takes a whole day, and it fails in a cold kitchen.",
    EXAMPLE: "For example, a sourdough loaf of 500 g of flour takes 100 g of starter.",
}
OTHERS = small_glossary({"oven": "An oven is a hot closed box.", "flour": "Flour is ground grain."})
SECTIONS = tuple(Section(name, name.title(), text) for name, text in SOURDOUGH.items())
BREAD = replace(OTHERS, entries=(an_entry("sourdough", sections=SECTIONS), *OTHERS.entries))


@pytest.mark.parametrize(
    ("question", "language", "section"),
    [("What is sourdough?", "en", SUMMARY), ("Give me an example of sourdough.", "en", EXAMPLE)],
)
def test_the_sentence_that_is_wanted_comes_first(
    store: Store, question: str, language: str, section: str
) -> None:
    evidence = opened(store, BREAD).retrieve(question, language)
    assert _keys(evidence)[0] == "en/sourdough"
    assert evidence.sentences[0].sentence.section == section


def test_what_is_nothing_but_a_name_is_of_its_entry_whatever_else_sounds_like_it(
    retriever: Retriever,
) -> None:
    spelled = "الار ايه جي"  # RAG, letter by letter
    wants = retriever.classifier.predict(spelled).only("definition")
    evidence = retriever.retrieve(spelled, "ar", wants=wants)
    assert evidence.answerable
    assert evidence.sentences[0].sentence.entry_id == "retrieval-augmented-generation"


def test_a_wording_finds_its_entry_and_is_never_shown(store: Store) -> None:
    glossary = Glossary(
        Path("/glossaries/shore"),
        (
            an_entry("ebb", asked=("why do boats lie on sand?",)),
            an_entry("flow", asked=("when does the beach grow narrow?",)),
            *(an_entry(f"wave-{n}") for n in range(9)),
        ),
    )
    evidence = opened(store, glossary).retrieve("boats lie on the sand, why?", "en")
    assert _keys(evidence)[0] == "en/ebb"
    assert {found.sentence.text for found in evidence.sentences} == {"It rises."}


# What may be found.


def test_within_some_ids_nothing_else_is_found(retriever: Retriever, bundled: Glossary) -> None:
    models = bundled.within("Models")
    for question, language in (("What is BERT?", "en"), ("ما هو التضمين؟", "ar")):
        evidence = retriever.retrieve(question, language, within=models)
        assert {found.entry.id for found in evidence.entries} <= models
        assert {found.sentence.entry_id for found in evidence.sentences} <= models
        assert evidence.answerable == (evidence.named[0] in models)


@pytest.mark.parametrize(
    ("question", "language"),
    [("", "en"), ("\u200f", "ar"), ("How is bread baked?", "en"), ("كم سعر تذكرة القطار؟", "ar")],
)
def test_what_has_no_subject_or_another_than_the_glossary_is_not_answerable(
    retriever: Retriever, question: str, language: str
) -> None:
    assert not retriever.retrieve(question, language).answerable


# Scores.


def test_eight_threads_find_what_one_finds(retriever: Retriever) -> None:
    asked = QUESTIONS[::18]
    alone = [Trace.of(_retrieve(retriever, each), retriever.glossary) for each in asked]
    shared = Retriever(retriever.glossary, retriever.indexes, retriever.classifier)
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(partial(_retrieve, shared), asked))
    assert [Trace.of(evidence, retriever.glossary) for evidence in together] == alone


def test_where_chroma_finds_the_nearest_alone_the_same_sentence_answers(
    retriever: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = [_retrieve(retriever, question) for question in PLAIN[::2]]
    monkeypatch.setattr(index_module, "EXACT", 10)
    asked = [_retrieve(retriever, question) for question in PLAIN[::2]]
    assert len(asked) > 18
    for found, all_compared in zip(asked, exact, strict=True):
        first, wanted = (e.sentences[0].sentence for e in (found, all_compared))
        assert first.text == wanted.text, found.question
        assert found.confidence == pytest.approx(all_compared.confidence, abs=0.02)


# Embedders.


def test_an_embedder_that_was_chosen_tells_closeness_and_the_bundled_ones_intents(
    store: Store,
) -> None:
    glossary = small_glossary(
        {"lighthouse": "Its lamp warns ships.", "ebb": "The sea falls.", "gull": "It dives."}
    )
    chosen = CountingEmbeddings()
    retriever = opened(store, glossary, [chosen.named()])
    question = "Who came up with the lamp that warns ships, and in which year was that?"
    evidence = retriever.retrieve(question, "en")
    assert _keys(evidence)[0] == "en/lighthouse"
    assert chosen.queries == [question]
    bundled = Classifier(bundled_embedders()).predict(question)
    assert evidence.wants.intent == bundled.intent == "origin"
    assert {f.match for f in evidence.sentences} == {0.0}  # its numbers are not the classifier's


def test_the_fast_embedder_alone_answers_too(retriever: Retriever) -> None:
    classifier = Classifier(bundled_embedders()[-1:])
    alone = Retriever(retriever.glossary, retriever.indexes[-1:], classifier)
    found = [_retrieve(alone, question) for question in PLAIN]
    assert np.mean([evidence.answerable for evidence in found]) > 0.9
    right = [
        evidence.entries[0].entry.id == question["entry"]
        for evidence, question in zip(found, PLAIN, strict=True)
    ]
    assert np.mean(right) > 0.7
