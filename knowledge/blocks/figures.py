"""Figures: plots, bars, boxes with arrows and matrices, drawn as SVG from a few lines of YAML.

The colours are told apart on white and on black, and nothing is told by colour alone. Boxes and
matrices run in the direction of the language; axes of numbers run as in every textbook.
"""

import math
import textwrap
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain
from typing import Annotated, Any, NamedTuple, TypeAlias
from xml.etree.ElementTree import Element, SubElement, tostring

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from knowledge.fault import BlockError
from knowledge.language.text import is_right_to_left

_LONGEST = 5_000  # characters
_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# 3:1 at least on white and on black.
_COLOURS = ("#12887c", "#c2591b", "#5a6bdc", "#a8469c", "#857a18", "#2f7fb5")
FONT = 14.0
_LETTER = 0.55 * FONT  # the mean width
_SMALL = 12 / FONT  # letters beside points and arrows
_LEAST = 0.7  # of its size, on a small screen: what is larger is scrolled

Name = Annotated[str, Field(max_length=80)]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12)]
Point = tuple[Number, Number]
Points = Annotated[list[Point], Field(max_length=200)]
Row = Annotated[list[Name | None], Field(max_length=6)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    def _check_one_of(self, *names: str) -> None:
        if sum(getattr(self, name) not in (None, []) for name in names) != 1:
            raise ValueError(f"has to have one of {', '.join(names[:-1])} and {names[-1]}")


class Series(_Part):
    """What is drawn of a plot's numbers in one way."""

    name: Name = ""
    points: Points | None = None
    labels: Annotated[list[Name], Field(max_length=40)] = []
    """What stands beside the points."""
    line: Points | None = None
    curve: Points | None = None
    fit: Annotated[int, Field(ge=0, le=9)] | None = None
    """The degree of the polynomial of least squares through another series."""
    of: Name = ""
    start: Number | None = Field(None, alias="from")
    to: Number | None = None

    @model_validator(mode="after")
    def _one(self) -> "Series":
        self._check_one_of("points", "line", "curve", "fit")
        return self


class Plot(_Part):
    """Axes, and series in them."""

    x: Name = ""
    y: Name = ""
    x_range: Point | None = None
    y_range: Point | None = None
    series: Annotated[list[Series], Field(min_length=1, max_length=len(_COLOURS))]


class Heights(_Part):
    """The values of one colour of bars."""

    name: Name = ""
    values: Annotated[list[Number], Field(min_length=1, max_length=16)]


class Bars(_Part):
    """Bars above labels, in groups where there are several series."""

    y: Name = ""
    labels: Annotated[list[Name], Field(min_length=1, max_length=16)]
    series: Annotated[list[Heights], Field(min_length=1, max_length=len(_COLOURS))]

    @model_validator(mode="after")
    def _as_many(self) -> "Bars":
        if any(len(each.values) != len(self.labels) for each in self.series):
            raise ValueError("has to have a value for each label")
        return self


class Matrix(_Part):
    """Numbers or words in rows and columns, shaded by value."""

    row: Name = ""
    column: Name = ""
    rows: Annotated[list[Name], Field(min_length=1, max_length=10)]
    columns: Annotated[list[Name], Field(min_length=1, max_length=10)]
    values: list[list[float | Name]]

    @model_validator(mode="after")
    def _as_many(self) -> "Matrix":
        if [*map(len, self.values)] != [len(self.columns)] * len(self.rows):
            raise ValueError("has to have a value for each row and column")
        return self


class Figure(_Part):
    """What a figure says, and one way of showing it."""

    says: Annotated[str, Field(min_length=1)]
    plot: Plot | None = None
    bars: Bars | None = None
    matrix: Matrix | None = None
    boxes: Annotated[list[Row], Field(max_length=8)] = []
    arrows: Annotated[list[tuple[Name, Name] | tuple[Name, Name, Name]], Field(max_length=30)] = []

    @model_validator(mode="after")
    def _one(self) -> "Figure":
        self._check_one_of("plot", "bars", "matrix", "boxes")
        for name in chain.from_iterable(arrow[:2] for arrow in self.arrows):
            if not any(name in row for row in self.boxes):
                raise ValueError(f"has an arrow to or from “{name}”, which is no box")
        return self


def read(source: str) -> Figure:
    """A figure of its YAML.

    Raises:
        BlockError: It is no figure.
    """
    try:
        if len(source) > _LONGEST:
            raise BlockError(f"a figure is longer than {_LONGEST:,} characters: leave numbers out.")
        return Figure.model_validate(yaml.load(source, _SAFE))  # noqa: S506  (it is safe)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "it"
        said = first["msg"].removeprefix("Value error, ")
        raise BlockError(f"a figure is not as it should be: {place}: {said}.") from error
    except (yaml.YAMLError, RecursionError) as error:
        what = " ".join(str(getattr(error, "problem", "") or "too deep").split())
        line = mark.line + 1 if (mark := getattr(error, "problem_mark", None)) else 1
        raise BlockError(f"a figure is no YAML (its line {line}: {what}).") from error


def drawn(figure: Figure, language: str) -> str:
    """A figure as SVG, in the colour of the text around it where it has none of its own.

    Raises:
        BlockError: It fits a curve to too few points.
    """
    canvas = _Canvas(figure.says, rtl=is_right_to_left(language))
    if figure.plot:
        _plot(canvas, figure.plot)
    elif figure.bars:
        _bars(canvas, figure.bars)
    elif figure.matrix:
        _matrix(canvas, figure.matrix)
    else:
        _boxes(canvas, figure)
    return canvas.text


class _Canvas:
    """An SVG picture that grows; ``width`` and ``height`` are set before it is read."""

    width, height = 420.0, 300.0

    def __init__(self, says: str, *, rtl: bool) -> None:
        self.rtl = rtl
        self._root = self.into = Element("svg", {
            "xmlns": "http://www.w3.org/2000/svg", "role": "img", "aria-label": says,
            "font-size": f"{FONT:g}", "fill": "currentColor",
            "direction": "ltr",  # of places, whatever the page's
        })  # fmt: skip

    def add(self, tag: str, **values: object) -> Element:
        """Adds an element; numbers are rounded, and low lines in names of attributes are dashes."""
        told = {
            name.replace("_", "-"): f"{value:.6g}" if isinstance(value, float) else str(value)
            for name, value in values.items()
        }
        return SubElement(self.into, tag, told)

    def line(
        self, points: Iterable[Sequence[float]], colour: str = "currentColor", **values: object
    ) -> None:
        """Straight lines from point to point."""
        self.add("polyline", points=_path(points), fill="none", stroke=colour, **values)

    def words(
        self, text: str, x: float, y: float, anchor: str = "middle", **values: object
    ) -> None:
        """A line of text, its middle at the height ``y``; ``anchor`` counts from the left."""
        if text:
            own = f"\u2068{text}\u2069"  # isolated, in its own direction
            self.add("text", x=x, y=y + FONT * 0.35, text_anchor=anchor, **values).text = own

    def box(self, x: float, y: float, width: float, height: float, **values: object) -> None:
        """A rectangle, by its upper left corner."""
        self.add("rect", x=x, y=y, width=width, height=height, **values)

    def column(self, x: float) -> float:
        """Where something stands that is ``x`` from where reading begins."""
        return self.width - x if self.rtl else x

    @property
    def text(self) -> str:
        """The picture."""
        width, height = f"{self.width:.6g}", f"{self.height:.6g}"
        self._root.attrib |= {"viewBox": f"0 0 {width} {height}", "width": width, "height": height}
        self._root.set("style", f"min-width: {_LEAST * self.width:.0f}px")
        return tostring(self._root, "unicode")


def _path(points: Iterable[Sequence[float]]) -> str:
    return " ".join(f"{x:.5g},{y:.5g}" for x, y in points)


def _width(text: str) -> float:
    return len(text) * _LETTER


def _wrapped(text: str, room: float) -> list[str]:
    """A text in lines, as wide as there is room for; no word is broken."""
    most = max(1, int(room / _LETTER))
    return textwrap.wrap(text, most, break_long_words=False, break_on_hyphens=False)


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")


# Plots and bars.

_Scale: TypeAlias = Callable[[float], float]
_Room: TypeAlias = tuple[float, float, float, float]  # from left to right, from above to below
_Mark: TypeAlias = Callable[[_Canvas, int, float, float], None]

# A dot, a square, a triangle, a diamond and so on: how many corners, and turned by how much of one.
_MARKS = ((24, 0.0), (4, 0.5), (3, 0.0), (4, 0.0), (3, 0.5), (6, 0.0))
_DASHES = ("none", "7 4", "2 3", "9 3 2 3", "12 3", "4 2")
_BESIDE = (
    ("start", 9, 0), ("end", -9, 0), ("middle", 0, 15), ("start", 9, -28), ("end", -9, -28),
    ("start", 9, 28), ("end", -9, 28), ("middle", 0, -15),
)  # fmt: skip
_EDGE = 8.0  # where the legend begins
_ROOM = 30  # for the numbers above the bars of a group
_TOP, _BOTTOM, _LEFT, _RIGHT, _UP = 14.0, 48.0, 62.0, 22.0, 220.0


def _plot(canvas: _Canvas, plot: Plot) -> None:
    lines = [_numbers(each, plot) for each in plot.series]
    every = np.concatenate(lines)
    xs, ys = (
        given or _widened(numbers.min(), numbers.max())
        for given, numbers in zip((plot.x_range, plot.y_range), every.T, strict=True)
    )
    marks = [_mark if each.points is not None else _stroke for each in plot.series]
    above = _legend(canvas, [each.name for each in plot.series], marks)
    across, up = _axes(canvas, (plot.x, plot.y), above, ys, xs)
    # A picture in the picture cuts off what leaves the axes.
    top, height = up(ys[1]) - 6, up(ys[0]) - up(ys[1]) + 12
    inner = canvas.add("svg", x=0.0, y=top, width=canvas.width, height=height)
    inner.set("viewBox", f"0 {top:g} {canvas.width:g} {height:g}")
    outer, canvas.into = canvas.into, inner
    taken: list[_Room] = []
    for n, (each, line) in enumerate(zip(plot.series, lines, strict=True)):
        places = [(across(x), up(y)) for x, y in line]
        if each.points is not None:
            for x, y in places:
                _mark(canvas, n, x, y)
            taken += [(x - 6, x + 6, y - 8, y + 8) for x, y in places]
            for label, place in zip(each.labels, places, strict=False):
                _label(canvas, label, place, taken)
        else:
            path = _smooth(places) if each.curve else "M" + _path(places)
            look = {"fill": "none", "stroke": _COLOURS[n], "stroke_width": 2}
            canvas.add("path", d=path, stroke_dasharray=_DASHES[n], **look)
    canvas.into = outer


def _numbers(series: Series, plot: Plot) -> Any:  # noqa: ANN401  (an array of points)
    if series.fit is None:
        return np.array(series.points or series.line or series.curve or []).reshape(-1, 2)
    of = next((e for e in plot.series if e.name == series.of and e.fit is None), None)
    points = _numbers(of, plot) if of else np.empty((0, 2))
    if len(points) <= series.fit:
        raise BlockError(f"a figure has a fit of “{series.of}”, which has too few points for it.")
    xs, ys = points.T
    start = xs.min() if series.start is None else series.start
    to = xs.max() if series.to is None else series.to
    steps = np.linspace(start, to, 80)
    return np.column_stack((steps, np.polynomial.Polynomial.fit(xs, ys, series.fit)(steps)))


def _label(canvas: _Canvas, text: str, place: Point, taken: list[_Room]) -> None:
    """Writes a label beside a point, where nothing stands yet, if there is such a place."""
    (x, y), wide = place, _width(text) * _SMALL
    for anchor, aside, rise in _BESIDE:
        left = x + aside - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        right, top, bottom = left + wide, y + rise - 8, y + rise + 8
        covered = any(left < b and a < right and top < d and c < bottom for a, b, c, d in taken)
        if left >= _LEFT and right <= canvas.width and not covered:
            break
    canvas.words(text, x + aside, y + rise, anchor, font_size=FONT * _SMALL)
    taken.append((left, right, top, bottom))


def _widened(low: float, high: float) -> Point:
    """The ends of an axis: from 0 where that is near, to the next tick."""
    if low * high <= 0 or low < high / 2:
        low, high = min(low, 0.0), max(high, 0.0)
    step = _step(low, high)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


def _step(low: float, high: float) -> float:
    """The distance of ticks: 1, 2 or 5 of a power of ten, for about five of them."""
    rough = (high - low or 1.0) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next(s for s in (1, 2, 5, 10) if rough <= s * power * 1.001)


def _ticks(low: float, high: float) -> list[float]:
    step = _step(low, high)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(n * step, 10) for n in range(first, last + 1)]


def _axes(
    canvas: _Canvas, names: tuple[str, str], above: float, ys: Point, xs: Point | None
) -> tuple[_Scale, _Scale]:
    """Draws axes with ticks and names; tells where numbers lie across and up."""
    top = _TOP + (26.0 if names[1] else 0.0) + above
    right, bottom = canvas.width - _RIGHT, top + _UP
    canvas.height = bottom + _BOTTOM + (4 if names[0] else -16)

    def across(value: float) -> float:
        low, high = xs or (0.0, 1.0)
        return _LEFT + (right - _LEFT) * (value - low) / ((high - low) or 1.0)

    def up(value: float) -> float:
        return bottom - _UP * (value - ys[0]) / ((ys[1] - ys[0]) or 1.0)

    for value in _ticks(*ys):
        canvas.line([(_LEFT, up(value)), (right, up(value))], stroke_opacity=0.15)
        canvas.words(_number(value), _LEFT - 8, up(value), "end", opacity=0.8)
    for value in _ticks(*xs) if xs else ():
        canvas.line([(across(value), bottom), (across(value), bottom + 5)], stroke_opacity=0.6)
        canvas.words(_number(value), across(value), bottom + 16, opacity=0.8)
    canvas.line([(_LEFT, top), (_LEFT, bottom), (right, bottom)], stroke_opacity=0.6)
    canvas.words(names[0], (_LEFT + right) / 2, bottom + 38)
    canvas.words(names[1], 14, top - 20, "start")
    return across, up


def _legend(canvas: _Canvas, names: Sequence[str], marks: Sequence[_Mark]) -> float:
    """The series by colour and mark, in lines; returns their height: 0 where none has a name."""
    x, y = _EDGE, _TOP
    for n, name in enumerate(names):
        wide = 48 + _width(name) if name else 0
        if x > _EDGE and x + wide > canvas.width:
            x, y = _EDGE, y + 22
        if name:
            marks[n](canvas, n, canvas.column(x + 12), y)
            canvas.words(name, canvas.column(x + 28), y, "end" if canvas.rtl else "start")
        x += wide
    return y - _TOP + 22 if any(names) else 0.0


def _stroke(canvas: _Canvas, n: int, x: float, y: float) -> None:
    look = {"stroke_width": 2, "stroke_dasharray": _DASHES[n]}
    canvas.line([(x - 12, y), (x + 12, y)], _COLOURS[n], **look)


def _patch(canvas: _Canvas, n: int, x: float, y: float) -> None:
    canvas.box(x - 6, y - 6, 12, 12, rx=2, fill=_COLOURS[n])


def _mark(canvas: _Canvas, n: int, x: float, y: float) -> None:
    corners, turn = _MARKS[n]
    angles = (2 * math.pi * (k + turn) / corners for k in range(corners))
    points = ((x + 5.5 * math.sin(a), y - 5.5 * math.cos(a)) for a in angles)
    canvas.add("polygon", points=_path(points), fill=_COLOURS[n])


def _smooth(places: Sequence[Point]) -> str:
    """A curve through points: of Catmull and Rom (1974), as Bézier's."""
    around = np.array([places[0], *places, places[-1]])
    path = "M" + _path(places[:1])
    for a, b, c, d in zip(around, around[1:], around[2:], around[3:], strict=False):
        path += " C" + _path((b + (c - a) / 6, c - (d - b) / 6, c))
    return path


def _bars(canvas: _Canvas, bars: Bars) -> None:
    values = [value for each in bars.series for value in each.values]
    groups, several = len(bars.labels), len(bars.series)
    canvas.width = max(canvas.width, _LEFT + _RIGHT + groups * (several * 22 + 26.0))
    above = _legend(canvas, [each.name for each in bars.series], [_patch] * several)
    _, up = _axes(canvas, ("", bars.y), above, _widened(min(*values, 0.0), max(values)), None)
    room = (canvas.width - _LEFT - _RIGHT) / groups
    wide = min(46.0, (room - 14) / several)
    labels = [_wrapped(label, room - 6) for label in bars.labels]
    for g, label in enumerate(labels):
        middle = _LEFT + room * ((groups - 1 - g if canvas.rtl else g) + 0.5)
        for n, each in enumerate(bars.series):
            value, order = each.values[g], several - 1 - n if canvas.rtl else n
            x, y, zero = middle + (order - several / 2) * wide, up(value), up(0.0)
            look = {"fill": _COLOURS[n], "rx": 2}
            canvas.box(x + 1, min(y, zero), wide - 2, abs(zero - y), **look)
            if wide * several >= _ROOM:
                canvas.words(_number(value), x + wide / 2, y - 9, font_size=11)
        for n, text in enumerate(label):
            canvas.words(text, middle, canvas.height - _BOTTOM + 32 + n * 17)
    canvas.height += (max(map(len, labels)) - 1) * 17


# Matrices.

_TALL = 46.0  # a row


def _matrix(canvas: _Canvas, matrix: Matrix) -> None:
    numbers = [v for row in matrix.values for v in row if isinstance(v, float)]
    most = max(map(abs, numbers), default=0.0) or 1.0
    words = [word for name in matrix.columns for word in name.split()]
    cell = min(130.0, max(62.0, *(_width(word) + 14 for word in words), 0.0))
    heads = [_wrapped(name, cell - 8) for name in matrix.columns]
    side = max(map(_width, matrix.rows)) + 16 + (34 if matrix.row else 0)
    above = max(map(len, heads)) * 17 + 14 + (24 if matrix.column else 0)
    wide, tall = cell * len(heads), _TALL * len(matrix.rows)
    canvas.width, canvas.height = side + wide + 4, above + tall + 4
    canvas.words(matrix.column, canvas.column(side + wide / 2), 12, font_weight=600)
    x, y = canvas.column(12), above + tall / 2
    canvas.words(matrix.row, x, y, font_weight=600, transform=f"rotate(-90 {x:.5g} {y:.5g})")
    for c, lines in enumerate(heads):
        for n, text in enumerate(reversed(lines)):
            canvas.words(text, canvas.column(side + cell * (c + 0.5)), above - 16 - n * 17)
    for r, (name, row) in enumerate(zip(matrix.rows, matrix.values, strict=True)):
        y = above + _TALL * (r + 0.5)
        canvas.words(name, canvas.column(side - 10), y, "start" if canvas.rtl else "end")
        for c, value in enumerate(row):
            x = canvas.column(side + cell * (c + 0.5))
            number = value if isinstance(value, float) else 0.0
            look = {"fill": _COLOURS[number < 0], "fill_opacity": 0.06 + 0.5 * abs(number) / most}
            canvas.box(x - cell / 2 + 1, y - _TALL / 2 + 1, cell - 2, _TALL - 2, rx=4, **look)
            canvas.words(_number(value) if isinstance(value, float) else value, x, y)


# Boxes and arrows.

_BOX, _DOWN, _LINE = 124.0, 44.0, 19.0


class _Box(NamedTuple):
    """A box by its middle and half its height."""

    x: float
    y: float
    half: float


def _boxes(canvas: _Canvas, figure: Figure) -> None:
    grid = figure.boxes
    where = {name: (r, c) for r, row in enumerate(grid) for c, name in enumerate(row) if name}
    lines = {name: _wrapped(name, _BOX - 16) for name in where}
    level = (label for a, b, *label in figure.arrows if where[a][0] == where[b][0])
    across = max(44.0, *(_width("".join(label)) * _SMALL + 22 for label in level), 0.0)
    heights = [max((len(lines[n]) for n in row if n), default=1) * _LINE + 22 for row in grid]
    tops = [*accumulate((height + _DOWN for height in heights), initial=2.0)]
    canvas.width = max(map(len, grid)) * (_BOX + across) - across + 4
    canvas.height = tops[-1] - _DOWN + 4
    boxes = {}
    for name, (r, c) in where.items():
        x, half = canvas.column(2 + _BOX / 2 + c * (_BOX + across)), heights[r] / 2
        boxes[name] = _Box(x, tops[r] + half, half)
    both = {(b, a) for a, b, *_ in figure.arrows}
    for a, b, *label in figure.arrows:
        _arrow(canvas, boxes[a], boxes[b], "".join(label), 7.0 if (a, b) in both else 0.0)
    look = {"stroke": _COLOURS[0], "stroke_width": 1.3, "fill": _COLOURS[0], "fill_opacity": 0.14}
    for name, box in boxes.items():
        canvas.box(box.x - _BOX / 2, box.y - box.half, _BOX, 2 * box.half, rx=8, **look)
        for n, text in enumerate(lines[name]):
            canvas.words(text, box.x, box.y + (n - (len(lines[name]) - 1) / 2) * _LINE)


def _arrow(canvas: _Canvas, start: _Box, end: _Box, label: str, shift: float) -> None:
    """A straight arrow from box to box, beside one that leads back."""
    along, down = math.copysign(1, end.x - start.x), math.copysign(1, end.y - start.y)
    anchor = "middle"
    if start.y == end.y:
        y = start.y + shift * along
        (ax, ay), (bx, by) = (start.x + along * _BOX / 2, y), (end.x - along * _BOX / 2, y)
        at = (start.x + end.x) / 2, y - 11
    else:
        is_straight = start.x == end.x
        x = shift * down if is_straight else 0.0
        ax, ay, bx, by = (
            start.x + x,
            start.y + down * start.half,
            end.x + x,
            end.y - down * end.half,
        )
        inwards = canvas.width / 2 - start.x + 0.1  # there is room
        side = math.copysign(1, inwards if is_straight else along)
        at = (ax + bx) / 2 + 8 * side, (ay + by) / 2 - (0 if is_straight else 9 * down)
        anchor = "start" if side > 0 else "end"
    canvas.line([(ax, ay), (bx, by)], stroke_opacity=0.75, stroke_width=1.4)
    canvas.words(label, *at, anchor, font_size=FONT * _SMALL, opacity=0.85)
    angle = math.atan2(by - ay, bx - ax)
    sides = ((bx - 9 * math.cos(t), by - 9 * math.sin(t)) for t in (angle - 0.4, angle + 0.4))
    canvas.add("polygon", points=_path([(bx, by), *sides]), opacity=0.85)
