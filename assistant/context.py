"""The context: what a conversation has been about, which a follow-up leans on."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Kind


@dataclass(frozen=True, slots=True)
class Context:
    """The topics of a conversation, newest first, and what was last asked."""

    topics: tuple[tuple[str, ...], ...] = ()
    """Ids of the entries of each turn, in the order in which they were spoken of."""
    kind: Kind | None = None
    """What the last turn asked for."""
    asked: str = ""
    """The last turn's question, standing by itself."""
    offered: tuple[str, ...] = ()
    """Ids of the nearest entries that the last turn offered in place of an answer."""
    strange: bool = False
    """Whether the last turn was about something that the glossary does not know."""

    @classmethod
    def of(cls, history: Sequence[Answer]) -> "Context":
        """The context that answers make, given oldest first."""
        said = [answer for answer in history if answer.status != "chat"]
        if not said:
            return cls()
        last = said[-1]
        topics = tuple(a.focus for a in reversed(said) if a.focus and a.status == "answered")
        offered = () if last.status == "answered" else tuple(n.entry_id for n in last.nearest)
        strange = last.status != "answered" and not last.focus
        return cls(topics, last.kind, last.understood, offered, strange)

    def then(self, focus: tuple[str, ...], kind: Kind, asked: str) -> "Context":
        """The context after one more thing was asked."""
        topics = (focus, *self.topics) if focus else self.topics
        return Context(topics, kind, asked, strange=self.strange and not focus)

    @property
    def latest(self) -> tuple[str, ...]:
        """The ids last spoken of."""
        return self.topics[0] if self.topics else ()

    @property
    def pair(self) -> tuple[str, ...]:
        """The two last spoken of, the earlier first: of one turn, or of two."""
        if len(self.latest) > 1:
            return self.latest[:2]
        for topic in self.topics[1:]:
            for entry_id in topic:
                if entry_id not in self.latest:
                    return (entry_id, *self.latest)
        return self.latest

    @property
    def several(self) -> tuple[str, ...]:
        """The ids among which “the second” counts: those offered, of one turn, or the pair."""
        if self.offered:
            return self.offered
        return next((topic for topic in self.topics if len(topic) > 1), self.pair)

    @property
    def other(self) -> str | None:
        """The one of a pair that was not last spoken of alone."""
        several = self.several[:2]
        if len(self.latest) > 1:
            return several[1]
        return next((i for i in several if i not in self.latest), None)
