"""Headless: tables without a head of their own, as that is empty, or a row itself."""

from collections.abc import Sequence
from itertools import islice, takewhile

from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.gridded import MORE, SAMPLED, Grid, columns_of, length
from knowledge.formats.sites.wording import abbreviates

_SEVERAL = 2
_SAID = 6  # words, in place of a column's name


def headless(blocks: Sequence[Block], n: int, *, titled: bool) -> tuple[Grid | None, int]:
    """The columns of a table whose head is empty, and where its rows begin, less one.

    Its first row may be its head; else the first of two columns holds terms if the second says
    much more.
    """
    below = list(takewhile(lambda block: block.kind == "row", blocks[n + 1 :]))
    if not below:
        return None, n
    named = columns_of(blocks, n + 1, titled=False)
    if named is not None and named.sure:
        return named, n + 1
    if len(blocks[n].cells) != 2 or length(below, 1) <= MORE * length(below, 0):  # noqa: PLR2004
        return None, n
    return columns_of(blocks, n, titled=titled), n


def headed(blocks: Sequence[Block], n: int, grid: Grid) -> bool:
    """Whether the head of a table that names no columns is its first row: a term, and its text."""
    cells = blocks[n].cells
    if grid.sure or len(cells) != 2:  # noqa: PLR2004
        return False
    below = takewhile(lambda block: block.kind == "row", blocks[n + 1 :])
    rows = [cells, *(row.cells for row in islice(below, SAMPLED))]
    spelt = [len(row) > 1 and abbreviates(row[0].text, row[1].text) for row in rows]
    said = len(cells[1].text.split()) > _SAID
    return said or (spelt[0] and 2 * sum(spelt) > len(spelt) > _SEVERAL)
