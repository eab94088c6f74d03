"""Guided answers: what is asked back, what is hinted at, and what own words have of the points."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation
from assistant.classroom.guided import Guide, Verdict, compare, guide
from knowledge.glossary import Glossary
from knowledge.search.embeddings import bundled_embedders
from tests.conftest import stands

KETTLE = """---
term: Kettle
---

A kettle is a vessel for boiling water.

## How it works

An electric current heats a coil of wire in the base of the vessel. The coil passes its heat to \
the water until steam rises.

## Why it matters

Boiled water is safe to drink, because the heat kills germs.

## Limits

Hard water leaves a layer of lime on the metal after some weeks.

## Common misconception

It is a common misconception that the white cloud is steam; in fact steam cannot be seen.

## Example

A kettle of 2 kilowatts stands on the table. It boils one litre in three minutes.
"""


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    (tmp_path / "kettle.md").write_text(KETTLE, "utf-8")
    return Glossary.read(tmp_path)


def _answer(glossary: Glossary, section: str, **changed: object) -> Answer:
    entry = glossary.entries[0]
    said = [s for s in entry.sentences if s.section == section]
    quoted = tuple(Citation.of(s, n) for n, s in enumerate(said, 1))
    answer = Answer("?", "?", "en", "answered", 1.0, "quote", "…", citations=quoted)
    return replace(answer, **changed)  # type: ignore[arg-type]


def _guide(glossary: Glossary, section: str, **changed: object) -> Guide:
    found = guide(_answer(glossary, section, **changed), glossary)
    assert found
    return found


def test_a_question_back_is_made_of_what_the_answer_does_not_say(glossary: Glossary) -> None:
    defined = _guide(glossary, "summary")
    shown = _guide(glossary, "example")
    assert defined.shown
    assert defined.shown.quote.endswith("stands on the table.")
    assert shown.shown is None
    for found in (defined, shown):
        said = {point.quote for point in found.points}
        assert found.hint
        assert found.hint.quote not in said
        assert not said & {reason.quote for reason in found.reasons}
        beside = [each for each in (found.shown, found.hint) if each]
        assert all(stands(c, glossary) for c in (*beside, *found.points, *found.reasons))
    assert [reason.section for reason in defined.reasons][:1] == ["why"]
    assert guide(_answer(glossary, "summary", status="not_in_glossary"), glossary) is None


def test_own_words_are_held_against_each_point_and_no_verdict_is_forced(glossary: Glossary) -> None:
    found = _guide(glossary, "how")
    near = bundled_embedders()

    def held(words: str) -> list[Verdict]:
        return [point.verdict for point in compare(words, found.points, glossary, near)]

    assert held("") == held("?!") == ["missing"] * 2
    assert held("The shop sells flowers on Sunday.") == ["missing"] * 2
    assert held("Electricity heats the coil in its base.")[0] == "there"
    assert held("يسخّن التيار الكهربائي ملفًا في القاعدة.")[0] != "missing"  # across languages
    denied = held("Electricity does not heat the coil in its base.")
    assert denied[0] == "unclear"
