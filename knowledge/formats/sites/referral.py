"""Referrals: definitions that say but where a term is defined, “See Tide”."""

import re
from functools import cache

from knowledge.formats.sites.wording import words
from knowledge.language.words import fold

_SEEN_BEHIND = re.compile(
    r"[「『“\"(（\[]?([^「」『』]{1,80}?)[」』”\")）\]]?\s*"
    r"(?:(?:の項)?を?(?:参照|ご参照|見よ)(?:のこと|してください|ください)?|(?:을|를)?\s*(?:참조|참고)(?:하세요)?)[。.]?"
)
_GOES_ON = re.compile(r"[.!?؟]\s+\S|[。！？]\s*\S|\n")


@cache
def _sees() -> re.Pattern[str]:
    said = "|".join(re.escape(word) for word in sorted(words("see"), key=len, reverse=True))
    return re.compile(rf"(?:→|=>|->|⇒)\s*|(?:{said})(?:\b|(?<=[^\x00-\x7f]))")


def seen(definition: str) -> str:
    """The term, folded, that a definition only sends to (“See Tide.”); or nothing."""
    if len(definition) > 120 or _GOES_ON.search(definition):  # noqa: PLR2004  (a line and a half)
        return ""
    if behind := _SEEN_BEHIND.fullmatch(definition.strip()):
        return fold(behind[1])
    match = _sees().match(folded := fold(definition))
    if match is None and definition.lstrip()[:1] in "→⇒":
        return folded
    return folded[match.end() :].strip() if match else ""
