"""Gridded: the tables of a Markdown text whose heads name a term and its definition."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from knowledge.formats.draft import slug
from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.lead import Term
from knowledge.formats.sites.wording import (
    abbreviates,
    is_about,
    is_called,
    is_letter,
    is_numbering,
    rank,
)
from knowledge.formats.tables import columns
from knowledge.formats.tables.columns import DEFINITION, NOTHING, TERM, Column
from knowledge.language.text import detect, scripts, written_in

_COLUMNS = ("term", "definition", "aliases", "category", "example", "related", "source")
_ROLES = {"acronym": "aliases", "expansion": "aliases", "translation": "aliases",
          "sources": "source"}  # fmt: skip
_OF_ITS_OWN = frozenset({"", "note", "language", "asked", "updated", NOTHING})
"""Roles of columns whose text stands under the column's name."""
_NOTHING = re.compile(r"[-–—―−.\s]*|n/?a|none|tbd|\?+", re.IGNORECASE)
SAMPLED = 30  # rows
MORE = 2.5  # times as much is said of a term as it is long


@dataclass(frozen=True, slots=True)
class Grid:
    """Which column of a table holds what."""

    places: Mapping[str, int]
    """The column of each role that there is one of."""
    terms: Mapping[int, str] = field(default_factory=dict)
    """Of a table in several languages: the columns of terms, each with its language."""
    definitions: Mapping[int, str] = field(default_factory=dict)
    """… and those of definitions."""
    named: Mapping[int, str] = field(default_factory=dict)
    """The columns whose text stands under the column's name."""
    sure: bool = False
    """Whether the table names both a term and a definition."""


def columns_of(blocks: Sequence[Block], n: int, *, titled: bool) -> Grid | None:
    """Which column holds what, by the names in a table's head; None if it holds no terms.

    In a glossary, a table of other heads holds the terms in its first column, and what is said of
    them in the one that says most. A column without a name known is kept under its own name.
    """
    names = [cell.text for cell in blocks[n].cells]
    below = list(takewhile(lambda block: block.kind == "row", blocks[n + 1 :]))
    if len(names) < 2 or not (titled or any(names)):  # noqa: PLR2004
        return None
    known = _without_avoided(names, columns.recognised(names), below)
    undefined = all(column.role != DEFINITION for column in known.values())
    if undefined:
        free = [m for m in range(len(names)) if m not in known]
        likely = [
            m for m in free if is_called(names[m], DEFINITION) or is_about(names[m], DEFINITION)
        ]
        known |= {m: Column(DEFINITION) for m in likely[:1]}
    if grid := _in_tongues(names, known, below):
        return grid
    if undefined and any(is_called(name, "avoided") for name in names):
        return None  # of a style guide, which tells how words are used, and not what they mean
    places = _places(names, known)
    noted = any(column.role in ("note", DEFINITION) for column in known.values())
    sure = TERM in places and (DEFINITION in places or noted)
    if not titled and TERM not in places:
        return None
    free = [m for m in range(len(names)) if m not in places.values()]
    free = [m for m in free if not is_numbering(names[m])] or free
    if TERM not in places and free:
        places[TERM] = free.pop(0)
    if DEFINITION not in places and free:
        places[DEFINITION] = max(free, key=lambda m: length(below, m))
    if DEFINITION not in places:
        places = _spelt(places, below)
        sure = DEFINITION in places
    if not places.keys() >= {TERM, DEFINITION}:
        return None
    return Grid(places, named=_named(names, set(places.values())), sure=sure)


def _without_avoided(
    names: Sequence[str], known: Mapping[int, Column], below: Sequence[Block]
) -> dict[int, Column]:
    """The columns; beside words to avoid, a “Concept” of many words is what a term means."""
    kept = {m: column for m, column in known.items() if not is_called(names[m], "avoided")}
    named = [m for m, column in kept.items() if column.role == TERM]
    if not any(is_called(name, "avoided") for name in names) or len(named) != 1:
        return dict(known)
    most = MORE * length(below, named[0])
    others = [m for m in range(len(names)) if m not in named and is_called(names[m], "term")]
    told = {m: Column(DEFINITION) for m in others if length(below, m) > most}
    return {**kept, **told} if told else dict(known)


def _places(names: Sequence[str], known: Mapping[int, Column]) -> dict[str, int]:
    """The column of each role, told by the names of all."""
    places: dict[str, int] = {}
    named = any(column.role == TERM for column in known.values())
    short = {m for m, column in known.items() if named and column.role == "acronym"}
    for role in _COLUMNS:
        taken = {*places.values(), *(short if role == TERM else ())}
        ranks = {m: rank(name, role) for m, name in enumerate(names) if m not in taken}
        if ranked := [(place, m) for m, place in ranks.items() if place is not None]:
            places[role] = min(ranked)[1]
    for m, column in sorted(known.items(), key=lambda item: item[1].rank):
        own = columns.column(names[m]) or column
        if m not in places.values() and own.role not in _OF_ITS_OWN:
            places.setdefault(_ROLES.get(column.role, column.role), m)
    for role in (TERM, DEFINITION):  # “Plain meaning”, “Definición breve”
        free = [m for m in range(len(names)) if m not in places.values()]
        if role not in places and (likely := [m for m in free if is_about(names[m], role)]):
            places[role] = likely[0]
    if DEFINITION not in places and any(k.role == "translation" for k in known.values()):
        places[DEFINITION] = places.pop("aliases", -1)
    before = DEFINITION in places and places.get("aliases", len(names)) < places[DEFINITION]
    if TERM not in places and before:
        places[TERM] = places.pop("aliases")
    return places


def _spelt(places: dict[str, int], below: Sequence[Block]) -> dict[str, int]:
    """The columns, where what acronyms stand for is all that a table says of them."""
    if not places.keys() >= {TERM, "aliases"}:
        return places
    both = places[TERM], places["aliases"]
    short, long = sorted(both, key=lambda n: length(below, n))
    rows = [row.cells for row in below[:SAMPLED] if len(row.cells) > max(both)]
    spelt = sum(abbreviates(cells[short].text, cells[long].text) for cells in rows)
    if 2 * spelt <= len(rows):
        return places
    others = {role: n for role, n in places.items() if n not in both}
    return {**others, TERM: short, DEFINITION: long}


def _in_tongues(
    names: Sequence[str], known: Mapping[int, Column], below: Sequence[Block]
) -> Grid | None:
    """The columns of a table that names several languages, or None."""
    terms = {n: column.language for n, column in known.items() if column.role == TERM}
    definitions = {n: column.language for n, column in known.items() if column.role == DEFINITION}
    if not definitions:  # notes that say more than the words they stand beside define them
        most = max((length(below, n) for n in terms), default=0)
        notes = [n for n, column in known.items() if column.role == "note"]
        definitions = {n: known[n].language for n in notes if length(below, n) > most}
    tongues = {language for language in (*terms.values(), *definitions.values()) if language}
    if not terms or max(len(terms), len(definitions)) < 2 or not tongues:  # noqa: PLR2004
        return None
    free = [n for n in range(len(names)) if n not in known and names[n]]
    told = max(free, key=lambda n: length(below, n), default=-1)
    if not definitions and told >= 0 and len(terms) > 1:  # what says more than the words
        definitions |= {told: ""} if length(below, told) > MORE * length(below, min(terms)) else {}
    for n in (n for n, language in definitions.items() if not language):
        text = "\n".join(row.cells[n].text for row in below[:SAMPLED] if n < len(row.cells))
        definitions[n] = _tongue_of(text, list(terms.values()))
    used = {*terms, *definitions}
    places: dict[str, int] = {}
    for n, column in known.items():
        role = _ROLES.get(column.role, column.role)
        if n not in used and column.role not in _OF_ITS_OWN and role not in places:
            places[role] = n
    named = _named(names, {*used, *places.values()})
    return Grid(places, terms, definitions, named, sure=True)


def _named(names: Sequence[str], used: set[int]) -> dict[int, str]:
    return {n: name for n, name in enumerate(names) if n not in used and not is_numbering(name)}


def length(rows: Sequence[Block], n: int) -> int:
    """How much some rows say in a column."""
    return sum(len(row.cells[n].text) for row in rows[:SAMPLED] if n < len(row.cells))


def rows(row: Block, grid: Grid, category: str) -> Iterator[Term]:
    """The terms of a row of such a table: one, or one in each language that it is defined in."""
    filled = [replace(cell, kind="row") for cell in row.cells]
    said = ["" if _NOTHING.fullmatch(cell.text) else cell.text for cell in filled]

    def of(role: str) -> str:
        place = grid.places.get(role, len(said))
        return said[place] if place < len(said) else ""

    def cells(places: Mapping[int, str]) -> dict[str, Block]:
        return {language: filled[n] for n, language in places.items() if n < len(said) and said[n]}

    name, *others_of_it = _names(of(TERM))
    term = Term(
        name,
        [filled[grid.places[DEFINITION]]] if of(DEFINITION) else [],
        row.line,
        category=of("category") or category,
        aliases=[*others_of_it, *_parts(of("aliases"))],
        related=_parts(of("related")),
        sources=[of("source")] if of("source") not in ("", name) else [],
        example=of("example"),
        sure=grid.sure,
        id=slug(of("id")),
        anchor=filled[grid.places[TERM]].anchor if of(TERM) else "",
    )
    others = [
        replace(filled[n], text=f"{name}: {said[n]}" if name else said[n])
        for n, name in grid.named.items()
        if n < len(said) and said[n]
    ]
    if (
        not grid.terms and not term.blocks and others
    ):  # what is said elsewhere defines, if nothing else does
        first = next(n for n in grid.named if n < len(said) and said[n])
        others[0] = filled[first]
    if row.notes:
        others.append(Block("text", "", row.line, notes=row.notes))
    if not grid.terms:
        term.blocks += others
        worded = any(map(str.isalpha, term.name)) and not is_letter(term.name)
        if term.name and (grid.sure or worded) and (term.text or not is_letter(term.name)):
            yield term
        return
    terms = {language: cell.text for language, cell in cells(grid.terms).items()}
    definitions = cells(grid.definitions)
    yield from _in_each_tongue(term, terms, definitions, others)


def _names(text: str) -> list[str]:
    """The names in a cell: those on lines of their own are several where all are single words."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    several = len(lines) > 1 and all(line and " " not in line for line in lines)
    return lines if several else [" ".join(text.split())]


def _in_each_tongue(
    term: Term, terms: Mapping[str, str], definitions: Mapping[str, Block], others: list[Block]
) -> Iterator[Term]:
    """The terms of a row in several languages; those that define none are names of the first.

    Where nothing is said of them, the words in the other languages define that in the first.
    """
    if not terms:
        return
    english = next((name for tongue, name in terms.items() if tongue.startswith("en")), "")
    if not definitions:
        first, *rest = terms
        if not rest:
            return
        text = "; ".join(dict.fromkeys(terms[tongue] for tongue in rest))
        definitions = {first: Block("row", text, term.line)}
    for n, (tongue, cell) in enumerate(definitions.items()):
        name = terms.get(tongue) or terms.get("") or next(iter(terms.values()))
        names = [other for each, other in terms.items() if n == 0 and each not in definitions]
        yield replace(
            term,
            name=" ".join(name.split()),
            blocks=[cell, *(others if n == 0 else [])],
            aliases=[*(other for other in names if other != name), *term.aliases],
            language=tongue,
            id=term.id or slug(english),
        )


def _tongue_of(text: str, tongues: Sequence[str]) -> str:
    """In which of some languages a text is, told by its script, then by its words."""
    script = next((name for name, _ in scripts(text).most_common(1)), "")
    fitting = [tongue for tongue in tongues if tongue and script in written_in(tongue)]
    if len(fitting) < 2:  # noqa: PLR2004
        return fitting[0] if fitting else ""
    return detect(text, fitting) or fitting[0]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;/|،؛、\n]", text) if part.strip()]
