"""A child process with limits, for work on files or pages that may be endless or hostile."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

MEMORY = 1024**3
"""Bytes of address space that a child may take."""
_NICENESS = 5  # people at the screen go first
_ROOT = Path(__file__).parents[1]


class ChildError(Exception):
    """The child took too long, or ended without an answer.

    ``log`` is what it wrote to stderr, ``status`` that with which it ended.
    """

    def __init__(self, message: str, log: bytes, status: int | None) -> None:
        super().__init__(message)
        self.log, self.status = log.decode(errors="replace"), status


def run(module: str, data: bytes, seconds: float) -> bytes:
    """What ``python -m module`` answers on its output to ``data`` on its input.

    The module calls ``serve``. Whatever the child starts ends with it.

    Raises:
        ChildError: there is no answer within that time.
    """
    with subprocess.Popen(  # noqa: S603  (modules of our own)
        # It finds packages where this process has them, and nothing in the folder it is in.
        [sys.executable, "-P", "-m", module],
        env={**os.environ, "PYTHONPATH": str(_ROOT), "OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            answer, log = process.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired:
            _kill(process)
            _, log = process.communicate()
            message = f"takes longer than {seconds:.0f} seconds to read"
            raise ChildError(message, log, None) from None
        except BaseException:
            _kill(process)
            raise
    if status := process.returncode:
        memory = b"MemoryError" in log or status == -signal.SIGKILL
        large = f"needs more than {MEMORY // 1024**2:,} MB of memory to be read"
        raise ChildError(large if memory else "ends the process that reads it", log, status)
    return answer


def serve(work: Callable[[bytes], bytes]) -> None:
    """Answers, in the child, within its limits (where the system has them)."""
    with contextlib.suppress(ImportError, OSError, ValueError, AttributeError):
        import resource  # noqa: PLC0415  (POSIX alone)

        os.nice(_NICENESS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(work(sys.stdin.buffer.read()))


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
