"""Evaluation: how well a glossary's questions find their entries, and how well it refuses the rest.

::

    cases ─▶ views ─▶ outcomes ─▶ measures ─▶ summary ─▶ table | report, reliability
                                          └▶ comparison, ablations

A *case* is a question with the entries that answer it, or with the reason why none does; an
*outcome* is what the retriever made of it. Every measure is a function of the outcomes' weights, so
that one bootstrap gives intervals for all of them, and paired ones for the difference of two runs.
"""

from assistant import AssistantError


class EvaluationError(AssistantError):
    """A file of questions, or of an earlier evaluation, is missing or not as it should be."""


__all__ = ["EvaluationError"]
