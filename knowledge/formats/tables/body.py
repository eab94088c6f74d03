"""Bodies: what a record says of its term, as the sections of an entry."""

from typing import Any

from knowledge.entry import BODY, EXAMPLE, SUMMARY, Section
from knowledge.formats.draft import section_name
from knowledge.formats.tables import values
from knowledge.formats.tables.columns import DEFINITION, Column
from knowledge.formats.tables.prose import Prose, plain, prose, sections_of
from knowledge.formats.tables.record import Record


def sections(record: Record, language: str, *, first: bool) -> Prose:
    """What a record says in a language, and beside its first one in none that is told."""
    found = Prose()
    given = record.held.get(Column("sections"))
    if given or record.exact:
        return _given(record, given[0] if given else [], language)
    seen: set[str] = set()
    for value in record.of(DEFINITION, language):
        part = prose(values.text_of(value))
        if part.text in seen or not part.sections:
            continue
        seen.add(part.text)
        found.links += part.links
        if found.sections:  # further paragraphs
            head, *others = part.sections
            part.sections = [Section(BODY, "", head.text), *others]
        found.sections += part.sections
    _gather(found)
    for role in (EXAMPLE, "note"):
        for known in record.columns(role):
            if known.language != language and not (first and not known.language):
                continue
            text = prose("\n\n".join(values.text_of(v) for v in record.held[known]))
            found.links += text.links
            heading = "" if role == EXAMPLE else plain(record.names[known])
            name = EXAMPLE if role == EXAMPLE else section_name(heading)
            found.sections.append(Section(name, heading, text.text))
    return found


def _gather(found: Prose) -> None:
    """One body: the paragraphs of several columns follow one another."""
    bodies = [s.text for s in found.sections if s.name == BODY and not s.heading]
    rest = [s for s in found.sections if s.name not in (SUMMARY, BODY) or s.heading]
    summary = [s for s in found.sections if s.name == SUMMARY]
    body = [Section(BODY, "", "\n\n".join(bodies))] if bodies else []
    found.sections = [*summary[:1], *body, *rest]


def _given(record: Record, given: Any, language: str) -> Prose:  # noqa: ANN401
    """Sections as the project itself writes them: plain text already."""
    sections = [
        Section(str(s.get("name") or BODY), str(s.get("heading") or ""), str(s["text"]))
        for s in given
        if isinstance(s, dict) and isinstance(s.get("text"), str)
    ]
    names = {section.name for section in sections}
    definition = [values.text_of(v).strip() for v in record.of(DEFINITION, language)]
    if SUMMARY not in names and definition:
        sections = [Section(SUMMARY, "", definition[0]), *sections]
    if EXAMPLE not in names and (examples := record.of(EXAMPLE)):
        sections.append(Section(EXAMPLE, "", values.text_of(examples[0])))
    return Prose(sections or sections_of(definition))
