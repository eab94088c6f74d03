"""The composition of an answer: drafts are grounded one by one, and those borne out are let in."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import (
    Answer,
    Citation,
    Cited,
    Event,
    Lead,
    Part,
    Sentence,
    Text,
    Usage,
    joined,
)
from assistant.grounding import Grounder
from assistant.phrases import phrases
from assistant.question import Question
from assistant.writers import Draft
from knowledge.entry import Passage
from knowledge.entry import Sentence as Quoted
from knowledge.search.evidence import Evidence
from knowledge.words import fold

if TYPE_CHECKING:
    from assistant.judge import Judge


class Composition:
    """An answer in the making.

    ``judge`` gives a second opinion on what is supported; ``mark``: unsupported sentences are
    shown, marked, and not withheld.
    """

    def __init__(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        grounder: Grounder,
        judge: "Judge | None" = None,
        *,
        mark: bool = False,
    ) -> None:
        self.sentences: list[Sentence] = []
        self._question = question
        self._evidence = evidence
        self._grounder = grounder
        self._judge = judge
        self._account = judge.account() if judge else None
        self._mark = mark
        self._asked = f" {fold(question.asked)} {fold(question.understood)} "
        self._said: set[str] = set()
        self._leads: list[tuple[int, Lead]] = []
        self._waiting: Lead | None = None
        self._citations: dict[tuple[str, int, int], Citation] = {}
        self._withheld: list[Sentence] = []
        self._usage: Usage | None = None

    @property
    def first_cited(self) -> str | None:
        """The id of the entry that is cited first."""
        return next((c.entry_id for c in self._citations.values()), None)

    def add(self, item: Draft | Lead | Usage) -> Iterator[Event]:
        """Takes in what a writer wrote, and tells what of it is to be shown."""
        match item:
            case Draft():
                yield from self._ground(item)
            case Lead():
                self._waiting = item  # shown with the first sentence under it, or not at all
            case Usage():
                self._usage = item

    def add_missing(self) -> Iterator[Event]:
        """Says what of the question the glossary does not answer."""
        words = phrases(self._question.language)
        for ask, found in zip(self._question.asks, self._evidence, strict=True):
            if not found.answerable:
                lead = Lead(words.leads["missing"].format(question=ask.text))
                self._leads.append((len(self.sentences), lead))
                yield lead

    def finish(self, answer: Answer) -> Answer:
        """The answer, with all that was let in."""
        written, parts = tuple(self.sentences), self._parts()
        return replace(
            answer,
            status="answered" if written else answer.status,
            text=joined(parts, written),
            sentences=written,
            citations=tuple(self._citations.values()),
            nearest=() if written else answer.nearest,
            focus=self._focus() if written else answer.focus,
            parts=parts,
            withheld=(*answer.withheld, *self._withheld),
            usage=self._taken() or answer.usage,
        )

    def _taken(self) -> Usage | None:
        """What the writer and the judge took of the chat model."""
        if self._account is None:
            return self._usage
        if self._usage:
            self._account.add(self._usage)
        return self._account.usage

    def _ground(self, draft: Draft) -> Iterator[Event]:
        said = fold(draft.text)
        if said in self._said:  # a small model may say a thing again and again
            return
        self._said.add(said)
        if draft.quoted is not None:
            quoted = draft.quoted
            marker = yield from self._cite(_citation(quoted, quoted.text, quoted.start))
            yield from self._let_in(Sentence(draft.text, (marker,), "quoted", quoted.language))
            return
        support, quotes = self._grounder.ground(draft)
        if support == "supported" and said in self._asked:
            support = "unsupported"  # it says the question again, or a part of it
        if support == "supported" and self._judge:
            words = " ".join(quote.text for quote in quotes)
            language, account = self._question.language, self._account
            if not self._judge.bears_out(draft.text, words, language, account):
                support = "unsupported"
        if support == "unsupported":
            sentence = Sentence(draft.text, (), support, self._question.language)
            if not self._mark:
                self._withheld.append(sentence)
                return
        else:
            markers = []
            for quote in quotes:
                start = quote.passage.start + quote.span.start
                cited = _citation(quote.passage, quote.text, start)
                markers.append((yield from self._cite(cited)))
            spoken = quotes[0].passage.language if support == "quoted" else self._question.language
            sentence = Sentence(draft.text, tuple(markers), support, spoken)
        yield from self._let_in(sentence)

    def _cite(self, citation: Citation) -> Generator[Event, None, int]:
        """The marker of a citation, which is told where it is new."""
        key = (f"{citation.language}/{citation.entry_id}/{citation.section}",)
        place = (*key, citation.start, citation.end)
        if place not in self._citations:
            self._citations[place] = replace(citation, marker=len(self._citations) + 1)
            yield Cited(self._citations[place])
        return self._citations[place].marker

    def _let_in(self, sentence: Sentence) -> Iterator[Event]:
        if self._waiting is not None:
            self._leads.append((len(self.sentences), self._waiting))
            yield self._waiting
            self._waiting = None
        self.sentences.append(sentence)
        yield Text(sentence)

    def _parts(self) -> tuple[Part, ...]:
        starts = [(0, Lead(""))] if not self._leads or self._leads[0][0] else []
        starts += self._leads
        ends = [start for start, _ in starts[1:]] + [len(self.sentences)]
        return tuple(
            Part(lead.text, start, end, lead.listed)
            for (start, lead), end in zip(starts, ends, strict=True)
            if lead.text or end > start
        )

    def _focus(self) -> tuple[str, ...]:
        """What the answer is about: the terms held beside each other, or the entry that answers."""
        cited = [citation.entry_id for citation in self._citations.values()]
        found: list[str] = []
        for ask, evidence in zip(self._question.asks, self._evidence, strict=True):
            if not evidence.answerable:
                continue
            if ask.intent == "list":
                found += cited
            elif len(ask.focus) > 1 and ask.pairs:
                found += ask.focus
            else:  # what is named in passing is not what it is about
                best = [e.entry.id for e in evidence.entries[:1] if e.entry.id in cited]
                found += best or cited[:1]
        return tuple(dict.fromkeys(found))


def _citation(of: Quoted | Passage, text: str, start: int) -> Citation:
    return Citation(
        marker=0,
        entry_id=of.entry_id,
        term=of.term,
        language=of.language,
        section=of.section,
        quote=text,
        start=start,
        end=start + len(text),
    )
