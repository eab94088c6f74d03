"""Listing: the entries of a category, around a term, or on a topic, as evidence for a list."""

from collections.abc import Collection
from dataclasses import replace

from assistant.phrases import phrases
from assistant.reading import Ask
from assistant.said import Said
from knowledge.evidence import Evidence
from knowledge.glossary import Glossary
from knowledge.retrieval import Retriever


def listing(
    ask: Ask, retriever: Retriever, language: str, within: Collection[str] | None = None
) -> Evidence:
    """The evidence for a question that asks for a list; its entries are the items, in order.

    Args:
        ask: the question, of kind ``list``.
        retriever: finds what is near a topic.
        language: the language to show the entries in, where they are written in it.
        within: the ids that may be listed; by default all.

    Raises:
        KnowledgeError: the topic cannot be embedded, or the index not searched.
    """
    glossary = retriever.glossary
    topic = Said.of(ask.text).without(phrases(ask.spoken).kinds["list"]).text or ask.text
    found = retriever.retrieve(topic, ask.spoken, language=language, within=within)
    items = _members(ask.category, glossary, language) or _around(ask.focus, glossary, language)
    if within is not None:
        items = [i for i in items if i in within]
    if not items:  # a category that is named may lie outside
        return replace(found, confidence=0.0) if ask.category else found
    near = (
        [] if ask.category else [i for i, score in found.entries if score >= found.confidence / 2]
    )
    ids = dict.fromkeys((*items, *(entry.id for entry in near)))
    entries = tuple((e, 1.0) for i in ids if (e := glossary.get(i, language)))
    return replace(found, entries=entries, confidence=1.0)


def _members(category: str, glossary: Glossary, language: str) -> list[str]:
    """The ids of a category, whichever language names it."""
    if not category:
        return []
    named = [e for e in glossary.entries if e.category == category]
    own = [e.id for e in named if e.language == language]
    return own or [e.id for e in named]


def _around(focus: tuple[str, ...], glossary: Glossary, language: str) -> list[str]:
    """Some entries, and those that they name as related."""
    found = [entry for i in focus if (entry := glossary.get(i, language))]
    return [*focus, *(other.id for entry in found for other in glossary.related(entry))]
