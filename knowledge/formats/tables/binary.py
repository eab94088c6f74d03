"""Binary workbooks (XLSB): the records that their parts are made of, as MS-XLSB has them."""

from collections.abc import Iterator

ROW, SHARED, ITEM, SHEET = 0, 7, 19, 145
"""Kinds: a row, a cell with a shared text, such a text, and what stands before the rows."""
CELLS = frozenset(range(2, 12))
"""Kinds of filled cells; a cell that has but a format is of none of them."""
_TOP = 12  # bytes: the place of a cell and the number of its text


def records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The kind of each record, and its first bytes; up to where the part is cut off."""
    position = 0
    while position < len(content):
        kind, position = _number(content, position, 2)
        size, position = _number(content, position, 4)
        yield kind, content[position : position + min(size, _TOP)]
        position += size


def number(data: bytes, place: int) -> int:
    """A number within a record; 0 where it is cut off."""
    return int.from_bytes(data[place : place + 4], "little")


def _number(content: bytes, position: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and the position behind it."""
    found = 0
    for n, byte in enumerate(content[position : position + most]):
        found |= (byte & 0x7F) << 7 * n
        if byte < 0x80:  # noqa: PLR2004  (the last one)
            return found, position + n + 1
    return found, position + most
