"""How an answer came about, step by step: from its trace, as it was recorded."""

from collections import Counter
from collections.abc import Sequence
from math import exp, log
from typing import Any

from markupsafe import Markup

from assistant.answer import WITHHELD, Answer, Citation
from knowledge.glossary import Glossary
from knowledge.search.evidence import ANSWERABLE, Trace, TracedSentence
from ui.formatting import number, percent
from ui.strings import strings
from ui.templates import render, section_title

_ENTRIES = 5
_TIMED = ("understand", "retrieve", "write", "verify")
_SUPPORTS = ("quoted", "supported", "unchecked", *WITHHELD)
_LEAST = 5e-5  # of a likelihood, which is kept with four decimals
_TRIFLE = 0.01  # of the whole time: less beside the steps is not told


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
    parts = [_part(trace, answer, glossary, interface) for trace in traces]
    words, several = strings(interface), len(parts) > 1
    for n, part in enumerate(parts, 1):
        part["name"] = words["found_part"].format(n=number(n, interface))
    verdicts = [f"{p['name']}: {p['verdict']}" if several else p["verdict"] for p in parts]
    modelled, writing = _writing(answer, traces)
    times, total = _times(answer)
    states = Counter(each.support for each in (*answer.sentences, *answer.withheld))
    return render(
        "found",
        interface,
        answer=answer,
        parts=parts,
        likely=likely,
        elsewhere=_elsewhere([row["sentence"] for p in parts for row in p["sentences"]], answer),
        verdicts=verdicts,
        writing=writing,
        modelled=modelled,
        supports={n: states[n] for n in _SUPPORTS if states[n] or (n in WITHHELD and modelled)},
        times=times,
        total=total,
        turn=turn,
        large=large,
    )


def _part(trace: Trace, answer: Answer, glossary: Glossary, interface: str) -> dict[str, Any]:
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
    return {
        "trace": trace,
        "entries": _entries(trace, answer, glossary),
        # Those of a list were not weighed.
        "sentences": _sentences(trace, answer, glossary, interface) if estimated else [],
        "confidence": confidence,
        "total": total,
        "reasons": reasons,
        "verdict": strings(interface)[f"found_{said[not trace.answerable]}"].format(
            confidence=percent(confidence, interface), threshold=percent(ANSWERABLE, interface)
        ),
    }


def _entries(trace: Trace, answer: Answer, glossary: Glossary) -> list[dict[str, Any]]:
    """The entries that were weighed, by their places; on a list that was asked for, none was."""
    return [
        {
            "n": n,
            "entry": each,
            "known": glossary.get(each.id, each.language),
            "cited": [c.marker for c in answer.citations if c.entry_id == each.id],
            "score": likely(each.score) if each.parts or not trace.intents else None,
        }
        for n, each in enumerate(trace.entries[:_ENTRIES], 1)
    ]


def _sentences(
    trace: Trace, answer: Answer, glossary: Glossary, interface: str
) -> list[dict[str, Any]]:
    """The sentences that were weighed, by their places, each with its part of the best one's."""
    best = max((each.score for each in trace.sentences), default=0.0)
    rows = []
    for n, each in enumerate(trace.sentences, 1):
        entry = glossary.get(each.entry_id, each.language)
        section = section_title(entry, each.section, interface) if entry else each.section
        cited = [c.marker for c in answer.citations if _quotes(c, each)]
        share = exp(each.score - best)
        rows.append({"n": n, "sentence": each, "section": section, "cited": cited, "share": share})
    return rows


def _elsewhere(weighed: Sequence[TracedSentence], answer: Answer) -> dict[str, list[int]]:
    """What else the answer quotes, as the definition of a term that is asked about."""
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


def _times(answer: Answer) -> tuple[dict[str, float], float]:
    told = answer.timings_ms
    if not told:
        return {}, 0.0
    steps = {name: told.get(name, 0.0) for name in _TIMED}
    total = told.get("total", sum(steps.values()))
    rest = total - sum(steps.values())
    return ({**steps, "rest": rest} if rest > _TRIFLE * total else steps), total
