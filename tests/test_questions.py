"""The question sets for the evaluation: each names entries that are there, or says why none."""

from pathlib import Path

import pytest
import yaml

from knowledge.glossary import BUNDLED, Glossary

OTHERS = Path(__file__).parent / "data" / "evaluation"
SETS = [
    *((BUNDLED, file) for file in sorted((BUNDLED / "questions").glob("*.yaml"))),
    *(
        (glossary, file)
        for file in sorted(OTHERS.glob("*.yaml"))
        for glossary in OTHERS.glob(f"{file.stem}.*")
        if glossary != file
    ),
]


@pytest.mark.parametrize(("path", "file"), SETS, ids=lambda path: path.name)
def test_a_question_names_entries_that_are_there_or_says_why_there_is_none(
    path: Path, file: Path
) -> None:
    glossary = Glossary.read(path)
    cases = yaml.safe_load(file.read_text("utf-8"))
    for case in cases:
        assert case.keys() <= {
            "language", "kind", "question", "entries", "unanswerable", "cross",
        }  # fmt: skip
        assert bool(case.get("entries")) != bool(case.get("unanswerable")), case
        for entry_id, grade in case.get("entries", {}).items():
            assert glossary.versions(entry_id), case
            assert grade in (1, 2), case
    assert len({case["question"] for case in cases}) == len(cases)


def test_the_other_glossaries_are_of_many_languages() -> None:
    languages = {tag for path, _ in SETS for tag in Glossary.read(path).languages}
    assert languages >= {"ar", "en", "es", "fa", "fr", "ja", "th", "tr", "zh"}


def test_there_are_questions_of_every_kind_in_both_languages() -> None:
    cases = [case for path, file in SETS if path == BUNDLED for case in yaml.safe_load(file.open())]
    for language in ("en", "ar"):
        assert sum(c["language"] == language and "entries" in c for c in cases) >= 150
        assert sum(c["language"] == language and "unanswerable" in c for c in cases) >= 50
    assert sum(c["kind"] == "describe" for c in cases) >= 60
    assert sum(c["kind"] == "typo" for c in cases) >= 40
    assert sum(c.get("cross", False) for c in cases) >= 40
