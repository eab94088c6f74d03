"""What the tests of conversations share: a small glossary, and answers from it made by hand."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.answer import Answer, Citation, Nearest, Notice, Part, Sentence, Usage, joined
from assistant.conversations.conversation import Turn
from assistant.conversations.store import Conversations
from knowledge.entry import BODY, SUMMARY, Entry, Section
from knowledge.glossary import Glossary
from knowledge.search.evidence import Trace, TracedEntry, TracedSentence


def entry(entry_id: str, term: str, language: str, *texts: str) -> Entry:
    """An entry with a summary, and a body if there is a second text."""
    names = (SUMMARY, BODY)
    sections = tuple(Section(n, "", text) for n, text in zip(names, texts, strict=False))
    return Entry(entry_id, term, language, sections)


GLOSSARY = Glossary(
    Path("tea"),
    (
        entry("kettle", "Kettle", "en", "A kettle boils water.", "It whistles."),
        entry("teapot", "Teapot", "en", "A teapot steeps tea leaves."),
        entry("kettle", "الغلاية", "ar", "الغلاية إناء يُغلى فيه الماء."),
    ),
)


def changed(key: str, text: str) -> Glossary:
    """The glossary, with another summary of an entry."""
    summary = (Section(SUMMARY, "", text),)
    entries = (replace(e, sections=summary) if e.key == key else e for e in GLOSSARY.entries)
    return replace(GLOSSARY, entries=tuple(entries))


def answered(
    question: str, keys: Sequence[str], language: str = "en", understood: str = ""
) -> Answer:
    """An answer that quotes the summaries of some entries."""
    by_key = {e.key: e for e in GLOSSARY.entries}
    cited = list(enumerate((by_key[key] for key in keys), 1))
    citations = tuple(
        Citation(n, e.id, e.term, e.language, SUMMARY, e.summary, 0, len(e.summary))
        for n, e in cited
    )
    sentences = tuple(Sentence(e.summary, (n,), "quoted", e.language) for n, e in cited)
    parts = (Part("", 0, len(sentences)),)
    text = joined(parts, sentences)
    answer = Answer(question, understood or question, language, "answered", 0.93, "quote", text)
    return replace(
        answer,
        sentences=sentences,
        citations=citations,
        nearest=(Nearest("teapot", "Teapot", 0.5),),
        follow_ups=("What is tea?",),
        focus=tuple(e.id for _, e in cited),
        parts=parts,
        timings_ms={"total": 16.0},
    )


def unanswered(question: str, language: str = "en", understood: str = "") -> Answer:
    """An answer that the glossary does not hold one."""
    lead = "لا يجيب المسرد عن هذا السؤال." if language == "ar" else "The glossary does not say."
    nearest = (Nearest("kettle", "Kettle", 0.4), Nearest("teapot", "Teapot", 0.3))
    return replace(
        answered(question, (), language, understood),
        status="not_in_glossary",
        confidence=0.1,
        text=lead,
        nearest=nearest,
        parts=(Part(lead, 0, 0),),
        follow_ups=(),
    )


def explained(question: str) -> Answer:
    """An answer with all that a chat model can leave in one."""
    quote = Citation(1, "kettle", "Kettle", "en", SUMMARY, "A kettle boils water.", 0, 21)
    flown = Sentence("Kettles fly.", (1,), "withdrawn", "en", reason="they do not", quotes=(quote,))
    return replace(
        answered(question, ["en/kettle"]),
        writer="explain",
        model="a-model",
        rewording="model",
        length="full",
        level="deep",
        withheld=(flown,),
        notice=Notice("slow", "The server did not go on."),
        usage=Usage(120, 40, estimated=True, cost=0.25),
    )


def add(
    store: Conversations,
    kept: str,
    answer: Answer,
    traces: Sequence[Trace] = (),
    *,
    reader: str | None = None,
) -> Turn:
    """Adds a question and its answer to a conversation, or to one that begins with it."""
    turn = store.ask(answer.question, answer.language, kept, reader=reader)
    return store.answer(turn, answer, traces)


def keep(store: Conversations, *answers: Answer, title: str = "", reader: str | None = None) -> str:
    """Begins a conversation with some answers; its id."""
    kept = ""
    for answer in answers or (answered("What is a kettle?", ["en/kettle"]),):
        kept = add(store, kept, answer, reader=reader).conversation_id
    if title:
        store.rename(kept, title)
    return kept


def trace(question: str, key: str) -> Trace:
    """How an answer came about that rests on the summary of an entry."""
    e = next(e for e in GLOSSARY.entries if e.key == key)
    return Trace(
        question=question,
        language=e.language,
        confidence=0.93,
        intents=(("definition", 0.9), ("mechanism", 0.05)),
        reasons={"cover": 1.25, "strange": -0.5},
        named=(e.term,),
        entries=(TracedEntry(e.id, e.term, e.language, 0.9, {"named": 2.0}),),
        sentences=(
            TracedSentence(e.id, e.term, e.language, SUMMARY, 0, e.summary, 0.0, {"close": 1.5}),
        ),
    )
