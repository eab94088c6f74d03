"""A search beside the bare embedding of its question by the same embedders."""

from collections.abc import Mapping, Sequence
from functools import partial

from knowledge.search.retriever import Retriever
from tests.benchmarks.invented import Asked
from tests.benchmarks.rows import Row, ms, times

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
