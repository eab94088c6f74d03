"""Lessons: what a glossary has for teaching a term, in the order of a lesson.

Every item is a sentence of the glossary with its citation, or the teacher's own words. What is
asked is put in the words of ``lesson.yaml``, and its answer is such a sentence.
"""

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import accumulate, groupby, takewhile
from operator import attrgetter
from typing import Any, Literal, Self

from pydantic import TypeAdapter
from sqlalchemy import select

from assistant import NoConversationError
from assistant.answer import Citation
from assistant.assistant import Assistant
from assistant.classroom.path import Paths
from assistant.classroom.quiz import KINDS, wording
from assistant.classroom.quiz_maker import QuizMaker, Wanted
from assistant.conversations import rows
from assistant.conversations.conversation import mark, owns
from assistant.conversations.database import InDatabase
from assistant.conversations.tables import LessonRow
from assistant.phrases import phrases
from knowledge.blocks import Block
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Sentence
from knowledge.glossary import Glossary
from knowledge.linking import Linker

Part = Literal[
    "before", "hook", "definition", "how", "example", "misconception", "contrast", "limits",
    "discussion", "exit",
]  # fmt: skip
PARTS: tuple[Part, ...] = Part.__args__  # type: ignore[attr-defined]
LENGTHS = (5, 10, 20, 30, 45)
"""Minutes that are offered."""
# How many items each part has in a lesson of up to 5, 10, 25, and of more minutes.
_UP_TO = (5, 10, 25)
_PLAN: Mapping[Part, tuple[int, int, int, int]] = {
    "before": (0, 2, 3, 5), "hook": (0, 1, 1, 1), "definition": (1, 2, 2, 3), "how": (2, 4, 8, 99),
    "example": (8, 8, 12, 99), "misconception": (1, 1, 2, 9), "contrast": (0, 1, 2, 9),
    "limits": (0, 0, 1, 3), "discussion": (0, 1, 3, 5), "exit": (1, 2, 3, 3),
}  # fmt: skip
_TICKET = tuple(kind for kind in KINDS if kind != "term")  # which the title of a lesson tells
_LONGEST_HOOK = 45  # words
_SHORTEST_CLAIM = 4  # words: a shorter one says too little to be asked about
_PREDICTED = 3  # lines of an example, from which on the last one is predicted first
_FIGURE = re.compile(r"(?<![\d.,])(?!(?:1[5-9]|20)\d\d\b)\d+")  # that is no year


@dataclass(frozen=True, slots=True)
class Item:
    """One thought of a lesson."""

    part: Part
    text: str
    """What is said, verbatim of the glossary where there is a citation; of a question the answer;
    nothing where an own question has none."""
    citation: Citation | None = None
    """Where it stands; the teacher's own words stand nowhere."""
    question: str = ""
    """What is asked before it is said."""
    options: tuple[str, ...] = ()
    """Of the exit ticket: what is chosen from, …"""
    right: tuple[int, ...] = ()
    """… and which of them is right, in its sequence."""
    change: str = ""
    """Of a sentence that was made untrue: how."""

    @property
    def steps(self) -> list[str]:
        """What is revealed one after the other: of a misconception the claim, then what is so."""
        return re.split(r"(?<=[;؛])\s+", self.text, maxsplit=1)

    @property
    def source(self) -> tuple[str, str]:
        """The entry and the section that it is of; the teacher's own words are of none."""
        return (self.citation.entry_id, self.citation.section) if self.citation else ("", "")

    def reworded(self, text: str, question: str) -> "Item":
        """In the teacher's own words; an answer that stays as it is keeps its citation."""
        if text == self.text.strip():
            return replace(self, question=question)
        return replace(self, text=text, question=question, citation=None, change="")

    def block(self, glossary: Glossary) -> Block | None:
        """The formula, figure, table or code that it is, if the entry still has it there."""
        cited = self.citation
        found = cited and glossary.get(cited.entry_id, cited.language)
        if not found or not cited:
            return None
        is_there = found.text(cited.section)[cited.start : cited.end] == self.text
        return found.block_at(cited.section, cited.start) if is_there else None


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson on a term, in one language."""

    title: str
    entry_id: str
    language: str
    minutes: int
    items: tuple[Item, ...]

    @property
    def parts(self) -> list[tuple[Part, list[Item]]]:
        """Its items by parts, in the order in which they are taught."""
        return [(part, [*items]) for part, items in groupby(self.items, attrgetter("part"))]


def words(language: str) -> dict[str, Any]:
    """The words of a lesson in a language; where there are none, in English."""
    return wording("lesson", language)


def place(citation: Citation, glossary: Glossary) -> str:
    """Where a sentence stands, to be read: its term and the heading of its section."""
    found = glossary.get(citation.entry_id, citation.language)
    sections = found.sections if found else ()
    heading = next((s.heading for s in sections if s.name == citation.section), "")
    if not heading and citation.section == SUMMARY:
        heading = words(citation.language)["parts"]["definition"]
    return f"{citation.term} · {heading}" if heading else citation.term


class LessonMaker:
    """Makes lessons of one glossary. Threads may share one."""

    def __init__(self, glossary: Glossary, linker: Linker, quizzes: QuizMaker | None) -> None:
        """Without ``quizzes`` there is no exit ticket."""
        self.glossary, self.linker, self.quizzes = glossary, linker, quizzes
        self.paths = Paths(glossary, linker)

    @classmethod
    def of(cls, assistant: Assistant) -> Self:
        """That of an assistant's glossary."""
        return cls(assistant.glossary, assistant.linker, QuizMaker(assistant))

    def make(self, entry: Entry, minutes: int) -> Lesson:
        """A lesson on an entry, of so many minutes."""
        return _Making(self, entry, minutes).lesson()


class _Making:
    """A lesson in the making: what each part takes of the entry, until it has enough."""

    def __init__(self, by: LessonMaker, entry: Entry, minutes: int) -> None:
        self._by, self._entry, self._minutes = by, entry, minutes
        self._words, self._phrases = words(entry.language), phrases(entry.language)
        column = sum(minutes > end for end in _UP_TO)
        self._most = {part: counts[column] for part, counts in _PLAN.items()}
        self._taken: set[str] = set()

    def lesson(self) -> Lesson:
        own, found = self._entry, dict[Part, list[Item]]()
        found["before"] = self._before()
        found["definition"] = self._run("definition", self._in(SUMMARY))
        found["misconception"] = self._some("misconception")
        found["hook"] = self._hook()
        # Where nothing says how it works, what there is besides does.
        more = [s for s in self._in(SUMMARY) if s.id not in self._taken]
        found["how"] = self._run("how", self._in("how") or [*more, *self._in(BODY)])
        found["example"] = self._example()
        found["contrast"] = self._some("contrast")
        found["discussion"] = self._discussion()
        found["limits"] = self._some("limits")
        found["exit"] = self._exit()
        items = tuple(item for part in PARTS for item in found[part])
        return Lesson(own.term, own.id, own.language, self._minutes, items)

    def _before(self) -> list[Item]:
        tag, get = self._entry.language, self._by.glossary.get
        ids = self._by.paths.direct(self._entry.id)[: self._most["before"]]
        others = [other for i in ids if (other := get(i, tag)) and other.language == tag]
        return [self._item("before", other.sentences[0]) for other in others if other.sentences]

    def _exit(self) -> list[Item]:
        own, quizzes = self._entry, self._by.quizzes
        wanted = Wanted(own.language, self._most["exit"], _TICKET)
        asked = quizzes.make([own.id], wanted).items if quizzes else ()
        return [
            Item("exit", q.key.quote, q.key, q.prompt, q.options, q.right, q.change) for q in asked
        ]

    def _item(self, part: Part, sentence: Sentence, question: str = "") -> Item:
        self._taken.add(sentence.id)
        return Item(part, sentence.text, Citation.of(sentence), question)

    def _in(self, section: str) -> list[Sentence]:
        return [s for s in self._entry.sentences if s.section == section]

    def _stands(self, sentence: Sentence) -> bool:
        leans = sentence.order > 0 and self._phrases.leans(sentence.text)
        return not leans and not self._is_drawn(sentence)

    def _is_drawn(self, sentence: Sentence) -> bool:
        return self._entry.block_at(sentence.section, sentence.start) is not None

    def _some(self, part: Part) -> list[Item]:
        """Sentences of the section of that name that each stand alone."""
        fit = [s for s in self._in(part) if self._stands(s) and s.id not in self._taken]
        return [self._item(part, s) for s in fit[: self._most[part]]]

    def _run(self, part: Part, sentences: Sequence[Sentence]) -> list[Item]:
        """Sentences from the first on, with what is drawn among them, up to so many."""
        # A bracket that the sentence before has left says nothing.
        telling = [s for s in sentences if any(map(str.isalnum, s.text))]
        said = accumulate(not self._is_drawn(s) for s in telling)
        run = takewhile(lambda each: each[1] <= self._most[part], zip(telling, said, strict=True))
        return [self._item(part, sentence) for sentence, _ in run]

    def _example(self) -> list[Item]:
        """The example, its last line to be predicted."""
        found = self._run("example", self._in(EXAMPLE))
        plain = [n for n, s in enumerate(self._in(EXAMPLE)) if not self._is_drawn(s)]
        if len(plain) >= _PREDICTED and plain[-1] < len(found):
            found[plain[-1]] = replace(found[plain[-1]], question=self._words["predict"])
        return found

    def _hook(self) -> list[Item]:
        """The most concrete sentence of why it matters or of limits, or the example's first."""
        told = self._in(EXAMPLE)  # of two sentences the first would be half of it
        found = [*self._in("why"), *self._in("limits"), *told[: len(told) >= _PREDICTED]]
        fit = [s for s in found if self._stands(s) and len(s.text.split()) <= _LONGEST_HOOK]
        fit.sort(key=lambda s: _FIGURE.search(s.text) is None)
        return [self._item("hook", s, self._words["hook"]) for s in fit[: self._most["hook"]]]

    def _other(self, sentence: Sentence) -> str:
        """The first related term that a sentence names, else any; nothing where it names none."""
        own, glossary = self._entry, self._by.glossary
        named = self._by.linker.find(sentence.text, own.language, {own.id})
        entries = [e for link in named if (e := glossary.get(link.entry_id, own.language))]
        related = {e.id for e in glossary.related(own)}
        return min(entries, key=lambda e: e.id not in related).term if entries else ""

    def _discussion(self) -> list[Item]:
        """Questions, those first whose answers the lesson has not said by then."""
        asked = sorted(self._questions().items(), key=lambda each: each[1].id in self._taken)
        return [self._item("discussion", s, q) for q, s in asked[: self._most["discussion"]]]

    def _questions(self) -> dict[str, Sentence]:
        """What can be asked, each with the one sentence that answers it."""
        found, plain = dict[str, Sentence](), [s for s in self._entry.sentences if self._stands(s)]

        def ask(key: str, sentence: Sentence, **values: str) -> None:
            if sentence not in found.values():
                asks = str(self._words[key]).format(term=self._entry.term, **values)
                found.setdefault(asks, sentence)

        for s in plain:
            is_apart = s.section in ("misconception", EXAMPLE, "origin")
            if not is_apart and (claim := self._claim(s.text)):
                ask("why", s, claim=claim)
        for key, section in (("importance", "why"), ("limits", "limits")):
            for s in (each for each in plain if each.section == section):
                ask(key, s)
        for s in self._in("contrast"):
            if other := self._other(s):
                ask("compare", s, other=other)
        for s in plain[:1]:
            ask("explain", s)
        return found

    def _claim(self, text: str) -> str:
        """What a sentence gives a reason for: what stands before its “because”."""
        reasons = "|".join(map(re.escape, self._words["because"]))
        claim, *reason = re.split(rf"[,،]?\s(?:{reasons})\b", text, maxsplit=1)
        return f"{claim}." if reason and len(claim.split()) >= _SHORTEST_CLAIM else ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A lesson that is kept."""

    id: str
    lesson: Lesson
    changed_at: datetime
    whose: str
    """The mark of who keeps it."""


class Lessons(InDatabase):
    """The lessons that are kept; NoConversationError where there is no such one."""

    def keep(self, lesson: Lesson, reader: str, lesson_id: str = "") -> str:
        """Keeps a lesson of a reader's, in place of what was kept under an id; returns the id."""
        now, lesson_id = datetime.now(UTC), lesson_id or rows.new_id()
        with self.database.writing() as session:
            there = session.get(LessonRow, lesson_id)
            if there and not owns(reader, there.reader):
                raise _none(lesson_id)
            row = LessonRow(id=lesson_id, reader=mark(reader), title=rows.titled(lesson.title))
            row.content, row.changed_at = asdict(lesson), now
            row.made_at = there.made_at if there else now
            session.merge(row)
        return lesson_id

    def get(self, lesson_id: str) -> Kept:
        """The lesson of an id, whoever keeps it: who has the link may read it."""
        with self.database.reading() as session:
            row = session.get(LessonRow, lesson_id)
            if row is None or not (found := _kept(row)):
                raise _none(lesson_id)
            return found

    def list(self, reader: str) -> tuple[Kept, ...]:
        """A reader's lessons, that which was changed last first."""
        chosen = select(LessonRow).where(LessonRow.reader == mark(reader))
        with self.database.reading() as session:
            kept = session.scalars(chosen.order_by(LessonRow.changed_at.desc(), LessonRow.id))
            return tuple(filter(None, map(_kept, kept)))

    def delete(self, lesson_id: str, reader: str) -> None:
        """Deletes a reader's lesson; ``keep`` brings it back under its id."""
        with self.database.writing() as session:
            row = session.get(LessonRow, lesson_id)
            if row is None or not owns(reader, row.reader):
                raise _none(lesson_id)
            session.delete(row)


def _kept(row: LessonRow) -> Kept | None:
    """A row as a lesson; None where another version of the program kept it."""
    with contextlib.suppress(ValueError):
        lesson = TypeAdapter(Lesson).validate_python(row.content)
        return Kept(row.id, lesson, row.changed_at, row.reader)
    return None


def _none(lesson_id: str) -> NoConversationError:
    return NoConversationError(f"There is no lesson {lesson_id}: it may have been deleted.")
