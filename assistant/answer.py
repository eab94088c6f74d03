"""An answer: its sentences, the words each rests on, and the events that build it."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import groupby
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, TypeAdapter

from assistant.phrases import plain
from knowledge import entry
from knowledge.language.text import likely_language
from knowledge.search.evidence import Trace
from knowledge.search.intent import Activity, Intent

Support = Annotated[
    Literal["quoted", "supported", "unchecked", "withdrawn", "contradicted"],
    BeforeValidator(lambda said: "unchecked" if said == "unsupported" else said),  # as it was
]
"""``quoted``: verbatim. ``supported``: a judge found that the quote bears it out. ``unchecked``:
it passed the hard checks, and no judge has spoken. ``withdrawn``: it was shown, and the judge said
no. ``contradicted``: it has what its quote has not, or rests on nothing."""
WITHHELD: tuple[Support, ...] = ("withdrawn", "contradicted")
Status = Literal["answered", "not_in_glossary", "chat", "unfinished"]
"""``unfinished``: as far as it came, where it is kept before its end; none ends so of itself."""
Length = Literal["short", "normal", "full"]
Listed = bool | Literal["numbered"]
"""Whether each sentence is an item of a list; ``numbered`` where they are steps in their order."""
Level = Literal["simple", "normal", "deep"]
"""For whom an answer is written."""
Rewording = Literal["none", "rules", "model"]
"""Who put a question so that it stands by itself: nobody, fixed rules, or the chat model."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The words that a sentence rests on: ``quote`` is ``entry.text(section)[start:end]``."""

    marker: int
    entry_id: str
    term: str
    language: str
    section: str
    quote: str
    start: int
    end: int

    @classmethod
    def of(cls, said: entry.Sentence, marker: int = 0) -> Self:
        """That of a whole sentence of the glossary."""
        place = said.entry_id, said.term, said.language, said.section
        return cls(marker, *place, said.text, said.start, said.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer, the markers of its citations, and what verification found."""

    text: str
    citations: tuple[int, ...]
    support: Support
    language: str = ""
    """The language that it is in: a quotation may be in another one than the answer."""
    cell: tuple[str, str] = ("", "")
    """Of a cell in a table: the label of its row, and the heading of its column."""
    reason: str = ""
    """Why it is withheld, in plain words of the answer's language."""
    quotes: tuple[Citation, ...] = ()
    """Of one that is withheld: what it was held against."""


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
    listed: Listed = False


@dataclass(frozen=True, slots=True)
class Nearest:
    """An entry that came near the question, with its score from 0 to 1."""

    entry_id: str
    term: str
    score: float


@dataclass(frozen=True, slots=True)
class Invitation:
    """What of the class was asked for, of a term, of a category or of the whole glossary."""

    activity: Activity
    entry_id: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What went wrong with the chat model, so that the glossary was quoted instead."""

    kind: str
    """That of ``WriterError``."""
    message: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer took of the chat model."""

    input_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False
    """Whether they were counted by length, for the server did not tell them."""
    cost: float | None = None
    """In the currency of the prices that are set; None where none are."""


class Allowance:
    """What an answer may take of a chat model: here, anything."""

    def call(self) -> None:
        """Asks whether it may be called once more; WriterError where it may not."""

    def spend(self, usage: Usage) -> None:
        """Says what a call took."""


@dataclass(slots=True)
class Account:
    """What was done for an answer, and what it took of a chat model: each has its own."""

    usage: Usage = field(default_factory=Usage)
    allowance: Allowance = field(default_factory=Allowance)
    calls: int = 0
    steps: dict[str, float] = field(default_factory=dict)
    """The seconds of ``understand``, ``retrieve``, ``write`` and ``verify``."""
    cut: bool = False
    """Whether the last reply was cut short by the model's limit."""
    given_up: Callable[[], bool] = bool
    """Whether the answer is not wanted any more: every request of it ends then."""
    _began: float = field(default_factory=time.perf_counter)
    _lap: float = 0.0

    def seconds(self) -> float:
        """Those since it began."""
        return time.perf_counter() - self._began

    def lap(self, name: str) -> None:
        """Counts the time since the last lap towards a step; steps may be done by turns."""
        last, self._lap = self._lap, self.seconds()
        self.steps[name] = self.steps.get(name, 0.0) + self._lap - last

    def timings_ms(self) -> dict[str, float]:
        """The milliseconds of each step of an answer, and the total so far."""
        took = dict.fromkeys(("understand", "retrieve", "write", "verify"), 0.0)
        took |= {**self.steps, "total": self.seconds()}
        return {name: round(seconds * 1000, 2) for name, seconds in took.items()}

    def add(self, usage: Usage) -> None:
        """Adds what a request took."""
        self.calls += 1
        self.allowance.spend(usage)
        costs = [each.cost for each in (self.usage, usage) if each.cost is not None]
        self.usage = Usage(
            self.usage.input_tokens + usage.input_tokens,
            self.usage.output_tokens + usage.output_tokens,
            estimated=self.usage.estimated or usage.estimated,
            cost=sum(costs) if costs else None,
        )


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
    invitation: Invitation | None = None
    """To the class, where a quiz, a lesson or the like is wanted."""
    parts: tuple[Part, ...] = ()
    withheld: tuple[Sentence, ...] = ()
    """Sentences that the language model wrote and the glossary does not bear out: ``text`` has
    none of them."""
    notice: Notice | None = None
    model: str = ""
    """The language model that wrote it, if one did."""
    usage: Usage | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_reworded(self) -> bool:
        """Whether what was understood differs in more than case, spaces and punctuation."""
        return self.understood != "" and plain(self.understood) != plain(self.question)

    def as_json(self) -> dict[str, Any]:
        """The answer as the command line's contract has it, ready for ``json.dumps``."""
        values = asdict(self)
        for sentence in (*values["sentences"], *values["withheld"]):
            if sentence["language"] == self.language:
                sentence["language"] = ""
            for name in ("language", "cell", "reason", "quotes"):
                if not any(sentence[name]):
                    del sentence[name]
        return values

    @classmethod
    def of_json(cls, values: Mapping[str, Any]) -> Self:
        """The answer that ``as_json`` was made of; pydantic.ValidationError where it is none."""
        answer: Self = _ANSWER.validate_python({**values})  # type: ignore[assignment]
        quoted = {citation.marker: citation.language for citation in answer.citations}

        def spoken(sentence: Sentence) -> Sentence:
            if sentence.support == "quoted" and sentence.citations:
                language = quoted[sentence.citations[0]]
            else:
                language = sentence.language or likely_language(sentence.text, answer.language)
            return replace(sentence, language=language)

        sentences = tuple(map(spoken, answer.sentences))
        withheld = tuple(map(spoken, answer.withheld))
        return replace(answer, sentences=sentences, withheld=withheld)


_ANSWER = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True)
class Found:
    """The question was understood and the glossary searched, once for each thing asked."""

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
    listed: Listed = False


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence is ready to be read."""

    sentence: Sentence
    citations: tuple[Citation, ...] = ()
    """Those of its citations that no sentence before it has."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A sentence that was shown has its verdict: it is ``supported`` now, or ``withdrawn``."""

    place: int
    """Among the sentences since the writer began, from 0."""
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Done:
    """The answer is complete."""

    answer: Answer


Event = Found | Began | Lead | Text | Settled | Done


def outcome(events: Iterable[Event]) -> tuple[Answer, tuple[Trace, ...]]:
    """The answer that some events make, and how it came about."""
    traces: tuple[Trace, ...] = ()
    for event in events:
        if isinstance(event, Found):
            traces = event.traces
        elif isinstance(event, Done):
            return event.answer, traces
    raise AssertionError("an answer always ends with Done")


Row = tuple[str, dict[str, Sentence]]


def marked(sentence: Sentence) -> str:
    """A sentence with its markers behind it."""
    return " ".join([sentence.text, "".join(f"[{n}]" for n in sentence.citations)]).strip()


def joined(
    parts: Sequence[Part], sentences: Sequence[Sentence], said: Callable[[Sentence], str] = marked
) -> str:
    """The parts as one text: each lead, then its sentences, each followed by its markers."""
    texts = []
    for part in parts:
        some = sentences[part.start : part.end]
        body = laid_out(some, said, listed=part.listed)
        between = "\n\n" if body.startswith("|") else "\n"
        texts.append(between.join(filter(None, (part.lead, body))))
    return "\n\n".join(texts)


def table(sentences: Sequence[Sentence]) -> tuple[list[str], list[Row]]:
    """Cells as a table: its columns, and each row's label with its cells by column."""
    columns = list(dict.fromkeys(sentence.cell[1] for sentence in sentences))
    rows: list[Row] = []
    for sentence in sentences:
        label, column = sentence.cell
        if not rows or rows[-1][0] != label or column in rows[-1][1]:
            rows.append((label, {}))
        rows[-1][1][column] = sentence
    return columns, rows


def laid_out(
    sentences: Sequence[Sentence],
    said: Callable[[Sentence], str] = marked,
    *,
    listed: Listed = False,
    label: Callable[[str], str] = str,
) -> str:
    """Sentences as prose, a list or a table, in Markdown; ``label`` puts the table's own words."""
    blocks: list[str] = []
    for tabular, group in groupby(sentences, lambda sentence: any(sentence.cell)):
        some = list(group)
        if tabular:
            columns, rows = table(some)
            lines = [["", *map(label, columns)], ["---"] * (len(columns) + 1)]
            for name, cells in rows:
                texts = [said(cells[c]) if c in cells else "" for c in columns]
                lines.append([label(name), *texts])
            blocks.append("\n".join(f"| {' | '.join(line)} |" for line in lines))
        elif listed:
            items = [("-", said(sentence)) for sentence in some]
            if listed == "numbered":
                items = [(f"{n}.", text) for n, (_, text) in enumerate(items, 1)]
            blocks.append("\n".join(map(" ".join, items)))
        else:
            blocks.append(" ".join(map(said, some)))
    return "\n\n".join(blocks)
