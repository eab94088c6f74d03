"""A statement taken apart: its words with their stems, numbers, names, negations and hedges."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.wording import Wording, plain, stemmed, wording
from assistant.wording import stems as stems_of
from knowledge.grammar import function_words
from knowledge.language import base

# A name with digits (GPT-3.5, V3, 7B) is one word; then numbers, and words.
_CODE = (
    r"[A-Za-z]+\d*(?:[-.](?=[A-Za-z]*\d)[A-Za-z0-9]+)+|[A-Za-z]+\d[A-Za-z0-9]*"
    r"|\d+(?:\.\d+)?[A-Z]+\b"
)
_TOKEN = re.compile(rf"{_CODE}|\d+(?:[.,٫٬]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\W_]+")
_PREFIXED = re.compile(r"\b(pre|re|co|multi|non|sub|post|un)-(?=[a-z])", re.IGNORECASE)
_SEAM = re.compile(r"(?<=[\u0621-\u064a])(?=[A-Za-z])|(?<=[A-Za-z])(?=[\u0621-\u064a])")
_THOUSANDS = re.compile(r"(?<=\d)[,٬](?=\d{3}\b)")
_SIGHT = 12  # words within which an exception belongs to a negation before it
_EXCEPT = frozenset(("الا", "سوي", "سوى"))
_WHOLE = frozenset(("nothing", "nobody", "nowhere"))  # negations without a word of their own
# Nouns of these forms are terms more often than the verbs they come from: processing, generation.
_NOUNS = ("ing", "tion", "sion", "ility", "isation", "ization")
_ALONE = "وحده"
_REACH = 3  # words behind a negation within which it negates
# Arabic writes these with the next word: and, so, by, as, for, will.
_JOINED_BEFORE = "وفبكلس"
_ARTICLES = ("ال", "لل")
_LEAST = 3  # letters that are left of an Arabic word


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a statement."""

    text: str
    """As it compares: plain."""
    stems: frozenset[str]
    """The stems that it may have."""
    content: bool
    """Whether it carries meaning."""
    roots: frozenset[str] = frozenset()
    """The roots that it may have, where it is Arabic."""
    number: float | None = None
    name: bool = False
    """Whether it looks like a name: a capital letter within a sentence, Latin in Arabic."""
    classes: frozenset[str] = frozenset()
    compares: bool = False
    """Whether it compares: more, less, before."""
    known: bool = True
    """Whether the language's wording lists it, so that its like would be told."""
    light: bool = False
    """Whether it says little by itself."""
    coded: bool = False
    """Whether it is a name with digits or a sign, which is itself or another."""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A text as its terms."""

    language: str
    terms: tuple[Term, ...]

    @property
    def content(self) -> list[int]:
        """The places of the terms that carry meaning."""
        return [n for n, term in enumerate(self.terms) if term.content]

    @property
    def numbers(self) -> list[int]:
        """The places of the numbers."""
        return [n for n, term in enumerate(self.terms) if term.number is not None]

    def has(self, name: str) -> bool:
        """Whether a term is in a class of wording."""
        return any(name in term.classes for term in self.terms)

    def count(self, name: str) -> int:
        """How many terms are in a class of wording."""
        return sum(name in term.classes for term in self.terms)


@lru_cache(maxsize=4096)
def statement(text: str, language: str) -> Statement:
    """A text taken apart, in a language."""
    words = wording(language)
    raw = [word for word in _TOKEN.findall(_bare(text)) if plain(word)]
    joined = _joined(raw, [plain(word) for word in raw], words)
    terms = [_term(word, first == 0, words) for first, word in joined]
    return Statement(base(language), tuple(_negated(_counted(terms, words))))


def _bare(text: str) -> str:
    """Text without vowel marks and stretching, with superscripts as digits."""
    kept = "".join(c for c in text if unicodedata.category(c) != "Mn" and c != "ـ")
    return _PREFIXED.sub(r"\1", _SEAM.sub(" ", _THOUSANDS.sub("", kept)))


def _joined(raw: Sequence[str], words: Sequence[str], known: Wording) -> list[tuple[int, str]]:
    """The words with their places, those that are taken as one joined."""
    found, n = [], 0
    while n < len(raw):
        for parts in known.expressions.get(words[n], ()):
            if tuple(words[n : n + len(parts)]) == parts:
                found.append((n, "_".join(parts)))
                n += len(parts)
                break
        else:
            found.append((n, raw[n]))
            n += 1
    return found


def _term(raw: str, first: bool, words: Wording) -> Term:  # noqa: FBT001
    text = plain(raw)
    language = words.language
    number = _number(text, words)
    bare = _unjoined(text) if language == "ar" else (text,)
    function = function_words(language)
    owned = (*bare, *_unowned(text)) if language == "ar" else bare
    classes = frozenset(c for each in owned for c in words.classes_of(each))
    stems = frozenset(stemmed(each, language) for each in bare)
    parts = text.split("_")
    if len(parts) > 1 and not any(p in function or p in words.comparing for p in parts):
        stems |= {stemmed(part, language) for part in parts}
    rooted = frozenset(each for each in stems_of(text, language) if each.startswith("√"))
    # Words of comparison (more, less, before) are of grammar, and turn a sentence round.
    if raw.endswith("ة") and text == _ALONE:
        classes -= {"only"}  # a unit, not “alone”
    turns = any(part in words.comparing for each in owned for part in each.split("_"))
    is_function = (any(each in function for each in bare) or len(text) == 1) and not turns
    coded = (any(c.isdigit() for c in raw) and not raw[0].isdigit()) or raw[-1:].isupper()
    name = (raw[0].isupper() and not first) or raw[1:] != raw[1:].lower() or coded
    if language in ("ar", "fa", "ur"):
        name = raw[0].isascii() and len(raw) > 1 and not raw.isdigit() and number is None
    return Term(
        text=text,
        stems=stems,
        roots=rooted,
        content=number is None and not is_function and "negation" not in classes,
        number=number,
        name=name and not is_function and number is None,
        classes=classes,
        compares=turns,
        known=words.lists(stems | rooted),
        light=not words.light.isdisjoint(stems)
        and (text in words.listed or not text.endswith(_NOUNS)),
        coded=number is None and any(c.isdigit() for c in raw),
    )


def _unjoined(text: str) -> tuple[str, ...]:
    """An Arabic word as it stands, and without what may be joined before it."""
    found = [text]
    rest = text
    if rest[:1] in _JOINED_BEFORE and len(rest) > _LEAST:
        rest = rest[1:]
        found.append(rest)
        if rest[:1] in _JOINED_BEFORE and len(rest) > _LEAST:
            found.append(rest[1:])
    for each in tuple(found):
        found += [each[2:]] * (each.startswith(_ARTICLES) and len(each) > _LEAST + 1)
    return tuple(found)


def _unowned(text: str) -> tuple[str, ...]:
    """An Arabic word without the pronoun that ends it: most of them."""
    for ending in ("هما", "ها", "هم", "ه"):
        if text.endswith(ending) and len(text) - len(ending) >= _LEAST:
            return (text[: -len(ending)],)
    return ()


def _number(text: str, words: Wording) -> float | None:
    if text[0].isdigit() and not text[-1].isalpha():
        try:
            return float(text.replace("٫", ".").replace("،", "."))
        except ValueError:
            parts = text.split(".")
            return float(parts[0]) if parts[0].isdigit() else None
    for each in _unjoined(text) if words.language == "ar" else (text,):
        if each in words.numbers:
            return words.numbers[each]
        if each in words.magnitudes:
            return words.magnitudes[each]
    return None


def _counted(terms: Sequence[Term], words: Wording) -> list[Term]:
    """The terms, with numbers that belong together as one: three million; twenty five."""
    found: list[Term] = []
    for term in terms:
        last = found[-1] if found else None
        if term.number is not None and last is not None and last.number is not None:
            scaled = _is_magnitude(term, words) and term.number >= 100  # noqa: PLR2004
            tens = last.number in range(20, 100, 10) and term.number < 10  # noqa: PLR2004
            teens = words.language == "ar" and term.number == 10 and last.number < 10  # noqa: PLR2004
            spelt = not last.text[0].isdigit() and not term.text[0].isdigit()
            if scaled or ((tens or teens) and spelt):
                value = last.number * term.number if scaled else last.number + term.number
                found[-1] = Term(
                    f"{last.text}_{term.text}",
                    last.stems | term.stems,
                    content=False,
                    number=value,
                )
                continue
        found.append(term)
    return found


def _is_magnitude(term: Term, words: Wording) -> bool:
    texts = _unjoined(term.text) if words.language == "ar" else (term.text,)
    return any(each in words.magnitudes for each in texts)


def _negated(terms: Sequence[Term]) -> list[Term]:
    """The terms, each that a negation reaches marked: the next that carries meaning."""
    found = list(terms)
    for n, term in enumerate(terms):
        if "negation" not in term.classes or term.text in _WHOLE:
            continue
        ahead = terms[n + 1 : n + 1 + _SIGHT]
        if any(other.text in _EXCEPT for other in ahead):
            # “Not … but” says “only”.
            found[n] = replace(term, classes=frozenset(("only",)))
            continue
        for reached in range(n + 1, min(len(terms), n + 1 + _REACH)):
            if terms[reached].content or terms[reached].number is not None:
                old = found[reached]
                found[reached] = replace(old, negated=not old.negated)
                break
    return found
