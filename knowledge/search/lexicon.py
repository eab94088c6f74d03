"""The lexicon: which entries use a question's words, and how much that says.

BM25 (Robertson and Zaragoza, 2009, doi:10.1561/1500000019) in Lucene's form, by ``bm25s``, over
stems. An entry is a document: its names, twice, and all its text. A word that no entry uses counts
as those it most resembles, by so much as it does.
"""

import contextlib
import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

import bm25s
import numpy as np
from bm25s.tokenization import Tokenized

from knowledge.editing.atomic import kept_in, write_whole
from knowledge.entry import Entry
from knowledge.language.grammar import ContentWord, content_stems
from knowledge.language.words import has_stemmer
from knowledge.search import Array

# BM25's usual saturation; a weaker penalty of length than the usual 0.75, for the entries of a
# glossary are of one kind. Chosen on the questions that retrieval is tuned on.
_SATURATION, _LENGTH = 1.2, 0.5
_LEAST_IDF = 0.3  # even a word of every entry says a little
_LEAST_ALIKE = 0.5  # of the pairs of letters in common: under half, words are alike by chance
_MOST_ALIKE = 8  # words taken for one
_FORMAT = b"1"  # of the stems: to be raised where words are told or stemmed otherwise


class Match(NamedTuple):
    """How the words of a question stand in the entries."""

    score: Array
    """BM25 of each entry, as a part of the most that any text could reach: 0 to 1, (entries,)."""
    used: Array
    """How much of each word each entry uses: 1, or the likeness of another: (words, entries)."""


class Lexicon:
    """The words of a glossary's entries. Threads may share one."""

    def __init__(self, keys: Sequence[str], index: bm25s.BM25 | None) -> None:
        self.keys = tuple(keys)
        """The entries' keys, in the order of the arrays."""
        self._vocabulary: dict[str, int] = index.vocab_dict if index else {}
        self._weights, self._rows, self._starts = (
            index.scores[name] if index else np.zeros(0, int)
            for name in ("data", "indices", "indptr")
        )

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """The lexicon of some entries, in memory."""
        entries = tuple(entries)
        return cls([entry.key for entry in entries], _indexed(_stems(entries, {}).values()))

    @classmethod
    def open(cls, folder: Path, entries: Iterable[Entry]) -> Self:
        """The lexicon of some entries, whose stems, which take longest, are kept in a folder.

        Where that cannot be written, they are found anew each time.
        """
        entries, file = tuple(entries), folder / "stems.json"
        before = kept_in(file, dict[str, str]) or {}
        stems = _stems(entries, before)
        if stems != before:
            with contextlib.suppress(OSError):
                write_whole(file, json.dumps(stems).encode())
        return cls([entry.key for entry in entries], _indexed(stems.values()))

    def knows(self, stem: str) -> bool:
        """Whether an entry uses a stem."""
        return bool(stem) and stem in self._vocabulary  # bm25s adds one of nothing

    def match(self, words: Sequence[ContentWord], language: str) -> Match:
        """How the words of a question stand in each entry."""
        used, scores = np.zeros((2, len(words), len(self.keys)))
        most = 0.0  # that any text could reach: of a word, its inverse document frequency
        for n, word in enumerate(words):
            own = self._postings(word.stem)
            users = own.stop - own.start
            most += max(_LEAST_IDF, math.log(1 + (len(self.keys) - users + 0.5) / (users + 0.5)))
            for stem, part in self._similar_stems(word, language):
                found = self._postings(stem)
                rows = self._rows[found]
                used[n, rows] = np.maximum(used[n, rows], part)
                scores[n, rows] = np.maximum(scores[n, rows], part * self._weights[found])
        return Match((scores.sum(axis=0) / (most or 1.0)).clip(0.0, 1.0), used)

    def _similar_stems(self, word: ContentWord, language: str) -> list[tuple[str, float]]:
        """The stems that stand for a word, and by how much each: its own, or those like it."""
        own = [(word.stem, 1.0)] if self.knows(word.stem) else []
        return own if own and has_stemmer(word.text, language) else own + self._like(word.stem)

    def _like(self, stem: str) -> list[tuple[str, float]]:
        """The stems most like one, each with the square of its likeness (0.25 to 1).

        That is Dice's coefficient of their pairs of letters (Dice, 1945, doi:10.2307/1932409; for
        spelling: Adamson and Boreham, 1974, doi:10.1016/0020-0271(74)90020-5).
        """
        places, counts = self._by_pair
        pairs = _pairs(stem)
        common = np.zeros(len(counts))
        for pair in pairs & places.keys():
            common[places[pair]] += 1
        likeness = 2 * common / (counts + len(pairs))
        best = np.flatnonzero(likeness >= _LEAST_ALIKE)
        best = best[np.argsort(-likeness[best], kind="stable")][:_MOST_ALIKE]
        stems = list(self._vocabulary)
        return [(stems[n], float(likeness[n]) ** 2) for n in best]

    @cached_property
    def _by_pair(self) -> tuple[dict[str, Array], Array]:
        """The places of the stems that have a pair, by pair; and how many pairs each stem has."""
        places: dict[str, list[int]] = defaultdict(list)
        pairs = [_pairs(stem) for stem in self._vocabulary]
        for n, pair in ((n, pair) for n, each in enumerate(pairs) for pair in each):
            places[pair].append(n)
        counts = np.array([len(each) for each in pairs], float)
        return {pair: np.array(found) for pair, found in places.items()}, counts

    def _postings(self, stem: str) -> slice:
        """Where the entries that use a stem stand in the arrays."""
        number = self._vocabulary.get(stem)
        if number is None:
            return slice(0, 0)
        return slice(int(self._starts[number]), int(self._starts[number + 1]))


def _pairs(word: str) -> set[str]:
    """The pairs of neighbouring letters, the word's ends among them."""
    whole = f" {word} "
    return {whole[n : n + 2] for n in range(len(whole) - 1)}


def _stems(entries: Sequence[Entry], known: Mapping[str, str]) -> dict[str, str]:
    """The stems of each entry, between spaces, by its hash; those that are known as they are."""
    return {
        key: known.get(key) or " ".join(content_stems(_text(e), e.language))
        for key, e in zip(map(_hash, entries), entries, strict=True)
    }


def _indexed(stems: Iterable[str]) -> bm25s.BM25 | None:
    """The index of the stems; None where there are none, for ``bm25s`` makes none of nothing."""
    vocabulary: dict[str, int] = {}
    ids = [[vocabulary.setdefault(s, len(vocabulary)) for s in text.split()] for text in stems]
    if not vocabulary:
        return None
    index = bm25s.BM25(k1=_SATURATION, b=_LENGTH, method="lucene")
    index.index(Tokenized(ids=ids, vocab=vocabulary), show_progress=False)
    return index


def _text(entry: Entry) -> str:
    texts = (section.text for section in entry.sections)
    return " . ".join((*entry.names, *entry.names, *texts, *entry.asked))


def _hash(entry: Entry) -> str:
    return hashlib.sha256(_FORMAT + f"{entry.key}\x1f{_text(entry)}".encode()).hexdigest()[:32]
