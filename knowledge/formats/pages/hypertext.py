"""Hypertext: HTML as plain paragraphs, and what it links to; of pages, and cells that hold it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from knowledge.formats.pages.furniture import HEADINGS, beginning, is_furniture, is_way, tag_of
from knowledge.formats.pages.tree import parsed
from knowledge.language.text import clean

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]+);")
_BLOCKS = HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "header", "hr", "html", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_PARTED = re.compile(r"[:：]\s*\0|\0\s*(?:[:：–—]|-\s)")
"""What parts words in bold, which end in a NUL, from what they mean."""
_A_MARK = 9
_BOLD = ("b", "strong", "dfn")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LEADS = frozenset({"b", "strong", "dfn", "em", "i", "u", "code", "mark"})
_SPACE = re.compile(r"[ \t\n]+")
_UNEVEN = re.compile(r"[\t\n]| {2}")
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


@dataclass(slots=True)
class Block:
    """A paragraph of a page, a heading, an item or a cell."""

    text: str
    line: int
    """From 1, in the HTML that was read."""
    tag: str = "p"
    """What it stands in: the heading, else the nearest element that is laid out as a block."""
    links: tuple[str, ...] = ()
    """The ids that links may mean: the last part of each address, without its suffix."""
    lead: str = ""
    """The words in bold, or marked in another way, with which it begins."""
    bold: bool = False
    """Whether they are in bold."""
    defines: tuple[Any, ...] = ()
    """The elements in which it names what it defines (``<dfn>``)."""
    node: Any = None
    """The heading, or the mark that it begins with; other elements are let go, to save memory."""
    addresses: tuple[str, ...] = ()
    """Whole addresses on other sites that it links to."""
    linked: bool = False
    """Whether it is all link: a way to something, that says nothing itself."""


@dataclass
class Plain:
    """What a reader of HTML sees."""

    paragraphs: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    """The line of each, from 1, in the HTML that was read."""
    links: list[str] = field(default_factory=list)
    """The ids that links may mean: the last part of each address, without its suffix."""

    @property
    def text(self) -> str:
        """The paragraphs, a blank line between."""
        return "\n\n".join(self.paragraphs)


def holds_html(text: str) -> bool:
    """Whether a text has a tag or an entity."""
    return _TAG.search(text) is not None or _ENTITY.search(text) is not None


def plain(html: str) -> Plain:
    """HTML, or a piece of it, as plain text; scripts, pictures and forms go. It never raises."""
    if not _TAG.search(html):
        found = re.split(r"\n\s*\n", clean(unescape(html)))
        return Plain([text for part in found if (text := part.strip())])
    element = parsed(html)
    return Plain() if element is None else plain_of(element)


def plain_of(element: Any) -> Plain:  # noqa: ANN401
    """An element of such a tree, and all within, as plain text."""
    found = Plain()
    for block in blocks_of(element):
        found.paragraphs.append(block.text)
        found.lines.append(block.line)
        found.links.extend(block.links)
    return found


def blocks_of(element: Any, without: Any = None) -> Iterator[Block]:  # noqa: ANN401
    """The blocks of an element, in order, without what is not its text, and one part of it."""
    return _Walk(element, without).blocks()


class _Walk:
    """A walk through an element, without recursion, that gathers its text into blocks."""

    def __init__(self, element: Any, without: Any) -> None:  # noqa: ANN401
        self.element = element
        self.without = without
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.linked = 0  # characters within links
        self.owner = element
        self.line = element.sourceline or 1
        self.kept = False  # whether white space is kept, as in a <pre>
        self.blank = True  # whether nothing was read of the block yet
        self.broken = False  # whether the last thing read was a line break
        self.lead = ""
        self.bold = False
        self.led: tuple[Any, int] | None = None  # the mark it begins with, and its first piece
        self.mark: Any = None
        self.defines: list[Any] = []

    def blocks(self) -> Iterator[Block]:  # noqa: C901, PLR0912, PLR0915  (one loop, for speed)
        """The blocks."""
        owner = self.element
        self.kept = tag_of(owner) == "pre"
        stack = [(owner, iter(owner), owner, self.kept)]
        self.take(owner.text)
        while stack:
            node, children, owner, kept = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                tag = tag_of(node)
                if tag in _BLOCKS:
                    if self.pieces:
                        yield from self.close()
                elif self.led and self.led[0] is node:
                    self.lead = _row("".join(self.pieces[self.led[1] :]))
                    self.mark, self.led = node, None
                if stack:
                    _, _, self.owner, self.kept = stack[-1]
                    if tag == "q":
                        self.pieces.append("”")
                    self.take(node.tail)
                continue
            tag = tag_of(child)
            if not tag or is_furniture(child, tag, owner) or child is self.without:
                self.pass_by(child, tag)
                continue
            if tag == "br":
                if (self.broken or self.begins_anew(child)) and not kept:
                    yield from self.close()
                    self.line = child.sourceline or self.line
                elif self.pieces:
                    self.pieces.append("\n")
                self.broken = not self.blank
                self.take(child.tail)
                continue
            if tag in _BLOCKS:
                if self.pieces:
                    yield from self.close()
                self.line = child.sourceline or self.line
                owner = owner if tag_of(owner) in HEADINGS else child
                self.owner, self.kept = owner, kept or tag == "pre"
                if not len(child):  # most are such, and need no step down
                    self.take(child.text)
                    if self.pieces:
                        yield from self.close()
                    _, _, self.owner, self.kept = stack[-1]
                    self.take(child.tail)
                    continue
            else:
                self.enter(child, tag)
            text = child.text
            if text and tag in ("sup", "sub"):
                text = raised(text, tag)
            if text:
                self.take(text)
            stack.append((child, iter(child), owner, self.kept))
        if self.pieces:
            yield from self.close()

    def enter(self, node: Any, tag: str) -> None:  # noqa: ANN401
        """An element within a line begins."""
        if tag == "a":
            address, before = node.get("href") or "", node.getprevious()
            if before is not None and before.tag == "a" and not before.tail and not self.blank:
                self.pieces.append("\n")  # links in a row, each in a place of its own
            if target := link(address):
                self.links.append(target)
            if address.startswith(("https://", "http://")):
                self.addresses.append(address)
            self.linked += len(_row("".join(node.itertext()))) if address else 0
        elif tag == "q":
            self.pieces.append("“")
        elif tag == "dfn":
            self.defines.append(node)
        if not self.blank or self.led is not None or self.lead:
            return
        styled = tag == "span" and _BOLD_STYLE.search(node.get("style") or "") is not None
        if tag in _LEADS or styled:
            self.led = (node, len(self.pieces))
            self.bold = styled or tag in _BOLD

    def begins_anew(self, line_break: Any) -> bool:  # noqa: ANN401
        """Whether the next line begins with words in bold and a mark, as the block itself does."""
        after = line_break.getnext()
        if not (self.bold and self.lead) or after is None or tag_of(after) not in _BOLD:
            return False
        parted = _PARTED.search(f"{beginning(after)}\0{(after.tail or '')[:_A_MARK]}")
        return parted is not None and not (line_break.tail or "").strip()

    def pass_by(self, node: Any, tag: str) -> None:  # noqa: ANN401
        """What is no text is passed by; of a link to read more, where it leads is kept."""
        invites = tag == "a" and is_way("".join(node.itertext()))
        if invites and (target := link(node.get("href") or "")):
            self.links.append(target)
        if not invites or (node.tail or "").strip() not in (".", "…"):
            self.take(node.tail)

    def take(self, text: str | None) -> None:
        """Text as it is shown: white space is one space, unless it is kept."""
        if not text:
            return
        if not self.kept and _UNEVEN.search(text):
            text = _SPACE.sub(" ", text)
        if self.blank or self.broken:
            filled = not text.isspace()
            self.blank = self.blank and not filled
            self.broken = self.broken and not filled
        self.pieces.append(text)

    def close(self) -> Iterator[Block]:
        """The block that ends here, if there is anything in it."""
        if self.led:  # a mark that holds blocks: each is its own
            self.lead, self.led = "", None
        if not self.blank:
            text = "".join(self.pieces)
            text = text if text.isascii() else clean(text)
            if "\n" in text:
                rows = (r.rstrip() if self.kept else r.strip(" \t") for r in text.split("\n"))
                text = "\n".join(filter(None, rows))
            else:
                text = text.strip(" \t")
            if "  " in text and not self.kept:
                text = re.sub("  +", " ", text)
            tag = tag_of(self.owner)
            if text and (tag not in ("p", "div", "li", "dd") or not is_way(text)):
                yield Block(
                    text, self.line, tag, tuple(self.links), self.lead, self.bold,
                    tuple(self.defines),
                    self.owner if tag in HEADINGS else self.mark if self.lead else None,
                    tuple(self.addresses), self.linked >= len(text),
                )  # fmt: skip
                self.links, self.defines, self.addresses = [], [], []
        self.pieces.clear()
        self.blank, self.broken, self.lead, self.bold = True, False, "", False
        self.mark, self.linked = None, 0


def link(address: str) -> str:
    """What an address may mean: its anchor, or its last part without its suffix; else nothing."""
    parts = _split(address)
    if parts is None or parts.scheme not in ("", "http", "https"):
        return ""
    steps = [step for step in parts.path.split("/") if step not in ("", ".", "..")]
    if steps and re.fullmatch(r"(?:_?index|readme)(?:\.\w+)?", steps[-1], re.IGNORECASE):
        steps.pop()
    last = unquote(steps[-1]) if steps else ""
    return unquote(parts.fragment) or re.sub(r"\.(?:html?|mdx?|qmd|rst|php|aspx?)$", "", last)


def _split(address: str) -> Any:  # noqa: ANN401
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def _row(text: str) -> str:
    return " ".join(clean(text).split())


def raised(text: str, tag: str) -> str:
    """Digits as raised or lowered signs, so that ten to the power of six is not 106."""
    signs = _RAISED if tag == "sup" else _LOWERED
    return text.translate(signs) if all(ord(sign) in signs for sign in text.strip()) else text
