"""A question's way through retrieval, by the assistant's own retriever; and what breaks it."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from assistant import QuestionError, telemetry
from assistant.answer import Answer, outcome
from assistant.assistant import Assistant
from assistant.classroom.demonstrations import (
    Block,
    Choice,
    Gauge,
    Gauges,
    Given,
    InputError,
    Quote,
    Range,
    Step,
    Text,
    View,
    steps,
)
from knowledge.entry import Sentence
from knowledge.search.evidence import ANSWERABLE, Evidence
from knowledge.search.names import Mentions, Names
from knowledge.search.query import Query
from knowledge.search.ranker import likelihood
from knowledge.search.retriever import Closeness, Retriever

ENTRIES = {
    "retrieval-augmented-generation": {},
    "information-retrieval": {},
    "semantic-search": {"names": "off"},
    "hybrid-search": {},
    "grounding": {},
}
KNOBS = (
    Text("question", 200),
    Range("away", steps(0, 3, 1), 0),
    Range("threshold", (0.05, *steps(0.1, 0.9, 0.1), 0.95, 0.99), ANSWERABLE, digits=2),
    Choice("embedders", ("both", "first", "second", "none")),
    Choice("names", ("on", "off")),
)
RIGHT = 1
_SHOWN = 5  # entries, and sentences
_LEAST, _MOST = 1e-4, 1 - 1e-4  # of a confidence, which is kept with four digits
_CLOSE = 8.0  # deviations: as near as can be


class _FewerNames:
    """The names without those of entries that are away, or without any."""

    def __init__(self, names: Names, away: frozenset[str], *, on: bool) -> None:
        self._names, self._away, self._on = names, away, on

    def find(self, text: str, language: str) -> Mentions:
        """The names in a text."""
        found = self._names.find(text, language)
        left = [
            mention._replace(entry_ids=ids)
            for mention in (found.found if self._on else ())
            if (ids := tuple(i for i in mention.entry_ids if i not in self._away))
        ]
        return replace(found, found=tuple(left))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._names, name)


class Broken(Retriever):
    """A retriever of which something was taken away, and whose threshold stands elsewhere."""

    def __init__(  # noqa: PLR0913
        self,
        whole: Retriever,
        away: Sequence[str] = (),
        *,
        embedders: Sequence[int] = (0, 1),
        names: bool = True,
        threshold: float = ANSWERABLE,
    ) -> None:
        vars(self).update(vars(whole))
        self._away = np.isin(self.ids, away)
        kept = [n for n in embedders if n < len(whole.indexes)]
        self._meant = len(kept) == len(whole.indexes)
        self.indexes = tuple(self.indexes[n] for n in kept)
        self._order = [self._order[n] for n in kept]
        if away or not names:
            self.names = _FewerNames(whole.names, frozenset(away), on=names)  # type: ignore[assignment]
        self.shift = log_odds(threshold)
        """How much surer than half it has to be, in log-odds."""

    def closeness(self, question: str, spoken: str) -> Closeness:
        """How close a question is; the questions that are known to be answered need all of it."""
        if self._meant:
            return super().closeness(question, spoken)
        unknown = np.full(len(self.corpus.sentences), np.nan)
        return Closeness(self._close(question, spoken), unknown)

    def entry_features(self, asked: Query, close: Closeness, spoken: str) -> Any:  # noqa: ANN401
        """What speaks for each entry: for one that is away, as little as for any."""
        with np.errstate(invalid="ignore"):  # of questions that are unknown
            found = super().entry_features(asked, close, spoken)
        found[self._away] = found[~self._away].min(axis=0)
        return found

    def retrieve(self, question: str, spoken: str, **known: Any) -> Evidence:  # noqa: ANN401
        """What answers; as sure as it would be with the threshold at one half."""
        within = known.pop("within", None)
        there = {i for i in self.ids if within is None or i in within}
        there -= set(np.array(self.ids)[self._away])
        found = super().retrieve(question, spoken, within=there, **known)
        sure = min(max(found.confidence, _LEAST), _MOST)
        moved = float(likelihood(log_odds(sure) - self.shift))
        return replace(found, confidence=moved if self.shift else found.confidence)

    def words(self, question: str, spoken: str) -> list[tuple[str, float, bool, bool]]:
        """The words that tell something: by how much, whether in a name, and in an entry."""
        mentions = self.names.find(question, spoken)
        found = Query.of(mentions, spoken, self.lexicon, self._rows)
        used = self.lexicon.match(mentions.subject, spoken).used.max(axis=1, initial=0.0) > 0
        told = zip(found.words, found.weights, found.in_name, used, strict=True)
        return [(word.text, float(weight), bool(n), bool(u)) for word, weight, n, u in told]

    def nearest(self, question: str, spoken: str, count: int) -> list[tuple[Sentence, float]]:
        """The sentences nearest by meaning, in deviations from those that do not answer."""
        if not self.indexes:
            return []
        close = self._close(question, spoken)[: len(self.corpus.sentences)].copy()
        close[self._away[self.corpus.entry[: len(close)]]] = -np.inf
        close[~self.corpus.in_language(spoken)[: len(close)]] = -np.inf
        best = np.argsort(-close, kind="stable")[:count]
        return [(self.corpus.sentences[n], float(close[n])) for n in best if close[n] > -np.inf]


def log_odds(part: float) -> float:
    """The logarithm of the odds of a likelihood."""
    return math.log(part / (1 - part))


def asked(
    assistant: Assistant, question: str, language: str, broken: Retriever
) -> tuple[Answer, Any]:
    """The answer by a broken retriever, quoted, and its traces; nobody counts the question."""
    with telemetry.silence():
        own = Assistant(broken, assistant.settings)
        return outcome(own.stream(question, language=language, writer="quote"))


def show(given: Given) -> View:
    """The steps, from the words of the question to the answer."""
    say, question, opened = given.say, given["question"], given.assistant
    if opened is None:
        raise InputError("opening")
    if not question:
        raise InputError("wrong_input")
    if not given.revealed:
        return View(say("says_first", question=question), [])
    whole = opened.retriever
    threshold = float(given["threshold"])
    chosen = {"both": (0, 1), "first": (0,), "second": (1,), "none": ()}[given["embedders"]]
    parts: dict[str, Any] = {
        "embedders": chosen,
        "names": given["names"] == "on",
        "threshold": threshold,
    }
    away: list[str] = []
    try:
        if count := int(given["away"]):
            _, traces = asked(opened, question, given.language, Broken(whole, **parts))
            away = [each.id for trace in traces[:1] for each in trace.entries[:count]]
        broken = Broken(whole, away, **parts)
        answer, traces = asked(opened, question, given.language, broken)
    except QuestionError:
        raise InputError("wrong_input") from None
    if not traces:
        return View(answer.text, [])
    trace = traces[0]
    sure = float(likelihood(log_odds(min(max(trace.confidence, _LEAST), _MOST)) + broken.shift))
    percent = say("percent", n=round(100 * sure))
    limit = say("percent", n=round(100 * threshold))
    key = "answered" if answer.status == "answered" else "refused"
    says = say(f"says_{key}", sure=percent, limit=limit)
    gone = [e.term for i in away if (e := opened.glossary.get(i, given.language))]
    blocks: list[Block] = []
    if gone:
        comma = "، " if given.language == "ar" else ", "
        blocks.append(Step(say("gone"), comma.join(gone)))
    blocks += _words(given, broken, trace.question, trace.language)
    blocks += [
        Step(say("entries"), say("entries_text")),
        Gauges(
            [
                Gauge(e.term, e.score, say("percent", n=round(100 * e.score)))
                for e in trace.entries[:_SHOWN]
            ]
        ),
        Step(say("near"), say("near_text" if broken.indexes else "near_none")),
    ]
    quoted = {(c.entry_id, c.section, c.start) for c in answer.citations}
    near = broken.nearest(trace.question, trace.language, _SHOWN)
    if near:
        blocks.append(
            Gauges(
                [
                    Gauge(
                        f"{s.text} ({s.term})",
                        min(max(close / _CLOSE, 0.0), 1.0),
                        given.number(close, 1),
                        say("quoted") if (s.entry_id, s.section, s.start) in quoted else "",
                    )
                    for s, close in near
                ]
            )
        )
    gauge = Gauge(say("sure_label"), sure, percent, say(f"mark_{key}"))
    blocks += [Step(say("sure"), say("sure_text")), Gauges([gauge], threshold), Step(say("answer"))]
    told = {c.marker: c for c in answer.citations}
    for each in answer.sentences:
        cited = told[each.citations[0]]
        blocks.append(Quote(each.text, each.language or cited.language, cited.entry_id, cited.term))
    if not answer.sentences:
        blocks.append(Step("", answer.text))
    return View(says, blocks)


def _words(given: Given, broken: Broken, question: str, spoken: str) -> list[Block]:
    """The words that tell something, each by how much, and those that name a term."""
    say, words = given.say, broken.words(question, spoken)
    most = max((weight for _, weight, _, _ in words), default=1.0) or 1.0
    rows = [
        Gauge(
            word,
            weight / most,
            given.number(weight, 1),
            say("named") if named else "" if used else say("unknown"),
        )
        for word, weight, named, used in words
    ]
    return [Step(say("found"), say("found_text")), Gauges(rows)]
