"""Markup: answers, sources and entries as HTML. The one place where text becomes markup.

Every text of a glossary, a reader or a model passes ``escape`` on its way in; nothing else here
comes from outside. What can be clicked carries ``data-do``, which
``ui.bridge`` hears.
"""

from ui.markup.answers import answer, missing, searching, withheld
from ui.markup.bringing import bringing_done, brought, brought_counts, brought_entry, pages, sample
from ui.markup.cards import sources
from ui.markup.entries import entry
from ui.markup.faults import faults
from ui.markup.found import found
from ui.markup.frame import bar, failure, help_sheet, indexing, invitation, within
from ui.markup.glossary import Shown, glossary, glossary_count, glossary_title
from ui.markup.lists import about, conversations, undo
from ui.markup.manage import (
    PARTS,
    count,
    difference,
    done_bar,
    fixed,
    gap_list,
    gaps_aside,
    manage_head,
    no_page,
    ours,
    preview,
    progress,
    renewing,
    subtitle,
    to_entry,
    versions_nav,
)
from ui.markup.maps import chart_label, drawing, legend, map_list, map_title, map_tools
from ui.markup.network import network
from ui.markup.problems import failed, problem
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
    "PARTS",
    "News",
    "Shown",
    "about",
    "actions",
    "answer",
    "bar",
    "below",
    "bringing_done",
    "brought",
    "brought_counts",
    "brought_entry",
    "button",
    "chart_label",
    "conversations",
    "copies",
    "count",
    "day",
    "difference",
    "digits",
    "does",
    "done_bar",
    "drawing",
    "entry",
    "fact",
    "failed",
    "failure",
    "faults",
    "fixed",
    "found",
    "gap_list",
    "gaps_aside",
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
    "manage_head",
    "map_list",
    "map_title",
    "map_tools",
    "missing",
    "network",
    "news",
    "no_page",
    "no_term",
    "note",
    "number",
    "offers",
    "ours",
    "pages",
    "plain",
    "preview",
    "price",
    "problem",
    "progress",
    "question",
    "renewing",
    "sample",
    "searching",
    "sources",
    "subtitle",
    "term",
    "term_end",
    "to_entry",
    "turn",
    "undo",
    "versions_nav",
    "withheld",
    "within",
]
