"""Cases and outcomes as tests need them, made in a line."""

from assistant.evaluation.cases import Case
from assistant.evaluation.outcomes import Outcome


def case(  # noqa: PLR0913
    question: str = "What is a kettle?",
    *,
    entries: dict[str, int] | None = None,
    unanswerable: str = "",
    language: str = "en",
    kind: str = "define",
    cross: bool = False,
) -> Case:
    """A case; without entries, and answerable, one whose answer is the kettle."""
    if entries is None:
        entries = {} if unanswerable else {"kettle": 2}
    return Case(question, language, kind, entries, unanswerable, cross)


def outcome(
    of: Case | None = None,
    *found: str,
    confidence: float = 0.9,
    accepted: bool | None = None,
    retrieve_ms: float = 2.0,
) -> Outcome:
    """An outcome that found these ids, in order; accepted from a confidence of 0.5."""
    return Outcome(
        case=of or case(),
        found=tuple((entry_id, 1.0 / n) for n, entry_id in enumerate(found, 1)),
        confidence=confidence,
        accepted=confidence >= 0.5 if accepted is None else accepted,
        retrieve_ms=retrieve_ms,
        embed_ms=1.0,
    )
