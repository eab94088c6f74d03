"""Evaluation: ``masrad eval``."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from assistant.answer import Account, Answer, outcome
from assistant.commands.base import (
    Options,
    aligned,
    among,
    argument,
    check_place,
    command,
    write,
)
from assistant.evaluation import claims, report
from assistant.evaluation.cases import case_files, read
from assistant.evaluation.scoring import Score, score

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
    argument(
        "--compare",
        "say what changed since an earlier --json; status 1 if something got worse",
        type=Path,
        metavar="OLD.json",
    ),
    argument(
        "--only",
        f"parts of the evaluation, parted by commas: {', '.join(PARTS)}; default: both, or the"
        " answers alone where files are named",
        type=among(PARTS, "part"),
        metavar="NAMES",
    ),
)
def evaluate(options: Options) -> int:
    """Measure, by questions whose answer is known, how well they are answered.

    Status 1 for a significant loss.
    """
    for path in filter(None, (options.json, options.report)):
        check_place(path)
    old = report.read(options.compare) if options.compare else None
    only = options.only or PARTS[: 1 if options.files else None]
    assistant = options.assistant()
    scores = answers(assistant, options.files) if "answers" in only else []
    if "claims" in only:
        account = Account()
        scores += claims.judge(assistant, account)
        if account.calls:
            took = f"{account.usage.input_tokens} tokens read, {account.usage.output_tokens}"
            print(f"The judge: {account.calls} calls, {took} written.\n")
    made = report.tables(scores)
    for title, groups in made.items():
        print(title, *aligned(report.rows(groups)), "", sep="\n")
    if options.json:
        values = {"measures": made, "scores": list(map(asdict, scores))}
        write(options.json, json.dumps(values, ensure_ascii=False, indent=1) + "\n")
    if options.report:
        write(options.report, report.markdown({"Questions": scores}, about(assistant)))
    return _compare(scores, old) if old is not None else 0


def answers(assistant: "Assistant", files: Sequence[Path]) -> list[Score]:
    """What the quote writer's answers to some files are worth, each asked with the turns before it.

    Raises:
        EvaluationError: a file, or a question, is not as it should be.
        KnowledgeError: a question cannot be embedded, or the index not searched.
    """
    glossary, scores = assistant.glossary, list[Score]()
    cases = [case for each in case_files(glossary, files) for case in read(each, glossary)]
    history: list[Answer] = []
    for case in tqdm(cases, desc="Asking", unit=" questions", disable=None):
        if case.turn == 1:
            history = []
        answer, traces = outcome(assistant.stream(case.question, history, writer="quote"))
        best = traces[0].entries[0].id if traces and traces[0].entries else ""
        quoted = [citation.quote for before in history[-1:] for citation in before.citations]
        scores.append(score(case, answer, best, quoted))
        history.append(answer)
    return scores


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
