"""The body of a definition in reStructuredText as plain text, and what it refers to."""

import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote
from warnings import catch_warnings, simplefilter

from knowledge.formats.pages.hypertext import link
from knowledge.formats.pages.rstmarks import ADDRESS, Numbered, dedented, said_by, tidy, undirected

_SIMPLE = re.compile(
    r"[*`|<\\\[]|_\b|\b_|::|^[ \t]*(?:[-+•>:]|\(?[\w#]{1,4}[.)]\s)|^[ \t]+\S|[=-]{4,}", re.MULTILINE
)
_TAGS = {
    "paragraph": "p", "strong": "b", "table": "table", "row": "tr", "entry": "td", "term": "dt",
    "definition": "dd", "definition_list": "dl", "list_item": "li", "literal_block": "pre",
    "field_name": "dt", "field_body": "dd", "field_list": "dl", "emphasis": "i", "line": "p",
    "block_quote": "blockquote",
}  # fmt: skip
_TAG = re.compile(r" ?<br ?/?>|</?(?:b|i|u|em|strong|sub|sup|p)>", re.IGNORECASE)
"""What some type in place of marks."""
_LAID_OUT = frozenset({"list-table", "csv-table", "rubric"})
"""Directives that docutils makes a table or a heading of."""
_SAYING = ("reference", "inline", "substitution_reference", "footnote_reference", "problematic")
_LONGEST = 50_000
"""Characters: a longer body is not given to docutils, whose work grows faster than its text."""
_DEEPEST = 160
"""Columns: docutils goes down a step of the stack with every step of indentation."""
_MOST_MARKS = 1_000
"""Marks that begin something inline, each of which may be looked for to the end."""
_MOST_EFFORT = 40_000
"""Marks in a file, about: docutils takes a minute for so many, and a file may hold millions."""
_EFFORT_OF_TEXT = 2
"""In marks: what it costs docutils to begin upon a text, be it a word."""


@dataclass
class Body:
    """A definition: its paragraphs, the line of each, and the terms and pages it refers to."""

    paragraphs: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


@dataclass
class Effort:
    """What is left of the effort that docutils may make for a file."""

    left: int = _MOST_EFFORT

    def allows(self, marks: int) -> bool:
        """Whether a text with so many marks may still be given to docutils; it is counted."""
        self.left -= marks + _EFFORT_OF_TEXT
        return self.left > 0


def body(lines: Numbered, substitutions: Mapping[str, str], effort: Effort) -> Body:
    """The plain text of the lines of a definition; their common indentation is left out.

    What is long, or more than the effort allows, is read without docutils, by patterns alone.
    """
    rows = list(undirected(dedented(lines)))
    while rows and not rows[0][1].strip():
        rows.pop(0)
    text = "\n".join(row for _, row in rows)
    if not _SIMPLE.search(text):
        return _paragraphs(rows, lambda words: words)
    deep = max((len(row) - len(row.lstrip()) for _, row in rows), default=0) > _DEEPEST
    marks = sum(text.count(mark) for mark in "*`|")
    if deep or len(text) > _LONGEST or marks > _MOST_MARKS or not effort.allows(marks):
        return _paragraphs(rows, lambda words: tidy(words, substitutions))
    try:
        return _Reading(substitutions).body(text, rows)
    except Exception:  # noqa: BLE001  (docutils raises what it likes on what no one would write)
        return _paragraphs(rows, lambda words: tidy(words, substitutions))


def inline(text: str, substitutions: Mapping[str, str], effort: Effort) -> str:
    """A line, such as a term, as plain text."""
    if _SIMPLE.search(text):
        text = " ".join(body([(1, text.strip())], substitutions, effort).paragraphs)
    return " ".join(text.split())


def as_html(text: str, substitutions: Mapping[str, str]) -> str:
    """A whole text as HTML, for what it lays out in tables, headings or bold words."""
    rows = [(0, row.rstrip()) for row in text.expandtabs(8).split("\n")]
    source = "\n".join(row for _, row in undirected(rows, _LAID_OUT))
    try:
        return "".join(_Reading(substitutions).page(source))
    except Exception:  # noqa: BLE001  (docutils raises what it likes on what no one would write)
        return ""


def _paragraphs(rows: Numbered, said: Callable[[str], str]) -> Body:
    """Paragraphs by their blank lines alone."""
    found = Body()
    words: list[str] = []
    first = 0
    for number, row in [*rows, (0, "")]:
        if row.strip():
            first = first if words else number
            words.append(row.strip())
        elif words:
            if text := " ".join(said(" ".join(words)).split()):
                found.paragraphs.append(text)
                found.lines.append(first)
            words = []
    return found


class _Reading:
    """A reading by docutils, without its roles, directives and settings of the system."""

    def __init__(self, substitutions: Mapping[str, str]) -> None:
        self.substitutions = substitutions
        self.found = Body()

    def body(self, text: str, rows: Numbered) -> Body:
        """The text of a body that holds no explicit markup."""
        from docutils.utils import new_document  # noqa: PLC0415  (slow to import)

        parser, settings = _parser()
        document = new_document("", settings)
        parser.parse(text, document)
        self._read(document, rows, 1)
        return self.found

    def page(self, text: str) -> Iterator[str]:
        """A document as HTML, as far as terms and definitions may be told by it."""
        from docutils.utils import new_document  # noqa: PLC0415

        parser, settings = _parser()
        document = new_document("", settings)
        parser.parse(text, document)
        yield "<html><body>"
        yield from self._html(document, 1)
        yield "</body></html>"

    def _html(self, node: Any, level: int) -> Iterator[str]:  # noqa: ANN401
        kind = node.tagname
        if kind in ("system_message", "comment", "docinfo", "substitution_definition"):
            return
        if kind == "field_list" and node.parent.tagname == "document":  # of the file, not a term
            return
        if kind == "#text":
            yield escape(_text(node))
        elif kind == "target" and "refuri" not in node:
            yield from (f'<a id="{escape(name)}"></a>' for name in node["names"])
        elif kind in _SAYING:
            said = escape(tidy(self._said(node), self.substitutions))
            target = next(iter(self.found.links), "")
            self.found.links.clear()
            yield f'<a href="#{quote(target)}">{said}</a>' if target else said
        else:
            heading = {"title": level - 1, "rubric": level}.get(kind)
            tag = f"h{min(heading, 6)}" if heading else _TAGS.get(kind, "")
            yield f"<{tag}>" if tag else ""
            for child in node.children:
                yield from self._html(child, level + (kind == "section"))
            yield f"</{tag}>" if tag else ""

    def _read(self, node: Any, rows: Numbered, line: int) -> None:  # noqa: ANN401
        kind = node.tagname
        line = node.line or line
        if kind in ("paragraph", "term", "field_name", "title", "option_string", "attribution"):
            self._add(" ".join(self._said(node).split()), rows, line)
        elif kind in ("literal_block", "doctest_block", "math_block"):
            self._add(node.astext().strip("\n"), rows, line, kept=True)
        elif kind == "line_block":
            parts = [
                self._said(each).strip() for each in node.findall(lambda n: n.tagname == "line")
            ]
            self._add("\n".join(filter(None, parts)), rows, line)
        elif kind not in (
            "system_message",
            "comment",
            "target",
            "substitution_definition",
            "image",
        ):
            for child in node.children:
                if child.tagname != "#text":
                    self._read(child, rows, line)

    def _add(self, text: str, rows: Numbered, line: int, *, kept: bool = False) -> None:
        if not kept:
            text = tidy(text, self.substitutions) if "`" in text else ADDRESS.sub(r"\1", text)
            text = _TAG.sub("", text) if "<" in text else text
        if text:
            self.found.paragraphs.append(text)
            self.found.lines.append(rows[min(line, len(rows)) - 1][0])

    def _said(self, node: Any) -> str:  # noqa: ANN401
        kind = node.tagname
        if kind == "#text":
            return _text(node)
        if kind in ("footnote_reference", "citation_reference", "image", "raw", "system_message"):
            return ""
        said = "".join(self._said(child) for child in node.children)
        if kind == "substitution_reference":
            return self.substitutions.get(said, said)
        if kind == "inline" and "target" in node:
            self.found.links.append(node["target"])
        if kind == "reference":
            address = node.get("refuri", "")
            target = link(address) if address else node.get("refname", "")
            self.found.links.append(target)
            return re.sub(r"(?<!\s)\s*<[^<>]*>$", "", said)
        return said


def _text(node: Any) -> str:  # noqa: ANN401
    """Text as docutils has it, without stars that were to end what is strong: “**AB**s”."""
    text = str(node.astext())
    return text.replace("**", "") if node.parent.tagname == "strong" else text


def _parser() -> tuple[Any, Any]:
    """A parser that shows what interpreted text says, whatever its role, and its settings.

    Roles are told by the inliner, not registered: docutils' registry is one for all threads.
    """
    from docutils import nodes, utils  # noqa: PLC0415
    from docutils.parsers.rst import Parser, states  # noqa: PLC0415

    def interpreted(_raw: str, text: str, role: str, _line: int) -> tuple[list[Any], list[Any]]:
        shown, target = said_by(role or "", utils.unescape(text))
        said = nodes.Text(shown)
        return [nodes.inline("", "", said, target=target) if target else said], []

    inliner = states.Inliner()
    vars(inliner)["interpreted"] = interpreted
    return Parser(inliner=inliner), copy(_settings())


@cache
def _settings() -> Any:  # noqa: ANN401
    """Docutils' settings, as they are without any file of settings: nothing is included or run."""
    from docutils import frontend  # noqa: PLC0415
    from docutils.parsers.rst import Parser  # noqa: PLC0415

    with catch_warnings():
        simplefilter("ignore")  # how it makes settings is to change
        settings = frontend.get_default_settings(Parser)
    settings.file_insertion_enabled = settings.raw_enabled = False
    settings.report_level = settings.halt_level = 5
    settings.warning_stream = False
    return settings
