"""The quote writer: no model; sentences of the entries themselves, chosen and put in order."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.answer import Lead, Usage
from assistant.extent import Length
from assistant.phrases import Phrases, phrases
from assistant.question import Question
from assistant.reading import Ask
from assistant.writers import Draft
from assistant.writers.selection import (
    COUNTS,
    Candidate,
    Selection,
    candidates,
    same,
    speaking,
)
from knowledge.entry import SUMMARY, Entry
from knowledge.evidence import Evidence
from knowledge.language import base

_MOST_TERMS = 3
_FEWEST = 2  # sentences for each of several things asked
_EACH: dict[Length, int] = {"short": 1, "normal": 2, "full": 5}
"""Sentences about each of several terms."""
_ITEMS: dict[Length, int] = {"short": 5, "normal": 8, "full": 200}
_NEAR = 0.3  # the score, beside the best one's, from which on an entry is an item of a list
_JOINED = re.compile(r"[,،/]|\b(?:and|or|vs|versus|أو|أم|ولا)\b|(?:^|\s)و")
_LACKING = ("example", "origin", "limits")


class QuoteWriter:
    """Answers with the glossary's own sentences."""

    name = "quote"
    model = ""

    def write(
        self, question: Question, evidence: Sequence[Evidence]
    ) -> Iterator[Draft | Lead | Usage]:
        """The sentences that answer best: of one entry, in parallel of several, or as a list."""
        begun = False
        words = phrases(question.language)
        most = COUNTS[question.length] // max(1, sum(each.answerable for each in evidence))
        for ask, found in zip(question.asks, evidence, strict=True):
            if not found.answerable:
                continue
            if begun:
                yield Lead("")  # what answers another thing begins anew
            begun = True
            yield from self._answer(question, ask, found, max(_FEWEST, most), words)

    def _answer(
        self, question: Question, ask: Ask, evidence: Evidence, most: int, words: Phrases
    ) -> Iterator[Draft | Lead]:
        ranked = {entry.id: entry for entry, _ in evidence.entries}
        named = [ranked[i] for i in ask.focus if i in ranked][:_MOST_TERMS]
        if ask.kind == "list":
            return _listed(ask, evidence, question.length, words)
        if len(named) > 1 and (ask.kind in ("compare", "relation") or _together(ask, evidence)):
            return _parallel(named, ask, question, words)
        entry = evidence.entries[0][0]
        return _about(entry, ask, evidence, question, most)


def _about(
    entry: Entry, ask: Ask, evidence: Evidence, question: Question, most: int
) -> Iterator[Draft | Lead]:
    """What one entry says, in about so many sentences at most."""
    words = phrases(question.language)
    selection = Selection(entry, ask, evidence, most, question.level)
    notes = []
    if ask.kind == "compare" and ask.focus == (entry.id,):
        lead = "one_sided_within" if question.category else "one_sided"
        notes.append(words.leads[lead].format(term=entry.term, category=question.category))
    if ask.kind in _LACKING and selection.lacks():
        notes.append(words.leads[f"lacks_{ask.kind}"].format(term=entry.term))
    yield from _led(" ".join(notes), entry, question, words)
    yield from _drafts(selection.chosen())


def _parallel(
    entries: list[Entry], ask: Ask, question: Question, words: Phrases
) -> Iterator[Draft | Lead]:
    """What several entries say, each in its part; and where one speaks of another."""
    spoken = {
        (entry.term, other.term): speaking(entry, other)
        for entry in entries
        for other in entries
        if other.id != entry.id
    }
    held = [c for found in spoken.values() for c in found] if ask.kind != "define" else []
    told: list[Candidate] = []
    for entry in entries:
        yield from _led(words.leads["term"].format(term=entry.term), entry, question, words)
        chosen = _portrait(entry, question.length, held)
        told += chosen
        yield from _drafts(chosen)
    if ask.kind == "define":
        return
    for (term, other), found in spoken.items():
        new = [c for c in found if c not in told and not c.leans]
        new = [c for n, c in enumerate(new) if not any(same(c, d) for d in (*told, *new[:n]))]
        if new := new[: _EACH[question.length]]:
            told += new
            yield Lead(words.leads["speaks"].format(term=term, other=other))
            yield from _drafts(new)


def _portrait(entry: Entry, length: Length, held: list[Candidate]) -> list[Candidate]:
    """An entry's part among several: its definition, then what stands beside the other's."""
    most = _EACH[length]
    sentences = candidates(entry)
    opening = [c for c in sentences if c.section == SUMMARY] or list(sentences[:1])
    chosen = opening[: max(1, most - 1)]
    for section in ("how", "body", "why", "limits"):
        more = [c for c in sentences if c.section == section and not c.leans and c not in held]
        for c in more:
            if len(chosen) < most and not any(same(c, d) for d in chosen):
                chosen.append(c)
    return chosen


def _listed(ask: Ask, evidence: Evidence, length: Length, words: Phrases) -> Iterator[Draft | Lead]:
    """Entries as a list, each told by the first sentence of its summary."""
    most = _ITEMS[length]
    if ask.category:
        entries = [entry for entry, _ in evidence.entries]
        lead = "category" if len(entries) > most else "category_all"
        yield Lead(words.leads[lead].format(category=ask.category, n=len(entries)), listed=True)
    else:
        best = evidence.entries[0][1]
        entries = [entry for entry, score in evidence.entries if score >= _NEAR * best]
        yield Lead(words.leads["topic"], listed=True)
    for entry in entries[:most]:
        yield from _drafts(candidates(entry)[:1])


def _led(text: str, entry: Entry, question: Question, words: Phrases) -> Iterator[Lead]:
    """A line above a part, which says the language of what follows where it is another one."""
    notes = [text] if text else []
    if base(entry.language) != base(question.language):
        tongue = words.languages.get(base(entry.language), entry.language)
        notes.append(words.leads["language"].format(language=tongue))
    if notes:
        yield Lead(" — ".join(notes))


def _drafts(chosen: Sequence[Candidate]) -> Iterator[Draft]:
    for c in chosen:
        yield Draft(c.text, (c.passage,))


def _together(ask: Ask, evidence: Evidence) -> bool:
    """Whether a question names several terms side by side: “What are tokens and parameters?”."""
    spans = [mention.words for mention in evidence.mentions.found]
    near = all(b.start - a.end <= 1 for a, b in pairwise(spans))
    return ask.kind in ("define", "how") and near and _JOINED.search(ask.text) is not None
