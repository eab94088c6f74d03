"""Phrases: a paragraph of Markdown as plain text, with the words it begins with and its links."""

import re
from collections.abc import Sequence
from functools import cache
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.formats.pages import hypertext
from knowledge.formats.sites import macros
from knowledge.formats.sites.links import ANCHORED, ENTRY
from knowledge.language.text import clean

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
    (re.compile(r"(?<=\w)\]\((?:/|#|\.|https?:)[^()\s]*\)"), ""),
    (re.compile(r"</?(?:[A-Za-z][A-Za-z0-9.-]*)(?:\s[^<>\n]*=[^<>\n]*|\s)?/?>"), ""),
    (re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}"), ""),
)
_SPECIAL = re.compile(
    r"[^\w\s.,;:?'\"()/%+@،؛؟。、：“”‘’«»—–-]|  \n|[\ue000-\ue00f]|\w://|(?<![^\W_])_|_(?![^\W_])"
)
# Where a line ends between two letters of a script without spaces, none is meant.
_UNSPACED = "[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_WRAPPED = re.compile(f"(?<={_UNSPACED})[ \t]*\n[ \t]*(?={_UNSPACED})")
_AHEAD = 5  # tokens that are looked at for the letter behind the end of a line
_NEAR = 20  # tokens behind a lead
_BEHIND = re.compile(r"[ :.]*(?:\([^()]*\))?[ :.]*")
_ESCAPED = re.compile(r"&(?:lt|gt|#60|#62|#x3[ce]);", re.IGNORECASE)
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_SCOPED = re.compile(r"([\w-]*)@[\w.:-]*")  # TEv2: ``[tides](tide@sea:v1)``, ``[tide](@)``
_GLOSSARY = ("g", "gloss", "glossary", "term")  # “[tides](g)”: the words are what is meant
_PLACEHOLDER = re.compile(r"<[a-z]+(?: [a-z]+)+>", re.IGNORECASE)
"""What a reader is to fill in, and no tag: “<your name>”."""
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][\w-]*)")
FORMATS = re.compile(
    r"</?(?:a|abbr|article|b|big|blockquote|br|center|cite|code|del|d[dlt]|details|dfn|div|em|font"
    r"|h[1-6]|hr|i|ins|kbd|li|mark|ol|p|pre|q|s|samp|section|small|span|strike|strong|sub|summary"
    r"|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var)\b|<!--",
    re.IGNORECASE,
)
"""A tag, or a comment, without which the text says the same."""
_BARE = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)>")
_VOID = ("wbr", "input", "meta", "link", "source", "track", "embed", "area", "base", "col", "param")
HREF = re.compile(r"href=[\"']?([^\"'\s>]+)", re.IGNORECASE)


class Link(NamedTuple):
    """A link: its text, and where it leads."""

    text: str
    address: str

    @property
    def entry(self) -> str:  # noqa: PLR0911
        """The id or name of the entry that may be meant, or nothing."""
        if self.address.startswith(ENTRY):
            target = unquote(self.address[len(ENTRY) :])
            if target.startswith(("/", ".", "#")):
                return hypertext.link(target)
            return target.replace("/", "-")
        if scoped := _SCOPED.fullmatch(self.address):
            return scoped[1] or self.text
        if self.address in _GLOSSARY:
            return self.text
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

    def read(self, content: str) -> Phrase:
        """A paragraph of Markdown as a phrase."""
        content = ANCHORED.sub("", content) if "\ue011" in content else content
        if not _SPECIAL.search(content):  # nothing that may be markup: most cells and many items
            content = clean(content)
            content = content if content.isascii() else _WRAPPED.sub("", content)
            return Phrase(_spaced(content.replace("\n", " ")))
        marks = len(_MARK.findall(content))
        self._marks += marks
        content = content.translate(dict.fromkeys(_SHOWN)) if not content.isascii() else content
        if marks > _MARKS_AT_ONCE or self._marks > _MOST_MARKS:
            return Phrase(_wiped(content))
        if "&" in content:  # a tag that is written of, and is none
            content = _ESCAPED.sub(lambda m: unescape(m[0]).translate(_HIDDEN), content)
        content = _TASK.sub("", content, count=1) if content.startswith("[") else content
        (token,) = _parser().parseInline(content, self._env) or [Token("inline", "", 0)]
        return _Reading(content).read(token.children or [])


class _Reading:
    """A phrase as it is read, token by token."""

    def __init__(self, content: str) -> None:
        self._content = content
        self._pieces: list[str] = []
        self._links: list[Link] = []
        self._opened: list[tuple[int, str]] = []
        """The links within which the next piece stands: where each begins, and leads."""
        self._emphasis = 0  # marks of the lead that are still open
        self._lead = 0  # pieces up to the end of the lead; -1 if there is none
        self._strong = self._broken = False
        self._images = self._tags = 0

    def read(self, tokens: Sequence[Token]) -> Phrase:
        for n, token in enumerate(tokens):
            name, text = token.type, ""
            if name == "text":
                text = token.content
            elif name == "code_inline":
                text = token.content.translate(_HIDDEN)
            elif name in ("softbreak", "hardbreak"):
                self._break()
                text = "\n" if name == "hardbreak" else _space(self._pieces, tokens, n)
            elif name == "image":
                self._images += 1
            elif name == "html_inline":
                name, text = self._html(token.content)
            elif name == "link_open":
                self._open(unquote(str(token.attrs.get("href", ""))))
            if name == "link_close" and self._opened:
                self._close()
            if not self._lead:
                self._begin(name, text)
            self._pieces.append(text)
        lead = _finished("".join(self._pieces[: self._lead])) if self._lead > 0 else ""
        text = _finished("".join(self._pieces))
        links, broken = tuple(self._links), self._broken
        return Phrase(text, lead, self._strong, links, broken, self._images, self._tags)

    def _break(self) -> None:
        """Notes whether a line that ends here ends right behind the lead."""
        near = 0 < self._lead <= len(self._pieces) < self._lead + _NEAR
        behind = "".join(self._pieces[self._lead :]) if near else "-"
        self._broken = self._broken or _BEHIND.fullmatch(behind) is not None

    def _html(self, html: str) -> tuple[str, str]:
        """What a tag amounts to: the name of a token, and its text."""
        if _is_written_of(html, self._content):
            return "html_inline", html.translate(_HIDDEN)
        name, text = _tag(html)
        self._images += html.lower().startswith("<img")
        self._tags += FORMATS.match(html) is None
        if name == "superscript" and not "".join(self._pieces[-1:])[-1:].isdigit():
            text = ""  # a mark, and no power
        if name == "link_open":
            self._open(text)
            text = ""
        return name, text

    def _open(self, address: str) -> None:
        self._opened.append((len(self._pieces), address))

    def _close(self) -> None:
        first, address = self._opened.pop()
        self._links.append(Link("".join(self._pieces[first:]).translate(_SHOWN).strip(), address))

    def _begin(self, name: str, text: str) -> None:
        """Looks whether the lead opens, ends, or is none, as it begins with other words."""
        blank = not "".join(self._pieces).strip()
        opens = name in ("strong_open", "em_open", "link_open")
        closes = name in ("strong_close", "em_close", "link_close")
        self._emphasis += opens and (blank or self._emphasis > 0)
        self._strong = self._strong or (name == "strong_open" and blank)
        self._emphasis -= closes and self._emphasis > 0
        ends = closes and self._emphasis == 0 and not blank
        if ends or (name == "code_inline" and blank and not self._emphasis):
            self._lead = len(self._pieces) + 1
        elif text.strip() and not self._emphasis:
            self._lead = -1


def _tag(html: str) -> tuple[str, str]:
    """What a tag amounts to: the name of a token, and its text or address."""
    match = _TAG_NAME.match(html)
    if match is None:
        return "html_inline", ""
    if _PLACEHOLDER.fullmatch(html) and not FORMATS.match(html):
        return "text", html.translate(_HIDDEN)
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


def _is_written_of(tag: str, text: str) -> bool:
    """Whether a tag is not meant, but named, or none at all: “<body>”, “SELECT <columns>”.

    It has no attributes, says nothing of how its words look, and is never closed.
    """
    match = _BARE.fullmatch(tag)
    if match is None or FORMATS.match(tag) or match[1].lower() in (*_VOID, "img", "nobr", "sup"):
        return False
    return f"</{match[1].lower()}" not in text.lower()


def _space(before: Sequence[str], children: Sequence[Token], place: int) -> str:
    """What the end of a line is between what stands before it and the tokens behind it."""
    last = next((piece[-1] for piece in reversed(before) if piece), "")
    ahead = children[place + 1 : place + 1 + _AHEAD]
    following = next((child.content[0] for child in ahead if child.content), "")
    return "" if _WRAPPED.search(f"{last}\n{following}") else " "


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
