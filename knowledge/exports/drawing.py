"""The map: a glossary's terms and how they are related, drawn as a picture in SVG."""

import colorsys
import unicodedata
from xml.etree import ElementTree as ET

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.graph import Graph, Point
from knowledge.language.text import is_right_to_left

_FONT = 15.0
_LETTER = 0.56  # of the font's size: the mean width of a letter, measured in a browser's sans-serif
_HEIGHT = 28.0
_MARGIN = 40.0
_LEGEND = 34.0  # the height of a line of the legend


def draw(glossary: Glossary, language: str) -> str:
    """The map of a glossary in one language, as the text of an SVG file.

    A term is a box in the colour of its category; a line joins two that are related.
    """
    graph = Graph.of(glossary, language)
    sizes = {entry.id: (_width(entry.term) + 22, _HEIGHT) for entry in graph.entries.values()}
    places = graph.layout(sizes)
    categories = list(dict.fromkeys(e.category for e in graph.entries.values()))
    colours = {c: _colour(n, len(categories)) for n, c in enumerate(categories)}
    left = min((places[i].x - sizes[i][0] / 2 for i in places), default=0.0) - _MARGIN
    right = max((places[i].x + sizes[i][0] / 2 for i in places), default=0.0) + _MARGIN
    top = min((p.y for p in places.values()), default=0.0) - _MARGIN - _HEIGHT / 2
    bottom = max((p.y for p in places.values()), default=0.0) + _MARGIN + _HEIGHT / 2
    rtl = is_right_to_left(language)
    legend, above = _legend(categories, colours, right - left - 2 * _MARGIN, rtl=rtl)
    height = bottom - top + above
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {right - left:.0f} {height:.0f}",
            "lang": language,
            "font-family": "'IBM Plex Sans Arabic', system-ui, 'Segoe UI', sans-serif",
            "font-size": f"{_FONT:g}",
            "text-anchor": "middle",
        },
    )
    ET.SubElement(svg, "rect", width="100%", height="100%", fill="#fdfcf9")
    legend.set("transform", f"translate({_MARGIN:g} {_MARGIN / 2:g})")
    svg.append(legend)
    shift = f"translate({-left:.0f} {height - bottom:.0f})"
    drawing = ET.SubElement(svg, "g", transform=shift)
    for first, second in graph.edges:
        _line(drawing, places[first], places[second], colours[graph.entries[first].category][1])
    for entry_id, entry in graph.entries.items():
        _box(drawing, entry, places[entry_id], sizes[entry_id][0], colours[entry.category])
    return ET.tostring(svg, encoding="unicode") + "\n"


def _line(parent: ET.Element, start: Point, end: Point, colour: str) -> None:
    path = f"M{start.x:.0f} {start.y:.0f}L{end.x:.0f} {end.y:.0f}"
    ET.SubElement(parent, "path", {"d": path, "stroke": colour, "stroke-opacity": "0.45"})


def _box(
    parent: ET.Element, entry: Entry, place: Point, width: float, colours: tuple[str, str]
) -> None:
    fill, ink = colours
    ET.SubElement(
        parent,
        "rect",
        {
            "x": f"{place.x - width / 2:.0f}",
            "y": f"{place.y - _HEIGHT / 2:.0f}",
            "width": f"{width:.0f}",
            "height": f"{_HEIGHT:g}",
            "rx": "8",
            "fill": fill,
            "stroke": ink,
        },
    )
    _text(parent, entry.term, place.x, place.y, rtl=is_right_to_left(entry.language))


def _text(parent: ET.Element, text: str, x: float, y: float, *, rtl: bool) -> None:
    label = ET.SubElement(parent, "text", x=f"{x:.0f}", y=f"{y + _FONT * 0.34:.0f}", fill="#22211d")
    if rtl:
        label.set("direction", "rtl")
    label.text = text


def _legend(
    categories: list[str], colours: dict[str, tuple[str, str]], width: float, *, rtl: bool
) -> tuple[ET.Element, float]:
    """The categories with their colours, from the side where reading begins; and its height."""
    legend = ET.Element("g")
    x, y = 0.0, _LEGEND / 2
    for category in filter(None, categories):
        wide = _width(category) + 50
        if x and x + wide > width:
            x, y = 0.0, y + _LEGEND
        fill, ink = colours[category]
        place = width - x - 10 if rtl else x + 10
        ET.SubElement(
            legend,
            "circle",
            {"cx": f"{place:.0f}", "cy": f"{y:.0f}", "r": "8", "fill": fill, "stroke": ink},
        )
        middle = x + 26 + _width(category) / 2
        _text(legend, category, width - middle if rtl else middle, y, rtl=rtl)
        x += wide
    return legend, y + _LEGEND / 2


def _width(text: str) -> float:
    """About how wide a text is drawn; marks over letters take no room, Han characters take two."""
    letters = (c for c in text if not unicodedata.combining(c))
    units = sum(1.8 if unicodedata.east_asian_width(c) in "WF" else 1.0 for c in letters)
    return units * _FONT * _LETTER


def _colour(number: int, of: int) -> tuple[str, str]:
    """A light fill and a dark stroke; neighbours in hue differ in lightness too."""
    hue = number / of
    fill = colorsys.hls_to_rgb(hue, (0.93, 0.8)[number % 2], 0.8)
    ink = colorsys.hls_to_rgb(hue, 0.36, 0.55)
    return _hex(fill), _hex(ink)


def _hex(colour: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)
