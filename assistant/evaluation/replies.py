"""Replies: cases put to the assistant, turn after turn, and to one that lacks something."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import fmean

from tqdm import tqdm

from assistant.answer import Answer, outcome
from assistant.assistant import Assistant
from assistant.evaluation.cases import Case
from assistant.evaluation.scoring import Score, score
from knowledge.search.evidence import Trace
from knowledge.search.intent import Classifier
from knowledge.search.retriever import Retriever

INGREDIENTS = {
    "vectors": (
        "close",
        "across",
        "asked",
        "apart",
        "neighbour",
        "twin",
        "twin_apart",
        "own_close",
    ),
    "questions": ("question", "question_apart", "own_question"),
    "words": ("words", "cover"),
    "names": ("named", "passing", "first", "whole"),
    "roles": ("role", "own_role"),
    "match": ("match",),
}
"""What an ablation takes from the ranker."""


def ask(
    cases: Sequence[Case], assistant: Assistant, doing: str = "Asking"
) -> tuple[list[Score], list[Trace]]:
    """Asks every question of the quote writer, with the turns before it.

    Tells what the answers are worth, and how they came about.

    Raises:
        KnowledgeError: a question cannot be embedded, or the index not searched.
    """
    bar: Iterable[Case] = tqdm(cases, desc=doing, unit=" questions", disable=None)
    history: dict[str, list[Answer]] = defaultdict(list)
    scores, every = list[Score](), list[Trace]()
    for case in bar:
        before = history[case.unit]
        if case.turn == 1:
            before.clear()
        answer, traces = outcome(assistant.stream(case.question, before, writer="quote"))
        best = traces[0].entries[0].id if traces and traces[0].entries else ""
        quoted = [citation.quote for citation in before[-1].citations] if before else []
        scores.append(score(case, answer, best, quoted))
        every += traces
        before.append(answer)
    return scores, every


def ablated(assistant: Assistant, traces: Sequence[Trace]) -> Iterator[tuple[str, Assistant]]:
    """The assistant without an ingredient, by its name; at last with the fast embedder alone.

    What an ingredient adds to the confidence is replaced by the mean of what it added to that of
    these answers: without it, the assistant is not surer or less sure as a whole.
    """
    whole = assistant.retriever
    for name, features in INGREDIENTS.items():
        ranker = whole.ranker.without(*features)
        added = fmean([sum(t.reasons.get(f, 0.0) for f in features) for t in traces] or [0.0])
        confidence = replace(ranker.confidence, offset=ranker.confidence.offset + added)
        less = Retriever(
            whole.glossary,
            whole.indexes,
            whole.classifier,
            whole.lexicon,
            ranker=replace(ranker, confidence=confidence),
        )
        yield f"without {name}", Assistant(less, assistant.settings)
    if len(whole.indexes) > 1:
        fast = Classifier([whole.indexes[-1].embedder])
        alone = Retriever(whole.glossary, whole.indexes[-1:], fast, whole.lexicon)
        yield "the fast embedder alone", Assistant(alone, assistant.settings)
