"""The composition of an answer: drafts are verified one by one, and what stands is let in."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from assistant.answer import (
    WITHHELD,
    Account,
    Answer,
    Citation,
    Cited,
    Event,
    Lead,
    Part,
    Sentence,
    Settled,
    Support,
    Text,
    joined,
)
from assistant.phrases import is_order, phrases
from assistant.question import Question
from assistant.verification import Claim, Contradiction, Verifier, notes
from assistant.writers import Draft, Paragraph
from knowledge.entry import Sentence as Quoted
from knowledge.language.text import likely_language
from knowledge.language.words import fold
from knowledge.search.embeddings import Embedder
from knowledge.search.evidence import Evidence
from knowledge.search.nearest import Nearness

if TYPE_CHECKING:
    from assistant.judge import Judge

_LABEL = 4  # words of the label of a row
_FAR = 0.3
"""The cosine (Universal Sentence Encoder) below which a claim has nothing to do with the sentences
that it names: none of 608 true English claims is below 0.4 and one in 200 of 588 Arabic ones below
0.35, of claims beside any sentence 97 in 100 are."""


@dataclass(slots=True)
class _Candidate:
    """A sentence that was written: shown, not yet, or withheld."""

    sentence: Sentence
    quotes: tuple[Quoted, ...]
    lead: Lead | None = None
    """The line that it stands under."""
    place: int = -1
    """Among the sentences that were shown; −1 where it was not."""


class Composition:
    """An answer in the making.

    ``account`` counts what it takes of the chat model; ``strict``: what a model wrote is not shown
    before the judge has spoken.
    """

    def __init__(  # noqa: PLR0913
        self,
        question: Question,
        evidence: Sequence[Evidence],
        verifier: Verifier,
        embedder: Embedder,
        account: Account,
        *,
        strict: bool = False,
    ) -> None:
        self._question, self._evidence = question, evidence
        self._words = phrases(question.language)
        self._verifier = verifier
        self._nearness = Nearness(embedder)
        self._strict = strict
        # What a model made of the question bears nothing out.
        self._asked = [question.asked, *[question.understood] * (not question.reworded)]
        self._material: dict[str, Quoted] = {}
        self._candidates: list[_Candidate] = []
        self._seen: set[str] = set()
        self._lead: Lead | None = None
        self._shown_lead: Lead | None = None
        self._missing: list[Lead] = []
        self._citations: dict[tuple[str, int, int], Citation] = {}
        self._shown = 0
        self._cited: set[int] = set()
        self._account = account
        self._unsettled = False

    def prepare(self, paragraphs: Sequence[Paragraph]) -> None:
        """Takes in what a model is given, and embeds it in the background while that thinks."""
        every = [sentence for paragraph in paragraphs for sentence in paragraph]
        self._material = {sentence.text: sentence for sentence in every}

        def read() -> None:
            self._verifier.prepare()
            self._nearness.read(every)

        threading.Thread(target=read, daemon=True).start()

    def add(self, item: Draft | Lead) -> Iterator[Event]:
        """Takes in what a writer wrote, and tells what of it is to be shown."""
        if isinstance(item, Draft):
            yield from self._verify(item)
        else:
            self._lead = item  # shown with the first sentence under it, or not at all

    def settle(self, judge: "Judge | None") -> Iterator[Event]:
        """Asks the judge, once, about all that is unchecked, and tells what becomes of it."""
        claims = [w for w in self._standing() if w.sentence.support == "unchecked"]
        if judge and claims:
            yield from self._judge(judge, claims)
        for written in self._standing() if self._strict else ():
            if written.place < 0:
                yield from self._show(written)
        if self._unsettled and self._standing():
            yield Lead(self._words.leads["unsettled"])
        for item in self._unanswered():
            yield from self.add(item)

    def _judge(self, judge: "Judge", claims: Sequence[_Candidate]) -> Iterator[Event]:
        before = {id(w): b.sentence.text for b, w in pairwise(self._standing())}
        put = []
        for w in claims:
            text, quotes = w.sentence.text, tuple(quote.text for quote in w.quotes)
            whole = _whole(w.sentence.cell, text)
            put.append(
                Claim(whole, quotes, w.quotes[0].term, before.get(id(w), ""), notes(text, quotes))
            )
        verdicts = judge.verdicts(self._question.understood, put, self._account)
        self._unsettled = 0 in verdicts and not verdicts[0].borne_out
        found = {id(w): verdicts.get(n) for n, w in enumerate(claims, 1)}
        gone = False
        for written in self._candidates:
            verdict = found.get(id(written))
            leaning = gone and self._leans(written.sentence.text, written.sentence.cell)
            if verdict or (leaning and written.sentence.support in ("unchecked", "quoted")):
                if leaning:
                    self._withdraw(written, Contradiction("leaning"))
                elif verdict and verdict.borne_out:
                    written.sentence = replace(written.sentence, support="supported")
                elif verdict:
                    self._withdraw(
                        written, Contradiction("judge", _pointed(verdict.why, written.sentence))
                    )
                if written.place >= 0:
                    yield Settled(written.place, written.sentence)
            gone = written.sentence.support in WITHHELD

    def add_missing(self) -> Iterator[Event]:
        """Says what of the question the glossary does not answer."""
        for ask, found in zip(self._question.asks, self._evidence, strict=True):
            if self._standing() and not found.answerable:
                lead = Lead(self._words.leads["missing"].format(question=ask.text))
                self._missing.append(lead)
                yield lead

    def _unanswered(self) -> Iterator[Draft | Lead]:
        """What was asked of which nothing stands that a model wrote: it is quoted.

        That is a side of a comparison, or one of several things that the glossary answers.
        """
        cited = {quote.entry_id for w in self._standing() for quote in w.quotes}
        for ask, evidence in zip(self._question.asks, self._evidence, strict=True):
            ranked = [f.sentence for f in evidence.sentences if evidence.answerable]
            sides = ask.focus if len(self._standing()) < len(self._candidates) else ()
            best = [s.entry_id for s in ranked[:1] if len(self._question.asks) > 1]
            for lost in [i for i in (sides if ask.pairs else best) if cited and i not in cited]:
                fit = (s for s in ranked if not (is_order(s.text) or self._leans(s.text)))
                if said := next((s for s in fit if s.entry_id == lost), None):
                    yield Lead(self._words.leads["term"].format(term=said.term))
                    yield Draft(said.text, quoted=said)

    def finish(self, answer: Answer) -> Answer:
        """The answer, with all that was let in."""
        standing = self._standing()
        written, parts = tuple(w.sentence for w in standing), self._parts()
        citations = [
            c for c in self._citations.values() if any(c.marker in s.citations for s in written)
        ]
        withheld = (self._withheld(w) for w in self._candidates if w.sentence.support in WITHHELD)
        return replace(
            answer,
            status="answered" if written else answer.status,
            text=joined(parts, written),
            sentences=written,
            citations=tuple(citations),
            nearest=() if written else answer.nearest,
            focus=self._focus([c.entry_id for c in citations]) if written else answer.focus,
            parts=parts,
            withheld=(*answer.withheld, *withheld),
        )

    def _standing(self) -> list[_Candidate]:
        return [w for w in self._candidates if w.sentence.support not in WITHHELD]

    def _verify(self, draft: Draft) -> Iterator[Event]:
        """Lets a draft in, or keeps it back with the reason."""
        if any(draft.cell) and not self._heads(draft.cell):
            draft = replace(draft, cell=("", ""))
        said = fold(" ".join((draft.text, *draft.cell)))
        if said in self._seen:  # a small model may say a thing again and again
            return
        self._seen.add(said)
        if draft.quoted:
            yield from self._show(self._take(draft, "quoted", (draft.quoted,)))
            return
        rests = self._rests(draft)
        held = rests or draft.rests
        if found := self._contradiction(draft, rests, held):
            reason = found.reason(self._question.language)
            sentence = Sentence(draft.text, (), "contradicted", self._question.language, draft.cell)
            self._candidates.append(_Candidate(replace(sentence, reason=reason), held))
            return
        verbatim = rests[0].text == draft.text and not any(draft.cell)
        written = self._take(draft, "quoted" if verbatim else "unchecked", rests)
        if not self._strict:
            yield from self._show(written)

    def _heads(self, cell: tuple[str, str]) -> bool:
        """Whether a table's own words claim nothing: a column is a term, a row a few words."""
        names = self._verifier.names({sentence.entry_id for sentence in self._material.values()})
        return fold(cell[1]) in map(fold, names) and len(cell[0].split()) <= _LABEL

    def _rests(self, draft: Draft) -> tuple[Quoted, ...]:
        """What a draft names; where that has nothing to do with it, the nearest of all given."""
        given = tuple(self._material.values())
        if verbatim := [s for s in (*draft.rests, *given) if s.text == draft.text]:
            return tuple(verbatim[:1])
        claim = _whole(draft.cell, draft.text)
        if draft.rests and self._nearness.to(claim, draft.rests).max() >= _FAR:
            return draft.rests
        return self._nearness.best(claim, draft.within or given)

    def _contradiction(
        self, draft: Draft, rests: Sequence[Quoted], held: Sequence[Quoted]
    ) -> Contradiction | None:
        gone = self._candidates and self._candidates[-1].sentence.support in WITHHELD
        if gone and self._leans(draft.text, draft.cell):
            return Contradiction("leaning")
        if draft.text.rstrip("\"'”»)| ").endswith(("?", "؟")) or self._echoes(draft):
            return Contradiction(
                "uncited"
            )  # a question says nothing, nor what is said after another
        quotes = [quote.text for quote in held]
        around = [*self._verifier.names({quote.entry_id for quote in held}), *self._asked]
        for text in filter(None, (draft.cell[0], draft.text)) if held else ():
            if found := self._verifier.contradiction(text, self._question.language, quotes, around):
                return found
        return None if rests else Contradiction("uncited")

    def _echoes(self, draft: Draft) -> bool:
        """Whether a draft says what the question says, or a heading of the material."""
        said = fold(draft.text)
        headings = (f"{quote.term} ({quote.section})" for quote in self._material.values())
        heard = (f" {fold(text)} " for text in (*self._asked, *headings))
        return not any(draft.cell) and any(f" {said} " in text for text in heard)

    def _leans(self, text: str, cell: tuple[str, str] = ("", "")) -> bool:
        return not any(cell) and self._words.leans(text)

    def _take(self, draft: Draft, support: Support, quotes: tuple[Quoted, ...]) -> _Candidate:
        if support == "quoted":
            language = quotes[0].language
        else:  # a model may answer in another one
            language = likely_language(draft.text, self._question.language)
        markers = dict.fromkeys(self._citation(quote).marker for quote in quotes)
        sentence = Sentence(draft.text, tuple(markers), support, language, draft.cell)
        self._candidates.append(_Candidate(sentence, quotes, self._lead))
        return self._candidates[-1]

    def _withdraw(self, written: _Candidate, found: Contradiction) -> None:
        reason = found.reason(self._question.language)
        withheld = self._withheld(written)
        written.sentence = replace(withheld, support="withdrawn", reason=reason)

    def _withheld(self, written: _Candidate) -> Sentence:
        """A sentence that does not stand, with the words that it was held against."""
        quotes = tuple(map(self._citation, written.quotes))
        markers = tuple(quote.marker for quote in quotes)
        return replace(written.sentence, citations=markers, quotes=quotes)

    def _show(self, written: _Candidate) -> Iterator[Event]:
        if written.lead is not None and written.lead is not self._shown_lead:
            self._shown_lead = written.lead
            yield written.lead
        for citation in map(self._citation, written.quotes):
            if citation.marker not in self._cited:
                self._cited.add(citation.marker)
                yield Cited(citation)
        written.place = self._shown
        self._shown += 1
        yield Text(written.sentence)

    def _citation(self, quote: Quoted) -> Citation:
        """The citation of a sentence of the glossary, each once."""
        place = (f"{quote.key}/{quote.section}", quote.start, quote.end)
        if place not in self._citations:
            self._citations[place] = Citation(
                len(self._citations) + 1,
                quote.entry_id,
                quote.term,
                quote.language,
                quote.section,
                quote.text,
                quote.start,
                quote.end,
            )
        return self._citations[place]

    def _parts(self) -> tuple[Part, ...]:
        """What stands, under its lines; a line under which nothing is left goes."""
        parts, count, standing = list[Part](), 0, self._standing()
        if self._unsettled and standing:
            parts.append(Part(self._words.leads["unsettled"], 0, 0))
        for _, group in groupby(standing, lambda written: id(written.lead)):
            some = list(group)
            lead = some[0].lead or Lead("")
            parts.append(Part(lead.text, count, count + len(some), lead.listed))
            count += len(some)
        return (*parts, *(Part(lead.text, count, count) for lead in self._missing))

    def _focus(self, cited: Sequence[str]) -> tuple[str, ...]:
        """What the answer is about: the terms held beside each other, or the entry that answers."""
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


def _whole(cell: tuple[str, str], text: str) -> str:
    """A sentence as a claim by itself: a cell with its column and its row."""
    return " — ".join(filter(None, (*cell[::-1], text)))


def _pointed(why: str, sentence: Sentence) -> str:
    """The words of a sentence that the judge points at; other words of its own are not shown."""
    said = set(fold(sentence.text).split())
    return f": {why}" if why and said.issuperset(fold(why).split()) else ""
