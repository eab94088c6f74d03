"""Figures: measures as text."""

from assistant.evaluation.measures import Estimate

_NONE = "–"


def shown(estimate: Estimate, *, signed: bool = False) -> str:
    """A measure with its interval, to three places."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return _NONE
    low, high = number(estimate.low, signed=signed), number(estimate.high, signed=signed)
    between = " to " if signed else "–"
    return f"{number(estimate.value, signed=signed)} ({low}{between}{high})"


def number(value: float | None, *, signed: bool = False) -> str:
    """A number to three places, or a dash for none."""
    if value is None:
        return _NONE
    text = f"{value:+.3f}" if signed else f"{value:.3f}"
    return ("0.000" if float(text) == 0 else text).replace("-", "−")
