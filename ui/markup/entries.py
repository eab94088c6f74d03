"""Entries: the parts of one, and the whole as it stands over the chat."""

from collections.abc import Iterator, Sequence
from html import escape

from knowledge.entry import EXAMPLE, SUMMARY, Entry, Section, Source
from knowledge.glossary import Glossary
from knowledge.language.text import Span
from knowledge.linking import Link, Linker
from ui import places
from ui.markup.text import badge, day, does, language_name, linked, on_the_web, tongue
from ui.strings import strings

_FAR = -1


def entry(
    shown: Entry,
    glossary: Glossary,
    interface: str,
    quote: tuple[str, Span] | None = None,
    linker: Linker | None = None,
) -> str:
    """A whole entry under the title of its dialog, with a link to its page.

    Args:
        shown: it.
        glossary: where it stands.
        interface: the interface's language.
        quote: the words of one section that are to be marked.
        linker: by which the terms in its text become links.
    """
    words = strings(interface)
    language = spoken(shown, glossary, interface)
    whole = does("go", view="term", id=shown.id, lang=language)
    address = escape(places.entry(shown.id, language))
    return (
        f'<article class="m-entry" {tongue(shown.language)}>'
        f'<p class="m-entry-top">{badge(shown.category)}'
        f'<a class="m-entry-page" href="{address}" {whole} {tongue(interface)}>'
        f'{escape(words["term_page"])}<span class="m-icon m-icon-next" aria-hidden="true"></span>'
        f"</a></p>{versions(shown, glossary, interface)}{aliases(shown, interface)}"
        f"{sections(shown, interface, language, quote=quote, linker=linker)}"
        f"{related(shown, glossary, interface)}{references(shown, interface)}"
        f"{updated(shown, interface)}</article>"
    )


def spoken(shown: Entry, glossary: Glossary, interface: str) -> str:
    """The language that the address of an entry names.

    Where the interface's leads to the same entry, for want of one in it, it is kept: the reader
    does not lose it to a glossary in another language.
    """
    return interface if glossary.get(shown.id, interface) is shown else shown.language


def leads(target: Entry, glossary: Glossary, interface: str) -> str:
    """The attributes of a link that opens an entry."""
    language = spoken(target, glossary, interface)
    told = does("open", entry_id=target.id, language=language)
    return f'href="{escape(places.entry(target.id, language))}" {told}'


def versions(shown: Entry, glossary: Glossary, interface: str) -> str:
    """The term in the glossary's other languages, each a link to the entry there."""
    found = "".join(
        f"<span><a {tongue(other.language)} {leads(other, glossary, interface)}"
        f' hreflang="{escape(other.language)}">{escape(other.term)}</a>'
        f" <small {tongue(interface)}>{escape(language_name(other.language, interface))}</small>"
        "</span>"
        for other in glossary.versions(shown.id)
        if other.language != shown.language
    )
    return f'<p class="m-versions">{found}</p>' if found else ""


def aliases(shown: Entry, interface: str) -> str:
    """The other names of the term."""
    if not shown.aliases:
        return ""
    words = strings(interface)
    names = escape(words["comma"]).join(f"<bdi>{escape(name)}</bdi>" for name in shown.aliases)
    title = escape(words["term_aliases"])
    return f'<p class="m-aliases"><bdi lang="{interface}">{title}</bdi> {names}</p>'


def sections(  # noqa: PLR0913  (all that a text may carry)
    shown: Entry,
    interface: str,
    language: str,
    *,
    level: int = 3,
    quote: tuple[str, Span] | None = None,
    linker: Linker | None = None,
) -> str:
    """The text: the summary, and each section under its heading.

    An entry that the text names is a link where it first is, which leads to it in ``language``.
    """
    already = {shown.id}
    parts = []
    for section in shown.sections:
        links: Sequence[Link] = ()
        if linker:
            links = linker.find(section.text, shown.language, frozenset(already))
            already.update(link.entry_id for link in links)
        marked = quote[1] if quote and quote[0] == section.name else Span(_FAR, _FAR)
        text = "".join(
            f"<p>{_paragraph(section.text, span, marked, links, language)}</p>"
            for span in _paragraphs(section.text)
        )
        parts.append(_section(shown, section, text, interface, level))
    return "".join(parts)


def _section(shown: Entry, section: Section, text: str, interface: str, level: int) -> str:
    title = ""
    if section.name not in (SUMMARY, "body"):
        title = escape(section_title(shown, section.name, interface))
        title = f"<h{level}>{title}</h{level}>"
    kind = section.name if section.name in (SUMMARY, EXAMPLE) else "section"
    return f'<section class="m-entry-{kind}">{title}{text}</section>'


def section_title(shown: Entry, name: str, interface: str) -> str:
    """The title of a section: its own heading, or the interface's word for a nameless one."""
    heading = next((s.heading for s in shown.sections if s.name == name), "")
    return heading or strings(interface).get(f"section_{name}", name)


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            yield Span(start, start + len(paragraph))
        start += len(paragraph) + 2


def _paragraph(text: str, span: Span, quote: Span, links: Sequence[Link], language: str) -> str:
    """A paragraph, with what of the quoted words is in it marked; the first of them are to be seen.

    What names an entry across an end of the quoted words is no link.
    """
    start, end = (min(max(place, span.start), span.end) for place in quote)
    if start == end:
        return _piece(text, span, links, language)
    place = ' id="m-quote"' if quote.start >= span.start else ""
    return (
        f"{_piece(text, Span(span.start, start), links, language)}"
        f"<mark{place}>{_piece(text, Span(start, end), links, language)}</mark>"
        f"{_piece(text, Span(end, span.end), links, language)}"
    )


def _piece(text: str, span: Span, links: Sequence[Link], language: str) -> str:
    within = [
        Link(link.entry_id, Span(link.span.start - span.start, link.span.end - span.start))
        for link in links
        if span.start <= link.span.start and link.span.end <= span.end
    ]
    return linked(text[slice(*span)], within, language)


def related(shown: Entry, glossary: Glossary, interface: str, level: int = 3) -> str:
    """The related terms, as links."""
    found = glossary.related(shown)
    if not found:
        return ""
    chips = "".join(
        f'<a class="m-chip" {tongue(each.language)} {leads(each, glossary, interface)}>'
        f"{escape(each.term)}</a>"
        for each in found
    )
    return f'{_title("related", interface, level)}<p class="m-chips">{chips}</p>'


def references(shown: Entry, interface: str, level: int = 3) -> str:
    """The publications behind it; one that is on the web is a link."""
    if not shown.sources:
        return ""
    items = "".join(f"<li>{_source(source)}</li>" for source in shown.sources)
    return f'{_title("references", interface, level)}<ul class="m-references">{items}</ul>'


def _title(key: str, interface: str, level: int) -> str:
    return f'<h{level} lang="{interface}">{escape(strings(interface)[key])}</h{level}>'


def _source(source: Source) -> str:
    title = f"<cite>{escape(source.title)}</cite>"
    if on_the_web(source.url):
        title = f'<a href="{escape(source.url)}" target="_blank" rel="noopener">{title}</a>'
    year = f" ({source.year})" if source.year else ""
    authors = f"{escape(source.authors)}: " if source.authors else ""
    return f'<span dir="auto">{authors}{title}{year}</span>'


def updated(shown: Entry, interface: str) -> str:
    """The day on which it was last changed."""
    if not shown.updated:
        return ""
    said = strings(interface)["updated"].format(date=day(shown.updated, interface))
    return (
        f'<p class="m-note m-updated" {tongue(interface)}>'
        f'<time datetime="{shown.updated.isoformat()}">{escape(said)}</time></p>'
    )
