"""An invented glossary of any size, in two languages, and questions about it.

The same number always gives the same entry: a small glossary is the beginning of a larger one, and
the questions about the small one can be put to both. Words are made of syllables, and as frequent
as Zipf's law has them.
"""

import random
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Section
from knowledge.glossary import Glossary

LANGUAGES = ("en", "ar")  # by turns: a pair of entries has one id
SECTIONS = (SUMMARY, BODY, EXAMPLE)
WORDS = 24_000  # of a language
COMMON = 400  # the words before these are too common for a term, or for what an entry is about
TOPIC = 10  # words that an entry is about, and comes back to: one word in four
FEWEST, MOST = 40, 60  # words of a section
WITH_ALIAS = 0.3  # of the entries

_SAID: dict[str, Any]
_SAID = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))


class Asked(NamedTuple):
    """A question in a language."""

    question: str
    language: str


def glossary(path: Path, terms: int, each: int = len(SECTIONS)) -> Glossary:
    """A glossary of so many terms, with ``each`` sections of four or five sentences.

    Nothing is read from the path, nor written: the index is kept under its name.
    """
    names = {language: _names(language) for language in LANGUAGES}
    entries = []
    for number in range(terms):
        language = LANGUAGES[number % len(LANGUAGES)]
        entries.append(_entry(number, language, next(names[language]), each))
    return Glossary(path, tuple(entries))


def questions(about: Glossary, count: int) -> list[Asked]:
    """Questions, of all kinds by turns, in each language as many.

    Half name a term, a quarter are of words of several entries, and a quarter are everyday ones.
    """
    rng = random.Random(2)  # noqa: S311  (not for secrets)
    found = []
    for number in range(count):
        kind, turn = number % 4, number // 4
        language = LANGUAGES[turn % len(LANGUAGES)]
        said = _SAID[language]
        entries = [entry for entry in about.entries if entry.language == language]
        if kind % 2:  # half of the questions
            term = rng.choice(entries).term
            text = said["naming"][number // 2 % len(said["naming"])].format(term)
        elif kind:
            words = [rng.choice(e.text(SUMMARY).split()[3:]) for e in rng.sample(entries, 3)]
            text = said["about"].format(*(word.strip(".,،") for word in words))
        else:
            text = said["everyday"][turn // 2 % len(said["everyday"])]
        found.append(Asked(text, language))
    return found


def _entry(number: int, language: str, names: Sequence[str], sections: int) -> Entry:
    rng, words = random.Random(number), _words(language)  # noqa: S311
    topic = [*names[0].split(), *rng.choices(words[COMMON:], k=TOPIC)]

    def word() -> str:
        often = words[int(WORDS ** rng.random()) - 1]  # by Zipf's law
        return rng.choice(topic) if rng.random() < 1 / 4 else often

    def sentences() -> Iterator[str]:
        left = rng.randint(FEWEST, MOST)
        while left > 0:
            said = [word() for _ in range(min(left, 12))]
            said[:5] = [" ".join(said[:5]) + ("،" if language == "ar" else ",")]
            yield f"{' '.join(said)}."
            left -= 12

    made = (Section(n, "", f"{names[0]} {' '.join(sentences())}") for n in SECTIONS[:sections])
    pair, aliases = number // len(LANGUAGES), tuple(names[1:])
    return Entry(f"entry-{pair}", names[0], language, tuple(made), aliases, f"Part {pair % 12}")


def _names(language: str) -> Iterator[list[str]]:
    """The term of each entry, and its alias if it has one; none twice."""
    rng, taken = random.Random(f"names {language}"), set[str]()  # noqa: S311
    while True:
        names: list[str] = []
        wanted = 2 if rng.random() < WITH_ALIAS else 1
        while len(names) < wanted:
            name = " ".join(rng.choices(_words(language)[COMMON:], k=rng.choice((2, 3))))
            if name not in taken:
                taken.add(name)
                names.append(name)
        yield names


@cache
def _words(language: str) -> list[str]:
    """The words of a language, of two or three syllables, the commonest first."""
    rng, sounds = random.Random(f"words {language}"), _SAID[language]["sounds"]  # noqa: S311
    found: dict[str, None] = {}
    while len(found) < WORDS:
        syllables = range(rng.choice((2, 2, 2, 3)))
        found["".join(rng.choice(part) for _ in syllables for part in sounds)] = None
    return list(found)
