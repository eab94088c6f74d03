"""Diagrams drawn by style sheets, for ``st.html`` lets no SVG pass; and the map in words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, groupby
from math import exp, log
from urllib.parse import quote

from markupsafe import Markup

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.graph import Graph
from knowledge.search.evidence import ANSWERABLE
from ui.templates import render

# The curve.
_REACH = 8.0  # log-odds to either side: further out, the curve is flat to the eye
_STEPS = 48
_THICK = 3.5  # pixels of its line
_HIGH = 0.75  # from where on a label stands below its point
_LABEL = 2  # em between the labels of several points
# The network.
_ROW = 10.0  # of the picture's height; its width is 100
_EDGES = {"wide": (36.0, 64.0), "narrow": (44.0, 56.0)}  # where the links end towards the middle
_AROUND = 12  # terms
# The map in words.
_MOST = 500  # terms as a list here; of more, the glossary's page is the list


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


def related(
    entry: Entry, glossary: Glossary
) -> tuple[tuple[Entry, ...], tuple[tuple[int, int], ...]]:
    """The terms around an entry, those that it names first; and which of them are related."""

    def names(one: Entry, other: Entry) -> bool:
        return any(each.id == other.id for each in glossary.related(one))

    same = (other for other in glossary.entries if other.language == entry.language)
    naming = (other for other in same if names(other, entry))
    found = {other.id: other for other in (*glossary.related(entry), *naming)}
    found.pop(entry.id, None)
    around = tuple(found.values())[:_AROUND]
    pairs = combinations(enumerate(around), 2)
    return around, tuple(
        (m, n) for (m, one), (n, other) in pairs if names(one, other) or names(other, one)
    )


def network(
    entry: Entry,
    around: Sequence[Entry],
    pairs: Sequence[tuple[int, int]],
    glossary: Glossary,
    interface: str,
) -> Markup:
    """A term in the middle of those related to it, as links over lines.

    The links are text in a grid, so that they wrap, grow with the reader's letters and never
    overlap. The lines are a picture stretched under it: one for where there is room beside the
    term, one for where there is none. ``pairs`` are the related among those ``around``.
    """
    rows = -(-len(around) // 2)
    middle = rows // 2 + 1  # the row of the term, where it has one of its own
    return render(
        "network",
        interface,
        entry=entry,
        glossary=glossary,
        rows=rows,
        middle=middle,
        around=around,
        pictures=[*_lines(len(around), pairs), *_lines(len(around), pairs, middle)],
    )


def _lines(count: int, pairs: Sequence[tuple[int, int]], middle: int = 0) -> list[tuple[str, str]]:
    """The lines, where the term stands between the links, or in a row of its own."""
    kind = "narrow" if middle else "wide"
    rows = -(-count // 2) + bool(middle)
    centre = (middle - 0.5 if middle else rows / 2) * _ROW

    def end(number: int) -> tuple[float, float]:
        row = number // 2 + 1
        row += bool(middle) and row >= middle
        return _EDGES[kind][number % 2], (row - 0.5) * _ROW

    ends = map(end, range(count))
    to_term = [f"M50 {centre:g}C50 {y:g} 50 {y:g} {x:g} {y:g}" for x, y in ends]
    pairwise = []
    for first, second in pairs:
        (x, y), (to_x, to_y) = end(first), end(second)
        bend = (50 - x) * 0.7 if x == to_x else 0
        pairwise.append(
            f"M{x:g} {y:g}C{x + bend:g} {y:g} {to_x + bend:g} {to_y:g} {to_x:g} {to_y:g}"
        )
    lines, dashed = _picture(rows * _ROW, to_term), _picture(rows * _ROW, pairwise, "3 4")
    return [(kind, lines), (f"{kind} m-pairs", dashed)]


def _picture(height: float, paths: Sequence[str], dashes: str = "", thick: float = 1.3) -> str:
    """An SVG as an address; it is stretched, its lines are not."""
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 {height:g}'"
        f" preserveAspectRatio='none'><path d='{''.join(paths)}' fill='none' stroke='#000'"
        f" stroke-width='{thick}' stroke-dasharray='{dashes}' vector-effect='non-scaling-stroke'/>"
        "</svg>"
    )
    return f"data:image/svg+xml,{quote(svg, safe=' =:/')}"


def map_list(
    graph: Graph, glossary: Glossary, shown: Collection[str] | None, interface: str
) -> Markup:
    """The map in words: each category's terms, and what each is related to."""
    ids = [entry_id for entry_id in graph.entries if shown is None or entry_id in shown]
    if len(ids) > _MOST:
        return render("map#elsewhere", interface)
    joined: dict[str, list[Entry]] = {entry_id: [] for entry_id in graph.entries}
    for first, second in graph.edges:
        joined[first].append(graph.entries[second])
        joined[second].append(graph.entries[first])
    order = {name: n for n, name in enumerate(e.category for e in graph.entries.values())}
    entries = sorted((graph.entries[i] for i in ids), key=lambda e: order[e.category])
    categories = [(name, list(g)) for name, g in groupby(entries, key=lambda e: e.category)]
    return render(
        "map#list", interface, categories=categories, joined=joined, glossary=glossary, n=len(ids)
    )
