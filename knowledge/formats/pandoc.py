"""Pandoc: files of many formats as trees, read by its program in one process for all of them.

It reads in a sandbox (no file but the given ones), within limits of time and memory.
"""

import importlib
import json
import subprocess
import tempfile
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from knowledge import GlossaryError
from knowledge.formats import tree
from knowledge.formats.concepts import UnreadableError
from knowledge.formats.tree import Blocks

SECONDS = 10.0
"""For one file: a glossary of 1 MB takes two to five."""
_MEMORY = "600m"
_LONGEST = 50_000_000  # characters of a tree as JSON: Python needs some ten times as many bytes
_MOST_LATE = 3  # files that took too long, after which no more are tried


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
    listed = Path(folder, "todo")
    listed.write_text(todo, "utf-8")
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with (
        listed.open("rb") as names,
        subprocess.Popen(  # noqa: S603  (our own script)
            command, cwd=folder, stdin=names, stdout=pipe, stderr=nothing
        ) as process,
    ):
        try:
            for _ in range(todo.count("\n")):
                began = time.monotonic()
                watch = threading.Timer(SECONDS, process.kill)
                watch.start()
                line = process.stdout.readline(_LONGEST) if process.stdout else b""
                watch.cancel()
                if not line.endswith(b"\n"):
                    is_late = time.monotonic() - began >= SECONDS
                    why = f"long to read (more than {SECONDS:.0f} seconds)"
                    why = why if is_late else "much memory to read"
                    yield UnreadableError(f"takes too {why}: part it into several.")
                    return
                yield line
        finally:
            process.kill()


def _blocks(line: bytes) -> Blocks | UnreadableError:
    if line.startswith(b"!"):
        why = line[1:].decode(errors="replace").strip(" .\n")
        return UnreadableError(f"could not be read: {why}.")
    try:
        return tree.blocks(json.loads(line)["blocks"])
    except RecursionError:
        return UnreadableError("could not be read: it nests too deep.")
