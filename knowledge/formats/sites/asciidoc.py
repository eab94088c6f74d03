"""AsciiDoc, read as the Markdown that says the same: its lists of terms, tables and headings."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.sites import site
from knowledge.formats.sites.adocinline import plain
from knowledge.formats.sites.links import anchored
from knowledge.formats.sites.wording import is_label
from knowledge.formats.tables.tongues import language_of

_TITLE = re.compile(r"^(={1,6})[ \t]+(\S[^\n]*?)(?:[ \t]+=+)?[ \t]*$", re.MULTILINE)
_OPENED = re.compile(
    r"\s*(?:(?://[^\n]*|:[\w-]+!?:[^\n]*|\[\w+\](?=\s*\n=))\n\s*)*"
    r"(?:={1,6}[ \t]+[^=\s][^\n]*[^=\s][ \t]*$"
    r"|\[(?:glossary|\[[\w.:-]+(?:,[^\]\n]*)?\]|#[\w.:-]+)\])",
    re.MULTILINE,
)
_MARKDOWN = re.compile(r"^#{1,6}[ \t]|\A\s*(?:---|\+\+\+)[ \t]*$", re.MULTILINE)
_LISTED = re.compile(r"^[^\s:.][^\n:]{0,80}::(?:[ \t]+\S|[ \t]*\n[ \t]*[^\s:])", re.MULTILINE)
_SEVERAL = 3  # terms: no other text has as many lines that end so
_TERM = re.compile(r"((?:\[\[[^\]\n]*\]\])*)([^\s/|][^\n]*?)[ \t]*(:{2,4}|;;)(?:[ \t]+(.*))?$")
_BROKEN = re.compile(  # a link over the end of a line
    r"((?:https?://|link:|mailto:|xref:)[^\s\[\]]+\[[^\[\]\n]*|<<[^<>\n]+)\n[ \t]*"
    r"([^\[\]\n<>]*(?:\]|>>)[.,;:)]?)[ \t]*"
)
_ANCHOR = re.compile(r"\[\[([\w:.-]+)[^\]\n]*\]\]|\[#([\w:.-]+)[^\]\n]*\]")
_ATTRIBUTE = re.compile(r":([\w-]+)!?:(?:[ \t]+(.*))?$")
_LONGEST_VALUE, _MOST_SAID = 1_000, 5_000_000
"""Characters of a value, and of all that stand for names: they may swell by one another."""
_REFERENCE = re.compile(r"\{([\w-]+)\}")
_UNKNOWN = re.compile(r"(`[^`\n]*`)|(?<![^\s(])\{([a-z][a-z0-9]*(?:[-_][a-z0-9]+)*)\}(?![/{\w])")
_UNSHOWN = re.compile(
    r"//(?!/)|(?:include|ifdef|ifndef|ifeval|endif|toc|image|video)::|<<<\s*$|'''\s*$"
)
_TAG = re.compile(r"//[ \t]*tag::([A-Za-z-]{2,12})\[\]")
_BLOCK = re.compile(r"(?:\[[^\]\n]*\])+[ \t]*$|\[(?:quote|verse),[^\n]*\]$")
_FENCE = re.compile(r"(-{4,}|\.{4,}|`{3,}|/{4,})[ \t]*$")
_DELIMITER = re.compile(r"(?:={4,}|\*{4,}|_{4,}|--|\+)[ \t]*$")
_TABLE = re.compile(r"[|,:!]={3,}[ \t]*$")
_ITEM = re.compile(r"[ \t]*(\*{1,5}|-|\.{1,5}|\d+\.)[ \t]+(.*)$")
_COLUMNS = re.compile(r"cols=\"?([^\"\]]+)\"?")
_MULTIPLE = re.compile(r"(\d+)\*")
_CELL = re.compile(r"(?:^|(?<=\s))(?:\d+[.+*]?\d*[+*])?[<^>.]*[adehlmsv]?(?<!\\)\||(?<!\\)\|")

_LOOKED_AT = 20_000  # characters
_UNSAID = "…"
_AWAITED = ":   "
"""Begins what is said of a term, below it."""


def recognises(text: str) -> bool:
    """Whether a text begins as AsciiDoc does or lists terms so, and has no headings of Markdown."""
    if _OPENED.match(text) is None and len(_LISTED.findall(text[:_LOOKED_AT])) < _SEVERAL:
        return False
    return _MARKDOWN.search(text) is None


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entries of a text, as those of a Markdown file of many terms."""
    lines = list(_Lines(text).converted())
    places = [place for place, _ in lines]

    def at(line: int) -> int:
        return places[min(line, len(places)) - 1] if places else line

    for item in site.read_bare("\n".join(line for _, line in lines), path):
        if isinstance(item, Fault):
            yield replace(item, line=at(item.line))
        else:
            sections = (replace(s, lines=tuple(map(at, s.lines))) for s in item.sections)
            yield replace(item, line=at(item.line), sections=tuple(sections))


class _Lines:
    """The lines of a text in AsciiDoc, turned into those of Markdown, each with its number."""

    def __init__(self, text: str) -> None:
        self._lines = _BROKEN.sub(_on_one_line, text).split("\n")
        self._at = 0
        self._values = {"nbsp": " ", "empty": "", "sp": " ", "plus": "+", "vbar": "|"}
        self._spent = 0
        self._within = ""  # what a line below a term begins with
        self._ended = False  # whether a blank line stands above
        self._block = ""
        self._open = ""  # what a block is enclosed in
        self._labels = self._recurring()
        self._anchored = False  # whether the last term has an id of its own
        self._mark = ""  # what stands behind the terms of the list
        self._place = 0  # the line that a row of a table begins on

    def converted(self) -> Iterator[tuple[int, str]]:
        while self._at < len(self._lines):
            line = self._lines[self._at].rstrip()
            self._at += 1
            for text in self._converted(line):
                yield self._place or self._at, text
            self._place = 0

    def _converted(self, line: str) -> Iterator[str]:  # noqa: C901, PLR0912, PLR0915
        bare = line.strip()
        if not bare:
            self._ended = not self._open
            if self._within != _AWAITED:
                yield ""
        elif (tag := _TAG.fullmatch(bare)) and language_of(tag[1]):
            yield from ("", f"{{lang={tag[1]}}}", "")
        elif _UNSHOWN.match(bare):
            return
        elif _BLOCK.match(bare):
            self._block = bare
        elif attribute := _ATTRIBUTE.match(bare):
            value = self._text(attribute[2] or "")
            self._values[attribute[1]] = value if len(value) <= _LONGEST_VALUE else ""
        elif title := _TITLE.match(line):
            self._within = ""
            name = self._text(title[2]) + _anchor(self._block)
            self._block = ""
            yield from ("", f"{'#' * len(title[1])} {name}", "")
        elif _TABLE.match(bare):
            yield from self._table(bare)
        elif self._underlines(bare):
            yield from (bare, "")
        elif fence := _FENCE.match(bare):
            yield from self._code(fence[1])
        elif _DELIMITER.match(bare):
            self._ended = self._ended and bare != "+"  # which binds what follows to what is above
            if bare != "+" and self._open in ("", bare):
                self._open = "" if self._open else bare
            yield ""
        elif item := _ITEM.match(line):
            depth = len(item[1]) if item[1][0] in "*." else 1
            yield f"{self._within}{'    ' * (depth - 1)}* {self._text(item[2])}"
        elif (term := _TERM.match(bare)) and self._within and self._is_label(term):
            begins = ":   " if self._within == _AWAITED else "    "
            self._within, self._ended = "    ", False
            yield from (
                "",
                f"{begins}**{self._text(term[2]).strip('*')}**: {self._text(term[4] or '')}",
            )
        elif term:
            anchor = _anchor(term[1] or self._block or term[2])
            name = (self._text(term[2]) or term[2].strip("[]")) + anchor
            if self._within == _AWAITED and anchor and self._anchored:
                yield f":   {_UNSAID}"  # with an id each, they are no names of one term
                self._within = ""
            self._block, self._anchored = "", bool(anchor)
            yield from (*([] if self._within == _AWAITED else [""]), name)
            self._within, self._ended, self._mark = "    " if term[4] else _AWAITED, False, term[3]
            if term[4]:
                yield f":   {self._text(term[4])}"
        elif bare[0] == "." and bare[1:2].isalpha():  # the title of a block
            yield f"{self._within}{self._text(bare[1:])}"
        else:
            if self._ended and not line[0].isspace() and self._within != _AWAITED:
                self._within = ""
            yield self._within + self._text(bare)
            self._within, self._ended = "    " if self._within else "", False

    def _recurring(self) -> frozenset[str]:
        """What several lists within lists begin with, as labels do and terms do not."""
        found = [term for line in self._lines if (term := _TERM.match(line.strip()))]
        counts = Counter(term[2] for term in found if term[3] != found[0][3])
        return frozenset(name for name, count in counts.items() if count > 1)

    def _is_label(self, term: re.Match[str]) -> bool:
        enclosed = self._open == "--"  # in a block that is part of what is said of a term
        return term[3] != self._mark and (enclosed or term[2] in self._labels or is_label(term[2]))

    def _underlines(self, line: str) -> bool:
        """Whether a line makes that above it a heading."""
        above = self._lines[self._at - 2].strip() if self._at > 1 else ""
        return (
            re.fullmatch("=+|-+", line) is not None
            and above[:1].isalnum()
            and abs(len(above) - len(line)) <= 2  # noqa: PLR2004
        )

    def _code(self, fence: str) -> Iterator[str]:
        hidden = fence.startswith("/")
        language = self._block.strip("[]").split(",")[1:2] if "source" in self._block else []
        if not hidden:
            yield from ("", f"{self._within}```{''.join(language).strip()}")
        while self._at < len(self._lines):
            line = self._lines[self._at].rstrip()
            self._at += 1
            if line.strip() == fence:
                break
            if not hidden:
                yield self._within + line
        if not hidden:
            yield f"{self._within}```"

    def _table(self, delimiter: str) -> Iterator[str]:
        """A table, a row a line; its cells may be on lines of their own, and have paragraphs."""
        cells: list[list[str]] = []
        places: list[int] = []
        first, spaced = 0, False
        while self._at < len(self._lines):
            line = self._lines[self._at].strip()
            self._at += 1
            if line == delimiter:
                break
            if _UNSHOWN.match(line):
                continue
            before, *begun = _CELL.split(line)
            if cells and (before.strip() or not begun):
                cells[-1].append(before.strip())
            spaced = spaced or (bool(first) and not line)
            cells += [[each.strip()] for each in begun]
            places += [self._at] * len(begun)
            first = first or len(cells)
        width = _width(self._block) or first
        headed = "header" in self._block or spaced
        self._block = ""
        yield ""
        if not headed:
            yield from ("|" + " |" * width, "|" + "-|" * width)
        for n in range(0, len(cells), width or 1):
            texts = (self._text(_cell(cell)) for cell in cells[n : n + width])
            self._place = places[n]
            yield "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"
            if headed and n == 0:
                yield "|" + "-|" * width
        self._place = 0
        yield ""

    def _text(self, text: str) -> str:
        text = _REFERENCE.sub(self._said, text)
        if "{" in text:  # what is said elsewhere
            text = _UNKNOWN.sub(lambda m: m[1] or re.sub("[-_]", " ", m[2]), text)
        return plain(text)

    def _said(self, reference: re.Match[str]) -> str:
        value = self._values.get(reference[1], reference[0])
        self._spent += len(value)
        return value if self._spent < _MOST_SAID else reference[0]


def _on_one_line(link: re.Match[str]) -> str:
    """A link on its first line; what follows it stays on the second."""
    rest = link.string[link.end() : link.end() + 1].strip()
    return f"{link[1]} {link[2]}\n{'' if rest else '//'}"


def _cell(lines: list[str]) -> str:
    """The lines of a cell; those end where a paragraph or an item does."""
    text = ""
    for line in lines:
        item = re.match(r"[*.-]+[ \t]+", line)
        rest = line[item.end() :] if item else line
        text += ("&#10;" if not line or item else " ") + rest
    return (
        re.sub(r"(?: *&#10; *)+", "&#10;", text).removeprefix("&#10;").removesuffix("&#10;").strip()
    )


def _anchor(written: str) -> str:
    """The id that anchors give, as text carries it."""
    found = _ANCHOR.search(written)
    return anchored(found[1] or found[2]) if found and not found[0].startswith("[[_") else ""


def _width(block: str) -> int:
    """How many columns the attributes of a table say that it has."""
    match = _COLUMNS.search(block)
    if match is None:
        return 0
    parts = re.split("[,;]", match[1])
    return sum(int(m[1]) if (m := _MULTIPLE.match(part.strip())) else 1 for part in parts)
