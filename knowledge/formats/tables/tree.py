"""Trees: the values of a YAML text with their lines, built so that no input can hurt.

Of JSON and TOML, whose parsers tell no lines, those of the terms are looked for.
"""

import json
from typing import Any

import yaml

_DEEPEST = 40  # values within values
_DEEPEST_PARSED = 100  # of JSON and TOML, whose parsers would go deeper than readers can follow
_ALIASES = 10_000
_MISSES = 50  # terms that are not found as they are written: then none is looked for any more
_NULLS = ("", "~", "null", "Null", "NULL")


class Mapping(dict[str, Any]):
    """A mapping of YAML, with the lines of its keys."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


def line(value: Any, key: str) -> int:  # noqa: ANN401
    """The line of a key in a value, or of the value."""
    return value.lines.get(key, value.line) if isinstance(value, Mapping) else 1


def refuse_deep(value: Any) -> None:  # noqa: ANN401
    """Takes no offence at a value that readers can follow to its end.

    Raises:
        RecursionError: it nests too deep for them.
    """
    within: list[Any] = [[value]]
    for _ in range(_DEEPEST_PARSED + 1):
        inner = (each.values() if isinstance(each, dict) else each for each in within)
        within = [held for each in inner for held in each if isinstance(held, dict | list)]
        if not within:
            return
    raise RecursionError


def of_yaml(text: str) -> list[Any]:
    """The documents of a text; every scalar is text as it stands, or None.

    Built from the parser's events, for the lines, and because nothing nests then but the data.

    Raises:
        YAMLError: it is not valid, nests too deep, or has aliases within what is anchored.
    """
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: list[Any] = []
    building = _Building()
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.DocumentEndEvent):
            found.append(building.root)
            building = _Building()
        else:
            building.take(event)
    return found


class _Building:
    """What is built so far: the open collections, the innermost last."""

    def __init__(self) -> None:
        self.root: Any = None
        self._open: list[tuple[Any, bool]] = []  # and whether it is anchored
        self._keys: list[list[str]] = []  # the key that waits for its value, if any
        self._anchors: dict[str, Any] = {}
        self._aliases = 0

    def take(self, event: Any) -> None:  # noqa: ANN401
        """Adds what an event of the parser brings."""
        number = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            value = None if event.implicit[0] and event.value in _NULLS else event.value
            self._anchored(event, value)
            self._put(value, number)
        elif isinstance(event, yaml.AliasEvent):
            self._aliases += 1
            if self._aliases > _ALIASES or any(anchored for _, anchored in self._open):
                raise _refused("aliases within aliases", event)
            self._put(self._anchors.get(event.anchor or ""), number)
        elif isinstance(event, yaml.CollectionStartEvent):
            held: Any = [] if isinstance(event, yaml.SequenceStartEvent) else Mapping(number)
            self._anchored(event, held)
            self._open.append((held, bool(event.anchor)))
            self._keys.append([])
            if len(self._open) > _DEEPEST:
                raise _refused("nests too deep", event)
        elif isinstance(event, yaml.CollectionEndEvent):
            held, _ = self._open.pop()
            self._keys.pop()
            self._put(held, held.line if isinstance(held, Mapping) else number)

    def _anchored(self, event: Any, value: Any) -> None:  # noqa: ANN401
        if event.anchor:
            self._anchors[event.anchor] = value

    def _put(self, value: Any, number: int) -> None:  # noqa: ANN401
        if not self._open:
            self.root = value
            return
        holder, keys = self._open[-1][0], self._keys[-1]
        if isinstance(holder, list):
            holder.append(value)
        elif not keys:
            keys.append("" if value is None else str(value)[:1000])
            holder.lines.setdefault(keys[0], number)
        elif (key := keys.pop()) == "<<" and isinstance(value, dict):
            holder.update({k: v for k, v in value.items() if k not in holder})
        else:
            holder[key] = value


def _refused(why: str, event: Any) -> yaml.YAMLError:  # noqa: ANN401
    return yaml.composer.ComposerError(None, None, why, event.start_mark)


class Lines:
    """The line of a place in a text, and of a term that is looked for from there on."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._line, self._misses = text, 0, 1, 0

    def at(self, position: int) -> int:
        """The line of a place; it is the same as of the last, or follows it."""
        if position >= self._at:
            self._line += self._text.count("\n", self._at, position)
            self._at = position
        return self._line

    def of(self, _: Any, name: str) -> int:  # noqa: ANN401
        """The line where a term is named next, or the last one if it is nowhere."""
        if name and self._misses < _MISSES:
            place = self._text.find(json.dumps(name, ensure_ascii=False), self._at)
            if place < 0:
                place = self._text.find(json.dumps(name), self._at)
            if place >= 0:
                return self.at(place)
            self._misses += 1
        return self._line
