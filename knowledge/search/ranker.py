"""The ranker: what speaks for an entry, for a sentence and for an answer, made into four scores.

Entries and sentences are ranked by a conditional logit (McFadden, 1974, “Conditional logit analysis
of qualitative choice behavior”): the weights are those under which what answers is the likeliest to
be chosen from among the candidates. Whether a sentence belongs in the answer beside the best one,
and the confidence, are logistic functions (Platt, 1999, “Probabilistic outputs for support vector
machines”) of what speaks for it, and of what makes one doubt. ``make weights`` fits them on
labelled questions, for both bundled embedders (``weights/both.json``) and for the fast one alone
(``weights/fast.json``): once where questions are known that the sentences answer, and once where
none are, so that closeness has to tell more. No weight is of the bundled glossary's own words or
sections, so that they serve any other.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Self

import numpy as np

from knowledge.search import Array

ENTRY = (
    "close",  # its nearest sentence in the question's language, in deviations (``Scale``)
    "across",  # the same in other languages
    "asked",  # the nearest of the wordings in which it is asked
    "question",  # the nearest of the questions that its sentences answer
    "words",  # BM25 of the question's words in it, as a part of the most that is possible
    "cover",  # the part of the question's words that it uses, rare ones counting more
    "named",  # the part of the question's words that are its name, rare ones counting more
    "passing",  # the part of them that are not, where it is named: it may be so in passing
    "first",  # it is named before any other
    "whole",  # the question is nothing but names, one of them its own
    "topic",  # it was spoken of, and a follow-up is asked
)
"""What speaks for an entry."""

SENTENCE = (
    "entry",  # its entry's score, below that of the best
    "rank",  # the place of its entry, from 0 to 5
    "best",  # its entry is the best one
    "close",  # its closeness to the question, in deviations
    "apart",  # how much closer it is than its entry's sentences are on average
    "twin",  # the closeness of the sentence that stands for it in another language
    "twin_apart",  # how much closer that is than those of its entry are on average
    "question",  # the nearest of the questions that it answers
    "question_apart",  # how much nearer that is than those of its entry are on average
    "cover",  # the part of the question's words, names aside, that it uses
    "neighbour",  # the closeness of the nearer of those before and after it
    "role",  # how likely the answer stands in a section of its kind (log)
    "order",  # its place in the section, from 0 to 6
    "length",  # its words (log)
    "summary",  # it defines
    "defines",  # it defines, as far as a definition is wanted
    "example",  # it is of an example, as far as none is wanted
    "counts",  # it has a figure, as far as a number is wanted
    "figures",  # it has a figure, as far as none is wanted
    "history",  # it is of a section on the origin, as far as none is wanted
    "match",  # how well it answers, by a learned sum of products of its vector's and the question's
    "topic",  # its entry was spoken of, and a follow-up is asked
    "own_close",  # of a follow-up as it was put: its closeness, apart from its entry's others
    "own_question",  # the same of the questions that it answers
    "own_role",  # the same of its section's kind
)
"""What speaks for a sentence."""

BELONGING = (
    "share",  # how likely it is what answers, beside the others (log)
    "near",  # its closeness to the sentence that answers best
    "goes_on",  # it goes on with what that begins, as far as several things are wanted
    "aside",  # it sets its term against another, or corrects an error, as far as neither is wanted
    *SENTENCE,
)
"""What speaks for saying a sentence besides the one that answers best."""

CONFIDENCE = (
    "entry",  # the score of the best entry
    "sentence",  # the score of its best sentence
    "asked",  # the nearest of all wordings in which something is asked
    "cover",  # the part of the question's words that the best entry uses
    "named",  # the part of them that is its name
    "missing",  # the part, names aside, that the best entry does not use
    "beside",  # the same, where the question names the entry: it asks for something else about it
    "unknown",  # the part of the words that no entry uses
    "unheard",  # the same, as far as a definition is wanted: what is asked for is not there
    "foreign",  # it is written in another language than the question
    "length",  # the words that carry meaning, as a part of eight
    "outside",  # what no glossary answers is wanted
    "askable",  # whether a glossary would answer such a question
    "match",  # how well the sentence that matches best does
    "question",  # the nearest of the questions that the best sentences answer
    "number",  # a number is wanted: a glossary has few
    "numberless",  # a number is wanted, and none of the best sentences has one
    "dateless",  # who or when is wanted, and none of the best sentences has a year
)
"""What makes one sure or unsure that the best entry answers."""


@dataclass(frozen=True)
class Weights:
    """The weights of one score, by the names of what speaks for it."""

    names: tuple[str, ...]
    values: Array
    offset: float = 0.0

    def score(self, features: Array) -> Array:
        """The scores of rows of features."""
        return features @ self.values + self.offset

    def parts(self, features: Array) -> dict[str, float]:
        """What each feature adds to the score of one row."""
        return dict(zip(self.names, (features * self.values).tolist(), strict=True))

    @classmethod
    def of(cls, names: Sequence[str], values: Mapping[str, float]) -> Self:
        """The weights that are kept in a file."""
        return cls(
            tuple(names), np.array([values.get(n, 0.0) for n in names]), values.get("offset", 0.0)
        )


@dataclass(frozen=True)
class Ranker:
    """The weights of the four scores."""

    entry: Weights
    sentence: Weights
    belonging: Weights
    confidence: Weights

    @classmethod
    def read(cls, name: str, *, known: bool) -> Self:
        """The weights that ship under a name, ``both`` or ``fast``.

        ``known``: for a glossary of which questions are known that its sentences answer.
        """
        text = files("knowledge.search").joinpath("weights", f"{name}.json").read_text("utf-8")
        held: dict[str, dict[str, float]] = json.loads(text)["known" if known else "unknown"]
        scores = {
            "entry": ENTRY, "sentence": SENTENCE, "belonging": BELONGING, "confidence": CONFIDENCE,
        }  # fmt: skip
        return cls(**{score: Weights.of(names, held[score]) for score, names in scores.items()})

    def without(self, *names: str) -> "Ranker":
        """The ranker without what speaks by some names, to see what that is worth."""

        def less(weights: Weights) -> Weights:
            kept = np.array([name not in names for name in weights.names])
            return Weights(weights.names, weights.values * kept, weights.offset)

        return Ranker(less(self.entry), less(self.sentence), self.belonging, less(self.confidence))


def likelihood(log_odds: Array) -> Array:
    """The logistic curve: how likely something is, 0 to 1; at log-odds of 0, as likely as not."""
    return 1.0 / (1.0 + np.exp(-log_odds))
