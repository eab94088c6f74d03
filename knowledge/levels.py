"""Levels: what the cosines of an index mean, learnt from questions whose answer is known.

Cosines of one model crowd between 0.7 and 0.95, of another between 0 and 0.6, and those of two
texts in one language lie above those of two in different ones. So only a cosine's place between two
levels carries over from model to model, from language to language and from glossary to glossary.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import yaml

from knowledge.embeddings import Embedder
from knowledge.glossary import Glossary
from knowledge.language import base, tongue

if TYPE_CHECKING:
    from knowledge.store import Collection

_SAMPLE = 24  # terms of a language asked, to learn how near a related question comes
_LEAST_APART = 0.01
# Across languages, as parts of the way between the levels of the text's own language. How far below
# its unrelated level everyday questions lie, where none are listed to measure it by; and how much
# lies between them and related ones. On the bundled glossary, whose English and Arabic differ by
# little, the first is 0.4, the second 0.6 for a term alone and less for one in a question.
_BELOW, _BETWEEN = 0.4, 0.5


class Level(NamedTuple):
    """The best cosine that a question reaches in an index, on average."""

    unrelated: float
    """An everyday question."""
    related: float
    """A term of the glossary, alone."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The level of questions by their language, in texts of that language and of others."""

    within: Mapping[str, Level]
    """By language, of questions and texts that are both in it."""

    def closeness(
        self,
        cosines: Any,  # noqa: ANN401  (an array)
        asked: str,
        written: Sequence[str],
        across: Mapping[str, float],
    ) -> Any:  # noqa: ANN401
        """Where cosines lie between those of unrelated (0) and of related (1) questions.

        ``cosines`` are of a question in the language ``asked`` and of texts ``written`` in these
        languages, one for each; so is what is returned. ``across`` are the cosines of unrelated
        questions by the language of the text, where it is another. It is 1 at most there: how far
        beyond a related question lies says nothing across languages.
        """
        tags = [base(tag) for tag in written]
        levels = np.array([self._level(base(asked), tag, across) for tag in tags]).reshape(-1, 2)
        closeness = (cosines - levels[:, 0]) / (levels[:, 1] - levels[:, 0])
        foreign = np.array([tag != base(asked) for tag in tags], bool)
        return np.where(foreign, np.minimum(closeness, 1.0), closeness)

    def _level(self, asked: str, written: str, across: Mapping[str, float]) -> Level:
        level = self.within[written]
        if asked == written:
            return level
        apart = level.related - level.unrelated
        unrelated = across.get(written, level.unrelated - _BELOW * apart)
        return Level(unrelated, unrelated + _BETWEEN * apart)

    @classmethod
    def measured(
        cls,
        collection: "Collection",
        glossary: Glossary,
        embedder: Embedder,
        stale: frozenset[str] = frozenset(),
    ) -> "Levels":
        """The levels of an index, over the rows that stay."""
        within = {}
        for language in dict.fromkeys(map(base, glossary.languages)):
            terms = [entry.term for entry in glossary.entries if base(entry.language) == language]
            sample = terms[:: max(1, len(terms) // _SAMPLE)][:_SAMPLE]
            others = everyday(language) or [q for tag in _everyday() for q in everyday(tag)]
            unrelated, related = (
                sum(_nearest(collection, embedder.query(text), stale) for text in texts)
                / len(texts)
                for texts in (others, sample)
            )
            within[language] = Level(unrelated, max(related, unrelated + _LEAST_APART))
        return cls(within)


def everyday(language: str) -> list[str]:
    """Questions that no glossary answers, in a language; none where none are listed."""
    return _everyday().get(tongue(language), [])


@cache
def _everyday() -> dict[str, list[str]]:
    text = files("knowledge").joinpath("everyday.yaml").read_text("utf-8")
    listed: dict[str, list[str]] = yaml.safe_load(text)
    return listed


def _nearest(collection: "Collection", vector: Any, stale: frozenset[str]) -> float:  # noqa: ANN401
    """The best cosine among the rows that stay."""
    found = collection.query(
        query_embeddings=[vector], n_results=1 + len(stale), include=["distances"]
    )
    rows = zip(found["ids"][0], (found["distances"] or [[]])[0], strict=True)
    return next((1.0 - distance for row, distance in rows if row not in stale), 0.0)
