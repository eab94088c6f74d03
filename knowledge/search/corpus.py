"""The corpus: a glossary's sentences and the wordings in which it is asked for, as arrays."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from knowledge.entry import Sentence
from knowledge.glossary import Glossary
from knowledge.language.text import base
from knowledge.search import Array
from knowledge.search.intent import ROLES

DIGIT, YEAR = re.compile(r"\d"), re.compile(r"(?<!\d)(1[0-9]|20)\d\d(?!\d)")


class Corpus(NamedTuple):
    """All that is embedded of a glossary, in one order: its sentences, then how it is asked."""

    ids: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    entry: Array
    """The number of each row's entry: (rows,)."""
    asked: Array
    """Which rows are wordings: (rows,)."""
    languages: Array
    """The language of each row, its region aside: (rows,)."""
    traits: Array
    """Of each sentence: its order, its words, and whether it has a number: (sentences, 3)."""
    roles: Array
    """Of each sentence, 1 for the role that its section is named for: (sentences, 6)."""
    of_entry: dict[str, tuple[int, int]]
    """The places of each entry's sentences, by its key."""
    twin: Array
    """Where the sentence stands that says the same in another language; -1 where none does."""

    def in_language(self, language: str) -> Array:
        """Which rows are in a language."""
        return self.languages == base(language)

    @classmethod
    def of(cls, glossary: Glossary, numbers: dict[str, int]) -> "Corpus":
        """All that a glossary says; ``numbers`` has those of its entries, by id."""
        sentences = [s for entry in glossary.entries for s in entry.sentences]
        asked = [(e, e.wording_id(wording)) for e in glossary.entries for wording in e.asked]
        owners = [e for e in glossary.entries for _ in e.sentences] + [e for e, _ in asked]
        ends = np.cumsum([0, *(len(entry.sentences) for entry in glossary.entries)]).tolist()
        role = {name: n for n, name in enumerate(ROLES)}
        roles = np.zeros((len(sentences), len(ROLES)), np.float32)
        for n, sentence in enumerate(sentences):
            if (found := role.get(sentence.section.partition("-")[0])) is not None:
                roles[n, found] = 1.0
        return cls(
            ids=(*(s.id for s in sentences), *(row for _, row in asked)),
            sentences=tuple(sentences),
            entry=np.array([numbers[entry.id] for entry in owners], int),
            asked=np.arange(len(owners)) >= len(sentences),
            languages=np.array([base(entry.language) for entry in owners]),
            traits=np.array([_traits(sentence) for sentence in sentences], float).reshape(-1, 3),
            roles=roles,
            of_entry=dict(zip((e.key for e in glossary.entries), pairwise(ends), strict=True)),
            twin=_twins(glossary, sentences),
        )


def _twins(glossary: Glossary, sentences: Sequence[Sentence]) -> Array:
    """Where the counterpart of each sentence stands, in the entry's first other language."""
    # Translations mostly go sentence by sentence: sections of one name and as many sentences do.
    place = {(s.key, s.section, s.order): n for n, s in enumerate(sentences)}
    size = Counter((s.key, s.section) for s in sentences)
    found = np.full(len(sentences), -1)
    for n, s in enumerate(sentences):
        others = (e.key for e in glossary.versions(s.entry_id) if e.language != s.language)
        other = next(others, "")
        if size[other, s.section] == size[s.key, s.section]:
            found[n] = place.get((other, s.section, s.order), -1)
    return found


def _traits(sentence: Sentence) -> tuple[int, int, bool]:
    text = sentence.text
    return sentence.order, max(1, len(text.split())), DIGIT.search(text) is not None
