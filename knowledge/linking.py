"""Linking: where a text uses the terms of a glossary, so that they can be linked.

A question may misspell a name or write it in other letters (``knowledge.search.names``). Here it
counts only as it is written, and where it is likely to be meant: a term linked wrongly is worse
than one not linked. How likely that is, a logistic function tells of a few numbers; its weights
were learned on labelled sentences (``make weights``).
"""

import json
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.spelling import (
    MARKS,
    Word,
    WordForm,
    agree,
    forms,
    has_article,
    is_acronym_like,
    key_of,
    plain,
    tokenize,
)
from knowledge.language.text import Span, base, sentences, written_in
from knowledge.language.words import is_arabic, rarity

_MOST_WORDS = 30  # of a name: following a longer one would go as deep
_GLUE = ".@\\"
_WORDS, _COMMON, _MOST_KEY = 1e7, 7.0, 3.0  # of keyness: ``rarity`` counts from a word in ten
_SURE = 0.7
"""The likelihood from which on a name is linked: then 99 of 100 held-out ones are right."""
_MOST_BORNE_OUT = 3  # times that an entry writes a form: more say no more


class Link(NamedTuple):
    """An entry and the characters of the text that name it."""

    entry_id: str
    span: Span


class Signs(NamedTuple):
    """What tells whether a name that stands in a sentence means the entry."""

    form: float
    """1 for a name of several words, or one that is told by its capitals."""
    keyness: float
    """How much oftener the glossary uses its words than everyday texts do, in powers of ten
    (after Rayson and Garside, 2000, doi:10.3115/1117729.1117730)."""
    borne_out: float
    """The logarithm of how often the entry itself writes it in this form."""
    capitals: float
    """1 if a word with a capital stands beside it: “AI” in “Facebook AI Research”."""

    @property
    def likelihood(self) -> float:
        """How likely the entry is meant, from 0 to 1."""
        weights = _weights()
        score = sum(weights[name] * sign for name, sign in zip(self._fields, self, strict=True))
        return 1 / (1 + math.exp(-score - weights["offset"]))


@cache
def _weights() -> Mapping[str, float]:
    text = files("knowledge.search").joinpath("weights", "links.json").read_text("utf-8")
    return dict(json.loads(text))


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of an entry, and how it has to be written."""

    entry_id: str
    is_term: bool
    words: tuple[Word, ...]

    def fits(self, read: Sequence[WordForm], words: Sequence[Word]) -> bool:
        """Whether those words, read so, are written in the name's capitals and hamzas."""
        articles = [has_article(plain(word.text)) for word in self.words]
        for n in range(1, len(read)):  # «الذكاء الاصطناعي عامة», «فتسحب المعاينة الرموز»
            whole = articles[n - 1] and read[n].is_definite
            if articles[n] and read[n - 1].is_definite and not whole:
                return False
        return all(
            agree(own.text, word.text, form.start)
            if is_arabic(form.key)
            else own.text == form.surface or not is_acronym_like(own.text)
            for own, word, form in zip(self.words, words, read, strict=True)
        )


# The names that begin with some words: those that end there, or nothing where all go on.
_Names = dict[tuple[str, ...], list[_Name]]


class _Match(NamedTuple):
    """Words ``first`` to ``last`` of a text, read as a name of those entries."""

    first: int
    last: int
    read: tuple[WordForm, ...]
    names: list[_Name]


class _Usage:
    """How entries in one language write words."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.texts: dict[str, str] = {}  # what each entry says, by its id (``_form``)
        self.spelt: Counter[str] = Counter()  # words
        for entry in entries:
            said = [tokenize(sentence.text) for sentence in entry.sentences]
            self.spelt.update(word.text for words in said for word in words)
            parts = (*map(tokenize, entry.names), *said)
            self.texts[entry.id] = "".join(f" | {_form(words)} " for words in parts)
        self.keys: Counter[str] = Counter()  # words, as names are looked up by them
        for word, count in self.spelt.items():
            self.keys[key_of(word)] += count
        self.all_words = 1 + self.spelt.total()

    def keyness(self, read: Sequence[WordForm], language: str) -> float:
        """That of a name (``Signs``)."""
        one = _WORDS / self.all_words
        often = (math.log10(one * (self.keys[form.key] + 1)) for form in read)
        usual = (_COMMON - rarity(form.key, language) for form in read)
        return max(-_MOST_KEY, min(sum(often) - sum(usual), _MOST_KEY))


class Linker:
    """Finds a glossary's terms and aliases in texts. Threads may share one."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self._used: dict[str, _Usage] = {}
        self._known: dict[str, _Names] = {base(tag): {} for tag in glossary.languages}
        foreign = [tag for tag in self._known if "LATIN" not in written_in(tag)]
        for entry in glossary.entries:
            own = base(entry.language)
            for n, text in enumerate(dict.fromkeys(entry.names)):
                name = _Name(entry.id, n == 0, tuple(tokenize(text)[:_MOST_WORDS]))
                keys = tuple(key_of(word.text) for word in name.words)
                latin = all(word.text.isascii() for word in name.words)
                for known in (self._known[tag] for tag in {own, *(foreign if latin else ())}):
                    for size in range(1, len(keys)):
                        known.setdefault(keys[:size], [])
                    known.setdefault(keys, []).append(name)

    def find(
        self, text: str, language: str, already: Collection[str] = frozenset()
    ) -> tuple[Link, ...]:
        """The first place of each entry that the text names (``places``), but for some."""
        links: dict[str, Link] = {}
        for link in self.places(text, language):
            if link.entry_id not in already:
                links.setdefault(link.entry_id, link)
        return tuple(links.values())

    def places(self, text: str, language: str) -> Iterator[Link]:
        """Where the text names entries, in its order.

        The longest name counts where several overlap. A name that several entries share is of the
        one whose term it is, else of none. A text in a language without entries names none.
        """
        for link, signs in self.names(text, language):
            if signs.likelihood >= _SURE:
                yield link

    def names(self, text: str, language: str) -> Iterator[tuple[Link, Signs]]:
        """Where the text has names of entries, in its order, and what tells if they are meant."""
        language = base(language)
        if language not in self._known:
            return
        if language not in self._used:
            entries = self.glossary.entries
            self._used[language] = _Usage(e for e in entries if base(e.language) == language)
        usage = self._used[language]
        for start, end in sentences(text, language):
            words = tokenize(text[start:end])
            for match, entry in self._named(words, language):
                first, last = _span(words, match)
                is_told = is_acronym_like(match.names[0].words[0].text)  # by its capitals
                signs = Signs(
                    form=float(len(match.read) > 1 or is_told),
                    keyness=usage.keyness(match.read, language),
                    borne_out=_borne_out(words, match, usage.texts.get(entry.id, "")),
                    capitals=float(_is_in_name(words, match, usage)),
                )
                yield Link(entry.id, Span(start + first, start + last)), signs

    def _named(self, words: Sequence[Word], language: str) -> list[tuple[_Match, Entry]]:
        """The names in a sentence: of those that overlap the longest."""
        known = self._known[language]
        found = [m for n in range(len(words)) for m in _matches(known, words, n)]
        found.sort(key=lambda m: words[m.first].span.start - words[m.last].span.end)
        taken: set[int] = set()
        named: list[tuple[_Match, Entry]] = []
        for match in found:
            places = range(match.first, match.last + 1)
            if taken.isdisjoint(places):
                taken.update(places)
                if entry := self._entry(match, language):
                    named.append((match, entry))
        return sorted(named, key=lambda each: each[0].first)

    def _entry(self, match: _Match, language: str) -> Entry | None:
        """The entry that is named; of several, the one whose term it is."""
        terms = {name.entry_id for name in match.names if name.is_term}
        ids = terms or {name.entry_id for name in match.names}
        return self.glossary.get(ids.pop(), language) if len(ids) == 1 else None


def _form(words: Sequence[Word]) -> str:
    """Words as they are written, but for what Arabic may leave out."""
    return " ".join(w.text if w.text.isascii() else plain(w.text) for w in words)


def _borne_out(words: Sequence[Word], match: _Match, text: str) -> float:
    form = _form(words[match.first : match.last + 1])
    without = form[match.read[0].before.startswith("و") :]
    small, titled = form[0].lower() + form[1:], form[0].upper() + form[1:]
    times = max(text.count(f" {each} ") for each in (form, without, small))
    begins = text.count(f"| {titled} ")  # where a capital says nothing, if it is nowhere else
    times = times or begins * (text.count(f" {titled} ") == begins)
    return math.log1p(min(times, _MOST_BORNE_OUT))


def _is_in_name(words: Sequence[Word], match: _Match, usage: _Usage) -> bool:
    """Whether a name with a capital is part of a longer one, by the words beside it.

    The one behind it has a capital; so has the one before, and is never written small.
    """
    first, last = words[match.first], words[match.last]
    before, after = words[: match.first][-1:], words[match.last + 1 : match.last + 2]
    if after and last.text[0].isupper() and after[0].text[0].isupper():
        return after[0].gap in (" ", "-")
    is_joined = before and first.gap == " " and first.text[0].isupper()
    name = before[0].text if is_joined else ""
    return name[:1].isupper() and name.lower() not in usage.spelt


def _matches(known: _Names, words: Sequence[Word], first: int) -> Iterator[_Match]:
    """The names that begin at a word; none within what is joined: “pre-training”, “c.ai”."""
    gap = words[first].gap
    if gap == "-" or (first and not gap and words[first - 1].text[-1] in _GLUE):
        return
    readings: dict[tuple[str, ...], tuple[WordForm, ...]] = {(): ()}
    for n in range(first, len(words)):
        if n > first and words[n].gap == "\n":
            return
        ways = forms(words[n].text, is_first=n == first)
        readings = {
            (*keys, form.key): (*read, form)
            for keys, read in readings.items()
            for form in ways
            if (*keys, form.key) in known
        }
        for keys, read in readings.items():
            if names := [name for name in known[keys] if name.fits(read, words[first : n + 1])]:
                yield _Match(first, n, read, names)
        if not readings:
            return


def _span(words: Sequence[Word], match: _Match) -> Span:
    """The characters of a match, without و; to part other particles changes how both are drawn."""
    start, end = words[match.first].span.start, words[match.last].span.end
    if match.read[0].before.startswith("و"):
        text = words[match.first].text
        start += len(text) - len(text[1:].lstrip(MARKS))
    return Span(start, end)
