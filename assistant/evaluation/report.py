"""The report: scores as tables, and what changes without an ingredient."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from assistant.evaluation.scoring import Score
from assistant.evaluation.statistics import Estimate, Part, change, estimate

SORTS = {
    "Labelled with sentences": (
        "key", "key first", "on the point", "sentences", "wrongly refused",
    ),
    "Labelled with entries": ("found first", "wrongly refused"),
    "Not answered by the glossary": ("refused", "withheld"),
    "Small talk": ("chat met",),
    "Claims": ("told apart", "true shown", "false shown"),
}  # fmt: skip
"""The measures of each sort of question, and of claims, whose first one tells the sort."""

MAIN = ("key", "key first", "on the point", "found first", "wrongly refused", "withheld")
"""The measures by which evaluations are held beside each other."""

Measures = dict[str, Estimate | int | None]
Rows = list[tuple[str, ...]]


def tables(scores: Iterable[Score]) -> dict[str, dict[str, Measures]]:
    """The measures of each sort of question that was asked: of all, by language, by kind."""
    sorts = {name: [s for s in scores if names[0] in s.parts] for name, names in SORTS.items()}
    return {
        title: {name: measures(group, SORTS[title]) for name, group in _groups(asked).items()}
        for title, asked in sorts.items()
        if asked
    }


def measures(scores: Sequence[Score], names: Iterable[str] = MAIN) -> Measures:
    """How many were asked, and the measures of some names."""
    found: Measures = {"cases": len(scores)}
    for name in names:
        some = [score for score in scores if name in score.parts]
        found[name] = estimate([s.parts[name] for s in some], [s.unit for s in some])
    return found


def _groups(scores: Sequence[Score]) -> dict[str, Sequence[Score]]:
    groups: dict[tuple[int, str], list[Score]] = defaultdict(list)
    for score in scores:
        groups[1, score.language].append(score)
        if score.turn > 1:
            groups[2, "follow-ups"].append(score)
        if score.partly:
            groups[3, "answered in part"].append(score)
        groups[4, f"kind: {score.kind}"].append(score)
    parts = {name: some for (_, name), some in sorted(groups.items()) if len(some) < len(scores)}
    return {"all": scores, **parts}


def rows(groups: Mapping[str, Mapping[str, Estimate | int | None]]) -> Rows:
    """Measures as cells, a row a group, under a heading."""
    head = ("", *next(iter(groups.values())))
    return [head, *((name, *map(shown, values.values())) for name, values in groups.items())]


def shown(value: Estimate | int | None, *, signed: bool = False) -> str:
    """A measure with its interval, to two places."""
    if not isinstance(value, Estimate):
        return "–" if value is None else str(value)
    number, low, high = (
        f"{round(each, 2) + 0.0:{'+' if signed else ''}.2f}".replace("-", "−") for each in value
    )
    return f"{number} ({low}{' to ' if signed else '–'}{high})"


def ablation_rows(whole: Sequence[Score], ablated: Mapping[str, Sequence[Score]]) -> Rows:
    """What changes without each ingredient, under the measures with all of them."""
    units = [score.unit for score in whole]

    def parts(scores: Sequence[Score], measure: str) -> list[Part]:
        return [score.parts.get(measure, (0.0, 0.0)) for score in scores]

    made = rows({"with all": measures(whole)})
    for name, less in ablated.items():
        changed = (change(parts(less, m), parts(whole, m), units) for m in MAIN)
        made.append((name, "", *(shown(by, signed=True) for by in changed)))
    return made
