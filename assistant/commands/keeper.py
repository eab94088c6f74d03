"""The keeper: keeps the turns of a conversation, and the questions that went unanswered."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from assistant import ConversationError
from assistant.answer import Answer, Event, outcome
from assistant.assistant import Assistant
from assistant.commands.base import say
from knowledge.language.text import detect
from knowledge.search.evidence import Trace

if TYPE_CHECKING:
    from assistant.conversations.conversation import Turn
    from assistant.conversations.store import Conversations


class Keeper:
    """What ``masrad ask`` keeps: the turns of one conversation, if one is named; and the gaps."""

    def __init__(self, assistant: Assistant, conversation: str | None = None) -> None:
        """Opens the conversation of an id or its beginning; ``new`` begins one.

        Raises:
            ConversationError: there is no such conversation.
        """
        self._assistant = assistant
        self._wanted = bool(conversation)
        self._asked: Turn | None = None
        self.history: tuple[Answer, ...] = ()
        self.conversation = ""
        """The id of the conversation, once one is kept."""
        if conversation == "new":
            self._store  # noqa: B018  (that it cannot be opened shows now)
        elif conversation:
            self.conversation = self._store.conversation_id(conversation)
            self.history = self._store.get(self.conversation).answers

    def ask(self, question: str, language: str | None = None) -> None:
        """Adds a question to the conversation, before it is answered."""
        if self._wanted:
            told = language or detect(question, self._assistant.glossary.languages) or "en"
            with self._telling():
                self._asked = self._store.ask(question, told, self.conversation)
                self.conversation = self._asked.conversation_id

    def kept(self, events: Iterable[Event]) -> Answer:
        """The answer that some events make, kept."""
        answer, traces = outcome(events)
        self.keep(answer, traces)
        return answer

    def keep(self, answer: Answer, traces: tuple[Trace, ...] = ()) -> None:
        """Adds an answer to the conversation; where there is none, counts it if it is a gap."""
        with self._telling():
            if self._wanted:
                if self._asked is None:
                    self.ask(answer.question, answer.language)
                if self._asked:
                    self._store.answer(self._asked, answer, traces, self._assistant.glossary)
                self._asked = None
            elif answer.status == "not_in_glossary":
                self._store.record_gap(answer)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """That something cannot be kept is said on standard error, and costs nobody the answer."""
        try:
            yield
        except ConversationError as error:
            say(error)

    @cached_property
    def _store(self) -> "Conversations":
        from assistant.conversations.store import Conversations  # noqa: PLC0415  (SQLAlchemy)

        return Conversations.open(self._assistant.settings.database)
