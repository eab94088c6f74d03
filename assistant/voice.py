"""The voice: what the assistant says for itself, beside what it quotes or lets a model explain."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Nearest
from assistant.phrases import phrases
from assistant.question import Question
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.search.evidence import Evidence
from knowledge.search.intent import CHAT, Intent

_NEAREST = 3
_CLOSE = 0.65  # deviations of an entry's closeness: what is less is no nearer than any text
_SHARE = 0.15  # an entry's score: what is less is no nearest term
_BESIDE: tuple[Intent, ...] = ("outside", "teach")  # what no glossary gives
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
        nearest=_nearest(question, best),
        intent=question.intent,
        focus=tuple(dict.fromkeys(i for ask in question.asks for i in ask.focus)),
        spoken=question.spoken,
        rewording=question.rewording,
        length=question.length,
        level=question.level,
        category=question.category,
        invitation=next(filter(None, (ask.invitation for ask in question.asks)), None),
    )


def _nearest(question: Question, evidence: Evidence) -> tuple[Nearest, ...]:
    """The terms to offer: those that are named, then those that are near; none that are far."""
    named = {entry_id for ask in question.asks for entry_id in ask.focus}
    # In a question of another kind a word may only look like a name: it is offered if it is likely.
    likely = _SHARE if question.intent in _BESIDE else 0.0
    near = [f for f in evidence.entries if f.entry.id in named and f.score >= likely]
    if question.intent not in (*_BESIDE, *CHAT):
        close = (f for f in evidence.entries if f.close >= _CLOSE and f.score >= _SHARE)
        near += [f for f in close if f not in near]
    best = near[:_NEAREST]
    return tuple(Nearest(f.entry.id, f.entry.term, round(f.score, 4)) for f in best)


def abstention(answer: Answer, other: Entry | None = None, *, all_told: bool = False) -> str:
    """That the glossary does not answer, and what it has instead; or that all was told already.

    ``other`` is what answers outside of the category within which it was asked.
    """
    words, near = phrases(answer.language), [near.term for near in answer.nearest]
    if all_told:
        return words.nothing_more
    if answer.invitation and answer.intent == "teach":  # not what was asked beside a question
        return words.replies[answer.invitation.activity]
    if answer.intent == "outside":
        told, offer = words.replies["outside"], words.about.format(terms=words.listed(near))
    else:
        told = words.not_in_category if answer.category else words.not_in_glossary
        told = told.format(category=answer.category)
        if other and other.category:
            about = words.elsewhere.format(term=other.term, category=other.category)
            told = f"{told} {about}"
        offer = words.nearest.format(terms=words.list_comma.join(near))
    return f"{told} {offer}" if near else told


def chat(question: Question, glossary: Glossary) -> Answer:
    """The reply to a greeting, to thanks, or to a question about the assistant itself."""
    entry = glossary.get(glossary.ids[0], question.language)
    reply = phrases(question.language).replies[question.chat or "greeting"]
    text = reply.format(term=entry.term if entry else "")
    answer = Answer(question.asked, question.asked, question.language, "chat", 0.0, "quote", text)
    return replace(answer, intent=question.chat or "greeting", spoken=question.spoken)


def follow_ups(question: Question, entry: Entry | None, glossary: Glossary) -> tuple[str, ...]:
    """Questions worth asking next about the entry that was cited first, that it answers."""
    if entry is None:
        return ()
    words, offers = phrases(question.language).follow_ups, list[str]()
    within = glossary.within(question.category) if question.category else glossary.ids
    related = [other for other in glossary.related(entry) if other.id in within]
    if entry.example and question.intent != "example":
        offers.append(words["example"].format(term=entry.term))
    if entry.text("how") and question.intent not in ("mechanism", "definition"):
        offers.append(words["mechanism"].format(term=entry.term))
    if related and question.intent != "comparison":
        offers.append(words["comparison"].format(term=entry.term, other=related[0].term))
    offers += [words["definition"].format(term=other.term) for other in related[1:]]
    return tuple(offers[:_FOLLOW_UPS])
