"""The glossary as a list: letters, categories, what was chosen of them, and the entries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, groupby

from markupsafe import Markup

from knowledge.catalogue import Catalogue, Listing
from knowledge.entry import Entry
from knowledge.highlighting import highlights
from knowledge.language.text import base, is_right_to_left
from ui import addresses, formatting
from ui.markup.pieces import Pieces, split
from ui.strings import strings
from ui.templates import as_json, attributes, render


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a list is shown, and how."""

    catalogue: Catalogue
    listing: Listing
    interface: str
    both: bool  # whether a second language stands beside the list's
    most: int  # how many entries, before there is a button for more


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of the list, by its place in it."""

    place: int
    entry: Entry
    other: Entry | None  # the entry in the second language
    category: str  # where the list is of all of them
    foreign: bool  # whether the entry's language is not the list's
    alias: Pieces[bool]  # the other name by which it was found


def glossary_count(listing: Listing, interface: str) -> str:
    """How many entries there are, in words."""
    if not listing.entries:
        return strings(interface)["entries_none"]
    return formatting.count("entries", len(listing.entries), interface)


def glossary(shown: Shown) -> Markup:
    """The list, and all by which it can be narrowed."""
    listing, language = shown.listing, shown.catalogue.language
    visible = listing.entries[: shown.most]
    return render(
        "glossary",
        shown.interface,
        listing=listing,
        groups=list(_groups(visible, shown)),
        left=len(listing.entries) - len(visible),
        most=shown.most,
        both=shown.both,
        second=shown.catalogue.second,
        direction="rtl" if is_right_to_left(language) else "ltr",
        letter_name=lambda letter: "أ" if letter == "ا" else letter,  # a bare alif looks as a line
        hits=lambda text, entry: _hits(text, listing.wanted.query, entry.language),
        narrowing=partial(_narrowing, shown),
    )


def _groups(visible: Iterable[Entry], shown: Shown) -> Iterator[tuple[str, list[Row]]]:
    """The entries under their letters; what was found stands by how well it fits."""
    places = count()
    found = shown.listing.wanted.query
    for letter, group in groupby(visible, key=lambda e: "" if found else shown.catalogue.letter(e)):
        yield letter, [_row(entry, next(places), shown) for entry in group]


def _row(entry: Entry, place: int, shown: Shown) -> Row:
    catalogue, wanted = shown.catalogue, shown.listing.wanted
    versions = catalogue.glossary.versions(entry.id)
    other = next((e for e in versions if e.language == catalogue.second), None)
    other = None if other is entry else other
    terms = (entry.term, other.term if other else "")
    named = wanted.query and not any(highlights(t, wanted.query, entry.language) for t in terms)
    return Row(
        place,
        entry,
        other,
        "" if wanted.category else catalogue.category(entry),
        base(entry.language) != base(catalogue.language),
        _alias(versions, wanted.query) if named else [],
    )


def _alias(versions: Iterable[Entry], query: str) -> Pieces[bool]:
    found = (_hits(name, query, each.language) for each in versions for name in each.aliases)
    return next((pieces for pieces in found if any(hit for _, hit in pieces)), [])


def _hits(text: str, query: str, language: str) -> Pieces[bool]:
    found = highlights(text, query, language) if query else ()
    return split(text, ((start, end, True) for start, end in found))


def _narrowing(shown: Shown, name: str, value: str) -> Markup:
    """The attributes of a link that narrows the list, whatever else it is narrowed by."""
    values = {name: value}
    if shown.listing.long and name != "letter":
        values["letter"] = ""  # the first one that there is then
    wanted = replace(shown.listing.wanted, **values)
    at = {"letter": wanted.letter, "category": wanted.category, "q": wanted.query}
    address = addresses.link("glossary", lang=shown.interface, **at)
    return attributes({"href": address, "data-wanted": as_json(values)})
