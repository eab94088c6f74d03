"""Formulas: LaTeX as MathML for pages, on one line for text, and as Typst sets it in print."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import lru_cache
from xml.etree.ElementTree import Element, fromstring, tostring

from knowledge.fault import BlockError

_LONGEST = 2_000  # characters: a formula of a page's width has a tenth
_KEPT = {"display", "stretchy", "fence", "form", "columnalign", "separator", "accent"}
_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_ACCENTS = {
    "^": "\u0302", "~": "\u0303", "¯": "\u0304", "‾": "\u0304", "˙": "\u0307", "→": "\u20d7",
}  # fmt: skip
_DEEPEST = 60
_TAGS = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mpadded", "mphantom", "mfrac",
    "msup", "msub", "msubsup", "mover", "munder", "munderover", "msqrt", "mroot", "mtable", "mtr",
    "mtd",
}  # fmt: skip
_PLAIN = {
    "mfrac": "{}/{}", "msub": "{}_{}", "munder": "{}_{}", "msup": "{}^{}", "mover": "{}^{}",
    "msubsup": "{}_{}^{}", "munderover": "{}_{}^{}", "mroot": "{}^(1/{})",
}  # fmt: skip
_TYPST = {
    "mfrac": "frac({}, {})", "mroot": "root({1}, {0})", "msub": "{}_({})", "munder": "{}_({})",
    "msup": "{}^({})", "mover": "{}^({})", "msubsup": "{}_({})^({})", "munderover": "{}_({})^({})",
}  # fmt: skip
_PARTS = {tag: text.count("{}") for tag, text in _PLAIN.items()} | {"msqrt": 1}
# Spaces that a line does without: within brackets, before what closes, in f(x); in −1.
_HUGGED = re.compile(r"(?<=[(\[{⟨|‖/]) | (?=[)\]}⟩!'′,;])|(?<=[\w)\]}⟩′]) (?=[(\[{⟨|‖/](?: |$))")
_SIGN = re.compile(r"((?:^|[(\[{⟨=<>≤≥≈,;+] ?)[−-]) ")


def mathml(latex: str) -> str:
    """A formula as MathML, in a line of its own.

    Raises:
        BlockError: It is no LaTeX that can be set.
    """
    root = deepcopy(_tree(latex))  # which is shared
    root.set("xmlns", _NAMESPACE.strip("{}"))
    root.set("alttext", plain(latex))
    return tostring(root, "unicode")


def plain(latex: str) -> str:
    """A formula on one line: “softmax(z)_i = e^(z_i)/(∑_j e^(z_j))”.

    Raises:
        BlockError: see ``mathml``.
    """
    text = _spaced(_line(_tree(latex)))
    return unicodedata.normalize("NFC", text).replace("^′", "′")


def typst(latex: str) -> str:
    """A formula as Typst writes formulas; its letters and words are no code.

    Raises:
        BlockError: see ``mathml``.
    """
    return _typst(_tree(latex))


@lru_cache
def _tree(latex: str) -> Element:
    from latex2mathml.converter import convert  # noqa: PLC0415  (few pages have formulas)

    if len(latex) > _LONGEST:
        raise BlockError(f"a formula is longer than {_LONGEST:,} characters: part it.")
    try:
        root = fromstring(convert(latex, display="block"))  # noqa: S314  (a library wrote it)
    except Exception as error:  # its faults have no class in common, and some are Python's own
        what = re.sub(r"(?<!^)(?=[A-Z])", " ", type(error).__name__.removesuffix("Error")).lower()
        raise BlockError(f"a formula is no LaTeX that can be set ({what}).") from error
    if _depth(root) > _DEEPEST:
        raise BlockError("a formula nests too deep.")
    for node in root.iter():
        node.tag = node.tag.removeprefix(_NAMESPACE)
        if node.tag not in _TAGS:  # written in words, which the library lets through
            raise BlockError(f"a formula has “<{node.tag}>”, which is no sign of a formula.")
        if node.tag == "mi" and (node.text or "").startswith("\\"):
            what = f"“{node.text}”, which is no command of LaTeX's known here"
            raise BlockError(f"a formula has {what}.")
        if len(node) < _PARTS.get(node.tag, 0):
            raise BlockError("a formula is no LaTeX that can be set (it breaks off).")
        for name in set(node.attrib) - _KEPT:
            del node.attrib[name]
    return root


def _depth(root: Element) -> int:
    deep, row = 0, [root]
    while row:
        deep, row = deep + 1, [child for node in row for child in node]
    return deep


def _group(nodes: Iterable[Element]) -> str:
    """A part of a formula, in brackets unless it is one sign or word."""
    text = _spaced(sign for node in nodes for sign in _line(node))
    return text if re.fullmatch(r"[^\W_]+|[\d.]+|.\W?", text) else f"({text})"


def _line(node: Element) -> Iterator[str]:
    """The signs and words of a formula, a fraction or a power being one."""
    parts = list(node)
    if node.tag == "mover" and (accent := _ACCENTS.get("".join(parts[1].itertext()))):
        yield _group([parts[0]]) + accent
    elif node.tag in _PLAIN:
        yield _PLAIN[node.tag].format(*(_group([part]) for part in parts))
    elif node.tag == "msqrt":
        yield f"√{_group(parts)}"
    elif node.tag == "mtable":
        cells = ([" ".join(_line(cell)) for cell in row] for row in parts)
        yield "; ".join(", ".join(row) for row in cells)
    elif parts:
        for part in parts:
            yield from _line(part)
    else:
        yield unicodedata.normalize("NFKC", node.text or "")


def _spaced(signs: Iterable[str]) -> str:
    """Signs and words with the spaces between them that a line needs."""
    text = _HUGGED.sub("", " ".join(filter(None, signs)))
    return _SIGN.sub(r"\1", text).strip()


def _typst(node: Element) -> str:
    parts = [_typst(part) for part in node]
    if node.tag == "mover" and (accent := _ACCENTS.get("".join(node[1].itertext()))):
        return f'accent({parts[0]}, "{accent}")'
    if node.tag == "mtable":
        return f"mat(delim: #none, {'; '.join(parts)})"
    if node.tag in _TYPST:
        return _TYPST[node.tag].format(*parts)
    if node.tag == "msqrt":
        return f"sqrt({' '.join(parts)})"
    if parts:
        return (", " if node.tag == "mtr" else " ").join(parts)
    return _typst_sign(node.text or "")


def _typst_sign(text: str) -> str:
    """A sign or word that Typst takes as it is, never as code."""
    if len(text) > 1:
        quoted = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"'
    is_word = not text.isascii() or text.isalnum()
    return text if is_word else f"\\{text}" * bool(text.strip())
