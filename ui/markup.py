"""Markup: answers, sources and entries as HTML. The one place where text becomes markup.

Every text of a glossary, a reader or a model passes ``escape`` on its way in; nothing else here
comes from outside. What can be clicked carries ``data-open``, which ``ui.opener`` hears.
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

from babel.dates import format_date
from babel.numbers import format_decimal

from assistant.answer import Answer, Citation, Sentence
from knowledge.entry import EXAMPLE, SUMMARY, Entry, Passage, Section, Source
from knowledge.glossary import Glossary
from knowledge.language import Span, is_right_to_left
from ui.strings import LANGUAGES, strings

_MARKDOWN = re.compile(r"[\\`*_\[\]<>:$~#|&]")


def number(value: int, language: str) -> str:
    """A number as an interface language groups its digits."""
    return str(format_decimal(value, locale=_LOCALES[language]))


def day(value: date, language: str) -> str:
    """A date in an interface language's words."""
    return str(format_date(value, "long", locale=_LOCALES[language]))


# Western digits in Arabic too, as in the bundled glossary's own text.
_LOCALES = {"en": "en_GB", "ar": "ar_EG"}


def literal(text: str) -> str:
    """Text that Streamlit's Markdown, as in labels of buttons, shows as it stands."""
    return _MARKDOWN.sub(r"\\\g<0>", text)


def heading(text: str, tagline: str) -> str:
    """The page's title."""
    return f'<header class="m-head"><h1>{escape(text)}</h1><p>{escape(tagline)}</p></header>'


def question(text: str, language: str) -> str:
    """A question that was asked."""
    label = escape(strings(language)["you"])
    return f'<p class="m-question" dir="auto" aria-label="{label}">{escape(text)}</p>'


def sentences(
    written: Sequence[Sentence], citations: Sequence[Citation], language: str, interface: str
) -> str:
    """The sentences of an answer, each with its markers."""
    by_marker = {citation.marker: citation for citation in citations}
    body = " ".join(
        f'<span class="m-sentence" data-support="{sentence.support}">{escape(sentence.text)}'
        + "".join(_marker(by_marker[n], interface) for n in sentence.citations if n in by_marker)
        + "</span>"
        for sentence in written
    )
    return f'<div class="m-answer" {_tongue(language)} aria-live="polite"><p>{body}</p></div>'


def _marker(citation: Citation, interface: str) -> str:
    shown = number(citation.marker, interface)
    label = strings(interface)["marker_label"].format(n=shown, term=citation.term)
    return (
        f'<button type="button" class="m-marker" {_opens(citation)} aria-label="{escape(label)}">'
        f"<span>{shown}</span></button>"
    )


def plain(text: str, language: str) -> str:
    """A sentence of the assistant's own."""
    return f'<div class="m-answer" {_tongue(language)}><p>{escape(text)}</p></div>'


def note(text: str, kind: str = "note") -> str:
    """A quiet remark (``note``) or a notice that should be seen (``notice``)."""
    role = ' role="status"' if kind == "notice" else ""
    return f'<p class="m-{kind}"{role} dir="auto">{escape(text)}</p>'


def label(text: str) -> str:
    """A small heading above a group of buttons."""
    return f'<p class="m-label">{escape(text)}</p>'


def sources(answer: Answer, glossary: Glossary, interface: str) -> str:
    """The passages that an answer cites, with the cited words marked, grouped by entry."""
    words = strings(interface)
    cited = sorted(answer.citations, key=lambda c: (_first(answer, c), c.entry_id, c.language))
    cards = []
    for (entry_id, language), group in groupby(cited, key=lambda c: (c.entry_id, c.language)):
        entry = glossary.get(entry_id, language)
        if entry is not None:
            cards.append(_card(entry, list(group), interface))
    title = escape(words["sources"])
    return f'<section class="m-sources"><h2>{title}</h2>{"".join(cards)}</section>'


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
    opens = strings(interface)["open_entry"].format(term=entry.term)
    return (
        f'<article class="m-card" {_tongue(entry.language)}>'
        f'<h3><button type="button" class="m-term" {_opens(entry)} title="{escape(opens)}">'
        f"{escape(entry.term)}</button>{_badge(entry.category)}</h3>{''.join(passages)}</article>"
    )


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


def entry(
    shown: Entry, glossary: Glossary, interface: str, quote: tuple[str, Span] | None = None
) -> str:
    """A whole entry, the quoted words of one section marked if given."""
    words = strings(interface)
    parts = [_badge(shown.category)]
    others = [e for e in glossary.versions(shown.id) if e.language != shown.language]
    if others:
        parts.append(f'<p class="m-versions">{" ".join(map(_version, others))}</p>')
    parts += [_section(shown, s, interface, quote) for s in shown.sections]
    related = glossary.related(shown)
    if related:
        chips = "".join(
            f'<button type="button" class="m-chip" {_opens(e)}>{escape(e.term)}</button>'
            for e in related
        )
        title = escape(words["related"])
        parts.append(f'<h3>{title}</h3><p class="m-chips">{chips}</p>')
    if shown.sources:
        items = "".join(f"<li>{_source(source)}</li>" for source in shown.sources)
        parts.append(f'<h3>{escape(words["references"])}</h3><ul class="m-references">{items}</ul>')
    if shown.updated:
        parts.append(note(words["updated"].format(date=day(shown.updated, interface))))
    return f'<article class="m-entry" {_tongue(shown.language)}>{"".join(parts)}</article>'


def _section(shown: Entry, section: Section, interface: str, quote: tuple[str, Span] | None) -> str:
    text = escape(section.text)
    if quote and quote[0] == section.name:
        start, end = quote[1]
        before, cited, after = section.text[:start], section.text[start:end], section.text[end:]
        text = f'{escape(before)}<mark id="m-quote">{escape(cited)}</mark>{escape(after)}'
    paragraphs = "".join(f"<p>{p}</p>" for p in text.split("\n\n"))
    title = ""
    if section.name not in (SUMMARY, "body"):
        title = f"<h3>{escape(section_title(shown, section.name, interface))}</h3>"
    return f'<section class="m-{_kind(section.name)}">{title}{paragraphs}</section>'


def _kind(name: str) -> str:
    return name if name in (SUMMARY, EXAMPLE) else "body"


def section_title(shown: Entry, name: str, interface: str) -> str:
    """The title of a section: its own heading, or the interface's word for a nameless one."""
    heading = next((s.heading for s in shown.sections if s.name == name), "")
    return heading or strings(interface).get(f"section_{name}", name)


def _version(other: Entry) -> str:
    name = LANGUAGES.get(other.language, other.language)
    return (
        f'<button type="button" class="m-chip" {_tongue(other.language)} {_opens(other)}>'
        f"{escape(other.term)} · {escape(name)}</button>"
    )


def _source(source: Source) -> str:
    title = f"<cite>{escape(source.title)}</cite>"
    if urlsplit(source.url).scheme in ("http", "https"):
        title = f'<a href="{escape(source.url)}" target="_blank" rel="noopener">{title}</a>'
    year = f" ({source.year})" if source.year else ""
    authors = f"{escape(source.authors)}: " if source.authors else ""
    return f'<span dir="auto">{authors}{title}{year}</span>'


def _badge(category: str) -> str:
    return f'<span class="m-badge" dir="auto">{escape(category)}</span>' if category else ""


def _tongue(language: str) -> str:
    direction = "rtl" if is_right_to_left(language) else "ltr"
    return f'lang="{escape(language)}" dir="{direction}"'


def _opens(target: Citation | Entry) -> str:
    values: dict[str, object] = {"language": target.language}
    if isinstance(target, Citation):
        values |= {
            "entry_id": target.entry_id,
            "section": target.section,
            "start": target.start,
            "end": target.end,
        }
    else:
        values["entry_id"] = target.id
    return f'data-open="{escape(json.dumps(values, ensure_ascii=False))}"'
