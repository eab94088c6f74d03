"""What the app shows of answers and entries, made ready for ``ui.templates``."""

from ui.markup.answers import answer, missing, sources
from ui.markup.entries import Context, entry, term, term_end
from ui.markup.explanation import found

__all__ = [
    "Context", "answer", "entry", "found", "missing", "sources", "term", "term_end",
]  # fmt: skip
