"""Writes a glossary as Moodle's glossary activity imports it."""

from collections.abc import Iterator, Mapping, Sequence

from knowledge.entry import Entry
from knowledge.exports.concepts import cited, definition, is_code, notes, paragraphs, xml
from knowledge.formats.moodle import SOURCES
from knowledge.language.text import base, is_right_to_left

LOST = (
    "id: Moodle knows entries by their terms, so that languages are no longer paired",
    "asked",
    "updated",
    "parts of sources: each stands in one line of the text",
)

_EXAMPLE = {"en": "Example", "ar": "مثال"}
_RELATED = {"en": "Related terms", "ar": "مصطلحات مرتبطة"}
# What its import reads (mod/glossary/import.php); two languages may share a term.
_SETTINGS = {
    "INTRO": "", "INTROFORMAT": "1", "ALLOWDUPLICATEDENTRIES": "1", "DISPLAYFORMAT": "dictionary",
    "SHOWSPECIAL": "1", "SHOWALPHABET": "1", "SHOWALL": "1", "ALLOWCOMMENTS": "0",
    "USEDYNALINK": "1", "DEFAULTAPPROVAL": "1", "GLOBALGLOSSARY": "0", "ENTBYPAGE": "10",
}  # fmt: skip


def write(entries: Sequence[Entry], title: str) -> bytes:
    """The XML file; definitions are HTML, in which other sections have their headings."""
    terms = {entry.key: entry.term for entry in entries}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<GLOSSARY>", "<INFO>"]
    lines.append(_element("NAME", title))
    lines += [_element(name, value) for name, value in _SETTINGS.items()]
    lines.append("<ENTRIES>")
    for entry in entries:
        lines += _entry(entry, terms)
    lines += ["</ENTRIES>", "</INFO>", "</GLOSSARY>", ""]
    return "\n".join(lines).encode()


def _element(name: str, text: str) -> str:
    return f"<{name}>{xml(text)}</{name}>"


def _entry(entry: Entry, terms: Mapping[str, str]) -> Iterator[str]:
    yield "<ENTRY>"
    yield _element("CONCEPT", entry.term)
    yield _element("DEFINITION", _html(entry, terms))
    yield _element("FORMAT", "1")
    yield _element("USEDYNALINK", "1")
    yield _element("CASESENSITIVE", "0")
    yield _element("FULLMATCH", "1")
    yield _element("TEACHERENTRY", "1")
    if entry.aliases:
        names = (f"<ALIAS>{_element('NAME', alias)}</ALIAS>" for alias in entry.aliases)
        yield f"<ALIASES>{''.join(names)}</ALIASES>"
    if entry.category:
        named = _element("NAME", entry.category) + _element("USEDYNALINK", "0")
        yield f"<CATEGORIES><CATEGORY>{named}</CATEGORY></CATEGORIES>"
    yield "</ENTRY>"


def _html(entry: Entry, terms: Mapping[str, str]) -> str:
    """All that the entry says, in an element that tells its language and direction."""
    related = (terms.get(f"{entry.language}/{each}") for each in entry.related)
    sources = [
        cited(source) + (f", {source.url}" if source.url else "") for source in entry.sources
    ]
    parts = [*map(_paragraph, definition(entry))]
    for section in notes(entry):
        parts += [_heading(section.heading), *map(_paragraph, paragraphs(section.text))]
    if entry.example:
        parts += [_heading(_word(_EXAMPLE, entry)), *map(_paragraph, paragraphs(entry.example))]
    parts += _list(_word(_RELATED, entry), [term for term in related if term])
    parts += _list(_word(SOURCES, entry), sources)
    direction = "rtl" if is_right_to_left(entry.language) else "ltr"
    return f'<div lang="{xml(entry.language)}" dir="{direction}">{"".join(parts)}</div>'


def _word(words: Mapping[str, str], entry: Entry) -> str:
    return words.get(base(entry.language), words["en"])


def _heading(text: str) -> str:
    return f"<h4>{xml(text)}</h4>"


def _paragraph(text: str) -> str:
    if is_code(text):
        return f"<pre>{xml(text)}</pre>"
    return f"<p>{xml(text)}</p>".replace("\n", "<br>")


def _list(heading: str, items: Sequence[str]) -> list[str]:
    if not items:
        return []
    return [_heading(heading), "<ul>", *(f"<li>{xml(item)}</li>" for item in items), "</ul>"]
