"""Roots: the three letters that Arabic words are derived from, told from a word's form alone."""

from functools import lru_cache

_LEAST = 3
# What may be joined before a word, the longest first: and, so; by, as, for; the article.
_PROCLITICS = (
    "وبال", "فبال", "وكال", "فكال", "وال", "فال", "بال", "كال", "ولل", "فلل", "ال", "لل",
)  # fmt: skip
# Endings: pronouns, numbers and genders of nouns, persons of verbs, the longest first.
_ENDINGS = (
    "اتهما", "ياتها", "تهما", "اتها", "اتهم", "ياته", "تاها", "اته", "تهم", "تها", "تين", "تان",
    "يات", "يين", "يون", "هما", "ونها", "ونه", "نها", "يه", "ته", "ها", "هم", "هن", "كم", "نا",
    "ات", "ون", "ين", "ان", "وا", "تا", "ه", "ي", "ا", "ت",
)  # fmt: skip
_OPENINGS = (
    "سيست", "يست", "تست", "نست", "مست", "است", "سين", "سي", "ست", "يت", "تت", "مت", "نت", "ين",
    "تن", "من", "ان", "ي", "ت", "ن", "م", "ا",
)  # fmt: skip
# Where a form writes letters that are not of the root; a dot is a letter of the root.
_FORMS = {
    4: ("ا...", ".ا..", "..ا.", "..ي.", "..و.", "ت...", "م...", "ي..."),
    5: (".وا..", "..اي.", ".ت.ا.", "ا..ا.", "ت..ي.", "م..و.", "م.ا..", "ت.ا..", ".ا.ي.", "م..ا.",
        "ا.ت..", "م.ت..", "ي.ت..", "ت.ت..", "ت..ا.", ".واي."),
    6: ("ا.ت.ا.", "ان..ا.", "م.ا.ي.", "ت.ا.ي.", "ا.ا.ي.", "مت.ا..", ".وا.ي."),
    7: ("است..ا.",),
}  # fmt: skip
_WEAK = str.maketrans("ويءؤئ", "ااااا")


@lru_cache(maxsize=65536)
def roots(word: str) -> frozenset[str]:
    """The roots that a plain Arabic word is likely to have, weak letters levelled; often one."""
    found = set()
    for bare in _bare(word):
        if bare[-1] not in "اه" or len(bare) == _LEAST:  # there they end a noun: feminine, adverb
            found |= _fitting(bare)
        found |= _doubled(bare)
        for ending in _ENDINGS:
            if bare.endswith(ending):
                found |= _doubled(bare[: -len(ending)])
            if bare.endswith(ending) and len(bare) - len(ending) >= _LEAST:
                found |= _fitting(bare[: -len(ending)])
                break
    # A root of two weak letters, or of one letter twice over, would be anyone's.
    return frozenset(r for r in found if r.count("ا") < 2 and len(set(r)) > 1)  # noqa: PLR2004


def _doubled(bare: str) -> set[str]:
    """The root of two letters, of which the second counts twice: شد of شدد."""
    return {bare + bare[-1]} if len(bare) == _LEAST - 1 else set()


def _bare(word: str) -> list[str]:
    for joined in _PROCLITICS:
        if word.startswith(joined) and len(word) - len(joined) >= _LEAST:
            return [word[len(joined) :]]
    joined = "وفبكل"
    if word[:1] in joined and len(word) > _LEAST + 1:
        return [word, word[1:]]
    return [word]


def _fitting(bare: str) -> set[str]:
    """The roots by the first form that fits, with and without an opening."""
    if len(bare) == _LEAST:
        return {bare.translate(_WEAK)}
    for form in _FORMS.get(len(bare), ()):
        if all(f in (".", letter) for f, letter in zip(form, bare, strict=True)):
            root = "".join(c for f, c in zip(form, bare, strict=True) if f == ".")
            return {root.translate(_WEAK)}
    for opening in _OPENINGS:
        if bare.startswith(opening) and len(bare) - len(opening) >= _LEAST:
            rest = bare[len(opening) :]
            return _fitting(rest) if len(rest) <= 5 else set()  # noqa: PLR2004
    return set()
