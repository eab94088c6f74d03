"""Claims: what verification lets through, by labelled sentences as a strong chat model writes them.

Without a chat model the hard checks alone are measured; with one, the judge has its say too.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass
from tqdm import tqdm

from assistant.answer import Account
from assistant.assistant import Assistant
from assistant.evaluation.cases import BUNDLED_QUESTIONS, labelled
from assistant.evaluation.scoring import Score
from assistant.verification import Claim, notes
from knowledge.glossary import BUNDLED, Glossary

FOLDER = "claims"
"""Where, in the folder of a glossary, its claims are, as JSON Lines."""

TRUE = "true"
"""The kind of claim that its quotes bear out; all others are false of them."""

KINDS = (
    "true", "number", "name", "quantifier", "hedge", "cause", "negation", "swap", "term", "added",
)  # fmt: skip

JUDGED = ("told apart", "true shown", "false shown")
"""The measures: claims judged rightly; true ones that are shown, and false ones."""

_WRONG = {True: "not shown, though it is true", False: "shown, though it is false"}


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class LabelledClaim:
    """A sentence about an entry, what it rests on, and what is wrong with it."""

    id: str
    language: str
    entry: str
    question: str
    claim: str
    rests: tuple[str, ...]
    """The sentences of the entry that it names."""
    kind: Literal[KINDS]  # type: ignore[valid-type]
    names: tuple[str, ...] = ()
    """Those of the entry, where it is another glossary's."""


def read(file: Path) -> tuple[LabelledClaim, ...]:
    """The claims of a file.

    Raises:
        EvaluationError: the file cannot be read, or a claim is not as it should be.
    """
    return tuple(claim for _, claim in labelled(file, LabelledClaim))


def files(glossary: Glossary) -> list[Path]:
    """The files of a glossary's claims; of the bundled one's those that are held out."""
    if glossary.path == BUNDLED:
        return sorted((BUNDLED_QUESTIONS / FOLDER).glob("held-out-*.jsonl"))
    return sorted((glossary.path / FOLDER).glob("*.jsonl"))


def judge(assistant: Assistant, account: Account) -> tuple[Score, ...]:
    """Verifies every claim; those on one entry are one answer, judged in one call.

    ``account`` counts what the judge takes.

    Raises:
        EvaluationError: a file of claims is not as it should be.
    """
    claims = [claim for file in files(assistant.glossary) for claim in read(file)]
    answers = [list(group) for _, group in groupby(claims, lambda c: (c.language, c.entry))]
    bar: Iterable[list[LabelledClaim]] = tqdm(answers, desc="Verifying", unit="", disable=None)
    return tuple(score for answer in bar for score in _scored(answer, assistant, account))


def _scored(claims: list[LabelledClaim], assistant: Assistant, account: Account) -> Iterator[Score]:
    verifier = assistant.verifier
    passed = []
    for claim in claims:
        around = [*(claim.names or verifier.names([claim.entry])), claim.question]
        if not verifier.contradiction(claim.claim, claim.language, claim.rests, around):
            passed.append(claim)
    shown = {claim.id for claim in passed}
    if assistant.judge and passed:
        put = [Claim(c.claim, c.rests, c.entry, notes=notes(c.claim, c.rests)) for c in passed]
        verdicts = assistant.judge(passed[0].question, put, account)
        for number, claim in enumerate(passed, 1):
            if number in verdicts and not verdicts[number].borne_out:
                shown.remove(claim.id)
    for claim in claims:
        is_shown, true = claim.id in shown, claim.kind == TRUE
        parts: Mapping[str, tuple[float, float]] = {
            "told apart": (float(is_shown == true), 1.0),
            "true shown" if true else "false shown": (float(is_shown), 1.0),
        }
        yield Score(
            id=claim.id,
            asked=claim.claim,
            language=claim.language,
            kind=claim.kind,
            unit=f"{claim.language}/{claim.entry}",
            parts=parts,
            wrong="" if is_shown == true else _WRONG[true],
        )
