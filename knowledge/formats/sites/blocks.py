"""Blocks: Markdown of any flavour as a flat row of plain blocks, with what they link to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.fault import Fault
from knowledge.formats.pages import hypertext
from knowledge.formats.sites import listing, macros
from knowledge.formats.sites.phrase import HREF, Link, Phrases
from knowledge.formats.sites.wording import parted

Kind = Literal["heading", "text", "item", "term", "definition", "head", "row", "code", "rule"]

TERMS_APART = "\uf8ff"
"""Stands between several terms of one definition, in the text of a block."""
MOST_BLOCKS = 100_000
"""What follows is not read: a list of millions of items would fill the memory."""
_CHUNK = 64 * 1024  # characters: the tokens of so many take about 30 MB
_CELLS = 100
_LONGEST = 50_000  # characters of a line: no writer's, and slow to take apart
_LONG_LINE = re.compile(r"^([^\n]{50000})[^\n]+", re.MULTILINE)

_NOTE = re.compile(
    r"^ {0,3}\[\^[^\]\n]+\]:.*(?:\n(?:[ \t]{2,}\S.*|[ \t]*(?=\n[ \t]{4,}\S)))*", re.MULTILINE
)
_NOTE_MARK = re.compile(r"[ \t]?\[\^[^\]\s]+\]")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n^][^\]\n]{0,200}\]:[ \t]*\S[^\n]*$", re.MULTILINE)
_ROW_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_LIST_TERM = re.compile(r"<(dt|dd)\b[^<>]*>", re.IGNORECASE)
_HEADING = re.compile(r"<h([1-6])\b[^<>]*>([^\n]*?)</h\1\s*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_MARKED: dict[str, Kind] = {
    listing.TERM_MARK: "term",
    listing.DEFINITION_MARK: "definition",
}
_DRAWINGS = frozenset({"mermaid", "plantuml", "puml", "dot", "graphviz", "d2"})
"""Languages of code that is a picture."""


@dataclass(slots=True)
class Block:
    """A paragraph, a heading, an item, a row of a table, …, as plain text."""

    kind: Kind
    text: str
    line: int
    level: int = 0
    """Of a heading its level, of all else how many lists it stands in."""
    lead: str = ""
    """The words in bold, italics, code or a link that it begins with, if it does so."""
    strong: bool = False
    """Whether the lead is in bold."""
    links: tuple[Link, ...] = ()
    broken: bool = False
    """Whether a line ends behind the lead."""
    cells: tuple["Block", ...] = ()
    end: int = 0
    """The line after it."""
    quoted: bool = False
    """Whether it stands in a quotation."""


@dataclass(slots=True)
class Prose:
    """The blocks of a text, and what was left out of them."""

    blocks: list[Block] = field(default_factory=list)
    images: int = 0
    tags: int = 0
    line: int = 0
    cut: int = 0
    """The line from which on it was not read, for its length."""

    def faults(self, origin: str) -> Iterator[Fault]:
        """What was left out, in one warning; and where reading stopped."""
        if self.images or self.tags:
            counts = ((self.images, "image"), (self.tags, "HTML tag"))
            said = [f"{n} {name}{'s' if n > 1 else ''}" for n, name in counts if n]
            message = f"{' and '.join(said)} left out of the text (the first is here)."
            yield Fault(origin, self.line, message, "warning")
        if self.cut:
            message = "is not read from here on: it has too many paragraphs, part it into files."
            yield Fault(origin, self.cut, message)

    def dropped(self, line: int, *, images: int = 0, tags: int = 0) -> None:
        """Notes what is left out."""
        if images or tags:
            self.images += images
            self.tags += tags
            self.line = self.line or line


@cache
def _parser(*, code: bool) -> MarkdownIt:
    """Reads blocks only: their inlines are read one by one, each within bounds."""
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415  (few files need it)

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(deflist_plugin)
    return parser.disable(["inline"] if code else ["inline", "code"])


_TERMS = re.compile(r"(?:^|(?<=\n\n))(?:[^\n:\s#>|][^\n]*\n){2,4}(?=:[ \t]+\S)")


def _joined(terms: re.Match[str]) -> str:
    """Several terms of one definition, on the line of the last."""
    lines = terms[0].rstrip("\n").split("\n")
    return "\n" * (len(lines) - 1) + TERMS_APART.join(lines) + "\n"


def prose(text: str, above: int = 1) -> Prose:
    """The blocks of a Markdown text whose first line is line ``above`` of its file."""
    found = Prose()
    if len(text) > _LONGEST and (long := _LONG_LINE.search(text)):
        found.cut = above + text.count("\n", 0, long.start())
        text = _LONG_LINE.sub(r"\1", text)
    parser = _parser(code=not macros.is_mdx(text))
    text = listing.marked(macros.expanded(text))
    if "[^" in text:
        text = _NOTE_MARK.sub("", _NOTE.sub(lambda m: "\n" * m[0].count("\n"), text))
    if "\n:" in text:
        text = _TERMS.sub(_joined, text)
    env: dict[str, Any] = {}
    if references := "\n\n".join(m[0] for m in _DEFINITION.finditer(text)):
        parser.parse(references[:_CHUNK], env)
    reader = _Reader(found, env)
    for line, chunk in _chunks(text):
        for block in reader.blocks(parser.parse(chunk, env), above + line):
            if len(found.blocks) >= MOST_BLOCKS:
                found.cut = block.line
                return found
            found.blocks.append(block)
    return found


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces, parted where no block is; a table that is parted keeps its head."""
    if len(text) <= 2 * _CHUNK:
        yield 0, _narrow(text)
        return
    lines = text.split("\n")
    start = size = 0
    fence, head = "", ""
    for number, line in enumerate(lines):
        size += len(line) + 1
        if mark := re.match(r"[ \t>]*(`{3,}|~{3,})", line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif not line.strip():
            head = ""
        elif number > start and _ROW_RULE.match(line) and "|" in line and "|" in lines[number - 1]:
            head = f"{lines[number - 1]}\n{line}\n"
        following = lines[number + 1] if number + 1 < len(lines) else ""
        parted = not fence and not line.strip() and not following.startswith((" ", "\t"))
        if (parted and size > _CHUNK) or size > 4 * _CHUNK:
            piece = "\n".join(lines[start : number + 1])
            yield start, _narrow(piece)
            start, size = number + 1, 0
            if head:
                lines[start - 2 : start] = head.rstrip("\n").split("\n")
                start -= 2
    if start < len(lines):
        yield start, _narrow("\n".join(lines[start:]))


def _narrow(text: str) -> str:
    """Without tables of more than a hundred columns, over which the parser would brood."""
    if "|" not in text:
        return text
    lines = (
        line.replace("|", " ") if line.count("|") > _CELLS else line for line in text.split("\n")
    )
    return "\n".join(lines)


class _Reader:
    """Turns the tokens of a parser into blocks."""

    def __init__(self, found: Prose, env: dict[str, Any]) -> None:
        self._found = found
        self._phrases = Phrases(env)

    def blocks(self, tokens: list[Token], above: int) -> Iterator[Block]:  # noqa: C901, PLR0912, PLR0915
        """The blocks of tokens whose first line is line ``above`` of the file."""
        lists = quotes = 0
        kind: Kind = "text"
        heading = 0
        cells: list[Block] = []
        for token in tokens:
            name = token.type
            line = above + token.map[0] if token.map else above
            end = above + token.map[1] if token.map else above
            if name in ("bullet_list_open", "ordered_list_open", "dd_open"):
                lists += 1
                kind = "definition" if name == "dd_open" else kind
            elif name in ("bullet_list_close", "ordered_list_close", "dd_close"):
                lists -= 1
                kind = "text"
            elif name in ("blockquote_open", "blockquote_close"):
                quotes += 1 if name == "blockquote_open" else -1
            elif name == "list_item_open":
                kind = "item"
            elif name == "dt_open":
                kind = "term"
            elif name == "heading_open":
                heading = int(token.tag[1])
            elif name == "heading_close":
                heading = 0
            elif name == "tr_open":
                cells, row = [], line
            elif name in ("th_open", "td_open"):
                kind = "head" if name == "th_open" else "row"
            elif name == "tr_close":
                text = "; ".join(cell.text for cell in cells if cell.text)
                links = tuple(link for cell in cells for link in cell.links)
                yield Block(kind, text, row, lists, links=links, cells=tuple(cells), end=row + 1)
                cells, kind = [], "text"
            elif name == "hr":
                yield Block("rule", "", line)
            elif name in ("fence", "code_block"):
                if token.content.strip() and token.info.strip(" {}.").lower() not in _DRAWINGS:
                    text = token.content.rstrip("\n")
                    yield Block("code", text, line, lists, lead=token.info.strip(), end=end)
                kind = "text"
            elif name == "html_block":
                yield from self._html(token.content, line, lists)
            elif name == "inline":
                if kind in ("head", "row"):
                    cells.append(self._block(token.content, line))
                    continue
                whole = heading or kind == "term"
                for content in [token.content] if whole else parted(token.content):
                    block = self._block(content.lstrip(" \t" + "".join(_MARKED)), line)
                    line += content.count("\n") + 1
                    block.end, block.quoted = end, quotes > 0
                    block.kind = "heading" if heading else _MARKED.get(content.lstrip()[:1], kind)
                    block.level = heading or lists
                    kind = "text"
                    if block.text or block.kind in ("item", "term"):
                        yield block

    def _block(self, content: str, line: int) -> Block:
        phrase = self._phrases.read(content)
        self._found.dropped(line, images=phrase.images, tags=phrase.tags)
        return Block(
            "text", phrase.text, line, 0, phrase.lead, phrase.strong, phrase.links, phrase.broken
        )

    def _html(self, html: str, line: int, lists: int) -> Iterator[Block]:
        self._found.dropped(
            line, images=html.lower().count("<img"), tags=len(_ANY_TAG.findall(html))
        )
        if _LIST_TERM.search(html):
            yield from self._definitions(html, line)
            return
        above, start = 0, line
        for heading in _HEADING.finditer(html):
            yield from self._paragraphs(html[above : heading.start()], start, lists)
            start = line + html.count("\n", 0, heading.end())
            block = self._block(hypertext.plain(heading[2]).text, start)
            block.kind, block.level, above = "heading", int(heading[1]), heading.end()
            yield block
        yield from self._paragraphs(html[above:], start, lists)

    def _paragraphs(self, html: str, line: int, lists: int) -> Iterator[Block]:
        if hypertext.holds_html(html) and not _ANY_TAG.sub("", html).strip():
            return  # tags alone: what they enclose is Markdown
        found = hypertext.plain(html)
        links = tuple(Link(each, macros.ENTRY + each) for each in found.links)
        lines = found.lines or [1] * len(found.paragraphs)
        for text, place in zip(found.paragraphs, lines, strict=True):
            block = self._block(text, line + place - 1)
            block.level, block.links = lists, (*block.links, *links)
            links = ()
            if block.text:
                yield block

    def _definitions(self, html: str, line: int) -> Iterator[Block]:
        """The terms and definitions of a list in HTML, which may be Markdown within."""
        matches = list(_LIST_TERM.finditer(html))
        for n, match in enumerate(matches):
            end = matches[n + 1].start() if n + 1 < len(matches) else len(html)
            inner = re.split(r"</(?:dt|dd|dl)\b", html[match.end() : end], maxsplit=1)[0]
            text = hypertext.plain(inner).text if hypertext.holds_html(inner) else inner
            links = tuple(Link(a, a) for a in HREF.findall(inner))
            block = self._block(text.strip(), line + html.count("\n", 0, match.start()))
            block.kind = "term" if match[1].lower() == "dt" else "definition"
            block.links = (*block.links, *links)
            block.end = block.line
            yield block
