"""The bulk of a workbook: how much it unpacks to, weighed before it is, so that none can hurt."""

import io
import re
import struct
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

from knowledge.formats.tables import binary, compound

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES = 128 * 1024 * 1024  # unpacked
_MOST_CELLS = 2_500_000
"""Empty ones between others counted: all are laid out, at 300 bytes each."""
_MOST_RECORDS = 3 * _MOST_CELLS  # of a binary sheet: each cell may have a row
_SPACES = re.compile(rb"<text:s\b[^<>]*?text:c\s*=\s*[\"']\s*\+?(\d{1,20})")
_PLACE = re.compile(r"\s*([A-Za-z]{0,3})([0-9]{0,7})")
_ODS = re.compile(
    rb"<table:table\s|</?table:table-row\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>"
    rb"|<table:(?:covered-)?table-cell\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>"
)
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']\s*\+?(\d{1,20})")
_SHEET = re.compile(rb"<(?:[\w.-]+:)?worksheet\b")
_DIGITS = 20  # of a number; more are zeros before it
LOCKED = "is protected by a password: save it without one."
BROKEN = "cannot be read as a workbook: open it in a spreadsheet program and save it again."
_TOO_LARGE = "unpacks to more than a glossary can hold: save the sheet with the terms as CSV."


class Unreadable(Exception):  # noqa: N818  (it is a sentence for the fault)
    """Why a workbook cannot be read."""


def weigh(data: bytes) -> None:
    """Refuses what would take too much memory, before it does: declared sizes must be true.

    Raises:
        Unreadable: it is too large, locked, or broken.
    """
    if not data.startswith(_ZIP):
        _weigh_compound(data)
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise Unreadable(LOCKED)
        if sum(member.file_size for member in members) > _MOST_BYTES:
            raise Unreadable(_TOO_LARGE)
        is_binary = any(member.filename.lower() == "xl/workbook.bin" for member in members)
        shared = _shared(archive)
        text = 0  # characters of shared texts, as often as cells show them
        for member in members:  # all are read, so that their checksums are seen to be right
            content = archive.read(member)
            text += _weigh_part(member.filename, content, shared)
            if is_binary:  # whatever the part is called: it tells no sheet from another part
                text += _weigh_binary(content, shared)
            if text > _MOST_BYTES:
                raise Unreadable(_TOO_LARGE)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, EOFError,
            NotImplementedError, RuntimeError, expat.ExpatError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]  # fmt: skip
        raise Unreadable(BROKEN) from error


def _weigh_compound(data: bytes) -> None:
    try:
        cells, text = compound.bulk(data)
        weigh_area(cells)
    except (ValueError, struct.error) as error:
        raise Unreadable(LOCKED if is_locked(data) else BROKEN) from error
    if text > _MOST_BYTES:
        raise Unreadable(_TOO_LARGE)


def is_locked(data: bytes) -> bool:
    """Whether an encrypted package stands where a workbook should; names are in UTF-16 there."""
    return data.startswith(_COMPOUND) and "EncryptedPackage".encode("utf-16-le") in data


def _shared(archive: zipfile.ZipFile) -> list[int]:
    """The lengths of the texts that cells share."""
    texts = _Texts()
    for member in archive.infolist():
        if member.filename.lower() == "xl/sharedstrings.xml":
            _parse(archive.read(member), texts)
        elif member.filename.lower() == "xl/sharedstrings.bin":
            texts.take(archive.read(member))
    return texts.lengths


def _weigh_part(name: str, content: bytes, shared: list[int]) -> int:
    """Weighs a part of a workbook; returns the length of the shared texts that it shows."""
    if name == "META-INF/manifest.xml" and b"encryption-data" in content:
        raise Unreadable(LOCKED)
    if name == "content.xml":
        _weigh_repeats(content)
    elif _SHEET.search(content):  # wherever it lies: another part says where
        cells = _Cells(shared)
        _parse(content, cells)
        return cells.text
    return 0


def _weigh_binary(content: bytes, shared: list[int]) -> int:
    cells = _Cells(shared)
    cells.take(content)
    return cells.text


def weigh_area(cells: int) -> None:
    """Refuses an area too large to be laid out.

    Raises:
        Unreadable: it is.
    """
    if cells > _MOST_CELLS:
        raise Unreadable(_TOO_LARGE)


def _parse(content: bytes, handler: "_Texts | _Cells") -> None:
    """Runs through XML, however it is written: prefixes, comments and entities hide nothing."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.characters
    parser.EntityDeclHandler = _refuse
    parser.Parse(content, True)  # noqa: FBT003


def _refuse(*_: Any) -> None:  # noqa: ANN401
    raise Unreadable(BROKEN)  # spreadsheet programs declare no entities


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Texts:
    """The lengths of the texts that cells share."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, name: str, _: Mapping[str, str]) -> None:
        if _local(name) == "si":
            self.lengths.append(0)

    def end(self, name: str) -> None:
        pass

    def characters(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)

    def take(self, content: bytes) -> None:
        """The texts of a binary workbook."""
        items = (data for kind, data in binary.records(content) if kind == binary.ITEM)
        self.lengths += (binary.number(data, 1) for data in items)


class _Cells:
    """The area that the filled cells of a sheet span, and the length of the texts they share."""

    def __init__(self, lengths: list[int]) -> None:
        self.text = 0
        self._lengths = lengths
        self._row = self._column = self._widest = self._lowest = 0
        self._shares = self._in_value = False
        self._value = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match _local(name):
            case "row":
                said = _PLACE.match(attributes.get("r", ""))
                self._row = int((said and said[2]) or self._row + 1)
                self._column = 0
            case "c":
                self._begin(attributes)
            case "v":
                self._in_value, self._value = True, ""
            case "is" | "f":
                self._fill()

    def _begin(self, attributes: Mapping[str, str]) -> None:
        said = _PLACE.match(attributes.get("r", ""))
        letters, number = (said[1].upper(), said[2]) if said else ("", "")
        place = sum((ord(c) - 64) * 26**n for n, c in enumerate(reversed(letters)))
        self._column = place or self._column + 1
        self._row = int(number or self._row)
        self._shares = attributes.get("t", "").strip() == "s"

    def _fill(self) -> None:
        self._widest = max(self._widest, self._column)
        self._lowest = max(self._lowest, self._row)
        if self._widest * self._lowest > _MOST_CELLS or self.text > _MOST_BYTES:
            raise Unreadable(_TOO_LARGE)

    def end(self, name: str) -> None:
        if _local(name) == "v":
            self._in_value = False
            if self._shares and (value := self._value.strip()).isdecimal():
                self._share(int(value[-_DIGITS:]))
            self._fill()

    def _share(self, place: int) -> None:
        self.text += self._lengths[place] if place < len(self._lengths) else 0

    def take(self, content: bytes) -> None:
        """The cells of a binary sheet."""
        begun = False
        for count, (kind, data) in enumerate(binary.records(content)):
            if count > _MOST_RECORDS:
                raise Unreadable(_TOO_LARGE)
            begun = begun or kind == binary.SHEET
            if kind == binary.ROW:
                self._row = binary.number(data, 0) + 1
            elif begun and kind in binary.CELLS:
                self._column = binary.number(data, 0) + 1
                if kind == binary.SHARED:
                    self._share(binary.number(data, 8))
                self._fill()

    def characters(self, text: str) -> None:
        if self._in_value:
            self._value += text


def _weigh_repeats(content: bytes) -> None:
    """Adds up the cells of repeated rows and columns of OpenDocument, up to the last filled."""
    rows = widest = lowest = width = row = 0
    filled = False
    text = within = 0  # bytes of text, of the sheets and of a row, as often as they are repeated
    begun, times = 0, 0  # where the text of a cell begins, and how often it stands in its row
    for found in _ODS.finditer(content):
        tag = found[0]
        if times:
            said = content[begun : found.start()]
            within += times * (len(said) + sum(map(int, _SPACES.findall(said))))
            times = 0
        repeated = _REPEATED.search(tag)
        count = int(repeated[1]) if repeated else 1
        if tag.startswith(b"<table:table-row"):
            row, width, filled, within = count, 0, False, 0
        elif tag.startswith(b"</"):
            rows += row
            text += within * row
            lowest = rows if filled else lowest
        elif tag.startswith(b"<table:table "):
            rows = widest = lowest = 0
        else:
            width += count
            if not tag.endswith(b"/>"):
                begun, times = found.end(), count
                filled, widest = True, max(widest, width)
                lowest = max(lowest, rows + row)
        if widest * lowest > _MOST_CELLS or text + within > _MOST_BYTES:
            raise Unreadable(_TOO_LARGE)
