"""A quiz: its questions, each with the sentence of the glossary that proves the right answer."""

from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Citation

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


@dataclass(frozen=True, slots=True)
class Quiz:
    """Questions in one language, under a title."""

    title: str
    language: str
    items: tuple[Item, ...]

    def as_json(self) -> dict[str, Any]:
        """All of it, for ``of_json``."""
        return asdict(self)

    @classmethod
    def of_json(cls, value: object) -> Self:
        """The quiz that ``as_json`` told.

        Raises:
            ValueError: it is none.
        """
        try:
            return TypeAdapter(cls).validate_python(value)
        except ValidationError as error:
            raise ValueError(str(error)) from error
