"""Claims: how well grounding tells what a passage bears out, by sentences that are labelled."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from tqdm import tqdm

from assistant.assistant import Assistant
from assistant.evaluation import EvaluationError
from assistant.evaluation.questions import fault
from assistant.evaluation.scoring import Score
from assistant.writers import Draft
from knowledge.entry import Passage
from knowledge.glossary import BUNDLED, Glossary

FOLDER = "claims"
"""Where, in the folder of a glossary, its claims are: a file a language."""

TRUE = "paraphrase"
"""The kind of claim that its passage bears out; all others are false of it."""

JUDGED = ("told apart", "recall", "let in", "precision")
"""The measures: claims judged rightly; true ones that pass, false ones, what is true of those."""

_WRONG = {True: "withheld, though it is true", False: "let in, though it is false"}
_ONE_IN = 3


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

    @property
    def held_out(self) -> bool:
        """Whether grounding was not tuned on it: so for a third, which is told by a hash."""
        return int(hashlib.sha256(self.passage.encode()).hexdigest(), 16) % _ONE_IN == 0


_PASSAGES = TypeAdapter(tuple[PassageFields, ...])


def read(glossary: Glossary, folder: Path | None = None) -> tuple[PassageFields, ...]:
    """The passages with claims of a glossary's folder.

    Raises:
        EvaluationError: a file is not as it should be.
    """
    found: list[PassageFields] = []
    for file in sorted((folder or glossary.path / FOLDER).glob("*.yaml")):
        try:
            found += _PASSAGES.validate_python(yaml.safe_load(file.read_text("utf-8")) or ())
        except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
            what = (
                fault(error) if isinstance(error, ValidationError) else " ".join(str(error).split())
            )
            raise EvaluationError(f"The claims in {file} cannot be read ({what}).") from error
    if lost := sorted({each.entry for each in found} - set(glossary.ids)):
        raise EvaluationError(f"There are claims on “{lost[0]}”, which is no entry: correct it.")
    return tuple(found)


def judge(assistant: Assistant) -> tuple[Score, ...]:
    """Grounds every claim in its passage; of the bundled glossary's those that are held out.

    Raises:
        EvaluationError: a file of claims is not as it should be.
    """
    glossary = assistant.glossary
    passages = [p for p in read(glossary) if p.held_out or glossary.path != BUNDLED]
    bar: Iterable[PassageFields] = tqdm(passages, desc="Grounding", unit=" passages", disable=None)
    return tuple(score for fields in bar for score in _judged(fields, assistant))


def _judged(fields: PassageFields, assistant: Assistant) -> Iterator[Score]:
    passage = fields.of()
    grounder = assistant.grounder((passage,), fields.language)
    for number, each in enumerate(fields.claims, 1):
        support, _ = grounder.ground(Draft(each.claim, (passage,)))
        passed, true = support != "unsupported", each.kind == TRUE
        parts = {"told apart": (float(passed == true), 1.0)}
        parts["recall" if true else "let in"] = float(passed), 1.0
        if passed:
            parts["precision"] = float(true), 1.0
        unit = f"{fields.language}/{fields.entry}/{fields.section}"
        yield Score(
            id=f"{unit}/{number}",
            asked=each.claim,
            language=fields.language,
            kind=each.kind,
            unit=unit,
            parts=parts,
            wrong="" if passed == true else _WRONG[true],
        )
