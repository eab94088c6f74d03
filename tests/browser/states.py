"""An answer with a sentence in every state that a reader may see, as markup."""

from dataclasses import replace

from assistant.answer import Answer, Citation, Part, Sentence, Support
from assistant.settings import Settings
from knowledge.glossary import Glossary
from ui import markup, templates

SAID: dict[str, dict[Support, str]] = {
    "en": {
        "supported": "Foundation models are large networks that many tasks are built on.",
        "unchecked": "Stanford researchers gave them their name in 2021.",
        "withdrawn": "Bommasani wrote the report alone.",
        "contradicted": "More than 128 authors signed the report.",
    },
    "ar": {
        "supported": "النماذج الأساسية شبكات كبيرة تُبنى عليها مهام كثيرة.",
        "unchecked": "أطلق عليها باحثون في ستانفورد هذا الاسم عام 2021.",
        "withdrawn": "كتب بوماساني التقرير وحده.",
        "contradicted": "وقّع التقرير أكثر من 128 باحثًا.",
    },
}


def turn(language: str, question: str) -> str:
    """The turn, once it is complete: each sentence in a line, and those that stand in a table."""
    glossary = Glossary.read(Settings().glossary)
    entry = glossary.get("foundation-model", language)
    assert entry
    cited = tuple(
        Citation(n, s.entry_id, s.term, s.language, s.section, s.text, s.start, s.end)
        for n, s in enumerate(entry.sentences[:4], 1)
    )
    said = [
        Sentence(text, (n,), support, language)
        for n, (support, text) in enumerate(SAID[language].items(), 1)
    ]
    shown = (Sentence(cited[0].quote, (1,), "quoted", language), *said[:2])
    cells = (replace(each, cell=(str(n), entry.term)) for n, each in enumerate(said[:2]))
    kept_back = tuple(replace(each, reason=question, quotes=cited[:1]) for each in said[2:])
    answer = Answer(
        *(question, question, language, "answered", 0.9, "explain", ""),
        sentences=(*shown, *cells),
        citations=cited,
        parts=(Part("", 0, 3), Part("", 3, 5)),
        withheld=kept_back,
        model="test-model",
    )
    to = markup.Context(language, glossary)
    blocks = [
        markup.answer(to, answer),
        templates.render("turn#notes", language, texts=(), kept_back=kept_back),
        markup.sources(to, answer),
        markup.found(to, answer, (), 0),
    ]
    asked = {"position": 0, "question": question, "number": 0}
    return templates.render("turn#turn", language, blocks=blocks, **asked)
