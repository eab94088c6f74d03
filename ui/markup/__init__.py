"""What the app shows of answers, entries and the glossary, made ready for ``ui.templates``."""

from ui.markup.answers import answer, missing, sources
from ui.markup.entries import entry, no_term, term
from ui.markup.explanation import found
from ui.markup.glossary import glossary, glossary_count

__all__ = [
    "answer", "entry", "found", "glossary", "glossary_count",
    "missing", "no_term", "sources", "term",
]  # fmt: skip
