"""The news on the glossary's terms: ``masrad news``."""

from collections import Counter
from dataclasses import asdict

from assistant import NewsError
from assistant.commands.base import JSON, Options, actions, command, say

_KINDS = {"new": "read", "unchanged": "unchanged", "failed": "failed"}


@command(JSON)
def _update(options: Options) -> int:
    """Ask the feeds, and match what they say with the terms.

    Status 1 if no feed could be read.
    """
    if not options.settings.news_feeds:  # before the glossary is opened for nothing
        raise NewsError("No feed is set: name some in MASRAD_NEWS_FEEDS (see .env.example).")
    from assistant.news.updating import Updater  # noqa: PLC0415  (httpx)

    outcomes = Updater(options.assistant()).update()
    for outcome in outcomes:
        if outcome.error:
            say(outcome.error)
    counts = Counter[str](each.kind for each in outcomes)
    said = ", ".join(f"{counts[kind]} {told}" for kind, told in _KINDS.items())
    options.show({"feeds": [asdict(each) for each in outcomes]}, [f"Feeds: {said}."])
    return int(counts["failed"] == len(outcomes))


@command(actions(update=_update))
def news(_: Options) -> int:
    """Update the news on the terms, from the feeds that are set."""
    say("say what to do: masrad news update.")
    return 2
