"""Links: what the macros of all generators make of a term that they name, and of its text."""

import re
from urllib.parse import quote

ENTRY = "entry:"
"""The scheme of a link that a macro makes to an entry; what follows is its id or its name."""

ANCHORED = re.compile("\ue011([^\ue011\ue012\n]*)\ue012")
"""The id that an author gives a heading or a paragraph (``{#tide}``), as text carries it."""
QUOTED = re.compile(r'"([^"]*)"|\'([^\']*)\'|`([^`]*)`')
_NAMED = re.compile(r'([\w-]+)\s*[=:]\s*("[^"]*"|\'[^\']*\'|`[^`]*`|[^\s"\']+)')
_ID = re.compile(r"[^\W_A-Z]+(?:[-_/.][^\W_A-Z]+)*")
TERMED = re.compile(r"gloss|term|tooltip|abbr|defin|concept|^g$|^t$", re.IGNORECASE)
TARGETS = (
    "term_id",
    "term",
    "id",
    "key",
    "slug",
    "name",
    "ref",
    "tag",
    "to",
    "href",
    "link",
    "path",
)
TEXTS = ("text", "display", "label", "title", "content", "value", "alt")


def link_to(text: str, target: str) -> str:
    """A Markdown link to an entry."""
    shown = " ".join(text.split()).replace("[", "(").replace("]", ")")
    return f"[{shown}]({ENTRY}{quote(target, safe='')})" if target and shown else shown


def arguments(text: str) -> tuple[list[str], dict[str, str]]:
    """The arguments of a shortcode, by place and by name."""
    named = {m[1].lower(): m[2].strip("\"'`") for m in _NAMED.finditer(text)}
    rest = _NAMED.sub(" ", text)
    placed = [next(filter(None, m.groups()), "") for m in QUOTED.finditer(rest)]
    return placed + QUOTED.sub(" ", rest).replace(",", " ").split(), named


def anchored(name: str) -> str:
    """What carries an id within a text until its paragraphs are read."""
    return f"\ue011{name}\ue012"


def of_a_term(placed: list[str]) -> tuple[str, str]:
    """The target and the words that a shortcode is given by place, in either order.

    The id comes second where the first has capitals or spaces, and shortens or joins to it.
    """
    first, second = placed[:2]
    told = first != first.lower() or " " in first
    joined = re.sub(r"[\W_]+", "-", first.lower()).strip("-")
    shortens = len(second) <= len(joined) and joined.startswith(second[: max(len(second) - 1, 3)])
    if told and _ID.fullmatch(second) and ("-" in second or " " in first or shortens):
        return second, first
    return first, second
