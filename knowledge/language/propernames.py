"""Proper names: people, products and acronyms in a text, and whether other texts have them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import pairwise

from babel import Locale

from knowledge.glossary import Glossary
from knowledge.language.quantities import spelt, units
from knowledge.language.romanised import skeleton
from knowledge.language.text import base, written_in
from knowledge.language.words import fold, frequency, normalize, proclitic_forms, stem

_LETTER = "A-Za-z\u00c0-\u024f"
_LATIN = re.compile(
    rf"(?<![{_LETTER}0-9])(?<!\d-)[{_LETTER}][{_LETTER}0-9]*(?:[-_.+&'’][{_LETTER}0-9]+)*"
)
_ARABIC = re.compile(r"[\u0621-\u0652]+")
# «فيكتور سان (Victor Sanh)»: words of a name, and how it is written in Latin letters.
_PAIR = re.compile(r"((?:[\u0621-\u0652]+[ -]){1,5})\(((?:[A-Z][\w.'’-]*[ ]?)+)\)")
_SON_OR_FATHER = frozenset({"ابن", "بن", "ابو", "ابي", "ابا"})
"""Behind which stands a name in Arabic."""
_OPENING = re.compile(r"(?:^|[.!?:]\s+|[\"“«(]\s*)$")
_COMMON = 4.5
"""The frequency (wordfreq's, in powers of ten of a billion words) from which a word is no name: at
it stand words such as “method”; surnames seldom reach 4."""
_CONSONANTS = 3  # of a name: with fewer, too many are alike in another script
_SMALL = frozenset({"a", "and", "by", "for", "from", "in", "of", "on", "the", "to", "with"})
_INITIALS = 6  # letters of the longest acronym whose words are looked for


class ProperNames:
    """Tells names by how they are written, and by what a glossary shows to be one."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    def unfounded(self, claim: str, language: str, context: Sequence[str]) -> Iterator[str]:
        """Names of a claim that no text of its context has, in any script."""
        known = _Known(context)
        for found in _LATIN.finditer(claim):
            name = re.sub(r"['’]s$", "", found[0])
            if _is_name(name, claim[: found.start()], language):
                yield from (
                    part
                    for part in _name_parts(name)
                    if not known.has(part) and not self._is_another_name(part, context)
                )
        for before, word in pairwise(("", *_ARABIC.findall(claim))):
            forms, behind = (proclitic_forms(normalize(each)) for each in (word, before))
            is_rare = frequency(word, "ar") < _COMMON
            is_rare = is_rare and spelt().keys().isdisjoint(forms)  # Stone is «ستون», as is sixty
            known_names = (self._arabic_names if is_rare else {}, _places())
            in_latin = [names[f] for names in known_names for f in forms if f in names]
            is_name = bool(in_latin) or (is_rare and not _SON_OR_FATHER.isdisjoint(behind))
            if is_name and known.words.isdisjoint({*forms}.union(*in_latin)):
                yield word

    def _is_another_name(self, name: str, context: Sequence[str]) -> bool:
        """Whether it is a name of an entry that the context calls by another: RAG."""
        entries = self._glossary.named.get(fold(name), ())
        text = f" {fold(' '.join(context))} "
        names = (fold(n) for i in entries for e in self._glossary.versions(i) for n in e.names)
        return any(f" {each} " in text for each in names)

    @cached_property
    def _arabic_names(self) -> dict[str, set[str]]:
        """Arabic words that are only parts of names, with how these are in Latin: «اسم (Latin)»."""
        named, written, everywhere = (defaultdict[str, set[str]](set) for _ in range(3))
        for entry in self._glossary.entries:
            text = " ".join(section.text for section in entry.sections)
            for word in _ARABIC.findall(normalize(text)):
                everywhere[word].add(entry.id)
            for arabic, latin in _PAIR.findall(text):
                parts = re.findall(r"\w+", normalize(latin))
                for word in _ARABIC.findall(normalize(arabic))[-len(parts) :]:
                    named[word].add(entry.id)
                    written[word].update(parts)
        return {
            word: written[word]
            for word, entries in named.items()
            if len(word) >= _CONSONANTS
            and everywhere[word] <= entries
            and frequency(word, "ar") < _COMMON
        }


class _Known:
    """The words of a context, in the forms that a name may be given in."""

    def __init__(self, context: Sequence[str]) -> None:
        text = normalize(" \n ".join(context))
        self.words = {form for word in re.findall(r"\w+", text) for form in proclitic_forms(word)}
        self._stems = {stem(word, "en") for word in self.words if word.isascii()}
        chunks = [re.sub(r"\W", "", chunk) for chunk in re.findall(r"[\w.+&'’-]+", text)]
        self._joined = set(chunks) | {a + b for a, b in pairwise(chunks)}
        self._skeletons = {_sound(word) for word in self.words if not word.isascii()}
        latin = re.findall(r"[a-z]+", text)
        bare = [word for word in latin if word not in _SMALL]
        self._initials = {
            "".join(word[0] for word in words[n : n + size])
            for words in (latin, bare)
            for n in range(len(words))
            for size in range(2, _INITIALS + 1)
        }

    def has(self, name: str) -> bool:
        """Whether a name is there: itself, its stem, its words, or its sound in another script."""
        plain = normalize(name)
        compact = re.sub(r"\W", "", plain)
        one = plain.removesuffix("s")
        sound = _sound(plain)
        return (
            not {plain, one}.isdisjoint(self.words)
            or compact in self._joined
            or stem(plain, "en") in self._stems
            or (_is_acronym(name) and one in self._initials)
            or (len(sound) >= _CONSONANTS and sound in self._skeletons)
        )


@cache
def _places() -> dict[str, set[str]]:
    """The countries and cities that CLDR names in Arabic by one word, with their English words."""
    arabic, english = map(Locale.parse, ("ar", "en"))
    named = [
        (name, english.territories.get(code, ""))
        for code, name in arabic.territories.items()
        if code.isalpha()  # 001 is the world
    ]
    named += [
        (z["city"], key.split("/")[-1]) for key, z in arabic.time_zones.items() if "city" in z
    ]
    found: dict[str, set[str]] = {}
    for name, other in named:
        if len(name) > _CONSONANTS and _ARABIC.fullmatch(word := normalize(name)):
            found.setdefault(word, set()).update(re.findall(r"\w+", normalize(other)))
    return found


def _is_acronym(name: str) -> bool:
    """Whether most letters of a name are capital: MoE, GPUs."""
    return 2 * sum(letter.isupper() for letter in name) > len(name.removesuffix("s"))


def _sound(word: str) -> str:
    """The consonants of a word; Arabic writes the g of a name as ج and as غ."""
    return skeleton(word).replace("G", "j")


def _is_name(word: str, before: str, language: str) -> bool:
    """Whether a word in Latin letters is taken for a proper name or an acronym."""
    if len(word) == 1 or (before.rstrip()[-1:].isdigit() and units(word)):
        return False
    if any(c.isdigit() for c in word) or word[1:] != word[1:].lower():
        return True
    if "LATIN" not in written_in(language):
        return True
    # Any word has a capital where a sentence begins; in German, any noun.
    return base(language) == "en" and word[0].isupper() and not _OPENING.search(before)


def _name_parts(name: str) -> list[str]:
    """The parts of a name that are names: of “Jean-Luc” two, of “GPT-4” itself."""
    parts = re.split(r"[-'’]", name)
    if any(c.isdigit() for c in name) or any(len(part) == 1 for part in parts[1:]):
        return [name]
    return [part for part in parts if not part.islower()]
