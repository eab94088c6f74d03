"""Scoring: what an answer is worth, by the sentences that are labelled as answering its question.

A sentence is a labelled one where the one holds the other, or where they are nearly alike, both
folded: an entry may be worded, or parted into sentences, a little otherwise than when it was
labelled. A restatement is not answered by what the turn before it quoted already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.answer import Answer
from assistant.evaluation.cases import MET, Case, Pair
from assistant.evaluation.statistics import Part
from knowledge.language.words import fold

_ALIKE = 0.85  # of two sentences' letters, in order
_CHARACTERS, _SPACES = 25, 3  # a shorter sentence is not looked for within another
_FIRST = 2  # sentences, among which the one that answers is wanted

STATUSES = {"answered": "answered", "not_in_glossary": "refused", "chat": "met with small talk"}


@dataclass(frozen=True, slots=True)
class Score:
    """What one question came to, or one claim."""

    id: str
    asked: str
    language: str
    kind: str
    unit: str
    """What it stands or falls with: its conversation, its passage, or itself."""
    parts: Mapping[str, Part]
    """What it adds to each measure that says something of it."""
    wrong: str = ""
    """What is wrong with the answer, if anything is."""
    told: str = ""
    """What was answered."""
    turn: int = 1
    partly: bool = False
    """Whether the glossary answers only a part of it."""


def score(case: Case, answer: Answer, best: str = "", before: Iterable[str] = ()) -> Score:
    """What an answer of the quote writer is worth.

    ``best`` is the id of the entry that was ranked first, ``before`` what the turn before quoted.
    """
    if case.kind in MET:
        met = answer.status == "chat"
        parts = {"chat met": _one(met)}
        wrong = "" if met else f"{STATUSES[answer.status]}, where small talk was due"
    elif case.kind == "teach" and not case.answerable:  # neither quoted nor to be refused
        parts, wrong = {}, ""
    elif not case.answerable:
        withheld = answer.status != "answered"
        parts = {"refused": _refused(answer), "withheld": _one(withheld)}
        wrong = "" if withheld else "answered, though nothing answers it"
    elif not case.key and not case.groups:
        parts, wrong = _found(case, answer, best)
    else:
        parts, wrong = _labelled(case, answer, before)
    return Score(
        id=case.id,
        asked=case.question,
        language=case.language,
        kind=case.kind,
        unit=case.unit,
        parts=parts,
        wrong=wrong,
        told=answer.text,
        turn=case.turn,
        partly=case.answerable == "partly",
    )


def _found(case: Case, answer: Answer, best: str) -> tuple[dict[str, Part], str]:
    """Of a question that is labelled with entries alone."""
    first = next((citation.entry_id for citation in answer.citations), "")
    found = bool({first, best} & set(case.entries))
    parts = {"found first": _one(found), "wrongly refused": _refused(answer)}
    if answer.status != "answered":
        return parts, STATUSES[answer.status]
    return parts, "" if found else f"another entry first: {first}"


def _labelled(case: Case, answer: Answer, before: Iterable[str]) -> tuple[dict[str, Part], str]:
    said = [fold(sentence.text) for sentence in answer.sentences]
    new = case.kind == "restate" and not case.may_repeat
    told = [fold(text) for text in before] if new else []
    key, *groups = [_folded(pairs) for pairs in (case.key, *case.groups)]
    every = [*key, *(text for group in groups for text in group)]

    def answered(labelled: Sequence[str], by: Sequence[str] = said) -> bool:
        return any(_among(s, labelled) and not _among(s, told) for s in by)

    lacking = [str(n) for n, group in enumerate(groups, 1) if not answered(group)]
    has_key = not key or answered(key)
    right = bool(said) and has_key and not lacking
    first = right and answered(every, said[:_FIRST])
    belongs = sum(_among(s, [*every, *_folded(case.good)]) for s in said)
    parts = {
        "key": _one(right),
        "key first": _one(first),
        "on the point": (belongs, len(said)),
        "sentences": (len(said), bool(said)),
        "wrongly refused": _refused(answer),
    }
    if not said:
        return parts, STATUSES[answer.status]
    if not has_key:
        again = told and any(_among(s, every) for s in said)
        return parts, "only what the turn before said" if again else "no key sentence"
    if lacking:
        return parts, f"without part {', '.join(lacking)} of {len(groups)}"
    return parts, "" if first else "the key sentence comes late"


def _folded(pairs: Iterable[Pair]) -> list[str]:
    return [fold(sentence) for _, sentence in pairs]


def _among(said: str, labelled: Iterable[str]) -> bool:
    return any(_same(said, other) for other in labelled)


def _same(one: str, other: str) -> bool:
    """Whether two folded sentences are one."""
    if not one or not other or one == other:
        return bool(one) and one == other
    short, long = sorted((one, other), key=len)
    if len(short) >= _CHARACTERS and short.count(" ") >= _SPACES and f" {short} " in f" {long} ":
        return True
    match = SequenceMatcher(None, one, other, autojunk=False)
    ratios = match.real_quick_ratio, match.quick_ratio, match.ratio  # the cheap ones first
    return all(ratio() >= _ALIKE for ratio in ratios)


def _one(holds: bool) -> Part:  # noqa: FBT001
    return float(holds), 1.0


def _refused(answer: Answer) -> Part:
    return _one(answer.status == "not_in_glossary")
