"""A catalogue: a glossary as one list, to be narrowed by letter, by category, and by a query.

Each id is in it once, in the list's language where it is written in it, else in one that it has.
"""

from collections import Counter
from dataclasses import dataclass

from knowledge import KnowledgeError
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.alphabet import letter, letters, sort_key
from knowledge.language.text import base, detect
from knowledge.language.words import fold, is_unspaced
from knowledge.search.retriever import Retriever

_WORTH_LISTING = 0.25  # how likely an entry is to be meant from there on; it need not answer
_HEADINGS = 64  # of a list; more are no alphabet


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
        self._letters = {e.id: letter(e.term, self.language) for e in self.entries}
        found = tuple(dict.fromkeys((*letters(self.language), *self._letters.values())))
        self._alphabet = found if len(found) <= _HEADINGS else ()
        others = (entry.category for entry in self.entries)
        self._categories = dict.fromkeys((*glossary.categories(self.language), *others))
        self._categories.pop("", None)

    def letter(self, entry: Entry) -> str:
        """The heading under which an entry stands; none where the list has no headings."""
        return self._letters[entry.id] if self._alphabet else ""

    def listing(self, wanted: Filter, retriever: Retriever) -> Listing:
        """What is wanted; a letter or category that the list does not know narrows nothing."""
        entries, failure = self.entries, ""
        if wanted.query:
            entries, failure = self.found(wanted.query, retriever)
        heading = letter(wanted.letter, self.language) if wanted.letter else ""
        heading = heading if heading in self._alphabet else ""
        ids = self.glossary.within(wanted.category)  # it may be by its name in another language
        category = next((e.category for e in self.entries if e.id in ids), "")
        by_category = [e for e in entries if category in ("", e.category)]
        by_letter = [e for e in entries if heading in ("", self.letter(e))]
        per_letter = Counter(map(self.letter, by_category))
        per_category = Counter(e.category for e in by_letter)
        return Listing(
            Filter(heading, category, wanted.query),
            tuple(e for e in by_letter if category in ("", e.category)),
            {each: per_letter[each] for each in self._alphabet},
            {each: per_category[each] for each in self._categories},
            per_category[""],
            failure,
        )

    def found(self, query: str, retriever: Retriever) -> tuple[tuple[Entry, ...], str]:
        """The entries for a query, best first; and why retrieval had no part in it.

        First those with a name, in any language, of which it begins a word: its whole, its first,
        a later one; then what retrieval finds for it as for a question.
        """
        typed, failure = f" {fold(query)}", ""
        ranks: dict[str, tuple[bool, int, bool]] = {}
        for entry in self.entries:
            names = (name for each in self.glossary.versions(entry.id) for name in each.names)
            folded = ((name, f" {fold(name)}") for name in names)
            found = [(f != typed, f.find(typed), n != entry.term) for n, f in folded if typed in f]
            if found and typed.strip():
                ranks[entry.id] = min(found)
        ids = sorted(ranks, key=ranks.__getitem__)
        if len(query) > 1 or is_unspaced(query):
            spoken = detect(query, self.glossary.languages) or self.language
            try:
                evidence = retriever.retrieve(query, spoken, language=self.language)
                # What may be meant: as likely as the best one answers, and less.
                ids += [
                    found.entry.id
                    for found in evidence.entries
                    if evidence.confidence * found.score
                    >= _WORTH_LISTING * evidence.entries[0].score
                ]
            except KnowledgeError as error:
                failure = str(error)
        by_id = {entry.id: entry for entry in self.entries}
        return tuple(by_id[entry_id] for entry_id in dict.fromkeys(ids)), failure
