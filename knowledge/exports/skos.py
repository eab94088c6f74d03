"""A glossary as a SKOS vocabulary in Turtle."""

from collections.abc import Sequence

from knowledge.entry import Entry
from knowledge.exports.templates import grouped, render
from knowledge.formats.draft import slug

LOST = ("asked", "lines: they become one")


def write(entries: Sequence[Entry], title: str) -> bytes:
    """The Turtle file: a scheme, a concept for each id, and a collection for each category.

    Addresses are URNs made of the title and the ids: they stay the same from one time to the next.
    """
    categories: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        if entry.category:
            categories.setdefault((entry.language, entry.category), []).append(entry.id)
    base = f"urn:masrad:{slug(title) or 'glossary'}"
    values = {"base": base, "concepts": grouped(entries), "categories": categories}
    return render("skos.ttl", title=title, **values).encode()
