"""Intent: what a question wants, in wordings that it did not learn."""

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge.search.embeddings import bundled_embedders
from knowledge.search.intent import INTENTS, ROLES, Classifier, Intent

TRAINING = Path(__file__).parents[1] / "data" / "training"

WORDINGS: dict[Intent, str] = {
    "definition": "What does inflation mean?",
    "mechanism": "By what steps does a refrigerator move heat outside?",
    "cause": "لماذا يصدأ الحديد أسرع قرب البحر؟",
    "remedy": "كيف أمنع نموذجي من حفظ بيانات التدريب؟",
    "when": "When should I use a tripod rather than shoot by hand?",
    "benefit": "What are the advantages of crop rotation for a small farm?",
    "drawback": "What are the downsides and risks of index funds?",
    "kinds": "What types of sailing knots are there?",
    "parts": "What parts does a telescope consist of?",
    "example": "أعطني مثالا عمليا على الاستعارة المكنية",
    "comparison": "ما الفرق بين الخميرة الطبيعية والخميرة الجافة؟",
    "number": "كم عدد حجرات القلب عند الضفدع؟",
    "origin": "Who invented the sextant, and in which year?",
    "fact": "In which harbour did the fleet lie over the winter?",
    "yesno": "Is a tomato botanically a fruit?",
    "list": "List all the terms you have about photography.",
    "relation": "How is inflation related to interest rates?",
    "restate": "لم أفهم، اشرحها لي بكلمات أبسط",
    "teach": "حضر لي اختبارا قصيرا من خمسة أسئلة لطلابي",
    "greeting": "مساء الخير كيف حالك",
    "thanks": "Many thanks, that cleared it right up",
    "identity": "Tell me, who are you and what are you able to do?",
    "feedback": "No, that answer is wrong.",
    "outside": "كيف سيكون الطقس في القاهرة غدا؟",
}


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(bundled_embedders())


def _vectors(classifier: Classifier, texts: list[str]) -> list[np.ndarray]:
    return [np.array(each.passages(texts)) for each in classifier.embedders]


def test_every_intent_is_asked_for_here_in_words_that_were_not_learned() -> None:
    files = list(TRAINING.glob("*.jsonl"))
    learned = {
        json.loads(line)["question"]
        for file in files
        for line in file.read_text("utf-8").splitlines()
    }
    assert len(learned) > 1000
    assert WORDINGS.keys() == set(INTENTS)
    assert not learned & set(WORDINGS.values())


@pytest.mark.parametrize(
    ("count", "least"),
    [pytest.param(2, 0.95, id="both embedders"), pytest.param(1, 0.8, id="the fast one alone")],
)
def test_what_a_question_wants_is_told_from_its_wording(count: int, least: float) -> None:
    classifier = Classifier(bundled_embedders()[-count:])
    missed = [
        (wording, told, intent)
        for intent, wording in WORDINGS.items()
        if (told := classifier.predict(wording).intent) != intent
    ]
    assert len(missed) <= (1 - least) * len(WORDINGS), missed


def test_what_a_glossary_would_not_answer_is_less_askable(classifier: Classifier) -> None:
    asked = [WORDINGS[intent] for intent in ("definition", "mechanism", "drawback")]
    worst = min(classifier.predict(wording).askable for wording in asked)
    assert classifier.predict(WORDINGS["outside"]).askable < worst


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("It was first described by two Dutch engineers in 1911.", "origin"),
        ("For example, a shop that sells 40 loaves a day bakes 46 to be safe.", "example"),
        ("It fails where the ground is wet, and it is costly to maintain.", "limits"),
        ("وُصف أول مرة عام 1911 على يد مهندسين هولنديين.", "origin"),
    ],
)
def test_a_sentence_tells_itself_in_which_section_it_stands(
    classifier: Classifier, sentence: str, role: str
) -> None:
    (likely,) = classifier.roles(_vectors(classifier, [sentence]))
    assert likely.sum() == pytest.approx(1.0, abs=1e-5)
    assert ROLES[int(likely.argmax())] == role


@pytest.mark.parametrize(
    "question", ["When was the sluice first built?", "متى بُنيت بوابة القناة أول مرة؟"]
)
def test_the_sentence_that_answers_matches_best(classifier: Classifier, question: str) -> None:
    said = [
        "The first sluice was built in 1373.",
        "A sluice is a gate that holds back the water of a canal.",
        "Its wood rots where it stands in the water.",
    ]
    assert classifier.match(question, _vectors(classifier, said)).argmax() == 0
