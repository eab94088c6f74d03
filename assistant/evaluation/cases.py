"""Cases: questions with the entries that answer them, or why none does, read from YAML."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from assistant.answer import Kind
from assistant.evaluation import EvaluationError
from assistant.evaluation.lists import mappings
from knowledge.glossary import Glossary
from knowledge.language import base, clean

ANSWERS = 2
"""The grade of an entry that answers the question; 1 is the grade of one that also helps."""

FOLDER = "questions"
"""Where, in the folder of a glossary, its questions are."""

_ONE_IN = 3
_FIELDS = "language, kind, asks, question, entries, unanswerable and cross"
_KINDS = "|".join(get_args(Kind))


@dataclass(frozen=True)
class Case:
    """A question, and what should be found for it."""

    question: str
    language: str
    kind: str
    entries: Mapping[str, int]
    """Ids of the entries that should be found, each with its grade, 1 or 2."""
    unanswerable: str = ""
    """Why the glossary does not answer; empty if it does."""
    cross: bool = False
    """Whether the entries in the question's own language are to be hidden from it."""
    asks: tuple[str, ...] = ()
    """What the answer must give, in order (``define``, ``origin``); empty where it is not said."""

    @property
    def answerable(self) -> bool:
        """Whether the glossary answers."""
        return not self.unanswerable

    @property
    def held_out(self) -> bool:
        """Whether no tuning may look at it: so for a third of all questions, told by a hash."""
        return is_held_out(self.question)

    @property
    def key(self) -> tuple[str, str, bool]:
        """What makes it the same case in another run."""
        return self.question, self.language, self.cross


def _one_line(value: str) -> str:
    return " ".join(clean(value).split())


Line = Annotated[str, AfterValidator(_one_line), StringConstraints(strip_whitespace=True)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class CaseFields(BaseModel):
    """The fields of a case, as written."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)
    question: Words
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    kind: Words
    entries: dict[str, Literal[1, 2]] = Field(default_factory=dict)
    unanswerable: Line = ""
    cross: bool = False
    asks: Annotated[str, StringConstraints(pattern=rf"^({_KINDS})(\+({_KINDS}))*$")] = ""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.entries) == bool(self.unanswerable):
            what = "both entries and" if self.entries else "neither entries nor"
            raise ValueError(
                f"has {what} unanswerable: give the entries that answer it, or say why none does"
            )
        return self

    def case(self) -> Case:
        """The case."""
        asks = tuple(filter(None, self.asks.split("+")))
        return Case(**{**self.model_dump(), "asks": asks})


def is_held_out(text: str) -> bool:
    """Whether no tuning may look at it: so for a third of all texts, told by a hash."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % _ONE_IN == 0


def question_files(glossary: Glossary, given: Sequence[Path]) -> list[Path]:
    """The files that are given, or else those of the glossary's folder of questions.

    Raises:
        EvaluationError: none is given and the glossary has none.
    """
    if given:
        return list(given)
    files = sorted((glossary.path / FOLDER).glob("*.yaml"))
    if not files:
        raise EvaluationError(
            f"The glossary has no questions to evaluate it with: put files of them into its folder"
            f" {FOLDER}/, as *.yaml, or name files on the command line."
        )
    return files


def read(files: Sequence[Path], glossary: Glossary) -> tuple[Case, ...]:
    """The cases of the files, in order.

    A file is a YAML list with one mapping a case: ``language``, ``kind`` and ``question``; then
    ``entries`` (grades by id) or ``unanswerable`` (why); and ``cross: true`` where the entries in
    the question's own language are to be hidden.

    Raises:
        EvaluationError: a file cannot be read, or a case is not as it should be; names file, line.
    """
    seen: dict[tuple[str, str, bool], str] = {}
    cases: list[Case] = []
    for file in files:
        for line, values in mappings(file):
            place = f"{file}:{line}"
            case = _case(values, place)
            for entry_id in case.entries:
                _check(entry_id, case, glossary, place)
            if first := seen.get(case.key):
                raise EvaluationError(f"{place}: asks the same as {first}: remove one of them.")
            seen[case.key] = place
            cases.append(case)
    if not cases:
        raise EvaluationError(f"{files[0]}:1: holds no question: write a list of them.")
    return tuple(cases)


def _case(values: object, place: str) -> Case:
    if not isinstance(values, dict):
        raise EvaluationError(f"{place}: is not a case: write a mapping of {_FIELDS}.")
    try:
        return CaseFields.model_validate(values).case()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(str(part) for part in first["loc"])
        match first["type"]:
            case "extra_forbidden":
                what = f"has an unknown field “{path}”: the fields are {_FIELDS}"
            case "missing":
                what = f"has no {path}: add it"
            case "value_error":
                what = first["msg"].removeprefix("Value error, ")
            case _:
                what = f"“{path}” is not as it should be: {first['msg']}"
        raise EvaluationError(f"{place}: {what}.") from error


def _check(entry_id: str, case: Case, glossary: Glossary, place: str) -> None:
    versions = glossary.versions(entry_id)
    if not versions:
        raise EvaluationError(
            f"{place}: “{entry_id}” is no entry of the glossary: correct the id, or remove it."
        )
    if case.cross and all(base(e.language) == base(case.language) for e in versions):
        raise EvaluationError(
            f"{place}: “{entry_id}” has no entry in another language than “{case.language}”:"
            " remove “cross”, or choose another entry."
        )
