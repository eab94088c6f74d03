"""Senses: whether a name, where it stands in a text, is likely to be another thing."""

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.language.grammar import function_words
from knowledge.language.spelling import (
    Word,
    WordForm,
    forms,
    is_acronym_like,
    is_arabic,
    plain,
    singulars,
)
from knowledge.language.text import Span
from knowledge.language.words import fold, normalize

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


class NameTraits(NamedTuple):
    """What is known of a name."""

    has_capitals: bool = False
    """Capitals tell it: AI."""
    is_proper: bool = False
    """It is one word and a proper name: Falcon."""
    is_term: bool = True
    """It is no alias."""


def is_doubtful(
    words: Sequence[Word], place: Span, read: Sequence[WordForm], kind: NameTraits
) -> bool:
    """Whether the words around a name, at a place among them, make it likely to be another thing.

    ``read`` is how its own words were read.
    """
    first, end = place
    before = words[first - 1] if first and words[first].gap != "\n" else None
    after = words[end] if end < len(words) and words[end].gap != "\n" else None
    if words[first].gap == "-" or (before and not words[first].gap and before.text[-1] in _GLUE):
        return True  # “pre-training” is no training, “c.ai” no AI
    if kind.has_capitals:
        return False
    if after and after.gap == "-" and not after.text[0].isdigit():
        return normalize(after.text) not in _AFTER_HYPHEN
    is_single = end - first == 1
    if is_arabic(read[0].key):
        is_other = _is_followed(after) if kind.is_proper else _is_no_noun(before, read[0])
        return is_single and is_other
    if words[first].is_titled and _is_in_title(words, place, is_proper=kind.is_proper):
        return True
    is_common = not kind.is_term and after is not None and after.text == "of"  # “loss of life”
    return is_single and not kind.is_proper and (is_common or _is_verb(before, read[0], after))


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
