"""Markup: texts of any format that may hold tags or emphasis, as plain paragraphs."""

import re
from html import unescape

from knowledge.formats.pages import hypertext
from knowledge.formats.pages.tree import is_html
from knowledge.language.text import clean

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ITEM = re.compile(r"[-–•*·]\s|\(?\w{1,3}[.)]\s")
_SPECIAL = re.compile(r"[<&\[*_`\\]")
_PREFIXED = re.compile(r"(</?)(?:x?html|h|ns\d):(?=[a-z])")  # an element of HTML within other XML
_CITED = re.compile(r"<ref(?:\s[^<>]*)?(?:/>|>[^<]*</ref>)")  # as wikis write a source
# A line feed that somebody's program wrote as two characters; \nu of a formula is none.
_WRITTEN_OUT = re.compile(r"(?<!['\"`‘“«])(?:\\r)?\\n(?![a-z'\"`’”»])")
# Emphasis, code and links, as people write them in formats that know none of it.
_MARKDOWN = (
    (re.compile(r"!?\[([^\[\]\n]{1,300})\]\([^()\s]{1,500}\)"), r"\1"),
    (re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]"), r"\1"),
    (re.compile(r"(?<!\*)\*\*(?=\S)([^*\n]{1,500})(?<=\S)\*\*(?!\*)"), r"\1"),
    (re.compile(r"(?<!\w)__(?![a-z]+__)(?=\S)([^_\n]{1,500})(?<=\S)__(?!\w)"), r"\1"),
    # no __init__
    (re.compile(r"`{1,3}([^`\n]{1,300})`{1,3}"), r"\1"),
    (re.compile(r"\\\(\\text(?:it|bf|rm)?\{([^{}\n]{1,200})\}\\\)"), r"\1"),  # words as a formula
)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, which may hold HTML, or emphasis and links of Markdown.

    A line break within a paragraph is where somebody's editor wrapped it, unless an item follows.
    """
    text = _PREFIXED.sub(r"\1", text) if "<" in text else text
    if "\\n\\n" in text or ("\\n" in text and "\n" not in text.strip()):
        text = _WRITTEN_OUT.sub("\n", text)
    if is_html(text):
        found = hypertext.plain(text).paragraphs
    else:
        found = [_joined(part) for part in re.split(r"\n[^\S\n]*\n", clean(text))]
    return [bare(part) for part in found if part.strip()]


def line(text: str) -> str:
    """A text as one line: a term, or a name."""
    said = " ".join(paragraphs(text)) if _SPECIAL.search(text) else clean(text)
    return " ".join(said.split())


def bare(text: str) -> str:
    """A text without entities and inline Markdown."""
    if _ENTITY.search(text):
        text = clean(unescape(text)).strip()
    if _SPECIAL.search(text):
        text = _CITED.sub("", text)
        for pattern, kept in _MARKDOWN:
            text = pattern.sub(kept, text)
    return text


def _joined(text: str) -> str:
    lines = [row for part in text.split("\n") if (row := " ".join(part.split()))]
    joined: list[str] = []
    for row in lines:
        if joined and _ITEM.match(row):
            joined += ["\n", row]
        else:
            joined += [" ", row] if joined else [row]
    return "".join(joined)
