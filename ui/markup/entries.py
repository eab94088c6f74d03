"""Entries: their text with links and quoted words, their pages and dialogs."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

from assistant.assistant import Assistant
from knowledge.entry import EXAMPLE, SUMMARY, Entry
from knowledge.glossary import Glossary
from knowledge.language.direction import Pieces, isolate_runs, split
from knowledge.language.text import Span
from knowledge.linking import Link, Linker
from ui.strings import LANGUAGES, strings
from ui.templates import direction, render, section_title, spoken

_NOWHERE = Span(-1, -1)
_PARAGRAPH = re.compile(r"\S(?:(?!\n\n).)*", re.DOTALL)


class Context(NamedTuple):
    """What something is shown in: the interface's language, a glossary, and its links, if any."""

    language: str
    glossary: Glossary
    linker: Linker | None = None


Card = dict[str, Any]  # what a card over a marker or a link shows, as cards.js reads it
Define = Callable[[str], Card]
Linked = Pieces[tuple[str, Card]]


def linked(text: str, links: Iterable[Link], define: Define, within: Span | None = None) -> Linked:
    """A text, or a span of it, in which the terms of links that lie wholly in it are set apart."""
    first, last = within or Span(0, len(text))
    spans = ((*link.span, (link.entry_id, define(link.entry_id))) for link in links)
    return split(text, (each for each in spans if first <= each[0] and each[1] <= last), within)


def definition(to: Context, language: str, entry_id: str) -> Card:
    """The card of a link: its term and what that means."""
    found = to.linker.glossary.get(entry_id, language) if to.linker else None
    assert found is not None  # noqa: S101  (the linker found its name)
    return {
        "term": found.term,
        "place": strings(to.language)["section_summary"],
        "quote": isolate_runs("".join(s.text for s in found.sentences[:1])),
        "lang": found.language,
        "dir": direction(found.language),
    }


def _sections(to: Context, entry: Entry, quote: tuple[str, Span] | None) -> list[dict[str, Any]]:
    """The text of an entry: the summary, and each section under its heading.

    A paragraph has the block that it is, if it is one, and its runs.
    """
    already = {entry.id}
    define = partial(definition, to, entry.language)
    sections = []
    for section in entry.sections:
        links = to.linker.find(section.text, entry.language, already) if to.linker else ()
        already.update(link.entry_id for link in links)
        quoted = quote[1] if quote and quote[0] == section.name else _NOWHERE
        paragraphs = [
            (
                section.block_at(found.start()),
                _runs(section.text, Span(*found.span()), quoted, links, define),
            )
            for found in _PARAGRAPH.finditer(section.text)
        ]
        kind = section.name if section.name in (SUMMARY, EXAMPLE) else "section"
        plain = section.name in (SUMMARY, "body")
        title = "" if plain else section_title(entry, section.name, to.language)
        sections.append({"kind": kind, "title": title, "paragraphs": paragraphs})
    return sections


def _runs(
    text: str, span: Span, quoted: Span, links: Sequence[Link], define: Define
) -> list[dict[str, Any]]:
    """The quoted words of a paragraph, whether they begin here, and what stands around them.

    What names an entry across an end of the quoted words is no link.
    """
    start, end = (min(max(place, span.start), span.end) for place in quoted)
    if start == end:
        return [{"pieces": linked(text, links, define, span), "mark": False}]
    ends = Span(span.start, start), Span(start, end), Span(end, span.end)
    before, mark, after = (linked(text, links, define, each) for each in ends)
    return [
        {"pieces": before, "mark": False},
        {"pieces": mark, "mark": True, "first": quoted.start >= span.start},
        {"pieces": after, "mark": False},
    ]


def entry(
    to: Context,
    shown: Entry,
    quote: tuple[str, Span] | None = None,
    *,
    template: str = "entry#dialog",
    **values: object,
) -> Markup:
    """A whole entry, by default under the title of its dialog.

    The ``quote`` is marked in its section; the entries that the text names are links where they
    first are.
    """
    values["language"] = spoken(shown, to.glossary, to.language)
    values |= {"sections": _sections(to, shown, quote), "glossary": to.glossary}
    return render(template, to.language, entry=shown, **values)


def term(to: Context, shown: Entry, **values: object) -> Markup:
    """The page of a term, up to the end of its text; see ``term.html``."""
    asked = shown.language if shown.language in LANGUAGES else to.language
    question = strings(asked)["example_what"].format(term=shown.term)
    return entry(to, shown, None, template="term#term", question=question, **values)


def term_end(assistant: Assistant, shown: Entry, interface: str) -> Markup:
    """The end of the page of a term: the news on it, if feeds are set and read, and its sources."""
    reports: Sequence[Any] = ()
    if urls := assistant.settings.news_feeds:
        from assistant.news import archive, updating  # noqa: PLC0415  (only where there are feeds)

        news = updating.archive_of(assistant).read()
        reports = archive.reports(news, urls, datetime.now(UTC), shown.id)
    values = {"reports": reports, "glossary": assistant.glossary}
    return render("term#end", interface, entry=shown, **values)
