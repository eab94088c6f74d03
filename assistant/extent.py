"""The extent of an answer: how long it is, and for whom it is written."""

from typing import Literal

Length = Literal["short", "normal", "full"]
Level = Literal["simple", "normal", "deep"]
