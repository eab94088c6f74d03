"""Evaluation: ``masrad eval``."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Account
from assistant.commands.base import Options, aligned, argument, check_place, command, flag, write
from assistant.evaluation import claims, replies, report
from assistant.evaluation.cases import case_files, read
from assistant.evaluation.scoring import Score

if TYPE_CHECKING:
    from assistant.assistant import Assistant

PARTS = ("answers", "claims")


@command(
    argument(
        "files",
        "questions, as JSON Lines; default: the bundled glossary's held-out ones",
        nargs="*",
        type=Path,
        metavar="FILE",
    ),
    argument("--json", "write everything, with each answer", type=Path, metavar="FILE"),
    argument("--report", "write a report in Markdown", type=Path, metavar="FILE"),
    flag("--ablations", "ask again without vectors, words, names and so on, too"),
    argument(
        "--compare",
        "say what changed since an earlier --json; status 1 if something got worse",
        type=Path,
        metavar="OLD.json",
    ),
    argument("--only", "a part; default: both, or answers where files are named", choices=PARTS),
)
def evaluate(options: Options) -> int:
    """Measure, by questions whose answer is known, how well they are answered.

    Status 1 for a significant loss.
    """
    for path in filter(None, (options.json, options.report)):
        check_place(path)
    old = report.read(options.compare) if options.compare else None
    only = (options.only,) if options.only else PARTS[: 1 if options.files else None]
    assistant = options.assistant()
    scores: list[Score] = []
    ablations: report.Rows = []
    if "answers" in only:
        scores, ablations = answers(assistant, options.files, ablate=options.ablations)
    if "claims" in only:
        account = Account()
        scores += claims.judge(assistant, account)
        if account.calls:
            took = f"{account.usage.input_tokens} tokens read, {account.usage.output_tokens}"
            print(f"The judge: {account.calls} calls, {took} written.\n")
    made = report.tables(scores)
    for title, groups in made.items():
        print(title, *aligned(report.rows(groups)), "", sep="\n")
    if ablations:
        print("Without an ingredient", *aligned(ablations), "", sep="\n")
    if options.json:
        each = [asdict(score) for score in scores]
        values = {"measures": made, "ablations": ablations, "scores": each}
        write(options.json, json.dumps(values, ensure_ascii=False, indent=1) + "\n")
    if options.report:
        sets = {"Questions": scores}
        write(options.report, report.markdown(sets, about(assistant), ablations))
    return _compare(scores, old) if old is not None else 0


def answers(
    assistant: "Assistant", files: Sequence[Path], *, ablate: bool = False
) -> tuple[list[Score], report.Rows]:
    """What the answers to some files are worth, and what each ingredient is, if that is wanted.

    Raises:
        EvaluationError: a file, or a question, is not as it should be.
    """
    glossary = assistant.glossary
    cases = [case for each in case_files(glossary, files) for case in read(each, glossary)]
    scores, traces = replies.ask(cases, assistant)
    ablated = {
        name: replies.ask(cases, less, name.capitalize())[0]
        for name, less in (replies.ablated(assistant, traces) if ablate else ())
    }
    return scores, report.ablation_rows(scores, ablated) if ablated else []


def about(assistant: "Assistant") -> str:
    """What was asked, for the report."""
    embedders = " and ".join(index.embedder.name for index in assistant.retriever.indexes)
    return f"A glossary of {len(assistant.glossary.ids)} terms, embedded by {embedders}."


def _compare(scores: Sequence[Score], old: Sequence[Score]) -> int:
    now, then = report.paired(scores, old)
    changed = report.comparison_rows(now, then)
    print(f"Since the earlier evaluation, over the {len(now)} questions of both")
    print(*aligned(changed), sep="\n")
    pairs = list(zip(now, then, strict=True))
    mended = sum(bool(before.wrong) and not each.wrong for each, before in pairs)
    broken = [each for each, before in pairs if each.wrong and not before.wrong]
    print(f"Right now and wrong before: {mended}. Wrong now and right before: {len(broken)}.")
    for each in broken:
        print(f"  {each.wrong}: {each.asked}")
    return int(any(row[-1] == report.LOSS for row in changed))
