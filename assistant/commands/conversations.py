"""Conversations that were kept: ``masrad conversations`` and ``masrad gaps``."""

import json
from pathlib import Path

from assistant.commands.base import (
    JSON,
    Options,
    actions,
    aligned,
    argument,
    check_place,
    command,
    flag,
    up_to,
    write,
)

_WIDE = 60  # characters of a question in a table
_ID = argument("id", "of the conversation", metavar="ID")


@command(_ID)
def _delete(options: Options) -> None:
    """Delete one; it can be restored for 30 days."""
    with options.kept() as store:
        store.delete(options.id)
    print(f"Deleted. To undo it: masrad conversations restore {options.id}")


@command(_ID)
def _restore(options: Options) -> None:
    """Bring back one that was deleted."""
    with options.kept() as store:
        store.restore(options.id)
    print("Restored.")


@command(
    JSON, _ID, argument("file", "default: standard output", nargs="?", type=Path, metavar="FILE")
)
def _export(options: Options) -> None:
    """Write one out, as Markdown; as JSON to a file that ends so, or with --json."""
    from assistant.conversations import export  # noqa: PLC0415  (Babel, for this alone)

    if options.file:
        check_place(options.file)
    with options.kept() as store:
        found = store.get(options.id)
    if options.json or (options.file and options.file.suffix == ".json"):
        text = json.dumps(export.as_json(found), ensure_ascii=False, indent=1) + "\n"
    else:
        text = export.as_markdown(found)
    if options.file:
        write(options.file, text)
        text = f"{options.file}: {found.length} turns.\n"
    print(text, end="")


@command(
    argument("--search", "only those with these words", default="", metavar="TEXT"),
    flag("--deleted", "only those that can be restored"),
    argument("-n", "how many (50)", type=up_to(10_000), default=50, metavar="N"),
    JSON,
    actions(show=_export, export=_export, delete=_delete, restore=_restore),
)
def conversations(options: Options) -> None:
    """List the conversations that were kept, or show, export, delete or restore one."""
    with options.kept() as store:
        found = store.list(options.search, deleted=options.deleted, limit=options.n)
    names = ("id", "title", "created_at", "changed_at", "deleted_at")
    values = [{n: getattr(c, n) for n in names} | {"turns": c.length} for c in found]
    none = "No conversation is deleted." if options.deleted else "No conversation is kept yet."
    if options.search:
        none = f"No conversation holds “{options.search}”."
    rows = [(c.id, c.changed_at, c.length, c.title) for c in found]
    heading = ("id", "last asked", "turns", "title")
    options.show({"conversations": values}, aligned([heading, *rows]) if rows else [none])


@command(argument("-n", "how many (20)", type=up_to(10_000), default=20, metavar="N"), JSON)
def gaps(options: Options) -> None:
    """List the questions that the glossary did not answer, most asked first."""
    with options.kept() as store:
        found = store.gaps(options.n)
    names = ("term", "question", "language", "nearest", "count", "first_at", "last_at")
    values = [{name: getattr(gap, name) for name in names} for gap in found]
    rows = [
        (gap.count, _short(gap.term), gap.language, gap.last_at, _short(", ".join(gap.nearest)))
        for gap in found
    ]
    heading = ("asked", "question", "language", "last asked", "nearest terms")
    none = "No question has gone unanswered yet."
    options.show({"gaps": values}, aligned([heading, *rows]) if rows else [none])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDE else f"{line[: _WIDE - 1].rstrip()}…"
