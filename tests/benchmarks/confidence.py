"""Fits the confidence of ``knowledge.retrieval``, and shows what it decides: its constants' source.

Usage: ``python -m tests.benchmarks.confidence``.
"""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from assistant.assistant import Assistant
from assistant.settings import Settings
from knowledge.retrieval import ANSWERABLE, Hit

QUESTIONS = Path(__file__).parents[1] / "data" / "questions.yaml"
PENALTY = 0.005
STEPS = 20_000


def main() -> None:
    """Prints the weights, the decisions at several thresholds, and the wrong ones at ours."""
    cases: list[dict[str, Any]] = yaml.safe_load(QUESTIONS.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as data:
        retriever = Assistant.open(Settings(data_dir=Path(data), _env_file=None)).retriever
        found = [retriever.retrieve(c["question"], c["language"], k=1) for c in cases]
        levels = retriever.index.manifest
    held = np.array(["entry" in case for case in cases])

    def features(hit: Hit) -> tuple[float, float, float, float]:
        closeness = (hit.cosine - levels.unrelated) / (levels.related - levels.unrelated)
        return closeness, hit.words, hit.name, 1.0

    rows = np.array([features(evidence.hits[0]) for evidence in found])
    weights = np.zeros(4)
    for _ in range(STEPS):  # logistic regression, L2, by plain gradient descent
        error = 1 / (1 + np.exp(-rows @ weights)) - held
        weights -= 0.5 * (rows.T @ error / len(held) + PENALTY * np.r_[weights[:3], 0])
    print("closeness, words, name, offset:", weights.round(2))

    ours = np.array([evidence.confidence for evidence in found])
    pairs = ours[held][:, None] - ours[~held][None, :]
    print(f"ROC area: {(pairs > 0).mean() + (pairs == 0).mean() / 2:.3f}")
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55):
        refused, accepted = (ours[held] < threshold).sum(), (ours[~held] >= threshold).sum()
        print(
            f"{threshold}: {refused} of {held.sum()} refused, {accepted} of {(~held).sum()} let in"
        )
    first = sum(e.entries[0][0].id == c.get("entry") for e, c in zip(found, cases, strict=True))
    print(f"the entry comes first: {first} of {held.sum()}")
    for case, evidence, holds in zip(cases, found, held, strict=True):
        if evidence.answerable != holds:
            what = "refused" if holds else "let in"
            print(f"  {evidence.confidence:.2f} {what}: {case['question']}")
    print(f"threshold in force: {ANSWERABLE}")


main()
