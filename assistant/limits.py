"""Limits: how often one may ask, how many at once, what the chat model may cost: as set."""

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from assistant import LimitError, WriterError, telemetry

Kind = Literal["questions", "model calls", "cost", "at once"]
Window = Literal["minute", "hour", "day", "month"]

_ONE = re.compile(
    rf"""(?P<most>\d+(?:\.\d+)?)\s*
    (?:(?P<kind>questions|model\ calls)?\s*/\s*(?P<window>{"|".join(get_args(Window))})
      |(?P<once>at\ once))
    (?P<all>\s+in\ all)?""",
    re.VERBOSE | re.IGNORECASE,
)
_WHY = {
    "own": "You have asked as often as one may",
    "busy": "Your other questions are still being answered",
    "all": "As many questions are being asked as may be",
}
_AT_ONCE = 5.0  # seconds after which to ask again, where others are being answered


@dataclass(frozen=True, slots=True)
class Limit:
    """How much there may be of something, for each reader or ``in_all``."""

    most: float
    kind: Kind
    window: Window | None = None
    """The minute, hour, day or month of the calendar (UTC); none for how many at once."""
    in_all: bool = False

    def __str__(self) -> str:
        if self.kind == "cost":
            said = f"{self.most:.2f}/{self.window}"
        else:
            said = f"{self.most:.0f} {self.name}"
        return f"{said} in all" if self.in_all else said

    @property
    def name(self) -> str:
        """By which it is counted."""
        return f"{self.kind}/{self.window}" if self.window else self.kind

    def span(self, now: datetime) -> tuple[datetime, datetime]:
        """When the window began that it is now, and when it ends."""
        start = now.astimezone(UTC).replace(second=0, microsecond=0)
        match self.window:
            case "minute":
                return start, start + timedelta(minutes=1)
            case "hour":
                return (start := start.replace(minute=0)), start + timedelta(hours=1)
            case "day":
                return (start := start.replace(minute=0, hour=0)), start + timedelta(days=1)
            case "month":
                start = start.replace(minute=0, hour=0, day=1)
                return start, (start + timedelta(days=32)).replace(day=1)
        return datetime(2000, 1, 1, tzinfo=UTC), now + timedelta(seconds=_AT_ONCE)

    def refusal(self, now: datetime) -> LimitError:
        """Why a question is not let in, and when it may be."""
        seconds = max(1, math.ceil((self.span(now)[1] - now).total_seconds()))
        kind = "all" if self.in_all else "own" if self.window else "busy"
        again = f"ask again in {seconds} second{'s' * (seconds > 1)}"
        telemetry.tell(telemetry.Limited(str(self)))
        said = f"{_WHY[kind]} ({self}): {again}."
        return LimitError(said, limit=str(self), kind=kind, retry_after=seconds)

    def used_up(self) -> WriterError:
        """Why the chat model is not asked."""
        telemetry.tell(telemetry.Limited(str(self)))
        said = f"The chat model has answered as much as it may ({self}): ask again later."
        return WriterError(said, "limited")


def read(text: str) -> tuple[Limit, ...]:
    """Limits as they are set, ``20 questions/minute, 40 at once in all``; in the order of counting.

    Raises:
        ValueError: one of them is none.
    """
    limits = [_read(one) for one in map(str.strip, text.split(",")) if one]
    # All count in one order, so that no two wait for each other.
    return tuple(sorted(limits, key=lambda each: (each.in_all, each.name)))


def _read(text: str) -> Limit:
    found = _ONE.fullmatch(text)
    kind = (found["kind"] or found["once"] or "cost").lower() if found else ""
    most = float(found["most"]) if found else 0.0
    if found is None or most <= 0 or (kind != "cost" and not most.is_integer()):
        raise ValueError(
            f"“{text}” is no limit, which is written like 20 questions/minute, 30 model calls/hour,"
            " 4 at once or 50.00/month, with “in all” behind it where it is not for each reader"
        )
    window = found["window"] and found["window"].lower()
    return Limit(most, kind, window, bool(found["all"]))  # type: ignore[arg-type]
