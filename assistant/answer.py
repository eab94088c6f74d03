"""An answer: its sentences, the words each rests on, and the events that build it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import Any, Literal, Self

from pydantic import TypeAdapter

from knowledge.search.evidence import Trace
from knowledge.search.intent import Intent

Support = Literal["quoted", "supported", "unsupported"]
Status = Literal["answered", "not_in_glossary", "chat"]
Length = Literal["short", "normal", "full"]
Level = Literal["simple", "normal", "deep"]
"""For whom an answer is written."""
Rewording = Literal["none", "rules", "model"]
"""Who put a question so that it stands by itself: nobody, fixed rules, or the chat model."""


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
    language: str = ""
    """The language that it is in: a quotation may be in another one than the answer."""


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences of an answer that belong together, under a line of the assistant's own.

    The line says nothing of what the glossary is about: it names a term, says which language
    follows, or that the glossary does not answer.
    """

    lead: str
    start: int
    end: int
    """The sentences of the part: ``sentences[start:end]``; none where it was not covered."""
    listed: bool = False
    """Whether each sentence is an item of a list."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """An entry that came near the question, with its score from 0 to 1."""

    entry_id: str
    term: str
    score: float


@dataclass(frozen=True, slots=True)
class Notice:
    """What went wrong with the chat model, so that the glossary was quoted instead."""

    kind: str
    """That of ``WriterError``."""
    message: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer took of the chat model."""

    input_tokens: int
    output_tokens: int
    estimated: bool = False
    """Whether they were counted by length, for the server did not tell them."""
    cost: float | None = None
    """In the currency of the prices that are set; None where none are."""


@dataclass(frozen=True, slots=True)
class Answer:
    """All of an answer. ``text`` is its parts: their leads, and sentences with their markers."""

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
    intent: Intent = "definition"
    """What the question wants."""
    spoken: str = ""
    """The language of the question; of answers kept by an earlier version, nothing."""
    rewording: Rewording = "none"
    focus: tuple[str, ...] = ()
    """Ids of the entries that it is about, in the order asked; of a list, its items."""
    length: Length = "normal"
    level: Level = "normal"
    category: str = ""
    """The category within which it was asked; of the whole glossary, none."""
    parts: tuple[Part, ...] = ()
    withheld: tuple[Sentence, ...] = ()
    """Sentences that the language model wrote and the glossary does not bear out."""
    notice: Notice | None = None
    model: str = ""
    """The language model that wrote it, if one did."""
    prompt: tuple[str, str] | None = None
    """What a language model was asked, if one was: the system's part and the human's."""
    usage: Usage | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The answer as the command line's contract has it, ready for ``json.dumps``."""
        values = asdict(self)
        for sentence in (*values["sentences"], *values["withheld"]):
            del sentence["language"]  # that of its citation or of the answer
        return values

    @classmethod
    def of_json(cls, values: Mapping[str, Any]) -> Self:
        """The answer that ``as_json`` was made of; fields of later versions are passed over.

        Raises:
            pydantic.ValidationError: the values are those of no answer.
        """
        answer: Self = _adapter().validate_python(dict(values))
        spoken = {citation.marker: citation.language for citation in answer.citations}
        sentences = (
            replace(s, language=spoken[s.citations[0]])
            if s.support == "quoted" and s.citations
            else replace(s, language=answer.language)
            for s in answer.sentences
        )
        withheld = (replace(s, language=answer.language) for s in answer.withheld)
        return replace(answer, sentences=tuple(sentences), withheld=tuple(withheld))


@cache
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(Answer)  # takes two milliseconds to make


@dataclass(frozen=True, slots=True)
class Found:
    """The question was understood and the glossary searched, once for each thing asked."""

    understood: str
    language: str
    traces: tuple[Trace, ...]
    """What was found, as it is kept."""


@dataclass(frozen=True, slots=True)
class Began:
    """A writer begins; what another wrote before it is void. ``notice`` says why, if it failed."""

    writer: str
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """A line of the assistant's own, under which sentences follow; see ``Part``."""

    text: str
    listed: bool = False


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


Event = Found | Began | Lead | Cited | Text | Done


def joined(parts: Sequence[Part], sentences: Sequence[Sentence]) -> str:
    """The parts as one text: each lead, then its sentences, each followed by its markers."""
    return "\n\n".join(_part(part, sentences[part.start : part.end]) for part in parts)


def _part(part: Part, sentences: Sequence[Sentence]) -> str:
    marked = [" ".join([s.text, "".join(f"[{n}]" for n in s.citations)]).strip() for s in sentences]
    body = "\n".join(f"- {item}" for item in marked) if part.listed else " ".join(marked)
    return "\n".join(filter(None, (part.lead, body)))
