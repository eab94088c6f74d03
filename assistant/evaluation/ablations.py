"""Ablations: the same questions asked of retrievers that lack something, and what each loses."""

from collections.abc import Mapping, Sequence
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
    changes: Mapping[str, Estimate]
    """The same by language, cases across languages aside."""
    roc_area: Estimate


def ablations(full: Sequence[Outcome], views: Views) -> tuple[Ablation, ...]:
    """Asks the cases of ``full``, the full retriever's outcomes, of each ablated retriever.

    Raises:
        KnowledgeError: a question cannot be embedded, or the index not searched.
    """
    cases = [outcome.case for outcome in full]
    whole = views.whole.embedder
    remembering = Embedder(whole.name, whole.dimension, Remembering(whole.embeddings))
    languages = dict.fromkeys(case.language for case in cases if case.answerable and not case.cross)
    found = []
    for name, fusion in ABLATIONS.items():

        def make(retriever: Retriever, fusion: Fusion = fusion) -> Retriever:
            return Retriever(
                retriever.glossary, retriever.index, remembering, retriever.lexicon, fusion
            )

        asked = ask(cases, views.remade(make), name)
        now = statistics(asked)
        found.append(
            Ablation(
                name=name,
                recall=estimate(now[MEASURE], len(cases)),
                change=_change(asked, full),
                changes={
                    language: _change(_within(asked, language), _within(full, language))
                    for language in languages
                },
                roc_area=estimate(now[CONFIDENCE], len(cases)),
            )
        )
    return tuple(found)


def _within(outcomes: Sequence[Outcome], language: str) -> list[Outcome]:
    """The outcomes of cases in a language, those across languages aside."""
    return [o for o in outcomes if o.case.language == language and not o.case.cross]


def _change(now: Sequence[Outcome], before: Sequence[Outcome]) -> Estimate:
    """How much more the measure is now, over the same cases."""
    new, old = (statistics(outcomes)[MEASURE] for outcomes in (now, before))
    return estimate(difference(new, old), len(now))


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
