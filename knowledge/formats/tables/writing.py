"""Writing: columns that are named for how their words are written: kanji, traditional, romaji."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.formats import telling
from knowledge.formats.tables.tongues import script
from knowledge.language.words import fold

if TYPE_CHECKING:
    from knowledge.formats.tables.columns import Column

_BOTH = frozenset({"term", "definition"})
_JAPANESE = ("kanji", "kana", "hiragana", "katakana")  # the sooner the likelier
_CHINESE = {"simplified": "zh-Hans", "traditional": "zh-Hant"}
"""Names that mean a language where both stand."""
_ROMANISED = frozenset({"romaji", "romanji", "romanization", "romanisation", "romanized",
                        "transliteration", "pinyin"})  # fmt: skip


def languages(names: Sequence[str], *, japanese: bool) -> dict[int, str]:
    """The languages of columns, by how they are written; Japanese if no other is known to be."""
    folded = [fold(name) for name in names]
    found = {n: _CHINESE[name] for n, name in enumerate(folded) if name in _CHINESE}
    found = found if len(found) == len(_CHINESE) else {}
    first = next((name for name in _JAPANESE if name in folded), None)
    return found | ({folded.index(first): "ja"} if first and japanese else {})


def apart(names: Sequence[str], found: Mapping[int, "Column"]) -> dict[int, "Column"]:
    """The columns; those that are named in other letters than the rest are in that language.

    So it is where terms and definitions stand in both: “Term, Definition, المصطلح, التعريف”. Where
    but the terms do, the term is the one in the letters of the definitions.
    """
    groups: dict[str, dict[int, Column]] = {}
    for n, known in found.items():
        if not known.language:
            groups.setdefault(script(names[n]), {})[n] = known
    roles = {each: {known.role for known in group.values()} for each, group in groups.items()}
    full = sorted((e for e in groups if roles[e] >= _BOTH), key=lambda each: each != "LATIN")
    others: dict[int, Column] = {}
    for each in full[1:]:
        words = [word for n in groups[each] for word in names[n].split()]
        arabic = any(word.startswith("ال") for word in words)  # its article: a word or two tell it
        language = "ar" if arabic else telling.told(" ".join(words))
        others |= {n: replace(known, language=language) for n, known in groups[each].items()}
    for each in groups if len(full) == 1 else ():
        terms = {n: k for n, k in groups[each].items() if k.role == "term" and each != full[0]}
        others |= {n: replace(known, role="translation") for n, known in terms.items()}
    return {**found, **others}


def romanised(names: Sequence[str]) -> int | None:
    """The column of words that are written in Latin letters here and not elsewhere, if any is."""
    return next((n for n, name in enumerate(names) if fold(name) in _ROMANISED), None)
