"""Demonstrations: what an entry says, computed before one's eyes, with a knob or two to move.

Each is a module of this folder with ``show(given)``, which gives what is seen: a ``View``. Where
``given.revealed`` is false, nobody has predicted yet, and what the question asks is kept back.
A YAML file of the same name says the rest: ``entries``, the ids that it belongs to, each with what
the knobs begin with there; ``knobs`` (see ``Knob``); and for each language its words: ``title``,
``lead``, ``question``, ``answers``, ``right``, which of these is right, from 0, ``because``,
``notice``, ``labels`` of the knobs, and whatever else ``given.say`` says. Under ``in`` stand other
words for some entries, such as a question of their own.
"""

import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from assistant.answer import Citation
from assistant.assistant import Assistant
from knowledge.blocks.figures import Figure

Cell: TypeAlias = str | float
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩٫−،؛;", "0123456789.-,,,")
_FAR = 1e6  # what is typed is smaller


@dataclass(frozen=True)
class Knob:
    """What can be moved: a slider that has ``stops``, a choice of ``options``, or else a text."""

    name: str
    stops: Sequence[float] = ()
    """The numbers of a slider; an address has the place among them. ``range`` in YAML: the first,
    the last, and how far they are apart."""
    options: Sequence[str] = ()
    """The words name each, under ``NAME``; the first is chosen."""
    start: float = 0
    """Where a slider begins; a text begins with what the words have as ``start_NAME``."""
    most: int = 200
    """Characters of a text."""
    lines: int = 1
    language: str = ""
    """In which the text is typed; else that of the page."""
    when: str = ""
    """``CHOICE=OPTION``, with which alone it is there."""

    def read(self, given: str | None, words: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Its value of an address; what cannot be one is what it begins with."""
        if self.stops:
            place = int(given[:4]) if given and given.isdecimal() else self.stops.index(self.start)
            return self.stops[min(place, len(self.stops) - 1)]
        if self.options:
            return given if given in self.options else self.options[0]
        return str(words[f"start_{self.name}"] if given is None else given)[: self.most].strip()


class InputError(ValueError):
    """What the reader typed cannot be used; its text is the key of the words that say so."""


@dataclass(frozen=True)
class Table:
    """The numbers of what is drawn; folded, unless they are the thing itself."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    folded: bool = True


@dataclass(frozen=True)
class Gauge:
    """A bar with words: how long it is, 0 to 1, and what stands behind it."""

    label: str
    part: float
    number: Cell
    marked: str = ""
    """Why it stands out, in a word or two."""


@dataclass(frozen=True)
class Gauges:
    """Bars with words, and on them a threshold, 0 to 1, if there is one."""

    rows: Sequence[Gauge]
    threshold: float | None = None


@dataclass(frozen=True)
class Pieces:
    """A text in pieces."""

    pieces: Sequence[str]
    language: str


@dataclass(frozen=True)
class Section:
    """Some of it under a heading, and a sentence that says what it is."""

    title: str
    text: str = ""
    blocks: "Sequence[Block]" = ()
    whole: bool = False
    """Whether it has all of the width."""


@dataclass(frozen=True)
class Alone:
    """A button that asks the chat model by itself, and the place of what it says."""

    label: str
    question: str


Block: TypeAlias = Figure | Table | Gauges | Pieces | Citation | Section | Alone


@dataclass(frozen=True)
class View:
    """What is seen: the sentence that says it, and below it what is drawn."""

    says: str
    blocks: Sequence[Block] = ()


@dataclass(frozen=True)
class Given:
    """What a demonstration is given: what its knobs are set to, and its words."""

    values: Mapping[str, Any]
    revealed: bool
    language: str
    words: Mapping[str, Any]
    write: Callable[[float], str]
    """Writes a number as the language does."""
    assistant: Assistant | None = None
    """That of the open glossary; None while it is being opened."""

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        return self.values[name]

    def say(self, key: str, **values: Cell) -> str:
        """Words of its own, with numbers written as the language does."""
        written = {k: v if isinstance(v, str) else self.write(v) for k, v in values.items()}
        return str(self.words[key]).format(**written)

    def listed(self, words: Iterable[str]) -> str:
        """Words in a row."""
        return ("، " if self.language == "ar" else ", ").join(words)


@dataclass(frozen=True)
class Demonstration:
    """A demonstration, as it was found."""

    name: str
    show: Callable[[Given], View]
    words: Mapping[str, Mapping[str, Any]]
    knobs: Sequence[Knob]
    entries: Mapping[str, Mapping[str, str]]

    def told(self, language: str, entry_id: str = "") -> Mapping[str, Any]:
        """Its words, as they are in an entry."""
        words = self.words[language]
        return {**words, **words.get("in", {}).get(entry_id, {})}

    def read(self, address: Mapping[str, str], language: str) -> dict[str, Any]:
        """What its knobs are set to, by an address."""
        return {k.name: k.read(address.get(k.name), self.words[language]) for k in self.knobs}

    def view(self, given: Given) -> View:
        """What is seen; where the reader typed what cannot be used, a sentence that says so."""
        try:
            return self.show(given)
        except InputError as error:
            return View(given.say(str(error)))


@cache
def every() -> dict[str, Demonstration]:
    """All demonstrations by name: the modules of this folder."""
    found = (_read(module.name) for module in pkgutil.iter_modules(__path__))
    return {each.name: each for each in found}


def of_entry(entry_id: str) -> list[Demonstration]:
    """The demonstrations of an entry."""
    return [each for each in every().values() if entry_id in each.entries]


def _read(module: str) -> Demonstration:
    found = import_module(f"{__name__}.{module}")
    words = yaml.safe_load(Path(str(found.__file__)).with_suffix(".yaml").read_text("utf-8"))
    entries, knobs = words.pop("entries"), words.pop("knobs")
    begun = {i: {k: str(v) for k, v in (about or {}).items()} for i, about in entries.items()}
    for about in (about for about in knobs.values() if "range" in about):
        low, high, by = about.pop("range")
        about["stops"] = [round(low + n * by, 10) for n in range(round((high - low) / by) + 1)]
    moved = [Knob(name, **about) for name, about in knobs.items()]
    return Demonstration(module.replace("_", "-"), found.show, words, moved, begun)


def numbers(text: str, least: int, most: int) -> list[float]:
    """The numbers of a text, in either script, with commas between; InputError else."""
    try:
        found = [float(part) for part in text.translate(_DIGITS).replace(",", " ").split()]
    except ValueError:
        raise InputError("wrong_input") from None
    if not least <= len(found) <= most or not all(abs(n) < _FAR for n in found):
        raise InputError("wrong_input")
    return found


def series(kind: str, name: str, xs: Iterable[float], ys: Iterable[float]) -> dict[str, Any]:
    """Points, a line or a curve for a plot."""
    return {"name": name, kind: [(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]}


def plot(
    says: str,
    x: str,
    y: str,
    *drawn: Mapping[str, Any],
    across: tuple[float, float] | None = None,
    up: tuple[float, float] | None = None,
) -> Figure:
    """A plot of some series, with the names of its axes and from where to where they go."""
    drawing = {"x": x, "y": y, "series": drawn, "x_range": across, "y_range": up}
    return Figure.model_validate({"says": says, "plot": drawing})


def bars(says: str, y: str, labels: Sequence[str], **heights: Iterable[float]) -> Figure:
    """Bars above labels, in a colour for each name."""
    drawn = [{"name": k, "values": [round(float(v), 3) for v in h]} for k, h in heights.items()]
    drawing = {"y": y, "labels": labels, "series": drawn}
    return Figure.model_validate({"says": says, "bars": drawing})


def matrix(says: str, row: str, column: str, sides: Mapping[str, Any], values: Any) -> Figure:  # noqa: ANN401
    """A matrix; ``sides`` has the names of its ``rows`` and ``columns``."""
    shown = [[round(float(value), 2) for value in each] for each in values]
    drawing = {"row": row, "column": column, **sides, "values": shown}
    return Figure.model_validate({"says": says, "matrix": drawing})
