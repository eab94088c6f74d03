"""The news: what a term's page shows of them, and the thread that keeps them up to date."""

import contextlib
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant import AssistantError, NewsError
from assistant.assistant import Assistant
from knowledge import KnowledgeError
from knowledge.entry import Entry
from ui import shared
from ui.formatting import ago
from ui.strings import strings

if TYPE_CHECKING:
    from assistant.news.feeds import Item

_log = logging.getLogger(__name__)


def latest(assistant: Assistant, shown: Entry, interface: str) -> "tuple[list[Item], str]":
    """The reports on an entry's topic, newest first, and a sentence on how old they are.

    Nothing while no feed is set; nor where they cannot be read, for which no page is to fail.
    """
    urls = assistant.settings.news_feeds
    if not urls:
        return [], ""
    from assistant.news.updating import archive_of  # noqa: PLC0415  (only where there are feeds)

    now = datetime.now(UTC)
    try:
        found = archive_of(assistant).read()
    except NewsError as error:
        _log.warning("The news on %s are not shown. %s", shown.id, error)
        return [], ""
    reports = found.reports(urls, now, shown.id)
    states = [state for url, state in found.feeds.items() if url in urls]
    reached = max((each.reached_at for each in states if each.reached_at), default=None)
    missed = all(each.error for each in states)
    words = strings(interface)["news_missed" if missed else "news_updated"]
    return reports, words.format(ago=ago(now - reached, interface)) if reached else ""


def begin() -> None:
    """Begins to update them in the background, if there are feeds."""
    with contextlib.suppress(AssistantError, KnowledgeError):  # told to who opens a page
        opened = shared.assistant()
        if opened.settings.news_feeds:
            from assistant.news.updating import Rounds  # noqa: PLC0415  (only where there are feeds)

            Rounds(opened)
