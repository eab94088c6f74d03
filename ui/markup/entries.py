"""Entries: a whole one, with its sections, its relations and its references."""

from html import escape
from urllib.parse import urlsplit

from knowledge.entry import EXAMPLE, SUMMARY, Entry, Section, Source
from knowledge.glossary import Glossary
from knowledge.language import Span
from ui.markup.text import badge, day, note, opens, tongue
from ui.strings import LANGUAGES, strings


def entry(
    shown: Entry, glossary: Glossary, interface: str, quote: tuple[str, Span] | None = None
) -> str:
    """A whole entry, the quoted words of one section marked if given."""
    words = strings(interface)
    parts = [badge(shown.category)]
    others = [e for e in glossary.versions(shown.id) if e.language != shown.language]
    if others:
        parts.append(f'<p class="m-versions">{" ".join(map(_version, others))}</p>')
    parts += [_section(shown, s, interface, quote) for s in shown.sections]
    related = glossary.related(shown)
    if related:
        chips = "".join(
            f'<button type="button" class="m-chip" {opens(e)}>{escape(e.term)}</button>'
            for e in related
        )
        title = escape(words["related"])
        parts.append(f'<h3>{title}</h3><p class="m-chips">{chips}</p>')
    if shown.sources:
        items = "".join(f"<li>{_source(source)}</li>" for source in shown.sources)
        parts.append(f'<h3>{escape(words["references"])}</h3><ul class="m-references">{items}</ul>')
    if shown.updated:
        parts.append(note(words["updated"].format(date=day(shown.updated, interface))))
    return f'<article class="m-entry" {tongue(shown.language)}>{"".join(parts)}</article>'


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
        f'<button type="button" class="m-chip" {tongue(other.language)} {opens(other)}>'
        f"{escape(other.term)} · {escape(name)}</button>"
    )


def _source(source: Source) -> str:
    title = f"<cite>{escape(source.title)}</cite>"
    if urlsplit(source.url).scheme in ("http", "https"):
        title = f'<a href="{escape(source.url)}" target="_blank" rel="noopener">{title}</a>'
    year = f" ({source.year})" if source.year else ""
    authors = f"{escape(source.authors)}: " if source.authors else ""
    return f'<span dir="auto">{authors}{title}{year}</span>'
