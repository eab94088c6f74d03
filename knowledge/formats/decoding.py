"""Decoding: the text of a file, whatever its encoding, and a word on what had to be assumed."""

import codecs
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

# What people still save text in, the likelier of two that fit equally well first.
_LEGACY = (
    "cp1252", "cp1254", "cp1256", "iso8859_6", "cp1250", "cp1251", "mac_roman", "koi8_r", "gb18030",
    "big5", "shift_jis", "euc_jp", "cp949",
)  # fmt: skip
_SAMPLE = 16 * 1024  # bytes
_TWICE = "was made UTF-8 twice, as “Ã©” for “é”, and was read as it was before: save it anew."


@dataclass(frozen=True)
class File:
    """A file: its path as it is shown, and its bytes."""

    path: PurePath
    data: bytes

    @property
    def origin(self) -> str:
        """The path as entries and faults name it."""
        return str(self.path)


class UnreadableError(Exception):
    """A file that cannot be read: why, and the line."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def decode(data: bytes) -> tuple[str, str]:
    """The text that some bytes hold, and a word of warning if its encoding was assumed.

    By its mark, as UTF-8, or as what makes sense as text (``charset-normalizer``). What was made
    UTF-8 twice is mended (``ftfy``).
    """
    # The mark of little-endian UTF-32 begins as that of UTF-16 does.
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        for name in ("utf-32", "utf-16"):
            with suppress(UnicodeError):
                return data.decode(name), ""
    if b"\0" in data:
        raise UnreadableError("is not text but binary data: save it as UTF-8 text or remove it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        with suppress(LookupError, UnicodeError):
            name = _guessed(data)
            assumed = f"it was read as {name}; if letters are wrong, save it as UTF-8."
            return data.decode(name), f"is not in UTF-8: {assumed}"
        broken = "is not in UTF-8 from here on: save the file as UTF-8."
        raise UnreadableError(broken, data.count(b"\n", 0, error.start) + 1) from error
    mended = _mended(text)
    return mended, "" if mended == text else _TWICE


def _guessed(data: bytes) -> str:
    """The older encoding in which the lines with letters beyond ASCII make sense; or “”."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  (nearly every file is UTF-8)

    unicode = data.decode("utf-8", "replace")
    bad = unicode.count("\ufffd")
    beyond_ascii = len(unicode) - len(unicode.encode("ascii", "ignore"))
    if beyond_ascii >= 5 * bad:  # then it is UTF-8 with a flaw
        return ""
    lines = (line for line in data[: 64 * _SAMPLE].split(b"\n") if not line.isascii())
    found = from_bytes(b"\n".join(lines)[:_SAMPLE], cp_isolation=[*_LEGACY], threshold=0.1)
    # Where Windows-1252 has the letters of Icelandic, Windows-1254 has those of Turkish.
    if any(match.encoding == "cp1254" and match.language == "Turkish" for match in found):
        return "cp1254"
    best = found.best()
    alike = {best.encoding, *best.could_be_from_charset} if best else set()
    is_told = sum(map(str.isalpha, str(best))) > 1
    return next((name for name in _LEGACY if name in alike and is_told), "")


def _mended(text: str) -> str:
    """The text; if all of it was made UTF-8 twice (“Ã©” for “é”), as it was before."""
    import ftfy  # noqa: PLC0415
    from ftfy.badness import is_bad  # noqa: PLC0415

    # Mending takes a second for each million of characters.
    if text.isascii() or len(text) > 2_000_000 or not is_bad(text[:_SAMPLE]):  # noqa: PLR2004
        return text
    return ftfy.fix_encoding(text, decode_inconsistent_utf8=False, replace_lossy_sequences=False)
