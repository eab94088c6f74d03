"""Listing: definition lists in HTML with Markdown between their tags, made plain Markdown."""

import re

TERM_MARK, DEFINITION_MARK = "\uf8fd", "\uf8fe"
"""Stand before a paragraph that is a term of such a list, or what is said of one."""
TERMS_APART = "\uf8ff"
"""Stands between several terms of one definition, in the text of a block."""
_TERMS = re.compile(r"(?:^|(?<=\n\n))(?:[^\n:\s#>|][^\n]*\n){2,4}(?=(?:[ \t]*\n)?:[ \t]+\S)")
_ANNOUNCED = re.compile(
    r"^[-*+][ \t]+(?:\*\*)?([^\s*][^\n:：*]{0,60})(?:\*\*)?[:：](?:\*\*)?(?=[ \t]*\n[ \t]*\n"
    r"[^\s#>|`+<-](?<!\*(?=\s))(?!\d*[.)]\s))",
    re.MULTILINE,
)
"""An item that but names what the paragraph below it defines: “- Tide:”."""
_LINED = re.compile(
    r"(?:^[^\W\d_][^\n:：.!?]{0,60}[:：][ \t]*\n[ \t]*\n"
    r"(?:[^\s#>|`*+<-][^\n]*\n)+?(?<![:：]\n)[ \t]*\n){3,}",
    re.MULTILINE,
)
"""Several lines that but name what the paragraph below each defines."""
_LINE = re.compile(r"^([^\n:：]{1,62})[:：](?=[ \t]*\n[ \t]*\n)", re.MULTILINE)
_LIST = re.compile(r"<dl\b[^<>]*>|</dl\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?(dt|dd)\b[^<>]*>", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*\n")
_FIRST = re.compile(
    r"(^|\n[ \t]*\n)([ \t]*\n)*[ \t]*(?=\S)(?![-*+][ \t]|\d+[.)][ \t]|#|>|`{3}|~{3}|\|)"
)


_SPACED = re.compile(r"^([ \t]*(?:[-*+]|\d+[.)])[ \t]+\*\*)[ \t]+(?=\w[^*\n]*\S\*\*)", re.MULTILINE)
"""A space that one is used to write behind the stars, and that parts them from their words."""


def marked(text: str) -> str:
    """Markdown in which such a list is paragraphs with marks; each line stays on its line.

    A list with no blank line in it is HTML to any parser of Markdown, and is left as it is. Items
    that begin in bold do so as they were meant to: “- ** Tide** …”.
    """
    text = _SPACED.sub(r"\1", text)
    pieces, start = [], 0
    opened = -1
    for tag in _LIST.finditer(text):
        if not tag[0].startswith("</"):
            opened = tag.end() if opened < 0 else opened
        elif opened >= 0:
            inner = text[opened : tag.start()]
            if _BLANK.search(inner) and _TAG.search(inner):
                pieces += [_LIST.sub("", text[start:opened]), _paragraphs(inner)]
                start = tag.end()
            opened = -1
    return "".join([*pieces, text[start:]])


def _paragraphs(inner: str) -> str:
    pieces, start, mark = [], 0, ""
    for tag in _TAG.finditer(inner):
        pieces.append(_with_marks(inner[start : tag.start()], mark))
        opens = not tag[0].startswith("</")
        mark = "" if not opens else TERM_MARK if tag[1].lower() == "dt" else DEFINITION_MARK
        start = tag.end()
    return "".join([*pieces, inner[start:]])


def _with_marks(text: str, mark: str) -> str:
    if not mark:
        return text
    return _FIRST.sub(lambda match: match[0].rstrip(" \t") + mark, text)


def together(text: str) -> str:
    """Markdown in which several terms of one definition stand on the line of the last.

    Items that but name what stands below the list are paragraphs as well.
    """
    if len(_ANNOUNCED.findall(text)) > 1:
        text = _ANNOUNCED.sub(r"**\1:**", text)
    if ":\n" in text or "：\n" in text:
        text = _LINED.sub(lambda found: _LINE.sub(r"**\1:**", found[0]), text)
    return _TERMS.sub(_joined, text) if "\n:" in text else text


def _joined(terms: re.Match[str]) -> str:
    lines = terms[0].rstrip("\n").split("\n")
    return "\n" * (len(lines) - 1) + TERMS_APART.join(lines) + "\n"
