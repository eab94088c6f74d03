"""Folded: terms that open their definition, as ``<details>`` and accordions do."""

import re
from collections.abc import Sequence
from typing import Any

from knowledge.formats.pages.furniture import HEADINGS, elements, tag_of
from knowledge.formats.pages.hypertext import Block, blocks_of
from knowledge.formats.pages.laid import Laid

_OPENER = re.compile(
    r"(?:^|\s)(?:[\w-]*[-_])?(?:accordion|accordeon|collapsible|toggle|faq|acordeon)"
    r"[-_]{1,2}(?:header|heading|title|button|btn|trigger|toggle|question|label|head)(?=\s|$)"
    r"|(?:^|\s)(?:accordion|collapsible)(?=\s|$)",
    re.IGNORECASE,
)
_OPENING = ("button", "a", "div", "span", "label", "p", "h2", "h3", "h4", "h5", "h6", "li", "dt")
_BLOCKS = frozenset({"div", "p", "ul", "ol", "section", "blockquote", "dd", "article"})
_NEAR = 3
"""Elements above an opener beside which what it opens may stand."""


def details(root: Any, _page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """``<details>``, with the term as its ``<summary>``."""
    laid: list[Laid] = []

    def wanted(node: Any, tag: str) -> bool:  # noqa: ANN401
        if tag != "details" or not len(node):
            return False
        return next(elements(node, lambda _, inner: inner == "details"), None) is None

    for node in elements(root, wanted):
        summary = next((child for child in node if tag_of(child) == "summary"), None)
        named = list(blocks_of(summary)) if summary is not None else []
        if named:
            term = " ".join(block.text for block in named)
            laid.append(Laid(term, summary, list(blocks_of(node, summary)), named[0].line))
    return laid


def accordions(root: Any, _page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """Buttons and the like that open what they name, or that stands next to them."""
    targets: dict[str, Any] | None = None
    laid: list[Laid] = []
    for node in elements(root, _opens, buttons=True):
        if targets is None:
            targets = {name: each for each in root.iter() if (name := each.get("id"))}
        opened = targets.get(_target(node))
        opened = _beside(node) if opened is None else opened
        named = [] if opened is None or _holds(opened, node) else list(blocks_of(node))
        if named:
            term = " ".join(block.text for block in named)
            laid.append(Laid(term, node, list(blocks_of(opened)), named[0].line))
    return laid


def _opens(node: Any, tag: str) -> bool:  # noqa: ANN401
    if tag not in _OPENING:
        return False
    if _target(node):
        return True
    shown = node.get("class") or ""
    return bool(shown and _OPENER.search(shown)) and not any(
        tag_of(child) in _BLOCKS or tag_of(child) in HEADINGS or tag_of(child) == "button"
        for child in node
    )


def _target(node: Any) -> str:  # noqa: ANN401
    """The id of what an element opens, if it says that it does."""
    button = tag_of(node) == "button" and node.get("role") != "tab"
    if node.get("aria-controls") and (button or node.get("aria-expanded") is not None):
        return str(node.get("aria-controls"))
    if (node.get("data-toggle") or node.get("data-bs-toggle") or "") != "collapse":
        return ""
    told = node.get("data-target") or node.get("data-bs-target") or node.get("href") or ""
    return str(told).removeprefix("#")


def _beside(node: Any) -> Any:  # noqa: ANN401
    """What stands after an element, or after what it is the last in."""
    for _ in range(_NEAR):
        below = node.getnext()
        if below is not None:
            return below if tag_of(below) in _BLOCKS else None
        node = node.getparent()
        if node is None or tag_of(node) in ("body", "main", "section"):
            return None
    return None


def _holds(one: Any, other: Any) -> bool:  # noqa: ANN401
    return one is other or any(each is one for each in other.iterancestors())
