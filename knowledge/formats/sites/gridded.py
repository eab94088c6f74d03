"""Gridded: the tables of a Markdown text whose heads name a term and its definition."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.lead import Term
from knowledge.formats.sites.wording import rank

_COLUMNS = ("term", "definition", "aliases", "category", "example", "related", "source")
_LOOKED_AT, _FEWEST, _MORE = 50, 3, 2.5
SURE = frozenset({"term", "definition"})
_NOTHING = re.compile(r"[-–—−.\s]*|n/?a|none|tbd|\?+", re.IGNORECASE)


def columns_of(head: Block, *, titled: bool) -> dict[str, int]:  # noqa: C901
    """Which column holds what, by the names in a table's head; nothing if it holds no terms.

    In a glossary, a table of other heads holds the terms in its first column, and what is said of
    them in the second. A column without a name known is among the columns under its own name.
    """
    names = [cell.text for cell in head.cells]
    found: dict[str, int] = {}
    for column in _COLUMNS:
        ranks = {n: rank(name, column) for n, name in enumerate(names) if n not in found.values()}
        known = [(place, n) for n, place in ranks.items() if place is not None]
        if known:
            found[column] = min(known)[1]
    if len(names) < 2 or not any(names):  # noqa: PLR2004
        return {}
    if "term" not in found and "aliases" in found and "definition" in found:
        found["term"] = found.pop("aliases")
    if not found.keys() >= SURE:
        if not titled and "term" not in found:
            return {}
        found.setdefault("term", 0 if found.get("definition") != 0 else 1)
        found["?"] = -1  # guessed
        free = [n for n in range(len(names)) if n not in found.values()]
        if "definition" not in found:
            if not free:
                return {}
            found["definition"] = free[0]
    for n, name in enumerate(names):
        if n not in found.values():
            found[f"{n}\0{name}"] = n
    return found


def headless(blocks: Sequence[Block], n: int, *, titled: bool) -> tuple[dict[str, int], int]:
    """The columns of a table whose head is empty, and where its rows begin, less one.

    Its first row may be its head; else the first of two columns holds terms if the second says
    much more.
    """
    below = list(takewhile(lambda block: block.kind == "row", blocks[n + 1 : n + 1 + _LOOKED_AT]))
    if not below:
        return {}, n
    named = columns_of(below[0], titled=False)
    if named.keys() >= SURE and "?" not in named:
        return named, n + 1
    if not titled or len(below) < _FEWEST or any(len(row.cells) != 2 for row in below):  # noqa: PLR2004
        return {}, n
    first, second = (sum(len(row.cells[place].text) for row in below) for place in (0, 1))
    return ({"term": 0, "definition": 1, "?": -1} if second > _MORE * first else {}), n


def rows(row: Block, columns: dict[str, int], category: str) -> Iterator[Term]:
    """The term of a row of such a table."""
    cells = {name: row.cells[n] for name, n in columns.items() if 0 <= n < len(row.cells)}
    said = {name: "" if _NOTHING.fullmatch(c.text) else c.text for name, c in cells.items()}
    if not said.get("term"):
        return
    blocks = [cells["definition"]] if said.get("definition") else []
    for name, text in said.items():
        if "\0" in name and text:
            heading = name.partition("\0")[2]
            blocks.append(replace(cells[name], text=f"{heading}: {text}" if heading else text))
    if row.notes:
        blocks.append(Block("text", "", row.line, notes=row.notes))
    yield Term(
        " ".join(said["term"].split()),
        blocks,
        row.line,
        category=said.get("category") or category,
        aliases=_parts(said.get("aliases", "")),
        related=_parts(said.get("related", "")),
        sources=[said["source"]] if said.get("source") else [],
        example=said.get("example", ""),
        anchor=cells["term"].anchor,
        sure="?" not in columns,
    )


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;/|،؛\n]", text) if part.strip()]
