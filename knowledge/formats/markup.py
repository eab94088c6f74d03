"""Markup in cells and fields, HTML or Markdown, made plain."""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

from knowledge.draft import opening, section_name
from knowledge.entry import SUMMARY, Section
from knowledge.formats import markdown
from knowledge.language.text import clean

_TAG = re.compile(
    r"(?<!\\)</?(?:[abiu]|em|strong|span|br|p|div|[uo]l|li|h[1-6]|code|pre|su[bp]|table|tr|td|img|font)"
    r"\b[^<>]*>",
    re.IGNORECASE,
)
_CODE = re.compile(r"```.*?```|`[^`\n]{1,300}`", re.DOTALL)
_BLOCK = re.compile(r"<(?:p|div|[uo]l|h[1-6]|pre|table|br)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# What tells Markdown from plain text. A lone * or _ is none: 2 * 3, snake_case, *args, __init__.
_MARKDOWN = re.compile(
    r"\]\(|\*\*\S|(?<![\w*])\*[^\s*][^*\n]*\*|(?<!\w)_[^\s_][^_\n]*_(?!\w)|`|\\[*_`\[<&#~]"
    r"|^(?:#{1,6} |[-*+] +\S|> |~~~)",
    re.MULTILINE,
)
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_HEADING = "\ue001"  # marks a paragraph that is one
_APART = {
    **dict.fromkeys(("p", "div", "ul", "ol", "table", "tr", "blockquote", "pre", "section"),
                    ("\n\n", "\n\n")),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), (f"\n\n{_HEADING}", "\n\n")),
    **dict.fromkeys(("br", "li"), ("\n", " ")), **dict.fromkeys(("td", "th"), (" ", " ")),
}  # fmt: skip
"""What stands before and after the words of an element."""
_KEPT = str.maketrans("\n ", "\ue002\ue003")  # white space of code
_GIVEN_BACK = str.maketrans("\ue002\ue003", "\n ")
_LONGEST = 20_000  # characters in which Markdown is looked for: its parser's time grows faster


def sections(text: str) -> list[Section]:
    """The sections of a text, without its markup; what is no markup stays as it is."""
    if "<" in text and _TAG.search(_CODE.sub("", text)):
        return _of_paragraphs(_html(text))
    text = clean(_ENTITY.sub(lambda found: unescape(found[0]), text)) if "&" in text else text
    if len(text) <= _LONGEST and _MARKDOWN.search(text):
        found = [s for s in markdown.sections(text) if s.text.strip()]
        if found and found[0].name == SUMMARY:
            return found
        return _of_paragraphs([p for s in found for p in (_HEADING + s.heading, s.text)][1:])
    return _of_paragraphs(_BLANK.split(text))


def plain(text: str) -> str:
    """All of a text, its paragraphs parted by blank lines."""
    return "\n\n".join(part for s in sections(text) for part in (s.heading, s.text) if part)


def line(text: str) -> str:
    """A text on one line, as a term or an alias is."""
    return " ".join(plain(text).split())


def _of_paragraphs(paragraphs: Sequence[str]) -> list[Section]:
    """A section for the opening, and one for each heading."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for paragraph in (each.strip("\n") for each in paragraphs):
        if paragraph.startswith(_HEADING) and (parts[0][1] or len(parts) > 1):
            parts.append((paragraph.removeprefix(_HEADING), []))
        elif paragraph.strip() and not paragraph.startswith(_HEADING):
            parts[-1][1].append(paragraph)
    found = opening(parts[0][1])
    found += [Section(section_name(head), head, "\n\n".join(said)) for head, said in parts[1:]]
    return [s for s in found if s.text.strip()]


def _html(text: str) -> list[str]:
    """The paragraphs of HTML."""
    from lxml import etree, html  # noqa: PLC0415  (slow to import)

    if not _BLOCK.search(text):
        text = _BLANK.sub("<p>", text)
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root: Any = html.document_fromstring(f"<div>{text}</div>", parser)
    except (etree.ParserError, ValueError):
        return []
    for element in list(root.iter("script", "style", "template", "iframe", "object")):
        element.drop_tree()
    code = {node for pre in root.iter("pre") for node in pre.iter()}
    for node in root.iter():
        before, after = _APART.get(node.tag, ("", ""))
        node.text = before + _spaced(node.text, is_code=node in code)
        node.tail = after + _spaced(node.tail, is_code=node.getparent() in code)
    lines = (" ".join(each.split()) for each in root.text_content().split("\n"))
    return _BLANK.split("\n".join(lines).translate(_GIVEN_BACK))


def _spaced(text: str | None, *, is_code: bool) -> str:
    return (text or "").translate(_KEPT) if is_code else " ".join(f"x{text or ''}x".split())[1:-1]
