"""Reasons: what made it sure, or unsure, that the best entry answers a question."""

from collections.abc import Collection, Mapping

import numpy as np

from knowledge.retrieval import Retriever


def reasons(
    retriever: Retriever,
    question: str,
    spoken: str,
    within: Collection[str] | None = None,
) -> Mapping[str, float]:
    """What speaks for and against it, in log-odds, by the names of ``fusion.Weights``.

    The question is weighed anew, as ``Retriever.retrieve`` did; arguments are as there. The sum
    gives the confidence by ``fusion.likelihood``, unless ``within`` leaves the best entry out.

    Raises:
        EmbedderError: the question cannot be embedded.
        IndexFailure: the index cannot be searched.
    """
    _, _, found = retriever.weighed(question, spoken, within)
    if not found.entries:
        return {}
    best = int(np.argmax(retriever.fusion.utilities(found.features)))
    subject = retriever.subject(found, best, spoken)
    return retriever.fusion.reasons(found.features, best, subject)
