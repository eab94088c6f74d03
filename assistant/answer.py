"""An answer: its sentences, the words each rests on, and the events that build it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from knowledge.retrieval import Evidence

Support = Literal["quoted", "supported", "unsupported"]
Status = Literal["answered", "not_in_glossary", "chat"]


@dataclass(frozen=True, slots=True)
class Citation:
    """The words that a sentence rests on: ``quote`` is ``section_text[start:end]``."""

    marker: int
    entry_id: str
    term: str
    language: str
    section: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer, the markers of its citations, and what grounding found for it."""

    text: str
    citations: tuple[int, ...]
    support: Support


@dataclass(frozen=True, slots=True)
class Nearest:
    """An entry that came near the question, with its score from 0 to 1."""

    entry_id: str
    term: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """All of an answer. ``text`` is its sentences, each followed by its markers."""

    question: str
    understood: str
    language: str
    status: Status
    confidence: float
    writer: str
    text: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    follow_ups: tuple[str, ...] = ()
    model: str = ""
    """The language model that wrote it, if one did."""
    withheld: int = 0
    """Sentences that the language model wrote and the glossary does not bear out."""
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The answer as the command line's contract has it, ready for ``json.dumps``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Found:
    """The question was understood and the glossary searched."""

    understood: str
    language: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation is ready; the sentence that uses it follows."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence is ready to be read."""

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Done:
    """The answer is complete."""

    answer: Answer


Event = Found | Cited | Text | Done


def joined(sentences: tuple[Sentence, ...]) -> str:
    """Sentences as one text, each followed by its markers."""
    return " ".join(
        " ".join([s.text, "".join(f"[{n}]" for n in s.citations)]).strip() for s in sentences
    )
