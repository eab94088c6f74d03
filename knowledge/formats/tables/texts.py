"""Texts: how long those of a column are, and which columns say something or name terms."""

import re
from collections.abc import Sequence
from statistics import median

from knowledge.formats.tables.values import are_sentences

LOOKED_AT = 200  # rows
FILLED, DISTINCT = 0.6, 0.9  # shares of the rows
WORDED = 12  # characters of what is said of a term
_GOES_ON = 3  # times as long
_DENSE, _DENSER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"), 2  # letters more

Cells = Sequence[str]


def of_column(rows: Sequence[Cells], n: int) -> list[str]:
    """The texts of a column, without its empty cells."""
    return [row[n].strip() for row in rows if n < len(row) and row[n].strip()]


def length(rows: Sequence[Cells], n: int) -> float:
    """The usual length of a column's texts; 0 where it has few, or addresses and figures.

    A letter that is a syllable or a word counts for as many as those have.
    """
    texts = [
        text for text in of_column(rows, n) if any(map(str.isalpha, text)) and "://" not in text
    ]
    lengths = [len(text) + _DENSER * len(_DENSE.findall(text)) for text in texts]
    return median(lengths) if texts and len(texts) >= FILLED * len(rows) else 0


def telling(columns: Sequence[int], rows: Sequence[Cells]) -> int | None:
    """Which of some columns says most: the longest, or one of sentences before it.

    Where one has said what a term is, another may go on at length.
    """
    longest = max(columns, key=lambda n: length(rows, n), default=None)
    if longest is None or not length(rows, longest):
        return None
    near = (n for n in columns if length(rows, n) > length(rows, longest) / _GOES_ON)
    return next((n for n in near if are_sentences(of_column(rows, n))), longest)


def naming(columns: Sequence[int], rows: Sequence[Cells], most: float) -> int | None:
    """The first of some columns that names terms: texts shorter than ``most``, each another."""
    for n in columns:
        texts = of_column(rows, n)
        whole, distinct = len(texts) >= DISTINCT * len(rows), len({*texts}) >= DISTINCT * len(texts)
        if whole and distinct and 0 < length(rows, n) < most:
            return n
    return None


def is_text(rows: Sequence[Cells], n: int) -> bool:
    """Whether a column holds texts of several words, and no names."""
    texts = of_column(rows, n)
    spaced = sum(text.count(" ") > 1 or not text.isascii() for text in texts)
    return length(rows, n) >= 2 * WORDED and spaced > len(texts) / 2
