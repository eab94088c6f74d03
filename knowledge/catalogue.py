"""A catalogue: a glossary as one list, to be narrowed by letter, by category, and as one types.

Each id is in it once, in the list's language where it is written in it, else in one that it has.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from knowledge import KnowledgeError
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.alphabet import letter, letters, sort_key
from knowledge.language.text import base, detect
from knowledge.language.words import fold, is_unspaced
from knowledge.search.retriever import Retriever

_WORTH_LISTING = 0.25  # how likely an entry is to be meant from there on; it need not answer
_HEADINGS = 64  # of a list; more are no alphabet
_OTHER, _INNER = 1, 2  # ranks of a name that is no term of the list, and from a later word on
_ARTICLE = re.compile(r"(^| )ال(\w?)$")  # half typed: ``fold`` takes off only a whole one


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed by; an empty text narrows nothing."""

    letter: str = ""
    category: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries that are wanted; and how many there would be by another letter or category."""

    wanted: Filter
    """As it was understood: a letter of the list, a category by its name in the list's language."""
    entries: tuple[Entry, ...]
    """In alphabetical order; what is found by a query, the best first."""
    letters: dict[str, int]
    """The alphabet, and then what else terms begin with."""
    categories: dict[str, int]
    """By name, in the glossary's order; empty where entries have none."""
    uncategorised: int
    """How many are in no category."""
    failure: str = ""
    """Why only names were searched, if they were."""


class Catalogue:
    """The entries of a glossary in the order of a language's alphabet.

    The language is the one given if the glossary has it, else the glossary's own first.
    """

    def __init__(self, glossary: Glossary, language: str) -> None:
        self.glossary = glossary
        same = (tag for tag in glossary.languages if base(tag) == base(language))
        self.language = next(same, glossary.languages[0])
        self.second = next((t for t in glossary.languages if t != self.language), "")
        """The language beside it, if the glossary has another."""
        chosen = filter(None, (glossary.get(entry_id, self.language) for entry_id in glossary.ids))
        self.entries = tuple(sorted(chosen, key=lambda e: sort_key(e.term, self.language)))
        self._places = {e.id: place for place, e in enumerate(self.entries)}
        self._letters = {e.id: letter(e.term, self.language) for e in self.entries}
        found = tuple(dict.fromkeys((*letters(self.language), *self._letters.values())))
        self._alphabet = found if len(found) <= _HEADINGS else ()
        self._own = [name for name in glossary.categories(self.language) if name]
        others = (entry.category for entry in self.entries if entry.category)
        self._names = tuple(dict.fromkeys((*self._own, *others)))

    def letter(self, entry: Entry) -> str:
        """The heading under which an entry stands; none where the list has no headings."""
        return self._letters[entry.id] if self._alphabet else ""

    def listing(self, wanted: Filter, retriever: Retriever) -> Listing:
        """What is wanted; a letter or category that the list does not know narrows nothing."""
        entries, failure = self.entries, ""
        if wanted.query:
            entries, failure = self.found(wanted.query, retriever)
        wanted = self._resolved_filter(wanted)
        by_category = [e for e in entries if wanted.category in ("", e.category)]
        per_letter = Counter(map(self.letter, by_category))
        by_letter = [e for e in entries if wanted.letter in ("", self.letter(e))]
        per_category = Counter(e.category for e in by_letter)
        return Listing(
            wanted,
            tuple(e for e in by_letter if wanted.category in ("", e.category)),
            {each: per_letter[each] for each in self._alphabet},
            {each: per_category[each] for each in self._names},
            per_category[""],
            failure,
        )

    def found(self, query: str, retriever: Retriever) -> tuple[tuple[Entry, ...], str]:
        """The entries for what was typed so far, best first; and why retrieval had no part in it.

        First those of whose term it is the beginning, or of whose other names in any language; then
        those with a later word that it begins; then what retrieval finds for it as for a question,
        which does not know words that are half typed.
        """
        places, failure = self._name_matches(query), ""
        if len(query) > 1 or is_unspaced(query):
            spoken = detect(query, self.glossary.languages) or self.language
            try:
                evidence = retriever.retrieve(query, spoken, language=self.language)
                # What may be meant: as likely as the best one answers, and less.
                places += [
                    self._places[found.entry.id]
                    for found in evidence.entries
                    if evidence.confidence * found.score
                    >= _WORTH_LISTING * evidence.entries[0].score
                ]
            except KnowledgeError as error:
                failure = str(error)
        return tuple(self.entries[place] for place in dict.fromkeys(places)), failure

    def _name_matches(self, query: str) -> list[int]:
        """The places of entries with a name that begins with what was typed."""
        typed = fold(query)
        starts = tuple({typed, _ARTICLE.sub(r"\1\2", typed)} - {""})
        ranks: dict[int, int] = {}
        for name, rank, place in self._names_from_each_word if starts else ():
            if name.startswith(starts):
                better = -1 if name == typed and rank <= _OTHER else rank
                ranks[place] = min(better, ranks.get(place, better))
        return sorted(ranks, key=lambda place: (ranks[place], place))

    @cached_property
    def _names_from_each_word(self) -> list[tuple[str, int, int]]:
        """The names from each of their words on, with a rank and the place of their entry."""
        return [
            (" ".join(words[n:]), (name != entry.term) * _OTHER + (n > 0) * _INNER, place)
            for place, entry in enumerate(self.entries)
            for version in self.glossary.versions(entry.id)
            for name in version.names
            for words in [fold(name).split()]
            for n in range(len(words))
        ]

    def _resolved_filter(self, wanted: Filter) -> Filter:
        heading = letter(wanted.letter, self.language) if wanted.letter else ""
        category = wanted.category
        if category and category not in self._own:  # it may be by its name in another language
            ids = self.glossary.within(category)
            names = Counter(e.category for e in self.entries if e.id in ids)
            category = names.most_common(1)[0][0] if names else ""
        return Filter(heading if heading in self._alphabet else "", category, wanted.query)
