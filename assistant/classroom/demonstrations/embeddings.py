"""Embeddings: words of one's own on a map made of their real vectors, and their neighbours."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.assistant import Assistant
from assistant.classroom.demonstrations import (
    Gauge,
    Gauges,
    Given,
    InputError,
    Pieces,
    Section,
    Table,
    View,
    plot,
    series,
)
from knowledge.language.text import base
from knowledge.search.embeddings import bundled_embedders

_LEAST, _MOST, _LONGEST = 3, 12, 60  # words, and letters of one
_NEAREST = 6


def vectors(words: tuple[str, ...]) -> Any:  # noqa: ANN401
    """The vectors of some words by the fast embedder, of unit length: (words, 512)."""
    return np.array([bundled_embedders()[-1].query(word) for word in words])


def plane(found: Any) -> tuple[Any, float]:  # noqa: ANN401
    """The vectors on their first two principal components, and the part of the variance there."""
    left, sizes, _ = np.linalg.svd(found - found.mean(axis=0), full_matrices=False)
    part = float((sizes[:2] ** 2).sum() / ((sizes**2).sum() or 1.0))
    return left[:, :2] * sizes[:2], part


def defined(assistant: Assistant, language: str) -> tuple[list[str], Any]:
    """The terms of a glossary in a language, and the vectors of their definitions."""
    index, own = assistant.retriever.indexes[-1], assistant.glossary.entries
    terms = {e.sentences[0].id: e.term for e in own if e.sentences and base(e.language) == language}
    rows = [n for n, row in enumerate(index.ids) if row in terms]
    return [terms[index.ids[n]] for n in rows], index.vectors[rows]


def show(given: Given) -> View:
    """The map, the cosines of one word to the others, and the terms of the glossary nearest it."""
    say, text = given.say, given["words"].replace("،", ",").replace("\n", ",")
    words = tuple(dict.fromkeys(w.strip()[:_LONGEST] for w in text.split(",") if w.strip()))
    if not _LEAST <= len(words) <= _MOST:
        raise InputError("wrong_input")
    if not given.revealed:
        return View(say("says_first"), [Pieces(words, given.language)])
    found = vectors(words)
    places, part = plane(found)
    chosen = min(int(given["word"]), len(words)) - 1
    word, cosines = words[chosen], found @ found[chosen]
    order = [n for n in np.argsort(-cosines, kind="stable") if n != chosen]
    others = series("points", say("others"), *places[order].T)
    one = series("points", say("chosen"), *places[[chosen]].T)
    span = float(np.abs(places).max()) * 1.25
    axes = {"across": (-span, span), "up": (-span, span)}
    drawn = others | {"labels": [words[n] for n in order]}, one | {"labels": [word]}
    kept = f"{given.write(round(100 * part))}%"
    nearest = {"nearest": words[order[0]], "cosine": round(float(cosines[order[0]]), 2)}
    blocks: list[Any] = [
        plot(say("says_map", part=kept), say("first"), say("second"), *drawn, **axes),
        Section(say("cosines", word=word), "", [_gauges(words, cosines, order)]),
    ]
    if given.assistant:
        terms, theirs = defined(given.assistant, given.language)
        near = theirs @ found[chosen]
        title, text = say("terms", word=word), say("terms_text", n=len(terms))
        best = np.argsort(-near, kind="stable")[:_NEAREST]
        blocks.append(Section(title, text, [_gauges(terms, near, best)], whole=True))
    rows = [(w, *row.round(2)) for w, row in zip(words, found @ found.T, strict=True)]
    return View(say("says", word=word, part=kept, **nearest), [*blocks, Table(("", *words), rows)])


def _gauges(words: Sequence[str], cosines: Any, some: Any) -> Gauges:  # noqa: ANN401
    parts = [(words[n], round(float(cosines[n]), 2)) for n in some]
    return Gauges([Gauge(word, min(max(part, 0.0), 1.0), part) for word, part in parts])
