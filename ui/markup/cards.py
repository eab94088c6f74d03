"""Cards: the sources of an answer, each entry with the passages that it cites."""

from collections.abc import Mapping
from html import escape
from itertools import groupby

from assistant.answer import Answer, Citation
from assistant.conversations.changes import Change
from knowledge.entry import Entry, Passage
from knowledge.glossary import Glossary
from ui.markup.entries import section_title
from ui.markup.text import badge, named, number, opens, tongue
from ui.strings import counted, strings

_NONE: Mapping[int, Change] = {}


def sources(
    answer: Answer, glossary: Glossary, interface: str, changed: Mapping[int, Change] = _NONE
) -> str:
    """The passages that an answer cites, with the cited words marked, grouped by entry.

    Of an entry that has changed since, by ``changed``, only the words as they were cited.
    """
    words = strings(interface)
    cited = sorted(answer.citations, key=lambda c: (_first(answer, c), c.entry_id, c.language))
    rows, cards = [], []
    for (entry_id, language), group in groupby(cited, key=lambda c: (c.entry_id, c.language)):
        citations = list(group)
        entry = glossary.get(entry_id, language)
        change = changed.get(citations[0].marker)
        rows.append(_row(citations, entry, change, interface))
        if change or entry is None or entry.language != language:
            cards.append(_old_card(citations, change or "gone", interface))
        else:
            cards.append(_card(entry, citations, interface))
    title = escape(words["sources"])
    count = counted(interface, "passages", len(answer.citations))
    opens_ = escape(count.format(n=number(len(answer.citations), interface)))
    return (
        f'<section class="m-sources"><h2>{title}</h2>{"".join(rows)}<details><summary>{opens_}'
        f"</summary>{''.join(cards)}</details></section>"
    )


def _row(
    citations: list[Citation], entry: Entry | None, change: Change | None, interface: str
) -> str:
    """An entry that was used, in one line, with the numbers of what is cited of it."""
    first = citations[0]
    term = escape(first.term)
    if entry is not None and change != "gone":
        term = _term(first.term, opens(first, whole=True), interface)
    numbers = "".join(f"<span>{number(c.marker, interface)}</span>" for c in citations)
    category = badge(entry.category) if entry else ""
    return (
        f'<p class="m-source"><span {tongue(first.language)}>{term}</span>{category}'
        f'<span class="m-numbers" aria-hidden="true">{numbers}</span></p>'
    )


def _first(answer: Answer, citation: Citation) -> int:
    """The first marker of a citation's entry, so that entries stand in the answer's order."""
    same = (citation.entry_id, citation.language)
    return min(c.marker for c in answer.citations if (c.entry_id, c.language) == same)


def _card(entry: Entry, citations: list[Citation], interface: str) -> str:
    passages = []
    for passage in entry.passages:
        held = [
            c
            for c in citations
            if c.section == passage.section and passage.start <= c.start < passage.end
        ]
        if held:
            place = escape(section_title(entry, passage.section, interface))
            text = _marked(passage, held, interface)
            passages.append(f'<p class="m-place">{place}</p><blockquote>{text}</blockquote>')
    title = _term(entry.term, opens(entry), interface) + badge(entry.category)
    return (
        f'<article class="m-card" {tongue(entry.language)}>'
        f"<h3>{title}</h3>{''.join(passages)}</article>"
    )


def _old_card(citations: list[Citation], change: Change, interface: str) -> str:
    """What was cited of an entry that says something else since, or is gone."""
    first = citations[0]
    title = escape(first.term)
    if change == "changed":
        title = _term(first.term, opens(first, whole=True), interface)
    quotes = "".join(
        f"<blockquote><mark><b>{number(c.marker, interface)}</b> {escape(c.quote)}</mark>"
        "</blockquote>"
        for c in sorted(citations, key=lambda c: c.marker)
    )
    said = escape(strings(interface)[f"entry_{change}"])
    return (
        f'<article class="m-card" {tongue(first.language)}><h3>{title}</h3>'
        f'<p class="m-change" {tongue(interface)}>{said}</p>{quotes}</article>'
    )


def _term(term: str, target: str, interface: str) -> str:
    opened = strings(interface)["open_entry"].format(term=term)
    return f'<a class="m-term" {target} title="{named(opened)}">{escape(term)}</a>'


def _marked(passage: Passage, citations: list[Citation], interface: str) -> str:
    """A passage with the cited words marked and numbered; words that two cite have both numbers."""
    spans: list[tuple[int, int, list[str]]] = []
    for c in sorted(citations, key=lambda c: (c.start, c.marker)):
        start, end = c.start - passage.start, c.end - passage.start
        shown = number(c.marker, interface)
        if spans and start < spans[-1][1]:
            first, last, numbers = spans.pop()
            spans.append((first, max(last, end), [*numbers, shown]))
        else:
            spans.append((start, end, [shown]))
    pieces, position = [], 0
    for start, end, numbers in spans:
        words = escape(passage.text[start:end])
        pieces.append(escape(passage.text[position:start]))
        pieces.append(f"<mark><b>{' '.join(numbers)}</b> {words}</mark>")
        position = end
    pieces.append(escape(passage.text[position:]))
    return "".join(pieces)
