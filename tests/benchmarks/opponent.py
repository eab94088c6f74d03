"""Asks through a real language model, and shows what reaches the reader and what was withheld.

An opponent for verification: a small model invents freely, and seldom cites. Which is set up
by ``OPENAI_BASE_URL``; docs/contributing.md tells how to start one. Usage::

    OPENAI_BASE_URL=http://127.0.0.1:8091/v1 python -m tests.benchmarks.opponent REPORT.md

Sixty questions are taken evenly from those of the evaluation, in both languages. The report lists
each sentence that was shown beside the words that it cites, to be counted by hand.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.settings import Settings
from tests.benchmarks.bundled import questions

QUESTIONS = 60


def main() -> None:
    """Asks, and writes the report."""
    assistant = Assistant.open(Settings.load())
    counts: Counter[str] = Counter()
    lines = ["# What a language model wrote, and what of it was shown", ""]
    for question in tqdm(questions(assistant.glossary, QUESTIONS)):
        answer = assistant.ask(question.question, writer="explain")
        counts.update([f"{answer.status}, by {answer.writer}"])
        counts.update(f"{each.support}, by {answer.writer}" for each in answer.sentences)
        counts.update(each.support for each in answer.withheld)
        lines += _shown(answer)
    counted = ", ".join(f"{name}: {count}" for name, count in sorted(counts.items()))
    Path(sys.argv[1]).write_text("\n".join([*lines, counted, ""]), "utf-8")
    print(counted)


def _shown(answer: Answer) -> Iterator[str]:
    quotes = {citation.marker: citation.quote for citation in answer.citations}
    notice = f": {answer.notice.kind}" if answer.notice else ""
    yield from (f"## {answer.question}", f"{answer.status}, by {answer.writer}{notice}", "")
    if answer.writer == "explain":
        for sentence in answer.sentences:
            yield f"- {sentence.support}: {sentence.text}"
            yield from (f"  - “{quotes[n]}”" for n in sentence.citations)
    for sentence in answer.withheld:
        yield f"- {sentence.support}: {sentence.text} ({sentence.reason})"
    yield ""


if __name__ == "__main__":
    main()
