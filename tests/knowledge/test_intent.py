"""Intent: what a question wants, in wordings that it did not learn; and the questions that ship."""

import numpy as np
import pytest

from knowledge.glossary import Glossary
from knowledge.search.embeddings import bundled_embedders
from knowledge.search.intent import INTENTS, Activity, Classifier, Intent, joined
from knowledge.search.questions import Questions

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


ACTIVITIES: dict[Activity, tuple[str, str]] = {
    "quiz": ("could you quiz me on volcanoes", "اختبرني في البراكين"),
    "lesson": ("please make a lesson about volcanoes", "حضر لي درسا عن البراكين"),
    "cards": ("I need flash cards for volcanoes", "بطاقات تعليمية عن البراكين"),
    "path": ("what should I learn before volcanoes", "ماذا أتعلم قبل البراكين"),
    "draw": ("draw me a diagram of a volcano", "ارسم لي مخططا للبركان"),
}


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(bundled_embedders())


@pytest.mark.parametrize(
    ("count", "least"),
    [pytest.param(2, 0.95, id="both embedders"), pytest.param(1, 0.8, id="the fast one alone")],
)
def test_what_a_question_wants_is_told_from_its_wording(count: int, least: float) -> None:
    classifier = Classifier(bundled_embedders()[-count:])
    assert WORDINGS.keys() == set(INTENTS)
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


# The questions that ship for sentences


@pytest.mark.parametrize("name", ["both", "fast"])
def test_nearly_all_sentences_of_the_bundled_glossary_have_some(
    bundled: Glossary, name: str
) -> None:
    texts = [s.text for entry in bundled.entries for s in entry.sentences]
    assert len(set(Questions.read(name, texts)._sentence)) > 0.9 * len(texts)
    assert len(Questions.read(name, ["Nobody has asked this."])._sentence) == 0


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [
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
    order = np.argsort(-np.nan_to_num(questions.closeness(question, vector, len(sentences))))[:8]
    assert entry_id in {sentences[n].entry_id for n in order}


def test_what_of_a_class_is_wanted_is_told(classifier: Classifier) -> None:
    for activity, wordings in ACTIVITIES.items():
        for told in map(classifier.predict, wordings):
            assert (told.intent, told.activity) == ("teach", activity)
