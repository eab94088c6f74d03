"""Ablations: the same questions asked of retrievers that lack something, and what each loses."""

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.embeddings import Embeddings

from assistant.evaluation.measures import Estimate, difference, estimate, statistics
from assistant.evaluation.outcomes import Outcome, ask
from assistant.evaluation.views import Views
from knowledge.embeddings import Embedder
from knowledge.fusion import ABLATIONS, Fusion
from knowledge.retrieval import Retriever

MEASURE = "recall@1"
CONFIDENCE = "ROC area"


@dataclass(frozen=True)
class Ablation:
    """What a retriever without something reaches, and how much that is above the full one."""

    name: str
    recall: Estimate
    """Recall@1 over all answerable cases."""
    change: Estimate
    """Its recall@1 less that of the full retriever, over the same cases (paired bootstrap)."""
    roc_area: Estimate


def ablations(full: Sequence[Outcome], views: Views) -> tuple[Ablation, ...]:
    """Asks the cases of ``full``, the full retriever's outcomes, of each ablated retriever.

    Raises:
        KnowledgeError: a question cannot be embedded, or the index not searched.
    """
    cases = [outcome.case for outcome in full]
    whole = views.whole.embedder
    remembering = Embedder(whole.name, whole.dimension, Remembering(whole.embeddings))
    before = statistics(full)
    found = []
    for name, fusion in ABLATIONS.items():

        def make(retriever: Retriever, fusion: Fusion = fusion) -> Retriever:
            return Retriever(
                retriever.glossary, retriever.index, remembering, retriever.lexicon, fusion
            )

        now = statistics(ask(cases, views.remade(make), name))
        found.append(
            Ablation(
                name=name,
                recall=estimate(now[MEASURE], len(cases)),
                change=estimate(difference(now[MEASURE], before[MEASURE]), len(cases)),
                roc_area=estimate(now[CONFIDENCE], len(cases)),
            )
        )
    return tuple(found)


class Remembering(Embeddings):
    """Embeds each question once, however many retrievers ask it."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._queries: dict[str, list[float]] = {}

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        if text not in self._queries:
            self._queries[text] = self._embeddings.embed_query(text)
        return self._queries[text]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of passages, which are not kept."""
        return self._embeddings.embed_documents(texts)
