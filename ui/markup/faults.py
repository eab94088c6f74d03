"""Faults: what is to be considered about an entry, in the interface's words where it has some."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from knowledge.fault import Fault
from ui.markup.text import digits, tongue
from ui.strings import strings

# What the checks say (knowledge.checks), and the name under which the interface says it.
_KNOWN = {
    "no_example": r"“(?P<a>.*)” has no example: .*",
    "circular": r"“(?P<a>.*)” is defined by itself: .*",
    "long": r"the summary has (?P<a>\d+) words: .* in (?P<b>\d+) or fewer\.",
    "shared": r"the name “(?P<a>.*)” is also a name of “(?P<b>.*?)” \(.*",
    "no_relation": r"related “(?P<a>.*)” is no entry .*",
    "own_relation": r"related “(?P<a>.*)” is the entry itself.*",
    "punctuation": r"“(?P<a>.)” after \w+ text: write “(?P<b>.)”\.",
    "digits": r"mixes digits of two scripts \(.*",
    "foreign": r"“(?P<a>.*)” is not translated: .*",
    "no_version": r"“(?P<a>.*)” is missing in “.*",
    "old": r"speaks “(?P<a>.*)”: see .*",
    "no_term": r"has no term: .*",
    "no_definition": r"(?:“.*” )?has no definition: .*",
    "updated": r"“updated” is not as it should be: .*",
    "year": r"“sources\.\d+\.year” is not as it should be: .*",
    "title": r"“sources\.\d+\.title” is not as it should be: .*",
}
_PATTERNS = {name: re.compile(pattern, re.DOTALL) for name, pattern in _KNOWN.items()}


def faults(found: Sequence[Fault], interface: str) -> str:
    """What is to be considered about an entry, or that there is nothing."""
    if not found:
        return (
            f'<p class="m-fine" {tongue(interface)}><span class="m-icon m-icon-done"'
            f' aria-hidden="true"></span>{escape(strings(interface)["entry_fine"])}</p>'
        )
    items = "".join(_items(found, interface))
    return f'<div role="status" {tongue(interface)}><ul class="m-faults">{items}</ul></div>'


def _items(found: Sequence[Fault], interface: str) -> Iterator[str]:
    for fault in found:
        said = told(fault.message, interface)
        kept = said is None
        text = fault.message[:1].upper() + fault.message[1:] if said is None else said
        spoken = 'lang="en" dir="ltr"' if kept else tongue(interface)
        yield f'<li class="m-{fault.severity}" {spoken}>{escape(text)}</li>'


def told(message: str, interface: str) -> str | None:
    """A check's message in the interface's words; None if it has none for it."""
    for name, pattern in _PATTERNS.items():
        if met := pattern.fullmatch(message):
            values = {key: f"\u2068{digits(text, interface)}\u2069" if text.isdecimal() else
                      f"\u2068{text}\u2069" for key, text in met.groupdict().items()}  # fmt: skip
            return strings(interface)[f"fault_{name}"].format(**values)
    return None
