"""The curve: how sure the assistant is, as points on the logistic curve.

It is drawn by style sheets, for Streamlit lets no inline SVG through. Like any number line it runs
from left to right, also where the words around it run the other way.
"""

from collections.abc import Iterator, Mapping
from html import escape
from math import exp, hypot, log

from knowledge.search.evidence import ANSWERABLE
from ui.markup.text import named, percent, tongue
from ui.strings import strings

_REACH = 8.0  # log-odds to either side: further out, the curve is flat to the eye
_STEPS = 48
_WIDTH, _HEIGHT = 640.0, 240.0  # pixels, about: what the line's thickness is made for
_HALF = 1.75  # pixels of it to either side
_HIGH = 0.75  # from where on a label stands below its point
_LABEL = 2  # em between the labels of several points


def log_odds(part: float) -> float:
    """Where a likelihood lies on the curve."""
    return log(part / (1 - part))


def curve(points: Mapping[str, float], said: str, interface: str) -> str:
    """The curve with likelihoods on it by their labels; ``said`` tells it to who does not see."""
    words = strings(interface)
    threshold = words["found_threshold"].format(threshold=percent(ANSWERABLE, interface))
    spoken = tongue(interface)
    ticks = "".join(
        f'<span class="m-tick" {spoken} style="bottom:{100 * part:.0f}%">'
        f"{percent(part, interface)}</span>"
        for part in (0.0, 0.5, 1.0)
    )
    high = sorted(((v, k) for k, v in points.items() if v > _HIGH), reverse=True)
    low = sorted((v, k) for k, v in points.items() if v <= _HIGH)
    # Labels stand below all high points, and each above its low one; none on another.
    placed = [(f"top:calc({100 - 100 * high[-1][0]:.2f}%", *point) for point in high]
    placed += [(f"bottom:calc({100 * point[0]:.2f}%", *point) for point in low]
    rows = [*range(len(high)), *range(len(low))]
    marks = "".join(_point(n, *each, interface) for n, each in zip(rows, placed, strict=True))
    area = ",".join(["0 100%", *(f"{x:.2f}% {y:.2f}%" for x, y in _places()), "100% 100%"])
    return (
        f'<figure class="m-curve"><div class="m-plot" dir="ltr" role="img"'
        f' aria-label="{named(said)}" style="--m-edge-at:{_across(ANSWERABLE):.2f}%">{ticks}'
        f'<span class="m-area" style="clip-path:polygon({area})"></span>'
        f'<span class="m-stroke" style="clip-path:polygon({_line()})"></span>'
        f'<span class="m-threshold" style="bottom:{100 * ANSWERABLE:.0f}%">'
        f"<bdi {spoken}>{escape(threshold)}</bdi></span>{marks}</div>"
        f'<figcaption dir="ltr"><span>− <bdi {spoken}>{escape(words["found_against"])}</bdi></span>'
        f"<span><bdi {spoken}>{escape(words['found_for'])}</bdi> +</span></figcaption></figure>"
    )


def _point(n: int, place: str, part: float, label: str, interface: str) -> str:
    """A point, and its label ``n`` rows from a place, wholly within the plot."""
    across = f"left:{_across(part):.2f}%"
    return (
        f'<i class="m-point" style="{across};bottom:{100 * part:.2f}%"></i>'
        f'<bdi class="m-pointed" {tongue(interface)} style="{across};'
        f'{place} + {1 + n * _LABEL}em);transform:translateX(-{_across(part):.2f}%)">'
        f"{escape(label)} <b>{percent(part, interface)}</b></bdi>"
    )


def _across(part: float) -> float:
    """Where a likelihood stands, in percent of the width; what lies beyond stands at the edge."""
    return 50 + 50 * min(max(log_odds(part), -_REACH), _REACH) / _REACH


def _places() -> Iterator[tuple[float, float]]:
    """Points of the curve, in percent of the width and of the height, from the top."""
    for n in range(_STEPS + 1):
        yield 100 * n / _STEPS, 100 / (1 + exp(_REACH * (2 * n / _STEPS - 1)))


def _line() -> str:
    """A band about the curve, by the normals to it."""
    above, below = [], []
    places = list(_places())
    for n, (x, y) in enumerate(places):
        (x0, y0), (x1, y1) = places[max(n - 1, 0)], places[min(n + 1, _STEPS)]
        run, rise = (x1 - x0) * _WIDTH / 100, (y1 - y0) * _HEIGHT / 100
        dx, dy = -_HALF * rise / hypot(run, rise), _HALF * run / hypot(run, rise)
        above.append(f"calc({x:.2f}% - {dx:.2f}px) calc({y:.2f}% - {dy:.2f}px)")
        below.append(f"calc({x:.2f}% + {dx:.2f}px) calc({y:.2f}% + {dy:.2f}px)")
    return ",".join([*above, *reversed(below)])
