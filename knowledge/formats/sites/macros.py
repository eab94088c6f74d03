"""Macros: shortcodes, tags and components of site generators, made the text that they stand for.

Hugo ``{{< >}}``, Jekyll and GitBook ``{% %}``, MDN ``{{Macro("…")}}``, MDX, kramdown and MyST
attributes, wiki-links, admonitions. Each line stays on its line.
"""

import re
import textwrap
from collections.abc import Callable, Iterator
from urllib.parse import quote

from knowledge.formats.sites import myst

ENTRY = "entry:"
"""The scheme of a link that a macro makes to an entry; what follows is its id or its name."""

_FENCE_OR_COMMENT = re.compile(r"^[ \t>]*(`{3,}(?=[^`\n]*$)|~{3,})|<!--", re.MULTILINE)
_CODE = re.compile(r"(?<!`)(`{1,2})(?!`)[^`\n]+\1(?!`)")
_HUGO = re.compile(r"\{\{[<%]([^{}]*)[>%]\}\}")
_DEFINED = re.compile(
    r"\{\{([%<])[ \t]*((?:def|gloss|term)[\w-]*[ \t][^{}\n]*)[%>]\}\}"
    r"((?:(?!\{\{[%<]).){1,5000}?)\{\{\1[ \t]*/[ \t]*\w[\w-]*[ \t]*[%>]\}\}",
    re.DOTALL,
)
_LIQUID = re.compile(r"\{%([^{}]*)%\}")
_BRACES = re.compile(r"\{\{([^{}]*)\}\}")
_CALL = re.compile(r"[-\s~]*([\w-]+)\s*(?:\((.*)\))?[-\s~]*", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"|\'([^\']*)\'|`([^`]*)`')
_NAMED = re.compile(r'([\w-]+)\s*[=:]\s*("[^"]*"|\'[^\']*\'|`[^`]*`|[^\s"\']+)')
_WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]+)(?:\\?\|([^\[\]\n]*))?\]\]")
_ATTRIBUTES = re.compile(r"[ \t]*\{(?::[^{}\n]*|[#.][\w\s.#=:\"'-]*)\}")
_TITLED = re.compile(
    r"^[ \t]*<[A-Z][\w.]*\s[^<>\n]*\b(?:title|term|label)=[{]?[\"']"
    r"([^\"'<>\n]+)[\"'][}]?[^<>\n]*>[ \t]*$"
    r"|^[ \t]*(?:<details[^<>\n]*>)?[ \t]*<summary[^<>\n]*>"
    r"(?:<[^<>\n]*>)*([^<>\n]+)(?:</[^<>\n]*>)*</summary>[ \t]*$",
    re.MULTILINE,
)
_COMPONENT = re.compile(
    r"</?[A-Z][\w.]*(?:\s(?:[^<>\"'{}]|\"[^\"]{0,500}\"|'[^']{0,500}'|\{[^{}]{0,500}\})*)?/?>|</?>"
)
_MDX = re.compile(
    r"^(?:import\s[^\n]*from\s|export\s|[ \t]*</?[A-Z][\w.]*[\s/>]|\{/\*)", re.MULTILINE
)
_MDX_CODE = re.compile(r"^(?:import|export)\s[^\n]*(?:\n(?![ \t]*\n)[^\n]+)*", re.MULTILINE)
_MDX_NOTE = re.compile(r"\{/\*[^*]*\*+(?:[^/*][^*]*\*+)*/\}")
_MDX_VALUE = re.compile(r"\{[\"'`]([^\"'`{}\n]*)[\"'`]\}")
_ADMONITION = re.compile(r"^([ \t]*)(?:!!!|\?\?\?\+?|===)[ \t]+[\w\"'].*$")
_FENCED_DIV = re.compile(r"^[ \t>]*:{3,}.*$", re.MULTILINE)
_ALERT = re.compile(r"^([ \t]*>[ \t]*)\[![\w-]+\][+-]?[^\n]*$", re.MULTILINE)
# Of the publishing systems of Adobe and Microsoft: names of controls, and texts that are elsewhere.
_CONTROL = re.compile(r"\[!(?:UICONTROL|DNL|BADGE)[ \t]+([^\[\]\n]+)\](?:\{[^{}\n]*\})?")
_INCLUDED = re.compile(r"\[!(?:INCLUDE|VIDEO)[ \t]*(?:\[[^\[\]\n]*\])?[ \t]*(?:\([^()\n]*\))?\]?")
_HELP = re.compile(r"^>[ \t]*\[!CONTEXTUALHELP\][^\n]*(?:\n>[^\n]*)*", re.MULTILINE)
_ORIGINAL = re.compile(r"<span class=\"sxs-lookup\"><span[^<>]*>.*?</span></span>")
_CONTENTS = re.compile(
    r"^[ \t]*(?:\[\[?_?toc_?\]\]?|\[toc\]|@\[toc\].*)[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_ABBREVIATION = re.compile(r"^\*\[([^\]\n]+)\]:[^\n]*$", re.MULTILINE)

_TERMED = re.compile(r"gloss|term|tooltip|abbr|defin|concept|^g$|^t$", re.IGNORECASE)
_TARGETS = ("term_id", "term", "id", "key", "slug", "name", "ref", "to", "href", "link", "path")
_TEXTS = ("text", "display", "label", "title", "content", "value", "alt")
# Of MDN's macros, those that show what they are given; all others make a sidebar, a badge, a list.
_SHOWN = re.compile(
    r".*(?:xref|xref2|element|attr|ref|header|status|method|glossary|interwiki|rfc|bug|csp\w*|"
    r"httpheader|svginfo|event|link\w*)$",
    re.IGNORECASE,
)
_UNSHOWN = re.compile(
    r".*(?:sidebar|apiref|jsref|cssref|htmlref|svgref|mathmlref|quicklinks).*", re.IGNORECASE
)
_ELEMENT = re.compile(r"(?:html|svg|mathml)element", re.IGNORECASE)


def expanded(text: str) -> str:
    """Markdown without macros; code within it is left alone."""
    text = myst.plain(text)
    if _MDX.search(text):
        text = "".join(p if code else _without_mdx(p) for code, p in _parts(text))
    pieces = [part if code else _plain(part) for code, part in _parts(text)]
    return _dedented("".join(pieces))


def is_mdx(text: str) -> bool:
    """Whether a text has components, so that four spaces before a line make no code of it."""
    return _MDX.search(text) is not None


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """A text as it alternates between fenced code and the rest; comments leave their line ends."""
    start = place = 0
    closed = True
    kept: list[str] = []
    while match := _FENCE_OR_COMMENT.search(text, place):
        fence = match[1]
        if fence is None:
            end = text.find("-->", match.end()) if closed else -1
            closed = end >= 0
            kept.append(text[start : match.start()])
            if end < 0:
                start = place = match.end()
                continue
            kept.append("\n" * text.count("\n", match.start(), end))
            start = place = end + 3
            continue
        closing = re.compile(rf"^[ \t>]*{fence[0]}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
        end_match = closing.search(text, match.end())
        end = end_match.end() if end_match else len(text)
        yield False, "".join(kept) + text[start : match.start()]
        yield True, text[match.start() : end]
        kept, start, place = [], end, end
    yield False, "".join(kept) + text[start:]


def _plain(text: str) -> str:
    if "{{" in text:
        text = _DEFINED.sub(_lines_kept(_definition), text)
        text = _HUGO.sub(_lines_kept(lambda m: _shortcode(m[1])), text)
    pieces, start = [], 0
    for match in _CODE.finditer(text) if "{" in text or "[" in text else ():
        pieces += [_outside_code(text[start : match.start()]), match[0]]
        start = match.end()
    pieces.append(_outside_code(text[start:]))
    text = "".join(pieces)
    text = _FENCED_DIV.sub("", text) if ":::" in text else text
    text = _ORIGINAL.sub("", text) if "sxs-lookup" in text else text
    if "[!" in text:
        text = _HELP.sub(lambda m: "\n" * m[0].count("\n"), text)
        text = _ALERT.sub(r"\1", _INCLUDED.sub("", _CONTROL.sub(r"\1", text)))
    text = _ABBREVIATION.sub("", text) if "*[" in text else text
    text = _TITLED.sub(lambda m: f"###### {m[1] or m[2]}", text) if "<" in text else text
    return _CONTENTS.sub("", text)


def _outside_code(text: str) -> str:
    if "{" in text:
        text = _LIQUID.sub(_lines_kept(lambda m: _tag(m[1])), text)
        text = _BRACES.sub(_lines_kept(lambda m: _macro(m[1])), text)
        text = _ATTRIBUTES.sub("", text)
    if "[[" in text:
        text = _WIKI.sub(_wiki, text)
    return text


def _definition(match: re.Match[str]) -> str:
    """What stands between two shortcodes, of which the first names a term: that, and what it is."""
    _, named = _arguments(match[2])
    names = [named[key] for key in ("name", "term", "title", "abbr", "english") if named.get(key)]
    if not names or not match[3].strip():
        return match[0]
    others = ", ".join(dict.fromkeys(name for name in names[1:] if name != names[0]))
    text = match[3].lstrip(" \t")
    return f"**{names[0]}**{f' ({others})' if others else ''}: {text}"


def _lines_kept(change: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    return lambda match: change(match) + "\n" * match[0].count("\n")


def link_to(text: str, target: str) -> str:
    """A Markdown link to an entry."""
    shown = " ".join(text.split()).replace("[", "(").replace("]", ")")
    return f"[{shown}]({ENTRY}{quote(target, safe='')})" if target and shown else shown


def _arguments(text: str) -> tuple[list[str], dict[str, str]]:
    """The arguments of a shortcode, by place and by name."""
    named = {m[1].lower(): m[2].strip("\"'`") for m in _NAMED.finditer(text)}
    rest = _NAMED.sub(" ", text)
    placed = [next(filter(None, m.groups()), "") for m in _QUOTED.finditer(rest)]
    return placed + _QUOTED.sub(" ", rest).replace(",", " ").split(), named


def _shortcode(inner: str) -> str:
    """A Hugo shortcode, or a Liquid tag: its text, or nothing where that stands elsewhere."""
    inner = inner.strip().removeprefix("/*").removesuffix("*/").strip(" /-")
    name, _, rest = inner.partition(" ")
    if name.lower() in ("ref", "relref", "link", "post_url", "url"):
        placed, named = _arguments(rest)
        return next(iter(placed), "") or named.get("path", "")
    if not rest.strip() or not _TERMED.search(name) or name.lower().startswith("glossary_defin"):
        named = _arguments(rest)[1] if rest else {}
        return named.get("text", "")
    placed, named = _arguments(rest)
    target = next((named[key] for key in _TARGETS if key in named), "")
    text = next((named[key] for key in _TEXTS if key in named), "")
    if placed:
        target = target or placed[0]
        text = text or (placed[1] if len(placed) > 1 and '"' in rest else placed[0])
    return link_to(text or re.sub("[-_]", " ", target), target)


def _tag(inner: str) -> str:
    """A Liquid tag; of ``{% glossary a term, display: text %}`` the words are one argument."""
    inner = inner.strip(" -\n\t")
    name, _, rest = inner.partition(" ")
    if name.startswith("end") or name in ("if", "for", "assign", "include", "capture", "comment"):
        return ""
    if _TERMED.search(name) and rest and '"' not in rest and "'" not in rest and "=" not in rest:
        target, _, shown = rest.partition(",")
        shown = shown.partition(":")[2] or shown
        return link_to(shown.strip() or target.strip(), target.strip())
    return _shortcode(inner)


def _macro(inner: str) -> str:  # noqa: PLR0911
    """A macro of MDN, or a value of Jekyll, Vue and their like, which is not in the file."""
    match = _CALL.fullmatch(inner)
    if match is None or match[2] is None:
        return ""
    name, given = match[1], match[2]
    arguments = [
        next((g for g in m.groups() if g is not None), "") for m in _QUOTED.finditer(given)
    ]
    arguments = arguments or [part.strip() for part in given.split(",") if part.strip()]
    if not arguments or _UNSHOWN.fullmatch(name) or not _SHOWN.fullmatch(name):
        return ""
    lower = name.lower()
    if lower == "interwiki":
        return (arguments[2:] or arguments[1:] or arguments)[0]
    shown = (arguments[1] if len(arguments) > 1 else "") or arguments[0]
    if lower == "glossary":
        return link_to(shown, arguments[0])
    if lower in ("rfc", "bug"):
        return f"{name.upper() if lower == 'rfc' else name} {arguments[0]}"
    if _ELEMENT.fullmatch(name) and shown == arguments[0] and not shown.startswith("<"):
        return f"`<{shown}>`"
    return f"`{shown}`" if "`" not in shown else shown


def _wiki(match: re.Match[str]) -> str:
    if match[1]:
        return ""
    target = match[2].partition("#")[0].strip() or match[2].strip("# ")
    shown = (match[3] or "").strip() or match[2].replace("#", " ").strip()
    if shown.lower().strip("_") == "toc":
        return ""
    return link_to(shown, target.rpartition("/")[2])


def _without_mdx(text: str) -> str:
    text = _MDX_CODE.sub(lambda m: "\n" * m[0].count("\n"), text)
    text = _MDX_NOTE.sub(lambda m: "\n" * m[0].count("\n"), text)
    text = _without_values(text) if "{" in text else text
    before = text
    text = _TITLED.sub(lambda m: f"###### {m[1] or m[2]}", text)
    pieces, start = [], 0
    for match in _CODE.finditer(text):
        pieces += [_uncomponented(text[start : match.start()]), match[0]]
        start = match.end()
    text = "".join([*pieces, _uncomponented(text[start:])])
    lines, run = [], []
    for line, old in zip(text.split("\n"), before.split("\n"), strict=False):
        if line == old:
            run.append(line)
            continue
        lines += (
            [*textwrap.dedent("\n".join(run)).split("\n"), line.strip()] if run else [line.strip()]
        )
        run = []
    return "\n".join([*lines, *(textwrap.dedent("\n".join(run)).split("\n") if run else [])])


def _without_values(text: str) -> str:
    """Without expressions that stand on lines of their own, from brace to brace."""
    lines, depth = [], 0
    for line in text.split("\n"):
        inside = depth > 0 or line.startswith("{")
        depth = max(depth + line.count("{") - line.count("}"), 0) if inside else 0
        lines.append("" if inside else line)
    return "\n".join(lines) if depth == 0 else text


def _uncomponented(text: str) -> str:
    text = _COMPONENT.sub(lambda m: "\n" * m[0].count("\n"), text)
    return _MDX_VALUE.sub(r"\1", text)


def _dedented(text: str) -> str:
    """The content of admonitions (``!!! note``), which is indented, as text of its own."""
    if not re.search(r"^[ \t]*(?:!!!|\?\?\?|===)[+ \t]", text, re.MULTILINE):
        return text
    lines: list[str] = []
    indent: str | None = None
    for line in text.split("\n"):
        if match := _ADMONITION.match(line):
            indent = match[1] + "    "
            lines.append("")
        elif indent is not None and (line.startswith(indent) or not line.strip()):
            lines.append(line[4:] if line.strip() else line)
        else:
            indent = None
            lines.append(line)
    return "\n".join(lines)
