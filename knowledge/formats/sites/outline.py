"""One Markdown file with many terms: headings, definition lists, bold words, lists and tables."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.sites import paths, versions
from knowledge.formats.sites.blocks import Block, Prose
from knowledge.formats.sites.choice import are_terms, of_headings
from knowledge.formats.sites.drafts import made
from knowledge.formats.sites.explicit import explicit_terms
from knowledge.formats.sites.headed import headed_by
from knowledge.formats.sites.headings import is_lexicon, is_of_a_letter
from knowledge.formats.sites.labels import RECURRING
from knowledge.formats.sites.lead import Term
from knowledge.formats.sites.wording import (
    ASKS,
    begins_as,
    is_called,
    tells_of_terms,
)
from knowledge.language.words import fold

_MARKUP = re.compile(
    r"^(?:#{1,6}[ \t]+\S|(?:[-*+]|\d{1,3}[.)])[ \t]+"
    r"(?:\*\*|__|\[|`|<b>|\S[^\n]{0,80}?(?:[:：]|[ \t][-–—])[ \t])"
    r"|\*\*\S|__\S|:[ \t]+\S|\|?[ \t]*:?-{2,}:?[ \t]*\|[-:| \t]*$|[=-]{3,}[ \t]*$"
    r"|<d[tl]\b|```\{glossary\}|\[\[def[ \t]*:|\*\[[^\]\n]+\]:)",
    re.MULTILINE,
)
_TABLE = re.compile(r"^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*\|[-:| \t]*$", re.MULTILINE)
_TITLE = re.compile(r"\s*(?:#{1,2}[ \t]+\S|\[\[def[ \t]*:|[^\n]{1,80}\n:[ \t]+\S)")
_SEVERAL = 5


def recognises(text: str) -> bool:
    """Whether a text looks like Markdown: it has a title, or two lines that may begin terms."""
    found = _MARKUP.finditer(text)
    if _TABLE.search(text):
        return True
    return (
        _TITLE.match(text) is not None or sum(1 for _, _ in zip(range(2), found, strict=False)) > 1
    )


def entries(
    found: Prose, path: PurePath, title: str, language: str
) -> Iterator[Entry | Fault] | None:
    """The entries of a text that holds many terms, or None if it does not.

    ``title`` is what the text or its front matter is called: what calls itself a glossary is
    believed to be one; other texts are if little else is in them.
    """
    blocks = found.blocks
    names = [title] if paths.is_index(path) else [title, path.stem]
    titled = any(tells_of_terms(name) for name in names)
    titled = titled or is_lexicon(title, blocks) or is_of_a_letter(title, blocks)
    perhaps = titled or any(tells_of_terms(name, "lexicon") for name in names)
    titled = titled or (perhaps and found.recorded)
    explicit = _led(blocks, titled=perhaps)
    if not titled and 3 * sum(term.name.endswith(ASKS) for term in explicit) > len(explicit):
        explicit = []  # what is asked about one term, and answered
    if not perhaps and _is_of_one(explicit, blocks, path, title):
        explicit = []
    headed = list(headed_by(blocks, titled=perhaps))
    if paths.is_section(path) and not are_terms(headed):
        headed = list(headed_by(blocks, titled=False))
    headed = headed if len(headed) > 1 or len(explicit) < 2 else []  # noqa: PLR2004
    if not titled and perhaps:
        headed = headed if len(headed) >= _SEVERAL else []
        titled = len(explicit) >= (RECURRING if is_called(title, "lexicon") else _SEVERAL)
    chosen = of_headings(headed, explicit)
    if not chosen and (
        (len(explicit) > 1 and (titled or _fills(explicit, blocks)))
        or (perhaps and explicit and explicit[0].sure)
    ):
        chosen = explicit
    if not (chosen := chosen or _said_to_be(explicit, found, title)):
        return None
    if not (chosen := _defining(chosen, title)):
        message = "holds no entry: it tells how words are used, and not what they mean."
        return iter((Fault(str(path), 1, message, "warning"),))
    return made(versions.spoken(chosen, blocks), str(path), language)


def _led(blocks: Sequence[Block], *, titled: bool) -> list[Term]:
    """The terms of lists, tables and leads, without labels; a single one may but head a list."""
    found = _believed(explicit_terms(blocks, titled=titled))
    if dropped := _labels(found):
        found = _believed(explicit_terms(blocks, dropped, titled=titled))
    if titled and len(found) == 1:
        alone = frozenset({fold(found[0].name)})
        below = _believed(explicit_terms(blocks, alone, titled=True))
        found = below if len(below) >= RECURRING else found
    return found


def _defining(terms: Sequence[Term], title: str) -> list[Term]:
    """The terms; of a style guide, whose most are told how to be written, only the others.

    What they stand in as a whole, as its title tells, is no category of them.
    """
    told = [term for term in terms if begins_as(term.text, "usage")]
    for term in terms:
        term.category = term.category if fold(term.category) != fold(title) else ""
    return [t for t in terms if t not in told] if 2 * len(told) > len(terms) else list(terms)


def _is_of_one(
    explicit: Sequence[Term], blocks: Sequence[Block], path: PurePath, title: str
) -> bool:
    """Whether leads are labels of what a page says of one term.

    They are where one of them is “Definition” or the like, and where a page that its file is named
    after has but few.
    """
    stem = paths.entry_id(path).rpartition("/")[2] or path.stem
    labels = ("definition", "aliases", "example")
    leads = [block.lead for block in blocks if block.strong]
    counts = Counter(label for lead in leads for label in labels if is_called(lead, label))
    if title and any(count < RECURRING for count in counts.values()):
        return True
    few = len(explicit) <= _SEVERAL and not any(term.sure for term in explicit)
    return few and bool(title) and fold(title) == fold(re.sub(r"[-_]+", " ", stem))


def _said_to_be(explicit: Sequence[Term], found: Prose, title: str) -> list[Term]:
    """The terms of a definition list that is all there is, or stands below “Terms” or the like."""
    blocks = found.blocks
    sure = [term for term in explicit if term.sure]
    if sure and found.told:
        return sure
    if len(sure) == 1 and len(explicit) == 1 and not title:
        return sure
    headings = [b.text for b in blocks if b.kind == "heading"]
    told = any(tells_of_terms(text, name) for text in headings for name in ("glossary", "lexicon"))
    return sure if told and len(sure) > 1 else []


def _believed(explicit: list[Term]) -> list[Term]:
    """Without headings, and remarks above a table or a list that holds most of the terms."""
    beside = {term.line for term in explicit if is_called(term.name, "unheaded")}
    lines = [term.line for term in explicit if term.line not in beside]
    beside -= {t.line for t in explicit if t.depth > 0 and lines and lines[0] < t.line < lines[-1]}
    explicit = _without_groups([t for t in explicit if t.sure or t.line not in beside])
    sure = [term.line for term in explicit if term.sure]
    if any(t.sure and t.depth < 0 for t in explicit):  # then other tables are about something else
        explicit = [t for t in explicit if t.sure or t.depth >= 0]
    first = min(sure) if 2 * len(sure) > len(explicit) else 0
    return [term for term in explicit if term.line >= first]


def _without_groups(explicit: list[Term]) -> list[Term]:
    """Without the rows of a table, or items, that but list the categories of the other terms."""
    categories = {fold(term.category) for term in explicit if term.category}
    begun = {" ".join(words[:n]) for each in categories for words in [each.split()]
             for n in range(1, len(words) + 1)}  # fmt: skip
    groups = {term.line for term in explicit if fold(term.name) in begun}
    together = groups and max(groups) - min(groups) < 2 * len(groups)
    if len(groups) < 2 or not together or 2 * len(groups) < len(categories):  # noqa: PLR2004
        return explicit
    return [term for term in explicit if term.line not in groups]


def _labels(explicit: Sequence[Term]) -> frozenset[str]:
    """What begins no term: what recurs (“**Definition:**”), and what stands in a quotation."""
    counts = Counter(fold(term.name) for term in explicit if not term.sure)
    recurring = {name for name, count in counts.items() if count >= RECURRING}
    quoted = {fold(term.name) for term in explicit if term.quoted}
    if 2 * len(quoted) <= len(explicit):
        recurring |= quoted
    return frozenset(recurring)


def _fills(explicit: Sequence[Term], blocks: Sequence[Block]) -> bool:
    """Whether three terms, or two of a table, or more, with what defines them fill a text."""
    lines = {term.line for term in explicit}
    of_rows = sum(len(b.text) for b in blocks if b.kind == "row" and b.line in lines)
    said = sum(len(term.name) + len(term.text) for term in explicit if not term.sure)
    listed = sum(len(b.text) for b in blocks if b.kind in ("term", "definition"))
    whole = sum(len(b.text) for b in blocks if b.kind not in ("heading", "rule", "head"))
    several = len(explicit) > (1 if of_rows and all(term.sure for term in explicit) else 2)
    return several and of_rows + said + listed > 0.6 * whole
