"""Evaluation: whether answers answer, by questions labelled with the sentences that answer them.

::

    cases ─▶ replies ─▶ scoring ─┐
                claims ──────────┴▶ statistics ─▶ report
"""
