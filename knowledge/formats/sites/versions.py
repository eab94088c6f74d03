"""Versions: a page that holds its term in several languages, each under a heading that names it."""

from dataclasses import replace

from knowledge.formats.sites.blocks import Prose
from knowledge.formats.tables.tongues import language_of

_HIGHEST = 2  # levels of headings that are looked at


def parted(found: Prose) -> list[tuple[str, Prose]]:
    """The languages of a page, and what stands under the heading of each; or nothing.

    All headings of a level name a language each (“English”, “العربية”, “vi”), and above them there
    is at most a title.
    """
    for level in range(1, _HIGHEST + 1):
        places = [n for n, b in enumerate(found.blocks) if b.kind == "heading" and b.level == level]
        tags = [language_of(found.blocks[n].text) for n in places]
        if len(tags) < 2 or not all(tags) or len(set(tags)) < len(tags):  # noqa: PLR2004
            continue
        if any(b.text and b.kind != "heading" for b in found.blocks[: places[0]]):
            continue
        ends = [*places[1:], len(found.blocks)]
        parts = zip(tags, places, ends, strict=True)
        return [(tag, replace(found, blocks=found.blocks[n + 1 : end])) for tag, n, end in parts]
    return []
