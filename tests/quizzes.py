"""Small quizzes, by hand: a term that is meant, a false statement, steps in order."""

from typing import Any

from assistant.answer import Citation
from assistant.classroom.quiz import Item, Quiz

_TERMS = {"en": "Overfitting", "ar": "فرط الملاءمة"}
_KEYS = {
    "en": "Overfitting is the failing in which a model fits the chance details of its training data"
    " so closely that its predictions on new data become worse.",
    "ar": "فرط الملاءمة (Overfitting) هو عيب يطابق فيه النموذج التفاصيل العارضة في بيانات تدريبه"
    " مطابقة شديدة، فتسوء توقعاته للبيانات الجديدة.",
}
# Each in a line: the kind, what is asked (after a bar), the options, the right ones, the change.
_ITEMS = {
    "en": """\
term / Which term is meant?|A model fits the chance details of its training data. \
/ Underfitting; Overfitting; Data augmentation; Early stopping / 1 /
truth / Is this true?|Its predictions become better. / True; False / 1 / worse
order / Put the steps in order. / Measure the test error; Split the data; Train the model / 120 /
""",
    "ar": """\
term / أي مصطلح هو المقصود؟|عيب يطابق فيه النموذج التفاصيل العارضة في بيانات تدريبه. \
/ نقص الملاءمة; فرط الملاءمة; زيادة البيانات; الإيقاف المبكر / 1 /
truth / هل هذا صحيح؟|تتحسن توقعاته. / صحيح; خطأ / 1 / تسوء
order / رتّب الخطوات. / قِس خطأ الاختبار; اقسم البيانات; درّب النموذج / 120 /
""",
}


def quiz(language: str = "en") -> Quiz:
    """The three of a language."""
    quote = _KEYS[language]
    key = Citation(1, "overfitting", _TERMS[language], language, "summary", quote, 0, len(quote))
    items = []
    for line in _ITEMS[language].splitlines():
        parts: list[Any] = [each.strip() for each in line.split("/")]
        kind, asked, options, right, change = parts
        prompt, options = asked.replace("|", "\n"), tuple(options.split("; "))
        items.append(Item(kind, language, prompt, options, tuple(map(int, right)), key, change))
    return Quiz(_TERMS[language], language, tuple(items))
