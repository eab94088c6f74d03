"""The summary: the measures of an evaluation by split, language and kind, and how long it took."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from assistant.evaluation.measures import (
    FINDING,
    REFUSING,
    Bin,
    Estimate,
    estimate,
    reliability,
    statistics,
)
from assistant.evaluation.outcomes import Outcome
from knowledge.retrieval import ANSWERABLE, Retriever

FORMAT = 1
SPLITS = {"tuned on": False, "held out": True}
ALL, ACROSS = "all", "across languages"
_THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True)
class Group:
    """Some cases of a split, and their measures by name."""

    name: str
    """``all``, a language, ``across languages``, or ``kind: …``."""
    cases: int
    answerable: int
    measures: dict[str, Estimate]


@dataclass(frozen=True)
class Threshold:
    """What a threshold of the confidence would decide, in cases."""

    threshold: float
    answerable_refused: int
    unanswerable_let_in: int


@dataclass(frozen=True)
class Split:
    """The cases that tuning may look at, or those that it may not."""

    name: str
    groups: tuple[Group, ...]
    """All its cases first; then by language, across languages, and by kind."""
    thresholds: tuple[Threshold, ...]
    bins: tuple[Bin, ...]

    @property
    def whole(self) -> Group:
        """All its cases."""
        return self.groups[0]


@dataclass(frozen=True)
class Latency:
    """Milliseconds that half of the questions, and 95 in a hundred, stay within."""

    p50: float
    p95: float


@dataclass(frozen=True)
class Summary:
    """What the outcomes of an evaluation amount to."""

    glossary: dict[str, Any]
    """The numbers of its entries and passages, and its embedder."""
    splits: tuple[Split, ...]
    retrieve: Latency
    embed: Latency
    """Of embedding the same questions alone: the floor of ``retrieve``."""
    outcomes: tuple[Outcome, ...]

    def as_json(self) -> dict[str, Any]:
        """Everything, as ``--json`` writes it."""
        return {
            "format": FORMAT,
            "glossary": self.glossary,
            "answerable_from": ANSWERABLE,
            "splits": [asdict(split) for split in self.splits],
            "latency_ms": {"retrieve": asdict(self.retrieve), "embed": asdict(self.embed)},
            "outcomes": [outcome.as_json() for outcome in self.outcomes],
        }


def summarise(outcomes: Sequence[Outcome], retriever: Retriever) -> Summary:
    """The summary of outcomes; a split that has no case is left out."""
    splits = (
        _split(name, [o for o in outcomes if o.case.held_out == held_out])
        for name, held_out in SPLITS.items()
        if any(o.case.held_out == held_out for o in outcomes)
    )
    return Summary(
        glossary={
            "entries": len(retriever.glossary.entries),
            "passages": len(retriever.glossary.passages),
            "embedder": retriever.embedder.name,
        },
        splits=tuple(splits),
        retrieve=_latency([o.retrieve_ms for o in outcomes]),
        embed=_latency([o.embed_ms for o in outcomes]),
        outcomes=tuple(outcomes),
    )


def _split(name: str, outcomes: Sequence[Outcome]) -> Split:
    return Split(
        name=name,
        groups=tuple(_group(*each) for each in _groups(outcomes)),
        thresholds=tuple(
            Threshold(
                threshold,
                sum(o.confidence < threshold and o.case.answerable for o in outcomes),
                sum(o.confidence >= threshold and not o.case.answerable for o in outcomes),
            )
            for threshold in sorted({*_THRESHOLDS, ANSWERABLE})
        ),
        bins=reliability(outcomes),
    )


def _groups(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, Sequence[Outcome]]]:
    """The groups by name. Cases across languages are in no language's own group."""
    yield ALL, outcomes
    within = [o for o in outcomes if not o.case.cross]
    for language in dict.fromkeys(o.case.language for o in within):
        yield language, [o for o in within if o.case.language == language]
    if across := [o for o in outcomes if o.case.cross]:
        yield ACROSS, across
    for kind in dict.fromkeys(o.case.kind for o in outcomes):
        yield f"kind: {kind}", [o for o in outcomes if o.case.kind == kind]


def _group(name: str, outcomes: Sequence[Outcome]) -> Group:
    made = statistics(outcomes)
    wanted = made if name == ALL else (*FINDING, *REFUSING)
    return Group(
        name=name,
        cases=len(outcomes),
        answerable=sum(o.case.answerable for o in outcomes),
        measures={measure: estimate(made[measure], len(outcomes)) for measure in wanted},
    )


def _latency(milliseconds: Sequence[float]) -> Latency:
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return Latency(round(float(p50), 3), round(float(p95), 3))
