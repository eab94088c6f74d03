"""Claims: how well grounding tells what a passage bears out, by sentences that are labelled."""

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict
from tqdm import tqdm

from assistant.assistant import Assistant
from assistant.evaluation import EvaluationError
from assistant.evaluation.cases import is_held_out
from assistant.evaluation.lists import items
from assistant.evaluation.scores import Score, Sheet
from assistant.writers import Draft
from knowledge.entry import Passage
from knowledge.glossary import Glossary

FOLDER = "claims"
"""Where, in the folder of a glossary, its claims are: a file a language."""

TRUE: Final = "paraphrase"
"""The kind of claim that its passage bears out; all others are false of it."""


class ClaimFields(BaseModel):
    """A sentence about a passage, as written, and of what kind it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Literal[
        "paraphrase", "number", "entity", "negation", "strengthened", "elsewhere", "mixture"
    ]
    claim: str


class PassageFields(BaseModel):
    """A passage, as written, and the sentences about it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    entry: str
    section: str
    language: str
    term: str
    passage: str
    claims: tuple[ClaimFields, ...]

    def of(self) -> Passage:
        """The passage by itself."""
        return Passage("claim", self.entry, self.term, self.language, self.section, 0, self.passage)


def read(glossary: Glossary, folder: Path | None = None) -> tuple[PassageFields, ...]:
    """The passages with claims of a glossary's folder.

    Raises:
        EvaluationError: a file cannot be read, or an item is not as it should be.
    """
    found = []
    for file in sorted((folder or glossary.path / FOLDER).glob("*.yaml")):
        for place, fields in items(file, PassageFields):
            if not glossary.versions(fields.entry):
                raise EvaluationError(f"{place}: “{fields.entry}” is no entry of the glossary.")
            found.append(fields)
    return tuple(found)


def judge(passages: Sequence[PassageFields], assistant: Assistant) -> Sheet:
    """Grounds every claim in its passage.

    ``recall`` is the part of true claims that pass as supported; ``let in`` that of false ones;
    ``precision`` the part of those that pass which are true.
    """
    bar: Iterable[PassageFields] = tqdm(passages, desc="Grounding", unit=" passages", disable=None)
    scores = [score for fields in bar for score in _judged(fields, assistant)]
    return Sheet(
        "claims", "Grounding of labelled claims", ("recall", "let in", "precision"), tuple(scores)
    )


def _judged(fields: PassageFields, assistant: Assistant) -> Iterator[Score]:
    passage = fields.of()
    grounder = assistant.grounder((passage,), fields.language)
    for each in fields.claims:
        support, _ = grounder.ground(Draft(each.claim, (passage,)))
        passed, true = support != "unsupported", each.kind == TRUE
        yield Score(
            what=each.claim,
            language=fields.language,
            kind=each.kind,
            held_out=is_held_out(fields.passage),
            values={
                "recall": float(passed) if true else math.nan,
                "let in": math.nan if true else float(passed),
                "precision": float(true) if passed else math.nan,
            },
            note="" if passed == true else support,
        )
