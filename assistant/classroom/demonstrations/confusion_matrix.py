"""A confusion matrix: where the threshold stands, and what becomes of precision and recall."""

from typing import NamedTuple

from assistant.classroom.demonstrations import Given, Table, View, matrix, plot, series

# How many have each score, from 0.05 to 0.95: those to be marked, and the others. At the threshold
# 0.5 they give the counts of the entries “confusion matrix”, “recall” and “precision”; the scans
# also those of the lowered threshold, at 0.3.
BINS = {
    "rain": ([0, 0, 1, 2, 2, 2, 3, 3, 3, 4], [25, 18, 13, 8, 6, 4, 3, 2, 1, 0]),
    "scans": ([0, 0, 0, 1, 1, 2, 3, 4, 4, 5], [140, 95, 45, 33, 25, 18, 12, 7, 4, 1]),
    "spam": ([0, 1, 3, 4, 7, 7, 8, 9, 10, 11], [58, 37, 22, 12, 6, 2, 2, 1, 0, 0]),
}
_PLACES = [round(0.05 + n / 10, 2) for n in range(10)]
_STOPS = [n / 10 for n in range(1, 10)]


class Counts(NamedTuple):
    """How many are rightly and wrongly marked, missed, and rightly left."""

    hits: int
    false_alarms: int
    missed: int
    left: int

    @property
    def precision(self) -> float:
        """The part of what is marked that is right; of nothing, all."""
        return self.hits / ((self.hits + self.false_alarms) or 1)

    @property
    def recall(self) -> float:
        """The part of what should be marked that is."""
        return self.hits / (self.hits + self.missed)

    @property
    def accuracy(self) -> float:
        """The part of all that is right."""
        return (self.hits + self.left) / sum(self)


def counts(example: str, threshold: float) -> Counts:
    """What is marked from a threshold on."""
    right, wrong = (
        sum(n for place, n in zip(_PLACES, bins, strict=True) if place >= threshold)
        for bins in BINS[example]
    )
    some, others = map(sum, BINS[example])
    return Counts(right, wrong, some - right, others - wrong)


def show(given: Given) -> View:
    """The scores with the threshold, the matrix, and precision and recall at every threshold."""
    say, name, threshold = given.say, given["example"], given["threshold"]
    classes, found = given.words[name], counts(name, threshold)

    def percent(part: float) -> str:
        return say("percent", n=round(100 * part))

    top = float(max(map(max, BINS[name])))
    pairs = zip(classes, BINS[name], strict=True)
    drawn = [series("line", c, _PLACES, bins) for c, bins in pairs]
    drawn.append(series("line", say("threshold"), [threshold, threshold], [0, top]))
    sides = {"rows": classes, "columns": classes}
    values = [[found.hits, found.missed], [found.false_alarms, found.left]]
    parts = {key: percent(getattr(found, key)) for key in ("precision", "recall", "accuracy")}
    blocks = [
        plot(say("says_scores"), say("score"), say("count"), *drawn, across=(0, 1), up=(0, top)),
        matrix(say("says_matrix"), say("actual"), say("marked_as"), sides, values),
    ]
    says = say("says", threshold=threshold, **parts)
    if not given.revealed:
        return View(says, blocks)
    every = [counts(name, t) for t in _STOPS]
    lines = [
        series("line", say("precision"), _STOPS, [c.precision for c in every]),
        series("line", say("recall"), _STOPS, [c.recall for c in every]),
        series("line", say("threshold"), [threshold, threshold], [0, 1]),
    ]
    rows = [
        (t, *c, percent(c.precision), percent(c.recall)) for t, c in zip(_STOPS, every, strict=True)
    ]
    head = [say(k) for k in ("threshold", *Counts._fields, "precision", "recall")]
    by_threshold = plot(say("says_lines"), say("threshold"), "", *lines, across=(0, 1), up=(0, 1))
    return View(says, [*blocks, by_threshold, Table(head, rows)])
