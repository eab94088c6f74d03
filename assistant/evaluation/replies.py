"""Replies: whether answers cite what bears them out, give what was asked, and do not repeat."""

import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from tqdm import tqdm

from assistant.answer import Answer, Citation, Sentence
from assistant.assistant import Assistant
from assistant.evaluation.cases import Case
from assistant.evaluation.scores import Score, Sheet
from assistant.evaluation.views import Views
from assistant.phrases import phrases
from assistant.said import Said
from assistant.settings import Settings
from assistant.writers import Draft
from knowledge.entry import EXAMPLE, SUMMARY, Passage
from knowledge.glossary import Glossary
from knowledge.grammar import content_stems
from knowledge.language import base, scripts

FOLDER = "answers"
"""Where, in the folder of a glossary, questions are of which only the answers are judged."""

_YEAR = re.compile(r"\b(1[5-9]|20)\d\d\b")
_SAME = 0.75  # of the fewer words of two sentences in common: one repeats the other
_FEW_ITEMS = 3


def files(glossary: Glossary) -> list[Path]:
    """The files of a glossary's folder of further questions."""
    return sorted((glossary.path / FOLDER).glob("*.yaml"))


def ask(cases: Sequence[Case], views: Views, settings: Settings, writer: str = "quote") -> Sheet:
    """Answers every case that says what it asks, and scores the answers that are given.

    After ALCE (Gao, Yen, Yu and Chen, 2023, doi:10.18653/v1/2023.emnlp-main.398), by sentence:
    ``citation recall`` is the part of the sentences that their citations bear out, ``citation
    precision`` the part of the citations that are needed for it. ``kind`` is the part of the things
    asked for that the answer gives, ``language`` whether it is in the question's, ``redundancy``
    the part of the sentences that repeat an earlier one.
    """
    bar: Iterable[Case] = tqdm(cases, desc="Answering", unit=" questions", disable=None)
    scores = []
    for case in bar:
        if not case.asks:
            continue
        assistant = Assistant(views.of(case), settings)
        answer = assistant.ask(case.question, writer=writer)
        if answer.status == "answered":
            scores.append(_score(case, answer, assistant))
    measures = ("citation recall", "citation precision", "kind", "language", "redundancy")
    return Sheet("answers", "Answers", measures, tuple(scores))


def _score(case: Case, answer: Answer, assistant: Assistant) -> Score:
    kinds = [gives(kind, answer, case, assistant.glossary) for kind in case.asks]
    told = [kind for kind in kinds if kind == kind]  # noqa: PLR0124  (NaN: the entry has no such part)
    recall, precision = _citing(answer, assistant)
    missing = [k for k, given in zip(case.asks, kinds, strict=True) if given == 0]
    return Score(
        what=case.question,
        language=f"{case.language}, across" if case.cross else case.language,
        kind="+".join(case.asks),
        held_out=case.held_out,
        values={
            "citation recall": recall,
            "citation precision": precision,
            "kind": sum(told) / len(told) if told else math.nan,
            "language": _in_language(answer, case),
            "redundancy": _repeated(answer),
        },
        note=f"without {', '.join(missing)}" if missing else "",
    )


def _citing(answer: Answer, assistant: Assistant) -> tuple[float, float]:
    """Citation recall and precision of an answer."""
    by_marker = {c.marker: c for c in answer.citations}
    borne, needed, cited = 0, 0, 0
    for sentence in answer.sentences:
        quotes = [by_marker[n].quote for n in sentence.citations if n in by_marker]
        held = [c for n in sentence.citations if (c := by_marker.get(n)) and _stands(c, assistant)]
        whole = len(held) == len(quotes) and _bears(sentence, quotes, assistant)
        borne += whole
        cited += len(quotes)
        for number, quote in enumerate(quotes):
            others = quotes[:number] + quotes[number + 1 :]
            alone = _bears(sentence, [quote], assistant)
            needed += whole and (alone or not _bears(sentence, others, assistant))
    return borne / len(answer.sentences), needed / cited if cited else 0.0


def _stands(citation: Citation, assistant: Assistant) -> bool:
    """Whether the quoted words stand in the entry where the citation says."""
    entry = assistant.glossary.get(citation.entry_id, citation.language)
    text = entry.text(citation.section) if entry else ""
    return text[citation.start : citation.end] == citation.quote


def _bears(sentence: Sentence, quotes: Sequence[str], assistant: Assistant) -> bool:
    """Whether quotes hold a sentence to the letter, or bear it out as grounding judges."""
    if any(sentence.text in quote for quote in quotes):
        return True
    if not quotes or sentence.support == "quoted":
        return False
    passage = Passage("quote", "", "", sentence.language, SUMMARY, 0, " ".join(quotes))
    grounder = assistant.grounder((passage,), sentence.language)
    return grounder.ground(Draft(sentence.text, (passage,)))[0] != "unsupported"


def gives(  # noqa: PLR0911  (a kind, a rule)
    kind: str, answer: Answer, case: Case, glossary: Glossary
) -> float:
    """1 if an answer gives what is asked for, 0 if not; NaN where no entry asked about can.

    Told by where its sentences stand, not by what the question was taken for: an example by the
    section of that name, an origin by its section, a year or a word for coining first, a definition
    by the summary, a comparison by sentences of two entries, a list by three items.
    """
    sections = [c.section.partition("-")[0] for c in answer.citations]
    cited = list(dict.fromkeys(c.entry_id for c in answer.citations))
    match kind:
        case "define":
            return float(SUMMARY in sections)
        case "compare":
            return float(len(cited) > 1) if len(case.entries) > 1 else float(SUMMARY in sections)
        case "relation":
            return float(len(cited) > 1 or len(case.entries) == 1)
        case "list":
            return float(any(p.listed and p.end - p.start >= _FEW_ITEMS for p in answer.parts))
        case "check":
            return float(any(entry_id in case.entries for entry_id in cited))
        case "origin":
            return float(_tells_origin(answer))
        case _:
            section = EXAMPLE if kind == "example" else kind
            entries = [e for i in cited for e in glossary.versions(i)]
            if not any(entry.text(section) for entry in entries):
                return math.nan
            return float(section in sections)


def _tells_origin(answer: Answer) -> bool:
    """Whether a sentence tells who or when: by its section, a year, or a word for coining."""
    by_marker = {c.marker: c for c in answer.citations}
    for sentence in answer.sentences:
        words = phrases(sentence.language).origin_words
        origin = any(by_marker[n].section.startswith("origin") for n in sentence.citations)
        if origin or _YEAR.search(sentence.text) or Said.of(sentence.text).finds(words):
            return True
    return False


def _in_language(answer: Answer, case: Case) -> float:
    """1 if an answer is in the question's language, quotations too where it is to be had; else 0.

    NaN for a question that is written in the letters of several languages.
    """
    found = scripts(case.question)
    if found.get("ARABIC") and (base(case.language) != "ar" or found.get("LATIN")):
        return math.nan
    if base(answer.language) != base(case.language):
        return 0.0
    return float(
        case.cross or all(base(s.language) == base(case.language) for s in answer.sentences)
    )


def _repeated(answer: Answer) -> float:
    stems = [frozenset(content_stems(s.text, s.language)) for s in answer.sentences]
    repeats = sum(
        any(len(a & b) >= _SAME * min(len(a), len(b)) for b in stems[:n] if a and b)
        for n, a in enumerate(stems)
    )
    return repeats / len(stems)
