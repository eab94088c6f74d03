"""Intent: what a question wants, in wordings that it did not learn."""

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge import EmbedderError
from knowledge.search.embeddings import bundled_embedders
from knowledge.search.intent import INTENTS, ROLES, Classifier, Intent
from tests.knowledge.conftest import CountingEmbeddings

TRAINING = Path(__file__).parents[1] / "data" / "training"

WORDINGS: dict[Intent, tuple[str, ...]] = {
    "definition": (
        "What does inflation mean?",
        "ما معنى التضخم؟",
    ),
    "mechanism": (
        "By what steps does a refrigerator move heat outside?",
        "كيف تعمل الثلاجة من الداخل خطوة بخطوة؟",
    ),
    "cause": (
        "Why do old violins sound warmer than new ones?",
        "لماذا يصدأ الحديد أسرع قرب البحر؟",
    ),
    "remedy": (
        "How can I stop my sourdough from turning out flat?",
        "كيف أمنع نموذجي من حفظ بيانات التدريب؟",
    ),
    "when": (
        "When should I use a tripod rather than shoot by hand?",
        "متى يفضل استخدام القروض قصيرة الأجل؟",
    ),
    "benefit": (
        "What are the advantages of crop rotation for a small farm?",
        "ما فوائد الزراعة العضوية للتربة؟",
    ),
    "drawback": (
        "What are the downsides and risks of index funds?",
        "ما عيوب التعلم الخاضع للإشراف ومخاطره؟",
    ),
    "kinds": ("What types of sailing knots are there?", "ما أنواع العقود في القانون المدني؟"),
    "parts": ("What parts does a telescope consist of?", "مم تتكون خلية النحل؟"),
    "example": (
        "Give me a concrete example of opportunity cost.",
        "أعطني مثالا عمليا على الاستعارة المكنية",
    ),
    "comparison": (
        "What is the difference between a yawl and a ketch?",
        "ما الفرق بين الخميرة الطبيعية والخميرة الجافة؟",
    ),
    "number": (
        "How many chambers does a cow's stomach have?",
        "كم عدد حجرات القلب عند الضفدع؟",
    ),
    "origin": (
        "Who invented the sextant, and in which year?",
        "من اخترع الاسطرلاب ومتى؟",
    ),
    "fact": (
        "In which harbour did the fleet lie over the winter?",
        "ما اسم الميناء الذي رست فيه السفن شتاء؟",
    ),
    "yesno": ("Is a tomato botanically a fruit?", "هل الحوت من الثدييات؟"),
    "list": (
        "List all the terms you have about photography.",
        "اعرض جميع المصطلحات الموجودة عن الملاحة",
    ),
    "relation": (
        "How is inflation related to interest rates?",
        "ما العلاقة بين التضخم وأسعار الفائدة؟",
    ),
    "restate": (
        "Could you put that in plainer words, please?",
        "لم أفهم، اشرحها لي بكلمات أبسط",
    ),
    "teach": (
        "Make five multiple-choice questions for my pupils on this.",
        "حضر لي اختبارا قصيرا من خمسة أسئلة لطلابي",
    ),
    "greeting": ("Good evening to you!", "مساء الخير كيف حالك"),
    "thanks": ("Many thanks, that cleared it right up", "شكرا جزيلا، أفدتني كثيرا"),
    "identity": (
        "Tell me, who are you and what are you able to do?",
        "من أنت وماذا تستطيع أن تفعل؟",
    ),
    "feedback": ("No, that answer is wrong.", "جوابك غير صحيح"),
    "outside": (
        "What will the weather be like in Cairo tomorrow?",
        "كيف سيكون الطقس في القاهرة غدا؟",
    ),
}
ASKED = [(intent, wording) for intent, wordings in WORDINGS.items() for wording in wordings]


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
    assert not learned & {wording for _, wording in ASKED}


@pytest.mark.parametrize(
    ("count", "least"),
    [pytest.param(2, 0.95, id="both embedders"), pytest.param(1, 0.8, id="the fast one alone")],
)
def test_what_a_question_wants_is_told_from_its_wording(count: int, least: float) -> None:
    classifier = Classifier(bundled_embedders()[-count:])
    missed = [
        (wording, told, intent)
        for intent, wording in ASKED
        if (told := classifier.predict(wording).intent) != intent
    ]
    assert len(missed) <= (1 - least) * len(ASKED), missed


@pytest.mark.parametrize("wording", ["", "?", "x", "🌊", "ما هو؟", "word " * 400])
def test_likelihoods_sum_to_one_whatever_is_asked(classifier: Classifier, wording: str) -> None:
    wants = classifier.predict(wording)
    assert sum(wants.intents.values()) == pytest.approx(1.0, abs=1e-5)
    assert wants.roles.sum() == pytest.approx(1.0, abs=1e-5)
    assert wants.probability(INTENTS) == pytest.approx(1.0, abs=1e-5)
    assert wants.intents[wants.intent] == max(wants.intents.values())


@pytest.mark.parametrize(
    ("wording", "role"),
    [
        ("By what steps does a refrigerator move heat outside?", "how"),
        ("What are the advantages of crop rotation for a small farm?", "why"),
        ("What are the downsides and risks of index funds?", "limits"),
        ("من اخترع الاسطرلاب ومتى؟", "origin"),
        ("أعطني مثالا عمليا على الاستعارة المكنية", "example"),
    ],
)
def test_where_the_answer_stands_is_told_too(
    classifier: Classifier, wording: str, role: str
) -> None:
    assert ROLES[int(classifier.predict(wording).roles.argmax())] == role


def test_what_a_glossary_would_not_answer_is_less_askable(classifier: Classifier) -> None:
    asked = [w for intent in ("definition", "mechanism", "drawback") for w in WORDINGS[intent]]
    worst = min(classifier.predict(wording).askable for wording in asked)
    assert all(classifier.predict(wording).askable < worst for wording in WORDINGS["outside"])


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


def test_a_question_that_cannot_be_embedded_is_an_error() -> None:
    class Deaf(CountingEmbeddings):
        def embed_query(self, text: str) -> list[float]:
            raise ConnectionError(text)

    with pytest.raises(EmbedderError, match="counting"):
        Classifier([Deaf().named()]).predict("What is the tide?")
