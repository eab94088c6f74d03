"""Embeddings: words of one's own on a map made of their real vectors, and their neighbours."""

import threading
from functools import lru_cache
from typing import Any

import numpy as np

from assistant.classroom.demonstrations import (
    Drawing,
    Gauge,
    Gauges,
    Given,
    InputError,
    Range,
    Step,
    Table,
    Text,
    View,
    steps,
)
from knowledge.language.text import base
from knowledge.search.embeddings import bundled_embedders

ENTRIES = {
    "embedding": {},
    "cosine-similarity": {},
    "word2vec": {},
    "principal-component-analysis": {},
    "dimensionality-reduction": {},
    "vector-database": {},
}
KNOBS = (Text("words", 300, lines=2), Range("word", steps(1, 12, 1), 1))
RIGHT = 0
_LEAST, _MOST, _LONGEST = 3, 12, 60
_NEAREST = 6


def vectors(words: tuple[str, ...]) -> Any:  # noqa: ANN401
    """The vectors of some words by the fast embedder, of unit length: (words, 512)."""
    embedder = bundled_embedders()[-1]
    return np.array([embedder.query(word) for word in words])


def plane(found: Any) -> tuple[Any, float]:  # noqa: ANN401
    """The vectors on their first two principal components, and the part of the variance there."""
    centred = found - found.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    total = float((sizes**2).sum()) or 1.0
    return left[:, :2] * sizes[:2], float((sizes[:2] ** 2).sum()) / total


@lru_cache(maxsize=4)
def _terms(terms: tuple[str, ...]) -> Any:  # noqa: ANN401
    """The vectors of all terms of a glossary."""
    found = np.array(bundled_embedders()[-1].passages(terms))
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def show(given: Given) -> View:
    """The map, the cosines of one word to the others, and the terms of the glossary nearest it."""
    say, write = given.say, given.number
    text = given["words"].replace("،", ",").replace("\n", ",")
    words = tuple(dict.fromkeys(w.strip()[:_LONGEST] for w in text.split(",") if w.strip()))
    if not _LEAST <= len(words) <= _MOST:
        raise InputError("wrong_input")
    terms = ()
    if given.assistant:
        entries = given.assistant.glossary.entries
        terms = tuple(e.term for e in entries if base(e.language) == given.language)
    if not given.revealed:
        if terms:  # most of a second, meanwhile
            threading.Thread(target=_terms, args=(terms,), daemon=True).start()
        return View(say("says_first"), [Step("", "، ".join(words) if given.language == "ar" else ", ".join(words))])
    found = vectors(words)
    places, part = plane(found)
    span = float(np.abs(places).max()) * 1.25
    chosen = min(int(given["word"]), len(words)) - 1
    cosines = found @ found[chosen]
    order = [n for n in np.argsort(-cosines, kind="stable") if n != chosen]
    points = [
        {"name": say("others"), "points": [tuple(places[n]) for n in order], "labels": [words[n] for n in order]},
        {"name": say("chosen"), "points": [tuple(places[chosen])], "labels": [words[chosen]]},
    ]
    plot = {
        "x": say("first"),
        "y": say("second"),
        "x_range": (-span, span),
        "y_range": (-span, span),
        "series": points,
    }
    nearest = words[order[0]]
    says = say(
        "says", word=words[chosen], nearest=nearest, cosine=write(float(cosines[order[0]])),
        part=round(100 * part),
    )  # fmt: skip
    blocks: list[Any] = [
        Drawing({"says": say("says_map", part=round(100 * part)), "plot": plot}),
        Step(say("cosines", word=words[chosen])),
        Gauges([_gauge(given, words[n], float(cosines[n])) for n in order]),
    ]
    if terms:
        near = _terms(terms) @ found[chosen]
        best = np.argsort(-near, kind="stable")[:_NEAREST]
        blocks += [
            Step(say("terms", word=words[chosen]), say("terms_text", n=len(terms))),
            Gauges([_gauge(given, terms[n], float(near[n])) for n in best]),
        ]
    rows = [
        (word, *(write(float(c)) for c in row)) for word, row in zip(words, found @ found.T, strict=True)
    ]
    blocks.append(Table(("", *words), rows))
    return View(says, blocks)


def _gauge(given: Given, label: str, cosine: float) -> Gauge:
    return Gauge(label, min(max(cosine, 0.0), 1.0), given.number(cosine))
