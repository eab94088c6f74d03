"""Paired: elements side by side, alike, each of which holds a short text and a longer one."""

from collections.abc import Sequence
from statistics import median
from typing import Any

from knowledge.formats.pages.furniture import is_furniture, tag_of
from knowledge.formats.pages.hypertext import Block, blocks_of
from knowledge.formats.pages.laid import Laid, is_term, key_of
from knowledge.formats.sites.wording import in_other_scripts

_FEWEST = 3
_OF_NAMES = ("span", "small", "i", "em", "bdi")
_LONGER = 2  # times as long
_BOTH = 2


def pairs(root: Any, _page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """The first of each pair names what the second says, where classes or nothing part them."""
    laid: list[Laid] = []
    for above in root.iter():
        if len(above) >= _FEWEST and tag_of(above) and not is_furniture(above, tag_of(above)):
            laid += _within(above)
    return laid


def _within(above: Any) -> list[Laid]:  # noqa: ANN401
    kinds: dict[Any, list[Any]] = {}
    for each in above:
        if tag_of(each) and len(each) == _BOTH and _is_parted(*each):
            kinds.setdefault(tuple((tag_of(p), p.get("class")) for p in each), []).append(each)
    alike: list[Any] = max(kinds.values(), key=len, default=[])
    laid = []
    for each in alike if len(alike) >= _FEWEST else ():
        named, said = (list(blocks_of(part)) for part in each)
        name, *others = _names(each[0])
        if len(named) == 1 and said and is_term(name):
            laid.append(Laid(name, each[0], said, named[0].line, aliases=others))
    if not laid or len({key_of(each.term) for each in laid}) < len(alike):
        return []
    told = median(len(each.blocks[0].text) for each in laid)
    return laid if told > _LONGER * median(len(each.term) for each in laid) else []


def _is_parted(one: Any, other: Any) -> bool:  # noqa: ANN401
    """Whether two elements are told apart: by classes, or as parts of one line."""
    if tag_of(one) == tag_of(other) == "span":
        return not (one.tail or "").strip()
    return bool(one.get("class") and (other.get("class") or tag_of(other) == "p"))


def _names(node: Any) -> list[str]:  # noqa: ANN401
    """The name in an element, and others that stand in marks of their own beside it."""
    parts = [" ".join("".join(each.itertext()).split()) for each in node if tag_of(each)]
    between = [node.text, *(each.tail for each in node)]
    named = [part for part in parts if part]
    if len(named) < _BOTH or any((text or "").strip() for text in between):
        return [" ".join(block.text for block in blocks_of(node))]
    return [named[0], *(name for name in named[1:] if in_other_scripts(named[0], name))]


def in_two_scripts(name: str, node: Any) -> tuple[str, tuple[str, ...]] | None:  # noqa: ANN401
    """A name, and that in another script which a mark at its end holds; or None."""
    last = node[-1] if node is not None and len(node) else None
    if last is None or tag_of(last) not in _OF_NAMES or (last.tail or "").strip():
        return None
    other = " ".join("".join(last.itertext()).split())
    first = name.removesuffix(other).rstrip(" -–—/|·")
    parted = other and first and first != name and in_other_scripts(first, other)
    return (first, (other,)) if parted else None
