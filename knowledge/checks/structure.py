"""What entries must be to one another: names of their own, versions, relations, examples."""

from collections.abc import Iterable
from typing import Literal

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from knowledge.language.words import fold

MANY = 20
"""Entries of which one would have an example, if their owner wrote any."""


def shared_names(glossary: Glossary) -> Iterable[Fault]:
    """Names that two entries of one language both carry."""
    owners: dict[tuple[str, str], Entry] = {}
    for entry in glossary.entries:
        for name in entry.names:
            owner = owners.setdefault((entry.language, fold(name) or name), entry)
            if owner is not entry:
                yield _at(
                    entry,
                    f"the name “{name}” is also a name of “{owner.term}” ({owner.origin}):"
                    " a name can stand for one term only.",
                )


def missing_versions(glossary: Glossary) -> Iterable[Fault]:
    """Entries without the other languages, in a glossary whose terms come in several."""
    versions = [glossary.versions(entry_id) for entry_id in glossary.ids]
    paired = {e.language for several in versions if len(several) > 1 for e in several}
    for several in versions:
        missing = paired - {entry.language for entry in several}
        for language in sorted(missing) if several[0].language in paired else ():
            yield _at(
                several[0],
                f"“{several[0].id}” is missing in “{language}”: other terms come in both"
                f" languages, so write an entry of that id in “{language}”.",
            )


def unresolved_relations(glossary: Glossary) -> Iterable[Fault]:
    """Relations to what is no entry, and to the entry itself."""
    for entry in glossary.entries:
        for name in entry.related:
            other = glossary.id_of(name)
            if other is None:
                yield _at(
                    entry,
                    f"related “{name}” is no entry of this glossary: write it, or take it out.",
                )
            elif other == entry.id:
                yield _at(entry, f"related “{name}” is the entry itself: take it out.")


def missing_examples(glossary: Glossary) -> Iterable[Fault]:
    """Entries without an example. One without a summary is no entry: that is a fault of reading.

    Of ``MANY`` entries or more in a language of which not one has an example (a table without such
    a column), it is said once, and is a warning: their owner keeps none.
    """
    for language in glossary.languages:
        entries = glossary.ordered(language)
        lacking = [entry for entry in entries if not entry.example]
        if len(lacking) == len(entries) >= MANY:
            yield _at(
                lacking[0],
                f"none of the {len(entries)} entries in “{language}” has an example: readers ask"
                " for them, so write some under “Example” (“مثال”), or in a column of that name.",
                "warning",
            )
            continue
        for entry in lacking:
            yield _at(entry, f"“{entry.term}” has no example: add one under “Example” (“مثال”).")


def _at(entry: Entry, message: str, severity: Literal["error", "warning"] = "error") -> Fault:
    return Fault(entry.origin, entry.line, message, severity)
