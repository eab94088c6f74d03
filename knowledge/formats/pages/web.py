"""HTML: a glossary of many terms on a page, or the page of one term."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from knowledge.entry import EXAMPLE, Entry, Section
from knowledge.fault import Fault
from knowledge.formats.draft import make_entry, opening, signs, slug
from knowledge.formats.pages import definedterm, grids, layouts, scripted, unlaid
from knowledge.formats.pages.anchors import anchors_of, bare, linked_as, own_id
from knowledge.formats.pages.laid import Laid, distinct, filed
from knowledge.formats.pages.marked import Defined
from knowledge.formats.pages.paired import in_two_scripts
from knowledge.formats.pages.parts import sections_of
from knowledge.formats.pages.tree import parsed_up_to
from knowledge.formats.pages.webpage import Page
from knowledge.formats.pages.within import within
from knowledge.formats.sites.translated import translated
from knowledge.formats.sites.trimmed import bare as bare_name
from knowledge.formats.sites.trimmed import unmarked
from knowledge.formats.sites.wording import asked_for, is_of_many, name_and_aliases
from knowledge.language.words import fold

_START = re.compile(r"<(!\s*doctype\s+html|[a-z][a-z0-9]*)\b", re.IGNORECASE)
_BEFORE = (("<!--", "-->"), ("<?", "?>"))
_OF_LIST = re.compile(r"(?:\s|<!--.*?-->)*<dt\b", re.IGNORECASE | re.DOTALL)
"""A piece of a list, a term or several, that pages take in."""
_OPENERS = frozenset(
    {
        "html", "head", "body", "main", "article", "section", "div", "dl", "table", "details", "ul",
        "ol", "h1", "h2", "h3", "p", "header", "nav", "title", "meta", "link", "script", "style",
        "center", "dfn", "dt",
    }
)  # fmt: skip
_MOST = 10 * 1024 * 1024
_MOST_TAGS = 400_000
"""Characters of a page, and tags: more may take more than a gigabyte of memory."""
_NUMBER = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]\s+|\d{1,3}(?:\.\d{1,3})+\s+|[•▪◦*–-]\s+)")
_SPOKEN = re.compile(r"\s*\[[^\[\]]*[\u0250-\u02ff][^\[\]]*\]|\s*/[^/]*[\u0250-\u02ff][^/]*/")
"""How a term is spoken, in phonetic letters."""
_ANCHOR = re.compile(r"^\[\[[^\[\]]{1,80}\]\]\s*(?=\S)")
"""What a converter left of an anchor."""


# Links to terms as ReSpec and Bikeshed write them, [=tide/spring tide=], and references: [[SEA]].
_AUTOLINK = re.compile(
    r"\[=(?:[^][=/\n]{1,80}/)?([^][=|\n]{1,120})[^][=\n]{0,80}=\]|\s?\[\[[!#\w-]+\]\]"
)
# Markdown may stand between tags, as in what is laid out from right to left.
_MARKDOWN = re.compile(r"^(?:#{2,6}[ \t]+\S|\|?[ \t]*:?-{2,}:?[ \t]*\|[-:| \t]*$)", re.MULTILINE)


def recognises(text: str) -> bool:
    """Whether a text is an HTML document, or begins and ends as a piece of one does."""
    at = 0
    while at < len(text) and (text[at].isspace() or text.startswith("<", at)):
        if text[at].isspace():
            at += 1
            continue
        ends = next((end for start, end in _BEFORE if text.startswith(start, at)), "")
        found = text.find(ends, at) if ends else -1
        if found < 0:
            break
        at = found + len(ends)
    start = _START.match(text, at)
    if start is None:
        return False
    name = start.group(1).lower()
    whole = name.startswith("!") or name in ("html", "head", "body")
    return whole or (
        name in _OPENERS and text.rstrip().endswith(">") and not _MARKDOWN.search(text)
    )


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entries of a page.

    Data of schema.org names the terms where there is any; else they are found by how the page is
    laid out (``layouts``). A page that lays out no terms, but has a heading and text, is the page
    of one. Navigation, forms, scripts and marks of notes are no text of it.
    """
    origin = str(path)
    if fault := _too_much(text, origin):
        yield fault
        return
    root, cut = parsed_up_to(_whole(text))
    if root is None:
        yield Fault(origin, 1, "holds no HTML that can be read: save the page again.")
        return
    page = Page.of(root, path)
    defined, faults = definedterm.within(root, origin)
    yield from faults
    if cut:
        yield Fault(
            origin, cut, "elements stand in each other too deep: what follows here was not read."
        )
    part = None if page.is_called_so else within(page.main, page.blocks)
    found = part or layouts.found(page.main, page.blocks)
    laid = filed(found.laid)
    sheets = grids.sheets_of(page.main)
    if not defined and sum(len(sheet.rows) for sheet in sheets) > max(1, len(laid) // 2):
        yield from grids.entries(sheets, origin, page.language)
        return
    indexed = len(defined) > 1 and not any(each.text.paragraphs for each in defined)
    if indexed:
        defined, laid = _of_index(defined, laid)
    alone = not (indexed or part) and page.is_of_one(laid, defined)
    if alone:
        laid = page.only(defined)
    elif laid:
        yield from (Fault(origin, line, why, "warning") for line, why in found.lost)
    made = list(_entries(page, _joined(laid, defined), origin, alone=alone))
    if not made and page.is_of_terms:
        made = scripted.entries(root, path, page.language) or unlaid.entries(
            page.title, page.blocks, path
        )
    if not made:
        yield Fault(
            origin, 1, "holds no term whose definition can be told: see docs/glossary-format.md.",
            "warning",
        )  # fmt: skip
    yield from made


def _too_much(text: str, origin: str) -> Fault | None:
    """What forbids to read a page, if it would take too much memory."""
    if len(text) > _MOST:
        most = _MOST // 1024**2
        return Fault(origin, 1, f"is larger than {most} MB: part it into several files.")
    if text.count("<") > _MOST_TAGS:
        return Fault(origin, 1, f"holds more than {_MOST_TAGS} tags: part it into several files.")
    return None


def _whole(text: str) -> str:
    text = _AUTOLINK.sub(lambda found: found[1] or "", text) if "[=" in text else text
    return f'<dl class="glossary">{text}</dl>' if _OF_LIST.match(text) else text


def _of_index(defined: Sequence[Defined], laid: Sequence[Laid]) -> tuple[list[Defined], list[Laid]]:
    """Data that only lists names, as an index does: what the page lays out under these names."""
    names = {fold(each.term) for each in defined}
    kept = [each for each in laid if fold(each.term) in names]
    told = {fold(each.term) for each in kept}
    return [each for each in defined if fold(each.term) in told], kept


def _joined(
    laid: Sequence[Laid], defined: Sequence[Defined]
) -> list[tuple[Laid | None, Defined | None]]:
    """Terms that the page lays out beside what its data says of them; then those only in data."""
    by_name = {fold(each.term): each for each in defined}
    shared = sum(1 for each in laid if fold(each.term) in by_name)
    if len(defined) > 1 and shared * 2 < min(len(laid), len(defined)):
        laid = []  # what is laid out is something else
    if len(laid) == len(defined) == 1:
        return [(laid[0], defined[0])]
    met = {fold(each.term) for each in laid}
    joined: list[tuple[Laid | None, Defined | None]] = [
        (each, by_name.get(fold(each.term))) for each in laid
    ]
    return joined + [(None, each) for each in defined if fold(each.term) not in met]


@dataclass
class _Draft:
    """What is known of an entry before it is made."""

    values: dict[str, Any]
    sections: list[Section]
    links: list[str]
    anchors: list[str]
    language: str
    line: int


def _entries(
    page: Page, pairs: Sequence[tuple[Laid | None, Defined | None]], origin: str, *, alone: bool
) -> Iterator[Entry | Fault]:
    categories = {laid.category for laid, _ in pairs if laid}
    for laid, _ in pairs:
        alike = len(categories) == 1 < len(pairs)
        if laid and not laid.filed and (alike or is_of_many(laid.category)):
            laid.category = ""
    counts = Counter(anchors_of(laid.node)[0] for laid, _ in pairs if laid)
    foreign = _foreign(page, pairs)
    drafts = [_draft(page, laid, defined, counts, foreign) for laid, defined in pairs]
    if alone and len(drafts) == 1:
        page.complete(drafts[0].values, coded=any(d and d.id for _, d in pairs))
        if drafts[0].values["links"]:  # what is related is said: no need to guess it
            drafts[0].links = drafts[0].values["links"]
    used: dict[str, dict[str, int]] = {}
    kept: dict[tuple[str, str], _Draft] = {}
    anchors: dict[str, str] = {}
    for draft in drafts:
        term, language = draft.values["term"], draft.language
        first = kept.setdefault((term, language), draft)
        if first is not draft:  # another sense of it
            told = {section.text for section in first.sections}
            first.sections += [s for s in draft.sections if s.text not in told]
            first.links += draft.links
        else:
            wanted = slug(draft.values["id"]) or slug(term) or signs(term)
            draft.values["id"] = distinct(wanted, used.setdefault(language, {}))
        for anchor in draft.anchors:
            anchors.setdefault(anchor, first.values["id"])
    for draft in kept.values():
        if not draft.language:
            draft.values["language"] = page.language_of_text(_text(draft))
        links = [anchors.get(each) or bare(each) for each in draft.links]
        yield make_entry(
            draft.values, draft.sections, origin,
            links=links, line=draft.line,
        )  # fmt: skip


def _foreign(
    page: Page, pairs: Sequence[tuple[Laid | None, Defined | None]]
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The terms of a page that it gives in English, too, or most in another script."""
    found = [laid for laid, _ in pairs if laid]
    names = list(map(_name, found))
    said = (page.language_of(each.node) or page.language_of_text(each.term) for each in found)
    parted = (in_two_scripts(name, each.node) for name, each in zip(names, found, strict=True))
    written = {name: both for name, both in zip(names, parted, strict=True) if both}
    often = 2 * len(written) > len(found)
    return {**translated(zip(names, said, strict=True)), **(written if often else {})}


def _draft(
    page: Page,
    laid: Laid | None,
    defined: Defined | None,
    counts: Counter[str],
    foreign: Mapping[str, tuple[str, tuple[str, ...]]],
) -> _Draft:
    values: dict[str, Any] = {
        "aliases": [], "related": [], "sources": [], "links": [], "category": "", "id": "",
    }  # fmt: skip
    sections: list[Section] = []
    anchors, language, line = [""], page.language, 1
    links: list[str] = []
    if laid:
        name = asked_for(_name(laid))
        values["asked"] = [_name(laid)] if name != _name(laid) else []
        values["term"], others = foreign.get(name) or name_and_aliases(name)
        values["category"] = laid.category
        values["related"] += laid.related
        values["sources"] += laid.sources
        sections = sections_of(laid.blocks, values)
        values["aliases"] = [*laid.aliases, *others, *linked_as(laid.node), *values["aliases"]]
        if not _length(sections):  # it only says what to see: that is its text
            sections = opening([block.text for block in laid.blocks])
        if laid.example:
            sections.append(Section(EXAMPLE, "", laid.example))
        links = [each for block in laid.blocks for each in block.links]
        anchors, line = anchors_of(laid.node), laid.line
        language = page.language_of(laid.node)
        if counts[anchors[0]] == 1:
            values["id"] = own_id(anchors[0])
    if defined:
        values.setdefault("term", defined.term)
        values["id"] = defined.id or values["id"]
        values["category"] = values["category"] or defined.category
        values["aliases"] = defined.aliases or values["aliases"]
        values["sources"] = defined.sources or values["sources"]
        language = defined.language or language
        told = opening(defined.text.paragraphs)
        if defined.marked or _length(sections) < _length(told):
            sections = told
        links += defined.text.links
        line = line if laid else defined.line
    values["language"] = language
    return _Draft(values, sections, links, anchors, language, line)


def _name(laid: Laid) -> str:
    """A term without its number or its picture, and how it is spoken."""
    named = _NUMBER.sub("", _ANCHOR.sub("", bare_name(laid.term)))
    term = _SPOKEN.sub("", named).rstrip(" :：").strip()
    term = term or laid.term
    return unmarked(term)


def _length(sections: Sequence[Section]) -> int:
    return sum(len(section.text) for section in sections)


def _text(draft: _Draft) -> str:
    return " ".join([draft.values["term"], *(section.text for section in draft.sections)])
