"""Retrieval: the passages that may answer a question, best first, and how sure it is that one does.

Three ways lead to an entry: the closeness of its vectors to the question's (Chroma), the question's
words (``knowledge.lexicon``) and its name in the question (``knowledge.names``). What speaks for
each entry found is made into one score by ``knowledge.fusion``; the best one is the confidence.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from statistics import fmean
from typing import Any

import numpy as np

from knowledge.embeddings import Embedder
from knowledge.entry import Entry
from knowledge.evidence import Evidence, Found, Hit, Way
from knowledge.fusion import ANSWERABLE, FUSED, Features, Fusion, Subject
from knowledge.glossary import Glossary
from knowledge.grammar import content, content_stems, particulars
from knowledge.index import Index
from knowledge.language import base
from knowledge.levels import everyday
from knowledge.lexicon import Lexicon, Match
from knowledge.names import Mentions, Names

__all__ = ["ANSWERABLE", "Evidence", "Hit", "Retriever", "Way"]

Ids = Collection[str]

# Passages asked of Chroma. Of several languages those in the question's own come nearest, and an
# entry that is in another alone stands far behind.
_POOL, _MIXED_POOL = 100, 300
_MORE = 10  # times as many, where too few are of the entries that are wanted
_CANDIDATES = 25  # entries weighed of each way
_OFFERED = 3  # entries wanted in any case


class Retriever:
    """Finds passages of a glossary. Threads may share one; it holds no lock while it embeds."""

    def __init__(
        self,
        glossary: Glossary,
        index: Index,
        embedder: Embedder,
        lexicon: Lexicon | None = None,
        fusion: Fusion = FUSED,
    ) -> None:
        self.glossary = glossary
        self.index = index
        self.embedder = embedder
        self.lexicon = lexicon or Lexicon.of(glossary.entries)
        self.fusion = fusion
        self.names = Names(glossary, self.lexicon.knows)
        self._rows = {key: row for row, key in enumerate(self.lexicon.keys)}
        self._languages = {base(tag) for tag in glossary.languages}
        written = Counter(tag for i in glossary.ids for tag in _languages(glossary.versions(i)))
        self._complete = {tag for tag, count in written.items() if count == len(glossary.ids)}
        self._pool = _POOL if len(self._languages) == 1 else _MIXED_POOL
        self._across: dict[str, dict[str, float]] = {}
        self._texts: dict[str, str] = {}  # made anew by two threads at once, it is the same

    def retrieve(
        self,
        question: str,
        spoken: str,
        k: int = 8,
        *,
        language: str | None = None,
        within: Ids | None = None,
    ) -> Evidence:
        """The best passages for a question.

        An entry's score is the same whichever others may be found: what one outside of ``within``
        answers better, those within do not answer.

        Args:
            question: as it is asked, standing by itself.
            spoken: the language of the question.
            k: how many passages.
            language: the language to show an entry in, where it is written in it; by default that
                of the question.
            within: the ids that may be found; by default all.

        Raises:
            EmbedderError: the question cannot be embedded.
            IndexFailure: the index cannot be searched.
        """
        mentions, cosines, found = self.weighed(question, spoken, within)
        utilities = self.fusion.utilities(found.features)
        order = np.argsort(-utilities, kind="stable")
        if found.entries and self._asks(mentions, spoken):
            subject = self.subject(found, int(order[0]), spoken)
            scores = self.fusion.scores(utilities, found.features, subject)
        else:  # “What is it?” asks for nothing
            scores = np.zeros(len(order))
        if within is not None:
            order = np.array([n for n in order if found.entries[n].id in within], int)
        language = language or spoken
        shown = [self._version(entry, language) for entry in found.entries]
        # Each entry has a hit of its own score, so the best k are among those of the best k.
        hits = sorted(found.hits(shown, order[:k], scores, cosines), key=lambda hit: -hit.score)
        return Evidence(
            question=question,
            language=language,
            hits=tuple(hits[:k]),
            entries=tuple((shown[n], float(scores[n])) for n in order),
            mentions=mentions,
            confidence=float(scores[order[0]]) if len(order) else 0.0,
        )

    def _asks(self, mentions: Mentions, spoken: str) -> bool:
        """Whether a question has a word that carries meaning, in whatever language it may be."""
        return bool(mentions.subject) and all(
            content(mentions.words, tag, aspects=False, kept=mentions.places)
            for tag in self._languages - {base(spoken)}
        )

    def _version(self, entry: Entry, language: str) -> Entry:
        """An entry in a language, where it is written in it."""
        other = self.glossary.get(entry.id, language)
        return other if other and base(other.language) == base(language) else entry

    def near(self, question: str, keys: Ids = ()) -> dict[str, float]:
        """The cosines of the nearest passages, by id, nearest first; some of entries by keys."""
        vector, pool, passages = self.embedder.query(question), self._pool, self.glossary.passages
        while True:
            found = {row: c for row, c in self.index.search(vector, pool) if row in passages}
            near = (passages[row] for row in found)
            met = {f"{p.language}/{p.entry_id}" for p in near}.intersection(keys)
            if len(met) >= min(_OFFERED, len(keys)) or pool >= len(passages):
                return found
            pool *= _MORE

    def weighed(
        self, question: str, spoken: str, within: Ids | None = None
    ) -> tuple[Mentions, dict[str, float], Found]:
        """What a question names, what is near it, and what both speak for; as ``retrieve``."""
        mentions = self.names.find(question, spoken)
        wanted = (self.glossary.get(entry_id, spoken) for entry_id in within or ())
        cosines = self.near(question, {entry.key for entry in wanted if entry})
        return mentions, cosines, self.weigh(mentions, spoken, cosines, within or ())

    def weigh(
        self, mentions: Mentions, spoken: str, cosines: Mapping[str, float], wanted: Ids = ()
    ) -> Found:
        """The entries found by any of the three ways, of those wanted too; what speaks for each."""
        nearest = self._nearest(mentions, spoken, cosines)
        match = self.lexicon.match(mentions.subject, spoken)
        ids = dict.fromkeys(mentions.entry_ids)
        ids.update(dict.fromkeys(islice(nearest, _CANDIDATES)))
        ids.update(dict.fromkeys(map(_entry_id, self.lexicon.best(match, _CANDIDATES))))
        ids.update(dict.fromkeys(islice((i for i in nearest if i in wanted), _CANDIDATES)))
        entries = tuple(e for entry_id in ids if (e := self.glossary.get(entry_id, spoken)))
        closeness = np.array([nearest[e.id][0] if e.id in nearest else 0.0 for e in entries])
        score, used = self._used(match, entries)
        foreign = np.array([base(entry.language) != base(spoken) for entry in entries], bool)
        # Words do not compare across languages: closeness stands for those that are missing there,
        # and half as much for those that speak for an entry.
        like = np.where(foreign, closeness.clip(0.0, 1.0), 0.0)
        score = np.maximum(score, like / 2)
        total = float(match.weights.sum()) or 1.0
        within = np.isin(match.places, list(mentions.places))
        part = float(match.weights @ within) / total  # asked of two terms, it is asked of each
        named = np.array([entry.id in mentions.entry_ids for entry in entries], bool)
        covering = np.maximum(used, np.maximum(np.outer(within, named), like / 2))
        features = Features(
            closeness=closeness,
            words=score,
            covered=match.weights @ covering / total,
            name=part * named,
            missing=(match.weights * ~within) @ (1.0 - np.maximum(used, like)) / total,
        )
        shown = tuple(nearest[e.id][1] if e.id in nearest else "" for e in entries)
        return Found(entries, features, shown, mentions, used)

    def _nearest(
        self, mentions: Mentions, spoken: str, cosines: Mapping[str, float]
    ) -> dict[str, tuple[float, str]]:
        """The closeness of each entry's nearest passage, and its id; the nearest entry first.

        Of an entry that is written in the question's language, that version alone counts, unless
        it is named: it may be so in another language.
        """
        named = frozenset(mentions.entry_ids)
        passages = [self.glossary.passages[row] for row in cosines]
        closeness = self.index.manifest.levels.closeness(
            np.fromiter(cosines.values(), float),
            spoken,
            [passage.language for passage in passages],
            self._unrelated(spoken),
        )
        nearest: dict[str, tuple[float, str]] = {}
        for n in np.argsort(-closeness, kind="stable"):
            passage = passages[n]
            entry = self.glossary.get(passage.entry_id, spoken)
            own = entry is None or base(entry.language) == base(spoken)
            if entry and (not own or entry.language == passage.language or entry.id in named):
                nearest.setdefault(entry.id, (float(closeness[n]), passage.id))
        return nearest

    def _unrelated(self, spoken: str) -> dict[str, float]:
        """The cosine that everyday questions reach, by the language of the text, if it is another.

        It is measured when a language is first asked in that some entry is not written in; by two
        threads at once, it is the same.
        """
        spoken = base(spoken)
        if spoken not in self._across and spoken not in self._complete:
            best: dict[str, list[float]] = {}
            for question in everyday(spoken):
                nearest: dict[str, float] = {}
                for row, cosine in self.near(question).items():
                    nearest.setdefault(base(self.glossary.passages[row].language), cosine)
                for tag, cosine in nearest.items():
                    best.setdefault(tag, []).append(cosine)
            self._across[spoken] = {tag: fmean(cosines) for tag, cosines in best.items()}
        return self._across.get(spoken, {})

    def _used(self, match: Match, entries: Sequence[Entry]) -> tuple[Any, Any]:
        """Each entry's BM25, and how much of each word it uses, in the best of its languages."""
        versions = [[self._rows[e.key] for e in self.glossary.versions(x.id)] for x in entries]
        most = max(map(len, versions), default=1)
        rows = np.array([(*some, *[some[0]] * (most - len(some))) for some in versions], int)
        rows = rows.reshape(-1, most)
        return match.score[rows].max(axis=1), match.used[:, rows].max(axis=2)

    def subject(self, found: Found, best: int, spoken: str) -> Subject:
        """What the question as a whole tells of the best of the entries found."""
        entry, mentions = found.entries[best], found.mentions
        named = mentions.coverage if entry.id in mentions.entry_ids else 0.0
        demands = particulars(mentions.words, spoken)
        same = base(entry.language) == base(spoken)
        return Subject(
            named,
            demand=same and any(f" {' '.join(d)} " not in self._text(entry) for d in demands),
            length=len(mentions.subject),
        )

    def _text(self, entry: Entry) -> str:
        """An entry as its stems, between spaces."""
        if entry.key not in self._texts:
            whole = " . ".join((*entry.names, *(s.text for s in entry.sections)))
            self._texts[entry.key] = f" {' '.join(content_stems(whole, entry.language))} "
        return self._texts[entry.key]


def _languages(entries: Sequence[Entry]) -> set[str]:
    return {base(entry.language) for entry in entries}


def _entry_id(key: str) -> str:
    return key.partition("/")[2]
