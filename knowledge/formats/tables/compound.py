"""Old workbooks (XLS): the streams of a compound file (MS-CFB), and the bulk of the sheets in it.

Only what tells how much memory reading one takes: who reads it allocates what its sheets declare.
"""

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

_CUTOFF = 4096  # bytes; shorter streams lie in sectors of their own size
_SMALL = 64
_LAST = 0xFFFFFFFA  # sectors; greater numbers end a chain
_ENTRY = 128  # bytes of a directory entry
_HEADER_FAT = slice(76, 512)  # where the header names the sectors of the table
_STREAMS = {"Workbook", "Book"}
_BOUND_SHEET, _DIMENSIONS, _END = 0x85, 0x200, 0x0A
_TEXTS, _GOES_ON, _SHARED = 0xFC, 0x3C, 0xFD
"""The records of the texts that cells share, and of a cell that shows one."""
_CELLS = {2, 3, 4, 5, 6, 7, 0xBD, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x207, 0x27E}
_RESERVED = 8  # times as many cells may be declared: nothing is written there
_MOST_RECORDS = 7_500_000  # of all sheets
_SEVERAL = 0xBD  # a cell's record that holds those beside it


class Bulk(NamedTuple):
    """How much sheets hold."""

    cells: int
    """Empty ones between others counted."""
    text: int
    """Characters of shared texts, as often as cells show them."""


def bulk(data: bytes) -> Bulk:
    """The bulk of all sheets of a workbook.

    Raises:
        ValueError: it is no compound file, its sectors follow each other without end, or its
            sheets do.
    """
    return _sum(_bulk(stream) for stream in _streams(data))


def _sum(bulks: Iterable[Bulk]) -> Bulk:
    held = list(bulks)
    return Bulk(sum(each.cells for each in held), sum(each.text for each in held))


def _bulk(stream: bytes) -> Bulk:
    """Of the stream that holds a workbook; a sheet that is named twice is read twice."""
    starts: list[int] = []
    shared: list[bytes] = []
    last = 0
    for kind, held in _records(stream, 0):
        if kind == _BOUND_SHEET and len(held) >= 4:  # noqa: PLR2004
            starts.append(int.from_bytes(held[:4], "little"))
        elif kind == _TEXTS or (kind == _GOES_ON and last in (_TEXTS, _GOES_ON) and shared):
            shared.append(held)
        elif kind == _END:
            break
        last = kind
    lengths = list(_lengths(shared))
    walked = count()
    known = {start: _sheet(stream, start, lengths, walked) for start in dict.fromkeys(starts)}
    return _sum(known[start] for start in starts)


def _sheet(stream: bytes, start: int, lengths: Sequence[int], walked: Iterator[int]) -> Bulk:
    rows = columns = declared = text = 0
    for (kind, held), n in zip(_records(stream, start), walked, strict=False):
        if n > _MOST_RECORDS:
            raise ValueError  # many sheets that are one another's ends
        if kind == _END:
            break
        if kind == _DIMENSIONS and len(held) >= 10:  # noqa: PLR2004
            form = "<IIHH" if len(held) >= 12 else "<HHHH"  # noqa: PLR2004
            top, bottom, left, right = struct.unpack_from(form, held)
            declared += max(0, bottom - top + 1) * max(0, right - left + 1)
        elif kind in _CELLS and len(held) >= 4:  # noqa: PLR2004
            row, column = struct.unpack_from("<HH", held)
            last = int.from_bytes(held[-2:], "little") if kind == _SEVERAL else column
            rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
            if kind == _SHARED:
                place = int.from_bytes(held[6:10], "little")
                text += lengths[place] if place < len(lengths) else 0
    return Bulk(max(declared // _RESERVED, rows * columns), text)


def _lengths(records: Sequence[bytes]) -> Iterator[int]:
    """The lengths of the shared texts, which go on from record to record; up to a broken one."""
    texts = _Texts(records)
    try:
        texts.take(4)
        for _ in range(int.from_bytes(texts.take(4), "little")):
            yield texts.skip()
    except (IndexError, struct.error):
        return


class _Texts:
    """What is left of the records of shared texts (MS-XLS, XLUnicodeRichExtendedString)."""

    def __init__(self, records: Sequence[bytes]) -> None:
        self._records = records
        self._record = self._at = 0

    def take(self, size: int) -> bytearray:
        """The next bytes, of one record or of several."""
        taken = bytearray()  # which grows in place: of few bytes each, there may be many
        while len(taken) < size:
            held = self._records[self._record][self._at : self._at + size - len(taken)]
            taken += held
            self._at += len(held)
            if len(taken) < size:
                self._record, self._at = self._record + 1, 0
        return taken

    def skip(self) -> int:
        """Passes over a text; returns its length."""
        length, flags = struct.unpack("<HB", self.take(3))
        runs = int.from_bytes(self.take(2), "little") if flags & 8 else 0
        more = int.from_bytes(self.take(4), "little") if flags & 4 else 0
        left, width = length, 1 + (flags & 1)
        while left:
            room = (len(self._records[self._record]) - self._at) // width
            self._at += width * min(left, room)
            left -= min(left, room)
            if left:  # in the next record, which begins with the width of its letters
                self._record, self._at = self._record + 1, 1
                width = 1 + (self._records[self._record][0] & 1)
        self.take(4 * runs + more)
        return int(length)


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + size]
        position += 4 + size


def _streams(data: bytes) -> Iterator[bytes]:
    """The streams that may hold a workbook."""
    size = {9: 512, 12: 4096}.get(int.from_bytes(data[30:32], "little"))
    if size is None or data[32:34] != b"\x06\0" or len(data) < _HEADER_FAT.stop:
        raise ValueError
    directory, short_table, more = (
        int.from_bytes(data[place : place + 4], "little") for place in (48, 60, 68)
    )

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    named = _numbers(data[_HEADER_FAT])
    while more < _LAST and len(named) * size <= len(data) + _HEADER_FAT.stop * size:
        *others, more = _numbers(sector(more)) or [_LAST]
        named.extend(others)
    named = array("I", [number for number in named if number < _LAST])
    if len({*named}) < len(named):
        raise ValueError  # it would be read again and again
    table = _numbers(b"".join(map(sector, named)))
    _check(table)
    entries = b"".join(map(sector, _chain(directory, table)))
    root = int.from_bytes(entries[116:120], "little")
    for place in range(0, len(entries), _ENTRY):
        entry = entries[place : place + _ENTRY]
        name = entry[: int.from_bytes(entry[64:66], "little")].decode("utf-16-le", "replace")
        if name.rstrip("\0") not in _STREAMS:
            continue
        start, length = struct.unpack_from("<II", entry.ljust(_ENTRY, b"\0"), 116)
        if length >= _CUTOFF:
            yield b"".join(map(sector, _chain(start, table)))[:length]
        else:
            within = b"".join(map(sector, _chain(root, table)))
            short = _numbers(b"".join(map(sector, _chain(short_table, table))))
            _check(short)
            pieces = (within[n * _SMALL : (n + 1) * _SMALL] for n in _chain(start, short))
            yield b"".join(pieces)[:length]


def _numbers(data: bytes) -> "array[int]":
    return array("I", data[: len(data) // 4 * 4])


def _chain(start: int, table: "array[int]") -> Iterator[int]:
    """The sectors of a stream."""
    while start < len(table):
        yield start
        start = table[start]


def _check(table: "array[int]") -> None:
    """Refuses a table in which sectors follow each other without end."""
    found = bytearray(len(table))  # 1 on the way from the sector that is looked at, then 2
    for first in range(len(table)):
        way = []
        number = first
        while number < len(table) and not found[number]:
            found[number] = 1
            way.append(number)
            number = table[number]
        if number < len(table) and found[number] == 1:
            raise ValueError
        for number in way:
            found[number] = 2
