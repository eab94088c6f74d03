"""The network: a term in the middle of those related to it, as links over lines.

The links are text in a grid, so that they wrap, grow with the reader's letters and never overlap;
the lines are a picture stretched under it (as a mask of the style: ``st.html`` lets no SVG pass),
one for where there is room beside the term, one for where there is none.
"""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from ui import places
from ui.markup.entries import leads
from ui.markup.text import does, named, tongue
from ui.strings import strings

_ROW = 10.0  # of the picture's height; its width is 100
_EDGES = {"wide": (36.0, 64.0), "narrow": (44.0, 56.0)}  # where the links end towards the middle


def network(
    entry: Entry,
    around: Sequence[Entry],
    pairs: Sequence[tuple[int, int]],
    glossary: Glossary,
    interface: str,
) -> str:
    """The map of a term: ``around`` are those related to it, ``pairs`` the related among these."""
    words = strings(interface)
    rows = -(-len(around) // 2)
    middle = rows // 2 + 1  # the row of the term, where it has one of its own
    links = "".join(
        f'<li class="m-side-{n % 2}" style="--row: {n // 2 + 1}; --narrow: {_narrow(n, middle)}">'
        f"<a {tongue(other.language)} {leads(other, glossary, interface)}>"
        f"{escape(other.term)}</a></li>"
        for n, other in enumerate(around)
    )
    style = f"--rows: {rows}; --middle: {middle}"
    whole = escape(places.link("map", id=entry.id, lang=interface))
    said = named(words["network_alt"].format(term=entry.term))
    return (
        f'<section class="m-around"><h2>{escape(words["network_title"])}</h2>'
        f'<div class="m-network" style="{style}" role="group" aria-label="{said}">'
        f"{_lines(len(around), pairs)}{_lines(len(around), pairs, middle)}"
        f"<b {tongue(entry.language)}><span>{escape(entry.term)}</span></b>"
        f'<ul>{links}</ul></div><p><a class="m-network-whole" href="{whole}"'
        f" {does('go', view='map', id=entry.id)}>{escape(words['network_whole'])}"
        '<span class="m-icon m-icon-next" aria-hidden="true"></span></a></p></section>'
    )


def _narrow(number: int, middle: int) -> int:
    """The row of a link where the term stands in a row of its own."""
    row = number // 2 + 1
    return row + (row >= middle)


def _lines(count: int, pairs: Sequence[tuple[int, int]], middle: int = 0) -> str:
    """The lines, where the term stands between the links, or in a row of its own."""
    kind = "narrow" if middle else "wide"
    rows = -(-count // 2) + bool(middle)
    centre = (middle - 0.5 if middle else rows / 2) * _ROW

    def end(number: int) -> tuple[float, float]:
        row = _narrow(number, middle) if middle else number // 2 + 1
        return _EDGES[kind][number % 2], (row - 0.5) * _ROW

    to_term, pairwise = [], []
    for number in range(count):
        x, y = end(number)
        to_term.append(f"M50 {centre:g}C50 {y:g} 50 {y:g} {x:g} {y:g}")
    for first, second in pairs:
        (x, y), (to_x, to_y) = end(first), end(second)
        bend = (50 - x) * 0.7 if x == to_x else 0
        pairwise.append(
            f"M{x:g} {y:g}C{x + bend:g} {y:g} {to_x + bend:g} {to_y:g} {to_x:g} {to_y:g}"
        )
    return _picture(kind, rows, to_term) + _picture(f"{kind} m-pairs", rows, pairwise, "3 4")


def _picture(kind: str, rows: int, paths: Sequence[str], dashes: str = "") -> str:
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 {rows * _ROW:g}'"
        f" preserveAspectRatio='none'><path d='{''.join(paths)}' fill='none' stroke='#000'"
        f" stroke-width='1.3' stroke-dasharray='{dashes}' vector-effect='non-scaling-stroke'/>"
        "</svg>"
    )
    style = f"--lines: url(&quot;data:image/svg+xml,{quote(svg, safe=' =:/')}&quot;)"
    return f'<i class="m-lines m-{kind}" style="{style}" aria-hidden="true"></i>'
