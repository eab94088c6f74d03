"""Grammar: which words carry meaning, by lists of those of each language that do not."""

from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from knowledge.language.text import macrolanguage
from knowledge.language.words import fold, is_unspaced, normalize, stem

_CLEARLY = 2  # times as many words, or other signs, tell another language
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ContentWord(NamedTuple):
    """A word that carries meaning: ``words[start:end]`` of some folded words."""

    text: str
    stem: str
    start: int
    end: int


def content_words(
    words: Sequence[str], language: str, *, aspects: bool = True, kept: Collection[int] = ()
) -> list[ContentWord]:
    """The words that carry meaning among folded ones, in order: none of grammar, no lone letter.

    Without ``aspects``, also none that say what is asked about a subject (“limits”, “example”).
    Those at the places in ``kept`` carry meaning in any case. Where a script puts no space between
    words, every two neighbouring letters are taken for one (bigrams serve Chinese as well as words
    do: Nie, Gao, Zhang and Zhou, 2000, doi:10.1145/355214.355235).
    """
    found: list[ContentWord] = []
    run: list[int] = []
    skipped = _skipped(words, language, aspects=aspects)
    for n in range(len(words) + 1):
        counts = n < len(words) and (n in kept or n not in skipped)
        if counts and is_unspaced(words[n]):
            run.append(n)
            continue
        if run:
            pairs = [(a, a + 2) for a in run[:-1]] or [(run[0], run[0] + 1)]
            found += [ContentWord(s := "".join(words[a:b]), s, a, b) for a, b in pairs]
            run = []
        if counts and (len(words[n]) > 1 or n in kept):
            found.append(ContentWord(words[n], stem(words[n], language), n, n + 1))
    return found


def _skipped(words: Sequence[str], language: str, *, aspects: bool) -> set[int]:
    """The places of words that carry no meaning; the longest first where one is several words."""
    phrases = _phrases(macrolanguage(language), aspects=aspects)
    skipped: set[int] = set()
    end = 0
    for n, word in enumerate(words):
        if n < end:
            continue
        for phrase in phrases.get(word, ()):
            if phrase == tuple(words[n : n + len(phrase)]):
                end = n + len(phrase)
                skipped.update(range(n, end))
                break
        else:
            if not aspects and is_aspect(word, language):
                skipped.add(n)
    return skipped


@cache
def _phrases(language: str, *, aspects: bool) -> dict[str, list[tuple[str, ...]]]:
    """What carries no meaning, by its first word, the longest first."""
    listed = function_words(language) | (frozenset() if aspects else _words(language, "aspect"))
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(text.split()) for text in listed), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


def content_stems(text: str, language: str) -> list[str]:
    """The stems of the words of a text that carry meaning, in order (``content_words``)."""
    return [word.stem for word in content_words(fold(text).split(), language)]


def function_words(language: str) -> frozenset[str]:
    """Folded words of grammar, and those that wrap a question; none for a language unlisted."""
    return _words(macrolanguage(language), "function")


def is_aspect(word: str, language: str) -> bool:
    """Whether a folded word, or a form of its stem, says what is asked about a subject."""
    listed = macrolanguage(language)
    return word in _words(listed, "aspect") or stem(word, language) in _aspect_stems(listed)


@cache
def _aspect_stems(language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in _words(language, "aspect"))


def question_language(text: str, languages: Sequence[str]) -> str | None:
    """The language of a question by its function words, if they tell one clearly.

    One of ``languages``, unless another has two of the text's words and twice as many as any of
    them; so Arabic in Latin letters is told, and French, which no script tells. None where no word
    is listed.
    """
    words = fold(text).split()
    counts = {
        tag: len(_skipped(words, tag, aspects=True)) for tag in (*languages, *listed_languages())
    }
    expected = max(languages, key=counts.__getitem__, default=None)
    found = max(counts, key=counts.__getitem__)
    if expected and counts[found] < _CLEARLY * max(1, counts[expected]):
        found = expected
    return found if counts[found] else None


@cache
def listed_languages() -> tuple[str, ...]:
    """The languages whose words are listed."""
    names = (path.name for path in files("knowledge.language").joinpath("stopwords").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def negations(text: str, language: str) -> int:
    """How many words of a text negate, of those listed for its language."""
    listed = _words(macrolanguage(language), "negation")
    return sum(word in listed for word in normalize(text).replace("n't", " not").split())


@cache
def _words(language: str, kind: str) -> frozenset[str]:
    path = files("knowledge.language").joinpath("stopwords", f"{language}.yaml")
    if not path.is_file():
        return frozenset()
    words: dict[str, str] = yaml.load(path.read_text("utf-8"), _Loader)  # noqa: S506  (it is a safe one)
    plain = normalize if kind == "negation" else fold
    return frozenset(filter(None, map(plain, words.get(kind, "").split())))
