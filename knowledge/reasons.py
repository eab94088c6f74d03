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
    mentions = retriever.names.find(question, spoken)
    wanted = (retriever.glossary.get(entry_id, spoken) for entry_id in within or ())
    cosines = retriever.near(question, {entry.key for entry in wanted if entry})
    found = retriever.weigh(mentions, spoken, cosines, within or ())
    if not found.entries:
        return {}
    best = int(np.argmax(retriever.fusion.utilities(found.features)))
    subject = retriever.subject(found, best, spoken)
    return retriever.fusion.reasons(found.features, best, subject)
