"""Paths: what is needed before, in an order without circles; and what a reader has been through."""

from pathlib import Path

from assistant.classroom.path import Learnt, Paths
from assistant.conversations.store import Conversations
from knowledge.glossary import Glossary
from knowledge.linking import Linker

BREAD = {
    "Flour": "Flour is a powder of ground grain.",
    "Water": "Water is what rivers carry.",
    "Dough": "Dough is a soft mass of flour and water.",
    "Yeast": "Yeast is a fungus that makes dough rise.",
    "Oven": "An oven is a hot chamber in which a loaf is baked.",
    "Loaf": "A loaf is a piece of dough after an oven has baked it.",
    "Crust": "A crust is the brown outside of a loaf.",
    "Stale loaf": "A stale loaf is a loaf that is dry.\n\n### How it works\nToast helps.",
    "Toast": "Toast is what is browned again.\n\n### Why it matters\nToast saves a stale loaf.",
}


def test_a_term_comes_after_what_its_definition_names(tmp_path: Path) -> None:
    file = tmp_path / "bread.md"
    file.write_text("\n\n".join(f"## {term}\n{text}" for term, text in BREAD.items()), "utf-8")
    glossary = Glossary.read(file)
    paths = Paths(glossary, Linker(glossary))
    path = paths.up_to("crust")
    assert path[-1] == "crust"
    for first, then in (("flour", "dough"), ("dough", "loaf"), ("loaf", "crust")):
        assert path.index(first) < path.index(then)
    assert "yeast" not in path
    assert set(paths.direct("dough")) == {"flour", "water"}
    assert not paths.direct("flour")
    assert "yeast" in paths.after("dough")
    assert "dough" in paths.start(most=4)  # on which most others lean
    assert "toast" not in paths.up_to("stale-loaf")  # a remedy


def test_all_terms_of_the_bundled_glossary_come_after_what_they_lean_on(bundled: Glossary) -> None:
    paths = Paths(bundled, Linker(bundled))
    order = {entry_id: n for n, entry_id in enumerate(paths.ordered(bundled.ids))}
    assert len(order) == len(bundled.ids)
    assert all(order[first] < order[then] for then in order for first in paths.direct(then))
    assert "token" in paths.up_to("large-language-model")


def test_what_a_reader_knows_is_kept(store: Conversations) -> None:
    learnt = Learnt(store.database)
    for entry_id in ("flour", "water", "water"):
        learnt.tick("she", entry_id)
    learnt.tick("she", "flour", learnt=False)
    learnt.tick("", "flour")
    assert learnt.of("she") == {"water"}
    assert not learnt.of("he")
    assert not learnt.of("")
