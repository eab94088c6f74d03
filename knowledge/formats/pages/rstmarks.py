"""The marks of reStructuredText, taken for what they show: roles, directives, references."""

import re
from collections.abc import Iterator, Mapping, Sequence

from knowledge.formats.lines import indent_of
from knowledge.formats.pages.hypertext import raised

_EXPLICIT = re.compile(r"(.+?)\s*<([^<>]*)>", re.DOTALL)
_ROLE = re.compile(r"(?<![\w:]):([A-Za-z][\w:.+-]*):`([^`]*)`")
_EMBEDDED = re.compile(r"`([^`<>]+?)\s*<[^`<>]*>`_{0,2}")
_QUOTED = re.compile(r"`{1,2}([^`]+)`{1,2}_{0,2}")
_MARKS = re.compile(
    r"\*\*([^*\n]+)\*\*|(?<![\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])|(\s?)\[(?:#?\w*|\*)\]_\b"
)
_NAMED = re.compile(r"\|(\w[^|\n]{0,80})\|(?:__?\b)?")
ADDRESS = re.compile(r"<((?:https?://|www\.)[^<>\s]+)>")
_EXPLICIT_MARKUP = re.compile(r"( *)\.\.(?: +(.*)|$)")
_DIRECTIVE = re.compile(r"([A-Za-z][\w:.+-]*) ?::(?:\s+(.*)|$)")
_OPTION = re.compile(r"\s*:[\w -]+:(?:\s|$)")
_HIDDEN = re.compile(r"\s*:(?:suppress|hidden|hide|hide-code):\s*$")
"""An option of code that is run and not shown."""
_NAME = re.compile(r"[\w-]+(?:[.:/\\][\w-]+)+")
_DROPPED = frozenset(
    {
        "image", "figure", "include", "literalinclude", "raw", "index", "toctree", "contents",
        "meta", "role", "default-role", "highlight", "todo", "autosummary", "plot", "video",
        "youtube", "tabularcolumns", "rst-class", "class", "cssclass", "only", "graphviz", "uml",
        "mermaid", "csv-table", "currentmodule", "module", "sectionauthor", "codeauthor", "unicode",
        "program", "default-domain", "bibliography", "testsetup", "testcleanup", "image-sg", "date",
    }
)  # fmt: skip
SAYING = frozenset(
    {"note", "warning", "tip", "important", "hint", "attention", "caution", "danger", "error",
     "seealso", "admonition", "topic", "rubric", "centered", "epigraph", "highlights", "pull-quote",
     "sidebar", "compound", "versionadded", "versionchanged", "deprecated"}
)  # fmt: skip
"""Directives whose argument may be all of their text."""
_LITERAL = frozenset(
    {"code", "code-block", "sourcecode", "parsed-literal", "math", "doctest", "testcode", "prompt",
     "testoutput", "console", "highlight-block", "productionlist", "ipython", "jupyter-execute",
     "jupyter-input", "code-cell", "exec", "literal"}
)  # fmt: skip
_MOST_TIMES = 20
"""How often, on the whole, a line may be looked at again for standing in one more directive."""
_MOST_SWOLLEN = 500
"""Characters that names between bars may add to the shortest text."""
_CALLABLE = frozenset({"func", "meth", "function", "method"})
_REFERRING = frozenset(
    {"ref", "doc", "numref", "any", "std:ref", "std:doc", "eq", "keyword", "token"}
)
Numbered = Sequence[tuple[int, str]]
"""Lines, each with its number."""


def tidy(text: str, substitutions: Mapping[str, str]) -> str:
    """A text without marks that docutils did not know for such, or was not asked about."""
    if "`" in text:
        text = _ROLE.sub(lambda match: said_by(match[1], match[2])[0], text)
        text = _EMBEDDED.sub(r"\1", text)
        text = _QUOTED.sub(r"\1", text)
        text = re.sub(r"`_{0,2}(?!\w)|`", "", text)
    text = _MARKS.sub(lambda match: match[1] or match[2] or "", text)
    if "|" in text:
        text = _substituted(text, substitutions)
    return ADDRESS.sub(r"\1", text)


def _substituted(text: str, substitutions: Mapping[str, str]) -> str:
    """A text with what its names between bars stand for, as long as that does not swell it."""
    left = 2 * len(text) + _MOST_SWOLLEN

    def shown(match: re.Match[str]) -> str:
        nonlocal left
        value = substitutions.get(match[1], match[1])
        left -= len(value)
        return value if left >= 0 else match[1]

    return _NAMED.sub(shown, text)


def said_by(role: str, text: str) -> tuple[str, str]:  # noqa: PLR0911  (a case a kind of role)
    """What interpreted text shows, and the term or the page it refers to, if that is its role."""
    match = _EXPLICIT.fullmatch(text.strip())
    title, target = (match[1], match[2]) if match else ("", text.strip())
    name = role.lower().rpartition(":")[2]
    if name == "term":
        return title or target, target
    if name in _REFERRING:
        shown = re.sub(r"(?<=\w)/index$", "", target).strip("/").rpartition("/")[2]
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


def dedented(lines: Numbered) -> list[tuple[int, str]]:
    """Lines without the indentation that they share."""
    filled = [row for _, row in lines if row.strip()]
    least = min((len(row) - len(row.lstrip()) for row in filled), default=0)
    return [(number, row[least:].rstrip()) for number, row in lines]


def undirected(lines: Numbered, allowed: frozenset[str] = frozenset()) -> Iterator[tuple[int, str]]:
    """Lines without explicit markup: of a directive its text is left, of a comment nothing.

    Directives that are ``allowed`` stay as they are.
    """
    waiting = list(reversed(lines))
    budget = _MOST_TIMES * len(lines) + 1000
    literal = -1  # how far the text is indented that a literal block follows
    ends = False
    while waiting:
        number, row = waiting.pop()
        indent = indent_of(row)
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
        while waiting and (not waiting[-1][1].strip() or indent_of(waiting[-1][1]) > indent):
            block.append(waiting.pop())
        named = _DIRECTIVE.match(match[2] or "")
        if named and named[1] in allowed:
            yield from ((number, row), *block)
            continue
        budget -= len(block)
        if budget < 0:  # directives in directives in directives: no one writes them
            continue
        waiting.extend(reversed(_of_directive(number, match[2] or "", block, indent)))


def _of_directive(number: int, head: str, block: Numbered, indent: int) -> list[tuple[int, str]]:
    """The lines that a directive shows, where it stands."""
    named = _DIRECTIVE.match(head)
    blank = (number, "")
    if named is None or named[1].lower() in _DROPPED or named[1].lower().startswith("auto"):
        return [blank]
    name, argument = named[1].lower(), named[2] or ""
    content = list(block)
    while content and _OPTION.match(content[0][1]):
        if _HIDDEN.match(content.pop(0)[1]):
            return [blank]
    if _NAME.fullmatch(argument):  # of a module or a file, which is to be read there
        argument = ""
    content = dedented(content)
    if name not in SAYING | _LITERAL and not any(row for _, row in content):
        argument = ""  # of what a program puts there
    pad = " " * indent
    if name == "parsed-literal":
        content = [(n, tidy(row, {})) for n, row in content]
    if name in _LITERAL:
        first = [(number, argument)] if argument and name == "math" else []
        shown = [(n, f"{pad}    {row}" if row else "") for n, row in [*first, *content]]
        return [blank, (number, f"{pad}::"), blank, *shown, blank]
    if name.startswith(("version", "deprecated", "container")):
        argument = ""
    shown = [(n, pad + row if row else "") for n, row in content]
    return [blank, *([(number, pad + argument)] if argument else []), *shown, blank]
