"""The map: a glossary's terms and how they are related, drawn as a picture in SVG."""

import colorsys
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

from knowledge.exports.templates import render
from knowledge.glossary import Glossary
from knowledge.graph import Graph
from knowledge.language.text import is_right_to_left

_FONT = 15
_LETTER = 0.56  # of the font's size: the mean width of a letter, measured in a browser's sans-serif
_HEIGHT = 28
_MARGIN = 40
_LEGEND = 34  # the height of a line of the legend


_LegendItem: TypeAlias = tuple[str, float, float, float]
"""A category of the legend; where its dot and the middle of its name stand across, and its line."""


def draw(glossary: Glossary, language: str) -> str:
    """The map of a glossary in one language, as the text of an SVG file.

    A term is a box in the colour of its category; a line joins two that are related.
    """
    graph = Graph.of(glossary, language)
    sizes = {e.id: (_width(e.term) + 22, float(_HEIGHT)) for e in graph.entries.values()}
    places = graph.layout(sizes)
    categories = list(dict.fromkeys(e.category for e in graph.entries.values()))
    sides = [p.x + side * sizes[i][0] / 2 for i, p in places.items() for side in (-1, 1)] or [0.0]
    heights = [p.y for p in places.values()] or [0.0]
    inner = max(sides) - min(sides)
    rtl = is_right_to_left(language)
    legend = _legend([c for c in categories if c], inner, rtl=rtl)
    above = legend[-1][3] + _LEGEND / 2 if legend else _LEGEND
    return render(
        "map.svg",
        graph=graph,
        places=places,
        sizes=sizes,
        colours={c: _colours(n, len(categories)) for n, c in enumerate(categories)},
        legend=legend,
        language=language,
        rtl=rtl,
        font=_FONT,
        margin=_MARGIN,
        width=inner + 2 * _MARGIN,
        height=max(heights) - min(heights) + 2 * _MARGIN + _HEIGHT + above,
        shift=(_MARGIN - min(sides), above + _MARGIN + _HEIGHT / 2 - min(heights)),
    )


def _legend(categories: Sequence[str], width: float, *, rtl: bool) -> list[_LegendItem]:
    """The categories in lines, from the side where reading begins."""
    legend: list[_LegendItem] = []
    x, y = 0.0, _LEGEND / 2
    for category in categories:
        wide = _width(category) + 50
        if x and x + wide > width:
            x, y = 0.0, y + _LEGEND
        places = (x + 10, x + 26 + _width(category) / 2)
        dot, middle = (width - place if rtl else place for place in places)
        legend.append((category, dot, middle, y))
        x += wide
    return legend


def _width(text: str) -> float:
    """About how wide a text is drawn; marks over letters take no room, Han characters take two."""
    letters = (c for c in text if not unicodedata.combining(c))
    units = sum(1.8 if unicodedata.east_asian_width(c) in "WF" else 1.0 for c in letters)
    return units * _FONT * _LETTER


def _colours(number: int, of: int) -> tuple[str, str]:
    """A light fill and a dark stroke; neighbours in hue differ in lightness too."""
    shades = ((0.93, 0.8)[number % 2], 0.8), (0.36, 0.55)
    fill, ink = (colorsys.hls_to_rgb(number / of, *shade) for shade in shades)
    return _hex(fill), _hex(ink)


def _hex(colour: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)
