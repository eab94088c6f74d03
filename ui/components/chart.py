"""The chart of a map: a graph with its layout, as ECharts is told to draw it."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any, Literal, NamedTuple, Self

import yaml

from knowledge.glossary import Glossary
from knowledge.graph import Graph, Point
from knowledge.language.alphabet import sort_key

Theme = Literal["light", "dark"]
Shape = Literal["circle", "diamond", "rect"]

_SHAPES: tuple[Shape, ...] = ("circle", "diamond", "rect")
_FOUND = 16  # pixels, of the term that is gone to
_LETTER = 0.56  # of the font's size: the mean width of a letter
_MANY = 400  # terms; of more, points are smaller and lines fainter
_RATIO = 1.9  # of the layout: about that of a wide screen below the bar
_PHONE = 640  # at most so wide is narrow
_STRONG = {"opacity": 0.9, "width": 1.6}
_FIXED = yaml.safe_load(files("ui.components").joinpath("chart.yaml").read_text("utf-8"))
_SERIES, _INKS, _LABEL = _FIXED["series"], _FIXED["inks"], _FIXED["label"]
_COLOURS: list[tuple[str, str]] = _FIXED["colours"]


@dataclass(frozen=True, slots=True)
class Hue:
    """A colour on light paper, one on dark, and a shape."""

    light: str
    dark: str
    shape: Shape


def hues(categories: Iterable[str]) -> dict[str, Hue]:
    """A hue for each category, in order; after eighteen they come again."""
    return {
        category: Hue(*_COLOURS[n % len(_COLOURS)], _SHAPES[n // len(_COLOURS) % len(_SHAPES)])
        for n, category in enumerate(dict.fromkeys(categories))
    }


class _Room(NamedTuple):
    """About how many pixels there are for the points, and how the whole is fitted in."""

    width: float
    height: float
    side: int  # left free on the left and on the right, for labels
    fit: Literal["contain", "cover"]
    zoom: float  # at which the whole is shown first


_WIDE = _Room(1100, 480, side=64, fit="contain", zoom=1.0)
_NARROW = _Room(270, 450, side=24, fit="cover", zoom=0.8)


@dataclass(frozen=True)
class Chart:
    """The terms of a glossary in one language, their relations and places, and their hues."""

    glossary: Glossary
    graph: Graph
    places: dict[str, Point]
    hues: dict[str, Hue]

    @classmethod
    def of(cls, glossary: Glossary, language: str) -> Self:
        """Lays a glossary out, with room for the terms; thousands of them take seconds."""
        graph = Graph.of(glossary, language)
        sizes = {entry_id: _size(entry.term) for entry_id, entry in graph.entries.items()}
        named = hues(entry.category for entry in graph.entries.values())
        return cls(glossary, graph, graph.layout(sizes, _RATIO), named)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The terms in the order of the alphabet."""
        entries = self.graph.entries
        return tuple(sorted(entries, key=lambda i: sort_key(entries[i].term, entries[i].language)))

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many terms stand in each category, in the order of the hues."""
        return dict(Counter(entry.category for entry in self.graph.entries.values()))

    def entry_id(self, number: object) -> str | None:
        """The term of a point that the browser tells, if there is such a one."""
        ids = list(self.graph.entries)
        return ids[number] if isinstance(number, int) and 0 <= number < len(ids) else None

    def spec(
        self,
        theme: Theme,
        shown: Collection[str] | None = None,
        found: str = "",
        drawn: int = 0,
        size: float = 1.0,
    ) -> dict[str, Any]:
        """What ECharts is told.

        The ids ``shown`` stand out, if not None; the id ``found`` is gone to and marked. Another
        number ``drawn`` draws it anew, at its first place; ``size`` is the letters', 1 the normal.
        """
        series = {
            **_SERIES,
            **_styles(theme, len(self.places), size),
            "id": f"map-{drawn}",
            "categories": [
                {"symbol": hue.shape, "itemStyle": {"color": getattr(hue, theme)}}
                for hue in self.hues.values()
            ],
            "data": self._nodes(theme, shown, found, size),
            "links": self._links(theme, shown, found),
        }
        return {
            "baseOption": {
                "animation": False,
                "textStyle": {"fontFamily": "IBM Plex Sans Arabic, system-ui, sans-serif"},
                "series": [series],
            },
            "media": [
                {"query": {"maxWidth": _PHONE}, "option": self._view(_NARROW, shown, found, drawn)},
                {"option": self._view(_WIDE, shown, found, drawn)},
            ],
        }

    def _nodes(
        self, theme: Theme, shown: Collection[str] | None, found: str, size: float
    ) -> list[dict[str, Any]]:
        accent = _INKS[theme]["accent"]
        related = Counter(end for edge in self.graph.edges for end in edge)
        category = {name: n for n, name in enumerate(self.hues)}
        scale = min(1.0, (_MANY / max(1, len(self.places))) ** 0.35)
        nodes = []
        for entry_id, entry in self.graph.entries.items():
            node: dict[str, Any] = {
                "id": entry_id,
                # ECharts puts values in the place of names in braces.
                "name": entry.term.replace("{", "{\u200b"),
                "x": round(self.places[entry_id].x),
                "y": round(self.places[entry_id].y),
                "category": category[entry.category],
                "symbolSize": round((6 + 2.4 * related[entry_id] ** 0.5) * scale, 1),
                "emphasis": {"disabled": False},
            }
            if entry_id == found:
                node["itemStyle"] = {"borderColor": accent, "borderWidth": 4}
                font = round(_FOUND * size)
                node["label"] = {"fontWeight": 600, "fontSize": font, "color": accent}
            elif shown is not None and entry_id not in shown:
                node["itemStyle"] = {"opacity": 0.15}
                node["label"] = {"show": False}
            nodes.append(node)
        return nodes

    def _links(
        self, theme: Theme, shown: Collection[str] | None, found: str
    ) -> list[dict[str, Any]]:
        number = {entry_id: n for n, entry_id in enumerate(self.graph.entries)}
        links = []
        for first, second in self.graph.edges:
            link: dict[str, Any] = {"source": number[first], "target": number[second]}
            if found in (first, second):
                link["lineStyle"] = {**_STRONG, "color": _INKS[theme]["accent"]}
            elif shown is not None and not (first in shown and second in shown):
                link["lineStyle"] = {"opacity": 0.06}
            links.append(link)
        return links

    def _view(
        self, room: _Room, shown: Collection[str] | None, found: str, drawn: int
    ) -> dict[str, Any]:
        """Where to look, and how near: at the term found, at those that stand out, at the whole."""
        view = {"id": f"map-{drawn}", "preserveAspect": room.fit, "zoom": room.zoom}
        view |= {"left": room.side, "right": room.side}
        seen = [found] if found in self.places else list(shown or ())
        points = [self.places[entry_id] for entry_id in seen if entry_id in self.places]
        if points:
            center, *extent = _frame(points)
            _, *whole = _frame(self.places.values())
            fit = min if room.fit == "contain" else max
            scale = fit(room.width / whole[0], room.height / whole[1])  # pixels by units
            # At a pixel by unit there is room for every label.
            most = 0.9 * min(room.width / extent[0], room.height / extent[1])
            near = min(max(1.0, scale), most)
            view |= {"center": center, "zoom": round(max(room.zoom, near / scale), 2)}
        return {"series": [view]}


def _styles(theme: Theme, terms: int, size: float) -> dict[str, Any]:
    """What depends on the paper, and on how much is on it."""
    inks, opacity = _INKS[theme], 0.35 if terms <= _MANY else 0.15
    sizes = {name: round(_LABEL[name] * size) for name in ("fontSize", "lineHeight", "width")}
    return {
        "select": {"itemStyle": {"borderColor": inks["ink"], "borderWidth": 2}},
        "label": {**_LABEL, **sizes, "color": inks["ink"], "textBorderColor": inks["paper"]},
        "lineStyle": {"color": inks["line"], "opacity": opacity, "width": 1},
    }


def _size(term: str) -> tuple[float, float]:
    """About how wide and high a term is drawn, with its point."""
    wide, widest = len(term) * _LABEL["fontSize"] * _LETTER, _LABEL["width"]
    lines = -(-wide // widest)
    return min(wide, widest) + 6, 22 + lines * _LABEL["lineHeight"]


def _frame(points: Collection[Point]) -> tuple[list[float], float, float]:
    """The middle of some points, and how far they reach across and down: a unit at least."""
    across, down = [p.x for p in points], [p.y for p in points]
    ends = (min(across), max(across)), (min(down), max(down))
    middle = [(low + high) / 2 for low, high in ends]
    wide, high = (max(1.0, most - least) for least, most in ends)
    return middle, wide, high
