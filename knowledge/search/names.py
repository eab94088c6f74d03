"""Names: where a question mentions a term or an alias of the glossary, in either language."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.entry import Entry
from knowledge.glossary import BUNDLED, Glossary, ids_by
from knowledge.language.grammar import ContentWord, content_words, function_words, is_aspect
from knowledge.language.romanised import ARTICLES, skeleton, spelled, spoken
from knowledge.language.text import Span, base
from knowledge.language.words import PROCLITICS, UNHEARD, fold, is_unspaced, rarity, stem

_MOST_WORDS = 40  # no name is longer; a longer one is found by its vectors alone
_JOINED_WORDS, _JOINED_LETTERS = 4, 5  # “fine tuning” is “finetuning”, but “a i” is not “ai”
# Slips in a word, of a letter added, left out, changed or swapped with the next: one in a word of
# four to six letters, two in a longer one. In a shorter one a slip makes another word.
_SLIPPED, _TWICE_SLIPPED = 4, 7
# The first letters of Arabic present verbs, too.
_JOINED_BEFORE, _JOINED_LEAST = frozenset("بكلوفيتنا"), 2
_AROUND = "?؟？«»“”\"'"  # what may stand about signs that are a name
# Korean particles, written with the word before them; a longer one before one that it ends in.
_JOINED_BEHIND = (
    "이라는", "이란", "라는", "으로", "에서", "란", "은", "는", "이", "가", "을", "를",
    "의", "와", "과", "에", "로", "도",
)  # fmt: skip
_ACRONYM = 3  # letters that are spelled out: «جي بي يو»; with fewer, it may be any words
_SPOKEN = 4  # sounds of an English name in Arabic letters: with fewer, it may be any word
_CONSONANTS = 3  # of a romanised word: with fewer, too many words are alike


class Mention(NamedTuple):
    """A name of some entries in a question; ``words`` counts folded words, not characters."""

    entry_ids: tuple[str, ...]
    words: Span


@dataclass(frozen=True, slots=True)
class Mentions:
    """The names in a question, in its order, and how much of the question they are."""

    found: tuple[Mention, ...]
    words: tuple[str, ...]
    """The question's folded words, misspelt ones of names put right."""
    subject: tuple[ContentWord, ...]
    """Those for what it asks about: of no grammar, nor for what is asked about it."""

    @property
    def entry_ids(self) -> tuple[str, ...]:
        """The ids mentioned, each once, in the question's order."""
        return tuple(dict.fromkeys(i for mention in self.found for i in mention.entry_ids))

    @property
    def places(self) -> frozenset[int]:
        """The places of the words that stand in a name."""
        return frozenset(n for mention in self.found for n in range(*mention.words))


class Lent(NamedTuple):
    """A name of an entry in a language that its glossary does not have."""

    name: str
    language: str
    entry_id: str


def lent_to(glossary: Glossary) -> list[Lent]:
    """How the bundled glossary calls terms of another one, in languages that this does not have.

    So that an English glossary of the same field is asked in Arabic by its terms' names, too.
    """
    own = {*map(base, glossary.languages)}
    if own.issuperset(path.parent.name for path in BUNDLED.glob("*/*.md")):
        return []
    return [
        Lent(name, entry.language, entry_id)
        for entry, same in _bundled_names()
        if base(entry.language) not in own
        for entry_id in dict.fromkeys(i for key in same for i in glossary.named.get(key, ()))
        for name in entry.names
    ]


@cache
def _bundled_names() -> list[tuple[Entry, list[str]]]:
    """The bundled entries, each with the folded names of its term in every language."""
    bundled = Glossary.read(BUNDLED)
    return [
        (entry, [fold(name) for each in bundled.versions(entry.id) for name in each.names])
        for entry in bundled.entries
    ]


class Names:
    """Every term and alias, by its folded letters, by its stems, and by its consonants.

    ``known`` tells the stems that are words of the glossary, which are no misspelling of a name;
    without it, nothing is taken for misspelt. Names that are ``lent`` give way to its own.
    """

    def __init__(
        self,
        glossary: Glossary,
        known: Callable[[str], bool] | None = None,
        lent: Iterable[Lent] = (),
    ) -> None:
        own = (Lent(n, each.language, each.id) for each in glossary.entries for n in each.names)
        every = [*own, *lent]
        every += [
            Lent(letters, "ar", each.entry_id)
            for each in every
            if len(each.name) >= _ACRONYM and re.fullmatch("[A-Z]+", each.name)
            for letters in spelled(each.name)
        ]
        named = [(each, fold(each.name).split()) for each in every]
        self._signs = ids_by((each.name, each.entry_id) for each, words in named if not words)
        exact = ids_by((" ".join(words), each.entry_id) for each, words in named)
        self._exact = {**exact, **glossary.named, **self._signs}
        self._known = known
        self._longest = min(_MOST_WORDS, max((len(words) for _, words in named), default=1))
        self._stems = ids_by(
            (" ".join(stem(word, each.language) for word in words), each.entry_id)
            for each, words in named
        )
        self._joined = {
            joined: ids
            for name, ids in self._exact.items()
            if len(joined := name.replace(" ", "")) >= _JOINED_LETTERS
        }
        self._consonants = ids_by(
            (" ".join(map(skeleton, words)), each.entry_id)
            for each, words in named
            if base(each.language) == "ar"
        )
        self._spoken = ids_by(
            (sounds, each.entry_id)
            for each, words in named
            if all(map(str.isascii, words)) and len(sounds := spoken(words)) >= _SPOKEN
        )
        self._pairs = {pair for name in self._exact for pair in pairwise(name.split())}
        words = {word for name in self._exact for word in name.split()}
        self._parts = frozenset(word for word in words if len(word) > 2)  # noqa: PLR2004
        self._words = sorted(word for word in words if len(word) >= _SLIPPED)
        self._kept = lru_cache(maxsize=256)(self._find)  # a question is read in several steps

    def find(self, text: str, language: str) -> Mentions:
        """The names in a text: the longest first, none within another."""
        return self._kept(text, language)

    def _find(self, text: str, language: str) -> Mentions:
        stop = function_words(language)
        parts = [(word, token) for token in text.split() for word in self._folded(token)]
        # In capitals, as acronyms are that are no “am” or “who”.
        capital = (n for n, (_, token) in enumerate(parts) if token.isupper())
        acronyms = {n for n in capital if sum(map(str.isalpha, parts[n][1])) > 1}
        acronyms = acronyms if len(acronyms) < max(2, len(parts)) else set()
        plain = ["", *(word for word, _ in parts), ""]
        words = [self._corrected(plain[n : n + 3], language) for n in range(len(parts))]
        stems = [stem(word, language) for word in words]
        sounds = [self._consonants_of(word, language) for word in words]
        taken: set[int] = set()
        found: list[Mention] = []
        for length in range(min(len(words), self._longest + _JOINED_WORDS), 0, -1):
            for start in range(len(words) - length + 1):
                span = Span(start, start + length)
                unsaid = stop.issuperset(words[slice(*span)]) and acronyms.isdisjoint(range(*span))
                if unsaid or taken.intersection(range(*span)):
                    continue
                parts_of = (form[slice(*span)] for form in (words, stems, sounds))
                if ids := self._named(*parts_of) or self._heard(words[slice(*span)], language):
                    taken.update(range(*span))
                    found.append(Mention(ids, span))
        subject = content_words(words, language, aspects=False, kept=taken)
        return Mentions(tuple(sorted(found, key=lambda m: m.words)), tuple(words), tuple(subject))

    def _folded(self, token: str) -> list[str]:
        """The folded words of one that stands between spaces; signs, if they are a name: “>>>”."""
        sign = token if token in self._signs else token.strip(_AROUND)
        return [sign] if sign in self._signs else fold(token).split()

    def _named(
        self, words: Sequence[str], stems: Sequence[str], sounds: Sequence[str]
    ) -> tuple[str, ...] | None:
        """The ids that words name: by letters, stems, letters with other spaces, or consonants."""
        if found := self._exact.get(" ".join(words)) or self._stems.get(" ".join(stems)):
            return found
        if len(words) <= _JOINED_WORDS and (found := self._joined.get("".join(words))):
            return found
        sounds = [sound for sound in sounds if sound not in ARTICLES]
        long_enough = all(sounds) and sum(map(len, sounds)) >= _CONSONANTS
        return self._consonants.get(" ".join(sounds)) if long_enough else None

    def _heard(self, words: Sequence[str], language: str) -> tuple[str, ...] | None:
        """The ids whose English name is written in Arabic letters, as it sounds."""
        told = all(self._knows(word, language) for word in words)
        if told or any(word.isascii() or word in function_words(language) for word in words):
            return None
        return self._spoken.get(spoken(words))

    def _consonants_of(self, word: str, language: str) -> str:
        """The consonants of a word in Latin letters that may be an Arabic one; else nothing."""
        if word in ARTICLES:
            return word
        told = word in function_words(language) or self._knows(word, language)
        return skeleton(word) if base(language) == "ar" and word.isascii() and not told else ""

    def _knows(self, word: str, language: str) -> bool:
        return self._known is not None and self._known(stem(word, language))

    def _corrected(self, three: Sequence[str], language: str) -> str:
        """The second of three folded words, without what is joined to it; misspelt, put right."""
        word = three[1]
        if word[0] in PROCLITICS and word not in self._parts and word[1:] in self._parts:
            return word[1:]
        if (
            self._known is None
            or word.isdecimal()
            or is_unspaced(word)
            or word in function_words(language)
            or is_aspect(word, language)
            or self._knows(word, language)
        ):
            return word
        if word[0] in _JOINED_BEFORE and len(word) > _JOINED_LEAST:
            rest = word[1:]
            if self._knows(rest, language):
                return rest
        if "\uac00" <= word[-1] <= "\ud7a3":
            without = (word.removesuffix(each) for each in _JOINED_BEHIND if word.endswith(each))
            if rest := next((each for each in without if each and self._knows(each, language)), ""):
                return rest
        return self._respelt(three, language) if len(word) >= _SLIPPED else word

    def _respelt(self, three: Sequence[str], language: str) -> str:
        """The second of three words as a name spells it; one that people use, only within a name.

        “decent” stays but in “gradient decent”.
        """
        before, word, after = three
        slips = 1 if len(word) < _TWICE_SLIPPED else 2
        found = process.extractOne(word, self._words, scorer=OSA.distance, score_cutoff=slips)
        meant = found[0] if found else word
        within = self._pairs.intersection([(before, meant), (meant, after)])
        return meant if within or rarity(word, language) == UNHEARD else word
