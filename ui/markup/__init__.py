"""Markup: answers, sources and entries as HTML. The one place where text becomes markup.

Every text of a glossary, a reader or a model passes ``escape`` on its way in; nothing else here
comes from outside. What can be clicked carries ``data-do``, which
``ui.bridge`` hears.
"""

from ui.markup.answers import answer, missing, searching, withheld
from ui.markup.cards import sources
from ui.markup.entries import entry
from ui.markup.found import trail
from ui.markup.frame import bar, failure, help_sheet, indexing, invitation, within
from ui.markup.glossary import Shown, glossary, glossary_count, glossary_title
from ui.markup.lists import about, conversations, undo
from ui.markup.maps import chart_label, drawing, legend, map_list, map_title, map_tools
from ui.markup.network import network
from ui.markup.terms import News, news, no_term, term, term_end
from ui.markup.text import (
    button,
    copies,
    day,
    digits,
    does,
    fact,
    group,
    heading,
    isolated,
    label,
    language_name,
    literal,
    note,
    number,
    plain,
    price,
)
from ui.markup.turns import actions, below, offers, question, turn

__all__ = [
    "News",
    "Shown",
    "about",
    "actions",
    "answer",
    "bar",
    "below",
    "button",
    "chart_label",
    "conversations",
    "copies",
    "day",
    "digits",
    "does",
    "drawing",
    "entry",
    "fact",
    "failure",
    "found",
    "glossary",
    "glossary_count",
    "glossary_title",
    "group",
    "heading",
    "help_sheet",
    "indexing",
    "invitation",
    "isolated",
    "label",
    "language_name",
    "legend",
    "literal",
    "map_list",
    "map_title",
    "map_tools",
    "missing",
    "network",
    "news",
    "no_term",
    "note",
    "number",
    "offers",
    "plain",
    "price",
    "question",
    "searching",
    "sources",
    "term",
    "term_end",
    "trail",
    "turn",
    "undo",
    "withheld",
    "within",
]
