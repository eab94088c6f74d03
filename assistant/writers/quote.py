"""The quote writer: no model; the glossary's own sentences, chosen by what they say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from assistant.answer import Lead, Length, Listed
from assistant.phrases import is_order, phrases, places, plain
from assistant.question import Ask, Question
from assistant.writers import Draft
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Sentence
from knowledge.language.alphabet import sort_key
from knowledge.language.grammar import content_stems
from knowledge.language.text import base
from knowledge.language.words import PROCLITICS, fold, stem
from knowledge.search.evidence import Evidence, FoundSentence
from knowledge.search.intent import Intent

_MOST: dict[Length, int] = {"short": 1, "normal": 4, "full": 9}
"""Sentences of an answer about one thing."""
_BELONGS: dict[Length, float] = {"short": 0.0, "normal": 0.0, "full": -3.0}
"""The log-odds from which on a sentence belongs in the answer beside the best one."""
_EXPLAINED = 0.4  # less of these log-odds will do where a definition is wanted
_FIRST = 5  # items of a list, where the answer is to be short: else it has them all
_WHOLE_EXAMPLE = 6  # sentences, up to which an example is told whole
_SIDES = 3  # terms held beside each other
_ROWS: dict[Length, int] = {"short": 1, "normal": 3, "full": 6}
"""Of the table that holds them."""
_CONTRAST = "contrast"
_APART = (EXAMPLE, _CONTRAST, "misconception", "origin")  # sections that are no aspects of it
_OPENING = 4  # words, among which a sentence names what it is about
_STEPS = range(3, 8)  # sentences that are a list of steps
_SHORT = 3  # letters of an Arabic word, before which no other is written
_SAME = 0.75  # of the fewer words of two sentences in common: they say the same
_LEAST = 4  # words from which on that can be told
_UNSETTLED = 0.65  # the confidence, below which yes or no is not said to be settled
_LIKELY = 0.5  # of an intent
_SEVERAL: tuple[Intent, ...] = ("remedy", "kinds", "parts", "drawback", "benefit")
"""What is wanted, where one sentence is seldom all of it."""
_FEWEST = 2  # sentences for each of several things asked
_AGAIN = -1.5  # the log-odds beside the best, below which what was just quoted is said again


def write(question: Question, evidence: Sequence[Evidence]) -> Iterator[Draft | Lead]:
    """The sentences that answer best: the one that answers first, or as a list."""
    answered = [each for each in zip(question.asks, evidence, strict=True) if each[1].answerable]
    most = _MOST[question.length]
    if len(answered) > 1:
        most = max(_FEWEST, most // len(answered))
    told: list[Sentence] = []
    for n, (ask, found) in enumerate(answered):
        if n:
            yield Lead("")  # what answers another thing begins anew
        yield from _Chooser(question, ask, found, told, most).drafts()


class _Chooser:
    """The choice among the sentences that were found for one thing asked."""

    def __init__(
        self, question: Question, ask: Ask, evidence: Evidence, told: list[Sentence], most: int
    ) -> None:
        self._question, self._ask, self._evidence = question, ask, evidence
        self._told, self._most, self._about = told, most, ""
        self._words = phrases(question.language)
        self._tongues = {base(question.language)}
        self._entries = {found.entry.id: found.entry for found in evidence.entries}
        self._said = question.already_quoted if question.restates else frozenset[str]()
        self._found = [
            found
            for found in evidence.sentences
            if found.sentence.text not in self._said and not is_order(found.sentence.text)
        ]

    def drafts(self) -> Iterator[Draft | Lead]:
        """The sentences of the answer, each under the line that it needs."""
        ask = self._ask
        sides = [self._entries[i] for i in ask.focus if i in self._entries][:_SIDES]
        if ask.intent == "list" and not self._question.restates:
            return self._listed()
        if ask.pairs and len(sides) > 1:
            return self._compared(sides)
        return self._answered()

    def _answered(self) -> Iterator[Draft | Lead]:
        """The sentence that answers, then what belongs to it, in reading order."""
        ask, category = self._ask, self._question.category
        chosen = self._chosen()
        if not chosen:
            return
        leads = []
        alone = self._entries.get(ask.focus[0]) if len(ask.focus) == 1 else None
        if ask.pairs and alone:
            other = (self._has_other(s) or not _names(s, alone) for s in chosen)
            if category or not any(other):
                key = "one_sided_within" if category else "one_sided"
                leads.append(self._words.leads[key].format(term=alone.term, category=category))
        asks_so = ask.wants.intents["yesno"] >= _LIKELY
        if asks_so and self._evidence.confidence < _UNSETTLED:
            leads.append(self._words.leads["unsettled"])
        items, listed = self._items(chosen)
        rest = [s for s in chosen if s not in items]
        before = [s for s in rest if items and (s == chosen[0] or s.place < items[0].place)]
        for some, form in (
            (before, False),
            (items, listed),
            ([s for s in rest if s not in before], False),
        ):
            if some:
                yield from self._told_under(some, leads, listed=form)
                leads = []

    def _items(self, chosen: Sequence[Sentence]) -> tuple[list[Sentence], Listed]:
        """Steps, whole and in their order, or kinds and remedies, of the paragraph most told of."""
        intent = self._ask.intent
        if intent not in ("mechanism", "parts", "remedy", "kinds") or self._question.restates:
            return [], False
        places = Counter((s.entry_id, s.paragraph) for s in chosen)
        (entry_id, paragraph), several = places.most_common(1)[0]
        whole = [s for s in self._entries[entry_id].sentences if s.paragraph == paragraph]
        ordered = [n for n, s in enumerate(whole) if phrases(s.language).orders(s.text)]
        works = ordered and whole[0].section in ("how", BODY)
        steps = whole[ordered[0] : ordered[-1] + 1] if works else []
        told = chosen[0] in steps or sum(s in steps for s in chosen) > 1
        if intent != "kinds" and len(steps) in _STEPS and told:
            return steps, "numbered"
        items = [s for s in whole[1:] if s in chosen and intent in ("kinds", "remedy")]
        return (items, True) if several > _FEWEST and not any(map(_leans, items)) else ([], False)

    def _has_other(self, sentence: Sentence) -> bool:
        """Whether a sentence sets the term against the other thing that is asked about."""
        if not phrases(sentence.language).contrasts(sentence.text):
            return False
        language = self._question.spoken
        names = (n for i in self._ask.focus if i in self._entries for n in self._entries[i].names)
        own = {stem for name in names for stem in content_stems(name, language)}
        other = set(content_stems(self._ask.text, language)) - own
        said = set(content_stems(sentence.text, sentence.language))
        return base(sentence.language) != base(language) or not other.isdisjoint(said)

    def _chosen(self) -> list[Sentence]:
        wants = self._ask.wants.intents
        if self._question.restates:
            return self._said_otherwise()
        if max(wants, key=wants.__getitem__) == "example" and (example := self._example()):
            return example
        # a part of an example says little beside what it is one of
        apart = wants["example"] + wants["number"] < _LIKELY
        least = _BELONGS[self._question.length] - _EXPLAINED * wants["definition"]
        found = self._new()
        others = (
            f
            for f in found[1:]
            if f.belonging >= least
            and not (apart and f.sentence.section.partition("-")[0] == EXAMPLE)
        )
        best = (*found[:1], *sorted(others, key=lambda found: -found.belonging))
        told = self._taken((found.sentence for found in best), self._most)
        if len(told) == 1 and self._ask.intent in _SEVERAL:
            own = told[0]  # which may only say that there are several
            after = (s for s in self._entries[own.entry_id].sentences if s.place > own.place)
            going_on = (s for s in after if s.paragraph == own.paragraph)
            told = self._taken((own, *going_on), self._most)
        simple = self._question.level == "simple" and told
        if simple and wants["definition"] + wants["mechanism"] >= _LIKELY:
            return told[:_FEWEST] + self._example()
        return told

    def _new(self) -> list[FoundSentence]:
        """What was not just said; that, too, where nothing else answers nearly as well."""
        said = self._question.already_quoted
        new = [found for found in self._found if found.sentence.text not in said]
        again = not any(found.score >= _AGAIN for found in new)
        return [*(self._found[:1] if again else ()), *new]

    def _said_otherwise(self) -> list[Sentence]:
        """The example, where it is to be simpler; without one, the best that was not said yet."""
        if self._question.level == "simple" and (example := self._example()):
            return example
        several = self._most if self._question.length == "full" else min(self._most, _FEWEST + 1)
        own = self._main().id
        near = (f.sentence for f in self._found if f.belonging >= 0 or f.sentence.entry_id == own)
        return self._taken(near, several)

    def _example(self) -> list[Sentence]:
        """The best entry's example, whole where it is not long."""
        entry = self._main()
        every = [s for s in entry.sentences if s.section.partition("-")[0] == EXAMPLE]
        if not self._question.already_quoted.isdisjoint(s.text for s in every):
            return []
        most = {"short": 2, "normal": 4, "full": _WHOLE_EXAMPLE}[self._question.length]
        return every if len(every) <= _WHOLE_EXAMPLE else every[:most]

    def _main(self) -> Entry:
        """The entry that it is about: one that is asked of, else that of the best sentence."""
        best, focus = [f.sentence.entry_id for f in self._evidence.sentences[:1]], self._ask.focus
        asked = (*(i for i in best if i in focus), *focus[:1], *best)
        known = (self._entries[i] for i in asked if i in self._entries)
        return next(known, self._evidence.entries[0].entry)

    def _taken(self, sentences: Iterable[Sentence], most: int) -> list[Sentence]:
        """The first of some sentences, about as many as may be, in the order to be told in."""
        chosen: list[list[Sentence]] = []
        for sentence in sentences:
            if sum(map(len, chosen)) < most:
                self._add(sentence, chosen)
        return _in_order(chosen)

    def _add(self, sentence: Sentence, chosen: list[list[Sentence]]) -> None:
        """Takes in a sentence, with those that it cannot be understood without."""
        said = [*self._told, *chain(*chosen)]
        if sentence in said or any(_same(sentence, other) for other in said):
            return
        entry = self._entries[sentence.entry_id]
        unit = [sentence]
        if self._stands_on(sentence):
            before = entry.sentences[sentence.place - 1]
            behind = next((each for each in chosen if each[-1] == before), None)
            if behind is not None:
                behind.append(sentence)
                return
            if before in said or before.text in self._said:
                return
            if not self._stands_on(before):
                unit = [before, sentence]
            elif chosen:
                return  # as the best one, it stands under its term, which is what it leans on
        if sentence.text.endswith((":", "：")):  # it leads to what follows it
            after = entry.sentences[sentence.place + 1 : sentence.place + 3]
            if not after:
                return
            for other in chosen:
                other[:] = [each for each in other if each not in after]
            unit += after
        chosen.append(unit)

    def _stands_on(self, sentence: Sentence) -> bool:
        """Whether it needs the one before it, as a formula or a table does, which says no more."""
        entry = self._entries[sentence.entry_id]
        block = entry.block_at(sentence.section, sentence.start)
        return _leans(sentence) or bool(sentence.order and block and not block.has_caption)

    def _compared(self, sides: list[Entry]) -> Iterator[Draft | Lead]:
        """What states the contrast, wherever it stands; then the terms, in a table if they can."""
        if contrast := self._contrast(sides):
            yield from self._told_under([contrast], [])
        if rows := self._rows(sides):
            yield Lead(" ".join(self._tongue(rows[0][1][0])))
            for label, cells in rows:
                self._told += cells
                for s, entry in zip(cells, sides, strict=True):
                    yield Draft(s.text, quoted=s, cell=(label, entry.term))
            return
        each = max(1, (self._most - bool(contrast)) // len(sides))
        scores = {found.sentence: found.score for found in self._evidence.sentences}
        for entry in sides:
            opening = [s for s in entry.sentences if s.section == SUMMARY] or entry.sentences
            others = [s for s in entry.sentences if s in scores and not _leans(s)]
            chosen: list[list[Sentence]] = []
            for sentence in (*opening[:1], *sorted(others, key=lambda s: -scores[s])):
                new = sentence != contrast and sentence.text not in self._said
                if len(chosen) < each and new:
                    self._add(sentence, chosen)
            if told := sorted(chain(*chosen), key=lambda s: s.place):
                lead = self._words.leads["term"].format(term=entry.term)
                yield from self._told_under(told, [lead])

    def _rows(self, sides: Sequence[Entry]) -> list[tuple[str, list[Sentence]]]:
        """Of what all the terms have sentences on, the best, each under its heading."""
        if len({e.language for e in sides}) > 1 or len({e.term for e in sides}) < len(sides):
            return []
        scores = {found.sentence: found.score for found in self._found}
        told = [self._aspects(entry, sides, scores) for entry in sides]
        headings = {s.name: s.heading for s in sides[0].sections}
        headings[SUMMARY] = self._words.leads["definition"]
        shared = [n for n, heading in headings.items() if heading and all(n in of for of in told)]
        weight = {n: sum(scores.get(of[n], 0) for of in told) for n in shared}
        best = sorted(shared, key=lambda n: (n != SUMMARY, -weight[n]))
        rows = best[: _ROWS[self._question.length]]
        return [(headings[n], [of[n] for of in told]) for n in shared if n in rows]

    def _aspects(
        self, entry: Entry, sides: Sequence[Entry], scores: Mapping[Sentence, float]
    ) -> dict[str, Sentence]:
        """Of each section the best sentence that is about the entry, and no other of the sides."""
        opening, *others = entry.sentences
        about = {s: next((e for e in (entry, *sides) if _opens_with(s, e)), None) for s in others}
        alone = [
            s
            for s in others
            if s in scores
            and s.section not in _APART
            and _names(s, entry)
            and about[s] in (entry, None)
            and not (_leans(s) or s.text.endswith((":", "：")))
        ]
        best = sorted(alone, key=lambda s: (not about[s], -scores[s]))
        found: dict[str, Sentence] = {}
        for s in (opening, *best):
            if not (s.text in self._said or any(_same(s, other) for other in self._told)):
                found.setdefault(SUMMARY if s is opening else s.section, s)
        return found

    def _contrast(self, sides: Sequence[Entry]) -> Sentence | None:
        """The best sentence, of any entry, that contrasts two of the terms; else one with both."""
        both = [
            found.sentence
            for found in self._found
            if not _leans(found.sentence)
            and sum(e.id == found.sentence.entry_id or _names(found.sentence, e) for e in sides) > 1
        ]
        own = {entry.id for entry in sides}
        contrasts = (
            s
            for s in both
            if (
                (s.section == _CONTRAST or phrases(s.language).contrasts(s.text))
                and s.entry_id in own
            )
            or _sets_apart(s, sides)
        )
        return next(contrasts, next((s for s in both if s.entry_id in own), None))

    def _listed(self) -> Iterator[Draft | Lead]:
        """Entries as a list, each told by its first sentence, with their number."""
        category, entries = self._ask.category, [found.entry for found in self._evidence.entries]
        if category:
            entries.sort(key=lambda entry: sort_key(entry.term, entry.language))
        most = _FIRST if self._question.length == "short" else len(entries)
        every = "category" if len(entries) > most else "category_all"
        lead = self._words.leads[every if category else "topic"]
        yield Lead(lead.format(category=category, n=len(entries)), listed=True)
        for entry in entries[:most]:
            yield from (Draft(s.text, quoted=s) for s in entry.sentences[:1])

    def _tongue(self, first: Sentence) -> list[str]:
        """Which language follows, where it is another one than before."""
        if base(first.language) in self._tongues:
            return []
        self._tongues.add(base(first.language))
        tongue = self._words.languages.get(base(first.language), first.language)
        return [self._words.leads["language"].format(language=tongue)]

    def _told_under(
        self, chosen: list[Sentence], leads: list[str], *, listed: Listed = False
    ) -> Iterator[Draft | Lead]:
        """Sentences, led by what their reader would miss: their term, their language."""
        first = chosen[0]
        leads = [*leads, *self._tongue(first)]
        entry = self._entries[first.entry_id]
        named = f" {fold(entry.term)} " in f" {fold(' '.join(leads))} "
        if not (named or _names(first, entry) or self._about == entry.id):
            leads = [*leads, f"{entry.term}:"]
        if leads or listed or self._about:
            yield Lead(" ".join(leads), listed)
        self._about = entry.id
        self._told += chosen
        yield from (Draft(sentence.text, quoted=sentence) for sentence in chosen)


def _in_order(chosen: list[list[Sentence]]) -> list[Sentence]:
    """The best first, with what belongs to it; then the others by entry, each as it reads there."""
    first, *others = [unit for unit in chosen if unit] or [[]]
    entries = list(dict.fromkeys(sentence.entry_id for sentence in chain(*chosen)))
    others.sort(key=lambda unit: (entries.index(unit[0].entry_id), unit[0].place))
    return [*chain(first, *others)]


def _leans(sentence: Sentence) -> bool:
    return sentence.order > 0 and phrases(sentence.language).leans(sentence.text)


def _names(sentence: Sentence, entry: Entry) -> bool:
    """Whether a sentence names an entry, in whatever form of its words."""
    words = fold(sentence.text).split()
    bare = (w[1:] if w[0] in PROCLITICS and len(w) > _SHORT else w for w in words)  # «لفرط»
    texts = [_stemmed(each, sentence.language) for each in (words, bare)]
    names = [_stemmed(fold(name).split(), entry.language) for name in entry.names]
    return any(name in text for name in names for text in texts)


def _sets_apart(sentence: Sentence, sides: Sequence[Entry]) -> bool:
    """Whether a contrasting word stands between the terms that a sentence names."""
    words = plain(sentence.text).split()
    for start, end in places(" ".join(words), phrases(sentence.language).contrasting):
        halves = (replace(sentence, text=" ".join(half)) for half in (words[:start], words[end:]))
        before, after = ({e.id for e in sides if _names(half, e)} for half in halves)
        if before and after - before:
            return True
    return False


def _opens_with(sentence: Sentence, entry: Entry) -> bool:
    """Whether a sentence is about an entry, and does not only name it."""
    return _names(replace(sentence, text=" ".join(sentence.text.split()[:_OPENING])), entry)


def _stemmed(words: Iterable[str], language: str) -> str:
    return f" {' '.join(stem(word, language) for word in words)} "


def _same(first: Sentence, second: Sentence) -> bool:
    """Whether two sentences say the same, by the words that they have in common."""
    one, other = (set(content_stems(s.text, s.language)) for s in (first, second))
    least = min(len(one), len(other))
    return least >= _LEAST and len(one & other) >= _SAME * least
