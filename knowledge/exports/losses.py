"""Losses: what a format cannot hold of the entries that are written in it, counted."""

from collections.abc import Callable, Iterator, Sequence

from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Source

LOST: dict[str, tuple[str, ...]] = {
    "csv": (
        "sections: their text stands in the body, under its heading",
        "parts of sources: a source is one line of text",
    ),
    "moodle": (
        "id: Moodle knows entries by their terms, so that languages are no longer paired",
        "asked", "updated", "parts of sources: each stands in one line of the text",
    ),
    "tbx": ("asked", "parts of sources: each stands in one line", "lines: they become one"),
    "skos": ("asked", "lines: they become one"),
    "anki": ("body", "sections", "related", "asked", "updated"),
    "quizlet": (
        "id", "language", "aliases", "category", "body", "sections", "example", "related", "asked",
        "sources", "updated",
    ),
    "html": ("asked",),
    "pdf": ("id", "asked", "updated"),
}  # fmt: skip
"""What each format cannot hold, as ``losses`` reads it; the others hold all."""

_Has = Callable[[Entry], object]


def _has_sections(entry: Entry) -> bool:
    return any(s.name not in (SUMMARY, BODY, EXAMPLE) for s in entry.sections)


# What an entry may lose: how a sentence names it, and whether an entry has it.
_PARTS: dict[str, tuple[str, _Has]] = {
    "id": ("ids", lambda e: e.id),
    "language": ("languages", lambda e: e.language),
    "aliases": ("aliases", lambda e: e.aliases),
    "category": ("categories", lambda e: e.category),
    "body": ("text after the definition", lambda e: e.text(BODY)),
    "sections": ("sections with headings of their own", _has_sections),
    "example": ("examples", lambda e: e.example),
    "related": ("relations", lambda e: e.related),
    "asked": ("other ways of asking", lambda e: e.asked),
    "sources": ("sources", lambda e: e.sources),
    "parts of sources": (
        "authors, years and addresses apart",
        lambda e: any(source != Source(source.title) for source in e.sources),
    ),
    "lines": (
        "lines within a paragraph",
        lambda e: any("\n" in part for s in e.sections for part in s.text.split("\n\n")),
    ),
    "updated": ("days of change", lambda e: e.updated),
}


def losses(lost: Sequence[str], entries: Sequence[Entry]) -> Iterator[str]:
    """A sentence for each thing that some of the entries lose.

    What is lost is named as the fields of an entry are, with ``body``, ``example``, and
    ``sections`` for the others; after a colon, what becomes of it.
    """
    for loss in lost:
        name, _, becomes = loss.partition(": ")
        named, has = _PARTS[name]
        if count := sum(1 for entry in entries if has(entry)):
            who = "1 entry loses its own" if count == 1 else f"{count} entries lose theirs"
            yield f"The format holds no {named}: {who}{f' ({becomes})' if becomes else ''}."
