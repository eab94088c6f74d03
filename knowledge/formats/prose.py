"""Prose: the text of a cell or a field, which may hold HTML or Markdown, made plain."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape

from knowledge.entry import SUMMARY, Section
from knowledge.formats import markdown
from knowledge.formats.draft import opening, section_name
from knowledge.language.text import clean

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*|/)?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CODE = re.compile(r"```.*?```|`[^`\n]{1,300}`", re.DOTALL)
# What tells Markdown from plain text, within lines and at the start of one. A lone * or _ is none:
# 2 * 3, snake_case, *args, __init__.
_INLINE = re.compile(
    r"\]\(|\[\[|\*\*\S|(?<![\w*])\*[^\s*][^*\n]*\*|(?<!\w)_[^\s_][^_\n]*_(?!\w)|`|\\[*_`\[<&#~]"
)
_LEADING = re.compile(r"^(?:#{1,6} |[-*+] +\S|> |```|~~~)", re.MULTILINE)
_WIKI = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\]")
_LINK = re.compile(r"\[[^\[\]\n]{0,200}\]\(<?#?([^()\s>]{1,300})")
_SPACE = re.compile(r"\s+")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt",
     "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section",
     "summary", "table", "td", "th", "tr", "ul"]
)  # fmt: skip
_UNREAD = frozenset(["script", "style", "template", "head", "iframe", "object"])
_LONGEST = 20_000
"""Characters of a text that is looked through for Markdown: its parser's time grows faster."""
_WRAPPED = 40  # characters of a line that may have been broken to fit a page


@dataclass
class Prose:
    """Plain text in sections, the first of which is the summary, and what it links to."""

    sections: list[Section] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it, under its headings."""
        return "\n\n".join(
            part for s in self.sections for part in (s.heading, s.text) if part.strip()
        )


def prose(text: str) -> Prose:
    """The sections and links of a text without its markup; what is no markup stays as it is."""
    if _is_html(text):
        return of_html(text)
    if "&" in text and _ENTITY.search(text):
        text = clean(_ENTITY.sub(lambda found: unescape(found[0]), text))
        if _is_html(text):
            return of_html(text)
    if len(text) <= _LONGEST and (_INLINE.search(text) or _LEADING.search(text)):
        return _of_markdown(text)
    paragraphs = [part.strip() for part in _BLANK.split(text) if part.strip()]
    return Prose(_filled(opening([_unwrapped(part) for part in paragraphs])))


def plain(text: str) -> str:
    """A text on one line without its markup, as a term or an alias is."""
    text = text.strip()
    if not ("<" in text or "&" in text or _INLINE.search(text)):
        return " ".join(text.split())
    return " ".join(prose(text).text.split()) or text


def _filled(sections: Sequence[Section]) -> list[Section]:
    return [replace(section, lines=()) for section in sections if section.text.strip()]


def _of_markdown(text: str) -> Prose:
    links = [found[1].strip() for found in _WIKI.finditer(text)]
    text = _WIKI.sub(lambda found: found[2] or found[1], text)
    links += [found[1] for found in _LINK.finditer(text) if "://" not in found[1]]
    sections = _filled(markdown.sections(text))
    if sections and sections[0].name != SUMMARY:  # it begins with a heading
        sections[:1] = _filled(opening(_BLANK.split(sections[0].text)))
    return Prose(sections, links)


def _unwrapped(paragraph: str) -> str:
    """A paragraph whose lines were broken to fit a page, on one line; other lines stay."""
    first, *others = paragraph.split("\n")
    lines = [first]
    for line, above in zip(others, [first, *others], strict=False):
        goes_on = len(above) >= _WRAPPED and above[-1:] not in ".!?:;。！？؟؛|"
        if goes_on and line[:1].isalpha() and not line[:1].isupper():
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return "\n".join(lines)


def _is_html(text: str) -> bool:
    """Whether a text has tags of HTML; “List<T>” has none, nor has what stands in back quotes."""
    if "<" not in text:
        return False
    from lxml.html import defs  # noqa: PLC0415  (slow to import)

    bare = _CODE.sub("", text) if "`" in text else text
    return any(tag[1].lower() in defs.tags for tag in _TAG.finditer(bare))


def of_html(text: str) -> Prose:
    """The sections of HTML: headings part them; each block is a paragraph, and so is an item."""
    from lxml import etree, html  # noqa: PLC0415

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    if not any(tag[1].lower() in (*_BLOCKS, "br") for tag in _TAG.finditer(text)):
        text = _BLANK.sub("<p>", text)
    try:
        root = html.document_fromstring(f"<div>{text}</div>", parser)
    except (etree.ParserError, ValueError):
        return Prose()
    found = Prose()
    parts: list[tuple[str, list[str]]] = [("", [])]
    for kind, said in _Blocks(found.links).of(root):
        if kind == "heading":
            parts.append((said, []))
        else:
            parts[-1][1].append(said)
    found.sections = _filled(opening(parts[0][1]))
    for heading, paragraphs in parts[1:]:
        if not found.sections and paragraphs:  # it begins with a heading
            found.sections = _filled(opening(paragraphs))
        elif paragraphs:
            text = "\n\n".join(paragraphs)
            found.sections.append(Section(section_name(heading), heading, text))
    return found


class _Blocks:
    """The headings and paragraphs of a tree; without recursion, as tags may stand in thousands."""

    def __init__(self, links: list[str]) -> None:
        self._links = links
        self._text: list[str] = []
        self._open: list[str] = []

    def of(self, root: object) -> Iterator[tuple[str, str]]:
        """Each block's kind, “heading” or nothing, and its text."""
        from lxml import etree  # noqa: PLC0415

        unread = 0
        for event, node in etree.iterwalk(root, events=("start", "end")):
            name, starts = str(node.tag).lower(), event == "start"
            if name in _UNREAD:
                unread += 1 if starts else -1
            if unread:
                continue
            if name in _BLOCKS:
                yield from self._ended()
                self._open.append(name) if starts else self._open.pop()
            if starts and name == "br":
                self._text.append("\n")
            if starts and name == "a" and "://" not in (address := node.get("href", "")):
                self._links += filter(None, [address.rpartition("#")[2]])
            self._add(node.text if starts else node.tail)
        yield from self._ended()

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(text if "pre" in self._open else _SPACE.sub(" ", text))

    def _ended(self) -> Iterator[tuple[str, str]]:
        text = "".join(self._text)
        self._text.clear()
        if "pre" in self._open:
            text = text.strip("\n")
        else:
            text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
        if text.strip():
            heads = any(name[0] == "h" and name[1:].isdigit() for name in self._open)
            yield ("heading" if heads else "", clean(text))
