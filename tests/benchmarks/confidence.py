"""Fits the constants of ``knowledge.fusion``, and shows what they decide: their source.

Usage: ``python -m tests.benchmarks.confidence``. It looks at the questions of the bundled glossary
that are not held out, and at those of ``tests/data/questions.yaml``: asked of the glossary as it is
and of one without the wordings in which its entries say they are asked, for most have none. It
looks at no question of another glossary.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

from assistant.assistant import Assistant
from assistant.evaluation.cases import ANSWERS, Case, question_files, read
from assistant.settings import Settings
from knowledge.fusion import ANSWERABLE, FUSED, LONG, Features, Subject
from knowledge.glossary import Glossary
from knowledge.index import open_index
from knowledge.retrieval import Retriever

QUESTIONS = Path(__file__).parents[1] / "data" / "questions.yaml"
WEIGHED = ("closeness", "words", "covered", "name")
CONFIDENT = ("nearest", "named", "missing", "beside", "demand", "length", "offset")
STEPS, RATE, PENALTY = 1200, 0.4, 0.002


class Asked(NamedTuple):
    """A case, what was found for it, and what makes the found entries right."""

    case: Case
    features: Features
    right: Any
    subject: Subject


def main() -> None:
    """Prints the weights of the utility, then those of the confidence, and what they decide."""
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(data_dir=Path(data), _env_file=None)
        full = Assistant.open(settings).retriever
        cases = fitted(full.glossary)
        bare = Glossary(
            Path("bare"), tuple(replace(entry, asked=()) for entry in full.glossary.entries)
        )
        index, _ = open_index(settings.store, bare, full.embedder)
        retrievers = (full, Retriever(bare, index, full.embedder))
        asked = [each for retriever in retrievers for each in ask(retriever, cases)]
        weights = utility([each for each in asked if each.right.any()])
        print(dict(zip(WEIGHED, weights.round(2).tolist(), strict=True)))
        rows = np.array([confident(each, weights) for each in asked])
    answered = np.array([each.case.answerable for each in asked])
    found = logistic(rows, answered)
    print(dict(zip(CONFIDENT, found.round(2).tolist(), strict=True)))
    likely = 1 / (1 + np.exp(-rows @ found))
    for threshold in (0.4, 0.5, 0.55, 0.6, 0.65, 0.7):
        refused = likely < threshold
        precision, recall = (refused & ~answered).sum() / (refused.sum(), (~answered).sum())
        print(f"{threshold}: refusal precision {precision:.3f}, recall {recall:.3f}")
    print(f"in force: {ANSWERABLE}, {FUSED}")


def fitted(glossary: Glossary) -> list[Case]:
    """The cases that fitting may look at."""
    held = read(question_files(glossary, ()), glossary)
    plain = [
        Case(
            question=row["question"],
            language=row["language"],
            kind="plain",
            entries={row["entry"]: ANSWERS} if "entry" in row else {},
            unanswerable="" if "entry" in row else "not in the glossary",
        )
        for row in yaml.safe_load(QUESTIONS.read_text("utf-8"))
    ]
    return [case for case in (*held, *plain) if not (case.held_out or case.cross)]


def ask(retriever: Retriever, cases: Sequence[Case]) -> Iterator[Asked]:
    """What is found for each case."""
    for case in cases:
        mentions = retriever.names.find(case.question, case.language)
        found = retriever.weigh(mentions, case.language, retriever.near(case.question))
        right = np.array([case.entries.get(entry.id, 0) == ANSWERS for entry in found.entries])
        best = int(FUSED.utilities(found.features).argmax())
        subject = retriever.subject(found, best, case.language)
        yield Asked(case, found.features, right, subject)


def utility(asked: Sequence[Asked]) -> Any:
    """The weights under which the entries that answer are the likeliest to be chosen."""
    weights = np.ones(len(WEIGHED))
    for _ in range(STEPS):
        slope = -PENALTY * weights
        for each in asked:
            matrix = _matrix(each.features)
            likely = np.exp(matrix @ weights - (matrix @ weights).max())
            likely /= likely.sum()
            chosen = likely * each.right
            slope += matrix.T @ (chosen / chosen.sum() - likely) / len(asked)
        weights += RATE * slope
    return weights


def confident(asked: Asked, weights: Any) -> tuple[float, ...]:
    """What the confidence of a case is made of, with 1 for the offset."""
    best = int((_matrix(asked.features) @ weights).argmax())
    missing, named = float(asked.features.missing[best]), asked.subject.named
    return (
        float(asked.features.closeness.max()),
        named,
        missing,
        missing * (named > 0),
        float(asked.subject.demand),
        min(asked.subject.length, LONG) / LONG,
        1.0,
    )


def logistic(rows: Any, answered: Any) -> Any:
    """Logistic regression with an L2 penalty of 1 on all but the offset, by Newton's method."""
    penalty = np.diag([1.0] * (rows.shape[1] - 1) + [0.0])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (answered - likely) - penalty @ weights
        weights += np.linalg.solve(
            (rows * (likely * (1 - likely))[:, None]).T @ rows + penalty, slope
        )
    return weights


def _matrix(features: Features) -> Any:
    return np.stack([getattr(features, name) for name in WEIGHED], axis=1)


if __name__ == "__main__":
    main()
