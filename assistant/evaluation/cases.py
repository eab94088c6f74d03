"""Questions with the sentences that answer them, as JSON Lines."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from assistant import AssistantError
from knowledge.glossary import Glossary

BUNDLED_QUESTIONS = Path(str(files("assistant.evaluation") / "bundled"))
"""The questions on the bundled glossary: ``tuned`` are those that the ranker learned of; those
``held-out`` share no entry with them; ``found`` are labelled with entries alone."""
HELD_OUT = sorted(BUNDLED_QUESTIONS.glob("*held-out*.jsonl"))

KINDS = (
    "define", "how", "why", "howto", "compare", "example", "list", "yesno", "who_when", "number",
    "advice", "restate", "teach", "smalltalk", "identity", "offtopic", "near_miss", "premise",
    "other",
)  # fmt: skip
MET = ("smalltalk", "identity")
"""Kinds that want a reply of the assistant's own."""

Pair = tuple[str, str]
"""An entry's id, and a sentence of it, word for word."""


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Case:
    """A question, and what answers it."""

    id: str
    question: str
    language: str
    kind: Literal[KINDS]  # type: ignore[valid-type]
    answerable: bool | Literal["partly"]
    key: tuple[Pair, ...] = ()
    """Any one of these, quoted, answers."""
    groups: tuple[tuple[Pair, ...], ...] = ()
    """Of a question of several parts: what answers each of them."""
    good: tuple[Pair, ...] = ()
    """What else belongs in a good answer."""
    conversation: str | None = None
    """Turns of one are asked in order, each with the answers before it."""
    turn: int = 1
    note: str = ""
    may_repeat: bool = False
    """Whether a restatement may say what was said before."""
    entries: tuple[str, ...] = ()
    """Where no sentences are labelled: the entries of which one answers."""

    @property
    def unit(self) -> str:
        """What stands or falls together: its conversation, or itself."""
        return f"{self.language}/{self.conversation or self.id}"

    @property
    def every_key(self) -> tuple[Pair, ...]:
        """The sentences of which one answers, of all its parts; else the entries alone."""
        return (*self.key, *(p for group in self.groups for p in group)) or tuple(
            (entry_id, "") for entry_id in self.entries
        )


Labelled = TypeVar("Labelled")


def read(file: Path, glossary: Glossary) -> tuple[Case, ...]:
    """The questions of a file, in order; turns of a conversation follow each other.

    Raises:
        AssistantError: the file cannot be read, a question is not as it should be, or a sentence
            does not stand in its entry; names file and line.
    """
    texts = {
        i: "\n\n".join(s.text for e in glossary.versions(i) for s in e.sections)
        for i in glossary.ids
    }
    found: dict[str, Case] = {}
    turns: dict[str, int] = {}
    for place, case in labelled(file, Case):
        if wrong := _wrong(case, texts):
            raise AssistantError(f"{place}: {wrong}.")
        if case.id in found:
            raise AssistantError(f"{place}: “{case.id}” is the id of an earlier question.")
        if case.turn != turns.get(case.unit, 0) + 1:
            raise AssistantError(
                f"{place}: turn {case.turn} does not follow the turn before it: put the turns"
                " of a conversation in order, from 1."
            )
        if case.conversation:
            turns[case.unit] = case.turn
        found[case.id] = case
    if not found:
        raise AssistantError(f"{file}:1: holds no question: write one a line.")
    return tuple(found.values())


def _wrong(case: Case, texts: Mapping[str, str]) -> str:
    """What is wrong with a question's labels, if anything is."""
    if case.every_key and not case.answerable:
        return "says what answers it, and that nothing does: correct “answerable”"
    if case.answerable and not case.every_key:
        return "does not say what answers it: give “key”, “groups” or “entries”"
    for entry_id, sentence in (*case.every_key, *case.good):
        if entry_id not in texts:
            return f"the glossary has no entry “{entry_id}”: correct the id"
        if sentence not in texts[entry_id]:
            return f"“{entry_id}” does not say “{sentence[:60]}”: give its words"
    return ""


def labelled(file: Path, kind: type[Labelled]) -> Iterator[tuple[str, Labelled]]:
    """What stands in the lines of a file, each with its place, file and line.

    Raises:
        AssistantError: the file cannot be read, or a line is not of that kind.
    """
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not in UTF-8"
        raise AssistantError(
            f"The questions in {file} cannot be read ({reason}): name a file of JSON Lines."
        ) from error
    adapter = TypeAdapter(kind)
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield f"{file}:{number}", adapter.validate_json(line)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                path = ".".join(map(str, first["loc"])) or "the line"
                what = f"“{path}” is not as it should be: {first['msg']}"
                raise AssistantError(f"{file}:{number}: {what}.") from error
