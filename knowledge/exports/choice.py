"""A choice of a glossary's terms, to be exported."""

from dataclasses import dataclass, replace

from knowledge import ExportError
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.text import base


@dataclass(frozen=True, slots=True)
class Selection:
    """Terms by their ids or names, a category, a language; all where nothing is said."""

    terms: tuple[str, ...] = ()
    category: str = ""
    language: str = ""

    def entries(self, glossary: Glossary) -> tuple[tuple[Entry, ...], list[str]]:
        """The entries chosen, in the glossary's order; and what is left out with the others.

        A relation to a term that is not chosen is left out: where the terms go, it leads nowhere.

        Raises:
            ExportError: there is no such term, category or language, or nothing is all of these.
        """
        ids = self._ids(glossary)
        chosen = [
            entry
            for entry in glossary.entries
            if entry.id in ids and (not self.language or base(entry.language) == self._tag)
        ]
        if not chosen:
            raise ExportError(self._nothing(glossary))
        if len(chosen) == len(glossary.entries):
            return tuple(chosen), []
        there = {entry.id for entry in chosen}
        apart = {i for i in glossary.ids if i not in there}
        kept = [
            replace(e, related=tuple(r for r in e.related if glossary.id_of(r) not in apart))
            for e in chosen
        ]
        count = sum(len(e.related) - len(k.related) for e, k in zip(chosen, kept, strict=True))
        relations = "1 relation leads" if count == 1 else f"{count} relations lead"
        note = f"{relations} to terms that were not chosen, and are left out."
        return tuple(kept), [note.replace("are", "is") if count == 1 else note] if count else []

    @property
    def _tag(self) -> str:
        return base(self.language)

    def _ids(self, glossary: Glossary) -> frozenset[str]:
        ids = frozenset(glossary.ids)
        if self.category:
            ids = glossary.within(self.category)
            if not ids:
                names = {entry.category for entry in glossary.entries if entry.category}
                known = f"it has {', '.join(sorted(names))}" if names else "it has none"
                raise ExportError(f"The glossary has no category “{self.category}”: {known}.")
        if not self.terms:
            return ids
        found = {term: glossary.id_of(term) for term in self.terms}
        unknown = [term for term, entry_id in found.items() if entry_id is None]
        if unknown:
            listed = ", ".join(f"“{term}”" for term in unknown)
            raise ExportError(
                f"The glossary has no term {listed}: give ids or names as it writes them."
            )
        return ids.intersection(filter(None, found.values()))

    def _nothing(self, glossary: Glossary) -> str:
        if self.language and not any(base(tag) == self._tag for tag in glossary.languages):
            languages = ", ".join(glossary.languages)
            return f"The glossary has no entry in “{self.language}”: it has {languages}."
        return "No entry of the glossary is all that was asked for: choose less narrowly."
