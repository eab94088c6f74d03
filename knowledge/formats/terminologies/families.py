"""Families of SKOS: the collection, the scheme or the top concept that a concept stands under."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from knowledge.formats.terminologies.predicates import RDF, SKOS

_BROADER = (f"{SKOS}broader", f"{SKOS}broaderTransitive", f"{SKOS}broaderGeneric")
_WITHIN = (f"{SKOS}inScheme", f"{SKOS}topConceptOf")
_MOST_TOPS = 0.34  # of the concepts: with more at the top, tops are no families


@dataclass
class Families:
    """What is said of each subject, and which subjects are the concepts."""

    about: dict[Any, dict[str, list[Any]]]
    subjects: Sequence[Any]

    def above(self, node: Any) -> list[Any]:  # noqa: ANN401  (here and below: nodes of rdflib)
        """What a concept stands under, the nearest to a category first."""
        found = [*self._collections.get(node, ())]
        if len(self._schemes) > 1:
            found += [each for name in _WITHIN for each in self.about[node].get(name, ())]
        return [*found, *self._tops.get(node, ())]

    @cached_property
    def _schemes(self) -> set[Any]:
        return {
            each
            for node in self.subjects
            for name in _WITHIN
            for each in self.about[node].get(name, ())
        }

    @cached_property
    def _collections(self) -> dict[Any, list[Any]]:
        """The collections that each concept is a member of."""
        found: dict[Any, list[Any]] = {}
        for node, about in self.about.items():
            for member in about.get(f"{SKOS}member", ()):
                found.setdefault(member, []).append(node)
            for place in about.get(f"{SKOS}memberList", ()):
                met = set()
                while place in self.about and place not in met:
                    met.add(place)
                    for member in self.about[place].get(f"{RDF}first", ()):
                        found.setdefault(member, []).append(node)
                    place = next(iter(self.about[place].get(f"{RDF}rest", ())), None)  # noqa: PLW2901
        return found

    @cached_property
    def _tops(self) -> dict[Any, tuple[Any, ...]]:
        """What stands at the top above each concept, where few do; a top is above itself."""
        above: dict[Any, Any] = {}
        for node in self.subjects:
            for parent in (each for name in _BROADER for each in self.about[node].get(name, ())):
                above.setdefault(node, parent)
            for child in self.about[node].get(f"{SKOS}narrower", ()):
                above.setdefault(child, node)
        tops: dict[Any, Any] = {}
        for node in self.subjects:
            way: list[Any] = []
            place = node
            while place in above and place not in tops and len(way) <= len(above):
                way.append(place)
                place = above[place]
            top = tops.get(place, place)
            tops.update(dict.fromkeys([*way, node], top))
        parents = set(above.values())
        kept = {node: (top,) for node, top in tops.items() if top in parents}
        few = len({top for (top,) in kept.values()}) <= _MOST_TOPS * len(self.subjects)
        return kept if few else {}
