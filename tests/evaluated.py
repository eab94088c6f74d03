"""Evaluates, and writes what comes of it into the documents: ``make evaluation``.

The bundled glossary's report and its picture, the table of the README, and the table of the other
glossaries in ``docs/evaluation.md``. Takes some minutes.
"""

import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.assistant import Assistant
from assistant.evaluation import cases, outcomes, reliability, report
from assistant.evaluation.ablations import ablations
from assistant.evaluation.measures import estimate, mean, statistics
from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.scores import Sheet
from assistant.evaluation.sheets import SHEETS, sheets
from assistant.evaluation.summary import ACROSS, Group, summarise
from assistant.evaluation.views import Views
from assistant.settings import Settings
from tests.documents import DOCS

README = DOCS.parent / "README.md"
REPORT = DOCS / "evaluation-report.md"
GUIDE = DOCS / "evaluation.md"
OTHERS = Path(__file__).parent / "data" / "evaluation"
NAMES = {"en": "English", "ar": "Arabic", ACROSS: "across languages"}
HEAD = ("| questions held out | cases | right entry first | among five |", "|---|---|---|---|")
SHEETS_HEAD = ("| held out | English | Arabic |", "|---|---|---|")
OTHERS_HEAD = (
    "| glossary | questions | answerable | recall@1 | refusal precision | recall | ROC | ECE |",
    "|---|---|---|---|---|---|---|---|",
)


def main() -> None:
    """Evaluates every set of questions, and writes the documents."""
    with tempfile.TemporaryDirectory() as data:
        bundled(Path(data))
        rows = [other(Path(data), questions) for questions in sorted(OTHERS.glob("*.yaml"))]
    put(GUIDE, [*OTHERS_HEAD, *rows])


def bundled(data: Path) -> None:
    """Writes the report on the bundled glossary, and the table of the README."""
    assistant = Assistant.open(Settings(data_dir=data, _env_file=None))
    glossary = assistant.glossary
    views = Views(assistant.retriever, assistant.settings.store)
    asked = cases.read(cases.question_files(glossary, ()), glossary)
    found = outcomes.ask(asked, views)
    summary = summarise(found, assistant.retriever)
    picture = report.picture_of(REPORT)
    picture.write_text(reliability.draw(summary.splits), "utf-8")
    made = list(sheets(assistant, views, asked, SHEETS, own=True))
    texts = [report.write(summary, picture.name, ablations(found, views))]
    REPORT.write_text("\n".join([*texts, *map(report.write_sheet, made)]), "utf-8")
    put(README, [*SHEETS_HEAD, *(row for sheet in made for row in sheet_rows(sheet))], "answers")
    held = summary.splits[-1]
    groups = {group.name: group for group in held.groups}
    rows = [found_row(NAMES[name], groups[name]) for name in NAMES if name in groups]
    whole = held.whole.measures
    sure = (
        f"Of its refusals {share(whole['refusal precision'].value)} are right, and of the"
        f" {held.whole.cases - held.whole.answerable} questions that the glossary does not answer"
        f" it refuses {share(whole['refusal recall'].value)}; the area under the ROC curve is"
        f" {share(whole['ROC area'].value)}, the calibration error"
        f" {share(whole['calibration error'].value)}."
    )
    put(README, [*HEAD, *rows, "", sure])


def found_row(name: str, group: Group) -> str:
    """A row of the README's table."""
    measures = [group.measures[measure] for measure in ("recall@1", "recall@5")]
    cells = (f"{share(m.value)} ({share(m.low)}–{share(m.high)})" for m in measures)
    return f"| {name} | {group.answerable} | {' | '.join(cells)} |"


def sheet_rows(sheet: Sheet) -> Iterator[str]:
    """Rows of the README's table on what was held out, a row a measure."""
    held = [score for score in sheet.scores if score.held_out]
    for measure in sheet.measures:
        cells = []
        for language in ("en", "ar"):
            group = [score for score in held if score.language == language]
            found = estimate(mean([score.values[measure] for score in group]), len(group))
            cells.append(f"{share(found.value)} ({share(found.low)}–{share(found.high)})")
        yield f"| {sheet.title}: {measure} | {' | '.join(cells)} |"


def other(data: Path, questions: Path) -> str:
    """A row on a glossary that nothing was fitted to."""
    [file] = (f for f in questions.parent.glob(f"{questions.stem}.*") if f != questions)
    assistant = Assistant.open(Settings(data_dir=data, glossary=file, _env_file=None))
    views = Views(assistant.retriever, assistant.settings.store)
    found = outcomes.ask(cases.read([questions], assistant.glossary), views)
    answerable = sum(outcome.case.answerable for outcome in found)
    cells = " | ".join(share(value) for value in values(found))
    return f"| {questions.stem} | {len(found)} | {answerable} | {cells} |"


def values(found: Sequence[Outcome]) -> list[float]:
    """The measures of the columns of ``OTHERS_HEAD``, without intervals."""
    made = statistics(found)
    names = ("recall@1", "refusal precision", "refusal recall", "ROC area", "calibration error")
    return [float(made[name](np.ones((1, len(found))))[0]) for name in names]


def share(value: float | None) -> str:
    """A share in three digits."""
    return "–" if value is None else f"{value:.3f}"


def put(document: Path, lines: Sequence[str], mark: str = "evaluation") -> None:
    """Writes lines between the marks of a document."""
    text = document.read_text("utf-8")
    table = "\n".join(lines)
    made, count = re.subn(
        rf"(?s)(<!-- {mark} -->\n).*?(\n?<!-- /{mark} -->)",
        lambda marks: f"{marks[1]}{table}\n{marks[2].strip()}",
        text,
    )
    if count != 1:
        raise ValueError(f"{document} has not one place for the table of the evaluation.")
    document.write_text(made, "utf-8")


if __name__ == "__main__":
    main()
