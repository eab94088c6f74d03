"""The composition of an answer: drafts are verified one by one, and what stands is let in."""

import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from assistant.answer import (
    WITHHELD,
    Account,
    Answer,
    Citation,
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


@dataclass
class Composition:
    """An answer in the making.

    ``account`` counts what it takes of the chat model; ``strict``: what a model wrote is not shown
    before the judge has spoken.
    """

    question: Question
    evidence: Sequence[Evidence]
    verifier: Verifier
    embedder: Embedder
    account: Account
    strict: bool = False

    def __post_init__(self) -> None:
        self._words = phrases(self.question.language)
        self._asks = list(zip(self.question.asks, self.evidence, strict=True))
        self._nearness = Nearness(self.embedder)
        # What a model made of the question bears nothing out.
        own = self.question.rewording != "model"
        self._asked = [self.question.asked, *[self.question.understood] * own]
        self._material: dict[str, Quoted] = {}
        self._candidates: list[_Candidate] = []
        self._seen: set[str] = set()
        self._lead: Lead | None = None
        self._shown_lead: Lead | None = None
        self._citations: dict[tuple[str, int, int], Citation] = {}
        self._cited: set[int] = set()
        self._unsettled = False

    def prepare(self, paragraphs: Sequence[Paragraph]) -> None:
        """Takes in what a model is given, and embeds it in the background while that thinks."""
        every = [sentence for paragraph in paragraphs for sentence in paragraph]
        self._material = {sentence.text: sentence for sentence in every}

        def read() -> None:
            self.verifier.prepare()
            self._nearness.read(every)

        threading.Thread(target=read, daemon=True).start()

    def add(self, item: Draft | Lead) -> Iterator[Event]:
        """Takes in what a writer wrote, and tells what of it is to be shown."""
        if isinstance(item, Lead):
            self._lead = item  # shown with the first sentence under it, or not at all
            return
        draft = item
        if (
            any(draft.cell) and not draft.quoted
        ):  # as a table's own words, a term and a label claim nothing
            names = self.verifier.names({quote.entry_id for quote in self._material.values()})
            label, column = draft.cell
            if fold(column) not in map(fold, names) or len(label.split()) > _LABEL:
                draft = replace(draft, cell=("", ""))
        said = fold(" ".join((draft.text, *draft.cell)))
        if said in self._seen:  # a small model may say a thing again and again
            return
        self._seen.add(said)
        language = self.question.language
        rests = (draft.quoted,) if draft.quoted else self._rests(draft)
        if not draft.quoted and (found := self._contradiction(draft, rests)):
            about = language, draft.cell, found.reason(language)
            sentence = Sentence(draft.text, (), "contradicted", *about)
            self._candidates.append(_Candidate(sentence, rests or draft.rests))
            return
        verbatim = draft.quoted or (rests[0].text == draft.text and not any(draft.cell))
        support: Support = "quoted" if verbatim else "unchecked"
        spoken = rests[0].language if verbatim else likely_language(draft.text, language)
        markers = tuple(dict.fromkeys(self._citation(quote).marker for quote in rests))
        sentence = Sentence(draft.text, markers, support, spoken, draft.cell)
        written = _Candidate(sentence, rests, self._lead)
        self._candidates.append(written)
        if draft.quoted or not self.strict:
            yield from self._show(written)

    def settle(self, judge: "Judge | None") -> Iterator[Event]:
        """Asks the judge, once, about all that is unchecked, and tells what becomes of it."""
        claims = [w for w in self._standing() if w.sentence.support == "unchecked"]
        if judge and claims:
            yield from self._judge(judge, claims)
        for written in self._standing() if self.strict else ():
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
            quotes = tuple(quote.text for quote in w.quotes)
            about = w.quotes[0].term, before.get(id(w), ""), notes(w.sentence.text, quotes)
            put.append(Claim(_whole(w.sentence), quotes, *about))
        verdicts = judge(self.question.understood, put, self.account)
        self._unsettled = 0 in verdicts and not verdicts[0].borne_out
        found = {id(w): verdicts.get(n) for n, w in enumerate(claims, 1)}
        gone = False
        for written in self._candidates:
            verdict, said = found.get(id(written)), written.sentence
            leaning = gone and said.support not in WITHHELD and self._leans(said)
            if leaning:
                self._withdraw(written, Contradiction("leaning"))
            elif verdict and verdict.borne_out:
                written.sentence = replace(said, support="supported")
            elif verdict:
                # Words of the judge's own are not shown.
                of_it = set(fold(said.text).split()).issuperset(fold(verdict.why).split())
                why = f": {verdict.why}" if verdict.why and of_it else ""
                self._withdraw(written, Contradiction("judge", why))
            if (verdict or leaning) and written.place >= 0:
                yield Settled(written.place, written.sentence)
            gone = written.sentence.support in WITHHELD

    def _unanswered(self) -> Iterator[Draft | Lead]:
        """Quotes for the sides of a comparison, or the things asked, of which nothing stands."""
        cited = {quote.entry_id for w in self._standing() for quote in w.quotes}
        for ask, evidence in self._asks:
            ranked = [f.sentence for f in evidence.sentences if evidence.answerable]
            sides = ask.focus if len(self._standing()) < len(self._candidates) else ()
            best = [s.entry_id for s in ranked[:1] if len(self._asks) > 1]
            for lost in [i for i in (sides if ask.pairs else best) if cited and i not in cited]:
                fit = (s for s in ranked if not (is_order(s.text) or self._words.leans(s.text)))
                if said := next((s for s in fit if s.entry_id == lost), None):
                    yield Lead(self._words.leads["term"].format(term=said.term))
                    yield Draft(said.text, quoted=said)

    def finish(self, answer: Answer) -> Generator[Event, None, Answer]:
        """The answer, with all that was let in; tells what the glossary does not answer of it."""
        standing, parts = self._standing(), list[Part]()
        if self._unsettled and standing:
            parts.append(Part(self._words.leads["unsettled"], 0, 0))
        for _, group in groupby(standing, lambda written: id(written.lead)):
            some, start = list(group), parts[-1].end if parts else 0
            lead = some[0].lead or Lead("")
            parts.append(Part(lead.text, start, start + len(some), lead.listed))
        for ask, found in self._asks:
            if standing and not found.answerable:
                lead = Lead(self._words.leads["missing"].format(question=ask.text))
                parts.append(Part(lead.text, len(standing), len(standing)))
                yield lead
        withheld = (self._withheld(w) for w in self._candidates if w.sentence.support in WITHHELD)
        answer = replace(answer, withheld=(*answer.withheld, *withheld))
        if not standing:
            return answer
        written = tuple(w.sentence for w in standing)
        cited = {marker for sentence in written for marker in sentence.citations}
        citations = tuple(c for c in self._citations.values() if c.marker in cited)
        return replace(
            answer,
            status="answered",
            text=joined(parts, written),
            sentences=written,
            citations=citations,
            nearest=(),
            focus=self._focus([c.entry_id for c in citations]),
            parts=tuple(parts),
        )

    def _standing(self) -> list[_Candidate]:
        return [w for w in self._candidates if w.sentence.support not in WITHHELD]

    def _rests(self, draft: Draft) -> tuple[Quoted, ...]:
        """What a draft names; where that has nothing to do with it, the nearest of all given."""
        given = tuple(self._material.values())
        if verbatim := [s for s in (*draft.rests, *given) if s.text == draft.text]:
            return tuple(verbatim[:1])
        claim = _whole(draft)
        if draft.rests and self._nearness.to(claim, draft.rests).max() >= _FAR:
            return draft.rests
        return self._nearness.best(claim, draft.within or given)

    def _contradiction(self, draft: Draft, rests: Sequence[Quoted]) -> Contradiction | None:
        gone = self._candidates and self._candidates[-1].sentence.support in WITHHELD
        if gone and self._leans(draft):
            return Contradiction("leaning")
        headings = (f"{quote.term} ({quote.section})" for quote in self._material.values())
        heard = (f" {fold(text)} " for text in (*self._asked, *headings))
        echoes = not any(draft.cell) and any(f" {fold(draft.text)} " in text for text in heard)
        # A question says nothing, nor does what repeats it, or a heading of the material.
        if echoes or draft.text.rstrip("\"'”»)| ").endswith(("?", "؟")):
            return Contradiction("uncited")
        held = rests or draft.rests
        quotes = [quote.text for quote in held]
        around = [*self.verifier.names({quote.entry_id for quote in held}), *self._asked]
        for text in filter(None, (draft.cell[0], draft.text)) if held else ():
            if found := self.verifier.contradiction(text, self.question.language, quotes, around):
                return found
        return None if rests else Contradiction("uncited")

    def _leans(self, said: Draft | Sentence) -> bool:
        return not any(said.cell) and self._words.leans(said.text)

    def _withdraw(self, written: _Candidate, found: Contradiction) -> None:
        reason = found.reason(self.question.language)
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
        cited = dict.fromkeys(map(self._citation, written.quotes))
        new = tuple(citation for citation in cited if citation.marker not in self._cited)
        self._cited.update(citation.marker for citation in new)
        written.place = sum(each.place >= 0 for each in self._candidates)
        yield Text(written.sentence, new)

    def _citation(self, quote: Quoted) -> Citation:
        place = (f"{quote.key}/{quote.section}", quote.start, quote.end)
        new = Citation.of(quote, len(self._citations) + 1)
        return self._citations.setdefault(place, new)

    def _focus(self, cited: Sequence[str]) -> tuple[str, ...]:
        """What the answer is about: the terms held beside each other, or the entry that answers."""
        found: list[str] = []
        for ask, evidence in self._asks:
            if not evidence.answerable:
                continue
            if ask.intent == "list":
                found += cited
            elif len(ask.focus) > 1 and ask.pairs:
                found += ask.focus
            else:  # what is named in passing is not what it is about
                first = [e.entry.id for e in evidence.entries[:1]]
                best = [i for i in (*first, *cited) if i in cited][:1]
                kept = ask.focus if ask.bare is not None else ()  # still spoken of, with it
                found += kept if set(best) <= set(kept) else (*best, *kept[:1])
        return tuple(dict.fromkeys(found))


def _whole(said: Draft | Sentence) -> str:
    """A sentence as a claim by itself: a cell with its column and its row."""
    return " — ".join(filter(None, (*said.cell[::-1], said.text)))
