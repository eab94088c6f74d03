"""Contents: what a table's columns hold, told by their cells where no name tells it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

from knowledge.formats.sites.wording import ASKS
from knowledge.formats.tables.columns import (
    DEFINITION,
    NOTHING,
    TERM,
    Column,
    column,
    holds_entries,
    is_tongue,
    recognised,
)
from knowledge.formats.tables.texts import (
    DISTINCT,
    FILLED,
    LOOKED_AT,
    WORDED,
    Cells,
    is_text,
    length,
    naming,
    of_column,
    telling,
)
from knowledge.formats.tables.tongues import language_of, script

_SHORT = 80  # characters of a term
_NAME = 60  # characters of a cell that may name a column
_FEWEST_PAIRS = 5
_ALIKE = 3  # objects, rows
_FAR, _OUTRIGHT = 4, 2.5  # times as long
_SPOKEN = ("expansion", "translation")
_BRIEF = 20  # characters of a translation
_STEM, _USED = 4, 0.3  # letters, and share of the rows in which a text has the word that it is of
# An id: one word with a digit or a sign in it.
_CODE = re.compile(r"(?=\S*[\d#$%&*+=@^~|<>{}\[\]!?:;/\\])\S+")
_UNSEEN = re.compile(r"<[^<>]{1,300}>|\[sound:[^\[\]]{1,300}\]|&nbsp;")
_WORD = re.compile(r"[^\W\d]\w{0,19}")


def named(header: Cells, rows: Sequence[Cells]) -> dict[int, Column]:
    """What the columns hold by the names in a header, and the cells below where one is missing.

    Where a header names the terms and something else, what is said of them is the longest text
    under a name that nobody knows; where it names the definitions, the terms are the first column
    of short texts, each another.
    """
    known = recognised(header)
    if rows and any(
        header[n] == rows[0][n] for n in known if n < len(rows[0]) and header[n].strip()
    ):
        return {}  # a row like those below
    known |= {n: Column(NOTHING) for n in _flags(rows[:LOOKED_AT], known)}
    roles = {column.role for column in known.values()}
    recurs = any(name.strip() in of_column(rows, n) for n, name in enumerate(header))
    if "acronym" in roles and not (recurs or roles & {TERM, DEFINITION, *_SPOKEN}):
        known = {n: replace(c, role=TERM) if c.role == "acronym" else c for n, c in known.items()}
        roles |= {TERM}
    if holds_entries(known) and _is_header(header):
        return known | _told(header, rows[:LOOKED_AT], known)
    if holds_entries(known) or not roles & {TERM, DEFINITION} or not _is_header(header):
        return known
    rows = rows[:LOOKED_AT]
    unknown = [n for n, name in enumerate(header) if name.strip() and n not in known]
    if TERM in roles:
        labels = [n for n, c in known.items() if c.role == NOTHING and _is_label(header[n])]
        told = [n for n in unknown if len(roles) > 1 or (_is_sure(known) and is_text(rows, n))]
        found = _texts([*told, *labels], rows, known)
        found = found or {n: Column(DEFINITION) for n in labels if len(labels) == 1}
        return known | (found or _translations(header, unknown, rows, known))
    others = [
        n
        for n, c in known.items()
        if (c.role == "category" and not _is_guide(of_column(rows, n)))  # of a table of “fields”
        or (c.role in ("id", NOTHING) and _are_phrases(of_column(rows, n)))
    ]
    return known | _terms([*unknown, *others], rows, known) if DEFINITION in roles else known


def is_among(header: Cells, above: Sequence[Cells]) -> bool:
    """Whether what could be a header is a row like those above it, which are as full.

    “HEAD” names terms, and a branch; where each of its cells is the name of a column it is one.
    """
    filled = sum(map(bool, header))
    full = sum(sum(map(bool, row)) >= filled for row in above)
    return full >= _ALIKE and filled > len(recognised(header))


def _are_phrases(texts: Sequence[str]) -> bool:
    """Whether many of some texts are of several words, as no number or code is."""
    return sum(" " in text for text in texts) > len(texts) / _ALIKE


def _is_guide(texts: Sequence[str]) -> bool:
    """Whether some texts are the names of the columns that terms are to be written into."""
    return {TERM, DEFINITION} <= {known.role for text in texts if (known := column(text))}


def _flags(rows: Sequence[Cells], known: Mapping[int, Column]) -> list[int]:
    """The columns that are named as if they defined, and but say yes or no beside those that do."""
    told = [n for n, c in known.items() if c.role == DEFINITION and of_column(rows, n)]
    flags = [n for n in told if max(map(len, of_column(rows, n))) < WORDED / 2]
    flags = [n for n in flags if len({*of_column(rows, n)}) <= len(rows) / _ALIKE]
    return flags if len(flags) < len(told) else []


def _is_label(name: str) -> bool:
    """Whether a column beside one of terms is named as if it held them: it may say more of each."""
    return (known := column(name)) is not None and known.role == TERM


def _is_sure(known: Mapping[int, Column]) -> bool:
    """Whether the terms are named as such, and not as anything is that has a name."""
    least = of_anything.rank if (of_anything := column("name")) else 0
    return any(c.role == TERM and c.rank < least for c in known.values())


def _is_header(header: Cells) -> bool:
    filled = [name for name in header if name.strip()]
    return len(filled) > 1 and len({*filled}) == len(filled) and max(map(len, filled)) <= _NAME


def _texts(
    unknown: Sequence[int], rows: Sequence[Cells], known: Mapping[int, Column]
) -> dict[int, Column]:
    several = [n for n in unknown if len({*of_column(rows, n)}) > max(1, len(rows) / _ALIKE)]
    told = telling(several, rows)
    terms = [n for n, column in known.items() if column.role == TERM]
    least = max(WORDED / 2, *(length(rows, n) for n in terms))
    return {} if told is None or length(rows, told) <= least else {told: Column(DEFINITION)}


def _told(header: Cells, rows: Sequence[Cells], known: Mapping[int, Column]) -> dict[int, Column]:
    """The column that explains words in two languages, under a name that nobody knows."""
    tongued = {n: replace(c, role="translation") for n, c in known.items() if is_tongue(header[n])}
    if any(c.role == DEFINITION for n, c in known.items() if n not in tongued):
        return {}
    unknown = [n for n, name in enumerate(header) if name.strip() and n not in known]
    named = [n for n, c in known.items() if n in tongued or c.role in (TERM, "translation")]
    told = next((n for n in unknown if _tells(rows, n, named)), None)
    defining = {n: c for n, c in tongued.items() if known[n].role == DEFINITION}
    return {} if told is None else {told: Column(DEFINITION), **defining}


def _translations(
    header: Cells, unknown: Sequence[int], rows: Sequence[Cells], known: Mapping[int, Column]
) -> dict[int, Column]:
    """Columns of words in another script than the terms, which are named for a language."""
    terms = next(n for n, column in known.items() if column.role == TERM)
    if len(rows) < _FEWEST_PAIRS or not language_of(header[terms]):
        return {}
    own = script(" ".join(of_column(rows, terms)))
    return {
        n: Column("translation")
        for n in unknown
        if 0 < length(rows, n) <= _SHORT and script(" ".join(of_column(rows, n))) != own
    }


def _terms(
    unknown: Sequence[int], rows: Sequence[Cells], known: Mapping[int, Column]
) -> dict[int, Column]:
    defined = max(length(rows, n) for n, column in known.items() if column.role == DEFINITION)
    term = naming(unknown, rows, min(_SHORT, defined))
    return {} if term is None else {term: Column(TERM)}


def guessed(rows: Sequence[Cells]) -> dict[int, Column]:
    """What the columns hold where there is no header, if some look like terms and their meanings.

    These are the first two but for numbers, codes and words that recur, beside which a meaning is
    a text. The third and fourth may say in which languages the first are, as in the word lists of
    translation programs.
    """
    tongues = [{row[n].strip() for row in rows if n < len(row)} for n in (2, 3)]
    first, second = (language_of(said.pop()) if len(said) == 1 else "" for said in tongues)
    if first and second and looks_like_terms([row[:2] for row in rows]):
        return {0: Column(TERM, first), 1: Column(TERM, second)}
    sample = [tuple(_UNSEEN.sub("", cell).strip() for cell in row) for row in rows[:LOOKED_AT]]
    if len(sample) > _ALIKE and max(map(len, sample)) > 2:  # noqa: PLR2004
        return _picked(sample) or _pair(sample)
    return _pair(sample)


def _pair(rows: Sequence[Cells]) -> dict[int, Column]:
    return {0: Column(TERM), 1: Column(DEFINITION)} if looks_like_terms(rows) else {}


def _picked(rows: Sequence[Cells]) -> dict[int, Column]:
    """The columns of words among others; a text behind a word and its translation defines."""
    found = worded(rows)
    term, second = found[:2]
    told = next((n for n in found[2:] if _tells(rows, n, (term, second))), None)
    if told is not None and length(rows, second) <= _BRIEF:
        second, other = told, {second: Column("translation")}
    elif found[:2] == [0, 1] or not is_text(rows, second):
        return {}
    else:
        other = {}
    cells = [tuple(row[n] for n in (term, second) if n < len(row)) for row in rows]
    fits = looks_like_terms(cells)
    return {term: Column(TERM), second: Column(DEFINITION), **other} if fits else {}


def worded(rows: Sequence[Cells]) -> list[int]:
    """The columns of words, such as “n.” in each row is not; the first two if there are no two."""
    found = [n for n in range(max(map(len, rows), default=0)) if _is_worded(rows, n)]
    return found if len(found) > 1 else [0, 1]


def _is_worded(rows: Sequence[Cells], n: int) -> bool:
    """Whether a column holds words: no numbers, no codes, nothing that recurs."""
    texts = of_column(rows, n)
    codes = sum(map(bool, map(_CODE.fullmatch, texts)))
    recurs = len(texts) > _ALIKE and len({*texts}) <= len(texts) / 2
    return length(rows, n) > 0 and codes <= len(texts) / 2 and not recurs


def _tells(rows: Sequence[Cells], n: int, named: Sequence[int]) -> bool:
    """Whether a column explains each of some words, and is no sentence in which they stand."""
    texts = of_column(rows, n)
    whole = len({*texts}) >= FILLED * len(rows)
    longer = length(rows, n) > _OUTRIGHT * max(length(rows, each) for each in named)
    if not (whole and longer and is_text(rows, n)):
        return False
    used = sum(
        any(row[each].casefold()[:_STEM] in row[n].casefold() for each in named if row[each])
        for row in rows
        if n < len(row)
    )
    return used < _USED * len(rows)


def is_named(rows: Sequence[Cells]) -> bool:
    """Whether the first of some rows names their columns: single words, unlike all that follow.

    In answers to a form they are questions.
    """
    first, rest = rows[0][:2], [row[:2] for row in rows[1:LOOKED_AT] if len(row) > 1]
    if rest and all(cell.endswith(ASKS) for cell in first):
        return not any(row[0].endswith(ASKS) for row in rest)
    if len(first) < 2 or len(rest) < _ALIKE or not all(map(_WORD.fullmatch, first)):  # noqa: PLR2004
        return False
    told = min(len(row[1]) for row in rest)
    scripts = {script("".join(row)) for row in rest}
    return told > _FAR * len(first[1]) or script("".join(first)) not in scripts


def looks_like_terms(rows: Sequence[Cells]) -> bool:
    """Whether rows without a header are terms, each with something said of it or its like."""
    rows = rows[:500]
    pairs = [(row[0].strip(), row[1].strip()) for row in rows if len(row) > 1]
    whole = [(term, text) for term, text in pairs if term and text]
    if len(rows) < 2 or len(whole) < 0.9 * len(rows):  # noqa: PLR2004
        return False
    if sum(term.endswith(ASKS) for term, _ in whole) >= FILLED * len(whole):
        return True
    fitting = sum(len(term) <= _SHORT and not term.endswith((".", "。")) for term, _ in whole)
    letters = sum(
        any(c.isalpha() for c in term) and any(c.isalpha() for c in text) for term, text in whole
    )
    lengths = median(len(text) for _, text in whole), median(len(term) for term, _ in whole)
    terms, texts = ({pair[n] for pair in whole} for n in (0, 1))
    told = lengths[0] > lengths[1] and len(terms) > len(whole) / 2
    paired = (
        len(whole) >= _FEWEST_PAIRS
        and min(len(terms), len(texts)) >= DISTINCT * len(whole)
        and not any(any(map(str.strip, row[2:])) for row in rows)
    )
    return fitting >= 0.9 * len(whole) and letters >= 0.9 * len(whole) and (told or paired)
