"""The comparison: what changed since an earlier evaluation, and whether chance explains it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.evaluation import EvaluationError
from assistant.evaluation.measures import (
    LOWER_IS_BETTER,
    Estimate,
    difference,
    estimate,
    statistics,
)
from assistant.evaluation.outcomes import Outcome


@dataclass(frozen=True)
class Change:
    """A measure then and now, over the cases of both, and its change."""

    measure: str
    old: float | None
    new: float | None
    change: Estimate
    """New less old, with the interval of a paired bootstrap."""

    @property
    def lost(self) -> bool:
        """Whether it got worse by more than chance explains: the whole interval says so."""
        if self.measure in LOWER_IS_BETTER:
            return self.change.low is not None and self.change.low > 0
        return self.change.high is not None and self.change.high < 0


@dataclass(frozen=True)
class Comparison:
    """Two evaluations, over the cases that are in both."""

    cases: int
    changes: tuple[Change, ...]
    mended: tuple[Outcome, ...]
    """Outcomes of now that are right and were wrong."""
    broken: tuple[Outcome, ...]
    """Outcomes of now that are wrong and were right."""

    @property
    def lost(self) -> bool:
        """Whether any measure got worse by more than chance explains."""
        return any(change.lost for change in self.changes)


def compare(new: Sequence[Outcome], old: Sequence[Outcome]) -> Comparison:
    """What changed. Old outcomes are measured by the present cases' grades, so labels may change.

    Raises:
        EvaluationError: the two have no case in common.
    """
    before = {outcome.case.key: outcome for outcome in old}
    now = [outcome for outcome in new if outcome.case.key in before]
    if not now:
        raise EvaluationError(
            "The earlier evaluation has no question in common with this one: compare it with one"
            " of the same questions."
        )
    then = [replace(before[outcome.case.key], case=outcome.case) for outcome in now]
    of_now, of_then = statistics(now), statistics(then)
    changes = tuple(
        Change(
            name,
            estimate(of_then[name], len(now)).value,
            estimate(of_now[name], len(now)).value,
            estimate(difference(of_now[name], of_then[name]), len(now)),
        )
        for name in of_now
    )
    pairs = list(zip(now, then, strict=True))
    return Comparison(
        cases=len(now),
        changes=changes,
        mended=tuple(n for n, t in pairs if n.wrong is None and t.wrong is not None),
        broken=tuple(n for n, t in pairs if n.wrong is not None and t.wrong is None),
    )
