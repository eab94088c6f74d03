"""Tabled: the terms in a page's tables, a row each; tables of two languages are in ``grids``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from knowledge.formats.pages.furniture import HEADINGS, elements, tag_of
from knowledge.formats.pages.hypertext import Block, blocks_of
from knowledge.formats.pages.laid import Laid
from knowledge.formats.sites.wording import is_letter, is_of_many
from knowledge.formats.tables import columns as names
from knowledge.formats.tables.columns import DEFINITION, TERM
from knowledge.formats.tables.contents import looks_like_terms, named
from knowledge.formats.tables.values import listed

_ALIASES = ("aliases", "acronym", "expansion", "translation")
_PAIR = 2
_LOOKED_AT = 500  # rows below one that may name the columns


def tables(root: Any, _page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """Rows of tables whose head names a term and a definition, or that are pairs of such."""
    laid: list[Laid] = []
    category = ""
    for node in elements(root, lambda _, tag: tag == "table" or tag in HEADINGS):
        if tag_of(node) in HEADINGS:
            text = " ".join(block.text for block in blocks_of(node))
            category = "" if tag_of(node) == "h1" or is_letter(text) else text
        else:
            laid += _laid(node, category)
    return laid


def _laid(table: Any, category: str) -> Iterator[Laid]:  # noqa: ANN401
    roles: dict[str, list[int]] = {}
    head: list[str] = []
    rows = [_cells(row) for row in elements(table, lambda _, tag: tag == "tr")]
    alike = _are_pairs([texts for _, _, texts in rows], told=is_of_many(category))
    for n, (cells, blocks, texts) in enumerate(rows):
        if found := _head(cells, texts, rows[n + 1 : n + _LOOKED_AT], first=n == 0 or not head):
            roles, head = found, texts
            continue
        if not head:
            roles = {TERM: [0], DEFINITION: [1]} if alike or _is_pair(texts) else {}
        terms = [texts[m] for m in roles.get(TERM, ()) if m < len(texts) and texts[m]]
        told = [m for m in roles.get(DEFINITION, ()) if m < len(texts) and texts[m]]
        defined = [block for m in told for block in blocks[m]]
        if terms and (defined or head):
            line = cells[roles[TERM][0]].sourceline or 1
            if any(c.isalpha() for block in defined for c in block.text):
                defined += _notes(roles, head, texts, line)
            filed = _of(roles, texts, "category")
            yield Laid(
                terms[0], cells[roles[TERM][0]], defined, line,
                next(iter(filed), category),
                [*terms[1:], *_lists(roles, texts, *_ALIASES)],
                "\n\n".join(_of(roles, texts, "example")),
                _lists(roles, texts, "related"), _of(roles, texts, "sources"), bool(filed),
            )  # fmt: skip


def _cells(row: Any) -> tuple[list[Any], list[list[Block]], list[str]]:  # noqa: ANN401
    """The cells of a row, their blocks, and their texts in one line."""
    cells = list(elements(row, lambda _, tag: tag in ("td", "th")))
    blocks = [list(blocks_of(cell)) for cell in cells]
    texts = [" ".join(block.text for block in cell).replace("\n", " ") for cell in blocks]
    return cells, blocks, texts


def _head(
    cells: Sequence[Any], texts: Sequence[str], below: Sequence[Any], *, first: bool
) -> dict[str, list[int]]:
    """Which column holds what, if a row names columns: by what it says, or that it is a head."""
    heads = bool(cells) and all(tag_of(cell) == "th" for cell in cells)
    bare = [text.strip(" :*") for text in texts]
    known = named(bare, [texts for _, _, texts in below]) if first or heads else {}
    roles = {column.role for column in known.values()}
    if {TERM, DEFINITION} <= roles and (heads or _all_known(bare)):
        found: dict[str, list[int]] = {}
        for n, column in sorted(known.items(), key=lambda pair: pair[1].rank):
            found.setdefault(column.role, []).append(n)
        return found
    may = heads and first and len(cells) >= _PAIR
    if may and looks_like_terms([texts for _, _, texts in below]):
        return {TERM: [0], DEFINITION: [1]}
    return {}


def _all_known(texts: Sequence[str]) -> bool:
    """Whether most of a row's cells are names of columns: a term may be one, “Word”."""
    filled = [text for text in texts if text]
    return sum(names.column(text) is not None for text in filled) * 3 >= len(filled) * 2


def _notes(
    roles: Mapping[str, list[int]], head: Sequence[str], texts: Sequence[str], line: int
) -> Iterator[Block]:
    """What other columns say, each under its name."""
    taken = {n for role, ns in roles.items() if role != "note" for n in ns}
    for n, text in enumerate(texts):
        name = head[n].strip(" :*") if n < len(head) else ""
        if n not in taken and text and name and not text.isdecimal():
            yield Block(f"{name}: {text}", line)


def _is_pair(texts: Sequence[str]) -> bool:
    """Whether a row of a table without a head names something and says what it is."""
    return len(texts) == _PAIR and len(texts[1]) > max(20, len(texts[0]))


def _are_pairs(rows: Sequence[Sequence[str]], *, told: bool) -> bool:
    """Whether all rows of a table without a head do so: most, or what stands above it tells it."""
    pairs = sum(map(_is_pair, rows))
    two = all(len(texts) == _PAIR for texts in rows)
    return two and (told or 2 * pairs >= len(rows)) and looks_like_terms(rows)


def _of(roles: Mapping[str, list[int]], texts: Sequence[str], role: str) -> list[str]:
    return [texts[n] for n in roles.get(role, ()) if n < len(texts) and texts[n]]


def _lists(roles: Mapping[str, list[int]], texts: Sequence[str], *some: str) -> list[str]:
    return [name for role in some for text in _of(roles, texts, role) for name in listed(text)]
