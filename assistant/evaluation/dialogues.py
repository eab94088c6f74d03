"""Dialogues: whether follow-ups are understood from what was said, by scripts with labels."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints
from tqdm import tqdm

from assistant.answer import Answer, Kind
from assistant.assistant import Assistant
from assistant.evaluation import EvaluationError
from assistant.evaluation.cases import is_held_out
from assistant.evaluation.lists import items
from assistant.evaluation.scores import Score, Sheet
from assistant.extent import Length, Level
from assistant.question import Question, understand
from knowledge.glossary import Glossary
from knowledge.language import base

FOLDER = "conversations"
"""Where, in the folder of a glossary, its scripts are: a file a language."""


class TurnFields(BaseModel):
    """A turn as written: what is asked, and what it is about once it is understood."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    ask: Annotated[str, StringConstraints(min_length=1)]
    about: tuple[str, ...]
    asks: Kind | str
    language: str | None = None
    length: Length = "normal"
    level: Level = "normal"


class ScriptFields(BaseModel):
    """A script as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    turns: tuple[TurnFields, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A conversation with labels."""

    language: str
    turns: tuple[TurnFields, ...]

    @property
    def held_out(self) -> bool:
        """Whether no tuning may look at it."""
        return is_held_out(self.turns[0].ask)


def read(glossary: Glossary, folder: Path | None = None) -> tuple[Script, ...]:
    """The scripts of a glossary's folder, by the language that each file is named for.

    Raises:
        EvaluationError: a file cannot be read, or a turn is not as it should be.
    """
    scripts = []
    for file in sorted((folder or glossary.path / FOLDER).glob("*.yaml")):
        for place, fields in items(file, ScriptFields):
            unknown = [i for t in fields.turns for i in t.about if not glossary.versions(i)]
            if unknown:
                raise EvaluationError(f"{place}: “{unknown[0]}” is no entry of the glossary.")
            scripts.append(Script(file.stem, fields.turns))
    return tuple(scripts)


def ask(scripts: Sequence[Script], assistant: Assistant) -> Sheet:
    """Holds every conversation with the quote writer, and scores each turn after the first."""
    bar: Iterable[Script] = tqdm(scripts, desc="Conversing", unit=" scripts", disable=None)
    scores = [score for script in bar for score in _held(script, assistant)]
    return Sheet("dialogues", "Follow-ups", ("resolved", "kind"), tuple(scores))


def _held(script: Script, assistant: Assistant) -> Iterator[Score]:
    history: list[Answer] = []
    names = assistant.retriever.names
    for number, turn in enumerate(script.turns):
        question = understand(turn.ask, assistant.glossary, names, history)
        answer = assistant.ask(turn.ask, history, writer="quote")
        if number:
            literal = set(names.find(turn.ask, script.language).entry_ids)
            about = _about(question, answer)
            kind = "chat" if question.small_talk else question.kind
            same_kind = kind == turn.asks or not turn.about
            right = same_kind and resolves(turn, about, literal) and _styled(turn, question)
            yield Score(
                what=turn.ask,
                language=script.language,
                kind=turn.asks,
                held_out=script.held_out,
                values={"resolved": float(right), "kind": float(same_kind)},
                note="" if right else f"{question.understood} ({kind}: {', '.join(sorted(about))})",
            )
        history.append(answer)


def _about(question: Question, answer: Answer) -> set[str]:
    """What a turn was taken to be about: what it names or leans on; else what was found."""
    if question.small_talk:
        return set()
    named = {entry_id for each in question.asks for entry_id in each.focus}
    listed = question.kind == "list"
    return named or (set() if listed or answer.status != "answered" else set(answer.focus))


def resolves(turn: TurnFields, about: set[str], literal: set[str]) -> bool:
    """Whether a turn was taken to be about what it is about.

    All that it is about must be there, and nothing else but what it names itself. A list is about
    nothing by its label. A turn about nothing in the glossary must not be given a topic.
    """
    wanted = set(turn.about)
    if turn.asks == "list":
        return True
    if not wanted:
        return about <= literal or (turn.asks != "chat" and not about - literal)
    return wanted <= about <= wanted | literal


def _styled(turn: TurnFields, question: Question) -> bool:
    """Whether language, length and level are those asked for."""
    spoken = turn.language is None or base(question.language) == turn.language
    return spoken and (turn.length, turn.level) == (question.length, question.level)
