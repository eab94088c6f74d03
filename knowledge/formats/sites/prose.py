"""Prose: Markdown of any flavour read into blocks."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from textwrap import dedent
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.formats.lines import Lines
from knowledge.formats.pages import hypertext
from knowledge.formats.sites import htmltable, listing, macros, pieces, recorded
from knowledge.formats.sites.blocks import Block, Kind, Prose
from knowledge.formats.sites.components import is_mdx
from knowledge.formats.sites.links import ANCHORED, ENTRY
from knowledge.formats.sites.notes import Notes
from knowledge.formats.sites.paragraphs import parted
from knowledge.formats.sites.phrase import FORMATS, HREF, Link, Phrases

MOST_BLOCKS = 100_000
_MOST_LINES = 1_000_000
"""What follows is not read: a list of millions of items would fill the memory."""
_LONGEST = 50_000  # characters of a line: no writer's, and slow to take apart
_LONG_LINE = re.compile(r"^([^\n]{50000})[^\n]+", re.MULTILINE)

_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n^][^\]\n]{0,200}\]:[ \t]*\S[^\n]*$", re.MULTILINE)
_LIST_TERM = re.compile(r"<(dt|dd)\b[^<>]*>", re.IGNORECASE)
_TABLE_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_HEADING = re.compile(
    r"<h([1-6])\b([^<>]*)>([^\n]*?|\n[^\n]{1,200}\n[ \t]*)</h\1\s*>", re.IGNORECASE
)
_ID = re.compile(r"\bid=[\"']?([\w.:-]+)", re.IGNORECASE)
# What is shown of such code is a drawing, or what a query finds.
_DRAWN = re.compile(
    r"\{?\.?(?:mermaid|plantuml|puml|dot|graphviz|d2|dataviewjs?|query|base|toc|button|chart)\b",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[^<>]*>")
_MARKED: dict[str, Kind] = {listing.TERM_MARK: "term", listing.DEFINITION_MARK: "definition"}


@cache
def _parser(*, code: bool) -> MarkdownIt:
    """Reads blocks only: their inlines are read one by one, each within bounds."""
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415  (few files need it)

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(deflist_plugin)
    return parser.disable(["inline"] if code else ["inline", "code"])


def prose(text: str, above: int = 1) -> Prose:
    """The blocks of a Markdown text whose first line is line ``above`` of its file."""
    found = Prose(told="{glossary}" in text)
    if len(text) > _LONGEST and (long := _LONG_LINE.search(text)):
        found.cut = above + text.count("\n", 0, long.start())
        text = _LONG_LINE.sub(r"\1", text)
    parser = _parser(code=not is_mdx(text))
    records = recorded.plain(text)
    found.recorded = records != text
    text = listing.marked(macros.expanded(records))
    footnotes = Notes()
    text = footnotes.taken(text, above)
    text = listing.together(text)
    env: dict[str, Any] = {}
    if references := "\n\n".join(m[0] for m in _DEFINITION.finditer(text)):
        parser.parse(references[: pieces.SIZE], env)
    reader = _Reader(found, env, footnotes)
    for line, chunk in pieces.parted(text):
        if line > _MOST_LINES:
            found.cut = above + line
            break
        for block in reader.blocks(parser.parse(chunk, env), above + line):
            if len(found.blocks) >= MOST_BLOCKS:
                found.cut = block.line
                return found
            found.blocks.append(block)
    return found


class _Reader:
    """Turns the tokens of a parser into blocks."""

    def __init__(self, found: Prose, env: dict[str, Any], footnotes: Notes) -> None:
        self._found = found
        self._footnotes = footnotes
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
                yield _row(kind, cells, row, lists)
                cells, kind = [], "text"
            elif name == "hr":
                yield Block("rule", "", line)
            elif name in ("fence", "code_block"):
                if token.content.strip() and not _DRAWN.match(token.info.strip()):
                    text = token.content.rstrip("\n")
                    text = dedent(text) if name == "code_block" else text
                    yield Block("code", text, line, lists, lead=token.info.strip(), end=end)
                kind = "text"
            elif name == "html_block":
                yield from self._html(token.content, line, lists)
            elif name == "inline":
                if kind in ("head", "row"):
                    cells.append(self._block(token.content, line))
                    cells[-1].end = end
                    continue
                whole = heading or kind == "term"
                for content in [token.content] if whole else parted(token.content):
                    block = self._block(content.lstrip(" \t" + "".join(_MARKED)), line)
                    line += content.count("\n") + 1
                    block.end, block.quoted = end, quotes > 0
                    block.kind = "heading" if heading else _MARKED.get(content.lstrip()[:1], kind)
                    if kind == "item":  # of MDN, what a term of a list within the text means
                        block.text = block.text.removeprefix(": ")
                    block.level = heading or lists
                    kind = "text"
                    if block.text or block.kind in ("item", "term"):
                        yield block

    def _block(self, content: str, line: int, *, noted: bool = True) -> Block:
        content, notes = self._footnotes.read(content, line)
        anchor = ANCHORED.search(content)
        phrase = self._phrases.read(content)
        self._found.dropped(line, images=phrase.images, tags=phrase.tags)
        block = Block(
            "text", phrase.text, line, 0, phrase.lead, phrase.strong, phrase.links, phrase.broken
        )
        block.anchor = anchor[1] if anchor else ""
        if noted:  # a footnote may bear marks, even its own: these say nothing
            block.notes = tuple(self._block(text, place, noted=False) for text, place in notes)
        return block

    def _html(self, html: str, line: int, lists: int) -> Iterator[Block]:
        tags = sum(FORMATS.match(tag) is None for tag in _ANY_TAG.findall(html))
        self._found.dropped(line, images=html.lower().count("<img"), tags=tags)
        if _LIST_TERM.search(html):
            yield from self._definitions(html, line)
            return
        if _TABLE_ROW.search(html):
            yield from self._rows(html, line, lists)
            return
        above, start, lines = 0, line, Lines(html, line)
        for heading in _HEADING.finditer(html):
            yield from self._paragraphs(html[above : heading.start()], start, lists)
            start = lines.of(heading.end())
            block = self._block(hypertext.plain(heading[3]).text, start)
            block.kind, block.level, above = "heading", int(heading[1]), heading.end()
            block.anchor = block.anchor or "".join(_ID.findall(heading[2]))
            yield block
        yield from self._paragraphs(html[above:], start, lists)

    def _paragraphs(self, html: str, line: int, lists: int) -> Iterator[Block]:
        if hypertext.holds_html(html) and not _ANY_TAG.sub("", html).strip():
            return  # tags alone: what they enclose is Markdown
        found = hypertext.plain(html)
        links = tuple(Link(each, ENTRY + each) for each in found.links)
        lines = found.lines or [1] * len(found.paragraphs)
        for text, place in zip(found.paragraphs, lines, strict=True):
            block = self._block(text, line + place - 1)
            block.level, block.links = lists, (*block.links, *links)
            links = ()
            if block.text:
                yield block

    def _rows(self, html: str, line: int, lists: int) -> Iterator[Block]:
        """The rows of a table in HTML, below a head, which may be empty."""
        headed = False
        for row in htmltable.rows(html, line):
            cells = [self._cell(cell.html, cell.line) for cell in row.cells]
            if not headed and not row.heads:
                yield Block(
                    "head", "", line, lists, cells=tuple(replace(c, text="") for c in cells)
                )
            headed = True
            yield _row("head" if row.heads else "row", cells, row.line, lists)

    def _cell(self, html: str, line: int) -> Block:
        found = hypertext.plain(html) if hypertext.holds_html(html) else None
        text = "\n\n".join(found.paragraphs).replace("<", "&lt;") if found else html.strip()
        block = self._block(text, line)
        block.links += tuple(Link(each, ENTRY + each) for each in (found.links if found else ()))
        return block

    def _definitions(self, html: str, line: int) -> Iterator[Block]:
        """The terms and definitions of a list in HTML, which may be Markdown within."""
        matches, lines = list(_LIST_TERM.finditer(html)), Lines(html, line)
        for n, match in enumerate(matches):
            end = matches[n + 1].start() if n + 1 < len(matches) else len(html)
            inner = re.split(r"</(?:dt|dd|dl)\b", html[match.end() : end], maxsplit=1)[0]
            text = hypertext.plain(inner).text if hypertext.holds_html(inner) else inner
            links = tuple(Link(a, a) for a in HREF.findall(inner))
            block = self._block(text.strip(), lines.of(match.start()))
            block.kind = "term" if match[1].lower() == "dt" else "definition"
            block.links, block.end = (*block.links, *links), block.line
            yield block


def _row(kind: Kind, cells: list[Block], line: int, lists: int) -> Block:
    """A row of a table, or its head, of its cells."""
    text = "; ".join(cell.text for cell in cells if cell.text)
    links = tuple(link for cell in cells for link in cell.links)
    notes = tuple(note for cell in cells for note in cell.notes)
    block = Block(kind, text, line, lists, links=links, cells=tuple(cells), notes=notes)
    block.end = line + 1
    return block
