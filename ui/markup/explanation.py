"""How an answer came about, step by step: from its trace, as it was recorded."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

from markupsafe import Markup

from assistant.answer import WITHHELD, Answer, Citation
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.search.evidence import ANSWERABLE, Trace, TracedEntry, TracedSentence
from ui.formatting import number, percent
from ui.markup.diagrams import curve, log_odds
from ui.strings import strings
from ui.templates import render, section_title

_ENTRIES = 5
_TIMED = ("understand", "retrieve", "write", "verify")
_SUPPORTS = ("quoted", "supported", "unchecked", *WITHHELD)
_LEAST = 5e-5  # of a likelihood, which is kept with four decimals
_TRIFLE = 0.01  # of the whole time: less beside the steps is not told


class EntryRow(NamedTuple):
    """An entry that was weighed, by its place."""

    n: int
    entry: TracedEntry
    known: Entry | None
    cited: Sequence[int]
    score: float | None  # None where it is on a list that was asked for


class SentenceRow(NamedTuple):
    """A sentence that was weighed, by its place."""

    n: int
    sentence: TracedSentence
    section: str
    cited: Sequence[int]
    share: float  # its likelihood as a part of the best one's


@dataclass(frozen=True)
class Asked:
    """One thing that was asked, and what was found for it."""

    name: str
    trace: Trace
    entries: Sequence[EntryRow]
    weighed: Sequence[SentenceRow]

    @property
    def sentences(self) -> Sequence[SentenceRow]:
        """The sentences; those of a list were not weighed."""
        return self.weighed if self.estimated else ()

    @property
    def estimated(self) -> bool:
        """Whether the confidence is an estimate; it is none for a list, or if nothing is asked."""
        wanted = [name for name, _ in self.trace.intents[:1]]
        return 0 < self.trace.confidence < 1 or (bool(self.trace.reasons) and wanted != ["list"])

    @property
    def confidence(self) -> float:
        """How likely it is that the glossary answers."""
        return likely(self.trace.confidence)

    @property
    def total(self) -> float:
        """The same as log-odds."""
        return log_odds(self.confidence)

    @property
    def reasons(self) -> dict[str, float]:
        """What made it sure or unsure, with where every question starts."""
        found = dict(self.trace.reasons) if self.estimated else {}
        if found:  # what no reason tells, as that nobody makes a quiz, is in where it starts
            found["offset"] = self.total - sum(v for k, v in found.items() if k != "offset")
        return found

    def verdict(self, interface: str) -> str:
        """Whether it is answered, in a sentence."""
        key = "answers" if self.trace.answerable else "abstains"
        if not self.estimated:
            key = "listed" if self.trace.answerable else "nothing"
        return strings(interface)[f"found_{key}"].format(
            confidence=percent(self.confidence, interface), threshold=percent(ANSWERABLE, interface)
        )


def likely(part: float) -> float:
    """A likelihood that was rounded as it was kept: it is never wholly 0 or 1."""
    return min(max(part, _LEAST), 1 - _LEAST)


def found(  # noqa: PLR0913  (what it tells of, and how)
    answer: Answer,
    traces: Sequence[Trace],
    glossary: Glossary,
    turn: int,
    interface: str,
    *,
    large: bool = False,
) -> Markup:
    """How an answer came about; ``large`` as it stands by itself, for a projector."""
    parts = []
    for n, trace in enumerate(traces, 1):
        key = "found_part" if len(traces) > 1 else "found_point"
        name = strings(interface)[key].format(n=number(n, interface))
        weighed = _sentences(trace, answer, glossary, interface)
        parts.append(Asked(name, trace, _entries(trace, answer, glossary), weighed))
    verdicts = [part.verdict(interface) for part in parts]
    if len(parts) > 1:
        verdicts = [f"{part.name}: {said}" for part, said in zip(parts, verdicts, strict=True)]
    points = {part.name: part.confidence for part in parts if part.estimated}
    modelled, writing = _writing(answer, traces)
    times, total = _times(answer)
    return render(
        "found",
        interface,
        answer=answer,
        parts=parts,
        likely=likely,
        elsewhere=_elsewhere(parts, answer),
        verdicts=verdicts,
        curve=curve(points, " ".join(verdicts), interface) if points else "",
        writing=writing,
        modelled=modelled,
        supports=_supports(answer, modelled=modelled),
        times=times,
        total=total,
        turn=turn,
        large=large,
    )


def _entries(trace: Trace, answer: Answer, glossary: Glossary) -> list[EntryRow]:
    return [
        EntryRow(
            n,
            each,
            glossary.get(each.id, each.language),
            [c.marker for c in answer.citations if c.entry_id == each.id],
            likely(each.score) if each.parts or not trace.intents else None,
        )
        for n, each in enumerate(trace.entries[:_ENTRIES], 1)
    ]


def _sentences(
    trace: Trace, answer: Answer, glossary: Glossary, interface: str
) -> list[SentenceRow]:
    best = max((each.score for each in trace.sentences), default=0.0)
    rows = []
    for n, each in enumerate(trace.sentences, 1):
        entry = glossary.get(each.entry_id, each.language)
        section = section_title(entry, each.section, interface) if entry else each.section
        cited = [c.marker for c in answer.citations if _quotes(c, each)]
        rows.append(SentenceRow(n, each, section, cited, exp(each.score - best)))
    return rows


def _elsewhere(parts: Sequence[Asked], answer: Answer) -> dict[str, list[int]]:
    """What else the answer quotes, as the definition of a term that is asked about."""
    weighed = [row.sentence for part in parts for row in part.sentences]
    cited: dict[str, list[int]] = {}
    for citation in answer.citations if weighed else ():
        if not any(_quotes(citation, each) for each in weighed):
            cited.setdefault(citation.term, []).append(citation.marker)
    return cited


def _quotes(citation: Citation, sentence: TracedSentence) -> bool:
    """Whether the words of a citation are a sentence's, or some of them are."""
    place = (sentence.entry_id, sentence.language, sentence.section)
    return (
        place == (citation.entry_id, citation.language, citation.section)
        and citation.start < sentence.start + len(sentence.text)
        and sentence.start < citation.end
    )


def _writing(answer: Answer, traces: Sequence[Trace]) -> tuple[bool, str]:
    if not (answer.sentences or any(trace.answerable for trace in traces)):
        return False, "nobody"
    by_model = answer.writer == "explain"
    modelled = bool(by_model or answer.prompt or answer.withheld or answer.notice)
    if answer.sentences:
        return modelled, "explaining" if by_model else "quoting"
    return modelled, "declining" if by_model else "choosing"


def _supports(answer: Answer, *, modelled: bool) -> dict[str, int]:
    counted = Counter(each.support for each in (*answer.sentences, *answer.withheld))
    told = [name for name in _SUPPORTS if counted[name] or (name in WITHHELD and modelled)]
    return {name: counted[name] for name in told}


def _times(answer: Answer) -> tuple[dict[str, float], float]:
    told = answer.timings_ms
    if not told:
        return {}, 0.0
    steps = {name: told.get(name, 0.0) for name in _TIMED}
    total = told.get("total", sum(steps.values()))
    rest = total - sum(steps.values())
    return ({**steps, "rest": rest} if rest > _TRIFLE * total else steps), total
