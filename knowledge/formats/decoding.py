"""Decoding: the text of a file, whatever its encoding, and a word on what had to be assumed."""

import codecs

from knowledge.fault import Fault

# The longer mark first: that of little-endian UTF-32 begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What people still save text in, the likelier of two that fit equally well first.
_LEGACY = {
    "cp1252": "Windows-1252", "cp1254": "Windows-1254", "cp1256": "Windows-1256",
    "iso8859_6": "ISO 8859-6", "cp1250": "Windows-1250", "cp1251": "Windows-1251",
    "mac_roman": "Mac Roman", "koi8_r": "KOI8-R", "gb18030": "GBK", "big5": "Big5",
    "shift_jis": "Shift JIS", "euc_jp": "EUC-JP", "cp949": "EUC-KR",
}  # fmt: skip
_SAMPLE = 16 * 1024  # bytes
_MENDABLE = 2_000_000  # characters: mending takes a second for each million
_MOSTLY = 4  # times as many good letters as bad bytes: then it is UTF-8 with a flaw
_FEWEST_TWICE = 4  # letters beyond ASCII
_BROKEN = "is not in UTF-8 from here on: save the file as UTF-8."
_BINARY = "is not text but binary data: save it as UTF-8 text or remove it."
_TWICE = "was made UTF-8 twice, as “Ã©” for “é”, and was read as it was before: save it anew."


def decode(data: bytes, origin: str) -> tuple[str | None, Fault | None]:
    """The text that some bytes hold, and a warning if its encoding was assumed.

    Marks, UTF-8, UTF-16 without a mark, then what makes sense as text (``charset-normalizer``).
    Where nothing does, the text is None and the fault an error, at the line where UTF-8 breaks.
    What was made UTF-8 twice is mended (``ftfy``).
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = _as(data, name)
            return text, None if text is not None else _fault(data, origin)
    if b"\0" in data:
        text = _wide(data)
        return text, _assumed(origin, "UTF-16") if text else Fault(origin, 1, _BINARY)
    if (text := _as(data, "utf-8")) is not None:
        mended = _mended(text)
        return (text, None) if mended == text else (mended, Fault(origin, 1, _TWICE, "warning"))
    name = "" if _is_flawed(data) else _guessed(data)
    text = _as(data, name) if name else None
    return text, _fault(data, origin) if text is None else _assumed(origin, _LEGACY[name])


def _as(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _fault(data: bytes, origin: str) -> Fault:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Fault(origin, data.count(b"\n", 0, error.start) + 1, _BROKEN)
    return Fault(origin, 1, _BROKEN)


def _assumed(origin: str, name: str) -> Fault:
    message = f"is not in UTF-8: it was read as {name}; if letters are wrong, save it as UTF-8."
    return Fault(origin, 1, message, "warning")


def _wide(data: bytes) -> str | None:
    """Text of two bytes a letter, without a mark: its line ends tell their order."""
    for name, end in (("utf-16-le", b"\n\0"), ("utf-16-be", b"\0\n")):
        text = _as(data, name) if end in data else None
        if text and all(c.isprintable() or c in "\t\r\n\u200f\u200e" for c in text[:_SAMPLE]):
            return text
    return None


def _is_flawed(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 are so but for a few."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(not c.isascii() for c in text) - bad >= _MOSTLY * bad


def _guessed(data: bytes) -> str:
    """The older encoding in which the lines with letters beyond ASCII make sense; or “”."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  (nearly every file is UTF-8)

    lines = (line for line in data[: 64 * _SAMPLE].split(b"\n") if not line.isascii())
    sample = b"\n".join(lines)[:_SAMPLE]
    found = from_bytes(sample, cp_isolation=[*_LEGACY], threshold=0.1)
    # Where Windows-1252 has the letters of Icelandic, Windows-1254 has those of Turkish.
    turkish = [
        match for match in found if match.encoding == "cp1254" and match.language == "Turkish"
    ]
    best = found.best()
    if best is None or sum(c.isalpha() for c in str(best)) < 2:  # noqa: PLR2004
        return ""
    alike = {best.encoding, *best.could_be_from_charset}
    return "cp1254" if turkish else next(name for name in _LEGACY if name in alike)


def _mended(text: str) -> str:
    """The text; if it was made UTF-8 twice (“Ã©” for “é”), all of it, as it was before."""
    import ftfy  # noqa: PLC0415
    from ftfy.badness import is_bad  # noqa: PLC0415

    if text.isascii() or len(text) > _MENDABLE or not is_bad(text[:_SAMPLE]):
        return text
    mended = ftfy.fix_encoding(text)
    beyond = sum(not c.isascii() for c in text)
    # A text on encodings holds “Ã©” as it is: it has other letters that are right.
    twice = beyond >= _FEWEST_TWICE and sum(not c.isascii() for c in mended) <= beyond / 2
    return mended if twice and not is_bad(mended) else text
