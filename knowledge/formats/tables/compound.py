"""Old workbooks (XLS): the streams of a compound file (MS-CFB), and the area of the sheets in it.

Only what tells how much memory reading one takes: who reads it allocates what its sheets declare.
"""

import struct
from array import array
from collections.abc import Iterator

_CUTOFF = 4096  # bytes; shorter streams lie in sectors of their own size
_SMALL = 64
_LAST = 0xFFFFFFFA  # sectors; greater numbers end a chain
_ENTRY = 128  # bytes of a directory entry
_HEADER_FAT = slice(76, 512)  # where the header names the sectors of the table
_STREAMS = {"Workbook", "Book"}
_BOUND_SHEET, _DIMENSIONS, _END = 0x85, 0x200, 0x0A
_CELLS = {2, 3, 4, 5, 6, 7, 0xBD, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x207, 0x27E}
_RESERVED = 8  # times as many cells may be declared: nothing is written there
_SEVERAL = 0xBD  # a cell's record that holds those beside it


def area(data: bytes) -> int:
    """The cells of all sheets of a workbook, empty ones between others counted.

    Raises:
        ValueError: it is no compound file, or its sectors follow each other without end.
    """
    return sum(_area(stream) for stream in _streams(data))


def _area(stream: bytes) -> int:
    """Of the stream that holds a workbook; a sheet that is named twice is read twice."""
    found = 0
    known: dict[int, int] = {}
    for kind, held in _records(stream, 0):
        if kind == _BOUND_SHEET and len(held) >= 4:  # noqa: PLR2004
            start = int.from_bytes(held[:4], "little")
            if start not in known:
                known[start] = _sheet(stream, start)
            found += known[start]
        elif kind == _END:
            break
    return found


def _sheet(stream: bytes, start: int) -> int:
    rows = columns = declared = 0
    for kind, held in _records(stream, start):
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
    return max(declared // _RESERVED, rows * columns)


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
