"""Decoding: text in whatever encoding."""

import codecs

import charset_normalizer
import ftfy

from knowledge.fault import Fault

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
_LOOKED_AT = 64 * 1024  # bytes, by which an encoding is told
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")
_BINARY = 0.02  # of bytes that are control characters
_WIDE = 0.2  # of bytes that are zero: text of two bytes a character


def decode(data: bytes, origin: str) -> tuple[str | None, Fault | None]:
    """The text of a file, and what is to be said of it; no text where it is none."""
    name = next((each for mark, each in _MARKS.items() if data.startswith(mark)), "utf-8")
    start = data[:_LOOKED_AT]
    if name == "utf-8" and start.count(0) > _WIDE * len(start):
        name = "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    try:
        return _mended(data.decode(name)), None
    except UnicodeDecodeError:
        pass
    if sum(byte in _CONTROLS for byte in start) > _BINARY * len(start):
        message = "is not text but binary data: save it as UTF-8 text or remove it."
        return None, Fault(origin, 1, message)
    best = charset_normalizer.from_bytes(start).best()
    guessed = best.encoding if best else "cp1252"
    text = data.decode(guessed, errors="replace")
    lost = "; what it could not read stands as �" if "�" in text else ""
    message = f"is not UTF-8 and was read as {guessed}{lost}: save it as UTF-8 to be sure."
    return text, Fault(origin, 1, message, "warning")


def _mended(text: str) -> str:
    """A text without the letters of a wrong decoding (“Ã©”), where all of it has them."""
    return ftfy.fix_encoding(text) if "Ã" in text or "Ø" in text or "Ù" in text else text
