"""Prose: the text of a cell or a field, which may hold HTML or Markdown, made plain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape, unescape
from itertools import pairwise

from knowledge.entry import SUMMARY, Section
from knowledge.formats import markdown
from knowledge.formats.draft import opening
from knowledge.formats.pages import hypertext
from knowledge.formats.pages.tree import is_html
from knowledge.formats.sites.wording import is_called
from knowledge.language.text import clean

_BLOCK = re.compile(
    r"<(?:br|p|div|li|ul|ol|h[1-6]|hr|t[dhr]|table|blockquote|pre|d[dlt])\b", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# What tells Markdown from plain text, within lines and at the start of one. A lone * or _ is none:
# 2 * 3, snake_case, *args.
_INLINE = re.compile(r"\]\(|\]\[|\[\[|\*\*\S|\b__\S|(?<![\w*])\*[^\s*]|(?<!\w)_[^\s_]|`|~~\S")
_LEADING = re.compile(r"^(?:#{1,6} .*\n|[^\S\n]*[-*+] +\S|> |~~~)", re.MULTILINE)
_DUNDER = re.compile(r"__[a-z0-9]+(?:_[a-z0-9]+)*__")  # a name of Python’s, nothing bold
_NAMES = {name[2:-2] for kind in (object, int, dict, type, type(re)) for name in dir(kind)
          if _DUNDER.fullmatch(name)} | {"main", "pycache", "future", "all", "slots", "enter",
          "exit", "next", "call", "aiter", "anext", "await", "del", "get", "set"}  # fmt: skip
_OF_PYTHON = re.compile(
    rf"(?<![\w`])__(?:{'|'.join(sorted(_NAMES))})__(?![\w`])"
)  # and nothing in bold
_SIGNS = "*_`[~"
_WIKI = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\]")
_LINK = re.compile(r"\[[^\[\]\n]{0,200}\]\(<?([^()\s>]{1,300})")
_REFERENCE = re.compile(
    r"(?<![\w\])])\[(?:\\\[)?([^\[\]\n\\]{1,80})(?:\\\])?\]\[[^\[\]\n]{0,40}\](?:\[\d+\]: ?\S+)?"
)
_TARGET = re.compile(
    r"(?<!\s)\s*\[[^\[\]\n]{1,40}\]:\s*\S+(?:[ \t]+\"[^\"\n]*\")?[ \t]*$", re.MULTILINE
)
_STRUCK = re.compile(r"~~(\S(?:[^~\n]{0,300}\S)?)~~")
_CODE = re.compile(r"```.*?```|`[^`\n]{1,300}`", re.DOTALL)
_ASIDE = re.compile("\ue000([0-9]{1,5})\ue001")  # letters of nobody's (Unicode's private use)
_STAR_WITHIN = re.compile(r"(?<=\w)\*(?=\w)")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_AROUND_LINE_END = re.compile(r"(?<![ \t])[ \t]+\n[ \t]*|\n[ \t]+(?![-*+>#\d ])")
_NARROWEST, _WRAPPED = 30, 0.6  # characters of the longest line, and what share others have
_STOPS = frozenset(".!?:;。！？؟؛।")
_ITEM = re.compile(r"[-*+•·–—>|#]|\(?(?:\d{1,3}|[a-z])[.)] ")
_CALL = re.compile(r"[={}\[\]<>]|\w\(")  # of a program
_BETWEEN_LINES = re.compile("(?:(?<=([\u3040-\u30ff\u3400-\u9fff\uff00-\uffef，。、]))\n|\n)")
_LABELLED = re.compile(r"([^\W\d_][^:：\n]{0,40})[:：]\s*(\S[^\n]*)")
_PARTED = re.compile(r"[,;،؛、|]")
_SPACES = 5  # what has as many is no name but a sentence
_LONGEST = 20_000
"""Characters of a text that is looked through for Markdown: its parser's time grows faster."""


@dataclass
class Prose:
    """Plain text in sections, the first of which is the summary, and what it links to."""

    sections: list[Section] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def take_names(self) -> list[str]:
        """Takes out the lines that but name other names (“Also known as: …”), and gives these."""
        names: list[str] = []
        kept: list[Section] = []
        for section in self.sections:
            lines = section.text.split("\n")
            told = [line for line in lines if not named(line)]
            names += [name for line in lines for name in named(line)]
            text = _BLANK.sub("\n\n", "\n".join(told)).strip()
            kept.append(section if len(told) == len(lines) else replace(section, text=text))
        if names and any(section.text for section in kept):
            first, *others = [section for section in kept if section.text]
            self.sections = [replace(first, name=self.sections[0].name), *others]
            return names
        return []

    @property
    def text(self) -> str:
        """All of it, under its headings."""
        return "\n\n".join(
            part for s in self.sections for part in (s.heading, s.text) if part.strip()
        )


def prose(text: str) -> Prose:
    """The sections and links of a text without its markup; what is no markup stays as it is."""
    found = Prose()
    text = _ASIDE.sub("", text)
    paragraphs = _without_html(text, found.links)
    joined = "\n\n".join(paragraphs)
    if "__" in joined:
        joined = _OF_PYTHON.sub(lambda name: name[0].replace("_", r"\_"), joined)
    if len(joined) > _LONGEST or not _is_markdown(joined):
        found.sections = sections_of(paragraphs)
        return found
    code = _CODE.findall(joined)  # whose signs are no marks: it is put aside
    places = iter(range(len(code)))
    joined = _unlinked(_CODE.sub(lambda _: f"\ue000{next(places)}\ue001", joined), found.links)
    joined = _ASIDE.sub(lambda place: code[int(place[1])], joined)
    told = markdown.sections(_HEADLESS.sub(r"\1 ", joined))
    # Its lines are those of the cell, and the entry's own says where that is.
    found.sections = [replace(s, lines=()) for s in told if s.text.strip()]
    if found.sections and found.sections[0].name != SUMMARY:  # it begins with a heading
        first, *others = found.sections
        found.sections = [*sections_of(_BLANK.split(first.text)), *others]
    return found


def named(line: str) -> list[str]:
    """The names that a line gives behind a word that says so."""
    found = _LABELLED.fullmatch(line.strip()) if ":" in line or "：" in line else None
    if found is None or not is_called(found[1], "aliases"):
        return []
    names = [name for each in _PARTED.split(found[2].rstrip(". ")) if (name := each.strip())]
    return names if all(name.count(" ") < _SPACES for name in names) else []


_HEADLESS = re.compile(r"^([^\n]*\S)[ \t]*\n(?=[=-]+[ \t]*$)", re.MULTILINE)  # no heading meant


def plain(text: str) -> str:
    """A text on one line without its markup, as a term or an alias is."""
    text = text.strip()
    if _DUNDER.fullmatch(text):
        return text
    if not ("<" in text or "&" in text or _is_markdown(text)):
        return text
    return " ".join(prose(text).text.split()) or text


def _is_markdown(text: str) -> bool:
    if any(sign in text for sign in _SIGNS) and _INLINE.search(text):
        return True
    return (_LEADING.search(text) if "\n" in text else _LEADING.match(text)) is not None


def sections_of(paragraphs: Sequence[str]) -> list[Section]:
    """A summary and a body."""
    return [section for section in opening(paragraphs) if section.text]


def _unlinked(text: str, links: list[str]) -> str:
    """Markdown without what its parser does not know or would leave: marks of wikis, references."""
    text = _WIKI.sub(lambda m: _wiki(m[1], m[2], links), text)
    links += filter(None, map(hypertext.link, _LINK.findall(text)))
    text = _REFERENCE.sub(lambda m: m[1], _TARGET.sub("", text))
    return _STRUCK.sub(lambda m: m[1], _STAR_WITHIN.sub(r"\*", text))


def _wiki(target: str, shown: str, links: list[str]) -> str:
    links.append(target.strip())
    return shown or target


def _without_html(text: str, links: list[str]) -> list[str]:
    bare = _CODE.sub("`", text) if "`" in text else text
    if is_html(bare):
        return _from_html(_CODE.sub(lambda code: escape(code[0], quote=False), text), links)
    if "&" in text and _ENTITY.search(text):
        text = _ENTITY.sub(lambda found: unescape(found[0]), text)
        text = clean(_ENTITY.sub(lambda found: unescape(found[0]), text))  # some escape twice
        if is_html(text):
            return _from_html(text, links)
    if "```" in text:  # of a program, whose lines are no paragraph's
        return [text.strip()]
    text = _AROUND_LINE_END.sub("\n", text) if "\n" in text else text
    return [_unwrapped(part) for piece in _BLANK.split(text) if (part := piece.strip())]


def _unwrapped(paragraph: str) -> str:
    """A paragraph whose lines were broken to fit a page, on one; verses and lists stay as is."""
    lines = paragraph.split("\n")
    if len(lines) == 1 or any(map(_ITEM.match, lines)):
        return paragraph
    opens = [
        line[-1] not in _STOPS and after[0].isalpha() and after[0] == after[0].lower()
        for line, after in pairwise(lines)
    ]
    widths = [*map(_width, lines)]
    filled = min(widths[:-1]) >= _WRAPPED * max(widths)
    flows = (
        all(opens)
        and not _CALL.search(paragraph)
        and all(line.count(" ") > 1 for line in lines[:-1])
    )
    if not any(opens) or not (filled or flows) or max(widths) < _NARROWEST:
        return paragraph
    if any(line[-1] in "{};\\" for line in lines):  # of code
        return paragraph
    return _BETWEEN_LINES.sub(lambda found: "" if found[1] else " ", paragraph)


def _width(line: str) -> int:
    """How wide a line is; the letters of Chinese, Japanese and Korean count for two."""
    return len(line) if line.isascii() else sum(1 + (c > "\u2e7f") for c in line)


def _from_html(text: str, links: list[str]) -> list[str]:
    pieces = [text] if _BLOCK.search(text) else _BLANK.split(text)
    paragraphs: list[str] = []
    for piece in pieces:
        found = hypertext.plain(piece)
        paragraphs += found.paragraphs
        links += found.links
    return paragraphs
