"""The report: an evaluation in Markdown, to be read, with the questions that went wrong."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assistant.evaluation.ablations import Ablation
from assistant.evaluation.cases import ANSWERS
from assistant.evaluation.figures import number
from assistant.evaluation.measures import DRAWS, LEVEL
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.scores import Sheet
from assistant.evaluation.summary import Split, Summary
from assistant.evaluation.table import (
    ablation_rows,
    finding_rows,
    refusal_rows,
    sureness_rows,
)
from knowledge.retrieval import ANSWERABLE

_WRONG = {
    "another entry first": "Answered, with another entry first",
    "refused": "Refused, though the glossary answers",
    "let in": "Let in, though the glossary does not answer",
}
_SHOWN = 3  # entries that are shown of what was found


def picture_of(report: Path) -> Path:
    """Where the reliability curve of a report lies: beside it."""
    return report.with_name(f"{report.stem}-reliability.svg")


def write(summary: Summary, picture: str, ablations: Sequence[Ablation] = ()) -> str:
    """The report as the text of a Markdown file; ``picture`` is the curve's address from there."""
    return "\n\n".join(_parts(summary, picture, ablations)) + "\n"


def write_sheet(sheet: Sheet) -> str:
    """A sheet as a part of a report, with what went wrong."""
    return "\n\n".join(_sheet(sheet)) + "\n"


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f"## {sheet.title}"
    for name, scores in sheet.splits():
        yield f"### {name.capitalize()}: {len(scores)} cases"
        yield _table(sheet.rows(scores, kinds=False))
        yield _table(sheet.rows(scores, kinds=True))
        if wrong := sheet.wrong(scores):
            yield f"#### What went wrong ({len(wrong)})"
            rows = [(_escaped(s.what), s.language, s.kind, _escaped(s.note)) for s in wrong]
            yield _table([("what", "language", "kind", "what came instead"), *rows])


def _parts(summary: Summary, picture: str, ablations: Sequence[Ablation]) -> Iterator[str]:
    about = summary.glossary
    yield "# Evaluation"
    yield (
        f"{len(summary.outcomes)} questions to a glossary of {about['entries']} entries"
        f" ({about['passages']} passages), embedded by {_escaped(str(about['embedder']))}."
        f" In brackets: the {LEVEL:.0%} percentile interval of a bootstrap of {DRAWS:,} resamples"
        " of the questions. Questions that are held out were not looked at in tuning."
    )
    for split in summary.splits:
        yield from _split(split)
    if ablations:
        yield "## Ablations"
        yield "The same questions, asked of retrievers that lack something."
        yield _table(ablation_rows(ablations))
    yield "## Reliability"
    yield (f"![The part of the questions that the glossary answers, against confidence]({picture})")
    yield "## Latency"
    times = (("retrieve", summary.retrieve), ("embedding the question alone", summary.embed))
    yield _table(
        [("milliseconds a question", "p50", "p95")]
        + [(name, f"{t.p50:.1f}", f"{t.p95:.1f}") for name, t in times]
    )
    yield "## What went wrong"
    for wrong, heading in _WRONG.items():
        if found := [o for o in summary.outcomes if o.wrong == wrong]:
            yield f"### {heading} ({len(found)})"
            yield _table(_wrong_rows(found))


def _split(split: Split) -> Iterator[str]:
    whole = split.whole
    yield f"## {split.name.capitalize()}"
    yield f"{whole.cases} questions, {whole.answerable} of which the glossary answers."
    if whole.answerable:
        yield "By language:"
        yield _table(finding_rows(split, kinds=False))
        yield "By kind of question:"
        yield _table(finding_rows(split, kinds=True))
    yield "Refusing, and confidence:"
    yield _table([("measure", "value"), *sureness_rows(split)])
    if whole.answerable < whole.cases:
        yield "By kind of question that the glossary does not answer:"
        yield _table(refusal_rows(split))
    yield f"What other thresholds than {ANSWERABLE:g} would decide:"
    yield _table(
        [("answered from", "answerable refused", "unanswerable let in")]
        + [
            (f"{t.threshold:g}", str(t.answerable_refused), str(t.unanswerable_let_in))
            for t in split.thresholds
        ]
    )


def _wrong_rows(outcomes: Iterable[Outcome]) -> Iterator[tuple[str, ...]]:
    yield ("question", "language", "kind", "wanted", "got", "confidence", "")
    for outcome in outcomes:
        case = outcome.case
        wanted = [i for i, grade in case.entries.items() if grade == ANSWERS]
        yield (
            _escaped(case.question),
            f"{case.language}, across" if case.cross else case.language,
            _escaped(case.kind),
            _escaped(", ".join(wanted) or f"none: {case.unanswerable}"),
            _escaped(", ".join(outcome.ids[:_SHOWN]) or "nothing"),
            number(outcome.confidence),
            "held out" if case.held_out else "",
        )


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    first, *rest = rows
    lines = [first, tuple("---" for _ in first), *rest]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))
