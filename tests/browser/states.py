"""An answer with a sentence in every state that a reader may see, as markup."""

from dataclasses import replace

from assistant.answer import Answer, Citation, Part, Sentence, Support
from assistant.settings import Settings
from assistant.verification import Contradiction
from knowledge.glossary import Glossary
from ui import markup, templates

SAID: dict[str, tuple[tuple[str, int, Support], ...]] = {
    "en": (
        ("Foundation models are large networks that many tasks are built on.", 1, "supported"),
        ("Stanford researchers gave them their name in 2021.", 2, "unchecked"),
        ("The word “foundation” tells that such a model is unfinished by itself.", 4, "unchecked"),
        ("Bommasani wrote the report alone.", 3, "withdrawn"),
        ("More than 128 authors signed the report.", 3, "contradicted"),
    ),
    "ar": (
        ("النماذج الأساسية شبكات كبيرة تُبنى عليها مهام كثيرة.", 1, "supported"),
        ("أطلق عليها باحثون في ستانفورد هذا الاسم عام 2021.", 2, "unchecked"),
        ("يدل لفظ «الأساس» على أن النموذج لا يكتمل بذاته.", 4, "unchecked"),
        ("كتب بوماساني التقرير وحده.", 3, "withdrawn"),
        ("وقّع التقرير أكثر من 128 باحثًا.", 3, "contradicted"),
    ),
}
"""Claims on the first sentences of the entry, each with the number of its own."""
CELLS: dict[str, tuple[tuple[str, str, str, int, Support], ...]] = {
    "en": (
        ("Parameters", "Fine-tuning", "They are trained on chosen examples.", 5, "unchecked"),
        ("Parameters", "Prompt engineering", "They stay as they are.", 6, "supported"),
        ("What is changed", "Prompt engineering", "The wording of the input.", 6, "supported"),
    ),
    "ar": (
        ("المعلمات", "الضبط الدقيق", "تُدرَّب من جديد على أمثلة مختارة.", 5, "unchecked"),
        ("المعلمات", "هندسة الأوامر", "تبقى كما هي.", 6, "supported"),
        ("ما الذي يتغير", "هندسة الأوامر", "صياغة النص المدخل.", 6, "supported"),
    ),
}
QUOTED = {"foundation-model": 4, "fine-tuning": 1, "prompt-engineering": 1}
"""Entries, of each how many sentences are cited."""
WHY = {
    "en": (Contradiction("judge", ": alone"), Contradiction("number", "128")),
    "ar": (Contradiction("judge", ": وحده"), Contradiction("number", "128")),
}


def turn(language: str, question: str) -> str:
    """The turn, once it is complete."""
    glossary = Glossary.read(Settings().glossary)
    answer = _answer(glossary, language, question)
    blocks = [
        markup.answer(answer, language),
        templates.render("turn#notes", language, texts=(), kept_back=answer.withheld),
        markup.sources(answer, glossary, language),
        markup.found(answer, (), glossary, 0, language),
    ]
    turn = {"position": 0, "question": question, "number": 0}
    return templates.render("turn#turn", language, blocks=blocks, **turn)


def _answer(glossary: Glossary, language: str, question: str) -> Answer:
    entries = (glossary.get(entry_id, language) for entry_id in QUOTED)
    quoted = [
        s for e, n in zip(entries, QUOTED.values(), strict=True) if e for s in e.sentences[:n]
    ]
    cited = [
        Citation(n, q.entry_id, q.term, q.language, q.section, q.text, q.start, q.end)
        for n, q in enumerate(quoted, 1)
    ]
    first = Sentence(cited[0].quote, (1,), "quoted", language)
    said = [Sentence(text, (n,), support, language) for text, n, support in SAID[language]]
    cells = [
        Sentence(text, (n,), support, language, (row, column))
        for row, column, text, n, support in CELLS[language]
    ]
    withheld = tuple(
        replace(sentence, reason=why.reason(language), quotes=(cited[2],))
        for sentence, why in zip(said[3:], WHY[language], strict=True)
    )
    return Answer(
        question=question,
        understood=question,
        language=language,
        status="answered",
        confidence=0.9,
        writer="explain",
        text="",
        sentences=(first, *said[:3], *cells),
        citations=(*cited[:2], *cited[3:]),
        parts=(Part("", 0, 4), Part("", 4, 7)),
        withheld=withheld,
        model="test-model",
    )
