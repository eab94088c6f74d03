"""The chart of a map: a graph with its layout, as ECharts is told to draw it."""

from collections import Counter
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any, Literal, Self

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
_FIXED = yaml.safe_load(files("ui.components").joinpath("chart.yaml").read_text("utf-8"))
_INKS, _LABEL = _FIXED["inks"], _FIXED["label"]
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
        inks, entries = _INKS[theme], self.graph.entries
        faint: AbstractSet[str] = set() if shown is None else entries.keys() - set(shown)
        sizes = {name: round(_LABEL[name] * size) for name in ("fontSize", "lineHeight", "width")}
        series = {
            **_FIXED["series"],
            "id": f"map-{drawn}",
            "select": {"itemStyle": {"borderColor": inks["ink"], "borderWidth": 2}},
            "label": {**_LABEL, **sizes, "color": inks["ink"], "textBorderColor": inks["paper"]},
            "lineStyle": {
                "color": inks["line"],
                "opacity": 0.35 if len(entries) <= _MANY else 0.15,
                "width": 1,
            },
            "categories": [
                {"symbol": hue.shape, "itemStyle": {"color": getattr(hue, theme)}}
                for hue in self.hues.values()
            ],
            "data": self._nodes(faint, found, inks["accent"], round(_FOUND * size)),
            "links": self._links(faint, found, inks["accent"]),
        }
        wide, narrow = (
            self._view(_FIXED[room], shown, found, drawn) for room in ("wide", "narrow")
        )
        letters = {"fontFamily": "IBM Plex Sans Arabic, system-ui, sans-serif"}
        return {
            "baseOption": {"animation": False, "textStyle": letters, "series": [series]},
            "media": [{"query": {"maxWidth": _PHONE}, "option": narrow}, {"option": wide}],
        }

    def _nodes(
        self, faint: AbstractSet[str], found: str, accent: str, font: int
    ) -> list[dict[str, Any]]:
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
                node["label"] = {"fontWeight": 600, "fontSize": font, "color": accent}
            elif entry_id in faint:
                node |= {"itemStyle": {"opacity": 0.15}, "label": {"show": False}}
            nodes.append(node)
        return nodes

    def _links(self, faint: AbstractSet[str], found: str, accent: str) -> list[dict[str, Any]]:
        number = {entry_id: n for n, entry_id in enumerate(self.graph.entries)}
        links = []
        for ends in self.graph.edges:
            link: dict[str, Any] = {"source": number[ends[0]], "target": number[ends[1]]}
            if found in ends:
                link["lineStyle"] = {"opacity": 0.9, "width": 1.6, "color": accent}
            elif not faint.isdisjoint(ends):
                link["lineStyle"] = {"opacity": 0.06}
            links.append(link)
        return links

    def _view(
        self, room: dict[str, Any], shown: Collection[str] | None, found: str, drawn: int
    ) -> dict[str, Any]:
        """Where to look, and how near: at the term found, at those that stand out, at the whole."""
        view = {"id": f"map-{drawn}", "preserveAspect": room["fit"], "zoom": room["zoom"]}
        view |= {"left": room["side"], "right": room["side"]}
        seen = [found] if found in self.places else list(shown or ())
        if points := [self.places[entry_id] for entry_id in seen if entry_id in self.places]:
            center, *extent = _frame(points)
            _, *whole = _frame(self.places.values())
            fit = min if room["fit"] == "contain" else max
            # Pixels by units; at a pixel by unit there is room for every label.
            scale = fit(room["width"] / whole[0], room["height"] / whole[1])
            most = 0.9 * min(room["width"] / extent[0], room["height"] / extent[1])
            near = min(max(1.0, scale), most)
            view |= {"center": center, "zoom": round(max(room["zoom"], near / scale), 2)}
        return {"series": [view]}


def _size(term: str) -> tuple[float, float]:
    """About how wide and high a term is drawn, with its point."""
    wide, widest = len(term) * _LABEL["fontSize"] * _LETTER, _LABEL["width"]
    return min(wide, widest) + 6, 22 + -(-wide // widest) * _LABEL["lineHeight"]


def _frame(points: Collection[Point]) -> tuple[list[float], float, float]:
    """The middle of some points, and how far they reach across and down: a unit at least."""
    ends = [(min(places), max(places)) for places in zip(*points, strict=True)]
    wide, high = (max(1.0, most - least) for least, most in ends)
    return [(low + high) / 2 for low, high in ends], wide, high
