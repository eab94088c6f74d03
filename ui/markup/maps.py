"""Maps: what stands around the map of the glossary, and the map in words."""

from collections.abc import Collection, Mapping
from html import escape
from itertools import groupby

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.graph import Graph
from ui import places
from ui.hues import Hue
from ui.markup.entries import leads
from ui.markup.text import button, does, number, tongue
from ui.strings import counted, strings

_MOST = 500  # terms as a list here; of more, the glossary's page is the list


def map_title(graph: Graph, interface: str) -> str:
    """What the map is, and how much there is on it."""
    words = strings(interface)
    n = len(graph.entries)
    said = counted(interface, "map_terms", n).format(n=number(n, interface))
    return (
        f'<header class="m-map-title"><h1>{escape(words["map_title"])}</h1>'
        f"<p>{escape(said)}</p></header>"
    )


def legend(counts: Mapping[str, int], hues: Mapping[str, Hue], chosen: str, interface: str) -> str:
    """The categories with their hues; each shows its terms alone, and again all."""
    words = strings(interface)
    items = "".join(
        f"<li>{_category(name, count, hues[name], name == chosen, interface)}</li>"
        for name, count in counts.items()
        if name
    )
    name = escape(words["map_legend"])
    return f'<nav class="m-map-legend" aria-label="{name}"><ul>{items}</ul></nav>'


def _category(name: str, count: int, hue: Hue, chosen: bool, interface: str) -> str:  # noqa: FBT001
    goes = does("go", view="map", category="" if chosen else name)
    address = places.link("map", lang=interface, category="" if chosen else name)
    current = ' aria-current="true"' if chosen else ""
    return (
        f'<a class="m-map-category" href="{escape(address)}" {goes}{current}>{_dot(hue)}'
        f'<span dir="auto">{escape(name)}</span>'
        f'<span class="m-map-count">{escape(number(count, interface))}</span></a>'
    )


def _dot(hue: Hue) -> str:
    colour = f"light-dark({hue.light}, {hue.dark})"
    style = f'class="m-dot m-dot-{hue.shape}" style="background: {colour}"'
    return f'<i {style} aria-hidden="true"></i>'


def map_tools(interface: str) -> str:
    """Nearer, farther, the whole map."""
    words = strings(interface)
    name = escape(words["map_tools"])
    near, far = (
        f'<button type="button" class="m-button m-bare" data-zoom="{way}"'
        f' aria-label="{escape(words[key])}" title="{escape(words[key])}">'
        f'<span class="m-icon m-icon-{key}" aria-hidden="true"></span></button>'
        for way, key in (("1", "map_nearer"), ("-1", "map_farther"))
    )
    whole = button(words["map_whole"], does("whole"), icon="map_whole", bare=True)
    return f'<div class="m-map-tools" role="group" aria-label="{name}">{near}{far}{whole}</div>'


def drawing(interface: str) -> str:
    """Stands for the map until it is laid out."""
    said = escape(strings(interface)["map_drawing"])
    return f'<div class="m-map-wait" role="status"><i></i><span>{said}</span></div>'


def chart_label(graph: Graph, interface: str) -> str:
    """What the map shows, for who does not see it; no markup."""
    words = strings(interface)
    return words["map_alt"].format(
        terms=number(len(graph.entries), interface),
        relations=number(len(graph.edges), interface),
    )


def map_list(
    graph: Graph, glossary: Glossary, shown: Collection[str] | None, interface: str
) -> str:
    """The map in words: each category's terms, and what each is related to."""
    words = strings(interface)
    ids = [entry_id for entry_id in graph.entries if shown is None or entry_id in shown]
    if len(ids) > _MOST:
        link = escape(places.link("glossary", lang=interface))
        return (
            f'<p class="m-map-list"><a href="{link}" {does("go", view="glossary")}>'
            f"{escape(words['map_as_list'])}</a></p>"
        )

    def linked(entry: Entry) -> str:
        leading = leads(entry, glossary, interface)
        return f"<a {tongue(entry.language)} {leading}>{escape(entry.term)}</a>"

    joined: dict[str, list[Entry]] = {entry_id: [] for entry_id in graph.entries}
    for first, second in graph.edges:
        joined[first].append(graph.entries[second])
        joined[second].append(graph.entries[first])
    order = {name: n for n, name in enumerate(e.category for e in graph.entries.values())}
    entries = sorted((graph.entries[i] for i in ids), key=lambda e: order[e.category])
    sections = "".join(
        f"<section>{_heading(category)}<ul>"
        + "".join(
            f'<li><b>{linked(entry)}</b> <span class="m-map-beside">'
            f"{escape(words['comma']).join(map(linked, joined[entry.id]))}</span></li>"
            for entry in members
        )
        + "</ul></section>"
        for category, members in groupby(entries, key=lambda entry: entry.category)
    )
    said = escape(counted(interface, "map_terms", len(ids)).format(n=number(len(ids), interface)))
    return (
        f'<details class="m-map-list"><summary><span>{escape(words["map_as_list"])}</span>'
        f' <span class="m-map-count">{said}</span></summary><div>{sections}</div></details>'
    )


def _heading(category: str) -> str:
    return f'<h3 dir="auto">{escape(category)}</h3>' if category else ""
