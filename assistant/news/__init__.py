"""The news on a term: items of feeds, kept beside the glossary and shown on the term's page.

``fetcher`` gets feeds from the web, at none but the ``addresses`` that may be asked; ``feeds``
reads them; ``matching`` tells which terms an item is about; ``store`` keeps them; ``updating`` does
all of it once, and ``rounds`` again and again. It is no part of the glossary: nothing that finds or
writes an answer imports anything from here, which a test holds.
"""

from assistant import AssistantError


class NewsError(AssistantError):
    """The news cannot be kept, or not be updated."""


class FeedError(NewsError):
    """One feed cannot be read, which costs that feed alone."""

    def __init__(self, message: str, *, wait: float = 0.0, gone: bool = False) -> None:
        super().__init__(message)
        self.wait = wait
        """Seconds for which its server wants not to be asked."""
        self.gone = gone
        """Whether its server says that it will not come back."""


__all__ = ["FeedError", "NewsError"]
