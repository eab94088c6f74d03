"""The map: categories as countries, each with its best-known terms, or one of them from nearby."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from knowledge.entry import Entry
from knowledge.glossary import Glossary

_BEST = 6  # terms of a category on the whole map
_MOST = 240  # of one from nearby: of more, the glossary's page is the list
_AROUND, _SHARED = 6, 5  # categories around it, and terms of each
_KNOWN = (0.1, 0.4)  # the best-known tenth of all terms is written largest, and so on

Relations = Mapping[str, frozenset[str]]


class Place(NamedTuple):
    """A term on the map."""

    entry: Entry
    size: int  # 1 to 3
    step: int = 0  # on the path through its category, from 1


class Country(NamedTuple):
    """A category, by its name in the reader's language, and those of its terms that are shown."""

    category: str
    terms: int  # in all
    places: Sequence[Place]


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
        self.relations: Relations = {i: frozenset(relations[i]) for i in self.entries}
        """The ids that each is related to, whichever of the two says so."""
        order = glossary.categories(language)
        self._by_category: dict[str, list[str]] = {category: [] for category in order}
        for entry in self.entries.values():
            self._by_category.setdefault(entry.category, []).append(entry.id)
        ranked = sorted(self.entries, key=self._fame)
        self._sizes = {
            i: 3 - sum(n >= part * len(ranked) for part in _KNOWN) for n, i in enumerate(ranked)
        }

    def _fame(self, entry_id: str) -> tuple[int, str]:
        return -len(self.relations[entry_id]), self.entries[entry_id].term

    @property
    def categories(self) -> dict[str, int]:
        """How many terms are in each, in the glossary's order."""
        return {category: len(ids) for category, ids in self._by_category.items()}

    def whole(self) -> list[Country]:
        """All categories, each with its best-known terms."""
        return [
            self._country(category, sorted(ids, key=self._fame)[:_BEST])
            for category, ids in self._by_category.items()
        ]

    def near(self, category: str, path: Iterable[str] = ()) -> list[Country]:
        """A category with all its terms, then those around it with what relates to it.

        The ``path`` is the order in which its terms are numbered.
        """
        own = self._by_category[category]
        steps = {i: n for n, i in enumerate((i for i in path if i in set(own)), 1)}
        ties = Counter(other for i in own for other in self.relations[i] if other not in set(own))
        shared: dict[str, list[str]] = defaultdict(list)
        for other, _ in ties.most_common():
            shared[self.entries[other].category].append(other)
        weight = {name: sum(ties[i] for i in ids) for name, ids in shared.items()}
        around = sorted(shared, key=lambda name: -weight[name])[:_AROUND]
        shown = sorted(own, key=lambda i: (steps.get(i, len(own) + 1), self._fame(i)))[:_MOST]
        return [
            self._country(category, shown, steps),
            *(self._country(name, shared[name][:_SHARED]) for name in around),
        ]

    def _country(
        self, category: str, ids: Iterable[str], steps: Mapping[str, int] | None = None
    ) -> Country:
        steps = steps or {}
        places = [Place(self.entries[i], self._sizes[i], steps.get(i, 0)) for i in ids]
        return Country(category, len(self._by_category[category]), places)
