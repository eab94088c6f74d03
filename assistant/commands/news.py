"""The news on the glossary's terms: ``masrad news``."""

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from assistant.commands.base import add_common_arguments, open_assistant
from assistant.evaluation.table import aligned
from assistant.news import NewsError
from assistant.settings import Settings
from knowledge.glossary import Glossary

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.news.store import FeedState, NewsStore, Report
    from assistant.news.updating import Outcome

    Act = Callable[[argparse.Namespace], int]

_NONE_SET = "No feed is set: name some in MASRAD_NEWS_FEEDS (see .env.example)."


class NewsCommand:
    """Updates the news, and lists them and their feeds."""

    name = "news"
    help = "update the news on the terms, from the feeds that are set, and list them"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The actions, each with its own."""
        table = parser.add_subparsers(metavar="ACTION", required=True)

        def action(name: str, act: "Act", says: str) -> argparse.ArgumentParser:
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
        act: Act = options.act
        return act(options)


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
        print(json.dumps({"feeds": [_outcome(each) for each in outcomes]}, ensure_ascii=False))
    else:
        counts = {kind: sum(each.kind == kind for each in outcomes) for kind in _KINDS}
        print("Feeds: " + ", ".join(f"{n} {_KINDS[kind]}" for kind, n in counts.items()) + ".")
    return int(all(outcome.kind == "failed" for outcome in outcomes))


_KINDS = {
    "new": "read",
    "unchanged": "unchanged",
    "waiting": "left alone",
    "failed": "failed",
}


def _list(options: argparse.Namespace) -> int:
    settings, store = _opened(options)
    glossary = Glossary.read(settings.glossary)
    wanted = _entry_id(glossary, options.term) if options.term else None
    found = store.reports(settings.news_feeds, datetime.now(UTC), wanted)
    if options.json:
        print(json.dumps({"news": [_report(each) for each in found]}, ensure_ascii=False))
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
        print(json.dumps({"feeds": [_state(each) for each in states]}, ensure_ascii=False))
    elif states:
        rows = [
            (s.url, _kind(s), _time(s.asked_at), _time(s.reached_at), s.title or "–")
            for s in states
        ]
        print(*aligned([("feed", "state", "asked", "reached", "title"), *rows]), sep="\n")
        for each in states:
            if each.error:
                print(f"\n{each.error}")
    else:
        print(_NONE_SET)
    return 0


def _opened(options: argparse.Namespace) -> "tuple[Settings, NewsStore]":
    from assistant.news.store import NewsStore  # noqa: PLC0415  (only this command needs it)

    settings = Settings.load(glossary=options.glossary, data_dir=options.data_dir)
    return settings, NewsStore(settings.store.home(settings.glossary))


def _entry_id(glossary: Glossary, wanted: str) -> str:
    """The id of a term, an alias or an id.

    Raises:
        NewsError: the glossary has none such.
    """
    plain = wanted.strip().casefold()
    for entry in glossary.entries:
        if plain in {entry.id.casefold(), *(name.casefold() for name in entry.names)}:
            return entry.id
    raise NewsError(
        f"The glossary has no term “{wanted}”: look it up with masrad search “{wanted}”."
    )


def _kind(state: "FeedState") -> str:
    if state.gone:
        return "gone"
    if state.error:
        return "failed"
    return "reached" if state.reached_at else "not asked yet"


def _outcome(outcome: "Outcome") -> dict[str, Any]:
    return {
        "url": outcome.url,
        "outcome": outcome.kind,
        "items": outcome.items,
        "error": outcome.error,
    }


def _report(report: "Report") -> dict[str, Any]:
    return {
        "entry_id": report.entry_id,
        "title": report.title,
        "url": report.url,
        "source": report.source,
        "language": report.language,
        "published": _iso(report.published),
        "score": report.score,
    }


def _state(state: "FeedState") -> dict[str, Any]:
    names = ("asked_at", "reached_at", "wait_until")
    return {
        "url": state.url,
        "title": state.title,
        "state": _kind(state),
        "moved_to": state.moved_to,
        "error": state.error,
        **{name: _iso(getattr(state, name)) for name in names},
    }


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _time(when: datetime | None) -> str:
    """A time of this computer's clock, to the minute."""
    return when.astimezone().strftime("%Y-%m-%d %H:%M") if when else "–"
