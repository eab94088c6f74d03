"""The news on the glossary's terms: ``masrad news``."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant import NewsError
from assistant.commands.base import JSON, Options, actions, aligned, argument, command, flag, say
from knowledge.glossary import Glossary

if TYPE_CHECKING:
    from assistant.news.archive import FeedState, NewsArchive
    from assistant.settings import Settings

_NONE_SET = "No feed is set: name some in MASRAD_NEWS_FEEDS (see .env.example)."
_KINDS = {"new": "read", "unchanged": "unchanged", "waiting": "left alone", "failed": "failed"}
_SHOWN = ("url", "title", "moved_to", "error", "asked_at", "reached_at", "wait_until")


@command(JSON, flag("--force", "ask also feeds that asked for a pause or said that they are gone"))
def _update(options: Options) -> int:
    """Ask the feeds, and match what they say with the terms.

    Status 1 if no feed could be read.
    """
    if not options.settings.news_feeds:
        raise NewsError(_NONE_SET)  # before the glossary is opened for nothing
    from assistant.news.updating import Updater  # noqa: PLC0415  (httpx)

    outcomes = Updater(options.assistant()).update(force=options.force)
    for outcome in outcomes:
        if outcome.error:
            say(outcome.error)
    values = [asdict(each) for each in outcomes]
    kinds: list[str] = [each.kind for each in outcomes]
    counts = ", ".join(f"{kinds.count(kind)} {told}" for kind, told in _KINDS.items())
    feeds = [{"outcome": each.pop("kind"), **each} for each in values]
    options.show({"feeds": feeds}, [f"Feeds: {counts}."])
    return int(set(kinds) == {"failed"})


@command(JSON, argument("term", "a term, an alias or an id", nargs="?", metavar="TERM"))
def _list(options: Options) -> None:
    """List the latest reports, of all terms or of one."""
    settings, archive = _opened(options)
    term = options.term
    wanted = Glossary.read(settings.glossary).id_of(term) if term else None
    if term and wanted is None:
        raise NewsError(
            f"The glossary has no term “{term}”: look it up with masrad search “{term}”."
        )
    found = archive.reports(settings.news_feeds, datetime.now(UTC), wanted)

    def lines() -> Iterator[str]:
        for report in found:
            day = f"{report.published:%Y-%m-%d}" if report.published else "–"
            yield f"{day}  {report.entry_id}  {report.title}"
            yield f"    {report.source}  {report.url}".rstrip()
        if not settings.news_feeds:
            yield _NONE_SET
        elif not found:
            yield "There are no news on it yet." if wanted else "There are no news yet."

    options.show({"news": [asdict(each) for each in found]}, lines())


@command(JSON)
def _feeds(options: Options) -> None:
    """List the feeds, when each was reached, and what is wrong with it."""
    settings, archive = _opened(options)
    states = archive.feeds(settings.news_feeds)
    values = [{"state": _state(s)} | {name: getattr(s, name) for name in _SHOWN} for s in states]
    rows = [(s.url, _state(s), s.asked_at, s.reached_at, s.title) for s in states]
    heading = ("feed", "state", "asked", "reached", "title")
    lines = [*aligned([heading, *rows]), *(f"\n{s.error}" for s in states if s.error)]
    options.show({"feeds": values}, lines if states else [_NONE_SET])


@command(actions(update=_update, list=_list, feeds=_feeds))
def news(_: Options) -> int:
    """Update the news on the terms, from the feeds that are set, and list them."""
    say("say what to do: update, list or feeds.")
    return 2


def _opened(options: Options) -> "tuple[Settings, NewsArchive]":
    from assistant.news.archive import NewsArchive  # noqa: PLC0415  (only this command needs it)

    settings = options.settings
    return settings, NewsArchive(settings.store.home(settings.glossary))


def _state(feed: "FeedState") -> str:
    if feed.gone:
        return "gone"
    if feed.error:
        return "failed"
    return "reached" if feed.reached_at else "not asked yet"
