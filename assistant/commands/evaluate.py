"""Evaluation: ``masrad eval``."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from assistant.commands.base import open_assistant, progress_bar
from assistant.evaluation import cases, file, outcomes, reliability, report
from assistant.evaluation.ablations import ablations
from assistant.evaluation.comparison import Comparison, compare
from assistant.evaluation.summary import summarise
from assistant.evaluation.table import ablation_rows, aligned, comparison_rows, summary_table
from assistant.evaluation.views import Views


class EvalCommand:
    """Measures how well questions find their entries, and how well others are refused."""

    name = "eval"
    help = "measure, by questions whose answer is known, how well the glossary's entries are found"

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
        files = cases.question_files(assistant.glossary, options.files)
        views = Views(retriever, assistant.settings.store, progress_bar)
        found = outcomes.ask(cases.read(files, assistant.glossary), views)
        compared = compare(found, old) if old is not None else None
        summary = summarise(found, retriever)
        print(summary_table(summary))
        ablated = ablations(found, views) if options.ablations else ()
        if ablated:
            print("\nWithout something, over all questions")
            print(*aligned(ablation_rows(ablated)), sep="\n")
        if options.json:
            values = {**summary.as_json(), "ablations": [asdict(each) for each in ablated]}
            file.put(options.json, json.dumps(values, ensure_ascii=False, indent=1) + "\n")
        if options.report:
            picture = report.picture_of(options.report)
            file.put(picture, reliability.draw(summary.splits))
            file.put(options.report, report.write(summary, picture.name, ablated))
        if compared:
            _print_comparison(compared)
        return int(compared is not None and compared.lost)


def _print_comparison(compared: Comparison) -> None:
    print(f"\nSince the earlier evaluation, over the {compared.cases} questions of both")
    print(*aligned(comparison_rows(compared)), sep="\n")
    mended, broken = len(compared.mended), len(compared.broken)
    print(f"Right now and wrong before: {mended}. Wrong now and right before: {broken}.")
    for outcome in compared.broken:
        print(f"  {outcome.wrong}: {outcome.case.question}")
