"""Asks through a real language model, and shows what reaches the reader and what was withheld.

An opponent for verification: a small model invents freely, and seldom cites. Which is set up
by ``OPENAI_BASE_URL``; docs/contributing.md tells how to start one. Usage::

    OPENAI_BASE_URL=http://127.0.0.1:8091/v1 python -m tests.benchmarks.opponent REPORT.md

Sixty questions, half of them in Arabic, are taken evenly from those of the evaluation. The report
lists each sentence that was shown beside the words that it cites, to be counted by hand.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.evaluation.cases import Case
from assistant.settings import Settings
from tests.benchmarks.bundled import questions

QUESTIONS = 60


def main() -> None:
    """Asks, and writes the report."""
    report = Path(sys.argv[1])
    assistant = Assistant.open(Settings.load())
    counts: Counter[str] = Counter()
    lines = ["# What a language model wrote, and what of it was shown", ""]
    for question in tqdm(_questions(assistant)):
        answer = assistant.ask(question.question, writer="explain")
        counts.update(_counted(answer))
        lines += _shown(answer)
    counted = ", ".join(f"{name}: {count}" for name, count in sorted(counts.items()))
    report.write_text("\n".join([*lines, counted, ""]), "utf-8")
    print(counted)


def _questions(assistant: Assistant) -> list[Case]:
    asked = [q for q in questions(assistant.glossary, 10 * QUESTIONS) if q.kind != "list"]
    found: list[Case] = []
    for language in ("en", "ar"):
        spoken = [question for question in asked if question.language == language]
        found += spoken[:: len(spoken) // (QUESTIONS // 2)][: QUESTIONS // 2]
    return found


def _counted(answer: Answer) -> Counter[str]:
    used = {n for s in answer.sentences for n in s.citations}
    counts: Counter[str] = Counter(f"{s.support}, by {answer.writer}" for s in answer.sentences)
    counts.update(s.support for s in answer.withheld)
    counts.update(
        {
            "questions": 1,
            f"answered by {answer.writer}": answer.status == "answered",
            f"shown, by {answer.writer}": len(answer.sentences),
            "phantom markers": len(used ^ {c.marker for c in answer.citations}),
            "notices": answer.notice is not None,
        }
    )
    return counts


def _shown(answer: Answer) -> Iterator[str]:
    quotes = {c.marker: c.quote for c in answer.citations}
    yield f"## {answer.question}"
    yield f"{answer.status}, by {answer.writer}" + (
        f": {answer.notice.kind}" if answer.notice else ""
    )
    yield ""
    if answer.writer == "explain":
        for sentence in answer.sentences:
            yield f"- {sentence.support}: {sentence.text}"
            yield from (f"  - “{quotes[n]}”" for n in sentence.citations)
    for sentence in answer.withheld:
        yield f"- {sentence.support}: {sentence.text} ({sentence.reason})"
    yield ""


if __name__ == "__main__":
    main()
