"""The questions that ship for sentences: whose they are, and what they change."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.glossary import Glossary
from knowledge.search.embeddings import bundled_embedders
from knowledge.search.intent import Classifier, joined
from knowledge.search.questions import Questions, text_hash

ASKED = Path(__file__).parents[1] / "data" / "training"

HELD = {
    "hashes": np.array([list(text_hash(t)) for t in ("One.", "One.", "Two.", "Gone.")], np.uint8),
    "bytes": np.array([[127, 0, 0], [0, 127, 0], [-127, 0, 0], [0, -127, 0]], np.int8),
    "centre": np.zeros(2),
    "directions": np.eye(2),
}


def test_the_nearest_question_of_each_sentence_counts_and_one_without_has_none() -> None:
    questions = Questions.of(HELD, ["Two.", "New.", "One.", "One."])
    assert questions.known.tolist() == [0, 2, 3]  # by its text, wherever it stands
    found = questions.closeness(np.array([0.0, 2.0]), np.zeros(1), 4)
    assert np.isnan(found[1])
    assert found[[0, 2, 3]] == pytest.approx([0.0, found[2], found[2]])
    assert found[2] > 0.8


@pytest.mark.parametrize("name", ["both", "fast"])
def test_nearly_all_sentences_of_the_bundled_glossary_have_some(
    bundled: Glossary, name: str
) -> None:
    texts = [s.text for entry in bundled.entries for s in entry.sentences]
    assert len(Questions.read(name, texts).known) > 0.9 * len(texts)
    assert len(Questions.read(name, ["Nobody has asked this."]).known) == 0


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [
        ("why does the loss jump around when i take huge steps", "learning-rate"),
        ("ليش لما كبرنا الخطوة صارت الخسارة تنط", "learning-rate"),
        ("ليه بنطفي شوية نيورونز وقت التدريب", "dropout"),
    ],
)
def test_a_question_in_other_words_is_near_to_those_that_ask_the_same(
    bundled: Glossary, question: str, entry_id: str
) -> None:
    sentences = [s for entry in bundled.entries for s in entry.sentences]
    questions = Questions.read("both", [s.text for s in sentences])
    vector = joined([each.query(question) for each in bundled_embedders()])
    intents = np.array([*Classifier(bundled_embedders()).predict(question).intents.values()])
    order = np.argsort(-np.nan_to_num(questions.closeness(vector, intents, len(sentences))))[:5]
    assert entry_id in {sentences[n].entry_id for n in order}
