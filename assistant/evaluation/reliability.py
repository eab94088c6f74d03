"""The reliability curve: confidence against what it comes to, drawn as a picture in SVG."""

from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as ET

from assistant.evaluation.measures import Bin
from assistant.evaluation.summary import Split

_SIDE = 300.0
_LEFT, _TOP, _RIGHT = 64.0, 44.0, 24.0
_COUNTS = 70.0  # the height of the bars that say how many cases a bin has
_GAP, _BELOW = 18.0, 52.0
_LINES: Final = ("first", "second")
_STYLE = """
  svg { color: #22211d; --first: #0b62a4; --second: #b5521b; --paper: #fdfcf9; }
  @media (prefers-color-scheme: dark) {
    svg { color: #ece9e1; --first: #6db8f2; --second: #f2a06d; --paper: #191917; }
  }
  .paper { fill: var(--paper); }
  text { fill: currentColor; }
  .frame, .grid, .exact { stroke: currentColor; fill: none; }
  .grid { stroke-opacity: 0.15; }
  .exact { stroke-opacity: 0.6; stroke-dasharray: 4 4; }
  .first { stroke: var(--first); }
  .second { stroke: var(--second); stroke-dasharray: 7 3; }
  polyline { fill: none; stroke-width: 2; }
  circle.first, rect.first { fill: var(--first); }
  circle.second, rect.second { fill: var(--second); }
  circle, rect.first, rect.second { stroke: none; stroke-dasharray: none; }
"""


def draw(splits: Sequence[Split]) -> str:
    """The reliability curve of each split, as the text of an SVG file, for light and dark pages.

    Across: the mean confidence of a bin. Up: the part of its cases that the glossary answers, which
    on the dashed diagonal is the same (Guo et al. 2017). Below: how many cases a bin has.
    """
    width = _LEFT + _SIDE + _RIGHT
    height = _TOP + _SIDE + _GAP + _COUNTS + _BELOW
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width:g} {height:g}",
            "width": f"{width:g}",
            "role": "img",
            "lang": "en",
            "font-family": "system-ui, 'Segoe UI', sans-serif",
            "font-size": "13",
        },
    )
    ET.SubElement(svg, "title").text = "How far confidence can be relied on"
    ET.SubElement(svg, "desc").text = _words(splits)
    ET.SubElement(svg, "style").text = _STYLE
    ET.SubElement(svg, "rect", {"class": "paper", "width": "100%", "height": "100%"})
    _axes(svg)
    most = max((b.cases for split in splits for b in split.bins), default=1) or 1
    for number, (split, line) in enumerate(zip(splits, _LINES, strict=False)):
        _curve(svg, split.bins, line)
        _counts(svg, split.bins, line, number, most)
        x = _LEFT + number * _SIDE / 2
        ET.SubElement(svg, "rect", _box(line, x, 16, 12, 12))
        _text(svg, f"{split.name} ({split.whole.cases})", x + 18, 26)
    return ET.tostring(svg, encoding="unicode") + "\n"


def _axes(svg: ET.Element) -> None:
    """The frame, a grid of fifths with their numbers, the diagonal, and what the axes are."""
    bottom = _TOP + _SIDE
    foot = bottom + _GAP + _COUNTS
    for fifth in range(6):
        part = fifth / 5
        ET.SubElement(svg, "path", {"class": "grid", "d": f"M{_x(part):g} {_TOP:g}V{bottom:g}"})
        ET.SubElement(svg, "path", {"class": "grid", "d": f"M{_LEFT:g} {_y(part):g}h{_SIDE:g}"})
        _text(svg, f"{part:g}", _x(part), foot + 18, anchor="middle")
        _text(svg, f"{part:g}", _LEFT - 8, _y(part) + 4, anchor="end")
    frame = f"M{_LEFT:g} {_TOP:g}h{_SIDE:g}v{_SIDE:g}h-{_SIDE:g}Z"
    ET.SubElement(svg, "path", {"class": "frame", "d": frame})
    ET.SubElement(svg, "path", {"class": "frame", "d": f"M{_LEFT:g} {foot:g}h{_SIDE:g}"})
    ET.SubElement(svg, "path", {"class": "exact", "d": f"M{_x(0):g} {_y(0):g}L{_x(1):g} {_y(1):g}"})
    _text(svg, "confidence", _x(0.5), foot + 40, anchor="middle")
    up = _text(svg, "part that the glossary answers", 0, 0, anchor="middle")
    up.set("transform", f"translate(20 {_y(0.5):g}) rotate(-90)")
    side = _text(svg, "cases", 0, 0, anchor="middle")
    side.set("transform", f"translate(20 {foot - _COUNTS / 2:g}) rotate(-90)")


def _curve(svg: ET.Element, bins: Sequence[Bin], line: str) -> None:
    points = [
        (_x(b.confidence), _y(b.answerable))
        for b in bins
        if b.confidence is not None and b.answerable is not None
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    ET.SubElement(svg, "polyline", {"class": line, "points": path})
    for x, y in points:
        ET.SubElement(svg, "circle", {"class": line, "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "4"})


def _counts(svg: ET.Element, bins: Sequence[Bin], line: str, number: int, most: int) -> None:
    foot = _TOP + _SIDE + _GAP + _COUNTS
    wide = _SIDE / len(bins) * 0.4
    for each in bins:
        tall = _COUNTS * each.cases / most
        left = _x((each.low + each.high) / 2) + (number - 1) * wide
        bar = ET.SubElement(svg, "rect", _box(line, left, foot - tall, wide, tall))
        ET.SubElement(bar, "title").text = f"{each.low:g}–{each.high:g}: {each.cases}"


def _words(splits: Sequence[Split]) -> str:
    """What the picture shows, for who does not see it."""
    return " ".join(
        f"{split.name}, confidence and part answerable in each bin: "
        + ", ".join(
            f"{b.confidence:.2f} and {b.answerable:.2f} ({b.cases} cases)"
            for b in split.bins
            if b.confidence is not None and b.answerable is not None
        )
        + "."
        for split in splits
    )


def _box(line: str, x: float, y: float, width: float, height: float) -> dict[str, str]:
    places = {"x": x, "y": y, "width": width, "height": height}
    return {"class": line, **{name: f"{value:.1f}" for name, value in places.items()}}


def _text(svg: ET.Element, text: str, x: float, y: float, *, anchor: str = "start") -> ET.Element:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor}
    label = ET.SubElement(svg, "text", place)
    label.text = text
    return label


def _x(part: float) -> float:
    return _LEFT + part * _SIDE


def _y(part: float) -> float:
    return _TOP + (1 - part) * _SIDE
