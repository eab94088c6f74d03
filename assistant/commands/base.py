"""What the commands share: how they are made and run, errors as sentences, output, progress."""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from assistant import AssistantError
from assistant.settings import Settings
from knowledge import KnowledgeError

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.conversations.store import Conversations
    from knowledge.search.index import Progress

Cell = str | int | datetime | None
Takes = Callable[[argparse.ArgumentParser], object]
"""Adds something that a command takes to its parser."""
Command = Callable[[Any, str], None]
"""Adds a command of ``masrad``, or an action of one, to others, by a name."""


class Options(argparse.Namespace):
    """What a command was given, what follows from it, and where what comes of it goes."""

    glossary: Path | None = None
    data_dir: Path | None = None
    debug = False

    @property
    def settings(self) -> Settings:
        """The settings, with the common arguments above them."""
        return Settings.load(glossary=self.glossary, data_dir=self.data_dir)

    def assistant(self, *, rebuild: bool = False) -> "Assistant":
        """The assistant, opened with progress and notes on standard error."""
        from assistant import local_servers  # noqa: PLC0415  (not every command opens one)
        from assistant.assistant import Assistant  # noqa: PLC0415

        settings = self.settings if self.glossary else self.settings.joined()
        settings = local_servers.chosen(settings)  # else the index of what was chosen is undone
        with progress_bar() as progress:
            assistant = Assistant.open(settings, progress, rebuild=rebuild)
        print_notes(assistant)
        return assistant

    @contextlib.contextmanager
    def kept(self) -> Iterator["Conversations"]:
        """The conversations that are kept, and their database."""
        from assistant.conversations.store import Conversations  # noqa: PLC0415  (SQLAlchemy)

        with contextlib.closing(Conversations.open(self.settings.database)) as conversations:
            yield conversations

    def show(self, values: Mapping[str, Any], lines: Iterable[object]) -> None:
        """What was found: with ``--json`` one JSON object, times as ISO 8601; else lines."""
        if self.json:
            print(json.dumps(values, ensure_ascii=False, default=datetime.isoformat))
            return
        for line in lines:
            print(line)


def command(*takes: Takes) -> Callable[[Callable[[Options], int | None]], Command]:
    """Makes a command of a function, which takes these arguments.

    Its docstring is the help. What it returns is the exit status: None is 0.
    """

    def made(run: Callable[[Options], int | None]) -> Command:
        says = (run.__doc__ or "").partition("\n")[0].rstrip(".")
        says = says[:1].lower() + says[1:]

        def add(table: Any, name: str) -> None:  # noqa: ANN401  (argparse's own)
            parser = table.add_parser(name, help=says, description=says)
            for each in (*_COMMON, *takes):
                each(parser)
            parser.set_defaults(run=run)

        return add

    return made


def argument(name: str, says: str, **how: Any) -> Takes:  # noqa: ANN401  (argparse's own)
    """An argument with its help, as ``ArgumentParser.add_argument`` has it."""
    return lambda parser: parser.add_argument(name, help=says, **how)


def flag(name: str, says: str) -> Takes:
    """An argument that is given or not."""
    return argument(name, says, action="store_true")


def actions(**named: Command) -> Takes:
    """The actions of a command, one of which may be given."""

    def add(parser: argparse.ArgumentParser) -> None:
        table = parser.add_subparsers(metavar="ACTION")
        for name, each in named.items():
            each(table, name)

    return add


JSON = flag("--json", "print one JSON object")
# Without a default: else an action of a command would undo what was given before it.
_ABSENT: dict[str, Any] = {"default": argparse.SUPPRESS}
_PLACE = _ABSENT | {"type": Path}
_COMMON = (
    argument("--glossary", "a glossary file or folder", metavar="PATH", **_PLACE),
    argument("--data-dir", "where index and conversations are", metavar="DIR", **_PLACE),
    argument("--debug", "show where a failure came from", action="store_true", **_ABSENT),
)


def main(commands: Mapping[str, Command], arguments: Sequence[str] | None = None) -> int:
    """Runs one of the commands, which are given by their names.

    Status 0 is success, 2 wrong usage, 1 any other failure: one sentence on standard error.
    """
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    parser = argparse.ArgumentParser(
        prog="masrad", description="Answers only from a glossary, and cites its exact words."
    )
    parser.add_argument("--version", action="version", version=f"masrad {version('masrad')}")
    table = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, each in commands.items():
        each(table, name)
    options = parser.parse_args(arguments, Options())
    try:
        return options.run(options) or 0
    except (KnowledgeError, AssistantError) as error:
        if options.debug:
            raise
        failure = str(error)
    except BrokenPipeError:  # the reader of our output has gone, as with “| head”
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        failure = "Stopped."
    except OSError as error:
        failure = f"{error.filename or 'A file'} cannot be used: {error.strerror or error}."
    except Exception as error:
        if options.debug:
            raise
        what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        failure = f"Something unforeseen failed ({what}). Please report it."
    say(failure)
    return 1


def say(sentence: object) -> None:
    """A remark or a failure, on standard error."""
    print(f"masrad: {sentence}", file=sys.stderr)


def check_place(file: Path) -> None:
    """AssistantError, before the work and not after it, where a file cannot be written."""
    if not file.parent.is_dir() or file.is_dir():
        raise AssistantError(f"{file} cannot be written: name a file in a folder that exists.")


def up_to(most: int) -> Callable[[str], int]:
    """The type of an argument that is a number from 1 to ``most``."""

    def number(text: str) -> int:
        if not text.isdecimal() or not 1 <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"must be from 1 to {most}")
        return int(text)

    return number


def aligned(rows: Iterable[Sequence[Cell]]) -> list[str]:
    """Rows as lines of text, each column as wide as its widest cell."""

    def text(cell: Cell) -> str:
        return f"{cell.astimezone():%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else str(cell)

    texts = [["–" if cell in (None, "") else text(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    return [
        "  " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in texts
    ]


def print_notes(assistant: "Assistant") -> None:
    """What was noticed in opening it, on standard error."""
    for note in assistant.report.notes if assistant.report else ():
        say(note)
    for fault in assistant.glossary.faults:
        if fault.severity == "error":
            say(fault)


@contextlib.contextmanager
def progress_bar() -> Iterator["Progress"]:
    """A bar on standard error with rate and time left, where that is a terminal."""
    # The delay keeps it from being shown where nothing is indexed.
    with tqdm(desc="Indexing", unit=" sentences", disable=None, delay=0.01) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress
