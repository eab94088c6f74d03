"""Matching: which terms a report concerns, by the names it uses and by its closeness to entries.

A name is not enough: a transformer burns down, and a coach praises attention. Nor is closeness
alone, unless it is great. The limits were set on the reports of ``tests/data/news``, in English and
Arabic, where they are measured too.
"""

from assistant.assistant import Assistant
from assistant.news.feeds import Item
from knowledge.language.text import detect

_LIKELY = 0.5  # likelihood that a name means the entry
_NAMED = 3.15  # closeness of an entry that is named, in deviations from those of foreign texts
_UNNAMED, _SHARE = 4.0, 0.6  # of one that is not; and how much nearer it is than all others
_MOST = 5  # terms of a report


def concerned(assistant: Assistant, item: Item) -> tuple[str, ...]:
    """The ids of the entries that an item concerns; none in a language that no entry is in.

    Raises:
        KnowledgeError: the embedding model does not answer, or the index cannot be searched.
    """
    text = f"{item.title}. {item.summary}".strip()
    language = detect(text, assistant.glossary.languages)
    if language is None:
        return ()
    names = assistant.linker.names(text, language)
    named = [link.entry_id for link, signs in names if signs.likelihood >= _LIKELY]
    retriever = assistant.retriever
    weights = retriever.ranker.entry
    weight = float(weights.values[weights.names.index("close")])
    found = retriever.retrieve(text, language).entries
    close = {each.entry.id: each.parts["close"] / weight for each in found}
    near = [each.entry.id for each in found if each.score >= _SHARE]
    concerns = [i for i in dict.fromkeys(named) if close.get(i, 0.0) >= _NAMED]
    concerns += [i for i in near if i not in concerns and close[i] >= _UNNAMED]
    return tuple(concerns[:_MOST])
