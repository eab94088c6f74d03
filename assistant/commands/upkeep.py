"""Upkeep: ``masrad index``, ``check`` and ``news``; ``backup`` and ``restore`` of what is kept."""

from dataclasses import asdict
from pathlib import Path

from assistant import NewsError
from assistant.commands.base import JSON, Options, argument, check_place, command, flag, say
from assistant.settings import Settings
from knowledge.checks import check as faults_of
from knowledge.glossary import Glossary


@command(flag("--rebuild", "embed everything anew"), JSON)
def index(options: Options) -> None:
    """Bring the index up to date, and report what changed."""
    report = options.assistant(rebuild=options.rebuild).report
    assert report is not None  # noqa: S101  (one that was opened has it)
    values = asdict(report)
    counts = (f"{values[n]} {n}" for n in ("added", "changed", "removed", "unchanged"))
    options.show(values, [f"{', '.join(counts)} entries."])


@command(argument("path", "default: --glossary", nargs="?", type=Path, metavar="PATH"), JSON)
def check(options: Options) -> int:
    """Validate a glossary, and list each fault as file:line: what.

    Status 1 if one of them is an error.
    """
    settings = Settings.load(glossary=options.path or options.glossary)
    glossary = Glossary.read(settings.glossary)
    faults = faults_of(glossary)
    errors = sum(fault.severity == "error" for fault in faults)
    categories = {language: glossary.categories(language) for language in glossary.languages}
    counts = {language: sum(found.values()) for language, found in categories.items()}
    values = {
        "entries": counts,
        "categories": categories,
        "errors": errors,
        "warnings": len(faults) - errors,
        "faults": list(map(asdict, faults)),
    }
    lines = list(map(str, faults))
    for language, found in categories.items():
        ordered = sorted(found.items(), key=lambda item: -item[1])
        listed = (f"{name or 'no category'} {count}" for name, count in ordered)
        lines.append(f"{language}: {', '.join(listed)}.")
    entries = ", ".join(f"{count} {language}" for language, count in counts.items())
    lines.append(f"{entries} entries; {errors} errors, {len(faults) - errors} warnings.")
    options.show(values, lines)
    return int(errors > 0)


@command(argument("dest", "the file, such as masrad.zip", type=Path, metavar="DEST"))
def backup(options: Options) -> None:
    """Write conversations, glossaries and all else that cannot be made again into a ZIP."""
    from assistant.backup import back_up  # noqa: PLC0415  (SQLAlchemy)

    check_place(options.dest)
    rows, files = back_up(options.settings, options.dest)
    print(f"{options.dest}: {rows} rows of the database and {files} files.")


@command(argument("source", "what “backup” wrote", type=Path, metavar="SOURCE"))
def restore(options: Options) -> None:
    """Put a backup in force, where nothing is kept yet."""
    from assistant.backup import restore as put_back  # noqa: PLC0415  (SQLAlchemy)

    rows, files = put_back(options.settings, options.source)
    print(f"{options.source}: {rows} rows of the database and {files} files are in force.")


@command(argument("action", "update", choices=("update",), metavar="ACTION"), JSON)
def news(options: Options) -> int:
    """Update the news on the terms, from the feeds that are set.

    Status 1 if no feed could be read.
    """
    if not options.settings.news_feeds:  # before the glossary is opened for nothing
        raise NewsError("No feed is set: name some in MASRAD_NEWS_FEEDS (see .env.example).")
    from assistant.news.updating import update  # noqa: PLC0415  (httpx)

    feeds = update(options.assistant())
    failed = [feed.error for feed in feeds.values() if feed.error]
    for error in failed:
        say(error)
    values = [{"url": u, "items": len(f.items), "error": f.error} for u, f in feeds.items()]
    told = f"Feeds: {len(feeds) - len(failed)} read, {len(failed)} failed."
    options.show({"feeds": values}, [told])
    return int(len(failed) == len(feeds))
