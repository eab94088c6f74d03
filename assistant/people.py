"""People: who asks, and what they may do."""

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["reader", "teacher", "owner"]
"""What one may do, each all that those before may: ask and keep conversations; see what was asked
and not found; change the glossary and the settings."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks."""

    reader: str
    """The name by which conversations are kept; nobody's where it is empty."""
    role: Role = "reader"
    name: str = ""
    """What they are called; nothing where nobody signed in."""

    def may(self, role: Role) -> bool:
        """Whether they may do what this role may."""
        return get_args(Role).index(self.role) >= get_args(Role).index(role)
