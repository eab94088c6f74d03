"""Scores: what single things came to by some measures, and their means by split, language, kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.evaluation.figures import shown
from assistant.evaluation.measures import estimate, mean
from assistant.evaluation.summary import ALL, SPLITS


@dataclass(frozen=True, slots=True)
class Score:
    """What one thing came to: a turn, an answer, a claim."""

    what: str
    language: str
    kind: str
    held_out: bool
    values: Mapping[str, float]
    """By measure, 0 to 1; NaN where a measure says nothing of it."""
    note: str = ""
    """What came instead, where it is wrong."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The scores of one evaluation."""

    name: str
    title: str
    measures: tuple[str, ...]
    scores: tuple[Score, ...]

    def splits(self) -> Iterator[tuple[str, Sequence[Score]]]:
        """The scores that tuning may look at, and those that it may not; none without a score."""
        for name, held_out in SPLITS.items():
            if found := [s for s in self.scores if s.held_out == held_out]:
                yield name, found

    def rows(self, scores: Sequence[Score], *, kinds: bool) -> Iterator[tuple[str, ...]]:
        """A row for each language, or for each kind in each, under a heading."""
        yield ("", "cases", *self.measures)
        for name, group in _groups(scores, kinds=kinds):
            means = (
                estimate(mean([s.values[m] for s in group]), len(group)) for m in self.measures
            )
            yield (name, str(len(group)), *map(shown, means))

    def wrong(self, scores: Sequence[Score]) -> list[Score]:
        """The scores that say what came instead."""
        return [score for score in scores if score.note]

    def as_json(self) -> list[dict[str, Any]]:
        """Every score; a measure that says nothing of it is null."""
        return [
            {
                **asdict(score),
                "values": {k: v if v == v else None for k, v in score.values.items()},  # noqa: PLR0124
            }
            for score in self.scores
        ]


def _groups(scores: Sequence[Score], *, kinds: bool) -> Iterator[tuple[str, Sequence[Score]]]:
    if not kinds:
        yield ALL, scores
    for language in dict.fromkeys(s.language for s in scores):
        spoken = [s for s in scores if s.language == language]
        if not kinds:
            yield language, spoken
            continue
        for kind in dict.fromkeys(s.kind for s in spoken):
            yield f"{language}, {kind}", [s for s in spoken if s.kind == kind]
