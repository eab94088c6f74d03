"""Conversations that were kept: ``masrad conversations`` and ``masrad gaps``."""

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from assistant.commands.base import (
    JSON,
    Options,
    actions,
    argument,
    check_place,
    command,
    local_time,
    say,
    up_to,
    write,
)
from assistant.conversations.conversation import Change, Conversation, Thumb, Turn, changes
from knowledge import KnowledgeError
from knowledge.glossary import Glossary

_SHOWN = 8  # characters of an id: enough to tell it by
_WIDE = 60  # characters of a question in a table
_THUMBS: dict[str, Thumb] = {"up": 1, "down": -1, "none": 0}
_REMARKS: dict[Change, str] = {
    "changed": "This entry has changed since.",
    "gone": "This entry is no longer in the glossary.",
}


class _ActionParser(argparse.ArgumentParser):
    """A parser that takes FILE after an option too, which Python 3.11's own does not.

    https://github.com/python/cpython/issues/59317
    """

    def parse_known_args(  # type: ignore[override]
        self,
        args: Any = None,  # noqa: ANN401  (as argparse has it)
        namespace: Any = None,  # noqa: ANN401
    ) -> tuple[argparse.Namespace, list[str]]:
        """As ever, but for a FILE that is left over."""
        found, left = super().parse_known_args(args, namespace)
        if len(left) == 1 and not left[0].startswith("-") and getattr(found, "file", 0) is None:
            found.file = Path(left.pop())
        return found, left


_ID = argument("id", "of the conversation, or its first letters", metavar="ID")
_some = partial(argument, default=argparse.SUPPRESS)  # else “list” would undo what is before it
_LISTED = (
    _some("--search", "only those with these words", metavar="TEXT"),
    _some("--deleted", "only those that can be restored", action="store_true"),
    _some("-n", "how many (50)", type=up_to(10_000), metavar="N"),
    _some("--json", "print one JSON object", action="store_true"),
)


@command(*_LISTED)
def _list(options: Options) -> None:
    """List them, the last one first (the default)."""
    with options.kept() as store:
        found = store.list(options.search, deleted=options.deleted, limit=options.n)
    names = ("id", "title", "created_at", "changed_at", "deleted_at")
    values = [{n: getattr(c, n) for n in names} | {"turns": c.length} for c in found]
    none = "No conversation is deleted." if options.deleted else "No conversation is kept yet."
    if options.search:
        none = f"No conversation holds “{options.search}”."
    rows = [(c.id[:_SHOWN], c.changed_at, c.length, c.title) for c in found]
    heading = ("id", "last asked", "turns", "title")
    options.table({"conversations": values}, [heading, *rows], none)


@command(_ID)
def _show(options: Options) -> None:
    """Show one, and which cited entries have changed since."""
    found, glossary = _one(options)
    deleted = f", deleted {local_time(found.deleted_at)}" if found.deleted_at else ""
    print(f"{found.title or '–'}\n{found.id}, begun {local_time(found.created_at)}{deleted}")
    for turn in found.turns:
        print(*_lines(turn, changes(turn, glossary) if glossary else {}), sep="\n")


def _lines(turn: Turn, changed: Mapping[int, Change]) -> Iterator[str]:
    answer = turn.answer
    yield f"\n{turn.id[:_SHOWN]}  {local_time(turn.asked_at)}  {answer.question}"
    if answer.is_reworded:
        yield f"Understood as: {answer.understood}"
    yield f"\n{answer.text}" if answer.text else ""
    if not turn.is_answered:
        yield "This answer ended before it was complete."
    for c in answer.citations:
        yield f"\n[{c.marker}] {c.term} ({c.section}, {c.start}–{c.end})\n    “{c.quote}”"
        if c.marker in changed:
            yield f"    {_REMARKS[changed[c.marker]]}"
    if said := turn.feedback:
        thumb = next(name for name, thumb in _THUMBS.items() if thumb == said.thumb)
        yield f"\nThumb: {thumb}. {said.comment}".rstrip()


@command(_ID, argument("title", "what to call it", metavar="TITLE"))
def _rename(options: Options) -> None:
    """Give one another title."""
    with options.kept() as store:
        store.rename(store.conversation_id(options.id), options.title)
    print("Renamed.")


@command(_ID)
def _delete(options: Options) -> None:
    """Delete one; it can be restored for 30 days."""
    with options.kept() as store:
        conversation_id = store.conversation_id(options.id)
        store.delete(conversation_id)
    print(f"Deleted. To undo it: masrad conversations restore {conversation_id[:_SHOWN]}")


@command(_ID)
def _restore(options: Options) -> None:
    """Bring back one that was deleted."""
    with options.kept() as store:
        store.restore(store.conversation_id(options.id))
    print("Restored.")


@command(
    _ID,
    argument("--format", "default: by the name of the file", choices=("markdown", "json")),
    argument("file", "default: standard output", nargs="?", type=Path, metavar="FILE"),
)
def _export(options: Options) -> None:
    """Write one out, as Markdown or JSON."""
    from assistant.conversations import export  # noqa: PLC0415  (Babel, for this alone)

    if options.file:
        check_place(options.file)
    found, glossary = _one(options)
    named = "json" if options.file and options.file.suffix == ".json" else "markdown"
    if (options.format or named) == "json":
        text = json.dumps(export.as_json(found, glossary), ensure_ascii=False, indent=1) + "\n"
    else:
        text = export.as_markdown(found, glossary)
    if options.file:
        write(options.file, text)
        print(f"{options.file}: {found.length} turns.")
    else:
        print(text, end="")


@command(
    argument("id", "of the answer, or its first letters", metavar="TURN_ID"),
    argument("thumb", "what you think of it", choices=_THUMBS),
    argument("--comment", "default: what was said before", metavar="TEXT"),
)
def _rate(options: Options) -> None:
    """Say what you think of an answer."""
    with options.kept() as store:
        store.rate(store.turn_id(options.id), _THUMBS[options.thumb], options.comment)
    print("Kept.")


def _one(options: Options) -> tuple[Conversation, Glossary | None]:
    """A conversation, and the present glossary: without that, it can be shown all the same."""
    with options.kept() as store:
        found = store.get(store.conversation_id(options.id))
    try:
        return found, Glossary.read(options.settings.glossary)
    except KnowledgeError as error:
        say(f"{error} So what has changed since is not told.")
        return found, None


@command(
    *_LISTED,
    lambda parser: parser.set_defaults(search="", deleted=False, json=False, n=50),
    actions(
        _ActionParser,
        list=_list,
        show=_show,
        rename=_rename,
        delete=_delete,
        restore=_restore,
        export=_export,
        rate=_rate,
    ),
)
def conversations(options: Options) -> None:
    """List, show, rename, delete, restore, export and rate the conversations that were kept."""
    _list.run(options)


@command(argument("-n", "how many (20)", type=up_to(10_000), default=20, metavar="N"), JSON)
def gaps(options: Options) -> None:
    """List the questions that the glossary did not answer, most asked first."""
    with options.kept() as store:
        found = store.gaps(options.n)
    values = [{k: v for k, v in asdict(gap).items() if k != "key"} for gap in found]
    rows = [
        (gap.count, _short(gap.term), gap.language, gap.last_at, _short(", ".join(gap.nearest)))
        for gap in found
    ]
    heading = ("asked", "question", "language", "last asked", "nearest terms")
    none = "No question has gone unanswered yet."
    options.table({"gaps": values}, [heading, *rows], none)


def _short(text: str) -> str:
    """A text that fits into a table."""
    line = " ".join(text.split())
    return line if len(line) <= _WIDE else f"{line[: _WIDE - 1].rstrip()}…"
