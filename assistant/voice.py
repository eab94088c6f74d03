"""The voice: what the assistant says for itself, beside what it quotes or lets a model explain."""

from assistant.answer import Answer
from assistant.clock import Clock
from assistant.phrases import phrases
from assistant.question import Question
from knowledge.entry import Entry
from knowledge.glossary import Glossary

_FOLLOW_UPS = 3


def abstention(answer: Answer) -> str:
    """That the glossary does not answer, and the nearest terms."""
    words = phrases(answer.language)
    terms = words.list_comma.join(near.term for near in answer.nearest)
    return " ".join(
        filter(None, (words.not_in_glossary, terms and words.nearest.format(terms=terms)))
    )


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
    offers = []
    if entry.example and question.kind != "example":
        offers.append(words["example"].format(term=entry.term))
    if entry.text("how") and question.kind not in ("how", "define"):
        offers.append(words["how"].format(term=entry.term))
    if related and question.kind != "compare":
        offers.append(words["compare"].format(term=entry.term, other=related[0].term))
    offers += [words["what"].format(term=other.term) for other in related[1:]]
    return tuple(offers[:_FOLLOW_UPS])
