"""A text with its links, as pieces."""

from collections.abc import Iterable

from knowledge.language.direction import Pieces, split
from knowledge.language.text import Span
from knowledge.linking import Link


def linked(text: str, links: Iterable[Link], within: Span | None = None) -> Pieces[str]:
    """A text, or a span of it, in which the terms of links that lie wholly in it are set apart."""
    first, last = within or Span(0, len(text))
    spans = ((*link.span, link.entry_id) for link in links)
    return split(text, (each for each in spans if first <= each[0] and each[1] <= last), within)
