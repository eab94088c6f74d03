"""The glossary as a list: letters, categories, what was chosen of them, and the entries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from knowledge.catalogue import Catalogue, Filter, Listing
from knowledge.entry import Entry
from knowledge.highlighting import highlights
from knowledge.language.text import base, is_right_to_left
from ui import places
from ui.markup.text import badge, button, does, language_name, named, number, opens, told, tongue
from ui.strings import counted, strings

_EXCERPT = 220  # characters of a summary


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a list is shown, and how."""

    catalogue: Catalogue
    listing: Listing
    interface: str
    both: bool
    """Whether a second language stands beside the list's."""
    most: int
    """How many entries, before there is a button for more."""


def glossary_title(interface: str) -> str:
    """The view's title."""
    return f'<h1 class="m-title">{escape(strings(interface)["view_glossary"])}</h1>'


def glossary_count(listing: Listing, interface: str) -> str:
    """How many entries there are, in words."""
    count = len(listing.entries)
    said = counted(interface, "entries", count) if count else strings(interface)["entries_none"]
    return said.format(n=number(count, interface))


def glossary(shown: Shown) -> str:
    """The list, and all by which it can be narrowed."""
    words = strings(shown.interface)
    listing = shown.listing
    failure = ""
    if listing.failure:
        said = words["names_only"].format(message=f"\u2068{listing.failure}\u2069")
        failure = f'<p class="m-notice" role="status">{escape(said)}</p>'
    entries = _entries(shown) if listing.entries else _nothing(listing.wanted, words)
    aside = _categories(shown)
    style = "m-glossary m-browse m-list" + ("" if aside else " m-alone")
    return (
        f'<div class="{style}">{_letters(shown)}{aside}<div class="m-shelf">'
        f"{_head(shown)}{failure}{entries}</div></div>"
    )


def _letters(shown: Shown) -> str:
    """The alphabet; a letter without an entry is there, and leads nowhere."""
    listing, words = shown.listing, strings(shown.interface)
    if not listing.letters:
        return ""
    chosen = listing.wanted.letter
    items = []
    if not listing.long:
        items.append(_link(shown, words["letter_all"], "letter", "", current=not chosen))
    for each, count in listing.letters.items():
        if count or each == chosen:
            items.append(_link(shown, _name(each), "letter", each, current=each == chosen))
        else:
            items.append(f'<span aria-hidden="true">{escape(_name(each))}</span>')
    way = (
        "rtl" if is_right_to_left(shown.catalogue.language) else "ltr"
    )  # an alphabet runs as it is read
    return _nav("letters", words["letters"], items, f' dir="{way}"')


def _categories(shown: Shown) -> str:
    listing, words = shown.listing, strings(shown.interface)
    if not listing.categories:
        return ""
    chosen = listing.wanted.category
    whole = number(sum(listing.categories.values()) + listing.uncategorised, shown.interface)
    items = [_link(shown, words["category_all"], "category", "", current=not chosen, count=whole)]
    for each, count in listing.categories.items():
        if count or each == chosen:
            said = number(count, shown.interface)
            items.append(_link(shown, each, "category", each, current=each == chosen, count=said))
        else:
            items.append(f"<span><bdi>{escape(each)}</bdi></span>")
    return _nav("categories", words["categories"], items)


def _name(letter: str) -> str:
    """A letter as it is shown: a bare alif would be taken for a line."""
    return "أ" if letter == "ا" else letter


def _nav(kind: str, name: str, items: Iterable[str], way: str = "") -> str:
    body = "".join(f"<li>{item}</li>" for item in items)
    return f'<nav class="m-{kind}" aria-label="{escape(name)}"><ul{way}>{body}</ul></nav>'


def _link(  # noqa: PLR0913  (all that it is made of)
    shown: Shown, text: str, name: str, value: str, *, current: bool, count: str = ""
) -> str:
    """A link that narrows the list by a value, whatever else it is narrowed by."""
    values = {name: value}
    if shown.listing.long and name != "letter":
        values["letter"] = ""  # the first one that there is then
    wanted = replace(shown.listing.wanted, **values)
    address = places.link(
        "glossary",
        lang=shown.interface,
        letter=wanted.letter,
        category=wanted.category,
        q=wanted.query,
    )
    here = ' aria-current="true"' if current else ""
    number_ = f" <b>{count}</b>" if count else ""
    return (
        f'<a href="{escape(address)}" {_narrows(**values)}{here}'
        f' data-at="{name}-{named(value)}"><bdi>{escape(text)}</bdi>{number_}</a>'
    )


def _narrows(**values: object) -> str:
    """The attribute that makes a click narrow the list (``components/searchbox.js``)."""
    return f'data-wanted="{told(values)}"'


def _head(shown: Shown) -> str:
    """What the list is narrowed by, each to be lifted; and whether both languages are shown."""
    listing, words = shown.listing, strings(shown.interface)
    wanted = listing.wanted
    lettered = words["filter_letter"].format(letter=_name(wanted.letter))
    chosen = {
        "letter": "" if listing.long else lettered,
        "category": wanted.category,
        "q": words["filter_query"].format(query=wanted.query),
    }
    values = {"letter": wanted.letter, "category": wanted.category, "q": wanted.query}
    chips = "".join(
        _chip(name, text, words) for name, text in chosen.items() if values[name] and text
    )
    filters = ""
    if chips:
        filters = f'<div role="group" aria-label="{escape(words["filters"])}">{chips}</div>'
    both = ""
    if shown.catalogue.second:
        both = button(
            words["both"], f'{does("both")} data-at="both"', icon="columns", pressed=shown.both
        )
    return f'<div class="m-chosen">{filters}{both}</div>'


def _chip(name: str, text: str, words: dict[str, str]) -> str:
    said = named(words["filter_lift"].format(filter=text))
    return (
        f'<button type="button" class="m-button m-lift" {_narrows(**{name: ""})}'
        f' data-at="{name}-" aria-label="{said}" title="{said}"><bdi>{escape(text)}</bdi>'
        '<span class="m-icon m-icon-close" aria-hidden="true"></span></button>'
    )


def _entries(shown: Shown) -> str:
    """The entries, under their letters; what was found stands by how well it fits."""
    listing, words = shown.listing, strings(shown.interface)
    visible = listing.entries[: shown.most]
    groups: Iterator[tuple[str, Iterable[Entry]]]
    groups = iter([("", visible)])
    if not listing.wanted.query:
        groups = groupby(visible, key=shown.catalogue.letter)
    rows = _groups(groups, shown)
    left = len(listing.entries) - len(visible)
    more = ""
    if left:
        said = words["more_terms"].format(n=number(left, shown.interface))
        done = f'{_narrows(shown=shown.most)} data-at="row-{shown.most}"'
        more = f'<p class="m-more">{button(said, done, kind="wide")}</p>'
    return f"{rows}{more}"


def _groups(groups: Iterable[tuple[str, Iterable[Entry]]], shown: Shown) -> str:
    """The groups, each under its heading; rows are numbered through."""
    place, blocks = 0, []
    for heading, entries in groups:
        items = []
        for entry in entries:
            items.append(f"<li>{_row(entry, place, shown)}</li>")
            place += 1
        title = f"<h2>{escape(_name(heading))}</h2>" if heading else ""
        anchor = f' id="letter-{escape(heading)}"' if heading else ""
        blocks.append(
            f'<section class="m-group"{anchor}>{title}<ul>{"".join(items)}</ul></section>'
        )
    return "".join(blocks)


def _row(entry: Entry, place: int, shown: Shown) -> str:
    catalogue, query = shown.catalogue, shown.listing.wanted.query
    tag = catalogue.second
    other = next((e for e in catalogue.glossary.versions(entry.id) if e.language == tag), None)
    other = None if other is entry else other
    names = [entry.term, other.term if other else ""]
    category = "" if shown.listing.wanted.category else catalogue.category(entry)
    extra = badge(category) + _tongue(entry, shown)
    if query and not any(highlights(name, query, entry.language) for name in names):
        extra += _alias(entry, shown)
    first = _side(entry, query, f'data-at="row-{place}"', extra)
    if shown.both:
        if other:
            beside = _side(other, query, "", "")
        else:
            name = language_name(tag, shown.interface)
            lacking = escape(strings(shown.interface)["both_missing"].format(language=name))
            lacking = lacking if entry.language != tag else ""
            beside = f'<p class="m-note" {tongue(shown.interface)}>{lacking}</p>'
        return f'<article class="m-row m-pair">{first}{beside}</article>'
    beside = ""
    if other:
        term = _marked(other.term, query, other.language)
        beside = f'<p class="m-other" {tongue(other.language)}>{term}</p>'
    return f'<article class="m-row">{first}{beside}</article>'


def _side(entry: Entry, query: str, at: str, extra: str) -> str:
    """An entry in one language: its term, which opens it, and how its summary begins."""
    term = _marked(entry.term, query, entry.language)
    summary = _marked(excerpt(entry.summary), query, entry.language)
    return (
        f"<div {tongue(entry.language)}><h3><a {opens(entry)} {at}>{term}</a>{extra}</h3>"
        f"<p>{summary}</p></div>"
    )


def _tongue(entry: Entry, shown: Shown) -> str:
    """The language of an entry that is not in the list's."""
    if base(entry.language) == base(shown.catalogue.language):
        return ""
    return badge(language_name(entry.language, shown.interface))


def _alias(entry: Entry, shown: Shown) -> str:
    """The other name by which an entry was found."""
    query, versions = shown.listing.wanted.query, shown.catalogue.glossary.versions(entry.id)
    for version in versions:
        for name in version.aliases:
            if highlights(name, query, version.language):
                said = escape(strings(shown.interface)["alias"])
                marked = f"<bdi>{_marked(name, query, version.language)}</bdi>"
                return f"<small {tongue(shown.interface)}>{said.replace('{name}', marked)}</small>"
    return ""


def _marked(text: str, query: str, language: str) -> str:
    pieces, position = [], 0
    for start, end in highlights(text, query, language) if query else ():
        pieces.append(f"{escape(text[position:start])}<mark>{escape(text[start:end])}</mark>")
        position = end
    return "".join([*pieces, escape(text[position:])])


def excerpt(text: str) -> str:
    """The beginning of a text, of whole words where it has spaces."""
    if len(text) <= _EXCERPT:
        return text
    end = text.rfind(" ", _EXCERPT * 2 // 3, _EXCERPT)
    return f"{text[: end if end > 0 else _EXCERPT]}…"


def _nothing(wanted: Filter, words: dict[str, str]) -> str:
    """That there is nothing, and where to go from there."""
    narrowed = wanted.letter or wanted.category
    title, text, ask = words["none_narrow"], "", ""
    if wanted.query:
        title = words["none_title"].format(query=f"\u2068{wanted.query}\u2069")
        text = f"<p>{escape(words['none_text'])}</p>"
        ask = button(
            words["none_ask"], does("ask", question=wanted.query), icon="chat", kind="first"
        )
    wide = ""
    if narrowed:
        wide = button(words["none_wide"], _narrows(letter="", category="", q=""), kind="second")
    return f'<div class="m-none"><h2>{escape(title)}</h2>{text}<p>{ask}{wide}</p></div>'
