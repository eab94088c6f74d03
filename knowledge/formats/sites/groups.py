"""Groups: words in bold above lists of terms that are none themselves."""

from collections.abc import Sequence
from itertools import takewhile

from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.lead import after
from knowledge.formats.sites.wording import is_called
from knowledge.language.words import fold

_LISTED = 200  # items of a list that are looked at


def categories(blocks: Sequence[Block]) -> frozenset[int]:
    """Words in bold that stand alone above lists of terms in bold, as headings do.

    Where the same words come again in several lists they are labels, and those above are terms.
    """
    found: set[int] = set()
    names: dict[int, str] = {}
    for n, block in enumerate(blocks[:-1]):
        alone = block.strong and block.text.strip(" :：") == block.lead.strip(" :：")
        if not alone or not _is_led_item(blocks[n + 1], block):
            continue
        found.add(n)
        listed = takewhile(lambda b: b.kind == "item" or b.level, blocks[n + 1 : n + _LISTED])
        names |= {b.line: fold(b.lead) for b in listed if _is_led_item(b, block)}
    distinct = len(set(names.values())) == len(names) >= 2 * len(found)
    return frozenset(found) if distinct else frozenset()


def remarks(blocks: Sequence[Block], n: int, lead: str) -> bool:
    """Whether a paragraph is a remark above a list of terms: “**Note:** …”."""
    above = blocks[n].kind == "text" and is_called(lead, "unheaded")
    return above and n + 1 < len(blocks) and _is_led_item(blocks[n + 1], blocks[n])


def _is_led_item(block: Block, above: Block) -> bool:
    deeper = block.kind == "item" and block.level > above.level
    return deeper and block.strong and block.text != block.lead and after(block) is not None
