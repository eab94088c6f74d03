"""A confusion matrix: where the threshold stands, and what becomes of precision and recall."""

from assistant.classroom.demonstrations import Cell, Given, Table, View, matrix, plot, series

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


def counts(example: str, threshold: float) -> tuple[int, int, int, int]:
    """How many are rightly and wrongly marked from a threshold on, missed, and rightly left."""
    hits, alarms = (
        sum(n for place, n in zip(_PLACES, bins, strict=True) if place >= threshold)
        for bins in BINS[example]
    )
    some, others = map(sum, BINS[example])
    return hits, alarms, some - hits, others - alarms


def rates(hits: int, alarms: int, missed: int, left: int) -> tuple[float, float, float]:
    """Precision (of what is marked, the part that is right), recall, and accuracy."""
    marked, all_of_them = hits + alarms, hits + alarms + missed + left
    return hits / (marked or 1), hits / (hits + missed), (hits + left) / all_of_them


def show(given: Given) -> View:
    """The scores with the threshold, the matrix, and precision and recall at every threshold."""
    say, name, threshold = given.say, given["example"], given["threshold"]
    classes, (hits, alarms, missed, left) = given.words[name], counts(name, threshold)

    def percent(*parts: float) -> list[str]:
        return [f"{given.write(round(100 * part))}%" for part in parts]

    top = float(max(map(max, BINS[name])))
    pairs = zip(classes, BINS[name], strict=True)
    drawn = [series("line", c, _PLACES, bins) for c, bins in pairs]
    drawn.append(series("line", say("threshold"), [threshold, threshold], [0, top]))
    sides = {"rows": classes, "columns": classes}
    values = [[hits, missed], [alarms, left]]
    told = percent(*rates(hits, alarms, missed, left))
    parts = dict(zip(("precision", "recall", "accuracy"), told, strict=True))
    blocks = [
        plot(say("says_scores"), say("score"), say("count"), *drawn, across=(0, 1), up=(0, top)),
        matrix(say("says_matrix"), say("actual"), say("marked_as"), sides, values),
    ]
    says = say("says", threshold=threshold, **parts)
    if not given.revealed:
        return View(says, blocks)
    every = [counts(name, t) for t in _STOPS]
    precision, recall, _ = zip(*(rates(*each) for each in every), strict=True)
    lines = [
        series("line", say("precision"), _STOPS, precision),
        series("line", say("recall"), _STOPS, recall),
        series("line", say("threshold"), [threshold, threshold], [0, 1]),
    ]
    by_stop = zip(_STOPS, every, precision, recall, strict=True)
    rows: list[list[Cell]] = [[t, *each, *percent(p, r)] for t, each, p, r in by_stop]
    names = "threshold", "hits", "false_alarms", "missed", "left", "precision", "recall"
    by_threshold = plot(say("says_lines"), say("threshold"), "", *lines, across=(0, 1), up=(0, 1))
    return View(says, [*blocks, by_threshold, Table([*map(say, names)], rows)])
