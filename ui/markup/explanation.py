"""How an answer came about, step by step: from its trace, as it was recorded."""

from collections import Counter
from collections.abc import Sequence
from math import exp, log
from typing import Any

from markupsafe import Markup

from assistant.answer import WITHHELD, Answer, Citation
from knowledge.search.evidence import ANSWERABLE, Trace, TracedSentence
from ui.formatting import number, percent
from ui.markup.entries import Context
from ui.strings import strings
from ui.templates import render, section_title

_ENTRIES = 5
_TIMED = ("understand", "retrieve", "write", "verify")
_SUPPORTS = ("quoted", "supported", "unchecked", *WITHHELD)
_LEAST = 5e-5  # of a likelihood, which is kept with four decimals


def likely(part: float) -> float:
    """A likelihood that was rounded as it was kept: it is never wholly 0 or 1."""
    return min(max(part, _LEAST), 1 - _LEAST)


def found(
    to: Context, answer: Answer, traces: Sequence[Trace], turn: int, *, large: bool = False
) -> Markup:
    """How an answer came about; ``large`` as it stands by itself, for a projector."""
    words, parts = strings(to.language), [_part(to, each, answer) for each in traces]
    for n, part in enumerate(parts, 1):
        part["name"] = words["found_part"].format(n=number(n, to.language))
    several = len(parts) > 1
    by_model, answered = answer.writer == "explain", bool(answer.sentences)
    modelled, writing = False, "nobody"
    if answered or any(trace.answerable for trace in traces):
        modelled = bool(by_model or answer.withheld or answer.notice)
        ways = {(1, 1): "explaining", (1, 0): "quoting", (0, 1): "declining", (0, 0): "choosing"}
        writing = ways[answered, by_model]
    states = Counter(each.support for each in (*answer.sentences, *answer.withheld))
    told = answer.timings_ms
    times = {name: told.get(name, 0.0) for name in _TIMED} if told else {}
    total = told.get("total", sum(times.values()))
    return render(
        "found",
        to.language,
        answer=answer,
        parts=parts,
        likely=likely,
        verdicts=[f"{p['name']}: {p['verdict']}" if several else p["verdict"] for p in parts],
        writing=writing,
        modelled=modelled,
        supports={n: states[n] for n in _SUPPORTS if states[n] or (n in WITHHELD and modelled)},
        times=times,
        total=total,
        turn=turn,
        large=large,
    )


def _part(to: Context, trace: Trace, answer: Answer) -> dict[str, Any]:
    """One thing that was asked, and what was found for it."""
    wanted = [name for name, _ in trace.intents[:1]]
    # The confidence is no estimate for a list, or if nothing is asked.
    estimated = 0 < trace.confidence < 1 or (bool(trace.reasons) and wanted != ["list"])
    confidence = likely(trace.confidence)
    reasons = dict(trace.reasons) if estimated else {}
    total = log(confidence / (1 - confidence))
    if reasons:  # what no reason tells, as that nobody makes a quiz, is in where it starts
        reasons["offset"] = total - sum(v for k, v in reasons.items() if k != "offset")
    said = ("answers", "abstains") if estimated else ("listed", "nothing")
    entries = [
        {
            "n": n,
            "entry": each,
            "known": to.glossary.get(each.id, each.language),
            "cited": [c.marker for c in answer.citations if c.entry_id == each.id],
            # On a list that was asked for, none was weighed.
            "score": likely(each.score) if each.parts or not trace.intents else None,
        }
        for n, each in enumerate(trace.entries[:_ENTRIES], 1)
    ]
    sentences, best = [], max((each.score for each in trace.sentences), default=0.0)
    for n, each in enumerate(trace.sentences if estimated else (), 1):
        entry = to.glossary.get(each.entry_id, each.language)
        section = section_title(entry, each.section, to.language) if entry else each.section
        cited = [c.marker for c in answer.citations if _quotes(c, each)]
        row = {"n": n, "sentence": each, "section": section, "cited": cited}
        sentences.append(row | {"share": exp(each.score - best)})  # its part of the best one's
    return {
        "trace": trace,
        "entries": entries,
        "sentences": sentences,
        "confidence": confidence,
        "total": total,
        "reasons": reasons,
        "verdict": strings(to.language)[f"found_{said[not trace.answerable]}"].format(
            confidence=percent(confidence, to.language), threshold=percent(ANSWERABLE, to.language)
        ),
    }


def _quotes(citation: Citation, sentence: TracedSentence) -> bool:
    """Whether the words of a citation are a sentence's, or some of them are."""
    place = (sentence.entry_id, sentence.language, sentence.section)
    return (
        place == (citation.entry_id, citation.language, citation.section)
        and citation.start < sentence.start + len(sentence.text)
        and sentence.start < citation.end
    )
