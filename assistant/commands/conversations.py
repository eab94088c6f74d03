"""Conversations that were kept: ``masrad conversations`` and ``masrad gaps``."""

import argparse
import json
import sys
from contextlib import closing
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.commands.base import (
    add_common_arguments,
    aligned,
    check_place,
    local_time,
    print_json,
    up_to,
    write,
)
from assistant.conversations.conversation import Change, Thumb, Turn, changes
from assistant.settings import Settings
from knowledge import KnowledgeError
from knowledge.glossary import Glossary

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.conversations.store import Conversations

    Act = Callable[[Conversations, argparse.Namespace, Settings], None]

_SHOWN = 8  # characters of an id: enough to tell it by
_WIDE = 60  # characters of a question in a table
_THUMBS: dict[str, Thumb] = {"up": 1, "down": -1, "none": 0}
_REMARKS: dict[Change, str] = {
    "changed": "This entry has changed since.",
    "gone": "This entry is no longer in the glossary.",
}


class ConversationsCommand:
    """List, show, rename, delete, restore, export and rate the conversations that were kept."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The actions, each with its own; without one, those of ``list``."""
        _list_arguments(parser)
        parser.set_defaults(act=_list, search="", deleted=False, json=False, n=50)
        table = parser.add_subparsers(metavar="ACTION", parser_class=_ActionParser)

        def action(name: str, act: "Act", says: str) -> argparse.ArgumentParser:
            own = table.add_parser(name, help=says, description=says)
            add_common_arguments(own, argparse.SUPPRESS)
            own.set_defaults(act=act)
            return own

        _list_arguments(action("list", _list, "list them, the last one first (the default)"))
        one = {
            "show": action("show", _show, "show one, and which cited entries have changed since"),
            "rename": action("rename", _rename, "give one another title"),
            "delete": action("delete", _delete, "delete one; it can be restored for 30 days"),
            "restore": action("restore", _restore, "bring back one that was deleted"),
            "export": action("export", _export, "write one out, as Markdown or JSON"),
        }
        for own in one.values():
            own.add_argument("id", metavar="ID", help="of the conversation, or its beginning")
        one["rename"].add_argument("title", metavar="TITLE")
        one["export"].add_argument(
            "--format", choices=("markdown", "json"), help="default: by the name of the file"
        )
        one["export"].add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help="default: standard output"
        )
        rate = action("rate", _rate, "say what you think of an answer")
        rate.add_argument("id", metavar="TURN_ID", help="of the answer, or its beginning")
        rate.add_argument("thumb", choices=_THUMBS)
        rate.add_argument("--comment", metavar="TEXT", help="default: what was said before")

    def run(self, options: argparse.Namespace) -> int:
        """Does it."""
        settings = Settings.load(glossary=options.glossary, data_dir=options.data_dir)
        with closing(_opened(settings)) as conversations:
            options.act(conversations, options, settings)
        return 0


class GapsCommand:
    """List the questions that the glossary did not answer, most asked first."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """``-n`` and ``--json``."""
        parser.add_argument("-n", type=up_to(10_000), default=20, metavar="N", help="how many (20)")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def run(self, options: argparse.Namespace) -> int:
        """Prints them."""
        settings = Settings.load(data_dir=options.data_dir)
        with closing(_opened(settings)) as conversations:
            found = conversations.gaps(options.n)
        if options.json:
            values = [{k: v for k, v in asdict(gap).items() if k != "key"} for gap in found]
            print_json({"gaps": values})
        elif found:
            rows = [("asked", "question", "language", "last asked", "nearest terms")]
            for gap in found:
                term, nearest = _short(gap.term), _short(", ".join(gap.nearest))
                rows.append((str(gap.count), term, gap.language, local_time(gap.last_at), nearest))
            print(*aligned(rows), sep="\n")
        else:
            print("No question has gone unanswered yet.")
        return 0


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


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    add = partial(parser.add_argument, default=argparse.SUPPRESS)
    add("--search", metavar="TEXT", help="those that hold these words")
    add("--deleted", action="store_true", help="those that can be restored")
    add("-n", type=up_to(10_000), metavar="N", help="how many (50)")
    add("--json", action="store_true", help="print one JSON object")


def _opened(settings: Settings) -> "Conversations":
    from assistant.conversations.store import Conversations  # noqa: PLC0415  (SQLAlchemy)

    return Conversations.open(settings.database)


def _list(conversations: "Conversations", options: argparse.Namespace, _: Settings) -> None:
    found = conversations.list(options.search, deleted=options.deleted, limit=options.n)
    if options.json:
        names = ("id", "title", "created_at", "changed_at", "deleted_at")
        values = [{n: getattr(c, n) for n in names} | {"turns": c.length} for c in found]
        print_json({"conversations": values})
    elif found:
        head = ("id", "last asked", "turns", "title")
        rows = (
            (c.id[:_SHOWN], local_time(c.changed_at), str(c.length), c.title or "–") for c in found
        )
        print(*aligned([head, *rows]), sep="\n")
    elif options.search:
        print(f"No conversation holds “{options.search}”.")
    else:
        print("No conversation is deleted." if options.deleted else "No conversation is kept yet.")


def _show(conversations: "Conversations", options: argparse.Namespace, settings: Settings) -> None:
    found = conversations.get(conversations.conversation_id(options.id))
    deleted = f", deleted {local_time(found.deleted_at)}" if found.deleted_at else ""
    print(f"{found.title or '–'}\n{found.id}, begun {local_time(found.created_at)}{deleted}")
    glossary = _glossary(settings)
    for turn in found.turns:
        _print_turn(turn, changes(turn, glossary) if glossary else {})


def _print_turn(turn: Turn, changed: dict[int, Change]) -> None:
    answer = turn.answer
    print(f"\n{turn.id[:_SHOWN]}  {local_time(turn.asked_at)}  {answer.question}")
    if answer.understood not in {"", answer.question}:
        print(f"Understood as: {answer.understood}")
    print(f"\n{answer.text}" if answer.text else "")
    if not turn.is_answered:
        print("This answer ended before it was complete.")
    for c in answer.citations:
        print(f"\n[{c.marker}] {c.term} ({c.section}, {c.start}–{c.end})\n    “{c.quote}”")
        if c.marker in changed:
            print(f"    {_REMARKS[changed[c.marker]]}")
    if said := turn.feedback:
        thumb = next(name for name, thumb in _THUMBS.items() if thumb == said.thumb)
        print(f"\nThumb: {thumb}. {said.comment}".rstrip())


def _rename(conversations: "Conversations", options: argparse.Namespace, _: Settings) -> None:
    conversations.rename(conversations.conversation_id(options.id), options.title)
    print("Renamed.")


def _delete(conversations: "Conversations", options: argparse.Namespace, _: Settings) -> None:
    conversation_id = conversations.conversation_id(options.id)
    conversations.delete(conversation_id)
    print(f"Deleted. To undo it: masrad conversations restore {conversation_id[:_SHOWN]}")


def _restore(conversations: "Conversations", options: argparse.Namespace, _: Settings) -> None:
    conversations.restore(conversations.conversation_id(options.id))
    print("Restored.")


def _export(
    conversations: "Conversations", options: argparse.Namespace, settings: Settings
) -> None:
    from assistant.conversations import export  # noqa: PLC0415  (Babel, for this alone)

    if options.file:
        check_place(options.file)
    found = conversations.get(conversations.conversation_id(options.id))
    glossary = _glossary(settings)
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


def _rate(conversations: "Conversations", options: argparse.Namespace, _: Settings) -> None:
    turn_id = conversations.turn_id(options.id)
    conversations.rate(turn_id, _THUMBS[options.thumb], options.comment)
    print("Kept.")


def _glossary(settings: Settings) -> Glossary | None:
    """The present glossary. Without it a conversation can be shown all the same."""
    try:
        return Glossary.read(settings.glossary)
    except KnowledgeError as error:
        print(f"masrad: {error} So what has changed since is not told.", file=sys.stderr)
        return None


def _short(text: str) -> str:
    """A text that fits into a table."""
    line = " ".join(text.split())
    return line if len(line) <= _WIDE else f"{line[: _WIDE - 1].rstrip()}…"
