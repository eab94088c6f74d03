"""Decoding: the text of a file, whatever its encoding, and a word on what had to be assumed."""

import codecs
import re
import unicodedata

from knowledge.fault import Fault

# The longer mark first: that of little-endian UTF-32 begins as that of UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_LEGACY = {
    "cp1254": "Windows-1254", "cp1252": "Windows-1252", "cp1256": "Windows-1256",
    "iso8859_6": "ISO 8859-6", "cp1250": "Windows-1250", "cp1251": "Windows-1251",
    "mac_roman": "Mac Roman", "koi8_r": "KOI8-R", "gb18030": "GBK", "big5": "Big5",
    "shift_jis": "Shift JIS", "euc_jp": "EUC-JP", "mac_arabic": "Mac Arabic",
}  # fmt: skip
"""What people still save text in, the likelier of two that fit equally well first."""
_SAID = re.compile(
    rb"<[^<>]{0,200}?\b(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{3,20})", re.IGNORECASE
)
_WIDER = {"euc-kr": "cp949", "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030"}
"""What is meant by the names of some encodings, which programs have added letters to."""
_TWICE = "was made UTF-8 twice, as “Ã©” for “é”, and was read as it was before: save it anew."
_AS_LATIN = {ord(bytes([n]).decode("cp1252")): n for n in range(128, 160)
             if n not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}  # fmt: skip
"""What Windows has in place of the control characters of Latin 1."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_BEYOND_LATIN = re.compile(f"[^\x00-\xff{''.join(map(chr, _AS_LATIN))}]")
_FEWEST_TWICE = 4  # letters beyond ASCII
_TOP = 4096
_SAMPLE = 32 * 1024
_MESSIEST = 0.1  # charset-normalizer's own measure, from 0; of texts in 13 encodings none had more
_ALIKE = 0.01
_BEYOND = re.compile(rb"[\x80-\xff]")
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_MOSTLY = 4  # times as many good letters as bad bytes: then it is UTF-8 with a flaw


def decode(data: bytes, origin: str) -> tuple[str | None, Fault | None]:
    """The text that some bytes hold, and a warning if its encoding was assumed.

    UTF-8, UTF-16 and UTF-32, with and without a mark, are told for certain; the encodings of older
    programs are told by what makes sense as text (``charset-normalizer``). Where nothing does, the
    text is None and the fault an error, at the line where UTF-8 breaks.
    """
    text, fault = _decoded(data, origin)
    if text is not None and fault is None and (once := _once(text)):
        return once, Fault(origin, 1, _TWICE, "warning")
    return text, fault


def _decoded(data: bytes, origin: str) -> tuple[str | None, Fault | None]:  # noqa: PLR0911
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name, origin)
    if b"\0" in data:
        for name in _WIDE:
            if _reads_as(data, name):
                text, fault = _strictly(data, name, origin)
                return text, fault or _assumed(origin, name.upper().removesuffix("-LE"))
        message = "is not text but binary data: save it as UTF-8 text or remove it."
        return None, Fault(origin, 1, message)
    text, fault = _strictly(data, "utf-8", origin)
    if text is None and (said := _as_said(data)) is not None:
        return said, None
    if text is not None or _is_flawed(data):
        return text, fault
    for name in _plausible(data):
        try:
            return data.decode(name), _assumed(origin, _LEGACY[name])
        except UnicodeDecodeError:
            continue
    return None, fault


def _once(text: str) -> str:
    """The text that was made UTF-8 twice (“Ã©” for “é”), if all of it was; else nothing."""
    if _BEYOND_LATIN.search(text):
        return ""
    beyond = _BEYOND_ASCII.findall(text)
    if len(beyond) < _FEWEST_TWICE:
        return ""
    try:
        once = text.translate(_AS_LATIN).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""
    return once if sum(not c.isascii() for c in once) <= len(beyond) / 2 else ""


def _as_said(data: bytes) -> str | None:
    """The text in the encoding that a page, or XML, says it is in; None if it is not.

    Programs say Latin 1 of anything: that is not believed.
    """
    match = _SAID.search(data[:_TOP])
    name = match[1].decode().lower() if match else "latin1"
    if name.startswith(("iso-8859-1", "latin", "us-ascii", "ascii", "windows-1252")):
        return None
    try:
        return data.decode(_WIDER.get(name, name))
    except (LookupError, ValueError):
        return None


def _strictly(data: bytes, name: str, origin: str) -> tuple[str | None, Fault | None]:
    try:
        return data.decode(name), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "is not in UTF-8 from here on: save the file as UTF-8."
        return None, Fault(origin, line, message)


def _assumed(origin: str, name: str) -> Fault:
    message = f"is not in UTF-8: it was read as {name}; if letters are wrong, save it as UTF-8."
    return Fault(origin, 1, message, "warning")


def _reads_as(data: bytes, name: str) -> bool:
    """Whether bytes with NULs among them are text in an encoding of two or four bytes a letter."""
    width = 4 if "32" in name else 2
    if len(data) % width or len(data) < 4 * width:
        return False
    try:
        text = data[: _SAMPLE // 4 * 4].decode(name, "ignore" if len(data) > _SAMPLE else "strict")
    except UnicodeDecodeError:
        return False
    if any(unicodedata.category(c) in ("Cn", "Co", "Cs", "Cc") and c not in "\t\r\n" for c in text):
        return False
    plain = sum(c.isascii() for c in text)  # spaces and line ends at least
    return plain > len(text) / 20 and not text.isspace()


def _is_flawed(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 are so but for a few."""
    good = len(_MULTIBYTE.findall(data))
    bad = data.decode("utf-8", "replace").count("\ufffd")
    return good >= _MOSTLY * bad


def _plausible(data: bytes) -> list[str]:
    """The older encodings in which the lines with letters beyond ASCII make sense, best first."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  (nearly every file is UTF-8)

    first = _BEYOND.search(data)
    start = max(0, data.rfind(b"\n", 0, first.start()) + 1, first.start() - 200) if first else 0
    lines = data[start : start + 64 * _SAMPLE].split(b"\n")
    sample = b"\n".join(line for line in lines if not line.isascii())[:_SAMPLE]
    known = [name for name in _LEGACY if name != "mac_arabic"]  # which the library leaves out
    found = [
        (match.chaos, -match.coherence, match.encoding)
        for match in from_bytes(sample, cp_isolation=known)
        if match.chaos <= _MESSIEST and match.encoding in _LEGACY
    ]
    # A text that several encodings give alike is listed under one of them. Where Windows-1254 gives
    # other letters (ğ, ı, ş) they are Turkish; those of Windows-1252 would be Icelandic.
    turkish = any(n == "cp1254" for *_, n in found) and not _alike(sample, "cp1254", "cp1252")
    if not turkish:
        found += [(c, h, "cp1252") for c, h, name in found if _alike(sample, name, "cp1252")]
    least = min((chaos for chaos, _, _ in found), default=0)
    order = list(_LEGACY)
    best = sorted(found, key=lambda item: (item[0] > least + _ALIKE, item[1], order.index(item[2])))
    names = [name for _, _, name in best if _has_words(sample.decode(name, "ignore"))]
    return names or (["mac_arabic"] if _is_arabic(sample) else [])


def _alike(sample: bytes, one: str, other: str) -> bool:
    return sample.decode(one, "ignore") == sample.decode(other, "ignore")


def _has_words(text: str) -> bool:
    """Whether it has letters enough to be told by, and no control characters but white space."""
    return sum(c.isalpha() for c in text) > 1 and not re.search(
        "[\x00-\x08\x0e-\x1f\x7f-\x9f]", text
    )


def _is_arabic(sample: bytes) -> bool:
    beyond = [c for c in sample.decode("mac_arabic", "ignore") if not c.isascii()]
    return len(beyond) > 1 and all("\u0600" <= c <= "\u06ff" for c in beyond)
