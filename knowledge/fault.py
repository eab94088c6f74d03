"""A fault: what is wrong with a glossary, where, and what to do."""

from dataclasses import dataclass
from typing import Literal

_LONGEST = 400  # characters of a sentence; it is said in its beginning and its end


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in one place: an ``error`` must be mended, a ``warning`` considered."""

    path: str
    line: int
    message: str
    severity: Literal["error", "warning"] = "error"

    def __post_init__(self) -> None:
        """A message may quote what stands in the file, which may be without end."""
        if len(self.message) > _LONGEST or "\n" in self.message:
            line = " ".join(self.message.split())
            if len(line) > _LONGEST:
                line = f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}"
            object.__setattr__(self, "message", line)

    def __str__(self) -> str:
        """``file:line: what``, as compilers write it, so that editors can follow it."""
        warning = "warning: " if self.severity == "warning" else ""
        return f"{self.path}:{self.line}: {warning}{self.message}"


class BlockError(ValueError):
    """A block cannot be drawn; the message says what is wrong, and goes on with “a formula …”."""
