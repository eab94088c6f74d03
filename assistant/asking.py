"""Asking: which words of a question ask, and what for; a description asks what it is called."""

import re
from collections.abc import Sequence

from assistant.answer import Kind
from assistant.phrases import Phrases
from assistant.said import Said

TERM = "xx"
"""Stands for a name, so that no word of a name is taken for what is asked about it."""

_OF_A_TERM: tuple[Kind, ...] = ("why", "limits", "how")
"""Asked of a term; “what” with none of them, at length, asks for what it describes."""
_PAIRED: tuple[Kind, ...] = ("compare", "relation")
_LISTED = re.compile("[,،]$")
_EDGE = re.compile(r"[?؟!.:,،;؛…][\"'»”)]*$|^[-–—]+$")
_FEW = 8
_MANY = 10
_OPENING = 4
"""Words: a question of few asks by any of them, a longer one by those of its opening."""


def asked(said: Said, named: Sequence[int], words: Phrases) -> tuple[Kind | None, bool]:
    """What some words ask for, and whether they ask rather than describe.

    ``named`` are the places of those that are names.
    """
    right = words.corrected.search(said.plain)
    if right and right.start() and right.end() < len(said.plain):
        after = said.reached(right).stop
        tail = Said(said.words[after:], said.mark)
        if tail.plain and (kind := asked(tail, [n - after for n in named], words)[0]):
            return kind, True
    clauses = _clauses(said, frozenset(named), words)
    whole = " ".join(clauses)
    asking = [clause for clause in clauses if words.ask.match(clause)]
    if words.seek.search(whole) and not any(map(words.unsought.match, asking)):
        return "define", True
    short = len(whole.split()) <= _FEW
    if asking and (said.mark or short or named or asking[0] == clauses[0]):
        if not (named or said.mark or short) and words.noun.match(asking[0]):
            return "define", False
        kind = _first(asking, words) or (_aspect(whole, words) if short else None)
        what = not named and words.what.match(asking[0]) and len(whole.split()) > _MANY
        what = what and not any(map(said.finds, words.refer.pointer))
        return "define" if what and kind in _OF_A_TERM else kind, True
    first = clauses if short else clauses[:1]
    kind = next((k for clause in first if (k := _headed(clause, words))), None)
    if kind or short:
        return kind or _aspect(whole, words), short
    opening = " ".join(whole.split()[:_OPENING])
    return (_aspect(opening, words) if named else None), False


def _first(asking: Sequence[str], words: Phrases) -> Kind | None:
    """What the first clause asks for; where it is yes or no, a later one puts it better."""
    kinds = [_headed(c, words) or _aspect(_main(c, words), words) for c in asking]
    if kinds[0] == "check" and _aspect(_main(asking[0], words), words) in _PAIRED:
        return _aspect(_main(asking[0], words), words)
    told = [kind for kind in kinds if kind]
    if not told or told[0] != "check":
        return next(iter(told), None)
    anew = any(k == "define" and TERM in c for k, c in zip(kinds, asking, strict=True))
    if anew and TERM not in asking[0]:
        return "define"
    return next((k for k in told if k not in ("check", "origin", "define")), "check")


def _clauses(said: Said, named: frozenset[int], words: Phrases) -> list[str]:
    """The clauses in plain words, each from its first word that tells."""
    found: list[list[str]] = [[]]
    for number, word in enumerate(said.words):
        plain = said.plain_words[number]
        if number in named:
            if found[-1][-1:] != [TERM]:
                found[-1].append(TERM)
        elif plain:
            found[-1].append(plain)
        listed = number in named and _LISTED.search(word) and named & {number + 1, number + 2}
        if _EDGE.search(word) and not listed:
            found.append([])
    led = (words.lead.sub("", " ".join(clause)).strip() for clause in found)
    return [clause for clause in led if clause]


def _headed(clause: str, words: Phrases) -> Kind | None:
    return next((kind for kind, pattern in words.heads.items() if pattern.match(clause)), None)


def _aspect(text: str, words: Phrases) -> Kind | None:
    return next((kind for kind, pattern in words.kinds.items() if pattern.search(text)), None)


def _main(clause: str, words: Phrases) -> str:
    """A clause without those that depend on it."""
    found = words.subordinate.search(clause)
    return clause[: found.start()] if found else clause


def aspects(said: Said, words: Phrases) -> set[int]:
    """The places of words by which a question says what it asks for."""
    reached: set[int] = set()
    for pattern in words.kinds.values():
        for found in pattern.finditer(said.plain):
            if found[0]:
                reached.update(said.reached(found))
    return reached
