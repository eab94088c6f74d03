"""Sheets: the parts of an evaluation beside retrieval, each where the glossary has data for it."""

from collections.abc import Iterator, Sequence

from assistant.assistant import Assistant
from assistant.evaluation import cases, claims, dialogues, replies
from assistant.evaluation.cases import Case
from assistant.evaluation.scores import Sheet
from assistant.evaluation.views import Views

RETRIEVAL = "retrieval"
SHEETS = (RETRIEVAL, "answers", "dialogues", "claims")
"""The parts of an evaluation, by name."""


def sheets(
    assistant: Assistant, views: Views, asked: Sequence[Case], only: Sequence[str], *, own: bool
) -> Iterator[Sheet]:
    """The sheets that are asked for, as each is ready.

    Args:
        assistant: answers and grounds.
        views: the glossary as a case sees it.
        asked: the cases of the questions.
        only: the names of the parts.
        own: whether the questions are the glossary's own, so that its other data are used too.

    Raises:
        EvaluationError: a file is not as it should be.
    """
    glossary = assistant.glossary
    if "answers" in only:
        files = replies.files(glossary) if own else []
        further = cases.read(files, glossary) if files else ()
        if answerable := [case for case in (*asked, *further) if case.asks]:
            yield replies.ask(answerable, views, assistant.settings)
    if own and "dialogues" in only and (scripts := dialogues.read(glossary)):
        yield dialogues.ask(scripts, assistant)
    if own and "claims" in only and (passages := claims.read(glossary)):
        yield claims.judge(passages, assistant)
