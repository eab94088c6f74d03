"""Making a quiz: questions of a glossary's own sentences, each right answer proved by one of them.

What is doubtful is not asked. Options are wrong only if nothing ties them to the term asked for:
neither's definition names the other, no name is part of the other's, and the embedders do not take
the two for the same. A sentence has a gap only where they take the missing term for the likeliest.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import Any, Literal, NamedTuple

import numpy as np

from assistant.answer import Citation
from assistant.assistant import Assistant
from assistant.classroom.changes import MARKS, Changes, agrees
from assistant.classroom.quiz import KINDS, Item, Kind, Quiz, closed, wording
from assistant.classroom.sums import sums
from assistant.phrases import languages, phrases
from knowledge.entry import EXAMPLE, SUMMARY, Entry, Sentence
from knowledge.glossary import Glossary
from knowledge.language.grammar import content_stems
from knowledge.language.text import base
from knowledge.language.words import PROCLITICS, fold, is_unspaced, proclitic_forms, stem
from knowledge.search.index import Index

GAP = "____"
Difficulty = Literal["near", "far"]
_WRONG, _LEAST_WRONG = 3, 2  # options
_STEPS = range(3, 6)  # of an order: two are a coin's toss, more than five too many to hold
_LENGTH, _LONGEST = (30, 330), 600  # characters of a sentence that is asked; of one with a sum
_LEAST_WORDS = 4  # of meaning, in a definition without its term
_ARTICLE = 12  # characters before a definition's term, at the most: “In Europe, a ____ is”
_COMMON, _SAMPLE = 0.08, 1000  # of the definitions, so many of which are looked at
_SAME, _BOTH = 3.4, 2.0
"""Deviations by which two definitions may be nearer than any two are: as near lie synonyms (top-k
and top-p sampling 6.5, GPU and TPU 3.4); and where the terms are related, of which one may be the
wider (parallelism and distributed training 2.4)."""
_KIN = 1.7
"""The same from which on a term may fit the gap of another: parallelism, distributed training."""
_LIKELIER = 0.09
"""The cosine (Universal Sentence Encoder) by which a term must fit a gap better than wrong ones."""
_KIND, _OPENING = 0.8, 1.2  # deviations that a category, a relation, the same opening bring nearer
_FEW = 3  # terms
_NEAREST = 4  # terms, of which the wrong ones of a hard question are drawn
_TERM = attrgetter("term")
_WORD = re.compile(rf"[^\W\d_][\w{MARKS}]*(?:-[\w{MARKS}]+)*")
_ITEM = r"\(?\d{1,2}[.)]"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What kind of quiz is wanted."""

    language: str
    number: int = 10
    kinds: tuple[Kind, ...] = KINDS
    difficulty: Difficulty = "near"
    """Wrong answers that are near the right one, or far from it."""
    crossed: bool = False
    """Whether terms are in ``language`` and their definitions in another."""
    seed: int = 0


def scope(glossary: Glossary, terms: Sequence[str] = (), category: str = "") -> tuple[str, ...]:
    """The ids of what a quiz is on: some terms, a category, or the whole glossary.

    One or two terms are few to ask about: those that are related to them come along.
    """
    ids = tuple(terms or sorted(glossary.within(category)) or glossary.ids)
    if len(ids) >= _FEW:
        return ids
    related = (other.id for i in ids for e in glossary.versions(i) for other in glossary.related(e))
    return tuple(dict.fromkeys((*ids, *related)))


class _Asked(NamedTuple):
    """What is asked of an entry: the right option first, or all steps in their right sequence."""

    key: Citation
    text: str
    options: Sequence[str]
    change: str = ""


@dataclass(frozen=True, slots=True)
class _Draw:
    """One quiz as it is made: what is wanted, chance, and the sentences that are keys so far."""

    wanted: Wanted
    rng: Random
    keys: set[str]

    def item(self, kind: Kind, entry: Entry, asked: _Asked) -> Item:
        """A question with its options shuffled."""
        places = order = [*range(len(asked.options))]
        if kind != "truth":
            order = self.rng.sample(places, len(places))
        while kind == "order" and order == places:
            order = self.rng.sample(places, len(places))
        right = tuple(map(order.index, places if kind == "order" else [int(asked.change != "")]))
        term = phrases(entry.language).quoted.format(term=entry.term)
        asks = str(wording("quiz", entry.language)["prompts"][kind]).format(term=term)
        prompt = "\n".join(filter(None, (asks, asked.text)))
        options = tuple(asked.options[n] for n in order)
        return Item(kind, entry.language, prompt, options, right, asked.key, asked.change)


class QuizMaker:
    """Makes quizzes of an assistant's glossary. Threads may share one."""

    def __init__(self, assistant: Assistant) -> None:
        self._glossary, self._linker = assistant.glossary, assistant.linker
        self._indexes = assistant.retriever.indexes
        self._changes = Changes(self._glossary, self._linker)
        # What is found once is kept with this, and goes with it.
        self._defining = cache(self._find_defining)
        self._common = cache(self._find_common)
        self._tied = cache(self._find_tied)
        self._nearness = cache(self._measure)
        self._makers: dict[Kind, Callable[[Entry, _Draw], _Asked | None]] = {
            "term": self._term, "definition": self._definition, "gap": self._gap,
            "order": self._order, "truth": self._truth, "sum": self._sum,
        }  # fmt: skip

    def make(self, ids: Iterable[str], wanted: Wanted, title: str = "") -> Quiz:
        """A quiz on some terms, by their ids; the same for the same seed.

        It has fewer questions than wanted where no more can be asked without a doubt.
        """
        rng = Random(f"{wanted.seed} {wanted.language}")  # noqa: S311  (no secret)
        draw, versions = _Draw(wanted, rng, set()), self._glossary.versions
        found = (self._glossary.get(i, wanted.language) for i in dict.fromkeys(ids))
        entries = [e for e in found if e and base(e.language) == base(wanted.language)]
        entries = [e for e in entries if not wanted.crossed or len(versions(e.id)) > 1]
        able: tuple[Kind, ...] = ("term", "definition") if wanted.crossed else KINDS
        left = {kind: rng.sample(entries, len(entries)) for kind in able if kind in wanted.kinds}
        used: Counter[str] = Counter()
        items: list[Item] = []
        while len(items) < wanted.number and any(left.values()):
            for kind, some in left.items():
                # Of the terms least asked about, the first that has such a question.
                for entry in sorted(some, key=lambda entry: used[entry.id]):
                    some.remove(entry)
                    if asked := self._makers[kind](entry, draw):
                        items.append(draw.item(kind, entry, asked))
                        draw.keys.add(asked.key.quote)
                        used[entry.id] += 1
                        if kind in ("gap", "truth"):
                            some.append(entry)  # it has other sentences
                        break
        items = items[: wanted.number]
        rng.shuffle(items)
        return Quiz(title, wanted.language, tuple(items))

    def _term(self, entry: Entry, draw: _Draw) -> _Asked | None:
        told = self._told(entry, draw)
        sentence = self._defining(told)
        text = self._without(sentence.text, told, told) if sentence else ""
        options = self._options(entry, draw, _TERM) if text else []
        if not sentence or not options:
            return None
        return _Asked(_cited(told, sentence), _with_any_article(text), options)

    def _definition(self, entry: Entry, draw: _Draw) -> _Asked | None:
        told = self._told(entry, draw)

        def said(other: Entry) -> str:
            version = self._told(other, draw)
            return self._phrased(version, told) if version.language == told.language else ""

        sentence, options = self._defining(told), self._options(entry, draw, said)
        return _Asked(_cited(told, sentence), "", options) if sentence and options else None

    def _told(self, entry: Entry, draw: _Draw) -> Entry:
        """The version of an entry whose definition is shown."""
        others = (e for e in self._glossary.versions(entry.id) if e is not entry)
        return next(others, entry) if draw.wanted.crossed else entry

    def _find_defining(self, entry: Entry) -> Sentence | None:
        """The sentence that defines a term, if one can be asked for it."""
        found = min(entry.sentences, key=lambda s: s.section != SUMMARY, default=None)
        return found if found and _is_prose(found, entry) and not entry.same_as else None

    def _phrased(self, entry: Entry, asked: Entry) -> str:
        """A definition as an answer to what a term is; nothing where it is none, or has gaps."""
        sentence = self._defining(entry)
        text = self._without(sentence.text, entry, asked) if sentence else ""
        lead, gap, rest = text.partition(GAP)
        if gap and len(lead) <= _ARTICLE and not content_stems(lead, entry.language):
            text = f"… {rest.lstrip(' ,،')}"
        return "" if GAP in text else text

    def _without(self, text: str, entry: Entry, asked: Entry) -> str:
        """A text with gaps for the names of an entry, and for words of the term that is asked for.

        Nothing where too little is left, or so much is gone that it cannot be read.
        """
        spans = self._named_at(text, entry)
        for start, end in list(spans):  # a name in brackets behind a name is another name of it
            bracket = re.match(r"['’]?\s*[(（][^()（）]{1,80}[)）]", text[end:])
            spans += [(start, end + bracket.end())] if bracket else []
        own = set(content_stems(asked.term, entry.language)) - self._common(entry.language)
        own = {root for root in own if len(root) != 2 or not root.isalpha()}  # noqa: PLR2004
        spans += [m.span() for m in _WORD.finditer(text) if _is_kin(m[0], own, entry.language)]
        text = _gapped(text, spans)
        left = content_stems(text.replace(GAP, " "), entry.language)
        return text if len(left) >= _LEAST_WORDS and text.count(GAP) <= 1 else ""

    def _find_common(self, language: str) -> frozenset[str]:
        """Stems that so many definitions have that they tell none: “bee” among bees."""
        some = self._nearness(base(language)).entries[:_SAMPLE]
        texts = [sentence.text for e in some if (sentence := self._defining(e))]
        counts = Counter(each for text in texts for each in set(content_stems(text, language)))
        return frozenset(each for each, count in counts.items() if count > _COMMON * len(texts))

    def _named_at(self, text: str, entry: Entry) -> list[tuple[int, int]]:
        """Where a text has a name of an entry, in any language and most forms."""
        links = self._linker.places(text, entry.language)
        names = {name for version in self._glossary.versions(entry.id) for name in version.names}
        found = [match.span() for name in names for match in _pattern(name).finditer(text)]
        return [*(link.span for link in links if link.entry_id == entry.id), *found]

    def _options(
        self,
        entry: Entry,
        draw: _Draw,
        said: Callable[[Entry], str],
        excluded: Collection[str] = (),
    ) -> list[str]:
        """What an entry says, and others that are surely wrong; nothing where those are too few."""
        if not (right := said(entry)):
            return []
        near: dict[str, float] = {}  # in the language where a term is nearest
        for version in self._glossary.versions(entry.id):
            own = self._nearness(base(version.language))
            for other_id, close in zip(own.places, own.to(version), strict=False):
                near[other_id] = max(float(close), near.get(other_id, -np.inf))
        out = {entry.id, *self._tied(entry), *excluded}
        found: list[tuple[float, Entry]] = []
        for other in self._nearness(base(entry.language)).entries:
            related = other.id in entry.related or entry.id in other.related
            close = near.get(other.id, np.inf)
            if close <= (_BOTH if related else _SAME) and other.id not in out:
                kin = (other.category == entry.category) + related
                found.append((close + _KIND * kin, other))
        found.sort(key=lambda pair: -pair[0])
        if draw.wanted.difficulty == "far":
            found = draw.rng.sample(found[len(found) // 2 :], len(found) - len(found) // 2)
        wrong = []
        for close, other in found[: 4 * _NEAREST]:
            if entry.id in self._tied(other) or _overlap(entry, other) or not (text := said(other)):
                continue
            nearer = close + _OPENING * (_opening(text) == _opening(right))
            wrong.append((agrees(entry.term, other.term), nearer, text))
        wrong.sort(reverse=True)
        best = {fold(text): text for *_, text in reversed(wrong[:_NEAREST])}
        if len(best) < _LEAST_WRONG:
            return []
        return [right, *draw.rng.sample([*best.values()], min(_WRONG, len(best)))]

    def _find_tied(self, entry: Entry) -> frozenset[str]:
        """The ids of the terms that the definition of an entry names, in any language."""
        versions = self._glossary.versions(entry.id)
        told = [(s.text, v.language) for v in versions if (s := self._defining(v))]
        return frozenset(link.entry_id for each in told for link in self._linker.places(*each))

    def _measure(self, language: str) -> "_Nearness":
        own = (entry for entry in self._glossary.entries if base(entry.language) == language)
        rows = {entry: sentence.id for entry in own if (sentence := self._defining(entry))}
        return _Nearness(rows, self._indexes)

    def _gap(self, entry: Entry, draw: _Draw) -> _Asked | None:
        """A sentence with a gap for a term that it names, if that term alone fits."""
        places = [
            (sentence, term)
            for sentence in self._statements(entry, draw)
            for link in self._linker.find(sentence.text, entry.language)
            if link.entry_id != entry.id
            and (term := self._glossary.get(link.entry_id, entry.language))
        ]
        for sentence, term in draw.rng.sample(places, len(places)):
            text = self._with_gap(sentence, term)
            unfit = self._unfit(text, sentence, entry, term) if text else None
            options = [] if unfit is None else self._options(term, draw, _TERM, unfit)
            if len(options) > _WRONG:
                return _Asked(_cited(entry, sentence), _with_any_article(text), options)
        return None

    def _with_gap(self, sentence: Sentence, term: Entry) -> str:
        """A sentence with a gap for a term; nothing where more of it would be told or missing."""
        spans = self._named_at(sentence.text, term)
        if any(sentence.text[slice(*span)].casefold() != term.term.casefold() for span in spans):
            return ""  # another name or form, which agrees with other words
        text, own = _gapped(sentence.text, spans), set(content_stems(term.term, term.language))
        told = any(_is_kin(word, own, term.language) for word in _WORD.findall(text))
        return text if text.count(GAP) == 1 and not told else ""

    def _unfit(self, text: str, sentence: Sentence, entry: Entry, term: Entry) -> set[str] | None:
        """Ids of the terms that might fit a gap, too; None where it is not clear that one does."""
        near = self._nearness(base(entry.language))
        if term.id not in near.places:
            return None
        fit, kin = near.fit(text.replace(GAP, "…")), near.to(term)
        likeliest = fit[near.places[term.id]]
        links = self._linker.places(sentence.text, entry.language)
        named = {entry.id, *(link.entry_id for link in links)}
        rivals = (n for i, n in near.places.items() if i not in named)
        if any(fit[n] > likeliest - _LIKELIER / 3 for n in rivals):
            return None
        beside = " ".join(s.text for s in entry.sentences if s.paragraph == sentence.paragraph)
        named |= {link.entry_id for link in self._linker.places(beside, entry.language)}
        unfit = (fit > likeliest - _LIKELIER) | (kin > _KIN)
        return named | set(term.related) | {i for i, n in near.places.items() if unfit[n]}

    def _statements(self, entry: Entry, draw: _Draw) -> Iterator[Sentence]:
        """Sentences that say something of a term, can be read alone, and are no keys yet."""
        known = base(entry.language) in languages()  # else only its name shows what it is about
        for sentence in entry.sentences:
            text = sentence.text
            apart = sentence.section.startswith((EXAMPLE, "misconception")) or text in draw.keys
            if apart or sentence is self._defining(entry) or not _is_prose(sentence, entry):
                continue
            leans = phrases(entry.language).leans(text) or text.endswith(("?", "؟", ":"))
            if not leans and (known or self._named_at(text, entry)):
                yield sentence

    def _truth(self, entry: Entry, draw: _Draw) -> _Asked | None:
        said = list(self._statements(entry, draw))
        thoughtful = [(s, change) for s in said for change in self._changes.of(entry, s)]
        made = thoughtful or [
            (s, change) for s in said for change in self._changes.numbers(entry, s, draw.rng)
        ]
        if not made:
            return None
        sentence, change = draw.rng.choice(made)
        options, is_true = wording("quiz", entry.language)["truth"], draw.rng.random() >= 0.5  # noqa: PLR2004
        text, key = sentence.text, _cited(entry, sentence)
        if is_true:
            return _Asked(key, text, options)
        text = text[: change.start] + change.new + text[change.end :]
        return _Asked(key, text, options, change.told)

    def _order(self, entry: Entry, _draw: _Draw) -> _Asked | None:
        """What is numbered; the key is all of the passage."""
        for run, steps in _steps(entry):
            if len(run) in _STEPS and len(set(steps)) == len(run):
                return _Asked(_cited(entry, *run), "", steps)
        return None

    def _sum(self, entry: Entry, draw: _Draw) -> _Asked | None:
        """An example without a result, or without what it is made of, that comes out."""
        found = []
        example = [s for s in entry.sentences if s.section.startswith(EXAMPLE)]
        for n, sentence in enumerate(example):
            before = " ".join(s.text for s in example[:n] if s.paragraph == sentence.paragraph)
            if _is_prose(sentence, entry, _LONGEST):
                those = (each for each in sums(before, sentence.text) if len(each.wrong) >= _WRONG)
                found += [(sentence, before, each) for each in those]
        if not found:
            return None
        sentence, before, each = draw.rng.choice(found)
        text = f"{before} {each.before}{GAP}{each.after}".strip()
        options = [each.right, *draw.rng.sample(each.wrong, _WRONG)]
        return _Asked(_cited(entry, sentence), text, options)


class _Nearness:
    """The definitions of one language, and how near they are to each other and to a text."""

    def __init__(self, rows: dict[Entry, str], indexes: Sequence[Index]) -> None:
        places = [{row: n for n, row in enumerate(index.ids)} for index in indexes]
        self.entries = [e for e, row in rows.items() if all(row in each for each in places)]
        self.places = {entry.id: n for n, entry in enumerate(self.entries)}
        self._embedder = indexes[-1].embedder
        self._vectors = [
            np.asarray(index.vectors[[own[rows[entry]] for entry in self.entries]], np.float32)
            for index, own in zip(indexes, places, strict=True)
        ]
        some = [vectors[:_SAMPLE] for vectors in self._vectors]
        cosines = [(each @ each.T)[~np.eye(len(each), dtype=bool)] for each in some]
        self._scales = [(c.mean(), c.std() or 1.0) if len(c) else (0.0, 1.0) for c in cosines]

    def to(self, entry: Entry) -> Any:  # noqa: ANN401
        """How near the definitions are to an entry's, in deviations from any two; if it has one."""
        if (n := self.places.get(entry.id)) is None:
            return ()
        pairs = zip(self._vectors, self._scales, strict=True)
        return np.mean([(vectors @ vectors[n] - m) / s for vectors, (m, s) in pairs], axis=0)

    def fit(self, text: str) -> Any:  # noqa: ANN401
        """The cosines of a text to the definitions, by the last embedder, the fast one."""
        vector = np.asarray(self._embedder.passages([text])[0])
        return self._vectors[-1] @ vector / (np.linalg.norm(vector) or 1.0)


def _cited(entry: Entry, *run: Sentence) -> Citation:
    """The citation of a sentence, or of a passage from its first to its last."""
    name, start, end = run[0].section, run[0].start, run[-1].end
    text = entry.text(name)[start:end]
    return Citation(1, entry.id, entry.term, entry.language, name, text, start, end)


def _steps(entry: Entry) -> Iterator[tuple[list[Sentence], list[str]]]:
    """The items of a numbered list; sentences that begin with first, then, finally."""
    openers = closed(entry.language, "openers") or _ITEM
    leads = re.compile(rf"\s*(?:{_ITEM}|(?:{openers})(?!\w)[,،:]?)\s+", re.IGNORECASE)
    runs = groupby(entry.sentences, lambda s: (s.section, s.paragraph, bool(leads.match(s.text))))
    for (*_, is_led), group in runs:
        run = list(group)
        texts = [leads.sub("", sentence.text, count=1) for sentence in run]
        if is_led:
            yield run, [text[:1].upper() + text[1:] for text in texts]


def _opening(text: str) -> str:
    return next(iter(text.lstrip("… ").split()), "")


def _is_prose(sentence: Sentence, entry: Entry, most: int = _LENGTH[1]) -> bool:
    """Whether a sentence is one of a text, of a length that can be asked."""
    least = _LENGTH[0] // 2 if is_unspaced(sentence.text[0]) else _LENGTH[0]
    is_drawn = entry.block_at(sentence.section, sentence.start) is not None
    is_marked = re.search(r"[\\$|{}]|\n|https?:|```", sentence.text) is not None
    return least <= len(sentence.text) <= most and not is_drawn and not is_marked


@lru_cache(maxsize=8192)
def _pattern(name: str) -> re.Pattern[str]:
    """A name with what is written with it: an article, a preposition, an ending."""
    if any(map(is_unspaced, name)):
        return re.compile(re.escape(name))
    arabic = re.search(r"[\u0621-\u064a]", name)
    before = f"(?:[{PROCLITICS}]{{0,2}}(?:ال|لل)?)" if arabic else ""
    after = r"\w{0,3}" if len(name) > 3 and not arabic else ""  # noqa: PLR2004
    core = r"[\s\-]+".join(map(re.escape, re.split(r"[\s\-]+", name)))
    return re.compile(rf"(?<!\w){before}{core}{after}(?![\w{MARKS}])", re.IGNORECASE)


def _gapped(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with gaps for some spans, one for those that overlap or stand together."""
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return re.sub(r"\0+(?:[\s-]*\0+)*", GAP, text)


def _with_any_article(text: str) -> str:
    """A text whose English article before a gap does not tell how the term begins."""
    return re.sub(rf"\b([Aa])n? {GAP}", rf"\1(n) {GAP}", text)


def _is_kin(word: str, stems: set[str], language: str) -> bool:
    """Whether a word is of the same root as one of some stems: tokeniser, token."""
    own = {stem(part, language) for form in proclitic_forms(fold(word)) for part in form.split()}
    roots = tuple(s[: max(5, len(s) - 2)] for s in stems if len(s) > 4)  # noqa: PLR2004
    return not own.isdisjoint(stems) or any(each.startswith(roots) for each in own)


def _overlap(one: Entry, other: Entry) -> bool:
    """Whether a name of one is part of a name of the other: a model and a language model."""
    mine, theirs = (
        [frozenset(content_stems(name, one.language)) for name in entry.names]
        for entry in (one, other)
    )
    return any(a and b and (a <= b or b <= a) for a in mine for b in theirs)
