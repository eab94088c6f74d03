"""Diagrams drawn by style sheets, for ``st.html`` lets no SVG pass."""

from collections.abc import Iterator, Mapping, Sequence
from math import exp, log
from urllib.parse import quote

from markupsafe import Markup

from knowledge.search.evidence import ANSWERABLE
from ui.templates import render

# The curve.
_REACH = 8.0  # log-odds to either side: further out, the curve is flat to the eye
_STEPS = 48
_THICK = 3.5  # pixels of its line
_HIGH = 0.75  # from where on a label stands below its point
_LABEL = 2  # em between the labels of several points


def log_odds(part: float) -> float:
    """Where a likelihood lies on the curve."""
    return log(part / (1 - part))


def curve(points: Mapping[str, float], said: str, interface: str) -> Markup:
    """The logistic curve with likelihoods on it by their labels; ``said`` tells it in words."""
    high = sorted(((v, k) for k, v in points.items() if v > _HIGH), reverse=True)
    low = sorted((v, k) for k, v in points.items() if v <= _HIGH)
    # Labels stand below all high points, and each above its low one; none on another.
    below = [(f"top:calc({100 - 100 * high[-1][0]:.2f}%", n, *each) for n, each in enumerate(high)]
    above = [(f"bottom:calc({100 * each[0]:.2f}%", n, *each) for n, each in enumerate(low)]
    placed = [
        (f"{_across(part):.2f}", f"{place} + {1 + n * _LABEL}em)", part, label)
        for place, n, part, label in (*below, *above)
    ]
    line = "L".join(f"{x:.2f} {y:.2f}" for x, y in _places())
    area = ",".join(["0 100%", *(f"{x:.2f}% {y:.2f}%" for x, y in _places()), "100% 100%"])
    return render(
        "curve",
        interface,
        points=placed,
        said=said,
        area=area,
        line=_picture(100, [f"M{line}"], thick=_THICK),
        threshold=ANSWERABLE,
        edge=_across(ANSWERABLE),
    )


def _across(part: float) -> float:
    """Where a likelihood stands, in percent of the width; what lies beyond stands at the edge."""
    return 50 + 50 * min(max(log_odds(part), -_REACH), _REACH) / _REACH


def _places() -> Iterator[tuple[float, float]]:
    """Points of the curve, in percent of the width and of the height, from the top."""
    for n in range(_STEPS + 1):
        yield 100 * n / _STEPS, 100 / (1 + exp(_REACH * (2 * n / _STEPS - 1)))


def _picture(height: float, paths: Sequence[str], dashes: str = "", thick: float = 1.3) -> str:
    """An SVG as an address; it is stretched, its lines are not."""
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 {height:g}'"
        f" preserveAspectRatio='none'><path d='{''.join(paths)}' fill='none' stroke='#000'"
        f" stroke-width='{thick}' stroke-dasharray='{dashes}' vector-effect='non-scaling-stroke'/>"
        "</svg>"
    )
    return f"data:image/svg+xml,{quote(svg, safe=' =:/')}"
