"""Text to paste into Quizlet: a card a line, a tab between the term and its definition."""

from collections.abc import Sequence

from knowledge.entry import Entry

LOST = (
    "id", "language", "aliases", "category", "body", "sections", "example", "related", "asked",
    "sources", "updated",
)  # fmt: skip


def write(entries: Sequence[Entry], title: str) -> bytes:
    """A line for each entry; a set is given its title in Quizlet."""
    del title
    return "".join(f"{_flat(e.term)}\t{_flat(e.summary)}\n" for e in entries).encode()


def _flat(text: str) -> str:
    """Text without tabs and line ends, which Quizlet parts cards by."""
    return " ".join(text.split())
