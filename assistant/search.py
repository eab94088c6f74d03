"""Search: where it looks, and the evidence for one thing that a question asks."""

from collections.abc import Collection

from assistant import SettingsError
from assistant.listing import listing
from assistant.phrases import phrases
from assistant.reading import Ask
from knowledge.evidence import Evidence
from knowledge.glossary import Glossary
from knowledge.language import detect
from knowledge.retrieval import Retriever


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

    What asks for nothing but names and a kind is in the glossary, however it is worded: retrieval
    weighs words (“work”, “point”) that say nothing more here, so the names alone are looked for.

    Args:
        ask: what is asked.
        retriever: finds it.
        language: the language to show entries in, where they are written in it.
        within: the ids that may be found; by default all.

    Raises:
        KnowledgeError: the question cannot be embedded, or the index not searched.
    """
    if ask.kind == "list":
        return listing(ask, retriever, language, within)
    found = retriever.retrieve(ask.text, ask.spoken, language=language, within=within)
    if found.answerable or not (ask.bare and ask.focus):
        return found
    entries = [entry for i in ask.focus if (entry := retriever.glossary.get(i, ask.spoken))]
    words = phrases(ask.spoken)
    names = words.listed([entry.term for entry in entries])
    return retriever.retrieve(names, ask.spoken, language=language, within=within)
