"""Binary: the records of an XLSB workbook, as far as they say how much it unpacks to."""

from collections.abc import Iterator

HOLDS_CELLS = b"\x91\x01"
"""What stands before the rows of a sheet."""
_ROW, _TEXT, _SHARED = 0, 19, 7
_CELLS = range(2, 12)  # all but blank ones
_LENGTH = slice(1, 5)  # of a shared text, after its flags


def texts(content: bytes) -> list[int]:
    """The lengths of the texts that cells share."""
    return [_number(body, _LENGTH) for kind, body in _records(content) if kind == _TEXT]


def cells(content: bytes) -> Iterator[tuple[int, int, int]]:
    """The row and the column of each filled cell, from 1, and which text it shares, or -1."""
    row = 0
    for kind, body in _records(content):
        if kind == _ROW:
            row = _number(body, slice(4)) + 1
        elif kind in _CELLS:
            shared = _number(body, slice(8, 12)) if kind == _SHARED else -1
            yield row, _number(body, slice(4)) + 1, shared


def _number(body: bytes, place: slice) -> int:
    return int.from_bytes(body[place], "little")


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each record: its kind, and what it holds. Kinds and sizes have seven bits a byte."""
    at = 0
    while at < len(content):
        kind, at = _variable(content, at, 2)
        size, at = _variable(content, at, 4)
        yield kind, content[at : at + size]
        at += size


def _variable(content: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for n in range(most):
        byte = content[at] if at < len(content) else 0
        value |= (byte & 0x7F) << 7 * n
        at += 1
        if byte < 0x80:  # noqa: PLR2004  (no further byte)
            break
    return value, at
