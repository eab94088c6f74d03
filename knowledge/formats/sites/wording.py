"""Wording: by which headings, titles and heads of columns Markdown of sites is understood."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from knowledge.formats.sites.trimmed import are_alike, unmarked, unstarred
from knowledge.language.words import fold

_BRACKETS = re.compile(r"(.+?)[ \t]*[(\[（]([^()\[\]（）]+)[)\]）]")
_QUESTION = re.compile(
    r"(?:what(?:['’]s|\s+is|\s+are)(?:\s+(?:an?|the))?\s+(?=\S)"
    r"|qu['’]est[- ]ce\s+qu(?:e\s+|['’])(?:(?:une?|le|la|les|des)\s+|l['’])?"
    r"|¿\s*qu[ée]\s+(?:es|son)\s+(?:(?:una?|el|la|los|las)\s+)?"
    r"|o\s+que\s+(?:é|são)\s+(?:(?:uma?|o|a|os|as)\s+)?"
    r"|was\s+(?:ist|sind)\s+(?:(?:eine?|der|die|das)\s+)?|что\s+такое\s+|什么是|什麼是|何謂"
    r"|ما\s+(?:هو|هي|المقصود\s+ب)\s*)(.{1,80}?)\s*[?？؟]?"
    r"|(.{1,80}?)\s*(?:とは(?:何か|何ですか|なに)?|(?:이|가)?란(?:\s*무엇인가요?)?|是什么|是什麼|nedir)\s*[?？؟]?",
    re.IGNORECASE,
)
ASKS = ("?", "？", "؟")
"""What a question ends in."""
_ASKED = re.compile(r"[^?？؟]+(?:[?？؟](?=\s+\S)|？(?=\S))")
_DASH, _BAR = r"\s[—–-]\s", r"\s[|/]\s"
_COLON = r":\s|(?<=[A-Z]):(?=[A-Z])|："
NAMES_APART = re.compile(r"\s*[,;،؛、\n]\s*|\s+/\s+")
"""What parts names that are given one behind the other."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CAPITALS = 2
_SHORT, _FEW = 6, 4
_COMPOUNDED = 7
"""Letters of a word that may be the last part of another, as in German: “Fachwörterbuch”."""
_UNIT = 3  # characters: “mm”, “kWh”
_FIRST_WORDS = re.compile(r"\S[.:：]?(?=[\s:：])|[.:：]")
_CALLED = re.compile(
    r"\s(?:genannt|bezeichnet|called|genoemd|llamad[oa]|chamad[oa]|kallad|kaldet)$"
)
_READING = re.compile(r"[\s\u3040-\u309f\u30a0-\u30ff]+")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CHAPTER = re.compile(r"\d+(?:\.\d+)*[.)]?\s+")
_LETTER = "#?(?:[^\\W\\d_\u3400-\u9fff]|\\d)|#"  # a Chinese character may well be a term
_LETTERS = re.compile(
    rf"(?:(?:{_LETTER})(?:(?:\s*[,./&|·–—-]\s*|\s+)(?:{_LETTER}))*|123|symbols|numbers|numeric"
    r"|[ぁ-んァ-ヶ]行|(?:letter|حرف|буква|buchstabe|lettre|lettera|letra)\s.{1,8})[\s.]*"
    r"|\w\s[-–—:]\s.*(?:\.{3}|…)",  # “K – kettle, kiln, …”
    re.IGNORECASE,
)


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    text = files("knowledge.formats.sites").joinpath("sites.yaml").read_text("utf-8")
    table: dict[str, list[str]] = yaml.load(text, _LOADER)  # noqa: S506  (a safe one)
    return {name: tuple(fold(str(word)) for word in words) for name, words in table.items()}


def words(name: str) -> tuple[str, ...]:
    """The words of a list of ``sites.yaml``, folded, in its order."""
    return _lists()[name]


@cache
def _sets() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _lists().items()}


def is_called(text: str, name: str) -> bool:
    """Whether a heading or the head of a column is one of a list of ``sites.yaml``."""
    named = _numberless(text).strip(" :：")
    return fold(named.rstrip(".")) in _sets()[name] or (
        "." in named and fold(named) in _sets()[name]
    )


def _numberless(text: str) -> str:
    """Without the number of a chapter: “2.1 Definitions”."""
    return _CHAPTER.sub("", text) if text[:1].isdigit() else text


def rank(text: str, name: str) -> int | None:
    """How early the head of a column stands in a list of ``sites.yaml``; None if in none."""
    folded = fold(text.strip(" :：."))
    words = _lists()[name]
    return words.index(folded) if folded in _sets()[name] else None


def is_about(text: str, name: str) -> bool:
    """Whether the head of a column begins or ends with a word of a list: “Plain meaning”."""
    folded = fold(text.partition("(")[0])
    words = folded.split()
    if len(words) > _FEW and folded.isascii():
        return False
    unspaced = folded[-1:] > "\u3000"  # Chinese, Japanese, …
    return not _sets()[name].isdisjoint((*words[:1], *words[-1:])) or (
        unspaced and folded.endswith(tuple(_sets()[name]))
    )


@cache
def _beginnings(name: str) -> tuple[str, ...]:
    return tuple(f"{word} " for word in _lists()[name])


def begins_as(text: str, name: str) -> bool:
    """Whether a text begins with one of a list of ``sites.yaml``."""
    return f"{fold(text)} ".startswith(_beginnings(name))


def begun(text: str, name: str) -> str:
    """A text without one of a list of ``sites.yaml`` before it, and the mark behind that."""
    for place in sorted((m.end() for m in _FIRST_WORDS.finditer(text)), reverse=True):
        if is_called(text[:place], name) and text[place:].strip(" :："):
            return text[place:].strip(" :：")
    return text


def other_name(text: str) -> str:
    """A name without the words before and behind it that say that it is another one."""
    name = begun(text, "also")
    return _CALLED.sub("", name) if name != text else name


def is_numbering(text: str) -> bool:
    """Whether the head of a column says that the rows are numbered in it."""
    return text.strip() in ("#", "№", "Nº", "N°") or is_called(text, "numbering")


def is_label(text: str) -> bool:
    """Whether words name a part of an entry, as the head of a column does."""
    names = (
        "definition",
        "aliases",
        "category",
        "example",
        "related",
        "source",
        "apart",
        "unheaded",
    )
    return any(is_called(text, name) for name in (*names, "term"))


def is_part(text: str) -> bool:
    """Whether words can but name a part of an entry, and are no term: “Example”, “See also”."""
    return any(is_called(text, name) for name in ("definition", "example", "related"))


@lru_cache(maxsize=1024)
def tells_of_terms(title: str, name: str = "glossary") -> bool:
    """Whether a title says that what follows are the terms of a glossary, or of a ``lexicon``."""
    folded = f" {fold(re.sub(r'[-_]+', ' ', title))}"
    return any(
        (word if len(word) >= _COMPOUNDED or not word[0].isascii() else f" {word}") in folded
        for word in _lists()[name]
    )


def is_of_many(title: str) -> bool:
    """Whether a title is that of a glossary or a lexicon, and not of a term."""
    return tells_of_terms(title) or tells_of_terms(title, "lexicon")


def is_letter(heading: str) -> bool:
    """Whether a heading is a letter of the alphabet, or several, that terms are grouped under."""
    return _LETTERS.fullmatch(heading.strip(" :-–—")) is not None


def asked_for(title: str) -> str:
    """The term that a title asks for (“What is a tide?”); else the title."""
    question = _ASKED.match(title.strip())  # without a subtitle behind it
    match = _QUESTION.fullmatch(question[0] if question else title.strip())
    name = next(filter(None, match.groups()), "").strip(" «»“”„\"'「」『』") if match else ""
    if not name or name.lower() in ("it", "this", "that", "ça", "es", "das"):
        return title
    return name[:1].upper() + name[1:] if title.lstrip("¿ ")[:1].isupper() else name


def in_two_scripts(title: str, between: str = f"{_DASH}|{_BAR}") -> tuple[str, ...]:
    """The two names of a title that gives one in another script: “Tide — المد”; else the title."""
    names = tuple(part.strip() for part in re.split(between, title))
    if len(names) == 2 and all(names) and in_other_scripts(*names):  # noqa: PLR2004
        return names
    return (title,)


def name_and_aliases(term: str) -> tuple[str, tuple[str, ...]]:
    """A term without the acronym that follows in brackets, or the words of one; and that.

    “Application Programming Interface (API)”, “API (Application Programming Interface)”, and a
    name in another script, “مد (tide)”, “Tide – مد”. Other brackets, “Block (CSS)”, are part of
    the term.
    """
    match = _BRACKETS.fullmatch(term)
    if match is None:
        return _parted_by_commas(term) or _parted_by_dash(term)
    outer, inner = unstarred(match[1]), unstarred(match[2])
    ending = term[match.end(1)] in "([" and len(inner) <= _UNIT and inner.islower()
    foreign = in_other_scripts(outer, inner)
    if not outer or not inner or (ending and not foreign):  # “term(s)”
        return term, ()
    if (other := other_name(begun(inner, "in_english"))) != inner:
        return outer, tuple(filter(None, NAMES_APART.split(other)))
    if _READING.fullmatch(inner) and _HAN.search(outer):
        return outer, (inner,)
    parts = tuple(unmarked(part) for part in NAMES_APART.split(inner) if part)
    several = any(part.isupper() and len(part) <= _SHORT for part in parts)
    several = several or any(in_other_scripts(outer, part) for part in parts)
    if not foreign and not several:
        parts = (unmarked(inner),)  # “Anglo-American Rules, Second Edition”
    foreign = foreign or (
        not outer.isascii() and " " in outer and inner.isupper()  # of English words, mostly
    )
    if not (foreign or any(abbreviates(part, outer) for part in parts)):
        return term, ()
    name, more = name_and_aliases(outer) if outer.endswith((")", "）")) else (outer, ())
    return name, (*more, *parts)


def _parted_by_commas(term: str) -> tuple[str, tuple[str, ...]] | None:
    """The names of “copy-on-write, COW” and “map, mapping”: initials, or much alike the first.

    What else stands behind a comma is part of the name: “Turing, Alan”, “CMY, CMYK”.
    """
    first, *others = re.split(r",\s+", term)
    alike = (abbreviates(other, first) or are_alike(other, first) for other in others)
    worded = not "".join(term.split(", ")).isalpha() or not term.isupper()
    long = all(len(name) > 1 for name in (first, *others))
    return (first, tuple(others)) if others and long and worded and all(alike) else None


def _parted_by_dash(term: str) -> tuple[str, tuple[str, ...]]:
    whole, *besides = re.split(r"\s+[·•]\s+", term)  # “tide · مد, flood”
    if besides and all(part.count(" ") < _SHORT for part in (whole, *besides)):
        name, aliases = _parted_by_dash(whole)
        return name, (*aliases, *(each for part in besides for each in NAMES_APART.split(part)))
    first, *others = in_two_scripts(term, f"{_DASH}|：")
    short, *long = re.split(f"{_DASH}|{_COLON}", term)
    if len(long) == 1 and not others and abbreviates(short, long[0]):
        return short, (long[0],)
    name, aliases = name_and_aliases(first) if others else (term, ())
    return name, (*aliases, *others)


def brackets(term: str) -> tuple[str, ...]:
    """The names that a title holds with and without its brackets, where one shortens the other."""
    name, aliases = name_and_aliases(term)
    return (name, *aliases) if aliases else ()


def in_other_scripts(one: str, other: str) -> bool:
    """Whether of two names one is in Latin letters and the other is not, or one in Korean ones."""
    korean = (
        len({_HANGUL.search(name) is None for name in (one, other) if any(map(str.isalpha, name))})
        > 1
    )
    numbered = one.strip().isdigit() or other.strip().isdigit()
    return korean or (not numbered and _is_latin(one) != _is_latin(other))


def _is_latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c.isascii() or c < "\u0250" for c in letters) * 2 > len(letters)


def abbreviates(one: str, other: str) -> bool:
    """Whether either of two names is an acronym of the other."""
    short, long = sorted((one, other), key=len)
    capitals = sum(c.isupper() or c.isdigit() for c in short)
    letters = [c for c in short.lower() if c.isalpha()]
    brief = len(short) <= _UNIT or any(c.isupper() for c in short[1:])
    if not (brief or capitals >= _CAPITALS) or not letters or " " in short.strip():
        return False
    if letters[-1] == "s" and short[-1] == "s" and len(letters) > _CAPITALS:
        letters.pop()
    if capitals >= _CAPITALS and " " in long and long.lower()[:1] == letters[0]:
        return True  # “CLOPS (circuit operation layers per second)”
    initials = [word[0] for word in long.lower().split()]
    if all(letters.count(each) <= initials.count(each) for each in letters):
        return True  # “Unidad de cómputo (CU)”
    rest = iter(long.lower())
    begins = long.lower().lstrip()[:1] == letters[0] or capitals > _CAPITALS  # “XML (eXtensible …)”
    return begins and all(c in rest for c in letters)
