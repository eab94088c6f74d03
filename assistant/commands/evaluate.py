"""Evaluation: ``masrad eval``."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from assistant.commands.base import open_assistant, progress_bar
from assistant.evaluation import cases, file, outcomes, reliability, report
from assistant.evaluation.ablations import ablations
from assistant.evaluation.comparison import Comparison, compare
from assistant.evaluation.sheets import RETRIEVAL, SHEETS, sheets
from assistant.evaluation.summary import summarise
from assistant.evaluation.table import (
    ablation_rows,
    aligned,
    comparison_rows,
    sheet_table,
    summary_table,
)
from assistant.evaluation.views import Views


class EvalCommand:
    """Measures how well questions find their entries, are understood, answered and grounded."""

    name = "eval"
    help = "measure, by questions whose answer is known, how well they are found and answered"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The files of questions, ``--json``, ``--report``, ``--ablations`` and ``--compare``."""
        add = parser.add_argument
        add(
            "files",
            nargs="*",
            type=Path,
            metavar="FILE",
            help=f"questions, as YAML; default: {cases.FOLDER}/*.yaml in the glossary's folder",
        )
        add("--json", type=Path, metavar="FILE", help="write everything, with each outcome")
        add("--report", type=Path, metavar="FILE", help="write a report in Markdown, and a picture")
        add(
            "--only",
            type=_sheets,
            default=SHEETS,
            metavar="NAMES",
            help=f"parts of the evaluation, parted by commas: {', '.join(SHEETS)}; default: all",
        )
        add("--ablations", action="store_true", help="measure retrievers that lack something, too")
        add(
            "--compare",
            type=Path,
            metavar="OLD.json",
            help="say what changed since an earlier --json; status 1 if something got worse",
        )

    def run(self, options: argparse.Namespace) -> int:
        """Asks the questions, and prints what comes of them; status 1 for a significant loss."""
        for path in filter(None, (options.json, options.report)):
            file.check(path)
        old = outcomes.read(options.compare) if options.compare else None
        assistant = open_assistant(options)
        retriever = assistant.retriever
        views = Views(retriever, assistant.settings.store, progress_bar)
        files = cases.question_files(assistant.glossary, options.files)
        asked = cases.read(files, assistant.glossary)
        compared = None
        values: dict[str, object] = {}
        parts: list[str] = []
        if RETRIEVAL in options.only:
            found = outcomes.ask(asked, views)
            compared = compare(found, old) if old is not None else None
            summary = summarise(found, retriever)
            print(summary_table(summary))
            ablated = ablations(found, views) if options.ablations else ()
            if ablated:
                print("\nWithout something, over all questions")
                print(*aligned(ablation_rows(ablated)), sep="\n")
            values = {**summary.as_json(), "ablations": [asdict(each) for each in ablated]}
            if options.report:
                picture = report.picture_of(options.report)
                file.put(picture, reliability.draw(summary.splits))
                parts.append(report.write(summary, picture.name, ablated))
        for sheet in sheets(assistant, views, asked, options.only, own=not options.files):
            print(sheet_table(sheet))
            values[sheet.name] = sheet.as_json()
            parts.append(report.write_sheet(sheet))
        if options.json:
            file.put(options.json, json.dumps(values, ensure_ascii=False, indent=1) + "\n")
        if options.report:
            file.put(options.report, "\n".join(parts))
        if compared:
            _print_comparison(compared)
        return int(compared is not None and compared.lost)


def _sheets(text: str) -> tuple[str, ...]:
    names = tuple(filter(None, (name.strip() for name in text.split(","))))
    if unknown := [name for name in names if name not in SHEETS]:
        raise argparse.ArgumentTypeError(
            f"there is no part {', '.join(unknown)}: choose from {', '.join(SHEETS)}"
        )
    return names


def _print_comparison(compared: Comparison) -> None:
    print(f"\nSince the earlier evaluation, over the {compared.cases} questions of both")
    print(*aligned(comparison_rows(compared)), sep="\n")
    mended, broken = len(compared.mended), len(compared.broken)
    print(f"Right now and wrong before: {mended}. Wrong now and right before: {broken}.")
    for outcome in compared.broken:
        print(f"  {outcome.wrong}: {outcome.case.question}")
