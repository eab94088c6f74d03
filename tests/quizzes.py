"""Small quizzes, by hand: a term that is meant, a false statement, steps in order."""

from assistant.answer import Citation
from assistant.classroom.quiz import Item, Kind, Quiz

_KEYS = {
    "en": "Overfitting is the failing in which a model fits the chance details of its training data"
    " so closely that its predictions on new data become worse.",
    "ar": "فرط الملاءمة (Overfitting) هو عيب يطابق فيه النموذج التفاصيل العارضة في بيانات تدريبه"
    " مطابقة شديدة، فتسوء توقعاته للبيانات الجديدة.",
}
_TERMS = {"en": "Overfitting", "ar": "فرط الملاءمة"}
_Written = tuple[Kind, str, str, tuple[int, ...], str]
_ITEMS: dict[str, list[_Written]] = {
    "en": [
        (
            "term",
            "Which term is meant?\nA model fits the chance details of its training data.",
            "Underfitting; Overfitting; Data augmentation; Early stopping",
            (1,),
            "",
        ),
        ("truth", "Is this true?\nIts predictions become better.", "True; False", (1,), "worse"),
        (
            "order",
            "Put the steps in order.",
            "Measure the test error; Split the data; Train the model",
            (1, 2, 0),
            "",
        ),
    ],
    "ar": [
        (
            "term",
            "أي مصطلح هو المقصود؟\nعيب يطابق فيه النموذج التفاصيل العارضة في بيانات تدريبه.",
            "نقص الملاءمة; فرط الملاءمة; زيادة البيانات; الإيقاف المبكر",
            (1,),
            "",
        ),
        ("truth", "هل هذا صحيح؟\nتتحسن توقعاته.", "صحيح; خطأ", (1,), "تسوء"),
        (
            "order",
            "رتّب الخطوات.",
            "قِس خطأ الاختبار; اقسم البيانات; درّب النموذج",
            (1, 2, 0),
            "",
        ),
    ],
}


def quiz(language: str = "en") -> Quiz:
    """The three of a language."""
    quote = _KEYS[language]
    key = Citation(1, "overfitting", _TERMS[language], language, "summary", quote, 0, len(quote))
    items = (
        Item(kind, language, prompt, tuple(options.split("; ")), right, key, change)
        for kind, prompt, options, right, change in _ITEMS[language]
    )
    return Quiz(_TERMS[language], language, tuple(items))
