"""Retrieval: the entries, then the sentences, that may answer a question, and how surely they do.

Three ways lead to an entry: the closeness of its sentences to the question (``Index``, one for each
embedder), the question's words (``Lexicon``) and its name in the question (``Names``). The ranker
makes one score of them; the sentences of the best entries are ranked by what they say themselves.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from knowledge.entry import EXAMPLE, SUMMARY, Entry
from knowledge.glossary import Glossary
from knowledge.language.text import base, clean
from knowledge.search import Array
from knowledge.search import index as index_module
from knowledge.search.corpus import DIGIT, YEAR, Corpus
from knowledge.search.embeddings import Embedder, bundled_embedders
from knowledge.search.evidence import Evidence, FoundEntry, FoundSentence
from knowledge.search.index import (
    Index,
    Progress,
    SyncReport,
    forget_others,
    open_index,
)
from knowledge.search.intent import ROLES, Classifier, Intent, IntentPrediction, joined, softmax
from knowledge.search.lexicon import Lexicon
from knowledge.search.names import Lent, Names, lent_to
from knowledge.search.query import Query, sentence_stems, share
from knowledge.search.questions import Questions, greatest
from knowledge.search.ranker import BELONGING, CONFIDENCE, ENTRY, SENTENCE, Ranker, likelihood
from knowledge.search.store import Store

Ids = Collection[str]

_MANY_TO_EMBED = 500  # sentences to embed, from which on readers are not let wait for all of it
_MANY_CHANGED = 50  # entries, whose sentences are as many
_NEAR = 400  # rows asked of Chroma, where it finds the nearest
_RANKED_ENTRIES = 8  # entries whose sentences are ranked
_MATCHED = 10  # sentences, of which one matches best
_ANSWER_SENTENCES = 3  # sentences that an answer has, to see whether one of them has a figure
_FULL = 20  # words, from which on a sentence says no more for being longer
_LONG = 8  # words, from which on a question is as long as any
_LEAST_ROLE, _LEAST_SHARE = 0.02, 0.001
_SEVERAL: tuple[Intent, ...] = (
    "remedy", "kinds", "parts", "mechanism", "drawback", "benefit", "list",
)  # fmt: skip
"""What is wanted, where it is told in several sentences."""
_ASIDE: dict[str, Intent] = {"contrast": "comparison", "misconception": "yesno"}
"""Sections that answer what is seldom asked, and what asks for it."""
_USUALLY_NEAR = 0.85  # two sentences of an answer are, where no bundled embedder read them
_KNOWN_ROLE = 0.7  # how far the name of a section is believed, beside what its sentence says
_CLOSE, _NAMED, _WORDINGS = map(ENTRY.index, ("close", "named", "asked"))
_TELLS_LITTLE = 0.3  # of what is missing, in another language: its words are others anyway
_USUAL = 0.6  # how near a question that is answered is to those known of its best sentences
_QUESTION, _MATCH = map(SENTENCE.index, ("question", "match"))
_WHOLE = 0.999  # of a question: all of it, rounding aside


class Closeness(NamedTuple):
    """How close a question is to what a glossary says."""

    rows: Array
    """To each row, in deviations: (rows,)."""
    questions: Array
    """To the nearest of the questions that each sentence answers, a cosine or NaN: (sentences,)."""


class FollowUp(NamedTuple):
    """A question as it was put, where it stands on what was spoken of."""

    text: str
    close: Closeness
    topic: Sequence[int]
    """The numbers of the entries that were spoken of."""


class Retriever:
    """Finds the sentences of a glossary that answer. Threads may share one; it holds no lock."""

    def __init__(  # noqa: PLR0913
        self,
        glossary: Glossary,
        indexes: Sequence[Index],
        classifier: Classifier,
        lexicon: Lexicon | None = None,
        *,
        ranker: Ranker | None = None,
        questions: Questions | None = None,
        lent: Sequence[Lent] = (),
    ) -> None:
        self.glossary = glossary
        self.indexes = tuple(indexes)
        self.classifier = classifier
        self.lexicon = lexicon or Lexicon.of(glossary.entries)
        name = "both" if len(classifier.embedders) > 1 else "fast"
        self.names = Names(glossary, self.lexicon.knows, lent)
        self.ids = glossary.ids
        self._numbers = {entry_id: n for n, entry_id in enumerate(self.ids)}
        row_of = {key: row for row, key in enumerate(self.lexicon.keys)}
        versions = [[row_of[e.key] for e in glossary.versions(i)] for i in self.ids]
        most = max(map(len, versions), default=1)
        padded = [(*some, *[some[0]] * (most - len(some))) for some in versions]
        self._rows = np.array(padded, int).reshape(-1, most)
        self.corpus = Corpus.of(glossary, self._numbers)
        texts = [sentence.text for sentence in self.corpus.sentences]
        self.questions = questions or Questions.read(name, texts)
        self._known = self.questions.known(len(texts))
        self.ranker = ranker or Ranker.read(name, known=self._known)
        # Where each row of the first index stands in the others, which may be behind it.
        self._order = [_places(index, self.corpus.ids) for index in self.indexes]

    def retrieve(  # noqa: PLR0913  (what may be known of a question)
        self,
        question: str,
        spoken: str,
        *,
        language: str | None = None,
        within: Ids | None = None,
        wants: IntentPrediction | None = None,
        also: Sequence[str] = (),
        bare: str | None = None,
    ) -> Evidence:
        """What answers a question, and how surely.

        Args:
            question: as it is asked, standing by itself.
            spoken: its language.
            language: that to show entries in, where they are written in it; by default its own.
            within: the ids that may be found; by default all.
            wants: what it wants, where that is told by more than the question.
            also: ids whose sentences are ranked in any case.
            bare: the question without the terms that were put before it, so that it stands by
                itself: they tell the entries, and it tells which of their sentences answer.

        Raises:
            EmbedderError: the question cannot be embedded.
            IndexFailure: the index cannot be searched.
        """
        question = clean(question)
        language = language or spoken
        wants = wants or self.classifier.predict(question)
        mentions = self.names.find(question, spoken)
        close = self.closeness(question, spoken)
        asked = Query.of(mentions, spoken, self.lexicon, self._rows)
        put = self.follow_up(bare, spoken, also)
        features = self.entry_features(asked, close, spoken, put)
        utilities = self.ranker.entry.score(features)
        order = np.argsort(-utilities, kind="stable")
        if asked.named >= _WHOLE and len(mentions.found) == 1 and wants.intent == "definition":
            # what is nothing but a name is of its entry, whatever sounds like it elsewhere
            own = set(mentions.entry_ids)
            within = own if within is None else own.intersection(within) or within
        if within is not None:
            order = np.array([n for n in order if self.ids[n] in within], int)
        wanted = [n for i in also if (n := self._numbers.get(i, -1)) in order]
        best = list(dict.fromkeys((*order[:_RANKED_ENTRIES].tolist(), *wanted)))
        shares = softmax(utilities)
        entries = tuple(
            FoundEntry(
                self.shown(n, language, spoken),
                float(shares[n]),
                self.ranker.entry.parts(features[n]),
                float(features[n, _CLOSE]),
            )
            for n in best
        )
        places, rows = self.sentence_features(
            question, asked, close, wants, entries, utilities[best], put
        )
        scores = self.ranker.sentence.score(rows)
        ranked = np.argsort(-scores, kind="stable")
        top = float(scores[ranked[0]]) if len(ranked) else 0.0
        belonging = self.ranker.belonging.score(
            self.belonging_features(places, rows, scores, wants)
        )
        sentences = tuple(
            FoundSentence(
                self.corpus.sentences[places[n]],
                float(scores[n]) - top,
                rows[n],
                self.ranker.sentence,
                float(rows[n, _MATCH]),
                float(rows[n, _QUESTION]),
                float(belonging[n]),
            )
            for n in ranked
        )
        confidence, reasons = 0.0, {}
        if best and (asked.words or mentions.found):  # “What is it?” asks for nothing
            found = self.confidence_features(
                asked, wants, features, best[0], sentences, spoken, (utilities[best[0]], top)
            )
            reasons = self.ranker.confidence.parts(found)
            reasons["offset"] = self.ranker.confidence.offset
            # What one outside of ``within`` answers better, those within do not, unless named.
            named = self.ids[best[0]] in mentions.entry_ids
            behind = 0.0 if named else float(utilities.max() - utilities[best[0]])
            confidence = float(likelihood(self.ranker.confidence.score(found) - behind))
        return Evidence(
            question=question,
            language=language,
            wants=wants,
            entries=entries,
            sentences=sentences,
            named=mentions.entry_ids,
            confidence=confidence,
            reasons=reasons,
            whole=asked.named >= _WHOLE,
        )

    def shown(self, number: int, language: str, spoken: str) -> Entry:
        """An entry in a language; where it is not written in it, in that of the question."""
        found = self.glossary.get(self.ids[number], language)
        if found and base(found.language) != base(language):
            found = self.glossary.get(self.ids[number], spoken)
        assert found is not None  # noqa: S101  (the id is the glossary's own)
        return found

    def closeness(self, question: str, spoken: str) -> Closeness:
        """How close a question is to what the glossary says, and to what that answers."""
        vector = joined([each.query(question) for each in self.classifier.embedders])
        answered = self.questions.closeness(question, vector, len(self.corpus.sentences))
        return Closeness(self._close(question, spoken), answered)

    def follow_up(self, bare: str | None, spoken: str, topic: Sequence[str]) -> FollowUp | None:
        """A question as it was put, on what was spoken of; None where it is no follow-up."""
        if bare is None:
            return None
        numbers = [self._numbers[i] for i in topic if i in self._numbers]
        return FollowUp(bare, self.closeness(bare, spoken), numbers)

    def _close(self, question: str, spoken: str) -> Array:
        """The closeness of each row to a question, in deviations, over the embedders: (rows,)."""
        corpus = self.corpus
        scale = np.where(corpus.in_language(spoken), 0, 1)
        vectors = [index.embedder.query(question) for index in self.indexes]
        near = self._near(vectors)
        total = np.zeros(len(corpus.ids))
        for index, order, vector in zip(self.indexes, self._order, vectors, strict=True):
            if near is None:
                cosines = np.append(index.vectors @ vector, np.nan)[order]
            else:
                cosines = np.full(len(corpus.ids), np.nan)
                places = order[near]
                there = places < len(index.ids)
                cosines[near[there]] = index.vectors[places[there]] @ vector
            means, spread = np.array([index.embedder.within, index.embedder.across]).T
            close = (cosines - means[scale]) / spread[scale]
            far = np.isnan(close)  # or not embedded yet: as near as the farthest that is known
            if far.any():
                close[far] = np.nanmin(close) if not far.all() else 0.0
            total += close
        return total / max(1, len(self.indexes))

    def _near(self, vectors: Sequence[Array]) -> Array | None:
        """The rows of the entries that have one near a question; None where all are compared."""
        if all(len(index.ids) <= index_module.EXACT for index in self.indexes):
            return None
        found = [
            np.isin(order, index.near(vector, _NEAR))
            for index, order, vector in zip(self.indexes, self._order, vectors, strict=True)
        ]
        entries = np.unique(self.corpus.entry[np.logical_or.reduce(found)])
        return np.flatnonzero(np.isin(self.corpus.entry, entries))

    def entry_features(
        self, asked: Query, close: Closeness, spoken: str, put: FollowUp | None = None
    ) -> Array:
        """What speaks for each entry: (entries, ``ranker.ENTRY``)."""
        corpus, count = self.corpus, len(self.ids)
        own = corpus.in_language(spoken)

        def nearest(rows: Array) -> Array:
            return greatest(close.rows[rows], corpus.entry[rows], count)

        within, across = nearest(~corpus.asked & own), nearest(~corpus.asked & ~own)
        here = _or(within, across)
        wordings = _or(nearest(corpus.asked & own), nearest(corpus.asked))
        said = corpus.entry[: len(corpus.sentences)]
        named, first, topic = np.zeros((3, count))
        topic[list(put.topic) if put else []] = 1.0
        for entry_ids, part in asked.mentioned:
            for entry_id in entry_ids:
                number = self._numbers[entry_id]
                named[number] = max(named[number], part)
        if asked.mentioned:
            first[[self._numbers[i] for i in asked.mentioned[0][0]]] = 1.0
        return np.column_stack(
            [
                here,
                _or(across, here),
                _or(wordings, here),
                _filled(greatest(close.questions, said, count)),
                asked.score,
                asked.covered,
                named,
                (named > 0) * asked.beside,
                first,
                (asked.named >= _WHOLE) * (named > 0),
                topic,
            ]
        )

    def sentence_features(  # noqa: PLR0913, PLR0917
        self,
        question: str,
        asked: Query,
        close: Closeness,
        wants: IntentPrediction,
        entries: Sequence[FoundEntry],
        utilities: Array,
        put: FollowUp | None = None,
    ) -> tuple[Array, Array]:
        """The sentences of some entries and what speaks for each: (sentences, ``SENTENCE``)."""
        corpus = self.corpus
        ranges = [corpus.of_entry[found.entry.key] for found in entries]
        places = np.array([n for each in ranges for n in range(*each)], int)
        of = np.repeat(np.arange(len(ranges)), [end - start for start, end in ranges])
        twin = np.where(corpus.twin[places] < 0, places, corpus.twin[places])
        none: Array = np.zeros(len(places))
        topic = own_close = own_question = none
        if put:
            topic = 1.0 * np.isin(corpus.entry[places], put.topic)
            own_close = _apart(put.close.rows[places], of)
            own_question = _apart(_filled(put.close.questions[places]), of)
            both = zip(close, put.close, strict=True)
            close = Closeness(*((whole + own) / 2 for whole, own in both))
        near = close.rows[places]
        twins = close.rows[twin]
        question_near = _filled(close.questions[places])
        beside = np.full(len(places), np.nan)
        same = of[1:] == of[:-1]
        beside[1:] = np.where(same, near[:-1], np.nan)
        beside[:-1] = np.fmax(beside[:-1], np.where(same, near[1:], np.nan))
        used = [sentence_stems(corpus.sentences[n]) for n in places]
        own = asked.weighed()
        traits = corpus.traits[places]
        number, origin = wants.intents["number"], wants.intents["origin"]
        sections = np.array([corpus.sentences[n].section.partition("-")[0] for n in places], str)
        summary, example, history = (1.0 * (sections == s) for s in (SUMMARY, EXAMPLE, "origin"))
        vectors = self.bundled_vectors(places)
        role = np.log(self._roles(places, vectors) @ wants.roles + _LEAST_ROLE)
        said = put.text if put else question
        match = none
        if vectors:
            match = self.classifier.match(said, vectors, known=self._known)
        return places, np.column_stack(
            [
                (utilities - utilities[0])[of] if len(utilities) else np.zeros(0),
                np.minimum(of, 5),
                of == 0,
                near,
                _apart(near, of),
                twins,
                _apart(twins, of),
                question_near,
                _apart(question_near, of),
                [share(own, s) for s in used],
                _or(beside, near),
                role,
                np.minimum(traits[:, 0], 6),
                np.log(np.minimum(traits[:, 1], _FULL)),
                summary,
                summary * wants.intents["definition"],
                example * (1 - wants.intents["example"]),
                number * traits[:, 2],
                (1 - number) * traits[:, 2],
                history * (1 - origin),
                match,
                topic,
                own_close,
                own_question,
                role if put else none,
            ]
        )

    def belonging_features(
        self, places: Array, rows: Array, scores: Array, wants: IntentPrediction
    ) -> Array:
        """What speaks for saying sentences, of some features and scores, beside the best one.

        The result: (sentences, ``ranker.BELONGING``).
        """
        if not len(places):
            return np.zeros((0, len(BELONGING)))
        top = np.argmax(scores)
        near = np.full(len(places), _USUALLY_NEAR)
        if vectors := self.bundled_vectors(places):
            whole = joined(vectors)
            whole /= np.linalg.norm(whole, axis=1, keepdims=True)
            near = whole @ whole[top]
        said = [self.corpus.sentences[n] for n in places]
        best = said[top]
        goes_on = [
            (s.key, s.paragraph) == (best.key, best.paragraph) and s.place > best.place
            for s in said
        ]
        several = wants.probability(_SEVERAL) * np.array(goes_on)
        unwanted = {section: 1 - wants.intents[intent] for section, intent in _ASIDE.items()}
        aside = [unwanted.get(s.section.partition("-")[0], 0.0) for s in said]
        share = np.log(softmax(scores) + _LEAST_SHARE)
        return np.column_stack([share, near, several, aside, rows])

    def bundled_vectors(self, places: Array) -> list[Array]:
        """The vectors of some sentences that the classifier reads; none by another embedder."""
        if self.classifier.embedders != tuple(index.embedder for index in self.indexes):
            return []
        return [
            index.vectors[np.minimum(order[places], len(index.ids) - 1)]
            for index, order in zip(self.indexes, self._order, strict=True)
        ]

    def _roles(self, places: Array, vectors: Sequence[Array]) -> Array:
        """How likely each sentence is of each role: as its section says, and as it says itself."""
        known = self.corpus.roles[places]
        alike = np.full(known.shape, 1 / len(ROLES))
        guessed = self.classifier.roles(vectors) if vectors else alike
        told = known.sum(axis=1, keepdims=True) > 0
        return np.where(told, _KNOWN_ROLE * known + (1 - _KNOWN_ROLE) * guessed, guessed)

    def confidence_features(  # noqa: PLR0913, PLR0917
        self,
        asked: Query,
        wants: IntentPrediction,
        features: Array,
        best: int,
        sentences: Sequence[FoundSentence],
        spoken: str,
        scores: tuple[float, float],
    ) -> Array:
        """What makes one sure or unsure: (``ranker.CONFIDENCE``,).

        ``scores`` are those of the best entry and of the best sentence.
        """
        told = [found.sentence.text for found in sentences[:_ANSWER_SENTENCES]]
        # As a feature, not as a part of the score: it is weighed anew here.
        match = max((found.match for found in sentences[:_MATCHED]), default=0.0)
        question = max((found.question for found in sentences[:_ANSWER_SENTENCES]), default=_USUAL)
        named = any(self.ids[best] in ids for ids, _ in asked.mentioned)
        foreign = base(self.shown(best, spoken, spoken).language) != base(spoken)
        missing = asked.missing[best] * (_TELLS_LITTLE if foreign else 1.0)
        values = {
            "entry": scores[0],
            "sentence": scores[1],
            "asked": features[:, _WORDINGS].max(),
            "cover": float(asked.covered[best]),
            "named": float(features[best, _NAMED]),
            "missing": missing,
            "beside": missing * named,
            "unknown": asked.unknown,
            "unheard": asked.unknown * wants.intents["definition"] * (not foreign),
            "foreign": foreign,
            "length": min(len(asked.words), _LONG) / _LONG,
            "outside": wants.intents["outside"],
            "askable": wants.askable,
            "match": match,
            "question": question - _USUAL,
            "number": wants.intents["number"],
            "numberless": wants.intents["number"] * (not any(map(DIGIT.search, told))),
            "dateless": wants.intents["origin"] * (not any(map(YEAR.search, told))),
        }
        return np.array([float(values[name]) for name in CONFIDENCE])


def open_retriever(  # noqa: PLR0913
    store: Store,
    glossary: Glossary,
    embedders: Sequence[Embedder],
    progress: Progress | None = None,
    *,
    rebuild: bool = False,
    early: Callable[[Retriever, SyncReport], object] | None = None,
) -> tuple[Retriever, SyncReport | None]:
    """The retriever of a glossary, whose indexes are brought up to date; and what that did.

    Where many sentences have to be embedded, ``early`` is given one that finds by words, names and
    the fast embedder, which comes last, as soon as that has read them. Raises as ``open_index``.
    """
    indexes: list[Index] = []
    names = lent_to(glossary)
    report = notes = lexicon = None
    for embedder in reversed(embedders):  # the fast one first
        index, report = open_index(store, glossary, embedder, progress, rebuild=rebuild)
        notes = notes or report.notes
        indexes.insert(0, index)
        lexicon = lexicon or Lexicon.open(store.home(glossary.path), glossary.entries)
        many = report.embedded >= _MANY_TO_EMBED
        if store.sharing:  # another replica may have them embedded just now, and is waited for
            many |= report.added + report.changed >= _MANY_CHANGED
        if early and len(indexes) < len(embedders) and many:
            classifier = Classifier(embedders[-len(indexes) :])
            early(Retriever(glossary, indexes, classifier, lexicon, lent=names), report)
    if any(each.is_connected for each in indexes):
        forget_others(store, glossary, embedders)
    if report and notes:  # what the first one met, the others have no more to tell of
        report = replace(report, notes=notes)
    classifier = Classifier(bundled_embedders())
    return Retriever(glossary, indexes, classifier, lexicon, lent=names), report


def _or(values: Array, others: Array) -> Array:
    """Values, and the others where they are unknown."""
    return np.where(np.isnan(values), others, values)


def _filled(values: Array) -> Array:
    """Cosines, of which those that are unknown are as the others are on average."""
    return _or(values, _USUAL if np.isnan(values).all() else np.nanmean(values))


def _apart(values: Array, of: Array) -> Array:
    """How much greater values are than those of their groups on average; ``of`` numbers these."""
    return values - (np.bincount(of, values) / np.maximum(np.bincount(of), 1))[of]


def _places(index: Index, ids: Sequence[str]) -> Array:
    """Where rows stand in an index; behind its end, if they are not in it."""
    places = {row: n for n, row in enumerate(index.ids)}
    return np.array([places.get(row, len(places)) for row in ids], int)
