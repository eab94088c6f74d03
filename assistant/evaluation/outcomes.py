"""Outcomes: what a retriever made of each case, how sure it was, and how long it took."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from tqdm import tqdm

from assistant.evaluation import EvaluationError
from assistant.evaluation.cases import ANSWERS, Case
from assistant.evaluation.views import Views

DEPTH = 10
"""How many entries are kept of what was found: as many as the deepest measure looks at."""


@dataclass(frozen=True)
class Outcome:
    """What came of one case."""

    case: Case
    found: tuple[tuple[str, float], ...]
    """Ids of the first ``DEPTH`` entries found, each with its score (0 to 1), best first."""
    confidence: float
    """0 to 1: how sure the retriever was that the glossary answers."""
    accepted: bool
    """Whether it took the glossary to answer; if not, it refused."""
    retrieve_ms: float = 0.0
    """Milliseconds of ``Retriever.retrieve``."""
    embed_ms: float = 0.0
    """Milliseconds of embedding the question alone: the floor of the other."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids found, best first."""
        return tuple(entry_id for entry_id, _ in self.found)

    @property
    def wrong(self) -> str | None:
        """What is wrong with it: ``let in``, ``refused`` or ``another entry first``; or None."""
        if not self.case.answerable:
            return "let in" if self.accepted else None
        if not self.accepted:
            return "refused"
        first = next(iter(self.ids), "")
        return None if self.case.entries.get(first) == ANSWERS else "another entry first"

    def as_json(self) -> dict[str, Any]:
        """The outcome with its case, as JSON has it."""
        return {
            **asdict(self.case),
            "held_out": self.case.held_out,
            "found": [[entry_id, round(score, 4)] for entry_id, score in self.found],
            "confidence": round(self.confidence, 6),
            "accepted": self.accepted,
            "wrong": self.wrong,
            "retrieve_ms": round(self.retrieve_ms, 3),
            "embed_ms": round(self.embed_ms, 3),
        }


def ask(cases: Sequence[Case], views: Views, what: str = "Asking") -> tuple[Outcome, ...]:
    """Asks every case, in order; a bar on standard error shows how far, where that is a terminal.

    Raises:
        KnowledgeError: a question cannot be embedded, or an index not opened or searched.
    """
    for case in cases:  # indexes are made, and models warmed up, before a clock runs
        views.of(case)
    views.whole.retrieve(cases[0].question, cases[0].language, DEPTH)
    bar: Iterable[Case] = tqdm(cases, desc=what, unit=" questions", disable=None)
    return tuple(_ask(case, views) for case in bar)


def _ask(case: Case, views: Views) -> Outcome:
    retriever = views.of(case)
    start = time.perf_counter()
    retriever.embedder.query(case.question)
    embedded = time.perf_counter()
    evidence = retriever.retrieve(case.question, case.language, DEPTH)
    end = time.perf_counter()
    return Outcome(
        case=case,
        found=tuple((entry.id, float(score)) for entry, score in evidence.entries[:DEPTH]),
        confidence=float(evidence.confidence),
        accepted=evidence.answerable,
        retrieve_ms=(end - embedded) * 1000,
        embed_ms=(embedded - start) * 1000,
    )


class OutcomeFields(BaseModel):
    """An outcome as an earlier evaluation wrote it; its measures are made anew."""

    model_config = ConfigDict(extra="ignore")
    question: str
    language: str
    kind: str
    entries: Mapping[str, int]
    unanswerable: str
    cross: bool
    found: tuple[tuple[str, float], ...]
    confidence: float
    accepted: bool
    retrieve_ms: float
    embed_ms: float

    def outcome(self) -> Outcome:
        """The outcome."""
        case = Case(
            question=self.question,
            language=self.language,
            kind=self.kind,
            entries=self.entries,
            unanswerable=self.unanswerable,
            cross=self.cross,
        )
        return Outcome(
            case=case,
            found=self.found,
            confidence=self.confidence,
            accepted=self.accepted,
            retrieve_ms=self.retrieve_ms,
            embed_ms=self.embed_ms,
        )


class FileFields(BaseModel):
    """The file that ``--json`` writes, as far as it is read again."""

    model_config = ConfigDict(extra="ignore")
    outcomes: tuple[OutcomeFields, ...]


def read(file: Path) -> tuple[Outcome, ...]:
    """The outcomes in a file that ``masrad eval --json`` wrote.

    Raises:
        EvaluationError: it cannot be read, or is no such file.
    """
    try:
        fields = FileFields.model_validate_json(file.read_bytes())
    except OSError as error:
        raise EvaluationError(
            f"The evaluation in {file} cannot be read ({error.strerror}): name a file that"
            " “masrad eval --json FILE” has written."
        ) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "its beginning"
        raise EvaluationError(
            f"{file} is no evaluation ({where}: {first['msg']}): name a file that"
            " “masrad eval --json FILE” has written."
        ) from error
    return tuple(each.outcome() for each in fields.outcomes)
