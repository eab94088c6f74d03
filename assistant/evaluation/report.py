"""The report: scores as tables, in a terminal and in Markdown, and what changed since others."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ValidationError

from assistant import EvaluationError
from assistant.evaluation.cases import fault
from assistant.evaluation.claims import JUDGED
from assistant.evaluation.scoring import CHAT, FOUND, LABELLED, UNANSWERABLE, Score
from assistant.evaluation.statistics import DRAWS, LEVEL, Estimate, change, estimate

SORTS = {
    "Labelled with sentences": LABELLED,
    "Labelled with entries": FOUND,
    "Not answered by the glossary": UNANSWERABLE,
    "Small talk": CHAT,
    "Claims": JUDGED,
}
"""The measures of each sort of question, and of claims, whose first one tells the sort."""

EVERY = tuple(dict.fromkeys(name for names in SORTS.values() for name in names))
MAIN = ("key", "key first", "on the point", "found first", "wrongly refused", "withheld")
"""The measures by which evaluations are held beside each other."""

LOSS = "a significant loss"
_LOWER_IS_BETTER = ("wrongly refused", "false shown")
_TOLD = 240  # characters of an answer that the report shows

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


def changes(
    new: Sequence[Score], old: Sequence[Score], names: Iterable[str] = MAIN
) -> dict[str, Estimate | None]:
    """How much more each measure is now; the scores are of the same questions in one order."""
    none = 0.0, 0.0
    return {
        name: change(
            [score.parts.get(name, none) for score in new],
            [score.parts.get(name, none) for score in old],
            [score.unit for score in new],
        )
        for name in names
    }


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
    changed = {name: changes(less, whole) for name, less in ablated.items()}
    return [
        *rows({"with all": measures(whole)}),
        *(
            (name, "", *(shown(by, signed=True) for by in each.values()))
            for name, each in changed.items()
        ),
    ]


def paired(new: Iterable[Score], old: Iterable[Score]) -> tuple[list[Score], list[Score]]:
    """Of two evaluations, what is asked and labelled as before: the scores now, and those then.

    Raises:
        EvaluationError: the two have nothing in common.
    """
    before = {_key(score): score for score in old}
    now = [score for score in new if _key(score) in before]
    if not now:
        raise EvaluationError(
            "The earlier evaluation has no question in common with this one: compare it with one"
            " of the same questions."
        )
    return now, [before[_key(score)] for score in now]


def _key(score: Score) -> tuple[str, ...]:
    return score.language, score.id, score.asked, next(iter(score.parts), "")


def comparison_rows(now: Sequence[Score], then: Sequence[Score]) -> Rows:
    """What changed, under a heading; the last cell says what chance does not explain."""
    old, new = measures(then, EVERY), measures(now, EVERY)
    return [
        ("", "before", "now", "change", ""),
        *(
            (name, shown(old[name]), shown(new[name]), shown(by, signed=True), verdict(name, by))
            for name, by in changes(now, then, EVERY).items()
            if by is not None
        ),
    ]


def verdict(measure: str, by: Estimate) -> str:
    """Whether a change is a gain or a loss; nothing where chance may be all there is to it."""
    if measure == "sentences" or by.low <= 0 <= by.high:
        return ""
    gained = (by.low > 0) != (measure in _LOWER_IS_BETTER)
    return "a significant gain" if gained else LOSS


class _File(BaseModel):
    scores: tuple[Score, ...]


def read(file: Path) -> tuple[Score, ...]:
    """The scores in a file that ``masrad eval --json`` wrote.

    Raises:
        EvaluationError: it is no such file.
    """
    try:
        return _File.model_validate_json(file.read_bytes()).scores
    except (OSError, ValidationError) as error:
        what = fault(error) if isinstance(error, ValidationError) else error.strerror
        raise EvaluationError(
            f"The evaluation in {file} cannot be read ({what}): name a file that “masrad eval"
            " --json FILE” has written."
        ) from error


def markdown(sets: Mapping[str, Sequence[Score]], about: str, ablations: Rows) -> str:
    """The report on one or several evaluations, by their names, with all that went wrong."""
    return "\n\n".join(_markdown(sets, about, ablations)) + "\n"


def _markdown(sets: Mapping[str, Sequence[Score]], about: str, ablations: Rows) -> Iterator[str]:
    yield "# Evaluation"
    yield (
        f"{about} In brackets: the {LEVEL:.0%} interval of a bootstrap of {DRAWS:,} resamples of"
        " the questions, conversations whole. [evaluation.md](evaluation.md) says what is measured."
    )
    if len(sets) > 1:
        found = {name: measures(scores) for name, scores in sets.items()}
        yield markdown_table(rows({n: m for n, m in found.items() if any(map(m.get, MAIN))}))
    for name, scores in sets.items():
        yield f"## {name}"
        for title, groups in tables(scores).items():
            yield f"### {title}"
            yield markdown_table(rows(groups))
    if ablations:
        yield "## Without an ingredient"
        yield markdown_table(ablations)
    for name, scores in sets.items():
        wrong = sorted((score for score in scores if score.wrong), key=lambda score: score.wrong)
        yield f"## What went wrong: {name} ({len(wrong)})"
        yield "\n".join(map(_item, wrong))


def markdown_table(table: Rows) -> str:
    """Rows in Markdown, the first of them as the heading."""
    head, *rest = table
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rest))


def _item(score: Score) -> str:
    told = f"{score.told[:_TOLD]}…" if len(score.told) > _TOLD else score.told
    first = f"- **{_escaped(score.wrong)}** ({score.id}, {score.kind}): {_escaped(score.asked)}"
    return f"{first}\n  > {_escaped(told)}" if told else first


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))
