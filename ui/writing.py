"""Writing: a turn's answer as it comes, event by event, and kept once it is complete."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant import AssistantError
from assistant.answer import (
    Began,
    Citation,
    Cited,
    Done,
    Event,
    Found,
    Lead,
    Notice,
    Part,
    Sentence,
    Text,
)
from assistant.assistant import Assistant
from knowledge import KnowledgeError
from knowledge.evidence import Evidence
from ui import keeping, state


@dataclass
class Page:
    """What of an answer is there so far."""

    language: str
    evidence: tuple[Evidence, ...] = ()
    notice: Notice | None = None
    sentences: list[Sentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """Takes in what comes; what a writer wrote is void once another begins."""
        match event:
            case Found():
                self.language, self.evidence = event.language, event.evidence
            case Began():
                self.notice = event.notice
                self.sentences, self.citations, self.parts = [], [], []
            case Lead():
                end = len(self.sentences)
                self.parts.append(Part(event.text, end, end, event.listed))
            case Cited():
                self.citations.append(event.citation)
            case Text():
                self.sentences.append(event.sentence)
                last = self.parts.pop() if self.parts else Part("", 0, 0)
                self.parts.append(replace(last, end=len(self.sentences)))
            case Done():
                pass


def written(assistant: Assistant, turn: state.Turn, language: str) -> Iterator[Page]:
    """Answers a turn: the page whenever there is more on it; the turn has the answer, or the error.

    ``language`` is the page's until the question is understood.
    """
    page = Page(language)
    turn.error = state.Interrupted()  # what stays if the reader stops the run here
    try:
        for event in assistant.stream(turn.question, state.history(), writer=turn.writer):
            page.add(event)
            if isinstance(event, Done):
                turn.answer, turn.error = event.answer, None
                keeping.keep(assistant, turn, page.evidence)
            elif isinstance(event, Began | Text):
                yield page
    except (KnowledgeError, AssistantError) as error:
        turn.error = error
