"""Preparing texts for pandoc: what the makers of sites add to their formats, made plain.

Each function takes a text and gives one that pandoc reads as its site would show it.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml import etree
from lxml import html as lxml_html

from knowledge.formats.draft import known_heading
from knowledge.formats.tree import NAMES_APART, Blocks, Heading, Paragraph, Run
from knowledge.language.text import clean

_FENCE = re.compile(r"\s*(`{3,}|~{3,}|:{3,})\s*\{?([\w-]*)")
_SHORTCODE = re.compile(r"\{\{[<%]\s*/?\s*[\w./-]+(.*?)/?\s*[%>]\}\}", re.DOTALL)
_LIQUID = re.compile(
    r"\{%.*?%\}|\{\{.*?\}\}|\{/\*.*?\*/\}|\{:[^{}\n]*\}|!\[\[[^\]\n]*\]\]", re.DOTALL
)
_ARGUMENT = re.compile(r"""\b(text|title|term|term_id|name)\s*=\s*["']([^"']+)["']""")
_DIRECTIVE = re.compile(r"\w?\[{1,2}[\w.:-]+\]{1,2}")  # r[names.it], [TOC], [[_TOC_]]
_ROLE = re.compile(r"\{([\w:+-]+)\}`([^`]+?)(?:\s*<([^`<>]+)>)?`")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)\s+\w+.*")
_JSX = re.compile(r"</?[A-Z][\w.]*(?:[^<>{}]|\{(?:[^{}]|\{[^{}]*\})*\})*>")
_HTML = re.compile(
    r"<(?:dl|dt|table|b|strong|i|em|h[1-6]|br|su[bp]|dfn|[uo]l|p|div|details|section)\b",
    re.IGNORECASE,
)
_INCLUDE = re.compile(
    r"^\s*(?:include::|\.\. (?:literal)?include::|#\+include:).*$", re.IGNORECASE | re.MULTILINE
)
_OFF = "nav|footer|aside|script|style|noscript|form|button|svg|template|iframe|select|input"
_OFF_NAMES = re.compile(
    r"(?:^|[-_ ])(?:cookies?|consent|breadcrumbs?|newsletter|sidebar|footer|menu|nav(?:bar|igation)?|share|"
    r"banner|permalink|headerlink|skip|toc|langs?|lang-switch|edit-link|pagination)(?:$|[-_ ])",
    re.IGNORECASE,
)


def holds_html(text: str) -> bool:
    """Whether a text of Markdown holds HTML that sets words."""
    return _HTML.search(text) is not None


def markdown(text: str, *, is_mdx: bool) -> str:
    """Markdown without what Hugo, Jekyll, MkDocs, Docusaurus, MyST and MDX add to it."""
    text = re.sub("<summary>(.*?)</summary>", r"<p><b>\1</b></p>", text, flags=re.DOTALL)
    pieces: list[str] = []
    for code, lines in groupby(_fenced(text), key=lambda each: each[0]):
        piece = "\n".join(line for _, line in lines)
        pieces.append(piece if code else _plainer(piece, is_mdx=is_mdx))
    return "\n".join(pieces)


def _fenced(text: str) -> Iterator[tuple[bool, str]]:
    """The lines of a text, and whether each is code; those of a glossary of MyST as definitions."""
    fence, inner = "", ""
    listed: list[str] = []
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            closes = mark is not None and mark[1].startswith(fence) and not mark[2]
            closes = closes and (inner != "glossary" or not line[0].isspace())
            if inner == "glossary":
                if closes:
                    yield from ((False, each) for each in _defined(listed))
                    yield False, ":::"
                    listed = []
                else:
                    listed.append(line)
            else:
                yield True, line
            if closes:
                fence = ""
        elif mark and mark[2] == "glossary":
            fence, inner = mark[1], mark[2]
            yield from ((False, each) for each in ("", "::: glossary"))
        elif mark and not mark[1].startswith(":"):
            fence, inner = mark[1], mark[2]
            yield True, line
        elif mark:
            yield False, f"\n{mark[1]} {mark[2]}\n"
        else:
            yield False, line
    yield from ((False, each) for each in _defined(listed))


def _defined(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a glossary of MyST as a list of definitions of Markdown."""
    opens = False
    for line in _definitions(lines):
        bare = line.strip()
        if bare and not line[0].isspace() and not bare.startswith(": "):
            yield from ("", bare, "")
            opens = True
        else:
            inner = f"    {line[2:] if line[:2].isspace() else bare}".rstrip() if bare else ""
            yield (
                f":   {bare.removeprefix(': ')}"
                if opens and bare
                else inner.replace("    : ", "    ", 1)
            )
            opens = opens and not bare


def _plainer(text: str, *, is_mdx: bool) -> str:
    text = _LIQUID.sub("", _SHORTCODE.sub(_said_by, text))
    text = _ROLE.sub(
        lambda m: f"[{m[2]}](<#{m[3] or m[2]}>)" if m[1] == "term" else f"`{m[2]}`", text
    )
    if is_mdx:
        text = re.sub(r"^(?:import|export)\s.*(?:\n[^\n]+)*", "", text, flags=re.MULTILINE)
        text = re.sub(r"^(?:\t+| {4,})(?![-*+\d])", "   ", _JSX.sub("", text), flags=re.MULTILINE)
    kept: list[str] = []
    inside = False
    for line in text.split("\n"):
        if _ADMONITION.fullmatch(line):
            inside = True
            kept.append("")
            continue
        inside = inside and (not line.strip() or line.startswith("    "))
        if not _DIRECTIVE.fullmatch(line.strip()):
            kept.append(line[4:] if inside else line)
    return "\n".join(kept)


def _said_by(shortcode: re.Match[str]) -> str:
    """What a shortcode of Hugo shows: its text, linked to the term that it names."""
    found = dict(_ARGUMENT.findall(shortcode[1]))
    words = (
        found.get("text") or found.get("title") or found.get("term") or found.get("term_id") or ""
    )
    target = found.get("term_id", "")
    return f"[{words}](<#{target}>)" if words and target else words


def rst(text: str) -> str:
    """ReStructuredText with glossaries as lists of definitions; without other files."""
    kept: list[str] = []
    glossary: list[str] = []
    inside = -1
    for line in _INCLUDE.sub("", text).expandtabs(8).split("\n"):
        indent = len(line) - len(line.lstrip())
        if inside >= 0 and (indent > inside or not line.strip()):
            glossary.append(line)
            continue
        kept += _definitions(glossary) if glossary else ()
        glossary, inside = [], -1
        if line.lstrip().startswith(".. glossary::"):
            inside = indent
        kept.append(line)
    return "\n".join([*kept, *_definitions(glossary)])


def _definitions(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a glossary of Sphinx, the terms of one definition on one line just above it."""
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    base = min(indents, default=0)
    terms: list[str] = []
    is_remark = False
    for line in lines:
        bare = line.strip()
        if bare and len(line) - len(line.lstrip()) == base:
            is_remark = (bare.startswith(("..", ":")) and (bare + " ")[2:3] == " ") or (
                bare.startswith(":") and bare.endswith(":") and len(bare) > 1
            )
            if is_remark or re.fullmatch(r":\w+:.*", bare):
                is_remark = True
                continue
            terms.append(bare)
        elif not terms:
            if not is_remark:
                yield line
        elif bare:
            yield from ("", " " * base + NAMES_APART.join(terms), line)
            terms = []
    yield ""


def asciidoc(text: str) -> str:
    """AsciiDoc without other files, with its nested lists and the macros of its projects plain."""
    text = re.sub(r"^[ \t]+\+[ \t]*\n[ \t]*", "+\n", _INCLUDE.sub("", text), flags=re.MULTILINE)
    text = re.sub(r"^(\S[^\n]*?);;\s+", r"* \1: ", text, flags=re.MULTILINE)
    return re.sub(r"\b(?:link(?!:)\w+|man|cpp|kbd|menu):([\w./-]+)\[(\d*)\]", _manual, text)


def _manual(match: re.Match[str]) -> str:
    return f"{match[1]}({match[2]})" if match[2] else match[1]


def docbook(text: str) -> str:
    """The glossaries of a text of DocBook as its lists of terms, without what other files name."""
    text = re.sub(
        r"&(?!(?:amp|lt|gt|quot|apos);)[\w.-]+;|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>",
        "",
        text,
        flags=re.DOTALL,
    )
    found = re.findall(r"<((?:\w+:)?gloss(?:ary|list))\b[^>]*>(.*?)</\1>", text, re.DOTALL)
    if not found:
        return text
    bare = (re.sub(r"</?(?:\w+:)?gloss(?:ary|list|div)\b[^>]*>", "", inner) for _, inner in found)
    lists = "".join(f"<glosslist>{each}</glosslist>" for each in bare)
    return f"<article>{lists}</article>"


def notebook(text: str) -> str:
    """The cells of a notebook as Markdown, those of a program as code."""
    try:
        cells = json.loads(text)["cells"]
        pairs = [(cell.get("cell_type"), "".join(cell.get("source", ""))) for cell in cells]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ""
    return "\n\n".join(said if kind == "markdown" else f"```\n{said}\n```" for kind, said in pairs)


def org(text: str) -> str:
    """Org without other files."""
    return _INCLUDE.sub("", text)


def latex(text: str) -> str:
    """LaTeX, the entries of its package ``glossaries`` as a list of descriptions."""
    found = re.findall(
        r"\\newglossaryentry\{[^{}]*\}\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
        r"|\\newacronym(?:\[[^\]]*\])?\{[^{}]*\}\{([^{}]*)\}\{((?:[^{}]|\{[^{}]*\})*)\}",
        re.sub(r"(?<!\\)%.*", "", text),
    )
    items: list[str] = []
    for fields, short, long in found:
        values = dict(
            re.findall(r"(\w+)\s*=\s*\{?((?:[^{},]|\{[^{}]*\}|(?<=\w),(?!\s*\w+\s*=))*)\}?", fields)
        )
        body = re.search(r"description\s*=\s*\{((?:[^{}]|\{[^{}]*\})*)\}", fields)
        name, said = (
            short or values.get("name", ""),
            long or (body[1] if body else values.get("description", "")),
        )
        items.append(f"\\item[{name}] {said}\n")
    return "\\begin{description}\n" + "".join(items) + "\\end{description}\n" if items else text


def html(text: str) -> str:
    """A page's main part: without menus, banners, scripts and feet."""
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=False)
        root = lxml_html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, ValueError):
        return text
    for element in root.xpath("//*"):
        name = element.tag if isinstance(element.tag, str) else ""
        marks = " ".join(
            filter(None, (element.get("class"), element.get("id"), element.get("role")))
        )
        holds = element.find(".//dl") is not None or element.find(".//h1") is not None
        off = name in _OFF.split("|") or element.get("role") in (
            "navigation",
            "banner",
            "contentinfo",
        )
        off = off or (name == "header" and not holds)
        named = (
            len(marks) < 200
            and _OFF_NAMES.search(marks)
            and name not in ("html", "body", "main", "article")
        )
        if element.getparent() is not None and (off or (named and not holds)) and name != "head":
            element.drop_tree()
    for element in root.xpath("//dl/div"):
        element.drop_tag()
    for element in root.xpath("//dt[@id]"):
        element.insert(0, lxml_html.Element("span", id=element.get("id")))
        element[0].tail, element.text = element.text, None
    for element in root.xpath("//summary"):
        element.tag = "p"
        inner = "".join(element.itertext())
        element.clear()
        lxml_html.etree.SubElement(element, "strong").text = inner
    mains = root.xpath("//main") or root.xpath("//*[@role='main']") or root.xpath("//article")
    main = mains[0] if len(mains) == 1 else root
    title = root.findtext(".//title") if main is not root else None
    body = lxml_html.tostring(main, encoding="unicode")
    return (
        f"<html><head><title>{title or ''}</title></head><body>{body}</body></html>"
        if main is not root
        else body
    )


_SENTENCE = re.compile(r"[.!?؟。！？:…]['”\"’»)\]]*$")
_MARK = re.compile(r"^\s*(?:[•▪◦*–-]|\d{1,3}[.)])\s+")


def plain(text: str) -> Blocks:
    """Plain text as blocks: short lines that end as no sentence does are headings.

    Those that ``headings.yaml`` knows are of the second level; below those of links and news a
    short line is a heading only where a sentence follows.
    """
    blocks: list[Paragraph] = []
    lines = [clean(line).strip() for line in text.split("\n")]
    filled = [line for line in lines if line]
    place, part = 0, ""
    for blank, group in groupby(lines, key=lambda line: not line):
        wrapped: list[str] = []
        block = [] if blank else list(group)
        is_wrapped = len(block) > 1 and _SENTENCE.search(block[-1]) and _goes_on(block)
        for line in block:
            place += 1
            words = line.rstrip(" :：") or line
            known = known_heading(words)
            if (known != "back" or line[:1].isalpha()) and all(
                isinstance(block, Heading) for block in blocks
            ):
                known = None  # a category or a term that reads like one
            listed = part in _LISTED and place < len(filled) and _is_short(filled[place])
            if known or (_is_short(line) and not wrapped and not listed and not is_wrapped):
                blocks += _paragraph(wrapped)
                wrapped = []
                blocks.append(Heading((Run(words),), level=2 if known else 1))
                part = known or ""
            else:
                wrapped.append(_MARK.sub("", line))
                if _SENTENCE.search(line) or part in _LISTED:
                    blocks += _paragraph(wrapped)
                    wrapped = []
        blocks += _paragraph(wrapped)
    return tuple(blocks)


def _goes_on(lines: Sequence[str]) -> bool:
    """Whether lines that a blank one ends read as one paragraph: each goes on in small letters."""
    return all(
        line[:1].islower() or not line[:1].isupper() for line in lines[1:] if _is_short(lines[0])
    )


_LISTED = ("related", "news", "back", "sources")


def _is_short(line: str) -> bool:
    few = len(line.split()) < 12 and len(line) < 100  # noqa: PLR2004
    return few and not _SENTENCE.search(line) and not _MARK.match(line)


def _paragraph(lines: Sequence[str]) -> list[Paragraph]:
    return [Paragraph((Run(" ".join(lines)),))] if lines else []
