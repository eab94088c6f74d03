"""Search: the evidence for one thing that a question asks."""

from assistant.listing import listing
from assistant.phrases import phrases
from assistant.reading import Ask
from knowledge.evidence import Evidence
from knowledge.retrieval import Retriever


def search(ask: Ask, retriever: Retriever, language: str) -> Evidence:
    """The evidence for one thing asked; of a list, its items.

    What asks for nothing but names and a kind is in the glossary, however it is worded: retrieval
    weighs words (“work”, “point”) that say nothing more here, so the names alone are looked for.

    Args:
        ask: what is asked.
        retriever: finds it.
        language: the language to show entries in, where they are written in it.

    Raises:
        KnowledgeError: the question cannot be embedded, or the index not searched.
    """
    if ask.kind == "list":
        return listing(ask, retriever, language)
    found = retriever.retrieve(ask.text, ask.spoken, language=language)
    if found.answerable or not ask.bare:
        return found
    entries = [entry for i in ask.focus if (entry := retriever.glossary.get(i, ask.spoken))]
    words = phrases(ask.spoken)
    names = words.listed([entry.term for entry in entries])
    return retriever.retrieve(names, ask.spoken, language=language)
