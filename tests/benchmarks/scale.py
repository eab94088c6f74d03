"""Search with a hundred invented terms, and with up to fifty times as many."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.search.embeddings import Embedder, Embeddings, bundled_embedders, shipped
from knowledge.search.index import open_index
from knowledge.search.intent import Classifier
from knowledge.search.lexicon import Lexicon
from knowledge.search.retriever import Retriever
from knowledge.search.store import Store
from tests.benchmarks.invented import Asked, glossary, questions
from tests.benchmarks.rows import Row, ms, shown, times

SIZES = (100, 1_000, 5_000)
"""Terms: of the first two all sentences are compared with a question, of the last the nearest."""
ASKED = 100
BESIDE_SMALLEST = 3.0
CENTRES = 300
NOISE = 0.3  # its length: sentences of a centre have cosines of 0.92, those of two 0.74


@dataclass(frozen=True)
class StandIn(Embeddings):
    """Embeds questions in earnest; what sentences have as vectors costs nothing.

    It lies about one of a few hundred vectors of the bundled glossary, told by a hash of the text:
    so sentences lie as near to each other, and to questions, as real ones do.
    """

    real: Embeddings
    centres: Any = field(repr=False)

    def embed_query(self, text: str) -> list[float]:
        """The real vector of a question."""
        return self.real.embed_query(text)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of sentences, in order."""
        found = []
        for text in texts:
            rng = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]))
            centre = rng.choice(self.centres)
            vector = centre + rng.normal(0, NOISE / len(centre) ** 0.5, len(centre))
            found.append((vector / np.linalg.norm(vector)).tolist())
        return found


def _stand_in(real: Embedder) -> Embedder:
    held = np.array(list(shipped(real).values()), float)
    centres = held[:: len(held) // CENTRES]
    embeddings = StandIn(real.embeddings, centres / np.linalg.norm(centres, axis=1, keepdims=True))
    return replace(real, name=f"stand-in of {real.name}", embeddings=embeddings)


def scale(data: Path, largest: int) -> Iterator[Row]:
    """The same questions, about entries that all have, put to each of the sizes by turns.

    The indexes are made first, the vectors being there for the asking, and the lexicons.
    """
    store, retrievers = Store(data / "scale"), {}
    embedders = [_stand_in(real) for real in bundled_embedders()]
    for terms in (*(size for size in SIZES if size < largest), largest):
        held = glossary(data / "scale" / f"{terms}", terms)
        indexes, took = [], 0.0
        for embedder in embedders:
            with shown(f"{terms:,} terms") as progress:
                took += times(partial(open_index, store, held, embedder, progress))[0]
            indexes.append(open_index(store, held, embedder)[0])
        value = f"{took:.1f} s, {len(held.rows):,} sentences"
        yield Row(f"indexes of {terms:,} terms, the vectors at hand", value)
        lexicon = Lexicon.open(store.home(held.path), held.entries)
        retrievers[terms] = Retriever(held, indexes, Classifier(embedders), lexicon)
    small, large = min(retrievers), max(retrievers)
    found = by_turns(retrievers, questions(retrievers[small].glossary, ASKED))
    for terms, measured in found.items():
        for percent in (50, 95):
            yield beside_embedding(f"search, {terms:,} terms", measured, percent)
    if large > small:
        low, high = (ms(found[terms][1], 50) for terms in (small, large))
        name = f"search at {large:,} terms beside that at {small:,}"
        yield Row(name, f"{high:.1f} ms", f"{low:.1f} ms", high / low, BESIDE_SMALLEST)


WARMING = 20  # questions asked before, of each glossary
TURN = 10  # questions put to one glossary before the next has its turn

Times = tuple[list[float], list[float]]
"""Seconds of embedding questions, and of retrieving for them."""


def by_turns(retrievers: Mapping[int, Retriever], asked: Sequence[Asked]) -> dict[int, Times]:
    """Asks each retriever all questions, some at a time, each next to embedding it alone."""
    for retriever in retrievers.values():
        for question, language in asked[:: max(1, len(asked) // WARMING)]:
            retriever.retrieve(question, language)
    found: dict[int, Times] = {size: ([], []) for size in retrievers}
    for start in range(0, len(asked), TURN):
        for size, retriever in retrievers.items():
            for number, (question, language) in enumerate(asked[start : start + TURN]):
                both = (
                    partial(_embed, retriever, question),
                    partial(retriever.retrieve, question, language),
                )
                for n in (0, 1) if number % 2 else (1, 0):  # neither always finds the caches warm
                    for index in retriever.indexes:
                        index.embedder._query.cache_clear()
                    found[size][n].extend(times(both[n]))
    return found


def _embed(retriever: Retriever, question: str) -> None:
    for index in retriever.indexes:
        index.embedder.query(question)


def beside_embedding(what: str, measured: Times, percent: int, most: float | None = None) -> Row:
    """A percentile of the searches, held to so many times that of the embeddings."""
    floor, value = (ms(seconds, percent) for seconds in measured)
    apart = ms([after - before for before, after in zip(*measured, strict=True)], percent)
    said = f"{value:.1f} ms, {apart:.1f} more than embedding"
    return Row(f"{what}, p{percent}", said, f"embedding {floor:.1f} ms", value / floor, most)
