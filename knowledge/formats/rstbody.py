"""The body of a definition in reStructuredText as plain text, and what it refers to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.formats.hypertext import link, raised

_EXPLICIT = re.compile(r"(.+?)\s*<([^<>]*)>", re.DOTALL)
_ROLE = re.compile(r"(?<![\w:]):([A-Za-z][\w:.+-]*):`([^`]*)`")
_EMBEDDED = re.compile(r"`([^`<>]+?)\s*<[^`<>]*>`_{0,2}")
_QUOTED = re.compile(r"`{1,2}([^`]+)`{1,2}_{0,2}")
_MARKS = re.compile(
    r"\*\*([^*\n]+)\*\*|(?<![\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])|(\s?)\[(?:#?\w*|\*)\]_\b"
)
_SIMPLE = re.compile(
    r"[*`|\\\[]|_\b|\b_|::|^\s*(?:[-+•>:]|\(?[\w#]{1,4}[.)]\s)|^\s+\S|[=-]{4,}", re.MULTILINE
)
_EXPLICIT_MARKUP = re.compile(r"( *)\.\.(?: +(.*)|$)")
_DIRECTIVE = re.compile(r"([A-Za-z][\w:.+-]*) ?::(?:\s+(.*)|$)")
_OPTION = re.compile(r"\s*:[\w -]+:(?:\s|$)")
_DROPPED = frozenset(
    {
        "image", "figure", "include", "literalinclude", "raw", "index", "toctree", "contents",
        "meta", "role", "default-role", "highlight", "todo", "autosummary", "plot", "video",
        "youtube", "tabularcolumns", "rst-class", "class", "cssclass", "only", "graphviz", "uml",
        "mermaid", "csv-table", "currentmodule", "module", "sectionauthor", "codeauthor", "unicode",
        "program", "default-domain", "bibliography", "testsetup", "testcleanup", "image-sg", "date",
    }
)  # fmt: skip
_LITERAL = frozenset(
    {"code", "code-block", "sourcecode", "parsed-literal", "math", "doctest", "testcode", "prompt",
     "testoutput", "console", "highlight-block", "productionlist", "ipython"}
)  # fmt: skip
_CALLABLE = frozenset({"func", "meth", "function", "method"})
_REFERRING = frozenset(
    {"ref", "doc", "numref", "any", "std:ref", "std:doc", "eq", "keyword", "token"}
)
_LONGEST = 50_000
"""Characters: a longer body is not given to docutils, whose work grows faster than its text."""
_MOST_MARKS = 2_000
"""Marks that begin something inline, each of which may be looked for to the end."""


@dataclass
class Body:
    """A definition: its paragraphs, the line of each, and the terms and pages it refers to."""

    paragraphs: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


Numbered = Sequence[tuple[int, str]]
"""Lines, each with its number."""


def body(lines: Numbered, substitutions: Mapping[str, str]) -> Body:
    """The plain text of the lines of a definition; their common indentation is left out."""
    rows = list(_undirected(_dedented(lines)))
    while rows and not rows[0][1].strip():
        rows.pop(0)
    text = "\n".join(row for _, row in rows)
    if not _SIMPLE.search(text):
        return _paragraphs(rows, lambda words: words)
    if len(text) > _LONGEST or sum(text.count(mark) for mark in "*`|_") > _MOST_MARKS:
        return _paragraphs(rows, lambda words: tidy(words, substitutions))
    try:
        return _Reading(substitutions).body(text, rows)
    except Exception:  # noqa: BLE001  (docutils raises what it likes on what no one would write)
        return _paragraphs(rows, lambda words: tidy(words, substitutions))


def inline(text: str, substitutions: Mapping[str, str]) -> str:
    """A line, such as a term, as plain text."""
    found = body([(1, text.strip())], substitutions).paragraphs if _SIMPLE.search(text) else [text]
    return " ".join(" ".join(found).split())


def _paragraphs(rows: Numbered, said: Any) -> Body:  # noqa: ANN401
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


def tidy(text: str, substitutions: Mapping[str, str]) -> str:
    """A text without marks that docutils did not know for such, or was not asked about."""
    if "`" in text:
        text = _ROLE.sub(lambda match: said_by(match[1], match[2])[0], text)
        text = _EMBEDDED.sub(r"\1", text)
        text = _QUOTED.sub(r"\1", text)
    text = _MARKS.sub(lambda match: match[1] or match[2] or "", text)
    if "|" in text:
        text = re.sub(
            r"\|(\w[^|\n]{0,80})\|(?:__?\b)?", lambda m: substitutions.get(m[1], m[1]), text
        )
    return text.replace("``", "")


def said_by(role: str, text: str) -> tuple[str, str]:
    """What interpreted text shows, and the term or the page it refers to, if that is its role."""
    match = _EXPLICIT.fullmatch(text.strip())
    title, target = (match[1], match[2]) if match else ("", text.strip())
    name = role.lower().rpartition(":")[2]
    if name == "term":
        return title or target, target
    if name in _REFERRING:
        shown = target.strip("/").rpartition("/")[2]
        return title or re.sub(r"[-_]+", " ", shown), target
    if name in ("sub", "sup", "subscript", "superscript"):
        return raised(text, name[:3]), ""
    if name in ("math", "abbr", "abbreviation", "kbd", "code"):
        return text, ""
    if name in ("pep", "rfc", "pep-reference", "rfc-reference"):
        return title or f"{name[:3].upper()} {target}", ""
    if name in ("file", "samp"):
        return re.sub(r"[{}]", "", text), ""
    if name in ("guilabel", "menuselection"):
        return re.sub(r"&(?=\w)", "", text).replace("-->", "→"), ""
    if not title:
        title = target.rpartition(".")[2] if target.startswith("~") else target.lstrip("!.")
        if name in _CALLABLE and not title.endswith(")"):
            title += "()"
    return title, ""


def _dedented(lines: Numbered) -> list[tuple[int, str]]:
    filled = [row for _, row in lines if row.strip()]
    least = min((len(row) - len(row.lstrip()) for row in filled), default=0)
    return [(number, row[least:].rstrip()) for number, row in lines]


def _undirected(lines: Numbered) -> Iterator[tuple[int, str]]:
    """Lines without explicit markup: of a directive its text is left, of a comment nothing."""
    waiting = list(reversed(lines))
    literal = -1  # how far the text is indented that a literal block follows
    ends = False
    while waiting:
        number, row = waiting.pop()
        indent = len(row) - len(row.lstrip())
        if literal >= 0 and row.strip() and indent <= literal:
            literal = -1
        match = _EXPLICIT_MARKUP.match(row) if literal < 0 else None
        if match is None:
            if row.strip():
                ends = row.rstrip().endswith("::")
                literal = indent if ends and literal < 0 else literal
            yield number, row
            continue
        block: list[tuple[int, str]] = []
        while waiting and (not waiting[-1][1].strip() or _indent(waiting[-1][1]) > indent):
            block.append(waiting.pop())
        waiting.extend(reversed(_of_directive(number, match[2] or "", block, indent)))


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())


def _of_directive(number: int, head: str, block: Numbered, indent: int) -> list[tuple[int, str]]:
    """The lines that a directive shows, where it stands."""
    named = _DIRECTIVE.match(head)
    blank = (number, "")
    if named is None or named[1].lower() in _DROPPED or named[1].lower().startswith("auto"):
        return [blank]
    name, argument = named[1].lower(), named[2] or ""
    content = list(block)
    while content and _OPTION.match(content[0][1]):
        content.pop(0)
    content = _dedented(content)
    pad = " " * indent
    if name in _LITERAL:
        first = [(number, argument)] if argument and name == "math" else []
        shown = [(n, f"{pad}    {row}" if row else "") for n, row in [*first, *content]]
        return [blank, (number, f"{pad}::"), blank, *shown, blank]
    if name.startswith(("version", "deprecated")):
        argument = ""
    shown = [(n, pad + row if row else "") for n, row in content]
    return [blank, *([(number, pad + argument)] if argument else []), *shown, blank]


class _Reading:
    """A reading by docutils, without its roles, directives and settings of the system."""

    def __init__(self, substitutions: Mapping[str, str]) -> None:
        self.substitutions = substitutions
        self.found = Body()

    def body(self, text: str, rows: Numbered) -> Body:
        """The text of a body that holds no explicit markup."""
        from docutils.utils import new_document  # noqa: PLC0415  (slow to import)

        parser, settings = _parser(self.found.links)
        document = new_document("", settings)
        parser.parse(text, document)
        self._read(document, rows, 1)
        return self.found

    def _read(self, node: Any, rows: Numbered, line: int) -> None:  # noqa: ANN401
        kind = node.tagname
        line = node.line or line
        if kind in ("paragraph", "term", "field_name", "title", "option_string", "attribution"):
            self._add(" ".join(self._said(node).split()), rows, line)
        elif kind in ("literal_block", "doctest_block", "math_block"):
            self._add(node.astext().strip("\n"), rows, line)
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

    def _add(self, text: str, rows: Numbered, line: int) -> None:
        text = tidy(text, self.substitutions) if "`" in text else text
        if text:
            self.found.paragraphs.append(text)
            self.found.lines.append(rows[min(line, len(rows)) - 1][0])

    def _said(self, node: Any) -> str:  # noqa: ANN401
        kind = node.tagname
        if kind == "#text":
            return str(node.astext())
        if kind in ("footnote_reference", "citation_reference", "image", "raw", "system_message"):
            return ""
        said = "".join(self._said(child) for child in node.children)
        if kind == "substitution_reference":
            return self.substitutions.get(said, said)
        if kind == "reference":
            address = node.get("refuri", "")
            target = link(address) if address else node.get("refname", "")
            self.found.links.append(target)
            return re.sub(r"\s*<[^<>]*>$", "", said)
        return said


def _parser(links: list[str]) -> tuple[Any, Any]:
    """A parser that shows what interpreted text says, whatever its role, and its settings.

    Roles are told by the inliner, not registered: docutils' registry is one for all threads.
    """
    from docutils import frontend, nodes, utils  # noqa: PLC0415
    from docutils.parsers.rst import Parser, states  # noqa: PLC0415

    def interpreted(_raw: str, text: str, role: str, _line: int) -> tuple[list[Any], list[Any]]:
        shown, target = said_by(role or "", utils.unescape(text))
        if target:
            links.append(target)
        return [nodes.Text(shown)], []

    inliner = states.Inliner()
    inliner.interpreted = interpreted
    settings = frontend.get_default_settings(Parser)  # reads no file of settings
    settings.file_insertion_enabled = settings.raw_enabled = False
    settings.report_level = settings.halt_level = 5
    settings.warning_stream = False
    return Parser(inliner=inliner), settings
