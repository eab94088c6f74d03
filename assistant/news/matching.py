"""Matching: which terms a report concerns, by the names it uses and by its closeness to entries.

A name is not enough: a transformer burns down, and a coach praises attention. Nor is closeness
alone, unless it is great. Cosines of one model crowd together, so all vectors are seen from the
middle of the glossary, where those of unrelated texts lie about 0; and how far a report lies from
everyday talk towards that middle tells whether it is of the glossary's field at all.

The limits were set on the reports of ``tests/data/news``, in English and Arabic, where they are
measured too.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from assistant.assistant import Assistant
from assistant.news.feeds import Item
from knowledge.entry import ASKED
from knowledge.language import base, detect
from knowledge.levels import everyday
from knowledge.mentions import Link
from knowledge.spelling import is_told_by_capitals, words_of

_FIELD = 0.17  # nearness, from which on a report is of the glossary's field
_NAMED = 0.13  # closeness, from which on a name is believed there
_AWAY = 0.05  # nearness below which no name is believed: “temperature” in the weather report
_SURE = 0.20  # closeness that a name which is hardly another thing needs between the two
_UNNAMED = 0.36  # closeness that needs no name, in the field
_BESIDE = 0.10  # closeness that it may fall behind the best by
_NAME = 0.25  # what a name adds to the score
_IN_TITLE = 0.05
_MOST = 5  # terms of a report
_EVERYDAY = 24  # entries that everyday talk counts for: a glossary of three has no middle
_RULES = 1  # of this module: another number matches all reports anew


class Matcher:
    """Tells which entries reports concern. It reads the index when it is made."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._fields = {
            language: _Field(assistant, language)
            for language in dict.fromkeys(map(base, assistant.glossary.languages))
        }

    def match(self, items: Sequence[Item]) -> list[Mapping[str, float]]:
        """The ids of the entries that each item concerns, with scores from 0 to 1, best first.

        An item in a language that no entry is written in concerns none.

        Raises:
            EmbedderError: the embedding model does not answer.
        """
        texts = [f"{item.title}. {item.summary}".strip() for item in items]
        vectors = np.array(self._assistant.retriever.embedder.passages(texts)) if texts else ()
        return [
            self._concerned(item, text, vector)
            for item, text, vector in zip(items, texts, vectors, strict=True)
        ]

    def _concerned(self, item: Item, text: str, vector: Any) -> Mapping[str, float]:  # noqa: ANN401
        language = detect(text, self._assistant.glossary.languages)
        field = self._fields.get(base(language)) if language else None
        if language is None or field is None:
            return {}
        closeness, nearness = field.closeness(vector), field.nearness(vector)
        links = {link.entry_id: link for link in self._assistant.linker.find(text, language)}
        inside, best = nearness >= _FIELD, max(closeness.values(), default=0.0)
        found: dict[str, float] = {}
        for entry_id, close in closeness.items():
            link = links.get(entry_id)
            if link is None:
                if inside and close >= max(_UNNAMED, best - _BESIDE):
                    found[entry_id] = close
            elif (inside and close >= _NAMED) or (
                nearness >= _AWAY and close >= _SURE and _is_sure(text, link)
            ):
                found[entry_id] = close + _NAME + _IN_TITLE * (link.span.end <= len(item.title))
        kept = sorted(found, key=lambda entry_id: -found[entry_id])[:_MOST]
        return {entry_id: round(min(found[entry_id], 1.0), 4) for entry_id in kept}


class _Field:
    """The entries of a language as vectors, seen from their middle."""

    def __init__(self, assistant: Assistant, language: str) -> None:
        retriever = assistant.retriever
        rows: dict[str, list[str]] = {}
        for row, passage in retriever.glossary.passages.items():
            if base(passage.language) == language and passage.section != ASKED:
                rows.setdefault(passage.entry_id, []).append(row)
        vectors = retriever.index.vectors([row for each in rows.values() for row in each])
        means = {
            entry_id: np.mean([vectors[row] for row in some], axis=0)
            for entry_id, each in rows.items()
            if (some := [row for row in each if row in vectors])
        }
        self._ids = list(means)
        talk = everyday(language) or everyday("en")
        common = _unit(np.array(retriever.embedder.passages(talk))).mean(axis=0)
        entries = _unit(np.array(list(means.values()))) if means else common.reshape(1, -1)
        own = entries.mean(axis=0)
        part = len(entries) / (len(entries) + _EVERYDAY)
        self._middle = part * own + (1 - part) * common
        self._entries = _unit(entries - self._middle)
        self._between = (own + common) / 2
        self._direction = _unit(own - self._between)

    def closeness(self, vector: Any) -> dict[str, float]:  # noqa: ANN401  (an array)
        """The cosine of a text with each entry, seen from the middle of all."""
        cosines = self._entries @ _unit(_unit(vector) - self._middle)
        return dict(zip(self._ids, map(float, cosines), strict=False))

    def nearness(self, vector: Any) -> float:  # noqa: ANN401
        """How far a text lies from everyday talk (−1) towards the field (1)."""
        return float(self._direction @ _unit(_unit(vector) - self._between))


def stamp(assistant: Assistant) -> str:
    """What reports are matched by: with another glossary, embedder or rules, it is another."""
    parts = [str(_RULES), assistant.retriever.embedder.name]
    parts += [f"{entry.key} {entry.version}" for entry in assistant.glossary.entries]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _is_sure(text: str, link: Link) -> bool:
    """Whether a name is hardly another thing: of several words, or told by its capitals."""
    words = words_of(text[slice(*link.span)])
    return len(words) > 1 or any(is_told_by_capitals(word.text) for word in words)


def _unit(vectors: Any) -> Any:  # noqa: ANN401
    """Vectors of the length 1; those of none stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1.0)
