"""Matching: which terms a report concerns, by the names it uses and by its closeness to entries.

A name is not enough: a transformer burns down, and a coach praises attention. Nor is closeness
alone, unless it is great. Cosines of one model crowd together, so all vectors are seen from the
middle of the glossary, where those of unrelated texts lie about 0; and how far a report lies from
everyday talk towards that middle tells whether it is of the glossary's field at all. Both are the
means over the embedders, which err on other reports.

The limits were set on the reports of ``tests/data/news``, in English and Arabic, where they are
measured too.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from assistant.assistant import Assistant
from assistant.news.feeds import Item
from knowledge.glossary import Glossary
from knowledge.language.spelling import is_acronym_like, tokenize
from knowledge.language.text import base, detect, macrolanguage
from knowledge.linking import Link
from knowledge.search.index import Index

_FIELD = 0.17  # nearness, from which on a report is of the glossary's field
_LIKELY = 0.5  # likelihood of a name: closeness has its say, too
_NAMED = 0.13  # closeness, from which on a name is believed there
_AWAY = 0.05  # nearness below which no name is believed: “temperature” in the weather report
_SURE = 0.20  # closeness that a name which is hardly another thing needs between the two
_UNNAMED = 0.39  # closeness that needs no name, in the field
_BESIDE = 0.05  # closeness that it may fall behind the best by
_NAME = 0.25  # what a name adds to the score
_IN_TITLE = 0.05
_MOST = 5  # terms of a report
_EVERYDAY = 24  # entries that everyday talk counts for: a glossary of three has no middle
_RULES = 3  # of this module: another number matches all reports anew


class Matcher:
    """Tells which entries reports concern. It reads the index when it is made."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._indexes = assistant.retriever.indexes
        self._fields = {
            language: [_Field(index, assistant.glossary, language) for index in self._indexes]
            for language in dict.fromkeys(map(base, assistant.glossary.languages))
        }

    def match(self, items: Sequence[Item]) -> list[Mapping[str, float]]:
        """The ids of the entries that each item concerns, with scores from 0 to 1, best first.

        An item in a language that no entry is written in concerns none.

        Raises:
            EmbedderError: the embedding model does not answer.
        """
        texts = [f"{item.title}. {item.summary}".strip() for item in items]
        vectors = [np.array(index.embedder.passages(texts)) for index in self._indexes]
        return [
            self._concerned(item, text, [of_one[n] for of_one in vectors])
            for n, (item, text) in enumerate(zip(items, texts, strict=True))
        ]

    def _concerned(self, item: Item, text: str, vectors: Sequence[Any]) -> Mapping[str, float]:
        language = detect(text, self._assistant.glossary.languages)
        fields = self._fields.get(base(language)) if language else None
        if language is None or fields is None:
            return {}
        seen = list(zip(fields, vectors, strict=True))
        nearness = float(np.mean([field.nearness(vector) for field, vector in seen]))
        each = [field.closeness(vector) for field, vector in seen]
        common = [entry_id for entry_id in each[0] if all(entry_id in one for one in each)]
        closeness = {i: float(np.mean([one[i] for one in each])) for i in common}
        names = reversed([*self._assistant.linker.names(text, language)])  # the first one counts
        links = {link.entry_id: link for link, signs in names if signs.likelihood >= _LIKELY}
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
    """The entries of a language as vectors of one embedder, seen from their middle."""

    def __init__(self, index: Index, glossary: Glossary, language: str) -> None:
        places = {row: place for place, row in enumerate(index.ids)}
        rows: dict[str, list[int]] = {}
        for entry in glossary.entries:
            if base(entry.language) == language:
                found = [places[s.id] for s in entry.sentences if s.id in places]
                rows.setdefault(entry.id, []).extend(found)
        means = {
            entry_id: index.vectors[each].mean(axis=0) for entry_id, each in rows.items() if each
        }
        self._ids = list(means)
        talk = everyday(language) or everyday("en")
        common = _unit(np.array(index.embedder.passages(talk))).mean(axis=0)
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
    parts = [str(_RULES), *(index.embedder.name for index in assistant.retriever.indexes)]
    parts += [f"{entry.key} {entry.version}" for entry in assistant.glossary.entries]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def everyday(language: str) -> list[str]:
    """Everyday questions in a language; none where none are listed."""
    text = files("assistant.news").joinpath("everyday.yaml").read_text("utf-8")
    listed: dict[str, list[str]] = yaml.safe_load(text)
    return listed.get(macrolanguage(language), [])


def _is_sure(text: str, link: Link) -> bool:
    """Whether a name is hardly another thing: of several words, or told by its capitals."""
    words = tokenize(text[slice(*link.span)])
    return len(words) > 1 or any(is_acronym_like(word.text) for word in words)


def _unit(vectors: Any) -> Any:  # noqa: ANN401
    """Vectors of the length 1; those of none stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1.0)
