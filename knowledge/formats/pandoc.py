"""Pandoc: files of many formats as trees, read by its program in one process for all of them.

It reads in a sandbox (no file but the given ones), within limits of time and memory.
"""

import importlib
import json
import queue
import subprocess
import tempfile
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

from knowledge import GlossaryError

SECONDS = 10.0
"""For one file: a glossary of 1 MB takes two to five."""
_MEMORY = "600m"
_LONGEST = 50_000_000  # characters of a tree as JSON: Python needs some ten times as many bytes
_MOST_LATE = 3  # files that took too long, after which no more are tried

Tree = list[dict[str, Any]]
"""The blocks of a file, as pandoc's JSON has them."""


class UnreadableError(Exception):
    """Why a file could not be read: the end of a sentence that begins with its name."""


def program() -> str:
    """Where pandoc is.

    Raises:
        GlossaryError: It is not installed.
    """
    try:
        return str(importlib.import_module("pypandoc").get_pandoc_path())
    except (ImportError, OSError):
        raise GlossaryError(
            "Documents (Markdown, HTML, Word, …) are read by pandoc, which is not installed:"
            " pip install pypandoc-binary."
        ) from None


def trees(
    sources: Sequence[tuple[bytes, str]], seconds: float | None = None
) -> Iterator[Tree | UnreadableError]:
    """The tree of each file, given as its bytes and the name that pandoc has for its format.

    A file that takes too long or too much ends pandoc; the rest is read by another.
    """
    seconds = seconds or SECONDS
    late = start = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        script = Path(folder, "pandoc.lua")
        script.write_bytes(files("knowledge.formats").joinpath("pandoc.lua").read_bytes())
        for number, (data, _) in enumerate(sources):
            Path(folder, str(number)).write_bytes(data)
        while start < len(sources):
            todo = [f"{n}\t{sources[n][1]}\n" for n in range(start, len(sources))]
            with closing(_lines(folder, "".join(todo), seconds)) as lines:
                for line in lines:
                    start += 1
                    yield line if isinstance(line, UnreadableError) else _tree(line)
                    if isinstance(line, UnreadableError):
                        late += 1
                        break
            if late == _MOST_LATE:
                why = "was not tried: other files took too long to read. Take those out."
                yield from (UnreadableError(why) for _ in range(start, len(sources)))
                return


def _lines(
    folder: str, todo: str, seconds: float
) -> Generator[bytes | UnreadableError, None, None]:
    """What pandoc writes about each file, up to one on which it does not come to an end."""
    command = [program(), "+RTS", f"-M{_MEMORY}", "-RTS", "lua", "pandoc.lua"]
    with subprocess.Popen(  # noqa: S603  (our own script)
        command,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin  # noqa: S101
        assert process.stdout  # noqa: S101
        written: queue.Queue[bytes] = queue.Queue(maxsize=1)
        threading.Thread(target=_pass_on, args=(process.stdout, written), daemon=True).start()
        try:
            process.stdin.write(todo.encode())
            process.stdin.close()
            for _ in range(todo.count("\n")):
                line = written.get(timeout=seconds)
                if not line:
                    yield UnreadableError("takes too much memory to read: part it into several.")
                    return
                yield line
        except (queue.Empty, OSError):
            yield UnreadableError(
                f"takes too long to read (more than {seconds:.0f} seconds): part it into several."
            )
        finally:
            process.kill()


def _pass_on(lines: IO[bytes], written: queue.Queue[bytes]) -> None:
    """Each line of pandoc, and at last an empty one; of a line that is too long, nothing."""
    while line := lines.readline(_LONGEST):
        written.put(line if line.endswith(b"\n") else b"")
    written.put(b"")


def _tree(line: bytes) -> Tree | UnreadableError:
    if line.startswith(b"!"):
        why = line[1:].decode(errors="replace").strip()
        return UnreadableError(f"could not be read: {why.rstrip('.')}.")
    try:
        blocks: Tree = json.loads(line)["blocks"]
    except RecursionError:
        return UnreadableError("could not be read: it nests too deep.")
    return blocks
