"""Claims: what verification lets through, by labelled sentences as a strong chat model writes them.

Without a chat model the hard checks alone are measured; with one, the judge has its say too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter
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


@dataclass(frozen=True)
class LabelledClaim:
    """A sentence about an entry, what it rests on, and what is wrong with it."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
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


_CLAIM = TypeAdapter(LabelledClaim)


def read(file: Path) -> tuple[LabelledClaim, ...]:
    """The claims of a file.

    Raises:
        EvaluationError: the file cannot be read, or a claim is not as it should be.
    """
    return tuple(claim for _, claim in labelled(file, _CLAIM))


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
    passed = [claim for claim in claims if _passes(claim, assistant)]
    refused = _refused(passed, assistant, account)
    for claim in claims:
        shown, true = claim in passed and claim.id not in refused, claim.kind == TRUE
        parts: Mapping[str, tuple[float, float]] = {
            "told apart": (float(shown == true), 1.0),
            "true shown" if true else "false shown": (float(shown), 1.0),
        }
        yield Score(
            id=claim.id,
            asked=claim.claim,
            language=claim.language,
            kind=claim.kind,
            unit=f"{claim.language}/{claim.entry}",
            parts=parts,
            wrong="" if shown == true else _WRONG[true],
        )


def _passes(claim: LabelledClaim, assistant: Assistant) -> bool:
    """Whether a claim passes the hard checks."""
    names = claim.names or assistant.verifier.names([claim.entry])
    around = [*names, claim.question]
    return not assistant.verifier.contradiction(claim.claim, claim.language, claim.rests, around)


def _refused(claims: list[LabelledClaim], assistant: Assistant, account: Account) -> set[str]:
    """The ids of the claims that the judge says no to, if there is one."""
    if assistant.judge is None or not claims:
        return set()
    put = [Claim(c.claim, c.rests, c.entry, notes=notes(c.claim, c.rests)) for c in claims]
    verdicts = assistant.judge(claims[0].question, put, account)
    return {
        claim.id
        for number, claim in enumerate(claims, 1)
        if number in verdicts and not verdicts[number].borne_out
    }
