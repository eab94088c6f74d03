"""Evaluation: ``masrad eval``."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import AssistantError
from assistant.answer import Account
from assistant.commands.base import Options, aligned, argument, check_place, command, flag
from assistant.evaluation import claims, replies, report
from assistant.evaluation.cases import HELD_OUT, read
from assistant.evaluation.scoring import Score
from knowledge.glossary import BUNDLED

if TYPE_CHECKING:
    from assistant.assistant import Assistant


@command(
    argument(
        "files",
        "questions, as JSON Lines; default: the bundled glossary's held-out ones, and claims",
        nargs="*",
        type=Path,
        metavar="FILE",
    ),
    argument("--json", "write everything, with each answer", type=Path, metavar="FILE"),
    flag("--ablations", "ask again without vectors, words, names and so on, too"),
)
def evaluate(options: Options) -> None:
    """Measure, by questions whose answer is known, how well they are answered."""
    if options.json:
        check_place(options.json)
    assistant = options.assistant()
    files = options.files or (HELD_OUT if assistant.glossary.path == BUNDLED else ())
    scores, ablations = answers(assistant, files, ablate=options.ablations)
    if not options.files:
        account = Account()
        scores += claims.judge(assistant, account)
        if account.calls:
            took = f"{account.usage.input_tokens} tokens read, {account.usage.output_tokens}"
            print(f"The judge: {account.calls} calls, {took} written.\n")
    if not scores:
        raise AssistantError(
            "Name files of questions on this glossary: one JSON object a line, as docs/"
            "evaluation.md tells."
        )
    made = report.tables(scores)
    for title, groups in made.items():
        print(title, *aligned(report.rows(groups)), "", sep="\n")
    if ablations:
        print("Without an ingredient", *aligned(ablations), "", sep="\n")
    if options.json:
        each = [asdict(score) for score in scores]
        values = {"measures": made, "ablations": ablations, "scores": each}
        options.json.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", "utf-8")


def answers(
    assistant: "Assistant", files: Sequence[Path], *, ablate: bool = False
) -> tuple[list[Score], report.Rows]:
    """What the answers to some files are worth, and what each ingredient is, if that is wanted.

    Raises:
        AssistantError: a file, or a question, is not as it should be.
    """
    cases = [case for each in files for case in read(each, assistant.glossary)]
    scores, traces = replies.ask(cases, assistant)
    if not ablate or not scores:
        return scores, []
    ablated = {
        name: replies.ask(cases, less, name.capitalize())[0]
        for name, less in replies.ablated(assistant, traces)
    }
    return scores, report.ablation_rows(scores, ablated)
