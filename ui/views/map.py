"""The map: categories as countries, each with its best-known terms, or one of them from nearby."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

from knowledge.glossary import Glossary
from ui.components.classroom.path import maker
from ui.page import Page

_BEST = 6  # terms of a category on the whole map
_MOST = 240  # of one from nearby: of more, the glossary's page is the list
_AROUND, _SHARED = 6, 5  # categories around it, and terms of each
_KNOWN = (0.1, 0.4)  # the best-known tenth of all terms is written largest, and so on


class Map:
    """What of a glossary is shown in one language, and what is related to what."""

    def __init__(self, glossary: Glossary, language: str) -> None:
        self.entries = {i: entry for i in glossary.ids if (entry := glossary.get(i, language))}
        relations: dict[str, set[str]] = defaultdict(set)
        for entry in glossary.entries:
            for other in glossary.related(entry):
                if other.id != entry.id:
                    relations[entry.id].add(other.id)
                    relations[other.id].add(entry.id)
        self.relations = {i: frozenset(relations[i]) for i in self.entries}
        """The ids that each is related to, whichever of the two says so."""
        order = glossary.categories(language)
        self.categories: dict[str, list[str]] = {category: [] for category in order}
        """The ids of each, in the glossary's order."""
        for entry in self.entries.values():
            self.categories.setdefault(entry.category, []).append(entry.id)
        ranked = sorted(self.entries, key=self._fame)
        self.sizes = {
            i: 3 - sum(n >= part * len(ranked) for part in _KNOWN) for n, i in enumerate(ranked)
        }
        """How large each term is written, from 1 to 3."""

    def _fame(self, entry_id: str) -> tuple[int, str]:
        return -len(self.relations[entry_id]), entry_id

    def whole(self) -> dict[str, list[str]]:
        """All categories, each with the ids of its best-known terms."""
        return {name: sorted(ids, key=self._fame)[:_BEST] for name, ids in self.categories.items()}

    def near(self, category: str, steps: Mapping[str, int]) -> dict[str, list[str]]:
        """A category with all its terms, by their steps; then those around with what relates to it.

        The names of categories are in the reader's language.
        """
        own = self.categories[category]
        ties = Counter(other for i in own for other in self.relations[i])
        beside: dict[str, list[str]] = defaultdict(list)
        for other, _ in ties.most_common():
            if (name := self.entries[other].category) != category:
                beside[name].append(other)
        around = sorted(beside, key=lambda name: -sum(ties[i] for i in beside[name]))[:_AROUND]
        shown = sorted(own, key=lambda i: (steps.get(i, len(self.entries)), self._fame(i)))[:_MOST]
        return {category: shown} | {name: beside[name][:_SHARED] for name in around}


def view(page: Page) -> None:
    """Draws the page: the whole, or the category of the address or of its term."""
    glossary, words = page.glossary, page.words
    st.set_page_config(page_title=f"{words['map_title']} — {words['title']}")
    shown = _map(glossary, page.language)
    found, wanted = st.query_params.get("id", ""), st.query_params.get("category", "")
    category = next(iter(shown.categories)) if len(shown.categories) == 1 else None
    if found in shown.entries:
        category = shown.entries[found].category
    elif within := glossary.within(wanted):
        category = next((e.category for i, e in shown.entries.items() if i in within), category)
    path = category is not None and "path" in st.query_params
    order = maker(page.assistant).paths.ordered(shown.categories[category or ""]) if path else ()
    steps = {i: n for n, i in enumerate(order, 1)}
    with st.container(key="map"):
        page.html("map#title", n=len(shown.entries))
        page.html(
            "map#map",
            shown=shown,
            countries=shown.whole() if category is None else shown.near(category, steps),
            steps=steps,
            near=category,
            path=path,
            found=found,
        )


_map = lru_cache(maxsize=8)(Map)
