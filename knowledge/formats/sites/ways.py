"""Ways: paragraphs that say nothing but where to go."""

import re

from knowledge.formats.sites.blocks import Block
from knowledge.formats.sites.wording import begins_as

_LABEL = re.compile(r"^\W*[^\W\d][^:：\n\0]{0,30}[:：]")
_ADDRESS = re.compile(r"(?:\W*[^\W\d][^:：\n]{0,30}[:：]\s*)?(https?://\S+)")
_CITED = re.compile(r"[^\n]{1,250}\s(https?://\S+)")


def sends(block: Block, term: str) -> bool:
    """Whether a paragraph says nothing but where to go: “Home › Glossary”, “Source: a book”."""
    if block.kind == "item" and block.links:  # of a list of contents
        return all(link.address.startswith("#") for link in block.links) and (
            block.text == "".join(link.text for link in block.links)
        )
    if block.kind == "text" and _ADDRESS.fullmatch(block.text):
        return True
    if block.kind != "text" or not block.links:
        return False
    label = _LABEL.match(block.text)
    first = min(block.text.find(link.text) for link in block.links)
    rest = block.text[label.end() if label and label.end() <= first else 0 :]
    for link in sorted(block.links, key=lambda link: -len(link.text)):
        rest = rest.replace(link.text, " ", 1) if link.text else rest
    rest = rest.replace(term, " ")
    return not any(c.isalnum() for c in rest)


def address(block: Block) -> str:
    """The address that a paragraph is, behind a label or none: “Source: https://…”; or nothing."""
    match = _ADDRESS.fullmatch(block.text) or _CITED.fullmatch(block.text)
    return match[1] if match else ""


def leads_on(block: Block) -> bool:
    """Whether a paragraph is but a link that leads away from the page: “Back to the glossary”."""
    said = sum(len(link.text) for link in block.links)
    return said > 0 and 2 * said > len(block.text) and begins_as(block.text, "onward")
