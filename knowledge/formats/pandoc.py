"""Pandoc: files of many formats as trees, read by its program in one process for all of them.

It reads in a sandbox (no file but the given ones), within limits of time and memory.
"""

import importlib
import json
import queue
import subprocess
import tempfile
import threading
from collections.abc import Generator, Sequence
from contextlib import closing, suppress
from importlib.resources import files
from pathlib import Path
from typing import IO

from knowledge import GlossaryError
from knowledge.formats import tree
from knowledge.formats.tree import Blocks

SECONDS = 10.0
"""For one file: a glossary of 1 MB takes two to five."""
_MEMORY = "600m"
_LONGEST = 50_000_000  # characters of a tree as JSON: Python needs some ten times as many bytes
_MOST_LATE = 3  # files that took too long, after which no more are tried


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


def trees(sources: Sequence[tuple[bytes, str]]) -> Generator[Blocks | UnreadableError, None, None]:
    """The tree of each file, given as its bytes and the name that pandoc has for its format.

    A file that takes too long or too much ends pandoc; the rest is read by another.
    """
    late = start = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        script = Path(folder, "pandoc.lua")
        script.write_bytes(files("knowledge.formats").joinpath("pandoc.lua").read_bytes())
        for number, (data, _) in enumerate(sources):
            Path(folder, str(number)).write_bytes(data)
        while start < len(sources):
            todo = [f"{n}\t{sources[n][1]}\n" for n in range(start, len(sources))]
            with closing(_lines(folder, "".join(todo))) as lines:
                for line in lines:
                    start += 1
                    yield line if isinstance(line, UnreadableError) else _blocks(line)
                    if isinstance(line, UnreadableError):
                        late += 1
                        break
            if late == _MOST_LATE:
                why = "was not tried: other files took too long to read. Take those out."
                yield from (UnreadableError(why) for _ in range(start, len(sources)))
                return


def _lines(folder: str, todo: str) -> Generator[bytes | UnreadableError, None, None]:
    """What pandoc writes about each file, up to one on which it does not come to an end."""
    command = [program(), "+RTS", f"-M{_MEMORY}", "-RTS", "lua", "pandoc.lua"]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603  (our own script)
        command, cwd=folder, stdin=pipe, stdout=pipe, stderr=nothing
    ) as process:
        assert process.stdin and process.stdout  # noqa: S101, PT018
        written: queue.Queue[bytes] = queue.Queue(maxsize=1)
        reader = threading.Thread(target=_pass_on, args=(process.stdout, written), daemon=True)
        reader.start()
        try:
            process.stdin.write(todo.encode())
            process.stdin.close()
            for _ in range(todo.count("\n")):
                line = written.get(timeout=SECONDS)
                if not line:
                    yield UnreadableError("takes too much memory to read: part it into several.")
                    return
                yield line
        except (queue.Empty, OSError):
            why = f"takes too long to read (more than {SECONDS:.0f} seconds): part it into several."
            yield UnreadableError(why)
        finally:
            process.kill()
            while reader.is_alive():
                with suppress(queue.Empty):
                    written.get(timeout=0.05)


def _pass_on(lines: IO[bytes], written: queue.Queue[bytes]) -> None:
    """Each line of pandoc, and at last an empty one; of a line that is too long, nothing."""
    while line := lines.readline(_LONGEST):
        written.put(line if line.endswith(b"\n") else b"")
    written.put(b"")


def _blocks(line: bytes) -> Blocks | UnreadableError:
    if line.startswith(b"!"):
        why = line[1:].decode(errors="replace").strip(" .\n")
        return UnreadableError(f"could not be read: {why}.")
    try:
        return tree.blocks(json.loads(line)["blocks"])
    except RecursionError:
        return UnreadableError("could not be read: it nests too deep.")
