"""People: who asks, and what they may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Role = Literal["reader", "teacher", "owner"]
"""What one may do, each all that those before may: ask and keep conversations; see what was asked
and not found; change the glossary and the settings."""
Claims = Mapping[str, Any]
"""What a provider says of somebody: ``email``, ``name`` … (OpenID Connect Core 1.0, 5.1)."""


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


def fits(claims: Claims, rule: str) -> bool:
    """Whether a rule means somebody: by an address, a domain (``@uni.example``), or a claim.

    A claim is written ``groups=staff``: it is that value, or one of several. An address that the
    provider has not verified is none.
    """
    name, is_claim, value = rule.partition("=")
    if is_claim:
        held = claims.get(name, [])
        return value in map(str, held if isinstance(held, list) else [held])
    verified = str(claims.get("email_verified", True)).lower() == "true"
    address = str(claims.get("email", "")).casefold() if verified else ""
    wanted = rule.casefold()
    return bool(address) and (address.endswith(wanted) if wanted[:1] == "@" else address == wanted)
