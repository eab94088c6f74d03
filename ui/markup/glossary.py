"""The glossary as a list: letters, categories, what was chosen of them, and the entries."""

from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any

from markupsafe import Markup

from knowledge.catalogue import Catalogue, Listing
from knowledge.entry import Entry
from knowledge.language.text import base, is_right_to_left
from knowledge.language.words import fold
from ui import addresses, formatting
from ui.strings import strings
from ui.templates import as_json, attributes, render


def glossary_count(listing: Listing, interface: str) -> str:
    """How many entries there are, in words."""
    if not listing.entries:
        return strings(interface)["entries_none"]
    return formatting.count("entries", len(listing.entries), interface)


def glossary(
    catalogue: Catalogue, listing: Listing, interface: str, *, both: bool, most: int
) -> Markup:
    """The list, and all by which it can be narrowed.

    With ``both``, a second language stands beside the list's; after the ``most`` entries that are
    shown there is a button for more.
    """
    visible, found = listing.entries[:most], listing.wanted.query
    rows = [_row(n, entry, catalogue, listing) for n, entry in enumerate(visible)]
    # What was found stands by how well it fits, all else under its letter.
    groups = groupby(rows, lambda row: "" if found else catalogue.letter(row["entry"]))
    return render(
        "glossary",
        interface,
        listing=listing,
        groups=[(letter, list(group)) for letter, group in groups],
        left=len(listing.entries) - len(visible),
        most=most,
        both=both,
        second=catalogue.second,
        direction="rtl" if is_right_to_left(catalogue.language) else "ltr",
        letter_name=lambda letter: "أ" if letter == "ا" else letter,  # a bare alif looks as a line
        narrowing=partial(_narrowing, listing, interface),
    )


def _row(place: int, entry: Entry, catalogue: Catalogue, listing: Listing) -> dict[str, Any]:
    """An entry of the list, with the other name by which it was found, if it was by one."""
    wanted, versions = listing.wanted, catalogue.glossary.versions(entry.id)
    other = next((e for e in versions if e.language == catalogue.second and e is not entry), None)
    names = [entry.term, other.term if other else "", *(a for e in versions for a in e.aliases)]
    typed = [n for n, name in enumerate(names) if fold(wanted.query) in fold(name)]
    return {
        "place": place,
        "entry": entry,
        "other": other,
        "category": "" if wanted.category else entry.category,
        "foreign": base(entry.language) != base(catalogue.language),
        "alias": names[typed[0]] if typed and typed[0] > 1 else "",
    }


def _narrowing(listing: Listing, interface: str, name: str, value: str) -> Markup:
    """The attributes of a link that narrows the list, whatever else it is narrowed by."""
    wanted = replace(listing.wanted, **{name: value})
    at = {"letter": wanted.letter, "category": wanted.category, "q": wanted.query}
    address = addresses.link("glossary", lang=interface, **at)
    return attributes({"href": address, "data-wanted": as_json({name: value})})
