"""Evaluation: whether answers answer, by questions labelled with the sentences that answer them.

::

    questions ─▶ asking ─▶ scoring ─┐
                  claims ───────────┴▶ statistics ─▶ report
"""

from assistant import AssistantError


class EvaluationError(AssistantError):
    """A file of questions, or of an earlier evaluation, is missing or not as it should be."""


__all__ = ["EvaluationError"]
