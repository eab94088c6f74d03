"""JSON Lines: an entry a line, with everything that it has (docs/your-glossary.md)."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from knowledge.entry import SUMMARY, Entry
from knowledge.exports.templates import filled

LOST: tuple[str, ...] = ()


def write(entries: Sequence[Entry], title: str) -> bytes:
    """A line for each entry; the format has no place for a title."""
    del title
    return "".join(f"{json.dumps(_row(e), ensure_ascii=False)}\n" for e in entries).encode()


def _row(entry: Entry) -> dict[str, Any]:
    sections = [
        {"name": s.name, "heading": s.heading, "text": s.text}
        for s in entry.sections
        if s.name != SUMMARY
    ]
    values: dict[str, Any] = {
        "id": entry.id,
        "term": entry.term,
        "language": entry.language,
        "aliases": entry.aliases,
        "category": entry.category,
        "definition": entry.summary,
        "related": entry.related,
        "asked": entry.asked,
        "sources": [filled(asdict(source)) for source in entry.sources],
        "updated": entry.updated and entry.updated.isoformat(),
    }
    # Sections, even if there are none, tell that all of it is to be read to the letter.
    return {**filled(values), "sections": sections}
