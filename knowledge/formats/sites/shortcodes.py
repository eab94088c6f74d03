"""Shortcodes: those of Hugo that stand around the words for a term, or around its definition."""

import re

from knowledge.formats.sites.links import TARGETS, TERMED, arguments, link_to

_TAG = re.compile(r"\{\{[<%][ \t]*(/?)[ \t]*([\w-]+)([^{}]*)[>%]\}\}")


def enclosed(text: str) -> str:
    """A text in which ``{{< gloss "tide" >}}tides{{< /gloss >}}`` is a link with the words in it.

    A shortcode that stands on lines of its own, around others, is a heading above these.
    """
    pieces: list[str] = []
    opened: dict[str, re.Match[str]] = {}
    start = 0
    for tag in _TAG.finditer(text):
        if not tag[1]:
            opened[tag[2]] = tag
        elif TERMED.search(tag[2]) and (opening := opened.pop(tag[2], None)):
            if opening.start() < start:
                continue
            inner = text[opening.end() : tag.start()]
            line = text[text.rfind("\n", 0, opening.start()) + 1 : opening.start()]
            pieces += [text[start : opening.start()], _spoken(opening[3], inner, line)]
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
