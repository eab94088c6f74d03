"""The curve: how sure the assistant is, as a point on the logistic curve; and what made it so.

It is drawn by style sheets, for Streamlit lets no inline SVG through. Like any number line it runs
from left to right, also where the words around it run the other way.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import hypot

from knowledge.fusion import ANSWERABLE, likelihood, log_odds
from ui.markup.text import decimal, named, percent, tongue
from ui.strings import strings

_REACH = 8.0  # log-odds to either side: further out, the curve is flat to the eye
_STEPS = 48
_WIDTH, _HEIGHT = 640.0, 240.0  # pixels, about: what the line's thickness is made for
_HALF = 1.75  # pixels of it to either side
_HIGH = 75  # percent of the height, from where on a label stands below its point
_LABEL = 2.0  # em between the labels of several points
_SLIGHT = 0.05  # log-odds: less is shown as nothing
_LEAST = 4.0  # log-odds that fill half a track, at least


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the curve, by its likelihood; with a label it is one of those asked about."""

    likelihood: float
    label: str = ""


def curve(points: Sequence[Point], said: str, interface: str) -> str:
    """The curve with its points; ``said`` tells it to those who do not see it."""
    words = strings(interface)
    threshold = words["found_threshold"].format(threshold=percent(ANSWERABLE, interface))
    spoken = tongue(interface)
    ticks = "".join(
        f'<span class="m-tick" {spoken} style="bottom:{100 * part:.0f}%">'
        f"{percent(part, interface)}</span>"
        for part in (0.0, 0.5, 1.0)
    )
    edge = f"--m-edge-at:{_across(ANSWERABLE):.2f}%"
    asked = [point for point in points if point.label]
    others = [point for point in points if not point.label]
    marks = "".join(
        [*map(_point, (*others, *asked)), *(_label(n, p, interface) for n, p in enumerate(asked))]
    )
    return (
        f'<figure class="m-curve"><div class="m-plot" dir="ltr" role="img"'
        f' aria-label="{named(said)}" style="{edge}">{ticks}'
        f'<span class="m-area" style="clip-path:polygon({_area()})"></span>'
        f'<span class="m-stroke" style="clip-path:polygon({_line()})"></span>'
        f'<span class="m-threshold" style="bottom:{100 * ANSWERABLE:.0f}%">'
        f"<bdi {spoken}>{escape(threshold)}</bdi></span>{marks}</div>"
        f'<figcaption dir="ltr"><span>− <bdi {spoken}>{escape(words["found_against"])}</bdi></span>'
        f"<span><bdi {spoken}>{escape(words['found_for'])}</bdi> +</span></figcaption></figure>"
    )


def balance(reasons: Mapping[str, float], confidence: float, interface: str) -> str:
    """What spoke for and against, each as a bar to its side of nothing, and their sum."""
    words = strings(interface)
    most = max(_LEAST, *map(abs, reasons.values()))
    rows = "".join(
        _reason(words[f"reason_{name}"], value, most, interface)
        for name, value in reasons.items()
        if abs(value) >= _SLIGHT or name == "nearest"
    )
    ends = (
        ("reason_sum", _value(decimal(sum(reasons.values()), interface, signed=True))),
        ("reason_curve", percent(confidence, interface)),
    )
    foot = "".join(
        f'<tr><th scope="row">{escape(words[key])}</th><td></td><td>{value}</td></tr>'
        for key, value in ends
    )
    return (
        f'<table class="m-reasons"><caption>{escape(words["found_reasons"])}</caption>'
        f"<tbody>{rows}</tbody><tfoot>{foot}</tfoot></table>"
    )


def _value(text: str) -> str:
    return f'<bdi dir="ltr">{text}</bdi>'


def _reason(name: str, value: float, most: float, interface: str) -> str:
    side = "for" if value > 0 else "against"
    part = 50 * abs(value) / most
    return (
        f'<tr><th scope="row">{escape(name)}</th><td dir="ltr"><span class="m-sides">'
        f'<i class="m-{side}" style="width:{part:.1f}%"></i></span></td>'
        f"<td>{_value(decimal(value, interface, signed=abs(value) >= _SLIGHT))}</td></tr>"
    )


def _point(point: Point) -> str:
    kind = "m-point m-this" if point.label else "m-point"
    place = f"left:{_across(point.likelihood):.2f}%;bottom:{100 * point.likelihood:.2f}%"
    return f'<i class="{kind}" style="{place}"></i>'


def _label(n: int, point: Point, interface: str) -> str:
    """The label of a point, above or below it, wholly within the plot; ``n`` are there already."""
    across, up = _across(point.likelihood), 100 * point.likelihood
    edge, off = ("top", 100 - up) if up > _HIGH else ("bottom", up)
    place = f"left:{across:.2f}%;{edge}:calc({off:.2f}% + {1 + n * _LABEL:.0f}em)"
    said = f"{escape(point.label)} <b>{percent(point.likelihood, interface)}</b>"
    return (
        f'<bdi class="m-pointed" {tongue(interface)} style="{place};'
        f'transform:translateX(-{across:.2f}%)">{said}</bdi>'
    )


def _across(part: float) -> float:
    """Where a likelihood stands, in percent of the width; what lies beyond stands at the edge."""
    return 50 + 50 * min(max(log_odds(part), -_REACH), _REACH) / _REACH


def _places() -> Iterator[tuple[float, float]]:
    """Points of the curve, in percent of the width and of the height, from the top."""
    for n in range(_STEPS + 1):
        at = _REACH * (2 * n / _STEPS - 1)
        yield 100 * n / _STEPS, 100 * (1 - float(likelihood(at)))


def _area() -> str:
    return ",".join(["0 100%", *(f"{x:.2f}% {y:.2f}%" for x, y in _places()), "100% 100%"])


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
