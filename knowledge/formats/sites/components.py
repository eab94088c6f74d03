"""Components: what MDX and Vue put between Markdown, made the text that it shows."""

import re
import textwrap

from knowledge.formats.sites.links import TARGETS, TERMED, TEXTS, arguments, link_to

CODE = re.compile(r"(?<!`)(`{1,2})(?!`)[^`\n]+\1(?!`)")
"""Code within a line."""

_TITLED = re.compile(
    r"^[ \t]*<[A-Z][\w.]*\s[^<>\n]*\b(?:title|term|label)=[{]?[\"']"
    r"([^\"'<>\n]+)[\"'][}]?(?:[^<>\n]*[^<>\n/])?>[ \t]*$"
    r"|^[ \t]*(?:<details[^<>\n]*>)?[ \t]*<summary[^<>\n]*>"
    r"(?:<[^<>\n]*>)*([^<>\n]+)(?:</[^<>\n]*>)*</summary>[ \t]*$",
    re.MULTILINE,
)
_FOLDED = re.compile(r"^[ \t]*<details[^<>\n]*>[ \t]*\n(?=[ \t]*<summary)", re.MULTILINE)
_UNFOLDED = re.compile(
    r"^[ \t]*<details[^<>\n]*>[ \t]*<summary[^<>\n]*>(?:<[^<>\n]*>)*([^<>\n]+)(?:</[^<>\n]*>)*"
    r"</summary>[ \t]*([^\s<][^\n]*?)(?:</details>)?[ \t]*$",
    re.MULTILINE,
)
_ATTRIBUTES = r"(?:[^<>\"'{}]|\"[^\"]{0,500}\"|'[^']{0,500}'|\{[^{}]{0,500}\})*"
_COMPONENT = re.compile(rf"</?[A-Z][\w.]*(?:\s{_ATTRIBUTES})?/?>|</?>")
_EMPTY = re.compile(rf"<([A-Z][\w.]*)\s({_ATTRIBUTES}?)/>")
_AROUND = re.compile(
    r"<([A-Z][\w.]*)\s([^<>]{1,500})>((?:[^<>\n]|</?(?:i|b|em|strong|code)>){1,200})</\1>"
)
# Marks beside a word, which say nothing of it.
_ORNAMENT = re.compile(r"badge|icon|chip|pill|image|img|video|figure|button", re.IGNORECASE)
_IMPORT = (
    r"import\s(?:[^\"'\n{}]{0,200}(?:\{[^{}]{0,2000}\})?[^\"'\n{}]{0,80}from\s*)?"
    r"[\"'][^\"'\n]{1,300}[\"'];?[ \t]*$"
)
_EXPORT = r"export\s+(?:const|let|var|default|function|async|class|type|\{|\*)"
_MDX = re.compile(rf"^(?:{_IMPORT}|{_EXPORT}|[ \t]*</?[A-Z][\w.]*[\s/>]|\{{/\*)", re.MULTILINE)
_MDX_CODE = re.compile(rf"^(?:{_IMPORT}|{_EXPORT}[^\n]*(?:\n(?![ \t]*\n)[^\n]+)*)", re.MULTILINE)
_MDX_NOTE = re.compile(r"\{/\*[^*]*\*+(?:[^/*][^*]*\*+)*/\}")
_BRACED = re.compile(r"\{\s*(\"[^\"{}]*\"|'[^'{}]*'|`[^`{}]*`)\s*\}")
_MDX_VALUE = re.compile(r"\{[\"'`]([^\"'`{}\n]*)[\"'`]\}")


# What is on a button is no text; nor is what marks a word as new.
_CONTROL = re.compile(
    r"<(button|[A-Z]\w*(?:Button|Badge)|Button|Badge|CTA|Cta)\b[^<>]*>[^<>]{0,200}</\1\s*>"
    r"|<a\s[^<>]*\bclass=[\"'][^\"'<>]*\b(?:btn|button)\b[^<>]*>[^<>]{0,200}</a\s*>"
    r"|(?<![!\\])\[[^\[\]\n]{1,100}\]\([^()\n]*\)\{:?[^{}\n]*\.(?:md-)?(?:btn|button)\b[^{}\n]*\}"
)

# The number of a remark at the foot of the page: behind a sentence's sign, or linked.
_NUMBER = re.compile(
    r"(?<=[.,;:!?)\]”’\"'。，؛،])[ ]?<sup>\[?\d{1,3}\]?</sup>"
    r"|<sup>(?:\\?\[)*\d{1,3}(?:\\?\])*\(#[^()\n]*\)\]?</sup>"
    r"|<sup[^<>]*><a\s[^<>]*>\[?\d{1,3}\]?</a></sup>",
    re.IGNORECASE,
)


# What leads through a site, as MDN's pages once began with it.
_ASIDE = re.compile(
    r"<(nav)\b[^<>]*>[\s\S]{0,20000}?</\1\s*>"
    r"|<(section|div)\s[^<>]*\bid=[\"']quick_?links[\"'][^<>]*>[\s\S]{0,20000}?</\2\s*>",
    re.IGNORECASE,
)


def is_mdx(text: str) -> bool:
    """Whether a text has components, so that four spaces before a line make no code of it."""
    return _MDX.search(text) is not None


def led(text: str) -> str:
    """Without what but leads through the site."""
    return _ASIDE.sub(lambda m: "\n" * m[0].count("\n"), text)


def titled(text: str) -> str:
    """With the titles of boxes, and the summaries of folded parts, as headings."""
    if "<details" in text:
        text = _UNFOLDED.sub(r"**\1**: \2", _FOLDED.sub("\n", text))
    return _TITLED.sub(lambda m: f"###### {m[1] or m[2]}", text)


def _named(attributes: str) -> dict[str, str]:
    return arguments(_BRACED.sub(r"\1", attributes))[1]


def spoken(text: str) -> str:
    """With the words of components that stand for a term, as links to it; without buttons."""
    text = _NUMBER.sub("", text) if "<sup" in text else text
    text = _CONTROL.sub(lambda m: "\n" * m[0].count("\n"), text)
    if "/>" in text:
        text = _EMPTY.sub(_said, text)
    return _AROUND.sub(_linked, text) if "</" in text else text


def _said(component: re.Match[str]) -> str:
    """What a component without content shows: ``<Term id="tide" />``, ``<Tag text="a tide" />``."""
    name = component[1]
    named = _named(component[2])
    text = named.get("text", "")
    if _ORNAMENT.search(name) or not (text or TERMED.search(name)):
        return component[0]
    target = next((named[key] for key in TARGETS if key in named), "")
    text = text or next((named[key] for key in TEXTS if key in named), "")
    lines = "\n" * component[0].count("\n")
    return link_to(text or re.sub("[-_]", " ", target), target) + lines


def _linked(component: re.Match[str]) -> str:
    """What a component around a term shows: ``<Term id="tide">the tides</Term>``."""
    named = _named(component[2])
    target = next((named[key] for key in TARGETS if key in named), "")
    if not target or not TERMED.search(component[1]) or "[" in component[3]:
        return component[0]
    return link_to(re.sub(r"<[^<>]*>", "", component[3]), target)


def plain(text: str) -> str:
    """MDX without its code, its values and its components; each line stays on its line."""
    text = _MDX_CODE.sub(lambda m: "\n" * m[0].count("\n"), text)
    text = _MDX_NOTE.sub(lambda m: "\n" * m[0].count("\n"), text)
    text = _without_values(text) if "{" in text else text
    before = text
    text = titled(text)
    pieces, start = [], 0
    for match in CODE.finditer(text):
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
    text = _COMPONENT.sub(lambda m: "\n" * m[0].count("\n"), spoken(text))
    return _MDX_VALUE.sub(r"\1", text)
