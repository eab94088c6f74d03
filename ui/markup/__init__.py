"""Markup: answers, sources and entries as HTML. The one place where text becomes markup.

Every text of a glossary, a reader or a model passes ``escape`` on its way in; nothing else here
comes from outside. What can be clicked carries ``data-open``, which ``ui.opener`` hears.
"""

from ui.markup.answers import answer, withheld
from ui.markup.cards import sources
from ui.markup.entries import entry
from ui.markup.text import (
    day,
    fact,
    group,
    heading,
    isolated,
    label,
    literal,
    note,
    number,
    plain,
    price,
    question,
)

__all__ = [
    "answer",
    "day",
    "entry",
    "fact",
    "group",
    "heading",
    "isolated",
    "label",
    "literal",
    "note",
    "number",
    "plain",
    "price",
    "question",
    "sources",
    "withheld",
]
