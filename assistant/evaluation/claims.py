"""Claims: what verification lets through, by labelled sentences as a strong chat model writes them.

Without a chat model the hard checks alone are measured; with one, the judge has its say too.
"""

from collections.abc import Iterator
from itertools import groupby
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

KINDS = (
    "true", "number", "name", "quantifier", "hedge", "cause", "negation", "swap", "term", "added",
)  # fmt: skip
"""The first is of claims that their quotes bear out; all others are false of them."""

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


def of(glossary: Glossary) -> list[LabelledClaim]:
    """A glossary's claims, of its folder ``claims``; of the bundled one's those that are held out.

    Raises:
        AssistantError: a file cannot be read, or a claim is not as it should be.
    """
    bundled = glossary.path == BUNDLED
    folder = (BUNDLED_QUESTIONS if bundled else glossary.path) / "claims"
    files = sorted(folder.glob("held-out-*.jsonl" if bundled else "*.jsonl"))
    return [claim for file in files for _, claim in labelled(file, LabelledClaim)]


def judge(assistant: Assistant, account: Account) -> tuple[Score, ...]:
    """Verifies every claim; those on one entry are one answer, judged in one call.

    ``account`` counts what the judge takes.

    Raises:
        AssistantError: a file of claims is not as it should be.
    """
    groups = groupby(of(assistant.glossary), lambda c: (c.language, c.entry))
    bar = tqdm([list(group) for _, group in groups], desc="Verifying", unit="", disable=None)
    return tuple(score for answer in bar for score in _scored(answer, assistant, account))


def _scored(claims: list[LabelledClaim], assistant: Assistant, account: Account) -> Iterator[Score]:
    verifier, passed = assistant.verifier, list[LabelledClaim]()
    for claim in claims:
        around = [*(claim.names or verifier.names([claim.entry])), claim.question]
        if not verifier.contradiction(claim.claim, claim.language, claim.rests, around):
            passed.append(claim)
    shown = {claim.id for claim in passed}
    if assistant.judge and passed:
        put = [Claim(c.claim, c.rests, c.entry, notes=notes(c.claim, c.rests)) for c in passed]
        verdicts = assistant.judge(passed[0].question, put, account)
        refused = (n for n, verdict in verdicts.items() if n and not verdict.borne_out)
        shown -= {passed[n - 1].id for n in refused}
    for claim in claims:
        is_shown, true = claim.id in shown, claim.kind == "true"
        yield Score(
            id=claim.id,
            asked=claim.claim,
            language=claim.language,
            kind=claim.kind,
            unit=f"{claim.language}/{claim.entry}",
            parts={
                "told apart": (float(is_shown == true), 1.0),
                "true shown" if true else "false shown": (float(is_shown), 1.0),
            },
            wrong="" if is_shown == true else _WRONG[true],
        )
