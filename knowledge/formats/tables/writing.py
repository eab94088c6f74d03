"""Writing: columns that are named for how their words are written: kanji, traditional, romaji."""

from collections.abc import Sequence

from knowledge.words import fold

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


def romanised(names: Sequence[str]) -> int | None:
    """The column of words that are written in Latin letters here and not elsewhere, if any is."""
    return next((n for n, name in enumerate(names) if fold(name) in _ROMANISED), None)
