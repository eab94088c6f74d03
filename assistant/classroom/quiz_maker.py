"""Making a quiz: questions of a glossary's own sentences, each right answer proved by one of them.

What is doubtful is not asked. Options are wrong only if nothing ties them to the term asked for:
neither's definition names the other, no name is part of the other's, and the embedders do not take
the two for the same. A sentence has a gap only where they take the missing term for the likeliest.
"""

import ast
import operator
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from random import Random
from typing import Any, Literal, NamedTuple, Self

import numpy as np

from assistant.answer import Citation
from assistant.assistant import Assistant
from assistant.classroom.quiz import KINDS, Item, Kind, Quiz, quoted, words
from assistant.phrases import languages, phrases
from assistant.verification import notes
from knowledge.entry import EXAMPLE, SUMMARY, Entry, Sentence
from knowledge.exports import Selection
from knowledge.glossary import Glossary
from knowledge.language.grammar import content_stems
from knowledge.language.quantities import is_figure
from knowledge.language.text import base, written_in
from knowledge.language.words import PROCLITICS, fold, is_unspaced, normalize, stem
from knowledge.linking import Linker
from knowledge.search.index import Index

GAP = "____"
MOST = 100
"""Questions of a quiz."""
Difficulty = Literal["near", "far"]
_OPTIONS = 4
_LEAST_OPTIONS = 3
_STEPS = (3, 5)  # of an order: fewer are a coin's toss, more are too many to hold
_LENGTH = (30, 330)  # characters of a sentence or definition that is asked
_LEAST_WORDS = 4  # of meaning, in a definition without its term
_MOST_GAPS = 3
_COMMON = 0.08  # of the definitions
_ARTICLE = 12  # characters before a definition's term, at the most: “In Europe, a ____ is”
_SAME = 3.4
"""Deviations by which the definitions of two terms may be nearer than those of any two: as near lie
synonyms. Between top-k and top-p sampling there are 3.9, between two kinds of network 3.2."""
_KIN = 1.7
"""The same from which on a term may fit the gap of another: parallelism, distributed training."""
_LIKELIER = 0.09
"""The cosine (Universal Sentence Encoder) by which a term must fit a gap better than wrong ones."""
_FEW = 3  # terms
_HARD = 13  # of the numbers of a sum, the greatest at the least
_NEAREST = 7  # terms, of which the wrong ones of a hard question are drawn
_NUMBER = re.compile(r"(?<![\w.,/:^–−-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w/:^–−]|[-.,]\d)")
_YEAR = re.compile(r"(?<![\w.,-])(?:1[0-9]|20)\d\d(?![\w.,%]\d|\w)")
_SUM = re.compile(
    r"(?P<left>[(\d][\d.,\s()+×*/÷−–-]*[\d)])\s*[=≈]\s*(?P<right>[−-]?\d+(?:,\d{3})*(?:\.\d+)?)(?P<rate>\s?[%٪])?"
    r"(?![\d\w]*\s*[+×*/÷^=−–])"
)
_MARKS = "\u064b-\u0652"  # of Arabic vowels, which are no letters
_WORD = re.compile(rf"[^\W\d_][\w{_MARKS}]*(?:-[\w{_MARKS}]+)*")
_ITEM = re.compile(r"\s*\(?(\d{1,2})[.)]\s+")
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "–": "-", ",": None})
_OPERATORS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


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
    """The ids of what a quiz is on: terms by id or name, a category, or the whole glossary.

    One or two terms are few to ask about: those that are related to them come along.

    Raises:
        ExportError: there is no such term or category.
    """
    chosen, _ = Selection(tuple(terms), category).entries(glossary)
    ids = tuple(dict.fromkeys(entry.id for entry in chosen))
    if not terms or len(ids) >= _FEW:
        return ids
    entries = [entry for i in ids for entry in glossary.versions(i)]
    related = (other.id for entry in entries for other in glossary.related(entry))
    return tuple(dict.fromkeys((*ids, *related)))


class _Change(NamedTuple):
    """Another word for one of a sentence, with which it is false."""

    start: int
    end: int
    new: str
    told: str = ""
    """The change in words, where it is not “this → that”."""


class QuizMaker:
    """Makes quizzes of one glossary. Threads may share one."""

    def __init__(self, glossary: Glossary, indexes: Sequence[Index], linker: Linker) -> None:
        self._glossary = glossary
        self._indexes = tuple(indexes)
        self._linker = linker
        self._near: dict[str, _Nearness] = {}
        self._makers = {
            "term": self._term,
            "definition": self._definition,
            "gap": self._gap,
            "order": self._order,
            "truth": self._truth,
            "sum": self._sum,
        }

    @classmethod
    def of(cls, assistant: Assistant) -> Self:
        """That of an assistant's glossary."""
        return cls(assistant.glossary, assistant.retriever.indexes, assistant.linker)

    def make(self, ids: Iterable[str], wanted: Wanted, title: str = "") -> Quiz:
        """A quiz on some terms, by their ids; the same for the same seed.

        It has fewer questions than wanted where no more can be asked without a doubt.
        """
        rng = Random(f"{wanted.seed} {wanted.language}")  # noqa: S311  (no secret)
        tag = wanted.language
        found = (self._glossary.get(i, tag) for i in dict.fromkeys(ids))
        entries = [e for e in found if e and base(e.language) == base(tag) and not e.same_as]
        kinds = [kind for kind in KINDS if kind in wanted.kinds]
        if wanted.crossed:
            kinds = [kind for kind in kinds if kind in ("term", "definition")]
        left = {kind: rng.sample(entries, len(entries)) for kind in kinds}
        used: Counter[str] = Counter()
        items: list[Item] = []
        while len(items) < min(wanted.number, MOST) and any(left.values()):
            for kind in kinds:
                # Of the terms least asked about, the first that has such a question.
                for entry in sorted(left[kind], key=lambda entry: used[entry.id]):
                    left[kind].remove(entry)
                    keys = {item.key.quote for item in items}
                    if item := self._makers[kind](entry, rng, wanted, keys):
                        items.append(item)
                        used[entry.id] += 1
                        if kind in ("gap", "truth"):
                            left[kind].append(entry)  # it has other sentences
                        break
        items = items[: wanted.number]
        rng.shuffle(items)
        return Quiz(title, tag, tuple(items))

    # Which term, which definition

    def _term(self, entry: Entry, rng: Random, wanted: Wanted, _: set[str]) -> Item | None:
        told = self._told(entry, wanted)
        sentence = self._defining(told) if told else None
        others = self._others(entry, wanted.difficulty, rng)
        if not told or not sentence or len(others) < _LEAST_OPTIONS - 1:
            return None
        text = self._without(sentence.text, told)
        if text is None:
            return None
        options, right = _shuffled(entry.term, [other.term for other in others], rng)
        prompt = f"{words(entry.language)['prompts']['term']}\n{text}"
        return Item("term", entry.language, prompt, options, (right,), _cited(told, sentence))

    def _definition(self, entry: Entry, rng: Random, wanted: Wanted, _: set[str]) -> Item | None:
        told = self._told(entry, wanted)
        sentence = self._defining(told) if told else None
        right = self._phrased(told, told) if told else None
        if not told or not sentence or not right:
            return None

        def phrased(other: Entry) -> str:
            version = self._told(other, wanted)
            return (self._phrased(version, told) if version else None) or ""

        def alike(other: Entry) -> float:
            text = phrased(other)
            return 1.2 * (_opening(text) == _opening(right)) if text else -np.inf

        wrong = [phrased(other) for other in self._others(entry, wanted.difficulty, rng, alike)]
        told_by_gap = GAP in right and not any(GAP in text for text in wrong)
        if len(wrong) < _LEAST_OPTIONS - 1 or told_by_gap:
            return None
        options, place = _shuffled(right, wrong, rng)
        prompt = _asked(entry, "definition")
        key = _cited(told, sentence)
        return Item("definition", entry.language, prompt, options, (place,), key)

    def _told(self, entry: Entry, wanted: Wanted) -> Entry | None:
        """The version of an entry whose definition is shown."""
        if not wanted.crossed:
            return entry
        return next((e for e in self._glossary.versions(entry.id) if e is not entry), None)

    def _phrased(self, entry: Entry, asked: Entry) -> str | None:
        """A definition without its term, as an answer to what another is, without that's words."""
        sentence = self._defining(entry)
        if not sentence:
            return None
        text = self._without(sentence.text, entry, asked)
        lead, gap, rest = (text or "").partition(GAP)
        if gap and len(lead) <= _ARTICLE and not content_stems(lead, entry.language):
            return f"… {rest.lstrip(' ,،')}"
        return text

    @cache  # noqa: B019
    def _defining(self, entry: Entry) -> Sentence | None:
        """The sentence that defines a term, if one can be asked for it."""
        found = next((s for s in entry.sentences if s.section == SUMMARY), None)
        found = found or next(iter(entry.sentences), None)
        if found is None or not _is_prose(found, entry):
            return None
        return found

    def _without(self, text: str, entry: Entry, asked: Entry | None = None) -> str | None:
        """A text with gaps for the names of an entry, and for words of the term that is asked for.

        None where too little is left, or so much is gone that it cannot be read.
        """
        spans = self._named_at(text, entry)
        for start, end in list(spans):  # a name in brackets behind a name is another name of it
            if bracket := re.match(r"['’]?\s*[(（][^()（）]{1,80}[)）]", text[end:]):
                spans.append((start, end + bracket.end()))
        text = _gapped(text, spans)
        own = set(content_stems((asked or entry).term, entry.language))
        own -= self._common(entry.language)
        words_there = _WORD.finditer(text)
        more = [m.span() for m in words_there if _is_kin(m[0], own, entry.language)]
        text = _gapped(text, more)
        left = content_stems(text.replace(GAP, " "), entry.language)
        if len(left) < _LEAST_WORDS or text.count(GAP) > _MOST_GAPS or _leaks(text, entry):
            return None
        return text

    @cache  # noqa: B019
    def _common(self, language: str) -> frozenset[str]:
        """Stems that so many definitions have that they tell none: “bee” among bees."""
        every = [s for e in self._nearness(language).entries if (s := self._defining(e))]
        counts = Counter(stem for s in every for stem in set(content_stems(s.text, language)))
        return frozenset(stem for stem, count in counts.items() if count > _COMMON * len(every))

    def _named_at(self, text: str, entry: Entry) -> list[tuple[int, int]]:
        """Where a text has a name of an entry, in any language and most forms."""
        links = self._linker.places(text, entry.language)
        spans = [tuple(link.span) for link in links if link.entry_id == entry.id]
        for version in self._glossary.versions(entry.id):
            for name in version.names:
                spans += [match.span() for match in _pattern(name).finditer(text)]
        return spans  # type: ignore[return-value]

    def _others(
        self,
        entry: Entry,
        difficulty: Difficulty,
        rng: Random,
        alike: Callable[[Entry], float] = lambda _: 0.0,
        excluded: frozenset[str] = frozenset(),
    ) -> list[Entry]:
        """Terms that are surely wrong where a term is right."""
        near = self._nearness(entry.language)
        if entry.id not in near.places:
            return []
        closeness = near.between[near.places[entry.id]]
        own = self._tied(entry)
        found: list[tuple[float, Entry]] = []
        for other in near.entries:
            close = float(closeness[near.places[other.id]])
            if close <= _SAME and other.id not in (own | excluded | {entry.id}):
                kin = 0.4 * (other.category == entry.category) + 0.4 * (other.id in entry.related)
                found.append((close + kin, other))
        found.sort(key=lambda pair: -pair[0])
        if difficulty == "far":
            found = rng.sample(found[len(found) // 2 :], len(found) - len(found) // 2)
        found = [
            (close + more, other)
            for close, other in found[: 4 * _NEAREST]
            if entry.id not in self._tied(other)
            and not _overlap(entry, other)
            and (more := alike(other)) > -np.inf
        ]
        found.sort(key=lambda pair: -pair[0])
        chosen: list[Entry] = []
        for _, other in rng.sample(found[:_NEAREST], min(_NEAREST, len(found))):
            if len(chosen) < _OPTIONS - 1 and fold(other.term) not in map(_term_of, chosen):
                chosen.append(other)
        return chosen

    @cache  # noqa: B019
    def _tied(self, entry: Entry) -> frozenset[str]:
        """The ids of the terms that the definition of an entry names, in any language."""
        versions = self._glossary.versions(entry.id)
        texts = [(s.text, v.language) for v in versions if (s := self._defining(v))]
        return frozenset(
            link.entry_id for text, tag in texts for link in self._linker.places(text, tag)
        )

    def _nearness(self, language: str) -> "_Nearness":
        """How near the definitions of a language are to each other."""
        tag = base(language)
        if tag not in self._near:
            entries = [
                entry
                for entry in self._glossary.entries
                if base(entry.language) == tag and not entry.same_as and self._defining(entry)
            ]
            rows = [sentence.id for e in entries if (sentence := self._defining(e))]
            self._near[tag] = _Nearness(entries, rows, self._indexes)
        return self._near[tag]

    # Fill the gap

    def _gap(self, entry: Entry, rng: Random, wanted: Wanted, keys: set[str]) -> Item | None:
        places = [
            (sentence, link.entry_id)
            for sentence in self._statements(entry)
            if sentence.text not in keys
            for link in self._linker.find(sentence.text, entry.language)
        ]
        for sentence, wanted_id in rng.sample(places, len(places)):
            item = self._gap_in(entry, sentence, wanted_id, rng, wanted)
            if item:
                return item
        return None

    def _gap_in(
        self, entry: Entry, sentence: Sentence, meant: str, rng: Random, wanted: Wanted
    ) -> Item | None:
        """The sentence with a gap for a term, if that term alone fits."""
        term = self._glossary.get(meant, entry.language)
        near = self._nearness(entry.language)
        if not term or meant not in near.places or meant == entry.id:
            return None
        spans = self._named_at(sentence.text, term)
        text = _gapped(sentence.text, spans)
        own = set(content_stems(term.term, entry.language))
        said = (content_stems(sentence.text[slice(*span)], entry.language) for span in spans)
        if any(not own.issuperset(stems) for stems in said):
            return None  # another name, which agrees with other words
        if text.count(GAP) != 1 or own & set(content_stems(text.replace(GAP, " "), entry.language)):
            return None
        fit = near.fit(text.replace(GAP, "…"))
        likeliest = fit[near.places[meant]]
        named = {link.entry_id for link in self._linker.places(sentence.text, entry.language)}
        here = frozenset(self._in_paragraph(entry, sentence) | named | {entry.id})
        rivals = [n for i, n in near.places.items() if i not in named and i != entry.id]
        if any(fit[n] > likeliest - _LIKELIER / 3 for n in rivals):
            return None
        kin = near.between[near.places[meant]] > _KIN
        unfit = {i for i, n in near.places.items() if kin[n] or fit[n] > likeliest - _LIKELIER}
        here |= frozenset(term.related)
        others = self._others(term, wanted.difficulty, rng, excluded=here | unfit)
        if len(others) < _OPTIONS - 1:
            return None
        options, right = _shuffled(term.term, [other.term for other in others], rng)
        text = re.sub(rf"\b([Aa])n? {GAP}", rf"\1(n) {GAP}", text)  # English
        prompt = f"{_asked(entry, 'gap')}\n{text}"
        return Item("gap", entry.language, prompt, options, (right,), _cited(entry, sentence))

    def _in_paragraph(self, entry: Entry, sentence: Sentence) -> set[str]:
        """The ids of the terms that a sentence's neighbours name."""
        texts = [s.text for s in entry.sentences if s.paragraph == sentence.paragraph]
        return {link.entry_id for t in texts for link in self._linker.places(t, entry.language)}

    def _statements(self, entry: Entry) -> Iterator[Sentence]:
        """Sentences that say something of a term and can be read alone."""
        defining = self._defining(entry)
        known = base(entry.language) in languages()
        for sentence in entry.sentences:
            if sentence.section.startswith((EXAMPLE, "misconception")) or sentence is defining:
                continue
            if not _is_prose(sentence, entry) or sentence.text.endswith(("?", "؟", ":")):
                continue
            if not known and not self._named_at(sentence.text, entry):
                continue
            if not phrases(entry.language).leans(sentence.text):
                yield sentence

    # True or false

    def _truth(self, entry: Entry, rng: Random, wanted: Wanted, keys: set[str]) -> Item | None:
        made = [
            (weight, sentence, change)
            for sentence in self._statements(entry)
            if sentence.text not in keys
            for weight, changes in (
                (4, self._exchanged(entry, sentence)),
                (4, self._opposites(sentence)),
                (2, self._numbers(entry, sentence, rng, wanted)),
                (1, self._names(entry, sentence, rng)),
            )
            for change in changes
        ]
        if not made:
            return None
        ((_, sentence, change),) = rng.choices(made, [weight for weight, *_ in made])
        text, told, is_true = sentence.text, "", rng.random() < 0.5  # noqa: PLR2004
        if not is_true:
            text = text[: change.start] + change.new + text[change.end :]
            told = change.told or f"{sentence.text[change.start : change.end]} → {change.new}"
        return Item(
            "truth",
            entry.language,
            f"{_asked(entry, 'truth')}\n{text}",
            tuple(words(entry.language)["truth"]),
            (0 if is_true else 1,),
            _cited(entry, sentence),
            told,
        )

    def _exchanged(self, entry: Entry, sentence: Sentence) -> Iterator[_Change]:
        """The two terms that a sentence sets against each other, one in the place of the other."""
        text, language = sentence.text, sentence.language
        links = list(self._linker.places(text, language))
        if not sentence.section.startswith("contrast") or len(links) != 2:  # noqa: PLR2004
            return
        places: list[tuple[int, int]] = []
        for link in links:
            named = self._glossary.get(link.entry_id, language)
            start, end = link.span
            plain = text[start:end].casefold()
            if not named or plain not in {name.casefold() for name in named.names}:
                return  # with an ending or a particle, which the other may not have
            article = re.search(r"\b(?:an?|the) $", text[:start], re.IGNORECASE)
            places.append((start - len(article[0]) if article else start, end))
        (a, b), (c, d) = places
        between, after = text[b:c], text[d:]
        if (
            entry.id not in {link.entry_id for link in links}
            or min(len(content_stems(part, language)) for part in (between, after)) < 2  # noqa: PLR2004
        ):
            return
        one, other = text[a:b], text[c:d]
        begins = a == 0 and base(language) == "en"
        moved = one if not begins or one[1:2].isupper() else one[:1].lower() + one[1:]
        first = other[:1].upper() + other[1:] if begins else other
        yield _Change(a, d, f"{first}{between}{moved}", f"{one} ↔ {other}")

    def _numbers(
        self, entry: Entry, sentence: Sentence, rng: Random, wanted: Wanted
    ) -> Iterator[_Change]:
        """Other numbers, which the entry does not have."""
        text = sentence.text
        there = {_value(m[0]) for s in entry.sections for m in _NUMBER.finditer(s.text)}
        matches = list(_NUMBER.finditer(text))
        between = any(len(text[a.end() : b.start()].split()) < 2 for a, b in pairwise(matches))  # noqa: PLR2004
        if "=" in text or between or len(matches) > 3 or _has(text, "bounds", entry.language):  # noqa: PLR2004
            return
        for match in matches:
            value = _value(match[0])
            if _YEAR.fullmatch(match[0]):
                steps = range(2, 7) if wanted.difficulty == "near" else range(9, 26)
                made = [value + sign * step for step in steps for sign in (-1, 1)]
                made = [year for year in made if year <= self._latest]
            elif value < 2 or text[match.end() :].startswith("°"):  # noqa: PLR2004
                continue
            elif text[match.end() :].lstrip()[:1] in ("%", "٪"):
                made = [other for other in (100 - value, value / 2) if abs(other - value) > 15]  # noqa: PLR2004
            elif value <= 12:  # noqa: PLR2004
                made = [value + 1, value + 2, *([value - 1] if value > 2 else [])]  # noqa: PLR2004
            else:
                made = [value * 2, value * 3, value / 2]
            made = [other for other in made if other not in there and _alike(other, match[0])]
            if made:
                yield _Change(*match.span(), _alike(rng.choice(made), match[0]))

    def _opposites(self, sentence: Sentence) -> Iterator[_Change]:
        """The opposite of the one word that has one, where nothing else turns the sense."""
        text, language = sentence.text, sentence.language
        pairs = words(language).get("opposites", ()) if base(language) in _worded() else ()
        if not pairs or {"hedge", "negation"} & set(notes(text, ("",))):
            return
        if _has(text, "fixed", language):
            return
        found = {match.span(1): new for match, new in _turned(text, language, pairs)}
        if len(found) != 1:
            return
        (start, end), new = found.popitem()
        links = self._linker.places(text, language)
        if any(link.span.start < end and start < link.span.end for link in links):
            return
        if new == "less" and any(word.endswith("s") for word in text[end:].split()[:2]):
            new = "fewer"
        yield _Change(start, end, new)

    def _names(self, entry: Entry, sentence: Sentence, rng: Random) -> Iterator[_Change]:
        """Another author for one whom the entry names, of an entry that it is not related to."""
        named = [name for name in _authors(entry) if name in sentence.text]
        people = self._people(entry.language)
        for name in named:
            at = people.get(name, name)
            place = sentence.text.find(at)
            strangers = self._strangers(entry) if place >= 0 else ()
            if strangers and ("(" not in at or "(" in people[strangers[0]]):
                yield _Change(place, place + len(at), people[rng.choice(strangers)])

    @cache  # noqa: B019
    def _strangers(self, entry: Entry) -> tuple[str, ...]:
        """Authors of entries that an entry has nothing to do with, whom it does not name."""
        own = {entry.id, *entry.related, *self._tied(entry)}
        said = " ".join(section.text for section in entry.sections)
        others = [e for e in self._glossary.entries if e.language == entry.language]
        apart = [e for e in others if own.isdisjoint({e.id, *e.related})]
        known = self._people(entry.language)
        names = {name for other in apart for name in _authors(other)}
        return tuple(sorted(name for name in names if name in known and name not in said))

    @cache  # noqa: B019
    def _people(self, language: str) -> dict[str, str]:
        """Authors whom the texts of a language name, each as it is written there."""
        found: dict[str, str] = {}
        latin = "LATIN" in written_in(language)
        for entry in self._glossary.entries:
            if entry.language != language:
                continue
            said = " ".join(section.text for section in entry.sections)
            for name in _authors(entry):
                if latin and name in said:
                    found[name] = name
                elif not latin:
                    count = len(name.split())
                    pattern = rf"(?:[^\s\W\d]+ ){{{count}}}\({re.escape(name)}\)"
                    if match := re.search(pattern, said):
                        own = name[0] in "WVOU"  # else the و before it is an “and”
                        found[name] = match[0] if own else match[0].removeprefix("و")
        return found

    @cached_property
    def _latest(self) -> int:
        """The last year in which an entry was changed, or that is named and is past."""
        texts = (section.text for entry in self._glossary.entries for section in entry.sections)
        named = {int(year) for text in texts for year in _YEAR.findall(text)}
        changed = {entry.updated.year for entry in self._glossary.entries if entry.updated}
        now = datetime.now(UTC).year
        return max(changed or (year for year in named if year <= now), default=now)

    # Order

    def _order(self, entry: Entry, rng: Random, _w: Wanted, _k: set[str]) -> Item | None:
        for prompt, run, options in (*self._steps(entry), *self._dated(entry)):
            if len(set(options)) != len(options):
                continue
            order = list(range(len(run)))
            while order == sorted(order):
                rng.shuffle(order)
            first, last = run[0], run[-1]
            text = entry.text(first.section)[first.start : last.end]
            key = Citation(
                1, entry.id, entry.term, entry.language, first.section, text, first.start, last.end
            )
            right = tuple(order.index(n) for n in range(len(run)))
            shown = tuple(options[n] for n in order)
            return Item("order", entry.language, _asked(entry, prompt), shown, right, key)
        return None

    def _steps(self, entry: Entry) -> Iterator[tuple[str, list[Sentence], list[str]]]:
        """The items of a numbered list; sentences that begin with first, then, finally."""
        runs: list[list[tuple[Sentence, str]]] = [[]]
        openers = (
            words(entry.language).get("openers") if base(entry.language) in _worded() else None
        )
        for sentence in entry.sentences:
            last = runs[-1]
            same = bool(last) and last[-1][0].section == sentence.section
            item = _ITEM.match(sentence.text)
            if item and int(item[1]) == 1 + len(last) * same:
                if not same or len(last) == 0 or int(item[1]) == 1:
                    runs.append([])
                runs[-1].append((sentence, sentence.text[item.end() :]))
                continue
            opener = openers and re.match(
                rf"(?:{openers})(?!\w)[,،:]?\s*", sentence.text, re.IGNORECASE
            )
            if opener and same and last[-1][0].paragraph == sentence.paragraph:
                rest = sentence.text[opener.end() :]
                last.append((sentence, rest[:1].upper() + rest[1:]))
            else:
                rest = sentence.text[opener.end() :] if opener else sentence.text
                runs.append([(sentence, rest[:1].upper() + rest[1:])])
        for run in runs:
            if _STEPS[0] <= len(run) <= _STEPS[1]:
                yield "order", [sentence for sentence, _ in run], [text for _, text in run]

    def _dated(self, entry: Entry) -> Iterator[tuple[str, list[Sentence], list[str]]]:
        """What a section tells year by year, with gaps for the years."""
        for section in entry.sections:
            run: list[Sentence] = []
            years: list[int] = []
            for sentence in entry.sentences:
                if sentence.section != section.name or not _is_prose(sentence, entry):
                    continue
                found = {int(year) for year in _YEAR.findall(sentence.text)}
                if len(found) != 1 or (years and min(found) <= years[-1]):
                    continue
                if not phrases(entry.language).leans(sentence.text):
                    run.append(sentence)
                    years.append(found.pop())
            if _STEPS[0] <= len(run) <= _STEPS[1]:
                yield "dates", run, [_YEAR.sub(GAP, sentence.text) for sentence in run]

    # Compute it

    def _sum(self, entry: Entry, rng: Random, _w: Wanted, _k: set[str]) -> Item | None:
        example = [s for s in entry.sentences if s.section.startswith(EXAMPLE)]
        found = [(n, match) for n, s in enumerate(example) for match in _SUM.finditer(s.text)]
        for n, match in rng.sample(found, len(found)):
            sentence, rate = example[n], match["rate"] or ""
            result = _computed(match["left"])
            if not _is_prose(sentence, entry, 600) or result is None:
                continue
            right = match["right"].replace("−", "-")
            if not _rounds_to(result * (100 if rate else 1), right):
                continue
            wrong = _miscomputed(match["left"], right, 100 if rate else 1)
            before = " ".join(s.text for s in example[:n] if s.paragraph == sentence.paragraph)
            start, end = match.start("right"), match.end()
            so_far = f"{before} {sentence.text[: match.start()]}"
            known = {_value(m[0]) for m in _NUMBER.finditer(so_far)}
            operands = {_value(m[0]) for m in re.finditer(r"\d[\d,]*(?:\.\d+)?", match["left"])}
            if operands <= known:
                start = match.start()
            elif re.fullmatch(r"[\d.,\s]+(?:[+−–-][\d.,\s]+)+", match["left"]) or (
                max(operands) < _HARD
            ):
                continue  # 3 / 5 or 9 + 35 asks for no more than reading
            ask = f"{sentence.text[:start]}{GAP}{rate.strip()}{sentence.text[end:]}"
            shown = f"{before} {ask}".strip()
            there = {_value(m[0]) for m in _NUMBER.finditer(shown)}
            wrong = [each for each in wrong if each != right]
            if _value(right) in there or len(wrong) < _OPTIONS - 1 or ask.count("=") > 1:
                continue
            options, place = _shuffled(right, rng.sample(wrong, _OPTIONS - 1), rng)
            prompt = f"{_asked(entry, 'sum')}\n{shown}"
            return Item("sum", entry.language, prompt, options, (place,), _cited(entry, sentence))
        return None


class _Nearness:
    """The definitions of one language, and how near they are to each other and to a text."""

    def __init__(
        self, entries: Sequence[Entry], rows: Sequence[str], indexes: Sequence[Index]
    ) -> None:
        places = [{row: n for n, row in enumerate(index.ids)} for index in indexes]
        have = [n for n, row in enumerate(rows) if all(row in each for each in places)]
        self.entries = [entries[n] for n in have]
        self.places = {entry.id: n for n, entry in enumerate(self.entries)}
        self._embedder = indexes[-1].embedder
        self.between = np.zeros((len(have), len(have)))
        for index, own in zip(indexes, places, strict=True):
            self._vectors = np.asarray(index.vectors[[own[rows[n]] for n in have]], float)
            cosines = self._vectors @ self._vectors.T
            apart = cosines[~np.eye(len(have), dtype=bool)]
            if len(apart):
                self.between += (cosines - apart.mean()) / (apart.std() or 1.0) / len(indexes)

    def fit(self, text: str) -> Any:  # noqa: ANN401
        """The cosines of a text to the definitions, by the last embedder, the fast one."""
        vector = np.asarray(self._embedder.passages([text])[0])
        return self._vectors @ vector / (np.linalg.norm(vector) or 1.0)


def _turned(
    text: str, language: str, pairs: Sequence[Sequence[str]]
) -> Iterator[tuple[re.Match[str], str]]:
    """The words that have an opposite, with it; not “after three days” or “day after day”."""
    article = "(?:[وفبكل]?ال)?" if base(language) == "ar" else ""
    for one, other in (*pairs, *(pair[::-1] for pair in pairs)):
        for match in re.finditer(rf"(?<!\w){article}({one})(?![\w{_MARKS}])", text, re.IGNORECASE):
            before = ["", *text[: match.start()].split()][-1]
            behind = [*text[match.end() :].split(), ""][0]
            again = stem(fold(before), language) == stem(fold(behind), language)
            if not (again or behind[:1].isdigit() or (behind and is_figure(normalize(behind)))):
                yield match, _cased(other, match[1])


def _worded() -> tuple[str, ...]:
    return ("en", "ar")


def _asked(entry: Entry, prompt: str) -> str:
    return str(words(entry.language)["prompts"][prompt]).format(term=quoted(entry))


def _cited(entry: Entry, sentence: Sentence) -> Citation:
    return Citation(
        1, entry.id, entry.term, entry.language, sentence.section, sentence.text, sentence.start,
        sentence.end,
    )  # fmt: skip


def _shuffled(right: str, wrong: Sequence[str], rng: Random) -> tuple[tuple[str, ...], int]:
    options = [right, *wrong]
    rng.shuffle(options)
    return tuple(options), options.index(right)


def _term_of(entry: Entry) -> str:
    return fold(entry.term)


def _opening(text: str | None) -> str:
    return next(iter((text or "").lstrip("… ").split()), "")


def _is_prose(sentence: Sentence, entry: Entry, most: int = _LENGTH[1]) -> bool:
    """Whether a sentence is one of a text, of a length that can be asked."""
    section = next(s for s in entry.sections if s.name == sentence.section)
    dense = 2 if sentence.text and is_unspaced(sentence.text[0]) else 1
    if section.block_at(sentence.start) or not _LENGTH[0] // dense <= len(sentence.text) <= most:
        return False
    return not re.search(r"[\\$|{}]|\n|https?:|```", sentence.text)


@lru_cache(maxsize=8192)
def _pattern(name: str) -> re.Pattern[str]:
    """A name with what is written with it: an article, a preposition, an ending."""
    if any(map(is_unspaced, name)):
        return re.compile(re.escape(name))
    arabic = re.search(r"[\u0621-\u064a]", name)
    before = f"(?:[{PROCLITICS}]{{0,2}}(?:ال|لل)?)" if arabic else ""
    after = r"\w{0,3}" if len(name) > 3 and not arabic else ""  # noqa: PLR2004
    core = r"[\s\-]+".join(map(re.escape, re.split(r"[\s\-]+", name)))
    return re.compile(rf"(?<!\w){before}{core}{after}(?![\w{_MARKS}])", re.IGNORECASE)


def _gapped(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with gaps for some spans, one for those that overlap."""
    for start, end in reversed(_merged(spans)):
        text = text[:start] + GAP + text[end:]
    return re.sub(rf"{GAP}(?:[\s-]+{GAP})+", GAP, text)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _is_kin(word: str, stems: set[str], language: str) -> bool:
    """Whether a word is of the same root as one of some stems."""
    folded = fold(word)
    for part in (folded, *folded.split()):
        own = stem(part, language)
        for each in stems:
            if own == each:
                return True
            if each.isascii() and len(each) > 4 and own.startswith(each[: max(5, len(each) - 2)]):  # noqa: PLR2004
                return True
    return False


def _leaks(text: str, entry: Entry) -> bool:
    """Whether a text still has an acronym of the term, or a name of it."""
    initials = "".join(word[0] for word in entry.term.split()).casefold()
    return (
        len(initials) > 1
        and re.search(rf"(?<!\w){re.escape(initials)}s?(?!\w)", text.casefold()) is not None
    )


def _overlap(one: Entry, other: Entry) -> bool:
    """Whether a name of one is part of a name of the other: a model and a language model."""
    language = one.language
    mine, theirs = (
        [frozenset(content_stems(name, language)) for name in entry.names] for entry in (one, other)
    )
    return any(a and b and (a <= b or b <= a) for a in mine for b in theirs)


def _has(text: str, name: str, language: str) -> bool:
    """Whether a text has a word of a closed class of its language."""
    if base(language) not in _worded():
        return False
    return re.search(rf"(?<!\w)(?:{words(language)[name]})(?!\w)", text, re.IGNORECASE) is not None


def _cased(new: str, like: str) -> str:
    return new[:1].upper() + new[1:] if like[:1].isupper() else new


def _authors(entry: Entry) -> list[str]:
    parts = [re.split(r",| and |;|&| et al\.?", source.authors) for source in entry.sources]
    return [name.strip() for some in parts for name in some if len(name.split()) > 1]


def _value(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def _alike(value: float, like: str) -> str:
    """A number written as another: with as many decimals, and commas where that has them."""
    decimals = len(like.partition(".")[2])
    text = f"{value:,.{decimals}f}"
    if float(f"{value:.{decimals}f}") != round(value, 9):
        return ""
    return text if "," in like or value >= 10_000 else text.replace(",", "")  # noqa: PLR2004


def _computed(expression: str) -> float | None:
    """The value of sums, products and quotients; None where it is something else."""

    def value(node: ast.AST) -> float:
        match node:
            case ast.BinOp(left, op, right) if type(op) in _OPERATORS:
                return float(_OPERATORS[type(op)](value(left), value(right)))
            case ast.UnaryOp(ast.USub(), operand):
                return -value(operand)
            case ast.Constant(int() | float() as number):
                return float(number)
        raise ValueError(expression)

    try:
        tree = ast.parse(expression.translate(_SIGNS).strip(), mode="eval").body
        return value(tree) if isinstance(tree, ast.BinOp) else None
    except (ValueError, SyntaxError, ZeroDivisionError, OverflowError, RecursionError):
        return None


def _rounds_to(value: float, written: str) -> bool:
    decimals = len(written.partition(".")[2])
    return bool(abs(value - _value(written)) <= 0.5 * 10**-decimals + 1e-9)


def _miscomputed(expression: str, right: str, scale: int) -> list[str]:
    """What comes of the expression with another operation, or a slip: wrong, and plausible."""
    decimals = len(right.partition(".")[2])
    plain = expression.translate(_SIGNS)
    made: list[float] = []
    for match in re.finditer(r"(?<=[\d)\s])[-+*/](?=[\d(\s])", plain):
        for sign in "+-*/":
            other = _computed(plain[: match.start()] + sign + plain[match.end() :])
            made += [other * scale] if other is not None else []
    value = _value(right)
    made += [value * 10, value / 10, value * 2, value / 2, value * 1.1, value * 0.9, value + 1]
    like = right.lstrip("-")
    most = 100 if scale > 1 and value <= 100 else value * 1000  # noqa: PLR2004  (per cent)
    texts = [f"{each:,.{decimals}f}" for each in made if value <= 0 or 0 < each < most]
    if value >= 1000 and "," not in like:  # noqa: PLR2004
        texts = [text.replace(",", "") for text in texts]
    kept = [text for text in dict.fromkeys(texts) if _value(text) != value]
    return [text for text in kept if _value(text)][:5]
