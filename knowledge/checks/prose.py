"""How entries are written: definitions, and the conventions of the script they are written in."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from knowledge.entry import SUMMARY, Entry, Section
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from knowledge.language.grammar import function_words
from knowledge.language.text import base, is_right_to_left, sentences
from knowledge.language.words import fold, stem

SUMMARY_WORDS = 60
"""A definition of more words is not taken in at once: it is for the body to go on."""

FOREIGN_WORDS = 4
"""So many Latin words together are a phrase left untranslated; a product's name has fewer."""

CLAIM_YEARS = 2
"""“As of” a year longer ago than this, a claim has to be looked at again."""

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]|«[^»]*»|“[^”]*”|\"[^\"]*\"")
_LATIN_RUN = re.compile(rf"(?:\b[A-Za-z][A-Za-z'’.\-]*[ ]){{{FOREIGN_WORDS - 1},}}[A-Za-z]+")
_LATIN_PUNCTUATION = re.compile(r"[\u0620-\u064a\u066e-\u06d3][\u064b-\u0652)»]*\s?([,;?])")
_AS_OF = {
    "en": re.compile(r"As of (?:early |mid-|late )?(?:[A-Z][a-z]+ )?(\d{4})"),
    "ar": re.compile(r"حتى (?:عام|سنة|مطلع|منتصف|أواخر|نهاية)(?: عام)? (\d{4})"),
}


def long_summaries(glossary: Glossary) -> Iterable[Fault]:
    """Summaries of too many words."""
    for entry, section in _sections(glossary):
        words = len(section.text.split())
        if section.name == SUMMARY and words > SUMMARY_WORDS:
            message = f"the summary has {words} words: define the term in {SUMMARY_WORDS} or fewer."
            yield _at(entry, section, 0, message)


def circular_definitions(glossary: Glossary) -> Iterable[Fault]:
    """Definitions that use the term to say what it is.

    The first sentence counts, without what stands in brackets and without the name it opens with.
    """
    for entry, section in _sections(glossary):
        if section.name == SUMMARY and _circular(entry):
            message = f"“{entry.term}” is defined by itself: say what it is in other words."
            yield _at(entry, section, 0, message)


def _circular(entry: Entry) -> bool:
    text = _BRACKETS.sub(" ", entry.summary)
    term, words = _stems(entry.term, entry.language), _stems(text, entry.language)
    names = (_stems(name, entry.language) for name in entry.names)
    opening = max((len(name) for name in names if words[: len(name)] == name), default=0)
    if not term or not {*term} <= {*words[opening:]}:
        return False  # soon told of most
    first = next(iter(sentences(text, entry.language)), None)
    rest = _stems(text[first.start : first.end], entry.language)[opening:] if first else []
    return any(rest[n : n + len(term)] == term for n in range(len(rest)))


def _stems(text: str, language: str) -> list[str]:
    stop = function_words(language)
    return [stem(word, language) for word in fold(text).split() if word not in stop]


def foreign_punctuation(glossary: Glossary) -> Iterable[Fault]:
    """A Latin comma, semicolon or question mark after a word that is written from right to left."""
    for entry, section in _sections(glossary):
        if is_right_to_left(entry.language) and any(c in section.text for c in ",;?"):
            for found in _LATIN_PUNCTUATION.finditer(section.text):
                right = {",": "،", ";": "؛", "?": "؟"}[found[1]]
                message = f"“{found[1]}” after {base(entry.language)} text: write “{right}”."
                yield _at(entry, section, found.start(), message)


def mixed_digits(glossary: Glossary) -> Iterable[Fault]:
    """Digits of two scripts in one entry: 2026 and ٢٠٢٦."""
    for entry in glossary.entries:
        text = "".join(section.text for section in entry.sections)
        kinds = {_zero(c) for c in set(text) if c.isdecimal()}
        if len(kinds) > 1:
            shown = " and ".join(f"“{zero}”" for zero in sorted(kinds))
            message = f"mixes digits of two scripts ({shown}): keep to one."
            yield Fault(entry.origin, entry.line, message, "warning")


def _zero(digit: str) -> str:
    return chr(ord(digit) - int(digit))


def foreign_runs(glossary: Glossary) -> Iterable[Fault]:
    """Phrases left in the Latin script within Arabic text, outside brackets and quotation marks."""
    for entry, section in _sections(glossary):
        if is_right_to_left(entry.language):
            masked = _BRACKETS.sub(lambda found: " " * len(found[0]), section.text)
            for found in _LATIN_RUN.finditer(masked):
                message = f"“{found[0]}” is not translated: say it in the entry's language."
                yield _at(entry, section, found.start(), message)


def old_claims(glossary: Glossary, today: date) -> Iterable[Fault]:
    """Claims “as of” a year that is long past, in a heading or where a sentence begins."""
    for entry, section in _sections(glossary):
        pattern = _AS_OF.get(base(entry.language))
        if pattern is None or not pattern.search(f"{section.heading}\n{section.text}"):
            continue
        starts = [0, *(span.start for span in sentences(section.text, entry.language))]
        texts = [section.heading, *(section.text[start:] for start in starts[1:])]
        for start, text in zip(starts, texts, strict=True):
            found = pattern.match(text)
            if found and int(found[1]) < today.year - CLAIM_YEARS:
                message = (
                    f"speaks “{found[0]}”: see whether it still holds, and bring it up to date."
                )
                yield _at(entry, section, start, message)


def _sections(glossary: Glossary) -> Iterator[tuple[Entry, Section]]:
    return ((entry, section) for entry in glossary.entries for section in entry.sections)


def _at(entry: Entry, section: Section, offset: int, message: str) -> Fault:
    return Fault(entry.origin, section.line(offset) or entry.line, message, "warning")
