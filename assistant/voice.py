"""The voice: what the assistant says for itself, beside what it quotes or lets a model explain."""

from collections.abc import Sequence

from assistant.answer import Answer, Nearest
from assistant.clock import Clock
from assistant.phrases import phrases
from assistant.question import Question
from knowledge.entry import Entry
from knowledge.evidence import Evidence
from knowledge.glossary import Glossary

_NEAREST = 3
_FOLLOW_UPS = 3


def unanswered(question: Question, evidence: Sequence[Evidence], writer: str) -> Answer:
    """An answer with nothing said yet: what it stays if the glossary does not answer."""
    best = max(evidence, key=lambda each: each.confidence)
    return Answer(
        question=question.asked,
        understood=question.understood,
        language=question.language,
        status="not_in_glossary",
        confidence=round(best.confidence, 4),
        writer=writer,
        text="",
        nearest=tuple(
            Nearest(entry.id, entry.term, round(score, 4))
            for entry, score in best.entries[:_NEAREST]
        ),
        kind=question.kind,
        length=question.length,
        level=question.level,
        category=question.category,
    )


def abstention(answer: Answer) -> str:
    """That the glossary does not answer, and the nearest terms."""
    words = phrases(answer.language)
    terms = words.list_comma.join(near.term for near in answer.nearest)
    told = words.not_in_category if answer.category else words.not_in_glossary
    told = told.format(category=answer.category)
    return " ".join(filter(None, (told, terms and words.nearest.format(terms=terms))))


def small_talk(question: Question, glossary: Glossary, clock: Clock) -> Answer:
    """The reply to a greeting, to thanks, or to a question about the assistant itself."""
    entry = glossary.get(glossary.ids[0], question.language)
    reply = phrases(question.language).replies[question.small_talk or "greeting"]
    return Answer(
        question=question.asked,
        understood=question.understood,
        language=question.language,
        status="chat",
        confidence=0.0,
        writer="quote",
        text=reply.format(term=entry.term if entry else ""),
        timings_ms=clock.all(),
    )


def follow_ups(question: Question, entry: Entry | None, glossary: Glossary) -> tuple[str, ...]:
    """Questions worth asking next about the entry that was cited first, that it answers."""
    if entry is None:
        return ()
    words = phrases(question.language).follow_ups
    related = glossary.related(entry)
    if question.category:
        within = glossary.within(question.category)
        related = tuple(other for other in related if other.id in within)
    offers = []
    if entry.example and question.kind != "example":
        offers.append(words["example"].format(term=entry.term))
    if entry.text("how") and question.kind not in ("how", "define"):
        offers.append(words["how"].format(term=entry.term))
    if related and question.kind != "compare":
        offers.append(words["compare"].format(term=entry.term, other=related[0].term))
    offers += [words["what"].format(term=other.term) for other in related[1:]]
    return tuple(offers[:_FOLLOW_UPS])
