"""A quiz: its questions, each with the sentence of the glossary that proves the right answer."""

from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, Self

import yaml
from pydantic import TypeAdapter

from assistant.answer import Citation
from knowledge.language.text import base

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Kind = Literal["term", "definition", "gap", "order", "truth", "sum"]
"""Which term is meant; which definition is right; fill the gap; order the steps; true or false;
compute it."""
KINDS: tuple[Kind, ...] = ("term", "definition", "gap", "order", "truth", "sum")


@dataclass(frozen=True, slots=True)
class Item:
    """A question, what is chosen from, and which of it is right."""

    kind: Kind
    language: str
    prompt: str
    """What is asked, as plain text: a line of the interface, then lines of the glossary."""
    options: tuple[str, ...]
    """What is chosen from; of ``order`` the steps, shuffled."""
    right: tuple[int, ...]
    """The right option; of ``order`` all of them, in their right sequence."""
    key: Citation
    """The sentence that proves it, verbatim."""
    change: str = ""
    """Of ``truth`` that is false: what was changed, as ``2014 → 2017``."""

    def is_right(self, chosen: tuple[int, ...]) -> bool:
        """Whether these options, in this sequence, are the answer."""
        said = tuple(self.options[n] for n in chosen if 0 <= n < len(self.options))
        return said == tuple(self.options[n] for n in self.right)


class Told:
    """A dataclass that is told as JSON, and back."""

    __slots__ = ()

    def as_json(self: "DataclassInstance") -> dict[str, Any]:
        """All of it, for ``of_json``."""
        return asdict(self)

    @classmethod
    def of_json(cls, value: object) -> Self:
        """What ``as_json`` told; ValueError where it is none."""
        return TypeAdapter(cls).validate_python(value)


@dataclass(frozen=True, slots=True)
class Quiz(Told):
    """Questions in one language, under a title."""

    title: str
    language: str
    items: tuple[Item, ...]

    def as_text(self) -> str:
        """The questions to hand out; then the key, apart, with the sentence that proves each."""
        said = wording("quiz", self.language)
        letters = said["letters"].split()
        asked = [said["title"].format(title=self.title)]
        key = [said["key"]]
        for number, item in enumerate(self.items, 1):
            options = [f"   {letters[n]}) {text}" for n, text in enumerate(item.options)]
            asked.append("\n".join([f"{number}. {item.prompt}", *options]))
            right = " ".join(letters[n] for n in item.right)
            told = f" ({said['changed']}: {item.change})" if item.change else ""
            key.append(f"{number}. {right}{told}\n   {item.key.quote}\n   — {item.key.term}")
        return "\n\n".join([*asked, "* * *", *key]) + "\n"


@cache
def _worded(kind: str) -> dict[str, dict[str, Any]]:
    text = files("assistant.classroom").joinpath(f"{kind}.yaml").read_text("utf-8")
    values: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return values


def wording(kind: Literal["quiz", "lesson"], language: str) -> dict[str, Any]:
    """What of the class is said in, in a language, or in English where it has no words of it."""
    known = _worded(kind)
    return known.get(base(language)) or known["en"]


def closed(language: str, name: str) -> Any:  # noqa: ANN401  (as the file has it)
    """A closed class of words of a language; None where it has none."""
    return _worded("quiz").get(base(language), {}).get(name)
