"""What the commands share: the way in, common arguments, errors as sentences, output, progress."""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tqdm import tqdm

from assistant import AssistantError
from assistant.settings import Settings
from knowledge import KnowledgeError
from knowledge.editing.atomic import replacing_file

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from knowledge.search.index import Progress


class Command(Protocol):
    """A command of ``masrad``, whose docstring is its help."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Adds the command's own arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Does it; returns the exit status."""


def main(commands: Mapping[str, Command], arguments: Sequence[str] | None = None) -> int:
    """Runs one of the commands, which are given by their names.

    Status 0 is success, 2 wrong usage, 1 any other failure: one sentence on standard error.
    """
    _use_utf8()
    parser = argparse.ArgumentParser(
        prog="masrad", description="Answers only from a glossary, and cites its exact words."
    )
    parser.add_argument("--version", action="version", version=f"masrad {version('masrad')}")
    table = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in commands.items():
        said = (type(command).__doc__ or "").rstrip(".")
        says = said[:1].lower() + said[1:]
        own = table.add_parser(name, help=says, description=says)
        add_common_arguments(own)
        command.arguments(own)
        own.set_defaults(run=command.run)
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except (KnowledgeError, AssistantError) as error:
        if options.debug:
            raise
        return _failed(str(error))
    except BrokenPipeError:  # the reader of our output has gone, as with “| head”
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return _failed("Stopped.")
    except OSError as error:
        return _failed(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}.")
    except Exception as error:
        if options.debug:
            raise
        what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        return _failed(f"Something unforeseen failed ({what}). Please report it.")


def add_common_arguments(parser: argparse.ArgumentParser, absent: str | None = None) -> None:
    """The arguments that every command takes; ``absent`` is what they are where none is given.

    An action of a command suppresses them: else it would undo what was given before it.
    """
    add = parser.add_argument
    add("--glossary", type=Path, metavar="PATH", default=absent, help="a glossary file or folder")
    add("--debug", action="store_true", default=absent, help="show where a failure came from")
    add(
        "--data-dir",
        type=Path,
        metavar="DIR",
        default=absent,
        help="where the index and the conversations are kept",
    )


def _failed(sentence: str) -> int:
    print(f"masrad: {sentence}", file=sys.stderr)
    return 1


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def print_json(values: Mapping[str, Any]) -> None:
    """One JSON object on standard output, its times as ISO 8601 has them."""
    print(json.dumps(values, ensure_ascii=False, default=datetime.isoformat))


def check_place(file: Path) -> None:
    """Makes sure that a file can be written: before the work, not after it.

    Raises:
        AssistantError: its folder is not there, or it is a folder.
    """
    if not file.parent.is_dir() or file.is_dir():
        raise AssistantError(f"{file} cannot be written: name a file in a folder that exists.")


def write(file: Path, text: str) -> None:
    """Writes a file; a reader finds the old one or the new one, and nothing between."""
    with replacing_file(file) as new:
        new.write_text(text, "utf-8")


def up_to(most: int) -> Callable[[str], int]:
    """The type of an argument that is a number from 1 to ``most``."""

    def number(text: str) -> int:
        if not text.isdecimal() or not 1 <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"must be from 1 to {most}")
        return int(text)

    return number


def local_time(when: datetime | None) -> str:
    """A time of this computer's clock, to the minute."""
    return when.astimezone().strftime("%Y-%m-%d %H:%M") if when else "–"


def aligned(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows as lines of text, each column as wide as its widest cell."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        "  " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]


def open_assistant(options: argparse.Namespace, *, rebuild: bool = False) -> "Assistant":
    """The assistant of the common arguments, with progress and notes on standard error."""
    from assistant import local_servers  # noqa: PLC0415  (not every command opens one)
    from assistant.assistant import Assistant  # noqa: PLC0415

    settings = Settings.load(glossary=options.glossary, data_dir=options.data_dir)
    if options.glossary is None:
        settings = settings.joined()
    settings = local_servers.chosen(settings)  # else this would undo the index of what was chosen
    with progress_bar() as progress:
        assistant = Assistant.open(settings, progress, rebuild=rebuild)
    print_notes(assistant)
    return assistant


def print_notes(assistant: "Assistant") -> None:
    """What was noticed in opening it, on standard error."""
    report = assistant.report
    faults = [fault for fault in assistant.glossary.faults if fault.severity == "error"]
    for note in (*(report.notes if report else ()), *map(str, faults)):
        print(f"masrad: {note}", file=sys.stderr)


@contextlib.contextmanager
def progress_bar(doing: str = "Indexing", unit: str = "sentences") -> Iterator["Progress"]:
    """A bar on standard error with rate and time left, where that is a terminal.

    While the total is 0, as nobody knows it, only the time that it has taken.
    """
    bar: tqdm[Any] | None = None

    def progress(done: int, total: int) -> None:
        nonlocal bar
        if bar is None:
            bar = tqdm(total=total, desc=doing, unit=f" {unit}", disable=None)
        bar.total = total
        bar.bar_format = None if total else "{desc}: {elapsed}"
        bar.update(done - bar.n)

    try:
        yield progress
    finally:
        if bar is not None:
            bar.close()
