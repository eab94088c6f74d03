"""Demonstrations: what an entry says, computed before one's eyes, with a knob or two to move.

Each is a module of this folder, and the words of it in a YAML file of the same name. The module has

- ``ENTRIES``: the ids of the entries that it belongs to, each with what it begins with there;
- ``KNOBS``: what can be moved or typed;
- ``RIGHT``: which of the answers to its question is right, counted from 0;
- ``show(given)``: what is seen, a ``View``. Where ``given.revealed`` is false, nobody has predicted
  yet, and the view keeps back what the question asks.

The YAML file has for each language: ``title``, ``lead``, ``question``, ``answers``, ``because``,
``notice``, and ``knobs`` with a name for each. What else the module says stands there, too.
"""

import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any, TypeAlias

import yaml

from assistant.assistant import Assistant

Words: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Range:
    """A slider over some numbers; in an address it is told by its place among them."""

    name: str
    stops: Sequence[float]
    start: float
    digits: int = 0
    """After the point, as it is shown."""
    when: tuple[str, str] | None = None
    """The choice, and the option of it, with which alone it is there."""

    @property
    def first(self) -> str:
        """What it begins with, as an address has it."""
        return str(list(self.stops).index(self.start))

    def read(self, given: str) -> float:
        """Its value of an address; of a place that is none, the first or the last."""
        place = int(given) if given.lstrip("-").isdecimal() else int(self.first)
        return self.stops[min(max(place, 0), len(self.stops) - 1)]


@dataclass(frozen=True)
class Choice:
    """Some options, of which one is chosen; the words name each by ``NAME_OPTION``."""

    name: str
    options: tuple[str, ...]
    when: tuple[str, str] | None = None

    @property
    def first(self) -> str:
        """The option that it begins with."""
        return self.options[0]

    def read(self, given: str) -> str:
        """Its option of an address."""
        return given if given in self.options else self.first


@dataclass(frozen=True)
class Text:
    """A text of the reader's own; the words have the one that it begins with (``start_NAME``)."""

    name: str
    most: int = 200
    """Characters."""
    lines: int = 1
    when: tuple[str, str] | None = None
    first: str = ""

    def read(self, given: str) -> str:
        """The text of an address."""
        return given[: self.most].strip()


Knob: TypeAlias = Range | Choice | Text


def steps(low: float, high: float, by: float) -> tuple[float, ...]:
    """The numbers from one to another, both among them."""
    return tuple(round(low + n * by, 10) for n in range(round((high - low) / by) + 1))


class InputError(ValueError):
    """What the reader typed cannot be used; the words have what to do, under its key."""


@dataclass(frozen=True)
class Drawing:
    """A figure (``knowledge.blocks.figures``): its fields, of which ``says`` is the sentence."""

    figure: Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """The numbers of what is drawn, folded under a title unless they are the thing itself."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    folded: bool = True


@dataclass(frozen=True)
class Gauge:
    """A bar with words: how long it is, 0 to 1, and the number beside it."""

    label: str
    part: float
    number: str
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
    language: str = ""


@dataclass(frozen=True)
class Step:
    """A heading, and a sentence under it."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class Quote:
    """The glossary's own words, and the entry they are of."""

    text: str
    language: str
    entry_id: str
    term: str


Block: TypeAlias = Drawing | Table | Gauges | Pieces | Step | Quote


@dataclass(frozen=True)
class View:
    """What is seen: the sentence that says it, and below it what is drawn."""

    says: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Given:
    """What a demonstration is given."""

    values: Mapping[str, Any]
    """Of its knobs, by name."""
    revealed: bool
    language: str
    words: Words
    write: Callable[[float, int], str]
    """Writes a number as the language does, with so many digits after the point."""
    assistant: Assistant | None = None
    """That of the open glossary; None while it is being opened."""

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        return self.values[name]

    def say(self, key: str, **values: str | float) -> str:
        """Words of its own, with numbers written as the language does."""
        written = {k: v if isinstance(v, str) else self.number(v) for k, v in values.items()}
        return str(self.words[key]).format(**written)

    def number(self, value: float, digits: int = 2) -> str:
        """A number, with a digit after the point at most so many times."""
        text = self.write(value, digits)
        return text if value or not text else self.write(0.0, 0)


@dataclass(frozen=True)
class Demonstration:
    """A demonstration, as it was found."""

    name: str
    words: Mapping[str, Words]
    """By language."""
    knobs: tuple[Knob, ...]
    entries: Mapping[str, Mapping[str, str]]
    """The ids of its entries, each with what its knobs begin with there, as an address has it."""
    right: int
    show: Callable[[Given], View] = field(compare=False)

    def read(self, address: Mapping[str, str], language: str) -> dict[str, Any]:
        """What its knobs are set to, by an address."""
        words = self.words[language]
        return {
            knob.name: knob.read(
                address.get(knob.name, words.get(f"start_{knob.name}", "") or knob.first)
            )
            for knob in self.knobs
        }

    def view(self, given: Given) -> View:
        """What is seen; where the reader typed what cannot be used, a sentence that says so."""
        try:
            return self.show(given)
        except InputError as error:
            return View(given.say(str(error)), ())


@cache
def every() -> dict[str, Demonstration]:
    """All demonstrations by name: the modules of this folder."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return {found.name: found for found in map(_read, names)}


def of_entry(entry_id: str) -> list[Demonstration]:
    """The demonstrations of an entry."""
    return [each for each in every().values() if entry_id in each.entries]


def _read(module: str) -> Demonstration:
    found = import_module(f"{__name__}.{module}")
    text = files(__name__).joinpath(f"{module}.yaml").read_text("utf-8")
    name, words = module.replace("_", "-"), yaml.safe_load(text)
    return Demonstration(name, words, found.KNOBS, found.ENTRIES, found.RIGHT, found.show)


def numbers(text: str, least: int, most: int) -> list[float]:
    """The numbers of a text, in digits of either script.

    Raises:
        InputError: there are too few or too many, or one is no number.
    """
    plain = text.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩٫−", "0123456789.-"))
    parts = plain.replace("،", " ").replace(",", " ").replace(";", " ").replace("؛", " ").split()
    try:
        found = [float(part) for part in parts]
    except ValueError:
        raise InputError("wrong_input") from None
    if not least <= len(found) <= most or any(abs(n) > 1e6 for n in found):  # noqa: PLR2004
        raise InputError("wrong_input")
    return found
