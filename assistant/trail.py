"""A trail: how an answer was come by, told from what is kept of it.

What is not kept is found again as it was found then: the question is read anew, the prompt built
anew by the writer's own function. What comes out otherwise than is kept, because the glossary or
the assistant has changed since, is left out and not guessed at.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from math import isclose
from typing import Literal

from assistant import AssistantError
from assistant.answer import Answer, Citation, Kind, Support
from assistant.assistant import Assistant
from assistant.conversations.conversation import KeptEvidence
from assistant.question import Question, understand
from assistant.reading import Ask
from assistant.search import scope
from assistant.writers import given
from knowledge import KnowledgeError
from knowledge.entry import Entry, Passage
from knowledge.evidence import Evidence, Hit
from knowledge.fusion import ANSWERABLE, log_odds
from knowledge.names import Mentions
from knowledge.reasons import reasons
from knowledge.words import fold

Rewording = Literal["none", "rules", "model", "unknown"]
"""Who put the question so that it stands by itself: nobody, fixed rules, or the chat model."""

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_CLOSE = 0.02  # log-odds: a sum that is further off was of another index or another glossary


@dataclass(frozen=True, slots=True)
class Trace:
    """A passage that was found, and the markers of the citations that are of it."""

    passage: Passage
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that was found, with what speaks for it, and its passages, the nearest first."""

    best: Hit
    """That of its score, of its three ways and of the words that matched."""
    traces: tuple[Trace, ...]
    matched: tuple[str, ...]
    """The question's words that it uses, as they were written."""

    @property
    def cited(self) -> bool:
        """Whether the answer rests on it."""
        return any(trace.markers for trace in self.traces)


@dataclass(frozen=True, slots=True)
class Search:
    """What was found for one thing asked."""

    question: str
    """As it was looked for."""
    kind: Kind | None
    """What it asks for, if that is known."""
    confidence: float
    candidates: tuple[Candidate, ...]
    """Best first."""
    reasons: Mapping[str, float] = field(default_factory=dict)
    """What made it sure or unsure, as ``Fusion.reasons`` names it, if it can still be told."""

    @property
    def answerable(self) -> bool:
        """Whether the glossary was taken to answer."""
        return self.confidence >= ANSWERABLE

    @property
    def weighed(self) -> bool:
        """Whether the confidence is an estimate: for a list, or for no word at all, it is none."""
        return 0.0 < self.confidence < 1.0


@dataclass(frozen=True, slots=True)
class Prompt:
    """What was put to the chat model; the letters of its fences are drawn anew each time."""

    system: str
    human: str


@dataclass(frozen=True, slots=True)
class Trail:
    """How an answer was come by."""

    answer: Answer
    spoken: str
    """The language of the question, if it is known."""
    rewording: Rewording
    focus: tuple[Entry, ...]
    """The terms that it was recognised to be about."""
    searches: tuple[Search, ...]
    """One for each thing asked."""
    added: tuple[Citation, ...] = ()
    """Cited, though not among the passages found: the definitions of terms that are asked about."""
    with_model: bool = False
    """Whether the chat model was asked to write, whatever came of it."""
    prompt: Prompt | None = None
    """What it was asked, if that can still be told."""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What is asked for, each thing once."""
        known = [search.kind for search in self.searches if search.kind]
        return tuple(dict.fromkeys(known or [self.answer.kind]))

    @property
    def answerable(self) -> bool:
        """Whether the glossary was taken to answer any of what was asked."""
        return any(search.answerable for search in self.searches)

    def count(self, support: Support) -> int:
        """How many sentences of the answer are supported so."""
        return sum(sentence.support == support for sentence in self.answer.sentences)

    @classmethod
    def of(
        cls,
        answer: Answer,
        evidence: Sequence[KeptEvidence],
        assistant: Assistant,
        history: Sequence[Answer] = (),
    ) -> "Trail":
        """How an answer was come by.

        Args:
            answer: it; not small talk, for which nothing is looked up.
            evidence: what was found for each thing asked, as it is kept.
            assistant: whose glossary it was, as it is now.
            history: the answers before it in its conversation, oldest first.
        """
        question, rewording = _reread(answer, assistant, history, len(evidence))
        asks = question.asks if question else ()
        searches = tuple(
            _search(each, answer, ask, assistant) for each, ask in zip_longest(evidence, asks)
        )
        ids = dict.fromkeys(i for ask in asks for i in ask.focus) or dict.fromkeys(answer.focus)
        entries = (assistant.glossary.get(entry_id, answer.language) for entry_id in ids)
        met = {n for s in searches for c in s.candidates for t in c.traces for n in t.markers}
        # A question that is not answerable is put to no writer.
        tried = any(search.answerable for search in searches)
        modelled = answer.writer == "explain" or bool(
            answer.withheld or answer.notice or answer.usage
        )
        return cls(
            answer=answer,
            spoken=question.spoken if question else "",
            rewording=rewording,
            focus=tuple(filter(None, entries)),
            searches=searches,
            added=tuple(c for c in answer.citations if c.marker not in met),
            with_model=tried and modelled,
            prompt=_prompt(answer, question, evidence, assistant) if tried and modelled else None,
        )


def _reread(
    answer: Answer, assistant: Assistant, history: Sequence[Answer], count: int
) -> tuple[Question | None, Rewording]:
    """The question as it was understood, unless it is understood otherwise now; and by whom."""

    def read(text: str) -> Question:
        found = understand(
            text,
            assistant.glossary,
            assistant.retriever.names,
            history,
            language=answer.language,
            length=answer.length,
            level=answer.level,
        )
        ids = scope(answer.category, assistant.glossary)
        return found.kept_to(answer.category, ids) if ids else found

    rewording: Rewording = "none" if answer.understood == answer.question else "unknown"
    try:
        question = read(answer.question)
        if question.understood == answer.understood:
            rewording = "none" if rewording == "none" else "rules"
        else:
            if question.leans and history:  # what the rules could not tell, a model was asked
                rewording = "model"
            question = replace(read(answer.understood), asked=answer.question)
    except AssistantError:
        return None, rewording
    same = question.understood == answer.understood and len(question.asks) == count
    return (question if same and not question.small_talk else None), rewording


def _search(
    evidence: KeptEvidence, answer: Answer, ask: Ask | None, assistant: Assistant
) -> Search:
    by_entry: dict[str, list[Hit]] = {}
    for hit in evidence.hits:
        by_entry.setdefault(hit.passage.entry_id, []).append(hit)
    candidates = (
        Candidate(
            hits[0],
            tuple(Trace(hit.passage, _markers(hit.passage, answer)) for hit in hits),
            _matched(evidence.question, hits[0]),
        )
        for hits in by_entry.values()
    )
    found = Search(evidence.question, None, evidence.confidence, tuple(candidates))
    if ask is None:
        return found
    told = _reasons(found, ask.spoken, answer.category, assistant) if found.weighed else {}
    return replace(found, kind=ask.kind, reasons=told)


def _reasons(
    search: Search, spoken: str, category: str, assistant: Assistant
) -> Mapping[str, float]:
    """What made it sure or unsure; nothing if that does not come out as it did then."""
    with suppress(KnowledgeError, AssistantError):
        ids = scope(category, assistant.glossary)
        told = reasons(assistant.retriever, search.question, spoken, ids)
        if isclose(sum(told.values()), log_odds(search.confidence), abs_tol=_CLOSE):
            return told
    return {}


def _matched(question: str, hit: Hit) -> tuple[str, ...]:
    """The words that matched as they stand in the question; folded, Arabic looks misspelt."""
    folded = {word: fold(word) for word in _WORD.findall(question)}
    found: dict[str, None] = {}
    for matched in hit.matched:
        whole = [word for word, form in folded.items() if form == matched]
        within = [word for word, form in folded.items() if form.endswith(matched)]
        found.update(dict.fromkeys((whole or within or [matched])[:1]))
    return tuple(found)


def _markers(passage: Passage, answer: Answer) -> tuple[int, ...]:
    return tuple(c.marker for c in answer.citations if _holds(passage, c))


def _holds(passage: Passage, citation: Citation) -> bool:
    """Whether the words of a citation stand in a passage."""
    place = (passage.entry_id, passage.language, passage.section)
    return (
        place == (citation.entry_id, citation.language, citation.section)
        and passage.start <= citation.start < passage.end
    )


def _prompt(
    answer: Answer,
    question: Question | None,
    evidence: Sequence[KeptEvidence],
    assistant: Assistant,
) -> Prompt | None:
    """The prompt as it is built of what is kept; None where that cannot be what was sent."""
    if question is None:
        return None
    from assistant.writers.explain import prompts  # noqa: PLC0415  (slow to import)

    focus = [entry_id for ask in question.asks for entry_id in ask.focus]
    found = [_evidence(each, focus, assistant) for each in evidence]
    passages = given(question, found)
    if any(not any(_holds(p, c) and c.quote in p.text for p in passages) for c in answer.citations):
        return None  # it rests on what the glossary does not say any more
    asks = [a for a, each in zip(question.asks, found, strict=True) if each.answerable]
    return Prompt(*prompts(question, asks, passages))


def _evidence(kept: KeptEvidence, focus: Sequence[str], assistant: Assistant) -> Evidence:
    """Evidence of which hits are kept, and the entries that they and a question's names are of."""
    ids = dict.fromkeys((*(hit.passage.entry_id for hit in kept.hits), *focus))
    entries = (assistant.glossary.get(entry_id, kept.language) for entry_id in ids)
    return Evidence(
        kept.question,
        kept.language,
        kept.hits,
        tuple((entry, 0.0) for entry in entries if entry),
        Mentions((), (), ()),
        kept.confidence,
    )
