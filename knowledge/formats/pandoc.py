"""Pandoc: files of many formats as trees, read by its program in one process for all of them.

It reads in a sandbox (no file but the given ones). A file on which it comes to no end, or to its
own, ends the child that reads (``reading``), whose parent leaves that file out.
"""

import importlib
import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from knowledge import GlossaryError
from knowledge.formats import announce, tree
from knowledge.formats.decoding import UnreadableError
from knowledge.formats.tree import Blocks

_MEMORY = "-M600m"


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


def trees(sources: Sequence[tuple[str, bytes, str]]) -> Iterator[Blocks | UnreadableError]:
    """The tree of each file, given as its name, its bytes and what pandoc calls its format.

    Raises:
        MemoryError: Pandoc needs too much for a file.
    """
    if not sources:
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        script = files("knowledge.formats").joinpath("pandoc.lua").read_bytes()
        Path(folder, "pandoc.lua").write_bytes(script)
        for number, (_, data, _) in enumerate(sources):
            Path(folder, str(number)).write_bytes(data)
        todo = Path(folder, "todo")
        todo.write_text(
            "".join(f"{n}\t{kind}\n" for n, (_, _, kind) in enumerate(sources)), "utf-8"
        )
        command = [program(), "+RTS", _MEMORY, "-RTS", "lua", "pandoc.lua"]
        with (
            todo.open("rb") as names,
            subprocess.Popen(  # noqa: S603  (our own script)
                command, cwd=folder, stdin=names, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            ) as process,
        ):
            for name, _, _ in sources:
                announce(name)
                line = process.stdout.readline() if process.stdout else b""
                if not line.endswith(b"\n"):
                    raise MemoryError
                if line.startswith(b"!"):
                    why = line[1:].decode(errors="replace").strip(" .\n")
                    yield UnreadableError(f"could not be read: {why}.")
                else:
                    yield tree.blocks(json.loads(line)["blocks"])
