"""What the commands share: the way in, the common arguments, errors as sentences, progress."""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tqdm import tqdm

from assistant import AssistantError
from assistant.settings import Settings
from knowledge import KnowledgeError

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from knowledge.search.index import Progress


class Command(Protocol):
    """A command of ``masrad``: its name, its arguments, and what it does."""

    name: str
    help: str

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Adds the command's own arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Does it; returns the exit status."""


def main(commands: Sequence[Command], arguments: Sequence[str] | None = None) -> int:
    """Runs one of the commands. Status 0 is success, 2 wrong usage, 1 any other failure.

    A failure is one sentence on standard error.
    """
    _use_utf8()
    parser = argparse.ArgumentParser(
        prog="masrad", description="Answers only from a glossary, and cites its exact words."
    )
    parser.add_argument("--version", action="version", version=f"masrad {version('masrad')}")
    table = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in commands:
        own = table.add_parser(command.name, help=command.help, description=command.help)
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


def open_assistant(options: argparse.Namespace, *, rebuild: bool = False) -> "Assistant":
    """The assistant of the common arguments, with progress and notes on standard error."""
    from assistant import local_servers  # noqa: PLC0415  (not every command opens one)
    from assistant.assistant import Assistant  # noqa: PLC0415

    settings = Settings.load(glossary=options.glossary, data_dir=options.data_dir)
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
