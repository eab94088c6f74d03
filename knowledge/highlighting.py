"""Highlighting: where a text has the words of a query."""

import re
import unicodedata

from knowledge.language.grammar import content_words
from knowledge.language.text import Span
from knowledge.language.words import fold, is_unspaced, stem

_WORD = re.compile(r"[^\s\-‐-―/]+")
_LEAST = 2  # letters: one alone begins too many words


def highlights(text: str, query: str, language: str) -> tuple[Span, ...]:
    """The words of a text that are a query's, in any form, or begin with one of them.

    Words of grammar are not looked for. Where a script puts no space between words, only what
    stands in the text as it is typed. The language is that of the text.
    """
    words = fold(query).split()
    if any(map(is_unspaced, words)):
        found = re.finditer(re.escape(query.strip()), text, re.IGNORECASE)
        return tuple(Span(*each.span()) for each in found)
    told = (word.text for word in content_words(words, language))
    starts = tuple(word for word in told if len(word) >= _LEAST)
    stems = {stem(word, language) for word in starts}
    spans = []
    for each in _WORD.finditer(text):
        word = fold(each[0])
        if word and (word.startswith(starts) or stem(word, language) in stems):
            spans.append(_bare(text, *each.span()))
    return tuple(spans)


def _bare(text: str, start: int, end: int) -> Span:
    """A word without the punctuation around it; signs on its last letter are its own."""
    while not text[start].isalnum():
        start += 1
    while not (text[end - 1].isalnum() or unicodedata.combining(text[end - 1])):
        end -= 1
    return Span(start, end)
