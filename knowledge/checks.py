"""Checks of a whole glossary: what its entries must be to one another, and how they are written."""

from collections.abc import Iterable, Iterator
from itertools import chain

from knowledge.entry import SUMMARY, Entry
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from knowledge.language.words import fold

SUMMARY_WORDS = 60  # more are not taken in at once: it is for the body to go on


def check(glossary: Glossary) -> list[Fault]:
    """All faults of a glossary, those of reading among them, in order of place."""
    between = chain.from_iterable(rule(glossary) for rule in _BETWEEN)
    written = chain.from_iterable(map(_written, glossary.entries))
    return sorted({*glossary.faults, *between, *written})


# What entries must be to one another.


def shared_names(glossary: Glossary) -> Iterable[Fault]:
    """Names that two entries of one language both carry."""
    owners: dict[tuple[str, str], Entry] = {}
    for entry in glossary.entries:
        for name in entry.names:
            owner = owners.setdefault((entry.language, fold(name) or name), entry)
            if owner is not entry:
                yield entry.fault(
                    f"the name “{name}” is also a name of “{owner.term}” ({owner.origin}):"
                    " a name can stand for one term only."
                )


def missing_versions(glossary: Glossary) -> Iterable[Fault]:
    """Entries without the other languages, in a glossary whose terms come in several."""
    versions = [glossary.versions(entry_id) for entry_id in glossary.ids]
    paired = {e.language for several in versions if len(several) > 1 for e in several}
    for several in versions:
        missing = paired - {entry.language for entry in several}
        for language in sorted(missing) if several[0].language in paired else ():
            yield several[0].fault(
                f"“{several[0].id}” is missing in “{language}”: other terms come in both"
                f" languages, so write an entry of that id in “{language}”."
            )


def unresolved_relations(glossary: Glossary) -> Iterable[Fault]:
    """Relations to what is no entry, and to the entry itself."""
    for entry in glossary.entries:
        for name in entry.related:
            other = glossary.id_of(name)
            if other is None:
                what = "is no entry of this glossary: write it, or take it out."
                yield entry.fault(f"related “{name}” {what}")
            elif other == entry.id:
                yield entry.fault(f"related “{name}” is the entry itself: take it out.")


def missing_examples(glossary: Glossary) -> Iterable[Fault]:
    """Entries without an example, where others of their language have one."""
    having = {entry.language for entry in glossary.entries if entry.example}
    for entry in (e for e in glossary.entries if e.language in having and not e.example):
        yield entry.fault(f"“{entry.term}” has no example: add one under “Example” (“مثال”).")


_BETWEEN = (shared_names, missing_versions, unresolved_relations, missing_examples)


# How entries are written.


def _written(entry: Entry) -> Iterator[Fault]:
    """What is to be mended in how an entry is written."""
    for section in entry.sections:
        for block in section.blocks:
            if block.problem:
                line = section.lines[block.paragraph] if section.lines else None
                yield entry.fault(block.problem, line=line)
        words = len(section.text.split()) if section.name == SUMMARY else 0
        if words > SUMMARY_WORDS:
            said = f"the summary has {words} words: define the term in {SUMMARY_WORDS} or fewer."
            yield entry.fault(said, "warning", section.lines[0] if section.lines else None)
