"""The tree of an HTML text, as lxml parses it."""

import re
from typing import Any

_LONG = re.compile(r"<([A-Za-z][\w:-]*)[^<>]{100000,}>")
"""A tag with a picture in it, or with thousands of attributes, over which the parser would sit."""
_INLINE = re.compile(r"</?(?:b|big|em|font|i|ins|small|span|strong|tt|u)\b[^<>]*>", re.IGNORECASE)

_TAGS = (
    "a|abbr|acronym|article|audio|b|big|blockquote|br|center|cite|code|dd|del|details|dfn|div|dl|dt|em"
    "|figure|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|nobr|ol|p|pre|q|rp|rt|ruby|s|samp|script"
    "|section|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt"
    "|u|ul|var|video|wbr"
)
_HTML = re.compile(
    rf"\A\s*<(?:{_TAGS})(?:\s[^<>]*)?>|</(?:{_TAGS})\s*>|<(?:br|hr|img)\b[^<>]*>|<!--",
    re.IGNORECASE,
)


def is_html(text: str) -> bool:
    """Whether a text is HTML, and does not merely name a tag: it begins with one, or closes one."""
    return "<" in text and _HTML.search(text) is not None


def parsed(html: str) -> Any:  # noqa: ANN401  (an lxml element)
    """The tree of an HTML text, or None where there is nothing in it; nothing is ever fetched."""
    return parsed_up_to(html)[0]


def parsed_up_to(html: str) -> tuple[Any, int]:
    """The tree of an HTML text, and the line on which the parser gave up; 0 if it is all there.

    Elements can stand in each other 2,048 deep (libxml2). A text that nests them deeper is read
    without its marks of bold and the like, which are what authors most often forget to close.
    """
    html = _LONG.sub(r"<\1>", html)
    tree, line = _parsed(html)
    return (tree, line) if not line else _parsed(_INLINE.sub("", html))


def _parsed(html: str) -> tuple[Any, int]:
    import lxml.etree  # noqa: PLC0415  (slow to import)
    import lxml.html  # noqa: PLC0415

    # With huge_tree, one text may be longer than 10 MB.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, huge_tree=True
    )
    try:
        tree = lxml.html.document_fromstring(html.encode(), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None, 0
    head = tree.find("head")
    if tree.find("body") is None and head is not None:  # no tag that it knows began the body
        head.tag = "body"
    fatal = lxml.etree.ErrorLevels.FATAL
    return tree, next((each.line for each in parser.error_log if each.level == fatal), 0)
