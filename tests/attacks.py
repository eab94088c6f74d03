"""Two hundred texts that would do harm if they were taken for anything but text.

Each may stand in an entry, in a question or in what a model writes. They call ``masrad_attacked``,
or fetch ``/attacked``: a browser's test sees whether one came through. ``tests/data/attacks.json``
holds them by kind, all but the long ones.
"""

import json
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "attacks.json"
_LONG = ("w" * 5000, "م" * 5000, "<b>" * 1000, "&" * 2000, "[" * 1000, " \t ")
_BY_KIND: dict[str, list[str]] = json.loads(_DATA.read_text("utf-8"))

ATTACKS: tuple[str, ...] = (*(text for texts in _BY_KIND.values() for text in texts), *_LONG)
