"""An invented glossary of any size, in two languages, and questions about it.

The same number always gives the same entry: a small glossary is the beginning of a larger one, and
the questions about the small one can be put to both. Words are as frequent as Zipf's law has them:
first those of the bundled glossary, by their frequency there, then words made of syllables.
"""

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from assistant.news.matching import everyday
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Section
from knowledge.glossary import BUNDLED, Glossary

LANGUAGES = ("en", "ar")  # by turns: a pair of entries has one id
SECTIONS = (SUMMARY, BODY, EXAMPLE)
PASSAGES = len(SECTIONS)  # of an entry
WORDS = 24_000  # of a language
COMMON = 400  # the words before these are too common for a term, or for what an entry is about
TOPIC = 10  # words that an entry is about, and comes back to: one word in four
FEWEST, MOST = 40, 60  # words of a passage
TWO_WORDS = 0.6  # of the terms, the others have three
WITH_ALIAS = 0.3  # of the entries
ZIPF = 1.05

_SOUNDS = {  # a syllable is one of each
    "en": (
        ["b", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m",
         "n", "p", "pl", "qu", "r", "s", "sh", "st", "t", "tr", "v", "w", "z"],
        ["a", "e", "i", "o", "u", "ai", "ea", "io", "ou"],
        ["", "", "", "l", "m", "n", "nd", "r", "s", "t"],
    ),
    "ar": (
        list("بتثجحخدذرزسشصضطظعغفقكلمنهوي"),
        ["", "", "ا", "و", "ي"],
        ["", "", "ن", "ر", "ل"],
    ),
}  # fmt: skip
_NAMING = {
    "en": ("What is {}?", "How does {} work?", "{}", "Why does {} matter", "give an example of {}"),
    "ar": ("ما هو {}؟", "كيف يعمل {}؟", "{}", "لماذا يهم {}", "أعطني مثالا على {}"),
}
_ABOUT = {
    "en": "how do {}, {} and {} go together with {}?",
    "ar": "ما العلاقة بين {} و{} و{} مع {}؟",
}
_LONG = 4  # letters from which a word is misspelt


class Asked(NamedTuple):
    """A question in a language."""

    question: str
    language: str


def glossary(path: Path, terms: int, each: int = PASSAGES) -> Glossary:
    """A glossary of so many terms, with ``each`` passages of four or five sentences.

    Nothing is read from the path, nor written: the index is kept under its name.
    """
    names = {language: _names(language) for language in LANGUAGES}
    entries = []
    for number in range(terms):
        language = LANGUAGES[number % len(LANGUAGES)]
        term, *aliases = next(names[language])
        entries.append(_entry(number, language, term, tuple(aliases), each))
    return Glossary(path, tuple(entries))


def questions(about: Glossary, count: int) -> list[Asked]:
    """Questions, of all kinds by turns.

    Half name a term, a quarter are of words of several entries, and a quarter are everyday ones
    with misspelt words; in each language as many.
    """
    rng = random.Random(2)  # noqa: S311  (not for secrets)
    found = []
    for number in range(count):
        kind, turn = number % 4, number // 4
        language = LANGUAGES[turn % len(LANGUAGES)]
        entries = [entry for entry in about.entries if entry.language == language]
        if kind % 2:  # half of the questions
            term = rng.choice(entries).term
            text = _NAMING[language][number // 2 % len(_NAMING[language])].format(term)
        elif kind:
            texts = [entry.text(SUMMARY).split() for entry in rng.sample(entries, 2)]
            words = [rng.choice(_long(text)) for text in (*texts, *texts)]
            text = _ABOUT[language].format(*words)
        else:
            talk = everyday(language)
            text = _misspelt(talk[turn // 2 % len(talk)], rng)
        found.append(Asked(text, language))
    return found


def _entry(number: int, language: str, term: str, aliases: tuple[str, ...], passages: int) -> Entry:
    rng = np.random.default_rng(number)
    words, common = _words(language)
    topic = [*term.split(), *(words[n] for n in rng.integers(COMMON, WORDS, TOPIC))]
    sections = []
    for name in SECTIONS[:passages]:
        length = int(rng.integers(FEWEST, MOST + 1))
        places = np.searchsorted(common, rng.random(length))
        turns = rng.integers(0, 4 * len(topic), length)
        said = [
            topic[t] if t < len(topic) else words[p] for t, p in zip(turns, places, strict=True)
        ]
        text = f"{term} {' '.join(_sentences(said, language))}"
        sections.append(Section(name, "", text))
    pair = number // len(LANGUAGES)
    return Entry(f"entry-{pair}", term, language, tuple(sections), aliases, f"Part {pair % 12}")


def _sentences(words: Sequence[str], language: str) -> Iterator[str]:
    for start in range(0, len(words), 12):
        part = words[start : start + 12]
        comma = "،" if language == "ar" else ","
        middle = f"{' '.join(part[:5])}{comma} " if len(part) > 5 else ""
        yield f"{middle}{' '.join(part[5:] or part)}."


def _names(language: str) -> Iterator[list[str]]:
    """The term of each entry, and its alias if it has one; none twice."""
    rng = random.Random(f"names {language}")  # noqa: S311
    words, _ = _words(language)
    taken: set[str] = set()
    while True:
        names: list[str] = []
        wanted = 2 if rng.random() < WITH_ALIAS else 1
        while len(names) < wanted:
            count = 2 if rng.random() < TWO_WORDS else 3
            name = " ".join(words[rng.randrange(COMMON, WORDS)] for _ in range(count))
            if name not in taken:
                taken.add(name)
                names.append(name)
        yield names


@cache
def _words(language: str) -> tuple[list[str], Any]:
    """The words of a language, the commonest first, and how likely they or one before them are."""
    counts: Counter[str] = Counter()
    for entry in Glossary.read(BUNDLED).entries:
        if entry.language == language:
            for section in entry.sections:
                counts.update(w for w in section.text.split() if w.isalpha() and w == w.lower())
    real = (word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    words = list(itertools.islice(dict.fromkeys((*real, *_made(language))), WORDS))
    likely = 1.0 / np.arange(3, WORDS + 3) ** ZIPF
    return words, np.cumsum(likely / likely.sum()).clip(max=1.0)


def _made(language: str) -> list[str]:
    """Words of two or three syllables, more than are wanted."""
    rng = random.Random(f"words {language}")  # noqa: S311
    sounds = _SOUNDS[language]
    return [
        "".join(rng.choice(part) for _ in range(rng.choice((2, 2, 2, 3))) for part in sounds)
        for _ in range(2 * WORDS)
    ]


def _long(words: Sequence[str]) -> list[str]:
    return [word.strip(".,،") for word in words if len(word) > _LONG]


def _misspelt(text: str, rng: random.Random) -> str:
    """A text of which the long words have two letters swapped, half of the time."""
    words = []
    for word in text.split():
        n = rng.randrange(1, max(2, len(word) - 2))
        slips = len(word) > _LONG and rng.random() < 0.5
        words.append(word[:n] + word[n + 1] + word[n] + word[n + 2 :] if slips else word)
    return " ".join(words)
