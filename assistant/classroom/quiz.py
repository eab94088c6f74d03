"""A quiz: its questions, each with the sentence of the glossary that proves the right answer."""

from dataclasses import dataclass
from typing import Any, Literal

from assistant.answer import Citation
from knowledge.language.text import base
from knowledge.resources import resource

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
        return chosen == self.right


@dataclass(frozen=True, slots=True)
class Quiz:
    """Questions in one language, under a title."""

    title: str
    language: str
    items: tuple[Item, ...]


def wording(kind: Literal["quiz", "lesson"], language: str) -> dict[str, Any]:
    """What of the class is said in, in a language, or in English where it has no words of it."""
    known: dict[str, dict[str, Any]] = resource("assistant.classroom", kind)
    return known.get(base(language)) or known["en"]


def closed(language: str, name: str) -> Any:  # noqa: ANN401  (as the file has it)
    """A closed class of words of a language; None where it has none."""
    return resource("assistant.classroom", "quiz").get(base(language), {}).get(name)
