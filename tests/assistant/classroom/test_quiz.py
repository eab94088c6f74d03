"""A quiz: every key stands in the glossary, one option is right, the doubtful is not asked."""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.classroom.quiz import KINDS, Item, Kind, Quiz
from assistant.classroom.quiz_maker import GAP, QuizMaker, Wanted, scope
from assistant.settings import Settings
from knowledge.glossary import Glossary
from tests.conftest import stands

SEA = """\
## Ebb tide
An ebb tide is the falling of the sea along a coast after high water, back towards the open ocean.

### How it differs
An ebb tide lowers the water along the coast, whereas a flood tide brings it back up the beach.

### How it works
A strong ebb tide runs faster in a narrow channel. Boats wait two hours there.
A flood tide lifts boats that lie on the sand.

## Flood tide
A flood tide is the rising of the sea that covers beaches and lifts boats lying on the sand.

### Origin
In 1687, Isaac Newton explained the flood tide by gravity. In 1740, Daniel Bernoulli computed one.
It was refined later. In 1776, Pierre Laplace wrote the equations of a flood tide on a globe.

## Lighthouse
A lighthouse is a tower with a strong lamp that warns ships at night of rocks and shallow places.

### Example
A lamp turns 6 times in 1 minute. In 45 minutes the lamp of the lighthouse turns 6 × 45 = 270 times.
Its lens weighs 12 × 12 = 150 kilograms.

## Anchor
An anchor is a heavy hook on a chain that holds a ship in its place by gripping the ground below.

### How it works
First, the crew stops the ship. Then the chain runs out until the hook touches ground.
Finally, the engine pulls backwards to dig the hook in.

## Compass
A compass is an instrument whose needle points to magnetic north and shows sailors a direction.

## Beam compass
A beam compass is a compass with a beam, an instrument whose needle points north for sailors.

## Harbour
A harbour is a sheltered stretch of water with quays where cargo is loaded and passengers land.

## Chart
A chart is a map for navigation that gives depths, coastlines, buoys and dangers to mariners.
"""


@pytest.fixture(scope="module")
def sea(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("sea")
    (folder / "sea.md").write_text("# Sea\n\n" + SEA, "utf-8")
    data = folder / "data"
    return Assistant.open(Settings(glossary=folder / "sea.md", data_dir=data, _env_file=None))


def _made(assistant: Assistant, kind: Kind | None = None, *ids: str, **wanted: Any) -> Quiz:
    kinds = (kind,) if kind else KINDS
    given: dict[str, Any] = {"language": "en", "number": 40, "kinds": kinds, **wanted}
    return QuizMaker(assistant).make(ids or assistant.glossary.ids, Wanted(**given))


def _sound(items: Sequence[Item], glossary: Glossary) -> None:
    """Each key stands where it says; options differ; what is right is among them."""
    for item in items:
        assert stands(item.key, glossary)
        assert len(set(item.options)) == len(item.options)
        assert set(item.right) <= set(range(len(item.options)))
        assert item.is_right(item.right)
        assert not item.is_right(())


def test_which_term_hides_all_its_names(astronomy: Assistant) -> None:
    for language in ("en", "ar"):
        quiz = _made(astronomy, "term", language=language)
        assert len(quiz.items) > 8
        _sound(quiz.items, astronomy.glossary)
        for item in quiz.items:
            entry = astronomy.glossary.get(item.key.entry_id, language)
            assert entry
            assert item.options[item.right[0]] == entry.term
            assert not any(re.search(rf"\b{re.escape(n)}\b", item.prompt) for n in entry.names)


def test_a_wrong_answer_is_surely_wrong(sea: Assistant) -> None:
    """Neither a term that is part of another's name nor one that a definition names."""
    for seed in range(8):
        for item in _made(sea, "term", seed=seed).items:
            if item.key.entry_id in ("compass", "beam-compass"):
                assert not {"Compass", "Beam compass"} <= set(item.options)


def test_which_definition_is_in_the_other_language_where_they_are_crossed(
    astronomy: Assistant,
) -> None:
    quiz = _made(astronomy, None, language="ar", crossed=True)
    _sound(quiz.items, astronomy.glossary)
    assert {item.kind for item in quiz.items} == {"term", "definition"}
    for item in quiz.items:
        assert item.key.language == "en"
        asked = " ".join(item.options) if item.kind == "term" else item.prompt
        assert not re.search("[a-z]", asked)


def test_a_gap_is_filled_by_the_term_that_the_sentence_fits(sea: Assistant) -> None:
    items = _made(sea, "gap").items
    _sound(items, sea.glossary)
    assert "Flood tide" in {item.options[item.right[0]] for item in items}
    assert all(item.prompt.count(GAP) == 1 for item in items)


def test_what_is_done_first(sea: Assistant) -> None:
    (item,) = _made(sea, "order").items
    _sound([item], sea.glossary)
    steps = [item.options[n] for n in item.right]
    assert [text.split()[1] for text in steps] == ["crew", "chain", "engine"]  # without First, Then


def test_one_fact_is_changed_and_the_change_told(sea: Assistant) -> None:
    items = [item for seed in range(12) for item in _made(sea, "truth", seed=seed).items]
    _sound(items, sea.glossary)
    changes = {item.change for item in items}
    assert changes >= {"", "An ebb tide ↔ a flood tide", "faster → slower"}
    assert not any("1687" in change for change in changes)  # a year asks for no understanding
    for item in items:
        stated = item.prompt.partition("\n")[2]
        assert (stated == item.key.quote) == (item.right == (0,)) == (not item.change)


def test_a_sum_is_asked_only_where_it_comes_out(sea: Assistant) -> None:
    items = [item for seed in range(4) for item in _made(sea, "sum", seed=seed).items]
    assert {item.options[item.right[0]] for item in items} == {"270"}
    assert f"turns {GAP} times" in items[0].prompt  # all that it is made of has been said


def test_a_scope(sea: Assistant, astronomy: Assistant) -> None:
    assert scope(sea.glossary, ("anchor", "harbour", "chart")) == ("anchor", "harbour", "chart")
    assert set(scope(astronomy.glossary, (), "Stars")) == astronomy.glossary.within("النجوم")
    assert set(scope(sea.glossary)) == set(sea.glossary.ids)
