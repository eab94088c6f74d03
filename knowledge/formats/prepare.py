"""Preparing texts for pandoc: what the makers of sites add to their formats, made plain.

Each function takes a text and gives one that pandoc reads as its site would show it.
"""

import re
from collections.abc import Iterator, Sequence
from html.entities import html5
from itertools import groupby
from re import DOTALL, IGNORECASE, MULTILINE
from textwrap import dedent, indent
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from knowledge.draft import known_heading
from knowledge.formats.tree import NAMES_APART, Blocks, Heading, Paragraph, Run
from knowledge.language.text import clean

HTML = re.compile(
    r"<(?:dl|dt|table|b|strong|i|em|h[1-6]|br|su[bp]|dfn|[uo]l|p|div|section)\b", IGNORECASE
)
"""HTML that sets words."""
# A fence of code, or of a glossary of MyST, to the fence that closes it or the end of the text.
_FENCED = re.compile(
    r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,}|:{3,}(?=[ \t]*\{?glossary))[ \t]*\{?(?P<kind>[\w-]*)"
    r"[^\n]*\n(?P<inner>.*?)(?:^(?:(?P=indent)| {0,3}(?=[`~]))(?P=fence)[`~:]*[ \t]*$|\Z)",
    DOTALL | MULTILINE,
)
_SHORTCODE = re.compile(r"\{\{[<%]\s*/?\s*[\w./-]+([^{}]*?)/?\s*[%>]\}\}")
_ARGUMENT = re.compile(r"""\b(text|title|term|term_id|name)\s*=\s*["']([^"']+)["']""")
_LIQUID = re.compile(
    r"\{%[^{}]*%\}|\{\{[^{}]*\}\}|\{/\*[^{}]*\*/\}|\{:[^{}\n]*\}|!\[\[[^\[\]\n]*\]\]"
)
# Lines of mdBook (a rule's name), MkDocs ([TOC]) and Obsidian (tags).
_DIRECTIVE = re.compile(r"^[ \t]*(?:\w?\[{1,2}[\w.:-]+\]{1,2}|(?:#[^\s#]+[ \t]*)+)$", MULTILINE)
_TERM = re.compile(r"\{term\}`([^`]+?)(?:\s*<([^`<>]+)>)?`")
_JSX = re.compile(r"</?[A-Z][\w.]*(?:[^<>{}]|\{(?:[^{}]|\{[^{}]*\})*\})*>")
OTHER_FILES = re.compile(
    r"^[ \t]*(?:include::|\.\. (?:literal)?include::|#\+include:).*$", IGNORECASE | MULTILINE
)
_REMARK = re.compile(r"\.\.(?:\s|$)|:\w[\w-]*:")


def markdown(text: str, *, is_mdx: bool) -> str:
    """Markdown without what Hugo, Jekyll, MkDocs, Docusaurus, MyST and MDX add to it."""
    found: list[str] = []
    place = 0
    for fenced in _FENCED.finditer(text):
        found += (_plainer(text[place : fenced.start()], is_mdx=is_mdx), fenced[0])
        place = fenced.end()
        if fenced["kind"] == "glossary":
            found[-1] = markdown("\n".join(_of_myst(fenced["inner"])), is_mdx=is_mdx)
    return "".join([*found, _plainer(text[place:], is_mdx=is_mdx)])


def _of_myst(text: str) -> Iterator[str]:
    yield "\n::: {.glossary}"
    for names, said in _glossary(text.split("\n")):
        body = indent(dedent("\n".join(said)).strip("\n"), "    ")
        yield f"\n{NAMES_APART.join(names)}\n\n:{body[1:]}"
    yield "\n:::\n"


def _plainer(text: str, *, is_mdx: bool) -> str:
    text = re.sub(r"<dl\b.*?(?:</dl>|\Z)", _tidied, text, flags=DOTALL | IGNORECASE)
    text = re.sub(r"<summary>\s*(?:<b>)?([^<>\n]+)(?:</b>)?\s*</summary>", r"\n\n**\1**\n\n", text)
    text = _LIQUID.sub("", _SHORTCODE.sub(_said_by, text))
    text = _TERM.sub(lambda m: f"[{m[1]}](<#{m[2] or m[1]}>)", text)
    text = re.sub(r"\{[\w:+-]+\}(`[^`]+`)", r"\1", text)  # another role of MyST
    if is_mdx:
        text = re.sub(r"^(?:import|export)\s.*(?:\n[^\n]+)*", "", text, flags=MULTILINE)
        text = re.sub(r"^(?:\t+| {4,})(?![-*+\d])", "   ", _JSX.sub("", text), flags=MULTILINE)
    text = re.sub(r"^([ \t]*:{3,})[ \t]*(?:\{?([\w-]+).*)?$", r"\n\1 \2\n", text, flags=MULTILINE)
    return _DIRECTIVE.sub("", text)


def _tidied(listed: re.Match[str]) -> str:
    """A list of definitions in HTML, each of its elements closed, in a block of its own."""
    root = lxml_html.fragment_fromstring(listed[0], create_parent="div")
    return f"\n{lxml_html.tostring(root, encoding='unicode')}\n"


def _said_by(shortcode: re.Match[str]) -> str:
    """What a shortcode of Hugo shows: its text, linked to the term that it names."""
    found = dict(_ARGUMENT.findall(shortcode[1]))
    words = next((found[key] for key in ("text", "title", "term", "term_id") if key in found), "")
    return f"[{words}](<#{found['term_id']}>)" if "term_id" in found else words


def rst(text: str) -> str:
    """The text of reStructuredText with glossaries as lists of definitions; without other files."""
    text = re.sub(r"\\\n[ \t]*", " ", text).expandtabs(8) + "\n"  # lines that go on below
    return re.sub(
        r"^( *)\.\. glossary::.*\n((?:(?:\1 +\S.*|[ \t]*)\n)*)", _of_sphinx, text, flags=MULTILINE
    )


def _of_sphinx(glossary: re.Match[str]) -> str:
    found = [f"{glossary[1]}.. glossary::"]
    for names, said in _glossary(glossary[2].split("\n")):
        found += (f"\n{glossary[1]} {NAMES_APART.join(names)}", *said)
    return "\n".join([*found, "\n"])


def _glossary(lines: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The names of each term of a glossary of Sphinx or MyST, and the lines that define it."""
    base = min((_indent(line) for line in lines if line.strip()), default=0)
    names: list[str] = []
    said: list[str] = []
    for line in (*lines, " " * base + ".. "):
        bare = line.strip()
        if not bare or _indent(line) > base:
            said += [line] if bare or said else []
        elif bare.startswith(": "):
            said.append(f"{' ' * base}  {bare[2:]}")
        else:
            if names and (said or _REMARK.match(bare)):
                yield names, said
                names = []
            said = []
            names += [] if _REMARK.match(bare) else [bare]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def asciidoc(text: str) -> str:
    """AsciiDoc without other files, with its nested lists and the macros of its projects plain."""
    text = re.sub(r"^include::.*$", "", text, flags=MULTILINE)
    text = re.sub(r"^[ \t]+\+[ \t]*\n[ \t]*", "+\n", text, flags=MULTILINE)
    text = re.sub(r"\n(?=[^\s*.=|\[+-][^\n]*::(?:\s|$))", "\n\n", text)
    text = re.sub(r"^(\S[^\n]*?);;\s+", r"* \1: ", text, flags=MULTILINE)
    macro = r"\b(?:link(?!:)\w+|man|cpp|kbd|menu):([\w./-]+)\[(\d*)\]"
    return re.sub(macro, lambda m: f"{m[1]}({m[2]})" if m[2] else m[1], text)


def docbook(text: str) -> str:
    """A text or a part of one of DocBook, of one with glossaries these alone; entities as words."""
    aside = r"<!--.*?(?:-->|\Z)|<\?[^>]*>|<!DOCTYPE[^\[>]*(?:\[[^\]]{0,4000}\]\s*)?>"
    named = r"&(?!(?:amp|lt|gt|quot|apos);)([\w.-]+);"
    text = re.sub(aside, "", text, flags=DOTALL)
    text = re.sub(named, lambda m: html5.get(f"{m[1]};", m[1]), text)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root: Any = etree.fromstring(f"<article>{text}</article>".encode(), parser)
    entries = root.xpath("//*[local-name()='glossentry']") if root is not None else []
    if entries:
        root = etree.Element("article")
        etree.SubElement(root, "glosslist").extend(entries)
    return text if root is None else str(etree.tostring(root, encoding="unicode"))


_BRACED = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"


def latex(text: str) -> str:
    """LaTeX, the entries of its package ``glossaries`` as a list of descriptions."""
    bare = re.sub(r"(?<!\\)%.*", "", text)
    items = re.findall(rf"\\newacronym(?:\[[^\]]*\])?\{{[^{{}}]*\}}{_BRACED}{_BRACED}", bare)
    for fields in re.findall(rf"\\newglossaryentry\{{[^{{}}]*\}}\s*{_BRACED}", bare):
        values = re.findall(rf"(\w+)\s*=\s*(?:{_BRACED}|([^,{{}}]*))", fields)
        known = {key: braced or bare for key, braced, bare in values}
        items.append((known.get("name", ""), known.get("description", "")))
    listed = "\n".join(f"\\item[{name}] {said}" for name, said in items)
    return f"\\begin{{description}}\n{listed}\n\\end{{description}}\n" if items else text


_OFF = (
    "nav", "footer", "aside", "script", "style", "noscript", "form", "button", "svg", "template",
    "iframe", "select",
)  # fmt: skip


def html(text: str) -> str:
    """A page's main part: without menus, scripts and feet."""
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=False)
        root: Any = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return text
    mains = root.xpath("//main") or root.xpath("//*[@role='main']") or root.xpath("//article")
    main = mains[0] if len(mains) == 1 else root
    banners = ".//*[@role='navigation' or @role='banner' or @role='contentinfo']"
    beside = main.xpath(f"{banners} | .//header[not(.//dl | .//h1)]")
    for element in dict.fromkeys((*main.iterdescendants(*_OFF), *beside)):
        element.drop_tree()
    for element in main.xpath(".//dt[@id]"):  # which pandoc does not keep
        element.insert(0, lxml_html.Element("span", id=element.get("id")))
        element[0].tail, element.text = element.text, None
    return str(lxml_html.tostring(main, encoding="unicode", with_tail=False))


ENDS = re.compile(r"[.!?؟؛。！？:…]['”\"’»)\]]*$")
"""What a sentence ends in."""
_MARK = re.compile(r"^\s*(?:[•▪◦*–-]|\d{1,3}[.)])\s+")
_LISTED = ("related", "news", "back", "sources")


def plain(text: str) -> Blocks:
    """Plain text as blocks: short lines that are no sentence are headings, known ones lower.

    Below those of links and news, a short line is a heading only where a sentence follows.
    """
    blocks: list[Paragraph] = []
    every = [clean(line).strip() for line in text.split("\n")]
    filled = [line for line in every if line]
    place, part, begun = 0, "", False
    for _, chunk in groupby(every, key=bool):
        lines = list(filter(None, chunk))
        starts = [line for line in lines[1:] if line[:1].isupper() and _is_short(lines[0])]
        flows = len(lines) > 1 and not starts and ENDS.search(lines[-1])
        wrapped: list[str] = []
        for line in lines:
            place += 1
            words = line.rstrip(" :：") or line
            known = known_heading(words) if begun or not line[0].isalpha() else None
            listed = part in _LISTED and all(map(_is_short, filled[place : place + 1]))
            heads = known or (_is_short(line) and not (wrapped or listed or flows))
            wrapped += [] if heads else [_MARK.sub("", line)]
            if wrapped and (heads or listed or line is lines[-1] or ENDS.search(line)):
                blocks.append(Paragraph((Run(" ".join(wrapped)),)))
                wrapped, begun = [], True
            if heads:
                blocks.append(Heading((Run(words),), level=2 if known else 1))
                part = known or ""
    return tuple(blocks)


def _is_short(line: str) -> bool:
    few = len(line.split()) < 12 and len(line) < 100  # noqa: PLR2004
    return few and not ENDS.search(line) and not _MARK.match(line)
