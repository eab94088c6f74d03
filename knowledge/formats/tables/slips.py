"""Slips: names of columns in which a letter is missing, too many, or another."""

from collections.abc import Iterable, Iterator

_LEAST, _LONGEST = 9, 20  # letters of a name in which one may be wrong


class Slips:
    """Long names, known by what is left of each without one of its letters."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {rest: name for name in names for rest in _less(name)}

    def name(self, written: str) -> str:
        """The name that may be meant; or “”. The first letter and the last are right: no plural."""
        ways = (self._names.get(rest, "") for rest in _less(written))
        ends = written[:1], written[-1:]
        return next((name for name in ways if (name[:1], name[-1:]) == ends), "")


def _less(name: str) -> Iterator[str]:
    if _LEAST <= len(name) <= _LONGEST and name.isascii() and name.isalpha():
        yield name
        for n in range(1, len(name)):
            yield name[:n] + name[n + 1 :]
