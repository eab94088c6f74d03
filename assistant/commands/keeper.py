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

if TYPE_CHECKING:
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
        self.history: tuple[Answer, ...] = ()
        self.conversation = ""
        """The id of the conversation, once one is kept."""
        if conversation == "new":
            self._store  # noqa: B018  (that it cannot be opened shows now)
        elif conversation:
            self.conversation = self._store.conversation_id(conversation)
            self.history = self._store.get(self.conversation).answers

    def kept(self, question: str, language: str | None, events: Iterable[Event]) -> Answer:
        """The answer that some events make, kept; its question is, before it is answered."""
        turn = None
        if self._wanted:
            told = language or detect(question, self._assistant.glossary.languages) or "en"
            with self._telling():
                turn = self._store.ask(question, told, self.conversation)
                self.conversation = turn.conversation_id
        answer, traces = outcome(events)
        if not self._wanted:
            self.count(answer)
        elif turn:
            with self._telling():
                self._store.answer(turn, answer, traces, self._assistant.glossary)
        return answer

    def count(self, answer: Answer) -> None:
        """Counts an answer that is not kept, if it is a gap."""
        if answer.status == "not_in_glossary":
            with self._telling():
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
