"""Paragraphs: which lines of a paragraph of Markdown begin something of their own."""

import re

from knowledge.formats.sites.listing import DEFINITION_MARK, TERM_MARK
from knowledge.formats.sites.wording import is_label

_LABELLED = re.compile(
    r"[ \t]*(?:(?:\*\*[^*\n]{1,60}\*\*|__[^_\n]{1,60}__)"
    r"[ \t]*(?:\([^()\n]{1,80}\)[ \t]*)?(?:[:：]|[-–—]{1,3}[ \t])"
    r"|([*_]{1,2})[^*_\n]{1,60}[:：]\1|([*_])[^*_\n]{1,40}\2[ \t]?[:：]"
    r"|([^\W\d_][^:：\n*_`\[]{0,30}?)[ \t\u00a0]?[:：](?=[ \t]|[^\x00-\x7f]))"
)
"""A line that begins with a label, or with a term: “**Example:** …”, “_Avoid_: …”, “See: …”."""
_DASHED = re.compile(r"[`*_\"“«„]{0,3}[^\W_][^\n]{0,60}?[ \t](?:[-–—]{1,3}|=)[ \t]+\S")
_NAMED = re.compile(r"[^\W\d_][^:：.。\n`*_\[]{0,40}(?::[ \t]+|：)\S")
"""A line that begins with a name and a mark, as all lines of a paragraph may."""
_BULLET = re.compile(
    r"[ \t]*(?:[•●▪▫◦‣►▶➤◆◇❖■□○◉∙·⁃・][ \t\u3000]+(?=\S)|[●◆◇■□・](?=[^\x00-\x7f]))"
)
"""What no parser of Markdown takes for the mark of an item, and what every reader does."""
_SEVERAL = 3


def parted(paragraph: str) -> list[str]:
    """The lines of a paragraph of Markdown, those together that no label or bullet parts."""
    if "\n" not in paragraph:
        return [_bulletless(paragraph)]
    lines = paragraph.split("\n")
    if len(lines) >= _SEVERAL and (all(map(_DASHED.match, lines)) or all(map(_NAMED.match, lines))):
        return [line.removesuffix("\\") for line in lines]
    first, *rest = lines
    parts = [[first]]
    for line in rest:
        match = _LABELLED.match(line)
        labelled = match is not None and (match[3] is None or is_label(match[3]))
        marked = line.lstrip()[:1] in (TERM_MARK, DEFINITION_MARK)
        if labelled or marked or _BULLET.match(line):
            parts.append([line])
        else:
            parts[-1].append(line)
    return [_bulletless("\n".join(part)) for part in parts]


def _bulletless(text: str) -> str:
    match = _BULLET.match(text)
    return text[match.end() :] if match else text
