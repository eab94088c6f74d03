"""The question sets for the evaluation: each names entries that are there, or says why none."""

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
import yaml

from assistant.answer import Kind
from assistant.evaluation import claims, dialogues
from assistant.evaluation.cases import read
from knowledge.glossary import BUNDLED, Glossary

OTHERS = Path(__file__).parent / "data" / "evaluation"
SETS = [
    *((BUNDLED, file) for file in sorted(BUNDLED.glob("questions/*.yaml"))),
    *((BUNDLED, file) for file in sorted(BUNDLED.glob("answers/*.yaml"))),
    *(
        (glossary, file)
        for file in sorted(OTHERS.glob("*.yaml"))
        for glossary in OTHERS.glob(f"{file.stem}.*")
        if glossary != file
    ),
]


@pytest.mark.parametrize(("path", "file"), SETS, ids=lambda path: path.name)
def test_a_question_names_entries_that_are_there_or_says_why_there_is_none(
    bundled: Glossary, path: Path, file: Path
) -> None:
    glossary = bundled if path == BUNDLED else Glossary.read(path)
    cases = yaml.safe_load(file.read_text("utf-8"))
    for case in cases:
        assert case.keys() <= {
            "language", "kind", "asks", "question", "entries", "unanswerable", "cross",
        }  # fmt: skip
        assert bool(case.get("entries")) != bool(case.get("unanswerable")), case
        for entry_id, grade in case.get("entries", {}).items():
            assert glossary.versions(entry_id), case
            assert grade in (1, 2), case
    assert len({case["question"] for case in cases}) == len(cases)


def test_the_other_glossaries_are_of_many_languages() -> None:
    others = {path for path, _ in SETS} - {BUNDLED}
    languages = {tag for path in others for tag in Glossary.read(path).languages}
    assert languages >= {"ar", "en", "es", "fa", "fr", "ja", "th", "tr", "zh"}


def test_there_are_questions_of_every_kind_in_both_languages() -> None:
    cases = [case for path, file in SETS if path == BUNDLED for case in yaml.safe_load(file.open())]
    for language in ("en", "ar"):
        assert sum(c["language"] == language and "entries" in c for c in cases) >= 150
        assert sum(c["language"] == language and "unanswerable" in c for c in cases) >= 50
    assert sum(c["kind"] == "describe" for c in cases) >= 60
    assert sum(c["kind"] == "typo" for c in cases) >= 40
    assert sum(c.get("cross", False) for c in cases) >= 40


def test_every_kind_of_answer_is_asked_for_in_both_languages(bundled: Glossary) -> None:
    asked = read([file for path, file in SETS if path == BUNDLED], bundled)
    for language in ("en", "ar"):
        kinds = Counter(kind for c in asked if c.language == language for kind in c.asks)
        assert set(kinds) == set(get_args(Kind))
        assert min(kinds.values()) >= 14


def test_there_are_forty_conversations_in_each_language_and_turns_that_lean(
    bundled: Glossary,
) -> None:
    scripts = dialogues.read(bundled)
    for language in ("en", "ar"):
        spoken = [script for script in scripts if script.language == language]
        assert len(spoken) == 40
        assert sum(len(script.turns) - 1 for script in spoken) >= 120


def test_there_are_five_hundred_claims_in_each_language_a_third_of_them_true(
    bundled: Glossary,
) -> None:
    passages = claims.read(bundled)
    for language in ("en", "ar"):
        spoken = [fields for fields in passages if fields.language == language]
        kinds = Counter(claim.kind for fields in spoken for claim in fields.claims)
        assert sum(kinds.values()) == 540
        assert kinds[claims.TRUE] == 180
        assert set(kinds.values()) == {180, 60}
        for fields in spoken:
            entry = bundled.get(fields.entry, language)
            assert entry is not None
            assert fields.passage in entry.text(fields.section).split("\n\n")
