"""Linking: where a text uses the terms of a glossary, so that they can be linked.

A question may misspell a name or write it in other letters (``knowledge.search.names``). Here it
counts only as it is written, and where it is likely to be meant: a term linked wrongly is worse
than one not linked.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from knowledge.entry import Entry
from knowledge.glossary import Glossary
from knowledge.language.grammar import function_words, is_aspect, negations
from knowledge.language.spelling import (
    LEAST_LETTERS,
    MARKS,
    Word,
    WordForm,
    agree,
    forms,
    has_article,
    is_acronym_like,
    is_arabic,
    key_of,
    plain,
    singulars,
    tokenize,
)
from knowledge.language.text import Span, base, scripts
from knowledge.language.words import fold, is_unspaced, normalize

_MOST_WORDS = 30  # of a name: a longer one is none, and following it would go as deep
# English words that stand before a verb, before one in “-s”, and after one; nouns have others.
# fmt: off
_BEFORE_VERB = frozenset((
    "to", "i", "we", "you", "they", "can", "could", "will", "would", "shall", "should", "may",
    "might", "must", "cannot", "not", "please", "let",
))
_BEFORE_VERB_IN_S = frozenset(("it", "he", "she", "that", "which", "who"))
_AFTER_VERB = frozenset((
    "a", "an", "the", "this", "these", "those", "its", "your", "their", "our", "my", "his", "her",
    "how", "whether", "it", "them", "him", "us", "me",
))
# fmt: on
_OF_NOUNS = ("ing", "ion", "ness", "ity", "ment", "ism", "nce", "cy")
_AFTER_HYPHEN = frozenset(("based", "like", "style", "free", "driven", "powered", "only"))
_NOT = "غير"
_GLUE = ".@\\"


class Link(NamedTuple):
    """An entry and the characters of the text that name it."""

    entry_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of an entry, and how it has to be written."""

    entry_id: str
    is_term: bool
    words: tuple[Word, ...]
    capitals: tuple[str, ...]
    """Its words that are told by their capitals, else empty: “IT support” is not “it support”."""
    is_proper: bool
    """It is one word and a proper name, so it has no plural and no article."""
    is_hyphened: bool
    """It is another thing with a space: “drop-out”, “one-shot”."""
    is_definite: bool
    """It is one Arabic word that only an article makes the name: الإسقاط, not إسقاط."""

    def fits(self, read: Sequence[WordForm], words: Sequence[Word]) -> bool:
        """Whether those words, read so, are written as the name."""
        if not len(read) == len(words) == len(self.words):  # with other hyphens, or as one word
            return len(read) != len(self.capitals) or self._has_capitals(read)
        if self.is_hyphened and words[1].gap != "-":
            return False
        if self.is_proper and not self._is_bare(read[0]):
            return False
        if self.is_definite and not read[0].is_definite:
            return False
        return self._has_capitals(read) and all(
            agree(own.text, word.text, form.start)
            for own, word, form in zip(self.words, words, read, strict=True)
            if is_arabic(form.key)
        )

    def _is_bare(self, form: WordForm) -> bool:
        """Whether its one word is written without a plural, an article or a preposition."""
        if form.is_inflected or form.is_definite:
            return False
        return form.before in ("", "و") and form.surface in ("", self.words[0].text)

    def _has_capitals(self, read: Sequence[WordForm]) -> bool:
        return not self.capitals or all(
            not capital or capital == form.surface
            for capital, form in zip(self.capitals, read, strict=True)
        )


@dataclass(slots=True)
class _Node:
    """The names that begin with some words: those that end there, and the rest by the next word."""

    names: list[_Name] = field(default_factory=list)
    after: dict[str, "_Node"] = field(default_factory=dict)

    def add(self, keys: Iterable[str], name: _Name) -> None:
        node = self
        for key in keys:
            node = node.after.setdefault(key, _Node())
        node.names.append(name)


class _Match(NamedTuple):
    """Words ``first`` to ``last`` of a text, read as a name of those entries."""

    first: int
    last: int
    read: tuple[WordForm, ...]
    names: tuple[_Name, ...]


class Linker:
    """Finds a glossary's terms and aliases in texts. Threads may share one."""

    def __init__(self, glossary: Glossary) -> None:
        self._roots: dict[str, _Node] = {base(tag): _Node() for tag in glossary.languages}
        foreign = [base(tag) for tag in glossary.languages if not _is_latin(glossary.terms(tag))]
        for entry in glossary.entries:
            own = base(entry.language)
            for name in _names(entry):
                latin = all(word.text.isascii() for word in name.words)
                for language in {own, *(foreign if latin else ())}:
                    for keys in _keys(name):
                        self._roots[language].add(keys, name)

    def find(
        self, text: str, language: str, already: Collection[str] = frozenset()
    ) -> tuple[Link, ...]:
        """The first place of each entry that the text names (``places``), but for some."""
        links: dict[str, Link] = {}
        for link in self.places(text, language, already):
            links.setdefault(link.entry_id, link)
        return tuple(links.values())

    def places(
        self, text: str, language: str, already: Collection[str] = frozenset()
    ) -> Iterator[Link]:
        """Where the text names entries, but for those in ``already``, in its order.

        The longest name counts where several overlap. A name that several entries share is of the
        one whose term it is, else of none. A text in a language without entries names none.
        """
        root = self._roots.get(base(language))
        if root is None:
            return
        words = tokenize(text)
        found = (m for n in range(len(words)) for m in _matches(root, words, n))
        longest = sorted(found, key=lambda m: words[m.first].span.start - words[m.last].span.end)
        taken: set[int] = set()
        kept: list[_Match] = []
        for match in longest:
            places = range(match.first, match.last + 1)
            if taken.isdisjoint(places):
                taken.update(places)
                kept.append(match)
        for match in sorted(kept):
            entry_id = _entry_id(match.names)
            place = Span(match.first, match.last + 1)
            if entry_id is None or entry_id in already:
                continue
            if not _is_doubtful(words, place, match.read, match.names[0]):
                yield Link(entry_id, _span(words, match))


def _is_latin(terms: Sequence[str]) -> bool:
    counts = scripts(" ".join(terms[:100]))
    return not counts or counts.most_common(1)[0][0] == "LATIN"


def _names(entry: Entry) -> Iterator[_Name]:
    """The names of an entry that are worth linking."""
    listed = function_words(entry.language)
    articled = {key_of(name) for name in entry.names if has_article(name)}
    for n, name in enumerate(dict.fromkeys(entry.names)):
        words = tuple(tokenize(name))
        if len(words) > _MOST_WORDS:
            continue
        capitals = tuple(w.text if is_acronym_like(w.text) else "" for w in words)
        if not any(capitals):
            capitals = ()
            if _is_too_ordinary(words, entry.language):
                continue
        is_single = len(words) == 1 and not capitals
        is_hyphened = (
            len(words) == 2  # noqa: PLR2004
            and words[1].gap == "-"
            and any(normalize(word.text) in listed for word in words)
        )
        yield _Name(
            entry.id,
            n == 0,
            words,
            capitals,
            is_proper=is_single
            and (plain(name) not in articled if is_arabic(name) else _is_proper(words[0], entry))
            and not has_article(name),
            is_hyphened=is_hyphened,
            is_definite=is_single and n > 0 and has_article(name),
        )


def _is_too_ordinary(words: Sequence[Word], language: str) -> bool:
    """Whether a name says too little of its own: “how many”, a letter, “without examples”."""
    keys = [key_of(word.text) for word in words]
    if function_words(language).issuperset(keys) or negations(words[0].text, language):
        return True
    if len(keys) > 1:
        return False
    key = keys[0]
    # A short Arabic word without an article is a foreign name, and an Arabic word besides: روج.
    is_foreign = is_arabic(key) and key == plain(words[0].text) and len(key) <= LEAST_LETTERS
    is_letter = len(key) == 1 and not is_unspaced(key)
    return is_foreign or is_letter or is_aspect(key, language)


def _is_proper(word: Word, entry: Entry) -> bool:
    """Whether the entry itself writes a word with a capital wherever it stands: “Falcon”."""
    if not word.is_titled:
        return False
    said = "\n".join((*entry.names, *(section.text for section in entry.sections)))
    small = word.text[0].lower() + word.text[1:]
    return small not in said and re.search(rf"[\w,;] {re.escape(word.text)}\b", said) is not None


def _keys(name: _Name) -> Iterator[tuple[str, ...]]:
    """What a name is kept by: its words; those with a hyphen as one; the last one's singular."""
    keys = tuple(key_of(word.text) for word in name.words)
    yield keys
    joined: list[str] = []
    for key, word in zip(keys, name.words, strict=True):
        if joined and word.gap == "-":
            joined[-1] += key
        else:
            joined.append(key)
    if len(joined) < len(keys):
        yield tuple(joined)
    if name.is_term or len(keys) > 1:
        for singular in singulars(keys[-1]):
            yield (*keys[:-1], singular)


def _matches(root: _Node, words: Sequence[Word], first: int) -> Iterator[_Match]:
    """The names that begin at a word."""

    def go_on(node: _Node, n: int, read: tuple[WordForm, ...]) -> Iterator[_Match]:
        names = tuple(name for name in node.names if name.fits(read, words[first:n]))
        if names:
            yield _Match(first, n - 1, read, names)
        if n == len(words) or (read and words[n].gap == "\n"):
            return
        readings = [(form, n + 1) for form in forms(words[n].text, is_first=not read)]
        if words[n + 1 : n + 2] and words[n + 1].gap == "-":  # “pre-training” for “pretraining”
            joined = words[n].text + words[n + 1].text
            readings += [(form, n + 2) for form in forms(joined, is_first=not read)]
        for form, end in readings:
            after = node.after.get(form.key)
            if after:
                yield from go_on(after, end, (*read, form))

    return go_on(root, first, ())


def _entry_id(names: Sequence[_Name]) -> str | None:
    """The entry that is named; of several, the one whose term it is."""
    terms = {name.entry_id for name in names if name.is_term}
    ids = terms or {name.entry_id for name in names}
    return ids.pop() if len(ids) == 1 else None


def _span(words: Sequence[Word], match: _Match) -> Span:
    """The characters of a match, without و.

    It is a word of its own, and does not join the letter after it. Other particles do: to part
    them from it would change how both are drawn.
    """
    start, end = words[match.first].span.start, words[match.last].span.end
    if match.read[0].before.startswith("و"):
        text = words[match.first].text
        start += len(text) - len(text[1:].lstrip(MARKS))
    return Span(start, end)


def _is_doubtful(words: Sequence[Word], place: Span, read: Sequence[WordForm], name: _Name) -> bool:
    """Whether the words around a name, at a place among them, make it likely to be another thing.

    ``read`` is how its own words were read.
    """
    first, end = place
    before = words[first - 1] if first and words[first].gap != "\n" else None
    after = words[end] if end < len(words) and words[end].gap != "\n" else None
    if words[first].gap == "-" or (before and not words[first].gap and before.text[-1] in _GLUE):
        return True  # “pre-training” is no training, “c.ai” no AI
    if name.capitals:
        return False
    if after and after.gap == "-" and not after.text[0].isdigit():
        return normalize(after.text) not in _AFTER_HYPHEN
    is_single = end - first == 1
    if is_arabic(read[0].key):
        is_other = _is_followed(after) if name.is_proper else _is_no_noun(before, read[0])
        return is_single and is_other
    if words[first].is_titled and _is_in_title(words, place, is_proper=name.is_proper):
        return True
    is_common = not name.is_term and after is not None and after.text == "of"  # “loss of life”
    return is_single and not name.is_proper and (is_common or _is_verb(before, read[0], after))


def _is_in_title(words: Sequence[Word], place: Span, *, is_proper: bool) -> bool:
    """Whether a capitalised name goes on: “Claude Shannon”, “Attention Is All You Need”."""
    first, end = place
    if end < len(words) and words[end].gap == " " and words[end].text[0].isupper():
        return is_proper or not is_acronym_like(words[end].text)
    if first < 2 or words[first].gap != " ":  # noqa: PLR2004  (a first word's capital says nothing)
        return False
    before = words[first - 1]
    starts = not words[first - 2].text[-1].isalnum() or before.gap == "\n"
    return before.is_titled and not starts and normalize(before.text) not in function_words("en")


def _is_verb(before: Word | None, form: WordForm, after: Word | None) -> bool:
    """Whether an English word between two others is a verb: “to prompt”, “it features a …”."""
    if form.key.endswith(_OF_NOUNS):
        return False
    previous = normalize(before.text) if before else ""
    if after and normalize(after.text) in _AFTER_VERB:
        return True
    if form.is_inflected:  # “the model computes”: after a noun it is a verb as likely as a plural
        is_noun = not previous[-1:].isalnum() or previous in function_words("en")
        return not is_noun or previous in _BEFORE_VERB_IN_S
    return previous in (_BEFORE_VERB_IN_S if singulars(form.key) else _BEFORE_VERB)


def _is_followed(after: Word | None) -> bool:
    """Whether a foreign name in Arabic letters goes on, as that of a person does: كلود شانون."""
    folded = plain(after.text) if after else ""
    return is_arabic(folded) and not (
        _is_of_grammar(folded) or folded.startswith(("و", "ال")) or not folded[-1].isalnum()
    )


def _is_no_noun(before: Word | None, form: WordForm) -> bool:
    """Whether a single Arabic word is an adverb or an adjective: بدقة, غير محسّن, النص المشفّر."""
    if form.before[-1:] in ("ب", "ك") and not form.is_definite:
        return True
    folded = plain(before.text) if before else ""
    if folded == _NOT:
        return True
    is_participle = form.key.startswith("م") and not form.before  # as all of them do
    if not is_participle or not is_arabic(folded) or not folded[-1].isalnum():
        return False
    if _is_of_grammar(folded):
        return False
    return not form.is_definite or any(f.is_definite for f in forms(folded, is_first=True))


def _is_of_grammar(word: str) -> bool:
    """Whether an Arabic word is one of grammar, with another joined before it or not."""
    listed = function_words("ar")
    return fold(word) in listed or (word[0] in "وفبكل" and fold(word[1:]) in listed)
