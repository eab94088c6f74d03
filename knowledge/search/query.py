"""The query: a question's words and names, and how they stand in each entry."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from knowledge.entry import Sentence
from knowledge.language.grammar import ContentWord, content_stems
from knowledge.language.text import Span
from knowledge.language.words import rarity
from knowledge.search import Array
from knowledge.search.lexicon import Lexicon
from knowledge.search.names import Mentions


class Query(NamedTuple):
    """The words of a question, and how they stand in each entry."""

    words: tuple[ContentWord, ...]
    """Those that carry meaning."""
    weights: Array
    """What each of them tells, by its rarity: (words,)."""
    in_name: Array
    """Whether each stands in a name: (words,)."""
    mentioned: tuple[tuple[tuple[str, ...], float], ...]
    """What is named, each with the part of the question that its name is."""
    score: Array
    """BM25 of the words in each entry: (entries,)."""
    covered: Array
    """The part of the words that each entry uses: (entries,)."""
    missing: Array
    """The part of them, names aside, that each entry does not use: (entries,)."""
    unknown: float
    """The part of the words that no entry uses."""

    @property
    def named(self) -> float:
        """The part of the question that is names."""
        total = float(self.weights.sum())
        return float(self.weights @ self.in_name) / total if total else 0.0

    @property
    def beside(self) -> float:
        """The part of the words that are no names, each counting one."""
        return 1.0 - float(self.in_name.mean()) if len(self.words) else 0.0

    def weighed(self) -> dict[str, float]:
        """The stems of the words beside names, each with its weight."""
        return {
            word.stem: float(weight)
            for word, weight, inside in zip(self.words, self.weights, self.in_name, strict=True)
            if not inside
        }

    @classmethod
    def of(cls, mentions: Mentions, spoken: str, lexicon: Lexicon, rows: Array) -> "Query":
        """How a question stands to the entries, of which ``rows`` has those of the lexicon."""
        words = mentions.subject
        match = lexicon.match(words, spoken)
        weights = np.array([rarity(word.text, spoken) for word in words])
        in_name = np.array([word.start in mentions.places for word in words], bool)
        total = float(weights.sum()) or 1.0
        used = match.used[:, rows].max(axis=2) if len(words) else np.zeros((0, len(rows)))
        anywhere = used.max(axis=1, initial=0.0)
        lacking = weights * (anywhere < 0.5)  # noqa: PLR2004  (less than half alike)

        def part(span: Span) -> float:
            within = (w for w, x in zip(weights, words, strict=True) if x.start in range(*span))
            return float(sum(within)) / total

        return cls(
            words=words,
            weights=weights,
            in_name=in_name,
            mentioned=tuple((m.entry_ids, part(m.words)) for m in mentions.found),
            score=match.score[rows].max(axis=1) if len(words) else np.zeros(len(rows)),
            covered=weights @ used / total,
            missing=(weights * ~in_name) @ (1.0 - used) / total,
            unknown=float(lacking.sum()) / total,
        )


def share(weights: dict[str, float], stems: frozenset[str]) -> float:
    """The part of some words' weight that is among the stems."""
    total = sum(weights.values())
    return sum(w for stem, w in weights.items() if stem in stems) / total if total else 0.0


@lru_cache(maxsize=65536)
def sentence_stems(sentence: Sentence) -> frozenset[str]:
    """The stems of a sentence's words that carry meaning."""
    return frozenset(content_stems(sentence.text, sentence.language))
