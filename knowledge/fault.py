"""A fault: what is wrong with a glossary, where, and what to do."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in one place: an ``error`` must be mended, a ``warning`` considered."""

    path: str
    line: int
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """``file:line: what``, as compilers write it, so that editors can follow it."""
        warning = "warning: " if self.severity == "warning" else ""
        return f"{self.path}:{self.line}: {warning}{self.message}"
