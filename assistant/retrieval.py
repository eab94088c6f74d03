"""Retrieval: where it looks, and the evidence for one thing that a question asks."""

import math
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from assistant import SettingsError
from assistant.question import Ask, understand
from knowledge.glossary import Glossary
from knowledge.language.text import detect
from knowledge.search.evidence import Evidence, FoundEntry, FoundSentence
from knowledge.search.retriever import Retriever

_LIKELY, _SURE, _UNLIKELY = 0.5, 0.7, 0.2  # of an intent, twice; of an answer
_ABOUT = 0.65  # of a topic's being one of the glossary's, where no term names it
_NEAR = 0.3  # of the best entry's share: from there on an entry is on the topic


def scope(category: str | None, glossary: Glossary) -> frozenset[str] | None:
    """The ids of a category, in any of its languages; None, which is all, where none is given.

    Raises:
        SettingsError: the glossary has no such category.
    """
    if not category:
        return None
    if found := glossary.within(category):
        return found
    language = detect(category, glossary.languages) or glossary.languages[0]
    names = ", ".join(filter(None, glossary.categories(language)))
    rest = f"choose one of {names}" if names else "it has none; ask without one"
    raise SettingsError(f"The glossary has no category “{category}”: {rest}.")


def search(
    ask: Ask, retriever: Retriever, language: str, within: Collection[str] | None = None
) -> Evidence:
    """The evidence for one thing asked; of a list, its items.

    Entries are shown in ``language``, where they are written in it; only those ``within`` some ids
    may be found, by default all.

    Raises:
        KnowledgeError: the question cannot be embedded, or the index not searched.
    """
    found = retriever.retrieve(
        ask.text,
        ask.spoken,
        language=language,
        within=within,
        wants=ask.wants,
        also=ask.focus,
        bare=ask.bare,
    )
    if ask.wants.intents["teach"] >= _LIKELY or ask.wants.intents["outside"] >= _SURE:
        # no glossary makes a quiz or a poem, whatever it is about
        return replace(found, confidence=min(found.confidence, _UNLIKELY))
    if ask.intent != "list":
        return found
    glossary, members = retriever.glossary, retriever.glossary.within(ask.category)
    named = (entry for i in ask.focus if (entry := glossary.get(i, language)))
    around = (*ask.focus, *(other.id for entry in named for other in glossary.related(entry)))
    ids = [i for i in glossary.ids if i in members] if ask.category else dict.fromkeys(around)
    entries = (glossary.get(i, language) for i in ids if within is None or i in within)
    listed = tuple(FoundEntry(entry, 1.0, {}) for entry in entries if entry)
    if ask.category:
        return replace(found, entries=listed, confidence=float(bool(listed)))
    if not ask.focus and found.confidence < _ABOUT:
        found = replace(found, confidence=min(found.confidence, _UNLIKELY))
    best = found.entries[0].score if found.entries else 0.0
    near = (f for f in found.entries if f.entry.id not in ids and f.score >= _NEAR * best)
    return replace(found, entries=(*listed, *near))


def sentences(
    text: str,
    retriever: Retriever,
    language: str | None = None,
    within: Collection[str] | None = None,
) -> Evidence:
    """The evidence for a query as it stands, whatever it wants.

    Raises:
        QuestionError: there is nothing to look for.
        KnowledgeError: it cannot be embedded, or the index not searched.
    """
    asked = understand(text, retriever, language=language)
    return retriever.retrieve(asked.asked, asked.spoken, language=asked.language, within=within)


def scored(evidence: Evidence, count: int) -> list[tuple[FoundSentence, float]]:
    """The best sentences, each with how likely it is to answer beside the best: 0 to 1."""
    sure = evidence.confidence
    return [(found, sure * math.exp(found.score)) for found in evidence.sentences[:count]]


def hits(evidence: Evidence, count: int) -> dict[str, Any]:
    """The best sentences as the contract of ``masrad search`` has them."""
    names = ("entry_id", "term", "language", "section", "text")
    found = []
    for each, score in scored(evidence, count):
        hit = {name: getattr(each.sentence, name) for name in names}
        parts = {name: round(part, 3) for name, part in each.parts.items()}
        found.append({**hit, "score": round(score, 4), "parts": parts})
    return {"query": evidence.question, "confidence": round(evidence.confidence, 4), "hits": found}
