"""Hypertext: HTML as plain paragraphs, and what it links to; of pages, and cells that hold it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from knowledge.language import clean

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]+);")
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "menu", "ol", "p",
        "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_UNREAD = frozenset(
    {
        "applet", "audio", "button", "canvas", "embed", "frame", "head", "iframe", "input", "link",
        "map", "math", "meta", "nav", "noframes", "noscript", "object", "option", "script",
        "select", "style", "svg", "template", "textarea", "title", "video",
    }
)  # fmt: skip
_SPACE = re.compile(r"[ \t\n]+")


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


def parsed(html: str) -> Any:  # noqa: ANN401  (an lxml element)
    """The tree of an HTML text, or None where there is nothing in it; nothing is ever fetched."""
    import lxml.etree  # noqa: PLC0415  (slow to import)
    import lxml.html  # noqa: PLC0415

    # With huge_tree, one text may be longer than 10 MB; elements stand in each other 2,048 deep.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, huge_tree=True
    )
    try:
        return lxml.html.document_fromstring(html.encode(), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


def plain_of(element: Any) -> Plain:  # noqa: ANN401
    """An element of such a tree, and all within, as plain text."""
    found = Plain()
    pieces: list[str] = []
    line = 1

    def close() -> None:
        text = "".join(pieces)
        text = text if text.isascii() else clean(text)
        text = "\n".join(part for row in text.split("\n") if (part := row.strip(" \t")))
        if text:
            found.paragraphs.append(text)
            found.lines.append(line)
        pieces.clear()

    for kind, tag, node, text in _walked(element):
        if tag in _BLOCKS:
            close()
            line = node.sourceline or line
        if kind == "open":
            if tag == "br":
                pieces.append("\n")
            elif tag == "a" and (target := link(node.get("href") or "")):
                found.links.append(target)
        pieces.append(text)
    close()
    return found


def link(address: str) -> str:
    """What an address may mean: its anchor, or its last part without its suffix; else nothing."""
    parts = _split(address)
    if parts is None or parts.scheme not in ("", "http", "https"):
        return ""
    steps = [step for step in parts.path.split("/") if step not in ("", ".", "..")]
    if steps and re.fullmatch(r"(?:_?index|readme)(?:\.\w+)?", steps[-1], re.IGNORECASE):
        steps.pop()
    last = unquote(steps[-1]) if steps else ""
    return unquote(parts.fragment) or re.sub(r"\.(?:html?|mdx?|rst|php|aspx?)$", "", last)


def _split(address: str) -> Any:  # noqa: ANN401
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def _walked(element: Any) -> Iterator[tuple[str, str, Any, str]]:  # noqa: ANN401
    """Each element as it opens and closes, with the text that follows; without recursion."""
    kept = _tag(element) == "pre"
    stack = [(element, iter(element), kept)]  # the last: whether white space is kept within
    yield "open", _tag(element), element, _text(element.text, kept=kept)
    while stack:
        node, children, kept = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            tail = _text(node.tail, kept=stack[-1][2]) if stack else ""
            yield "close", _tag(node), node, tail
        elif _tag(child) in ("", *_UNREAD):
            yield "passed", "", child, _text(child.tail, kept=kept)
        else:
            within = kept or _tag(child) == "pre"
            stack.append((child, iter(child), within))
            yield "open", _tag(child), child, _text(child.text, kept=within)


def _tag(node: Any) -> str:  # noqa: ANN401
    return node.tag.lower() if isinstance(node.tag, str) else ""


def _text(text: str | None, *, kept: bool) -> str:
    """Text as it is shown: white space is one space, unless it is kept."""
    return text or "" if kept else _SPACE.sub(" ", text or "")
