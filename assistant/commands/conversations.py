"""Conversations that were kept: ``masrad conversations`` and ``masrad gaps``."""

from assistant.commands.base import JSON, Options, actions, aligned, argument, command, up_to

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


@command(_ID, JSON)
def _show(options: Options) -> None:
    """Write one out, as Markdown or JSON."""
    from assistant.conversations import export  # noqa: PLC0415  (Babel, for this alone)

    with options.kept() as store:
        found = store.get(options.id)
    options.show(export.as_json(found), [export.as_markdown(found)])


@command(
    argument("-n", "how many (50)", type=up_to(10_000), default=50, metavar="N"),
    JSON,
    actions(show=_show, delete=_delete, restore=_restore),
)
def conversations(options: Options) -> None:
    """List the conversations that were kept, or show, delete or restore one."""
    with options.kept() as store:
        found = store.list(limit=options.n)
    names = ("id", "title", "created_at", "changed_at")
    values = [{n: getattr(c, n) for n in names} | {"turns": c.length} for c in found]
    none = "No conversation is kept yet."
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
