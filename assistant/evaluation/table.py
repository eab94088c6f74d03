"""Tables: the summary, the ablations and the comparison as plain text for a terminal."""

from collections.abc import Iterable, Iterator, Sequence

from assistant.evaluation.ablations import Ablation
from assistant.evaluation.comparison import Comparison
from assistant.evaluation.figures import number, shown
from assistant.evaluation.measures import FINDING, REFUSING
from assistant.evaluation.scores import Sheet
from assistant.evaluation.summary import Split, Summary

_KINDS = "kind: "
_SURE = (*REFUSING, "ROC area", "calibration error")


def summary_table(summary: Summary) -> str:
    """A block for each split, and a line on latency."""
    blocks = [_block(split) for split in summary.splits]
    latency = (
        f"Milliseconds a question, half within / 95 % within: retrieve {summary.retrieve.p50:.1f} /"
        f" {summary.retrieve.p95:.1f}; embedding alone {summary.embed.p50:.1f} /"
        f" {summary.embed.p95:.1f}."
    )
    return "\n\n".join([*blocks, latency])


def sheet_table(sheet: Sheet) -> str:
    """A block for each split of a sheet."""
    return "\n".join(
        "\n".join(
            (
                f"\n{sheet.title}, {name}: {len(scores)} cases",
                *aligned(sheet.rows(scores, kinds=False)),
                *aligned(sheet.rows(scores, kinds=True)),
            )
        )
        for name, scores in sheet.splits()
    )


def _block(split: Split) -> str:
    whole = split.whole
    lines = [
        f"{split.name.capitalize()}: {whole.cases} questions, {whole.answerable} answerable",
        *aligned(finding_rows(split, kinds=False)),
        *aligned(sureness_rows(split)),
    ]
    return "\n".join(lines)


def finding_rows(split: Split, *, kinds: bool) -> Iterator[tuple[str, ...]]:
    """A row for each group with answerable cases, under a heading; ``kinds``: those, or others."""
    yield ("", "cases", *FINDING)
    for group in split.groups:
        if group.answerable and group.name.startswith(_KINDS) == kinds:
            name = group.name.removeprefix(_KINDS)
            yield (name, str(group.answerable), *(shown(group.measures[m]) for m in FINDING))


def sureness_rows(split: Split) -> Iterator[tuple[str, str]]:
    """A row for each measure of refusing and of confidence."""
    for name in _SURE:
        yield name, shown(split.whole.measures[name])


def refusal_rows(split: Split) -> Iterator[tuple[str, ...]]:
    """A row for each kind of unanswerable question, under a heading."""
    yield ("", "cases", "refused")
    for group in split.groups:
        if group.name.startswith(_KINDS) and group.answerable < group.cases:
            name = group.name.removeprefix(_KINDS)
            unanswerable = str(group.cases - group.answerable)
            yield (name, unanswerable, shown(group.measures["refusal recall"]))


def ablation_rows(found: Sequence[Ablation]) -> Iterator[tuple[str, ...]]:
    """A row for each ablation, under a heading."""
    languages = list(found[0].changes) if found else []
    yield ("", "recall@1", "less the full one's", *(f"in {tag}" for tag in languages), "ROC area")
    for each in found:
        changes = (each.change, *(each.changes[tag] for tag in languages))
        yield (
            each.name,
            shown(each.recall),
            *(shown(change, signed=True) for change in changes),
            shown(each.roc_area),
        )


def comparison_rows(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """A row for each measure, under a heading."""
    yield ("", "before", "now", "change", "")
    for change in comparison.changes:
        yield (
            change.measure,
            number(change.old),
            number(change.new),
            shown(change.change, signed=True),
            "a significant loss" if change.lost else "",
        )


def aligned(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Rows as lines of text, each column as wide as its widest cell."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        "  " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
