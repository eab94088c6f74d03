"""Anchors: the ids by which a page's terms are linked to, and which of them are a term's own."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from knowledge.formats.pages.furniture import HEADINGS, tag_of

_PREFIX = re.compile(
    r"(?:glossary|glossterm|gloss|term|def|entry|word)[-_.:]+(?=\w)", re.IGNORECASE
)
_MADE_ID = re.compile(
    r"[\W\d_]*|(?:id|idm|idp|toc|h|sec|ftn|fn)[-_.]?\d[\w.-]*|.*\d{6}.*|.*[0-9a-f]{12}.*"
)
_NEAR = 6
_MANY = frozenset({"body", "main", "dl", "ul", "ol", "table", "tbody", "thead"})
"""What holds more than one term, and has an id that is none of theirs."""
_NAMES = ("data-lt", "data-local-lt", "data-plurals", "lt", "local-lt")
_NAMING = (*HEADINGS, "dt", "tr", "summary", "button")
_ESCAPED = re.compile(r"_00([0-9a-f]{2})")
"""A sign in an anchor, as Texinfo writes it."""


def bare(anchor: str) -> str:
    """An anchor without what only says that it is a term's: “term-”."""
    return _PREFIX.sub("", anchor, count=1)


def own_id(anchor: str) -> str:
    """The id that an anchor gives, unless a tool made it up."""
    if _MADE_ID.fullmatch(anchor):
        return ""
    name = bare(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), anchor))
    return "" if _MADE_ID.fullmatch(name) or len(name) == 1 else name  # “k”: all of the letter


def anchors_of(node: Any) -> list[str]:  # noqa: ANN401
    """The ids of an element that names a term: its own, of what it holds, or is the first in.

    There is always a first, which may be empty.
    """
    return list(dict.fromkeys(filter(None, _near(node)))) or [""]


def linked_as(node: Any) -> list[str]:  # noqa: ANN401
    """The other names by which links find a ``<dfn>`` that an element is or holds (ReSpec)."""
    near = islice(node.iter(), _NEAR) if node is not None else ()
    told = [e.get(name) or "" for e in near if tag_of(e) == "dfn" for name in _NAMES]
    return [name for names in told for each in names.split("|") if (name := each.strip())]


def _near(node: Any) -> Iterator[str]:  # noqa: ANN401
    if node is None:
        return
    for each in islice(node.iter(), _NEAR):
        if tag_of(each):
            yield each.get("id") or (each.get("name") or "" if tag_of(each) == "a" else "")
    before = node.getprevious()
    while before is not None and tag_of(before) in ("a", "span"):
        if f"{before.text or ''}{before.tail or ''}".strip():
            break
        yield before.get("id") or before.get("name") or ""
        before = before.getprevious()
    kind = "tr" if tag_of(node) in ("td", "th") else tag_of(node)
    for _ in range(3):
        above = node.getparent()
        if above is None or tag_of(above) in _MANY or above[0] is not node or _several(above, kind):
            return
        yield above.get("id") or ""
        node = above


def _several(node: Any, kind: str) -> bool:  # noqa: ANN401
    """Whether an element holds several headings or the like, so that its id is none of a term."""
    return kind in _NAMING and sum(1 for _ in islice(node.iter(kind), 2)) > 1
