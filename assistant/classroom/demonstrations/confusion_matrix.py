"""A confusion matrix: where the threshold stands, and what becomes of precision and recall."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from assistant.classroom.demonstrations import Choice, Drawing, Given, Range, Table, View, steps


class Counts(NamedTuple):
    """How many are rightly and wrongly marked, missed, and rightly left."""

    right: int
    wrong: int
    missed: int
    left: int

    @property
    def precision(self) -> float | None:
        """The part of what is marked that is right; None where nothing is marked."""
        marked = self.right + self.wrong
        return self.right / marked if marked else None

    @property
    def recall(self) -> float:
        """The part of what should be marked that is."""
        return self.right / (self.right + self.missed)

    @property
    def accuracy(self) -> float:
        """The part of all that is right."""
        return (self.right + self.left) / sum(self)


# How many have each score, from 0.05 to 0.95: those to be marked, and the others. At the threshold
# 0.5 they give the counts of the entries “confusion matrix”, “recall” and “precision”; the second
# also those of the lowered threshold, at 0.3. Those of “ROC curve” stand there one by one.
BINS = {
    "rain": ([0, 0, 1, 2, 2, 2, 3, 3, 3, 4], [25, 18, 13, 8, 6, 4, 3, 2, 1, 0]),
    "scans": ([0, 0, 0, 1, 1, 2, 3, 4, 4, 5], [130, 85, 45, 33, 25, 18, 12, 7, 4, 1]),
    "spam": ([0, 1, 3, 4, 7, 7, 8, 9, 10, 11], [58, 37, 22, 12, 6, 2, 2, 1, 0, 0]),
}
SINGLE = {"filter": ([0.9, 0.8, 0.7, 0.5, 0.3], [0.6, 0.4, 0.2, 0.15, 0.1])}
KNOBS = (
    Range("threshold", steps(0.1, 0.9, 0.1), 0.5, digits=1),
    Choice("example", (*BINS, *SINGLE)),
)
ENTRIES = {
    "confusion-matrix": {},
    "precision": {"example": "spam"},
    "recall": {"example": "scans"},
    "roc-curve": {"example": "filter"},
    "f1-score": {},
    "classification": {},
}
RIGHT = 0


def scores(example: str) -> tuple[list[float], list[float]]:
    """The scores of those to be marked, and of the others."""
    if example in SINGLE:
        return SINGLE[example]
    some, others = (
        [round(0.05 + n / 10, 2) for n, count in enumerate(bins) for _ in range(count)]
        for bins in BINS[example]
    )
    return some, others


def counts(some: Sequence[float], others: Sequence[float], threshold: float) -> Counts:
    """What is marked from a threshold on."""
    right, wrong = (sum(s >= threshold for s in each) for each in (some, others))
    return Counts(right, wrong, len(some) - right, len(others) - wrong)


def show(given: Given) -> View:
    """The scores with the threshold, the matrix, and precision and recall at every threshold."""
    say, write, name = given.say, given.number, given["example"]
    some, others = scores(name)
    threshold = float(given["threshold"])
    yes, no = given.words["classes"][name]
    drawing = Drawing({"says": say("says_scores"), "plot": _scores(given, some, others, threshold)})
    found = counts(some, others, threshold)
    matrix = {
        "row": say("actual"),
        "column": say("marked_as"),
        "rows": [yes, no],
        "columns": [yes, no],
        "values": [[found.right, found.missed], [found.wrong, found.left]],
    }
    precision = "–" if found.precision is None else _percent(given, found.precision)
    says = say(
        "says",
        threshold=threshold,
        precision=precision,
        recall=_percent(given, found.recall),
        accuracy=_percent(given, found.accuracy),
    )
    seen = [drawing, Drawing({"says": say("says_matrix"), "matrix": matrix})]
    if not given.revealed:
        return View(says, seen)
    stops = steps(0.1, 0.9, 0.1)
    every = [counts(some, others, t) for t in stops]
    lines: list[dict[str, Any]] = [
        {
            "name": say("precision"),
            "line": [
                (t, c.precision)
                for t, c in zip(stops, every, strict=True)
                if c.precision is not None
            ],
        },
        {"name": say("recall"), "line": [(t, c.recall) for t, c in zip(stops, every, strict=True)]},
        {"name": say("threshold"), "line": [(threshold, 0), (threshold, 1)]},
    ]
    plot = {"x": say("threshold"), "y": "", "x_range": (0, 1), "y_range": (0, 1), "series": lines}
    rows = [
        (
            write(t),
            *(write(n) for n in c),
            "–" if c.precision is None else _percent(given, c.precision),
            _percent(given, c.recall),
        )
        for t, c in zip(stops, every, strict=True)
    ]
    head = [say(k) for k in ("threshold", "right", "wrong", "missed", "left")]
    return View(
        says,
        [
            *seen,
            Drawing({"says": say("says_lines"), "plot": plot}),
            Table((*head, say("precision"), say("recall")), rows),
        ],
    )


def _percent(given: Given, part: float) -> str:
    return given.say("percent", n=round(100 * part))


def _scores(
    given: Given, some: Sequence[float], others: Sequence[float], threshold: float
) -> dict[str, Any]:
    """The scores: how many have each, or where they are few, each by itself."""
    say, name = given.say, given["example"]
    yes, no = given.words["classes"][name]
    if name in SINGLE:
        series: list[dict[str, Any]] = [
            {"name": yes, "points": [(s, 1) for s in some]},
            {"name": no, "points": [(s, 0) for s in others]},
        ]
        top, y = 1.0, say("single")
    else:
        places = steps(0.05, 0.95, 0.1)
        series = [
            {"name": label, "line": list(zip(places, bins, strict=True))}
            for label, bins in zip((yes, no), BINS[name], strict=True)
        ]
        top, y = float(max(map(max, BINS[name]))), say("count")
    series.append({"name": say("threshold"), "line": [(threshold, 0), (threshold, top)]})
    return {"x": say("score"), "y": y, "x_range": (0, 1), "y_range": (0, top), "series": series}
