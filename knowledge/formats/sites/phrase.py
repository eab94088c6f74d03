"""Phrases: a paragraph of Markdown as plain text, with the words it begins with and its links."""

import re
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.formats.pages import hypertext
from knowledge.formats.sites import macros
from knowledge.language import clean

_MOST_MARKS = 200_000
_MARKS_AT_ONCE = 4_000
_MARK = re.compile(r"[\[\]*_`<&\\!~]")
"""Characters that may be markup cost the parser up to 60 µs each: beyond so many in a file or a
paragraph (no real glossary has as many) they are only wiped away."""

_LITERAL = "*_[](){}=~`<>&\\"
_HIDDEN = {ord(c): chr(0xE000 + n) for n, c in enumerate(_LITERAL)}
_SHOWN = {0xE000 + n: c for n, c in enumerate(_LITERAL)}
_LEFT = (
    (re.compile(r"\*\*([^*\n]+)\*\*"), r"\1"),
    (re.compile(r"__([^_\n]+)__"), r"\1"),
    (re.compile(r"~~([^~\n]+)~~"), r"\1"),
    (re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]+)=="), r"\1"),
    (re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)"), r"\1"),
    (re.compile(r"(?:(?<=\s)|^)\[([^\[\]\n]+)\]\[[^\[\]\n]*\]"), r"\1"),
    (re.compile(r"\[\]"), ""),
    (re.compile(r"</?(?:[A-Za-z][\w.-]*)(?:\s[^<>\n]*)?/?>"), ""),
    (re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}"), ""),
)
_SPECIAL = re.compile(
    r"[^\w\s.,;:?'\"()/%+@،؛؟。、：“”‘’«»—–-]|  \n|[\ue000-\ue00f]|\w://|(?<![^\W_])_|_(?![^\W_])"
)
_UNSPACED = re.compile("[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")
"""Letters and marks of scripts that put no space between words (of Chinese and Japanese)."""
_BEHIND = re.compile(r"[ :.]*(?:\([^()]*\))?[ :.]*")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][\w-]*)")
HREF = re.compile(r"href=[\"']?([^\"'\s>]+)", re.IGNORECASE)


class Link(NamedTuple):
    """A link: its text, and where it leads."""

    text: str
    address: str

    @property
    def entry(self) -> str:
        """The id or name of the entry that may be meant, or nothing."""
        if self.address.startswith(macros.ENTRY):
            return unquote(self.address[len(macros.ENTRY) :]).replace("/", "-")
        if self.outward and "gloss" not in self.address.lower():
            return ""
        path = self.address.partition("#")[0]
        steps = [step for step in path.split("/") if step not in ("", ".", "..")]
        if path.startswith("/") and len(steps) > 2 and "gloss" not in path.lower():  # noqa: PLR2004
            return ""  # of another part of the site
        return hypertext.link(self.address)

    @property
    def outward(self) -> bool:
        """Whether it leads out of the site."""
        try:
            parts = urlsplit(self.address)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and bool(parts.netloc)


class Phrase(NamedTuple):
    """A paragraph, a heading, a cell, …, as plain text."""

    text: str
    lead: str = ""
    """The words in bold, italics, code or a link that it begins with, if it does so."""
    strong: bool = False
    """Whether the lead is in bold."""
    links: tuple[Link, ...] = ()
    broken: bool = False
    """Whether a line ends behind the lead."""
    images: int = 0
    tags: int = 0
    """How many images and HTML tags were left out."""


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["strikethrough"])


def plain_text(markdown: object) -> str:
    """A line of Markdown, such as a title, as plain text; of what is no text, nothing."""
    if not isinstance(markdown, str | int | float) or isinstance(markdown, bool):
        return ""
    return " ".join(Phrases({}).read(macros.expanded(str(markdown))).text.split())


class Phrases:
    """Reads the paragraphs of one file, within bounds; ``env`` holds its link definitions."""

    def __init__(self, env: dict[str, Any]) -> None:
        self._env = env
        self._marks = 0

    def read(self, content: str) -> Phrase:  # noqa: C901, PLR0912, PLR0915
        """A paragraph of Markdown as a phrase."""
        if not _SPECIAL.search(content):  # nothing that may be markup: most cells and many items
            return Phrase(_spaced(clean(content).replace("\n", " ")))
        marks = len(_MARK.findall(content))
        self._marks += marks
        content = content.translate(dict.fromkeys(_SHOWN)) if not content.isascii() else content
        if marks > _MARKS_AT_ONCE or self._marks > _MOST_MARKS:
            return Phrase(_wiped(content))
        content = _TASK.sub("", content, count=1) if content.startswith("[") else content
        (token,) = _parser().parseInline(content, self._env) or [Token("inline", "", 0)]
        pieces: list[str] = []
        links: list[Link] = []
        open_links: list[tuple[int, str]] = []
        lead_open, lead_end, strong, images, tags = 0, 0, False, 0, 0
        broken = False
        wrapped: list[int] = []
        for child in token.children or ():
            name, text = child.type, ""
            if name == "text":
                text = child.content
            elif name == "code_inline":
                text = child.content.translate(_HIDDEN)
            elif name in ("softbreak", "hardbreak"):
                behind = "".join(pieces[lead_end:]) if lead_end > 0 else "-"
                broken = broken or _BEHIND.fullmatch(behind) is not None
                text = " " if name == "softbreak" else "\n"
                wrapped += [len(pieces)] if name == "softbreak" else []
            elif name == "image":
                images += 1
            elif name == "html_inline":
                name, text = self._tag(child.content)
                images += child.content.lower().startswith("<img")
                tags += 1
                if name == "superscript" and not "".join(pieces[-1:])[-1:].isdigit():
                    text = ""  # a mark, and no power
                if name == "link_open":
                    open_links.append((len(pieces), text))
                    text = ""
            elif name == "link_open":
                open_links.append((len(pieces), unquote(str(child.attrs.get("href", "")))))
            if name == "link_close" and open_links:
                first, address = open_links.pop()
                links.append(Link("".join(pieces[first:]).translate(_SHOWN).strip(), address))
            opens = name in ("strong_open", "em_open", "link_open")
            closes = name in ("strong_close", "em_close", "link_close")
            if not lead_end:
                blank = not "".join(pieces).strip()
                lead_open += opens and (blank or lead_open > 0)
                strong = strong or (name == "strong_open" and blank)
                lead_open -= closes and lead_open > 0
                if (closes and lead_open == 0 and not blank) or (
                    name == "code_inline" and blank and not lead_open
                ):
                    lead_end = len(pieces) + 1
                elif text.strip() and not lead_open:
                    lead_end = -1  # it begins with other words
            pieces.append(text)
        for n in wrapped:
            ends = "".join(pieces[:n])[-1:], "".join(pieces[n + 1 :])[:1]
            pieces[n] = "" if all(map(_UNSPACED.match, ends)) else " "
        lead = _finished("".join(pieces[:lead_end])) if lead_end > 0 else ""
        text = _finished("".join(pieces))
        return Phrase(text, lead, strong, tuple(links), broken, images, tags)

    @staticmethod
    def _tag(html: str) -> tuple[str, str]:
        """What a tag amounts to: the name of a token, and its text or address."""
        match = _TAG_NAME.match(html)
        if match is None:
            return "html_inline", ""
        suffix = "_close" if match[1] else "_open"
        tag = match[2].lower()
        if tag == "br":
            return "hardbreak", "\n"
        if tag == "sup" and not match[1]:
            return "superscript", "^"
        if tag == "a":
            href = HREF.search(html)
            return "link" + suffix, href[1] if href and not match[1] else ""
        kinds = {"b": "strong", "strong": "strong", "em": "em", "i": "em", "dfn": "strong"}
        return kinds.get(tag, "html") + suffix, ""


def _finished(text: str) -> str:
    """Plain text, without what no parser took for markup and no reader would take for text."""
    if not text.isascii():
        text = clean(text)
    if not text.isalnum():
        for pattern, kept in _LEFT:
            text = pattern.sub(kept, text)
        text = text.translate(_SHOWN)
    return _spaced(text)


def _spaced(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _wiped(text: str) -> str:
    """Text of which too much might be markup."""
    for pattern, kept in _LEFT:
        text = pattern.sub(kept, text)
    return " ".join(re.sub(r"[*_`~\[\]<>]+", "", text).split())
