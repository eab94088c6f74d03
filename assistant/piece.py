"""A piece of a question: its words told apart into names, what is asked of them, and the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from assistant.answer import Kind
from assistant.asking import asked, aspects
from assistant.phrases import Phrases
from assistant.said import Said, plainly
from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.grammar import content_stems, function_words, is_aspect
from knowledge.names import Mentions, Names
from knowledge.words import fold, stem

# Arabic letters written with the next word, the longest first, and pronouns with the one before.
_BEFORE = re.compile(r"^(?:[وف]?(?:هال|كال|بال|[بكل])|[وف])(?=\w{3})")
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)")
_JOINED = re.compile(r"^(?:[وف](?=[بكل]\w)|[وفبكل]|هال)(?=\w\w)")
_AFTER = re.compile(r"(?<=\w\w)(?:هما|ها|هم|كم|نا|ه|ة|و|ي|ك|لي|له|لها)$")
_LIKE = 4  # letters that words of one root begin with
_SURE = ("letters", "joined")


class Finder:
    """Finds the names in a question; it remembers them, as that takes most of the time."""

    def __init__(self, glossary: Glossary, names: Names) -> None:
        self.glossary = glossary
        self.parts = _parts(names, glossary)
        """The folded words of all names."""
        self._names = names
        self._found: dict[tuple[str, str], Mentions] = {}

    def find(self, text: str, language: str) -> Mentions:
        """The names in a text."""
        key = (text, language)
        if key not in self._found:
            self._found[key] = self._names.find(text, language)
        return self._found[key]


@dataclass(frozen=True, slots=True)
class Named:
    """A name: the entry that it names, and the places of its words."""

    entry_id: str
    places: range


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a question, and what its words tell."""

    said: Said
    kind: Kind | None
    names: tuple[Named, ...]
    rest: tuple[int, ...]
    """The places of words that carry meaning beside names and what is asked about them."""
    asking: bool
    """Whether it asks, rather than describes."""

    @property
    def named(self) -> tuple[str, ...]:
        """The id of each name, in order."""
        return tuple(dict.fromkeys(name.entry_id for name in self.names))

    @property
    def first(self) -> int:
        """Where the first name stands; beyond the words if there is none."""
        return min((name.places.start for name in self.names), default=len(self.said.words))


class Pieces:
    """Tells the words of pieces apart, in one language."""

    def __init__(self, finder: Finder, words: Phrases, language: str) -> None:
        self._glossary = finder.glossary
        self._find = finder.find
        self._words = words
        self._language = language
        self._parts = finder.parts
        self._told: dict[Said, Piece] = {}
        about = re.escape(words.standalone["about"]).replace(r"\{term\}", ".+?")
        self._about = re.compile(about.replace(r"\{question\}", "(?P<question>.+)"))

    def piece(self, said: Said) -> Piece:
        """A piece, its words told apart."""
        if said not in self._told:
            self._told[said] = self._piece(said)
        return self._told[said]

    def _piece(self, said: Said) -> Piece:
        about = self._about.match(said.text)
        before = len(said.words) - len(about["question"].split()) if about else 0
        spelt = [word if self._is_part(word) else self._apart(word) for word in said.words]
        ends, mentions = _ends(spelt), self._find(" ".join(spelt), self._language)
        covered = {n for m in mentions.found for n in _reached(ends, m.words.start, m.words.end)}
        again = [w if n in covered else self._apart(w) for n, w in enumerate(spelt)]
        if again != spelt:  # a word of one name may be “and” with a word of another
            spelt, mentions = again, self._find(" ".join(again), self._language)
            ends = _ends(spelt)
        told = aspects(said, self._words)
        names = [
            (Named(m.entry_ids[0], _reached(ends, m.words.start, m.words.end)), m.by)
            for m in mentions.found
        ]
        sure = [n for n, by in names if by in _SURE or self._names(n, said, told)]
        sure = sorted([*sure, *self._shared(spelt, sure)], key=lambda n: n.places.start)
        named = {place for name in sure for place in name.places}
        places = (_reached(ends, word.start, word.end) for word in mentions.subject)
        beside = dict.fromkeys(place for each in places for place in each)
        rest = (n for n in beside if n not in named | told and self.tells(said.plain_words[n]))
        question = Said(said.words[before:], said.mark)
        kind, asking = asked(question, [n - before for n in named], self._words)
        return Piece(said, kind, tuple(sure), tuple(n for n in rest if n >= before), asking)

    def _names(self, named: Named, said: Said, told: set[int]) -> bool:
        """Whether a word that only comes near a name is not one that asks."""
        place = named.places.start
        return len(named.places) > 1 or (place not in told and self.tells(said.plain_words[place]))

    def tells(self, word: str) -> bool:
        """Whether a word says more than grammar does, whatever Arabic joins to it."""
        generic = self._words.refer.generic
        if not word or all(generic.fullmatch(each) for each in word.split()):
            return False
        if self._words.ask.fullmatch(word):
            return False
        listed = function_words(self._language)
        return not any(
            form in listed or is_aspect(form, self._language) or generic.fullmatch(form)
            for each in word.split()
            for form in _forms(each)
        )

    def speaks(self, entry_id: str, piece: Piece) -> bool:
        """Whether an entry has all that a piece says beside names."""
        stems = {s for entry in self._glossary.versions(entry_id) for s in _stems(entry)}
        words = (fold(self._apart(piece.said.words[place])) for place in piece.rest)
        return all(
            stem(each, self._language)[:_LIKE] in stems for word in words for each in word.split()
        )

    def meant(self, word: str, among: tuple[str, ...]) -> str | None:
        """The one of some entries in whose name alone a word stands, such as “the large one”."""
        asked = {stem(form, self._language) for form in _forms(fold(word))}
        found = [i for i in among if asked & self._stems_of_names(i)]
        return found[0] if len(found) == 1 else None

    def _stems_of_names(self, entry_id: str) -> set[str]:
        entries = self._glossary.versions(entry_id)
        return {stem(w, e.language) for e in entries for n in e.names for w in fold(n).split()}

    def _apart(self, word: str) -> str:
        """A word without Arabic letters joined before it, if without them it is part of a name."""
        plain = plainly(word)
        while not _ARTICLE.match(plain) and (found := _JOINED.match(plain)):
            plain = plain[found.end() :]
            if self._is_part(plain):
                return plain
        return word

    def _is_part(self, word: str) -> bool:
        return fold(word) in self._parts

    def _shared(self, spelt: list[str], names: list[Named]) -> Iterator[Named]:
        """Names that share a word with another: “supervised and unsupervised learning”."""
        for name in names:
            start, end = name.places.start, name.places.stop
            joint, other = start - 1, start - 2
            if other >= 0 and fold(spelt[joint]) in self._words.joining.split():
                yield from self._named(f"{spelt[other]} {spelt[end - 1]}", other)
            if end < len(spelt) and fold(spelt[end])[:1] == "و" and end - start > 1:
                yield from self._named(f"{spelt[start]} {fold(spelt[end])[1:]}", end)

    def _named(self, name: str, place: int) -> Iterator[Named]:
        for entry_id in self._glossary.named.get(fold(name), ())[:1]:
            yield Named(entry_id, range(place, place + 1))


_PARTS: "WeakKeyDictionary[Names, frozenset[str]]" = WeakKeyDictionary()


def _parts(names: Names, glossary: Glossary) -> frozenset[str]:
    """The folded words of all names."""
    if names not in _PARTS:
        _PARTS[names] = frozenset(word for name in glossary.named for word in name.split())
    return _PARTS[names]


def _ends(words: list[str]) -> list[int]:
    """Where each word ends, counted in folded words."""
    ends, count = [], 0
    for word in words:
        count += len(fold(word).split())
        ends.append(count)
    return ends


def _reached(ends: list[int], start: int, end: int) -> range:
    """The words as typed that some folded words belong to."""
    places = [n for n, e in enumerate(ends) if e > start and (ends[n - 1] if n else 0) < end]
    return range(places[0], places[-1] + 1) if places else range(0)


@lru_cache(maxsize=16384)
def _forms(word: str) -> tuple[str, ...]:
    """A word, and what is left of it without letters joined before and behind."""
    bare = _BEFORE.sub("", word)
    short = word[1:] if word[0] in "وف" and len(word) > 2 else word  # noqa: PLR2004
    return tuple(dict.fromkeys((word, short, bare, _AFTER.sub("", short), _AFTER.sub("", bare))))


@lru_cache(maxsize=1024)
def _stems(entry: Entry) -> frozenset[str]:
    """The stems of all the words of an entry."""
    texts = (entry.summary, *(section.text for section in entry.sections), *entry.names)
    return frozenset(s[:_LIKE] for s in content_stems(" ".join(texts), entry.language))
