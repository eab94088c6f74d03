"""A question's way through retrieval, by the assistant's own retriever; and what breaks it."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.messages import HumanMessage

from assistant import QuestionError, telemetry
from assistant.answer import Account, Allowance, Answer, outcome
from assistant.assistant import Assistant
from assistant.classroom.demonstrations import (
    Alone,
    Gauge,
    Gauges,
    Given,
    InputError,
    Section,
    View,
)
from assistant.question import checked
from knowledge.entry import Sentence
from knowledge.glossary import Glossary
from knowledge.language.text import clean
from knowledge.language.words import fold
from knowledge.search.evidence import ANSWERABLE, Evidence, Trace
from knowledge.search.names import Names
from knowledge.search.query import Query
from knowledge.search.ranker import likelihood
from knowledge.search.retriever import Closeness, Retriever

_EMBEDDERS: dict[str, tuple[int, ...]] = {"both": (0, 1), "first": (0,), "second": (1,), "none": ()}
_SHOWN = 5  # entries, and sentences
_LEAST = 1e-4  # of a confidence, which is kept with four digits
_MOST = 1500  # characters that a model by itself may say
_CLOSE = 8.0  # deviations: as near as can be


@lru_cache(maxsize=8)
def _names(whole: Retriever, away: tuple[str, ...], *, on: bool) -> Names:
    """The names without those of entries that are away, or without any."""
    if on and not away:
        return whole.names
    known = (e for e in whole.glossary.entries if on and e.id not in away)
    return Names(Glossary(Path(), tuple(known)), whole.lexicon.knows)


class Broken(Retriever):
    """A retriever of which something was taken away, and whose threshold stands elsewhere."""

    def __init__(
        self,
        whole: Retriever,
        away: Sequence[str] = (),
        embedders: Sequence[int] = (0, 1),
        *,
        names: bool = True,
        threshold: float = ANSWERABLE,
    ) -> None:
        vars(self).update(vars(whole))
        self._away = np.isin(self.ids, away)
        kept = [n for n in embedders if n < len(whole.indexes)]
        self._meant = len(kept) == len(whole.indexes)
        self.indexes = tuple(self.indexes[n] for n in kept)
        self._order = [self._order[n] for n in kept]
        self.names = _names(whole, tuple(away), on=names)
        self.shift = log_odds(threshold)
        """How much surer than half it has to be, in log-odds."""

    def closeness(self, question: str, spoken: str) -> Closeness:
        """How close a question is; the questions that are known to be answered need all of it."""
        if self._meant:
            return super().closeness(question, spoken)
        unknown = np.full(len(self.corpus.sentences), np.nan)
        return Closeness(self._close(question, spoken), unknown)

    def entry_features(self, *known: Any) -> Any:  # noqa: ANN401
        """What speaks for each entry: for one that is away, as little as for any."""
        with np.errstate(invalid="ignore"):  # of questions that are unknown
            found = super().entry_features(*known)
        if not self._away.all():
            found[self._away] = found[~self._away].min(axis=0)
        return found

    def retrieve(self, question: str, spoken: str, **known: Any) -> Evidence:  # noqa: ANN401
        """What answers; as sure as it would be with the threshold at one half."""
        there, within = set(np.array(self.ids)[~self._away]), known.pop("within", None)
        there = there if within is None else there.intersection(within)
        found = super().retrieve(question, spoken, within=there, **known)
        if not self.shift:
            return found
        moved = likelihood(log_odds(found.confidence) - self.shift)
        return replace(found, confidence=float(moved))

    def words(self, question: str, spoken: str) -> list[tuple[str, float, bool, bool]]:
        """The words that tell something: by how much, whether in a name, and in an entry."""
        mentions = self.names.find(question, spoken)
        found = Query.of(mentions, spoken, self.lexicon, self._rows)
        used = self.lexicon.match(mentions.subject, spoken).used.max(axis=1, initial=0.0) > 0
        told = zip(found.words, found.weights, found.in_name, used, strict=True)
        typed = [token.strip("?؟!.,،;؛:«»“”\"'") for token in question.split()]
        return [
            (next((t for t in typed if w.text in fold(t)), w.text), float(weight), bool(n), bool(u))
            for w, weight, n, u in told
        ]

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
    """The logarithm of the odds of a likelihood, which is never wholly 0 or 1."""
    part = min(max(part, _LEAST), 1 - _LEAST)
    return math.log(part / (1 - part))


def asked(
    opened: Assistant, broken: Broken, question: str, language: str
) -> tuple[Answer, Sequence[Trace]]:
    """The answer that is quoted from what a broken retriever finds, and how it came about."""
    own = Assistant(broken, opened.settings)
    with telemetry.silence():  # it is no reader's question
        return outcome(own.stream(question, language=language, writer="quote"))


def said_alone(opened: Assistant, question: str, allowance: Allowance) -> str:
    """What the chat model says to a question without the glossary: nothing of it is checked.

    Raises:
        QuestionError: it is none.
        WriterError: the model cannot be reached, refuses, or fails; or may not be asked now.
    """
    asks = [HumanMessage(checked(question))]
    said = clean("".join(opened.chat.stream(asks, Account(allowance=allowance))))
    return said if len(said) <= _MOST else f"{said[:_MOST]}…"


def show(given: Given) -> View:
    """The steps, from the words of the question to the answer."""
    say, question, opened = given.say, given["question"], given.assistant
    if opened is None or not question:
        raise InputError("wrong_input" if opened else "opening")
    if not given.revealed:
        return View(say("says_first", question=question))
    chosen, names = _EMBEDDERS[given["embedders"]], given["names"] == "on"
    language, count, threshold = given.language, int(given["away"]), given["threshold"]
    try:
        away: list[str] = []
        if count:
            whole = Broken(opened.retriever, (), chosen, names=names)
            _, traces = asked(opened, whole, question, language)
            away = [each.id for trace in traces[:1] for each in trace.entries][:count]
        broken = Broken(opened.retriever, away, chosen, names=names, threshold=threshold)
        answer, traces = asked(opened, broken, question, language)
    except QuestionError:
        raise InputError("wrong_input") from None
    if not traces:
        return View(answer.text)
    return _shown(given, broken, answer, traces[0], away)


def _shown(given: Given, broken: Broken, answer: Answer, trace: Trace, away: Sequence[str]) -> View:
    say, threshold = given.say, float(given["threshold"])
    sure = float(likelihood(log_odds(trace.confidence) + broken.shift))
    key = "answered" if answer.status == "answered" else "refused"
    told = {"sure": _percent(given, sure), "limit": _percent(given, threshold)}
    gone = [e.term for i in away if (e := broken.glossary.get(i, given.language))]
    words = broken.words(trace.question, trace.language)
    most = max((weight for _, weight, _, _ in words), default=0.0) or 1.0
    found = []
    for word, weight, named, used in words:
        marked = say("named") if named else "" if used else say("unknown")
        found.append(Gauge(word, weight / most, round(weight, 1), marked))
    entries = [Gauge(e.term, e.score, _percent(given, e.score)) for e in trace.entries[:_SHOWN]]
    cited = {(c.entry_id, c.section, c.start) for c in answer.citations}
    near = []
    for s, close in broken.nearest(trace.question, trace.language, _SHOWN):
        quoted = say("quoted") if (s.entry_id, s.section, s.start) in cited else ""
        part = min(max(close / _CLOSE, 0.0), 1.0)
        near.append(Gauge(f"{s.text} ({s.term})", part, round(close, 1), quoted))
    near_text = say("near_text" if near else "near_none")
    gauge = Gauge(say("sure_label"), sure, told["sure"], say(f"mark_{key}"))
    by_marker = {c.marker: c for c in answer.citations}
    quotes = [by_marker[each.citations[0]] for each in answer.sentences]
    has_model = given.assistant is not None and given.assistant.settings.has_chat_model
    shown = [
        Section(say("found"), say("found_text"), [Gauges(found)]),
        Section(say("entries"), say("entries_text"), [Gauges(entries)]),
        Section(say("near"), near_text, [Gauges(near)] if near else [], whole=True),
        Section(say("sure"), say("sure_text"), [Gauges([gauge], threshold)], has_model),
        Section(say("answer"), "" if quotes else answer.text, quotes),
    ]
    if gone:
        shown.insert(0, Section(say("gone"), given.listed(gone), whole=True))
    if has_model:
        asks = Alone(say("alone_do"), trace.question)
        shown.append(Section(say("alone"), say("alone_text"), [asks]))
    return View(say(f"says_{key}", **told), shown)


def _percent(given: Given, part: float) -> str:
    return f"{given.write(round(100 * part))}%"
