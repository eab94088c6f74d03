"""Changes: which entries that an answer cites say something else since, or are gone."""

from typing import Literal

from assistant.answer import Answer
from assistant.conversations.conversation import Turn
from knowledge.glossary import Glossary

Change = Literal["changed", "gone"]


def changes(turn: Turn, glossary: Glossary) -> dict[int, Change]:
    """What has become of the entries that an answer cites, by the markers of its citations.

    A marker is missing where the entry says what it said when the answer was given.
    """
    found: dict[int, Change] = {}
    for citation in turn.answer.citations:
        key = f"{citation.language}/{citation.entry_id}"
        version = version_of(glossary, key)
        if version is None:
            found[citation.marker] = "gone"
        elif version != turn.versions.get(key):
            found[citation.marker] = "changed"
    return found


def cited_versions(answer: Answer, glossary: Glossary) -> dict[str, str]:
    """The present versions of the entries that an answer cites, by their keys."""
    keys = dict.fromkeys(f"{c.language}/{c.entry_id}" for c in answer.citations)
    return {key: v for key in keys if (v := version_of(glossary, key)) is not None}


def version_of(glossary: Glossary, key: str) -> str | None:
    """The present version of the entry of a key; None if the glossary has none such."""
    entries = glossary.versions(key.partition("/")[2])
    return next((entry.version for entry in entries if entry.key == key), None)
