"""Verification: hard checks of what a model wrote against the words that it rests on.

A number, a name or an “all”, “never” or “only” that the quotes do not have is an error that can be
told without understanding. What needs understanding (negation, hedges, causes, roles) is noted for
the judge and decides nothing here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from assistant.phrases import plain
from knowledge.glossary import Glossary
from knowledge.language.propernames import ProperNames
from knowledge.language.quantities import is_figure, unfounded
from knowledge.language.text import base
from knowledge.language.words import PROCLITICS, normalize, proclitic_forms
from knowledge.resources import resource

_NEGATED = re.compile(
    r"\b(?:not|t|cannot|لا|لم|لن|ليس|ليست)(?: \w+){0,5} (?:all|every|كل(?:ها|هم|ه)?|جميع\w{0,2})\b"
)
_LITTLE = (  # “only 3.5 GB” and “only slightly” say that it is little; and what is not only so
    r"|\b(?:only|الا|سوي|فقط) (?:\w+ )?(?=\d)|\d(?: \w+){1,2} فقط\b|\bonly \w+ly\b"
    r"|\b(?:لا|ليس|ليست)(?: \w+){1,4} فقط\b"
)
_CLASSES = ("all", "always", "never", "only")
_NOTES = ("hedge", "negation", "cause")
_closed = partial(resource, "assistant", "verification")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a claim has, and its quotes do not have."""

    kind: str
    """``number``, ``unit``, ``name`` or ``quantifier``; or, told by others, ``judge``,
    ``leaning`` and ``uncited``."""
    what: str = ""

    def reason(self, language: str) -> str:
        """It in plain words."""
        reasons = _closed()["reasons"]
        told = reasons.get(base(language), reasons["en"])[self.kind]
        return str(told.format(what=self.what))


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence to be judged."""

    text: str
    quotes: tuple[str, ...]
    term: str
    before: str = ""
    """The sentence before it."""
    notes: tuple[str, ...] = ()
    """What to look at twice: of ``notes``."""


class Verifier:
    """Checks sentences about a glossary. Threads may share one."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._names = ProperNames(glossary)

    def names(self, entry_ids: Iterable[str]) -> list[str]:
        """The names of some entries, in all languages."""
        entries = (entry for i in entry_ids for entry in self._glossary.versions(i))
        return [name for entry in entries for name in entry.names]

    def contradiction(
        self, claim: str, language: str, quotes: Sequence[str], around: Sequence[str]
    ) -> Contradiction | None:
        """What a claim has first that its quotes do not have, if anything.

        ``quotes`` are the sentences of the glossary that it rests on; ``around``, what else may
        have a number or a name of it: the names of the entries that are quoted, and the question.
        """
        texts = [*quotes, *around]
        if found := unfounded(claim, texts):
            return Contradiction(found[0], _as_written(claim, found[1]))
        if name := next(self._names.unfounded(claim, language, texts), None):
            return Contradiction("name", name)
        if word := _unfounded_quantifier(claim, quotes):
            return Contradiction("quantifier", _as_written(claim, word))
        return None

    def prepare(self) -> None:
        """Pays for what is slow the first time, while a model still thinks."""
        self.contradiction("In 2020, All Names said «اسم» 3 km.", "en", ("",), ())


def notes(claim: str, quotes: Sequence[str]) -> tuple[str, ...]:
    """What the judge should look at: kinds of words that only one side has.

    Of ``hedge``, ``negation`` and ``cause`` those that the claim has and its quotes have not, or,
    of the first two, the other way round.
    """
    one, other = _classes(claim), set[str]().union(*map(_classes, quotes))
    differing = (one ^ other) - ({"cause"} - one)
    return tuple(kind for kind in _NOTES if kind in differing)


def _unfounded_quantifier(claim: str, quotes: Sequence[str]) -> str | None:
    """The word for all, always, never or only in a claim whose like no quote of it has."""
    words = " ".join("0" if is_figure(word) else word for word in plain(claim).split())
    there = " | ".join(map(plain, quotes))
    for kind in _CLASSES:
        asserts, allows, exempt = map(partial(_phrases, kind), ("asserts", "allows", "exempt"))
        told = _NEGATED.sub(" ", words) if kind == "all" else words
        found = asserts.search(exempt.sub(" ", told))
        if found and not (asserts.search(there) or allows.search(there)):
            return found[1]
    return None


def _as_written(claim: str, levelled: str) -> str:
    """The words of a claim that are levelled to these."""
    wanted = re.findall(r"\w+", levelled)
    form = re.compile(".*?".join(rf"\b[{PROCLITICS}]{{0,2}}(?:ال)?{word}\b" for word in wanted))
    words = claim.split()
    bare = [re.sub(r"(?<=\d)[,٬](?=\d{3})", "", normalize(word)) for word in words]
    for size in range(1, len(wanted) + 2):
        for n in range(len(words) - size + 1):
            if form.search(" ".join(bare[n : n + size])):
                return " ".join(words[n : n + size]).strip(".,;:!?؟،؛()[]\"'“”«»")
    return levelled


@cache
def _phrases(kind: str, part: str) -> re.Pattern[str]:
    """The phrases of a class in any language; Arabic writes up to two letters before a word."""
    every = "/".join(_closed()[language][kind][part] for language in ("en", "ar"))
    phrases = sorted(map(plain, every.split("/")), key=len, reverse=True)
    little = _LITTLE if part == "exempt" else ""
    return re.compile(rf"\b[{PROCLITICS}]{{0,2}}({'|'.join(phrases)})\b{little}")


def _classes(text: str) -> set[str]:
    words = {form for word in plain(text).split() for form in proclitic_forms(word)}
    return {kind for kind in _NOTES if not _noted(kind).isdisjoint(words)}


@cache
def _noted(kind: str) -> frozenset[str]:
    return frozenset(normalize(w) for tag in ("en", "ar") for w in _closed()[tag][kind].split())
