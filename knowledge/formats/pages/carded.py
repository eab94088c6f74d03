"""Carded: terms and definitions in elements whose classes say that they hold such."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from knowledge.formats.pages.furniture import elements, is_furniture, tag_of
from knowledge.formats.pages.hypertext import Block, blocks_of
from knowledge.formats.pages.laid import Laid, is_term

_TERM = re.compile(
    r"(?:^|\s)(?:[\w-]*[-_])?(?:terme?|word|headword|lemma|vocab|keyword|wort|begriff|"
    r"termino|termo|palabra)"
    r"(?:[-_]{1,2}(?:name|title|heading|head|label|text|word))?(?=\s|$)",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"(?:^|\s)(?:[\w-]*[-_])?(?:def|definition|desc|description|meaning|explanation|explain|"
    r"definicion|definicao|significado|erkl(?:ae|ä)rung|beschreibung|bedeutung)"
    r"(?:[-_]{1,2}(?:text|body|content))?(?=\s|$)",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "section", "blockquote", "details", "pre", "table", "dl"}
)
# What stands in a card beside its text, by the words in its class.
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:tags?|badges?|chips?|pills?|meta|actions?|buttons?|btn|cta|more|icons?|letter|"
    r"category|categories|source|level|type)(?=[\s_-]|$)",
    re.IGNORECASE,
)
_OTHER_NAME = re.compile(
    r"(?:^|[\s_-])(?:reading|yomi|kana|furigana|ruby|english|original|translation|translit|en|"
    r"transliteration|latin|native|abbr|abbrev|abbreviation|acronym|full[-_]?name|full[-_]?form|aka|alias(?:es)?|synonyms?)(?=[\s_-]|$)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[·,;|،]|\Z)\s*")
_FILED = re.compile(r"(?:^|[\s_-])(?:cat|category|topic|domain)(?=\s|$)", re.IGNORECASE)
_CHOOSING = ("data-category", "data-cat", "data-filter", "value")
"""Attributes of a button by which it chooses a category."""
_NEAR = 4
"""Elements above a term of which one may name its category."""


def cards(root: Any, _page: Sequence[Block]) -> list[Laid]:  # noqa: ANN401
    """Elements whose class says that they hold a term, or a definition; what follows belongs to it.

    A card may name its category by an attribute, and the page what that is called (``_labels``).
    """
    labels: dict[str, str] = {}
    laid: list[Laid] = []
    for node in elements(root, _wanted):
        blocks = list(blocks_of(node))
        if _DEFINITION.search(_classes(node)):
            if laid and _is_of(node, laid[-1]):
                laid[-1].aliases += [] if laid[-1].blocks else _other_names(laid[-1].node)
                laid[-1].blocks.extend(blocks)
                _add(laid[-1], _rest(node, laid[-1].node))
        elif blocks:
            labels = labels or _labels(root)
            term = " ".join(block.text for block in blocks).rstrip(" :")
            category = _category(node, labels)
            laid.append(Laid(term, node, [], blocks[0].line, category, filed=bool(category)))
    if laid and not any(each.blocks for each in laid):  # no class says what defines them
        for each in laid:
            _add(each, _below(each.node))
    return laid


def _is_of(node: Any, laid: Laid) -> bool:  # noqa: ANN401
    """Whether a definition stands near a term, and not in another part of the page."""
    around = list(islice(node.iterancestors(), _NEAR))
    return any(each in around for each in islice(laid.node.iterancestors(), _NEAR))


def _other_names(term: Any) -> list[str]:  # noqa: ANN401
    """What stands in or below a term in a card and is named as how it is read, or called too."""
    within = [each for each in term if tag_of(each) and _OTHER_NAME.search(each.get("class") or "")]
    found = [name for each in within for name in _BETWEEN.split("".join(each.itertext())) if name]
    for below in term.itersiblings():
        classes = below.get("class") or "" if tag_of(below) else ""
        if _DEFINITION.search(classes):
            break
        if _OTHER_NAME.search(classes):
            found += [block.text for block in blocks_of(below) if is_term(block.text)]
    return found


def _add(laid: Laid, blocks: Iterator[Block]) -> None:
    """Adds blocks to a definition; of those that only lead elsewhere, where they lead."""
    for block in blocks:
        if block.linked and laid.blocks:
            last = laid.blocks[-1]
            laid.blocks[-1] = replace(last, links=(*last.links, *block.links))
        else:
            laid.blocks.append(block)


def _classes(node: Any) -> str:  # noqa: ANN401
    """What an element says that it is: its classes, and its role."""
    return " ".join(filter(None, (node.get("class"), node.get("role"))))


def _wanted(node: Any, tag: str) -> bool:  # noqa: ANN401
    classes = _classes(node)
    if tag in ("a", "body", "main", "ul", "ol", "dl") or not classes:
        return False
    if _DEFINITION.search(classes):
        return True
    return bool(_TERM.search(classes)) and not any(
        tag_of(child) in ("p", "div", "dl", "table", "section") for child in node
    )


def _rest(node: Any, term: Any) -> Iterator[Block]:  # noqa: ANN401
    """What stands in a card below the definition: an example, a hint; but no tags and buttons."""
    around = set(term.iterancestors())
    while node is not None and node not in around and node.getparent() is not None:
        for below in node.itersiblings():
            tag = tag_of(below)
            if _has(below, _wanted):
                return
            beside = _BESIDE.search(below.get("class") or "") if tag else True
            if tag in _BLOCKS and not beside and not is_furniture(below, tag):
                yield from blocks_of(below)
        node = node.getparent()


def _below(term: Any) -> Iterator[Block]:  # noqa: ANN401
    """What follows a term in its card, up to the next term."""
    for below in term.itersiblings():
        tag = tag_of(below)
        if _has(below, _wanted):
            return
        if tag in _BLOCKS and not is_furniture(below, tag):
            yield from blocks_of(below)


def _has(node: Any, wanted: Callable[[Any, str], bool]) -> bool:  # noqa: ANN401
    return any((tag := tag_of(each)) and wanted(each, tag) for each in node.iter())


def _category(node: Any, labels: dict[str, str]) -> str:  # noqa: ANN401
    for n in range(_NEAR):
        if node is None:
            break
        if told := (node.get("data-category") or node.get("data-cat") or "").strip():
            return labels.get(told, told)
        for beside in node.getparent() if n == 0 and node.getparent() is not None else ():
            if tag_of(beside) and _FILED.search(beside.get("class") or ""):
                texts = [block.text for block in blocks_of(beside)]
                if len(texts) == 1 and is_term(texts[0]):
                    return texts[0]
        node = node.getparent()
    return ""


def _labels(root: Any) -> dict[str, str]:  # noqa: ANN401
    """What a page's buttons and choices call its categories."""
    found: dict[str, str] = {}
    for node in root.getroottree().iter("button", "option", "a", "li"):
        told = next(filter(None, map(node.get, _CHOOSING)), None)
        texts = [block.text for block in blocks_of(node)] if told else []
        if len(texts) == 1:
            found.setdefault(str(told), texts[0])
    return found
