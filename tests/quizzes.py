"""Small quizzes, by hand."""

from assistant.answer import Citation
from assistant.classroom.quiz import Item, Kind, Quiz

KEYS = {
    "en": (
        "overfitting",
        "Overfitting",
        "Overfitting is the failing in which a model fits the chance details of its training data"
        " so closely that its predictions on new data become worse.",
    ),
    "ar": (
        "overfitting",
        "فرط الملاءمة",
        "فرط الملاءمة (Overfitting) هو عيب يطابق فيه النموذج التفاصيل العارضة في بيانات تدريبه"
        " مطابقة شديدة، فتسوء توقعاته للبيانات الجديدة.",
    ),
}


def quiz(language: str = "en") -> Quiz:
    """Three questions of different kinds."""
    entry_id, term, quote = KEYS[language]
    key = Citation(1, entry_id, term, language, "summary", quote, 0, len(quote))

    def item(kind: Kind, prompt: str, options: str, *right: int, change: str = "") -> Item:
        return Item(kind, language, prompt, tuple(options.split("; ")), right, key, change)

    if language == "ar":
        return Quiz(
            "فرط الملاءمة",
            language,
            (
                item(
                    "term",
                    "أي مصطلح هو المقصود؟\nعيب يطابق فيه النموذج التفاصيل العارضة في بيانات تدريبه"
                    " مطابقة شديدة، فتسوء توقعاته للبيانات الجديدة.",
                    "نقص الملاءمة; فرط الملاءمة; زيادة البيانات; الإيقاف المبكر",
                    1,
                ),
                item("truth", "هل هذا صحيح؟\nتتحسن توقعاته للبيانات الجديدة.", "صحيح; خطأ", 1,
                     change="تسوء ← تتحسن"),
                item("order", "رتّب الخطوات.", "قِس خطأ الاختبار; اقسم البيانات; درّب النموذج", 1, 2, 0),
            ),
        )  # fmt: skip
    return Quiz(
        "Overfitting",
        language,
        (
            item(
                "term",
                "Which term is meant?\nThe failing in which a model fits the chance details of its"
                " training data so closely that its predictions on new data become worse.",
                "Underfitting; Overfitting; Data augmentation; Early stopping",
                1,
            ),
            item("truth", "Is this true?\nIts predictions on new data become better.",
                 "True; False", 1, change="worse → better"),
            item("order", "Put the steps in order.",
                 "Measure the test error; Split the data; Train the model", 1, 2, 0),
        ),
    )  # fmt: skip
