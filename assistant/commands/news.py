"""The news on the glossary's terms: ``masrad news``."""

import argparse
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant import NewsError
from assistant.commands.base import (
    add_common_arguments,
    aligned,
    local_time,
    open_assistant,
    print_json,
)
from assistant.settings import Settings
from knowledge.glossary import Glossary

if TYPE_CHECKING:
    from assistant.news.archive import FeedState, NewsArchive

_NONE_SET = "No feed is set: name some in MASRAD_NEWS_FEEDS (see .env.example)."


class NewsCommand:
    """Update the news on the terms, from the feeds that are set, and list them."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The actions, each with its own."""
        table = parser.add_subparsers(metavar="ACTION", required=True)

        def action(name: str, act: object, says: str) -> argparse.ArgumentParser:
            own = table.add_parser(name, help=says, description=says)
            add_common_arguments(own, argparse.SUPPRESS)
            own.add_argument("--json", action="store_true", help="print one JSON object")
            own.set_defaults(act=act)
            return own

        update = action("update", _update, "ask the feeds, and match what they say with the terms")
        update.add_argument(
            "--force",
            action="store_true",
            help="ask those too that want to be left alone, or said that they are gone",
        )
        listed = action("list", _list, "list the latest reports, of all terms or of one")
        listed.add_argument("term", nargs="?", metavar="TERM", help="a term, an alias or an id")
        action("feeds", _feeds, "list the feeds, when each was reached, and what is wrong with it")

    def run(self, options: argparse.Namespace) -> int:
        """Does it."""
        return int(options.act(options))


def _update(options: argparse.Namespace) -> int:
    """Updates; status 1 if no feed could be read."""
    settings = Settings.load(glossary=options.glossary, data_dir=options.data_dir)
    if not settings.news_feeds:
        raise NewsError(_NONE_SET)  # before the glossary is opened for nothing
    from assistant.news.updating import Updater  # noqa: PLC0415  (httpx)

    outcomes = Updater(open_assistant(options)).update(force=options.force)
    for outcome in outcomes:
        if outcome.error:
            print(f"masrad: {outcome.error}", file=sys.stderr)
    if options.json:
        values = [asdict(each) for each in outcomes]
        print_json({"feeds": [{"outcome": each.pop("kind"), **each} for each in values]})
    else:
        counts = {kind: sum(each.kind == kind for each in outcomes) for kind in _KINDS}
        print("Feeds: " + ", ".join(f"{n} {_KINDS[kind]}" for kind, n in counts.items()) + ".")
    return int(all(outcome.kind == "failed" for outcome in outcomes))


_KINDS = {"new": "read", "unchanged": "unchanged", "waiting": "left alone", "failed": "failed"}


def _list(options: argparse.Namespace) -> int:
    settings, store = _opened(options)
    glossary = Glossary.read(settings.glossary)
    wanted = _entry_id(glossary, options.term) if options.term else None
    found = store.reports(settings.news_feeds, datetime.now(UTC), wanted)
    if options.json:
        print_json({"news": [asdict(each) for each in found]})
    elif found:
        for report in found:
            day = f"{report.published:%Y-%m-%d}" if report.published else "–"
            print(f"{day}  {report.entry_id}  {report.title}")
            print(f"    {report.source}  {report.url}".rstrip())
    elif not settings.news_feeds:
        print(_NONE_SET)
    else:
        print("There are no news on it yet." if wanted else "There are no news yet.")
    return 0


def _feeds(options: argparse.Namespace) -> int:
    settings, store = _opened(options)
    states = store.feeds(settings.news_feeds)
    if options.json:
        print_json({"feeds": [{"state": _state(s)} | _shown(s) for s in states]})
    elif states:
        rows = [("feed", "state", "asked", "reached", "title")]
        for s in states:
            times = local_time(s.asked_at), local_time(s.reached_at)
            rows.append((s.url, _state(s), *times, s.title or "–"))
        print(*aligned(rows), *(f"\n{s.error}" for s in states if s.error), sep="\n")
    else:
        print(_NONE_SET)
    return 0


def _opened(options: argparse.Namespace) -> "tuple[Settings, NewsArchive]":
    from assistant.news.archive import NewsArchive  # noqa: PLC0415  (only this command needs it)

    settings = Settings.load(glossary=options.glossary, data_dir=options.data_dir)
    return settings, NewsArchive(settings.store.home(settings.glossary))


def _entry_id(glossary: Glossary, wanted: str) -> str:
    """The id of a term, an alias or an id.

    Raises:
        NewsError: the glossary has none such.
    """
    if (found := glossary.id_of(wanted)) is None:
        raise NewsError(
            f"The glossary has no term “{wanted}”: look it up with masrad search “{wanted}”."
        )
    return found


def _state(feed: "FeedState") -> str:
    if feed.gone:
        return "gone"
    if feed.error:
        return "failed"
    return "reached" if feed.reached_at else "not asked yet"


def _shown(feed: "FeedState") -> dict[str, object]:
    names = ("url", "title", "moved_to", "error", "asked_at", "reached_at", "wait_until")
    return {name: getattr(feed, name) for name in names}
