"""Matching, measured on invented reports: what is shown under a term is about it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.assistant import Assistant
from assistant.news.feeds import Item
from assistant.news.matching import concerned

DATA = Path(__file__).parents[2] / "data" / "news"


@pytest.mark.parametrize(
    ("name", "language", "precision", "recall"),
    [  # measured: 0.89 and 0.89, 0.90 and 0.95, 0.93 and 0.93, 0.91 and 1.00
        pytest.param("labelled", "en", 0.85, 0.85, marks=pytest.mark.thorough),
        pytest.param("labelled", "ar", 0.85, 0.85, marks=pytest.mark.thorough),
        ("heldout", "en", 0.9, 0.9),
        ("heldout", "ar", 0.9, 0.9),
    ],
)
def test_terms_are_told_rightly(
    assistant: Assistant, name: str, language: str, precision: float, recall: float
) -> None:
    rows: list[dict[str, Any]]
    rows = yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))[language]
    items = [Item(row["title"], datetime.now(UTC), row["summary"]) for row in rows]
    found = [set(concerned(assistant, item)) for item in items]
    right = wrong = 0
    for row, terms in zip(rows, found, strict=True):
        right += len(set(row["about"]) & terms)
        wrong += len(terms - set(row["about"]) - set(row.get("may", ())))
    wanted = sum(len(row["about"]) for row in rows)
    assert right / (right + wrong) >= precision
    assert right / wanted >= recall
