"""Macros: shortcodes, tags and components of site generators, made the text that they stand for.

Hugo ``{{< >}}``, Jekyll and GitBook ``{% %}``, MDN ``{{Macro("…")}}``, MDX, kramdown and MyST
attributes, wiki-links, admonitions. Each line stays on its line.
"""

import re
from collections.abc import Callable, Iterator

from knowledge.formats.sites import (
    components,
    dashed,
    htmltable,
    indented,
    marks,
    myst,
    ruled,
    shortcodes,
    specup,
)
from knowledge.formats.sites.components import CODE
from knowledge.formats.sites.links import (
    QUOTED,
    TARGETS,
    TERMED,
    TEXTS,
    anchored,
    arguments,
    link_to,
    of_a_term,
)

_FENCE_OR_COMMENT = re.compile(r"^[ \t>]*(`{3,}(?=[^`\n]*$)|~{3,})|<!--", re.MULTILINE)
_HUGO = re.compile(r"\{\{[<%]([^{}]*)[>%]\}\}")
_COMMENT_ENDS = re.compile(r"<!--|-->")
_NESTED = 20_000  # characters of a comment that is looked through for others within
_MOST_TRIES = 50
_CURLY = str.maketrans("“”„‟", '""""')
_LIQUID = re.compile(r"\{%((?:[^{}]|\{[^{}]*\})*?)%\}")
_BRACES = re.compile(r"\{\{([^{}]*)\}\}")
_CALL = re.compile(r"[-\s~]*([\w-]+)\s*(?:\((.*)\))?[-\s~]*", re.DOTALL)
_WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]+)(?:\\?\|([^\[\]\n]*))?\]\](?!\((?:[#./]|https?:))")
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*\{[ \t]*(?::[^{}\n]*|[#.][\w\s.#=:\"'-]*)\}")
_ID = re.compile(r"#([\w.:-]+)")
_ADMONITION = re.compile(r"^([ \t]*)(?:!!!|\?\?\?\+?|===)[ \t]+[\w\"'].*$")
_ALERT = re.compile(r"^([ \t]*>[ \t]*)\[![\w-]+\][+-]?[^\n]*$", re.MULTILINE)
# Of the publishing systems of Adobe and Microsoft: names of controls, and texts that are elsewhere.
_CONTROL = re.compile(r"\[!(?:UICONTROL|DNL|BADGE)[ \t]+([^\[\]\n]+)\](?:\{[^{}\n]*\})?")
_INCLUDED = re.compile(r"\[!(?:INCLUDE|VIDEO)[ \t]*(?:\[[^\[\]\n]*\])?[ \t]*(?:\([^()\n]*\))?\]?")
_HELP = re.compile(r"^>[ \t]*\[!CONTEXTUALHELP\][^\n]*(?:\n>[^\n]*)*", re.MULTILINE)
_ORIGINAL = re.compile(r"<span class=\"sxs-lookup\"><span[^<>]*>.*?</span></span>")
_CONTENTS = re.compile(
    r"^[ \t]*(?:\[\[?_?toc_?\]\]?|\[toc\]|@\[toc\].*)[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_READING = re.compile(r"<(rt|rp)\b[^<>]*>[^<>\n]{0,80}</\1>", re.IGNORECASE)
"""How a word is read, above it."""
_ABBREVIATION = re.compile(r"^\*\[([^\]\n]+)\]:[ \t]*([^\n]*)$", re.MULTILINE)
_TICKED = re.compile(r"\{%[-\s]*(?:\w*(?:term|gloss)\w*)\s[^{}%\n]*`[^{}%\n]*%\}", re.IGNORECASE)
_PERCENT = re.compile(r"(%%?)([^%|^\n]{1,200})[|^]([\w./-]{1,200})\1|%%[^%]{0,2000}%%")
_DIRECTIVE = re.compile(r"(?<![\w:]):[A-Za-z][\w-]*\[([^\[\]\n]*)\](?:\{[^{}\n]*\})?")
_SPACED_LINK = re.compile(r"\]\(([^()<>\n]*[^()<>\s] [^()<>\n]*\.mdx?(?:#[^()<>\n]*)?)\)")
_INLINE_FIELD = re.compile(r"^([-*>\s]*\**[^\W\d_][^:\n`]{0,40})::(?=[ \t])", re.MULTILINE)
_EMOJI = re.compile(
    r"(?<![\w:]):(?:[a-z][a-z0-9_+]{1,40}|(?:material|octicons|fontawesome|simple)-[a-z0-9-]+):(?![\w:])"
)
# Of Pandoc: “[see @key, p. 3; @other]”; a mark that stands in a link or for one is none.
_CITED = re.compile(
    r"[ \t]*\[(?:[^\[\]@]{0,60}[\s-])?-?@[\w:.#$%&+?<>~/-]+(?:[;,\s][^\[\]]{0,300})?\](?![(\[:])"
)
_ANCHOR = re.compile(r"(?:^|[ \t]+)\^[\w-]+[ \t]*$", re.MULTILINE)
_SENSES = re.compile(
    r"(?:(?<=[.!?।。！？])[ \t]*[^.!?।。！？\n]{0,200}|[ \t\u00a0]*)[:：][ \t]*(\n+)"
    r"(?=\{\{[ ]?GlossaryDisambiguation)",
    re.IGNORECASE,
)

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
    text = indented.plain(specup.plain(ruled.plain(dashed.plain(text))))
    if components.is_mdx(text):
        text = "".join(p if code else components.plain(p) for code, p in _parts(text))
    pieces = [part if code else _plain(part) for code, part in _parts(text)]
    return _dedented("".join(pieces))


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """A text as it alternates between fenced code and the rest; comments leave their line ends."""
    start = place = 0
    closed = True
    kept: list[str] = []
    tries: list[int] = []
    while match := _FENCE_OR_COMMENT.search(text, place):
        fence = match[1]
        if fence is None:
            end = _comment_end(text, match.end(), tries) if closed else -1
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


def _comment_end(text: str, start: int, tries: list[int]) -> int:
    """Where a comment ends: behind those that stand within it, if each of them is closed.

    In a text in which that failed often it is tried no more, as it takes long.
    """
    first = text.find("-->", start)
    if text.find("<!--", start, first) < 0 or len(tries) > _MOST_TRIES:
        return first
    tries.append(start)
    depth = 1
    for mark in _COMMENT_ENDS.finditer(text, start, start + _NESTED):
        depth += 1 if mark[0] == "<!--" else -1
        if not depth:
            tries.pop()
            return mark.start()
    return first


def _plain(text: str) -> str:
    text = marks.plain(components.led(text) if "</" in text else text)
    if "{{" in text:
        text = _SENSES.sub(_ended, text)
    if "{{" in text or "{%" in text:
        text = shortcodes.enclosed(text)
        text = _HUGO.sub(_lines_kept(lambda m: _shortcode(m[1])), text)
    text = _TICKED.sub(lambda m: _tag(m[0][2:-2]), text) if "{%" in text else text
    pieces, start = [], 0
    for match in CODE.finditer(text) if "`" in text else ():
        pieces += [_outside_code(text[start : match.start()]), match[0]]
        start = match.end()
    pieces.append(_outside_code(text[start:]))
    text = "".join(pieces)
    text = htmltable.joined(text) if "<" in text else text
    text = _ORIGINAL.sub("", text) if "sxs-lookup" in text else text
    if "[!" in text:
        text = _HELP.sub(lambda m: "\n" * m[0].count("\n"), text)
        text = _ALERT.sub(r"\1", _INCLUDED.sub("", _CONTROL.sub(r"\1", text)))
    text = _abbreviated(text) if "*[" in text else text
    text = components.titled(text) if "<" in text else text
    return _CONTENTS.sub("", text)


def _abbreviated(text: str) -> str:
    """Without abbreviations spelt out for a machine; where these are all, as a list of them."""
    listed = sum(1 for line in text.split("\n") if line.strip() and not line.startswith("#"))
    all_are = 2 * len(_ABBREVIATION.findall(text)) > listed
    return _ABBREVIATION.sub(r"- **\1**: \2" if all_are else "", text)


def _ended(tail: re.Match[str]) -> str:
    """The end of a sentence that leads over to a list of senses, which stands elsewhere."""
    return tail[1] if tail.string[tail.start() - 1] in ".!?।。！？" else f".{tail[1]}"


def _outside_code(text: str) -> str:
    if "<" in text or "]" in text:
        text = components.spoken(_READING.sub("", text))
    if "%" in text:
        text = _PERCENT.sub(_lines_kept(lambda m: link_to(m[2] or "", m[3] or "")), text)
    if "^" in text:
        text = _ANCHOR.sub("", text)
    if "{" in text:
        text = _LIQUID.sub(_lines_kept(lambda m: _tag(m[1])), text)
        text = _BRACES.sub(_lines_kept(lambda m: _macro(m[1])), text)
        text = _ATTRIBUTES.sub(_anchored, text)
    if "[[" in text:
        text = _WIKI.sub(_wiki, text)
    text = text.replace("↴]", "]")
    if ".md" in text:
        text = _SPACED_LINK.sub(r"](<\1>)", text)
    text = _CITED.sub(_lines_kept(lambda _: ""), text) if "[" in text and "@" in text else text
    text = _EMOJI.sub("", text) if text.count(":") > 1 else text
    if ":: " in text:
        text = _INLINE_FIELD.sub(r"\1:", text)
    return _DIRECTIVE.sub(r"\1", text) if ":" in text and "]" in text else text


def _anchored(attributes: re.Match[str]) -> str:
    given = _ID.search(attributes[0])
    return anchored(given[1]) if given else ""


def _lines_kept(change: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    return lambda match: change(match) + "\n" * match[0].count("\n")


def _shortcode(inner: str) -> str:
    """A Hugo shortcode, or a Liquid tag: its text, or nothing where that stands elsewhere."""
    inner = inner.strip().removeprefix("/*").removesuffix("*/").strip(" /-")
    inner = inner if '"' in inner else inner.translate(_CURLY)
    name, _, rest = inner.partition(" ")
    if name.lower() in ("ref", "relref", "link", "post_url", "url"):
        placed, named = arguments(rest)
        return next(iter(placed), "") or named.get("path", "")
    placed, named = arguments(rest)
    both = len(placed) > 1 and '"' in rest
    if not rest.strip() or not TERMED.search(name) or name.lower().startswith("glossary_defin"):
        target, text = of_a_term(placed) if both and len(placed) == 2 else ("", "")  # noqa: PLR2004
        return link_to(text, target) if text == next(iter(placed), "") else named.get("text", "")
    target = next((named[key] for key in TARGETS if key in named), "")
    text = next((named[key] for key in TEXTS if key in named), "")
    if placed:
        first, second = of_a_term(placed) if both else (placed[0], placed[0])
        target, text = target or first, text or second
    return link_to(text or re.sub("[-_]", " ", target), target)


def _tag(inner: str) -> str:
    """A Liquid tag; of ``{% glossary a term, display: text %}`` the words are one argument."""
    inner = inner.strip(" -\n\t")
    name, _, rest = inner.partition(" ")
    if name.startswith("end") or name in ("if", "for", "assign", "include", "capture", "comment"):
        return ""
    if TERMED.search(name) and rest and '"' not in rest and "'" not in rest and "=" not in rest:
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
    arguments = [next((g for g in m.groups() if g is not None), "") for m in QUOTED.finditer(given)]
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
    if "|" in (match[3] or ""):  # a choice of words
        return match[0].strip("[]")
    target = match[2].partition("#")[0].strip() or match[2].strip("# ")
    shown = (match[3] or "").strip() or match[2].rpartition("/")[2].replace("#", " ").strip()
    if shown.lower().strip("_") == "toc":
        return ""
    return link_to(shown, target.rpartition("/")[2])


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
