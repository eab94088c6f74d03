"""Shortcodes: those of Hugo that stand around the words for a term, or around its definition."""

import re

from knowledge.formats.sites.links import TARGETS, TERMED, anchored, arguments, link_to

_DEFINES = re.compile(r"def|dfn|definition|entry|(?:gloss|term)[\w-]*", re.IGNORECASE)
_NAMES = ("name", "term", "title", "word", "english", "en", "abbr", "acronym")
_BRACKETS = re.compile(r"[()\[\]*]")
_CONTROL = re.compile(r"button|btn|cta|badge", re.IGNORECASE)
_TAG = re.compile(
    r"(?:\{\{[<%]|\{%)[-\s]*(?P<closes>/|end(?=[a-z]))?[ \t]*(?P<name>[\w-]+)"
    r"(?P<rest>[^{}]*?)(?:(?<!/)[%>]\}\}|(?<!/)%\})"
)


def enclosed(text: str) -> str:
    """A text in which ``{{< gloss "tide" >}}tides{{< /gloss >}}`` is a link with the words in it.

    A shortcode that stands on lines of its own, around others, is a heading above these; one that
    names a term, around its definition, is these; what is on a button is no text. So are the tags
    of Markdoc and Liquid, ``{% term "tide" %}tides{% /term %}``.
    """
    pieces: list[str] = []
    opened: dict[str, re.Match[str]] = {}
    start = 0
    for tag in _TAG.finditer(text):
        name = tag["name"]
        defines, shows = _DEFINES.fullmatch(name), _CONTROL.fullmatch(name)
        if not tag["closes"]:
            opened[name] = tag
        elif (TERMED.search(name) or defines or shows) and (opening := opened.pop(name, None)):
            if opening.start() < start:
                continue
            inner = text[opening.end() : tag.start()]
            line = text[text.rfind("\n", 0, opening.start()) + 1 : opening.start()]
            rest_of_line = text[tag.end() : text.find("\n", tag.end()) % (len(text) + 1)]
            if shows:
                spoken = "\n" * inner.count("\n")
            elif rest_of_line.strip() or not defines:
                spoken = _spoken(opening["rest"], inner, line)
            else:
                spoken = _defined(opening["rest"], inner, line)
            pieces += [text[start : opening.start()], spoken]
            start = tag.end()
    return "".join([*pieces, text[start:]])


def _spoken(rest: str, inner: str, before: str) -> str:
    """What a shortcode with text in it amounts to, behind what stands before it on its line."""
    placed, named = arguments(rest)
    target = next((named[key] for key in TARGETS if key in named), next(iter(placed), ""))
    if "\n" not in inner:
        return link_to(inner, target or inner.strip())
    alone = not before.strip() and not inner.partition("\n")[0].strip()
    return f"###### {target}{inner}" if alone and target else inner


def _defined(rest: str, inner: str, before: str) -> str:
    """A definition, behind or below its term, as a shortcode of its own holds it."""
    named = arguments(rest)[1]
    names = [named[key] for key in _NAMES if named.get(key)]
    if before.strip() or not names or len(inner.split()) < 2:  # noqa: PLR2004
        return _spoken(rest, inner, before)
    name, *others = dict.fromkeys(names)
    anchor = anchored(named["id"]) if "id" in named else ""
    aliases = ", ".join(other for other in others if not _BRACKETS.search(other))
    return f"**{name}**{anchor}{f' ({aliases})' if aliases else ''}: {inner.strip(' ')}"
