"""The quote writer: no model; sentences of the entries themselves, chosen and put in order."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.question import Kind, Question
from assistant.writers import Draft
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Passage
from knowledge.language import sentences
from knowledge.retrieval import Evidence
from knowledge.words import content_stems, fold

_MOST = 4  # sentences of an answer about one term
_MOST_EACH = 2  # and of each term, where there are several
_MOST_TERMS = 3
_RELEVANT = 0.5  # a sentence of less than this part of the best one's points is beside the point
_YEAR = re.compile(r"\b(1[5-9]|20)\d\d\b")

# What speaks for a sentence, in points: that its section is of the kind asked for, that it uses the
# question's words beyond the term itself, a year where one is asked for, a close passage. Chosen so
# that the right section beats a close passage, and all the words of the question beat the section.
# Each sentence before it in its section costs a little: sections begin with what matters.
_SECTION, _WORDS, _DATED, _CLOSE, _LATER = 2.0, 2.5, 1.0, 1.0, 0.15


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence of an entry, with its place in it."""

    text: str
    passage: Passage
    place: int
    """Counted from the entry's beginning."""
    order: int
    """Counted from the section's beginning."""


class QuoteWriter:
    """Answers with the glossary's own sentences."""

    name = "quote"
    model = ""

    def write(self, question: Question, evidence: Evidence) -> Iterator[Draft]:
        """The sentences that answer best: of one entry, or in parallel of those asked about."""
        entries = _focus(question, evidence)
        if len(entries) > 1:
            chosen = [c for entry in entries for c in _part(entry, entries)]
        else:
            chosen = _about(entries[0], question, evidence)
        for candidate in chosen:
            yield Draft(candidate.text, (candidate.passage,))


def _focus(question: Question, evidence: Evidence) -> list[Entry]:
    """The entries to answer from: those named, where several are asked about; else the best."""
    ranked = {entry.id: entry for entry, _ in evidence.entries}
    named = [ranked[i] for i in evidence.mentions.entry_ids if i in ranked]
    if len(named) > 1 and question.kind in ("compare", "define"):
        return named[:_MOST_TERMS]
    return [evidence.entries[0][0]]


def _part(entry: Entry, entries: list[Entry]) -> list[_Candidate]:
    """An entry's part in a comparison: its definition, and where it speaks of another one."""
    candidates = _candidates(entry)
    opening = candidates[:1]
    others = [fold(name) for other in entries if other.id != entry.id for name in other.names]
    speaking = [
        c for c in candidates[1:] if any(f" {name} " in f" {fold(c.text)} " for name in others)
    ]
    rest = [
        c
        for section in (SUMMARY, "how", BODY)
        for c in candidates[1:]
        if c.passage.section == section and c not in speaking
    ]
    return opening + (speaking + rest)[: _MOST_EACH - 1]


def _about(entry: Entry, question: Question, evidence: Evidence) -> list[_Candidate]:
    candidates = _candidates(entry)
    if question.kind == "example" and entry.example:
        return [c for c in candidates if c.passage.section == EXAMPLE]
    scored = {c: _score(c, entry, question, evidence) for c in candidates}
    best = sorted(candidates, key=lambda c: (-scored[c], c.place))
    named = entry.id in evidence.mentions.entry_ids
    if question.kind == "define" and named:
        summary = [c for c in candidates if c.passage.section == SUMMARY][: _MOST - 1]
        more = [c for c in best if c.passage.section not in (SUMMARY, EXAMPLE)]
        return summary + sorted(more[: _MOST - len(summary)], key=lambda c: c.place)
    least = _RELEVANT * scored[best[0]]
    chosen = [c for c in best[: _MOST - 1] if scored[c] >= least]
    if question.two_parts and named:  # “What is it, and who …?”
        chosen = [candidates[0], *(c for c in chosen if c is not candidates[0])]
        return chosen[:2] + sorted(chosen[2:], key=lambda c: c.place)
    if question.kind == "origin" or not named:  # the sentence that tells it comes first
        return chosen[:1] + sorted(chosen[1:], key=lambda c: c.place)
    return sorted(chosen, key=lambda c: c.place)


def _score(candidate: _Candidate, entry: Entry, question: Question, evidence: Evidence) -> float:
    language = entry.language
    named = {stem for name in entry.names for stem in content_stems(name, language)}
    asked = set(content_stems(question.understood, question.language)) - named
    used = asked.intersection(content_stems(candidate.text, language))
    kind: Kind = question.kind
    section = candidate.passage.section.partition("-")[0]
    score = _SECTION * (section == kind)
    score += _WORDS * len(used) / len(asked) if asked else 0.0
    if kind == "origin" and section in ("origin", SUMMARY, BODY):
        score += _DATED * (_YEAR.search(candidate.text) is not None)
    hits = {hit.passage.id: hit for hit in evidence.hits}
    hit = hits.get(candidate.passage.id)
    score += _CLOSE * hit.score if hit else 0.0
    return score - _LATER * candidate.order


def _candidates(entry: Entry) -> list[_Candidate]:
    """The sentences of an entry in reading order."""
    found: list[_Candidate] = []
    orders: Counter[str] = Counter()
    for passage in entry.passages:
        for span in sentences(passage.text, entry.language):
            text = passage.text[span.start : span.end]
            found.append(_Candidate(text, passage, len(found), orders[passage.section]))
            orders[passage.section] += 1
    return found
