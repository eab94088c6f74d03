"""HTML: a glossary of many terms on a page, or the page of one term."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Any

from knowledge.entry import EXAMPLE, Entry, Section
from knowledge.fault import Fault
from knowledge.formats.draft import known_heading, make_entry, opening, section_name, slug
from knowledge.formats.pages import definedterm, layouts
from knowledge.formats.pages.definedterm import Defined
from knowledge.formats.pages.furniture import HEADINGS, tag_of
from knowledge.formats.pages.hypertext import Block, parsed_up_to
from knowledge.formats.pages.laid import Laid, distinct, is_of_many, signs
from knowledge.formats.pages.webpage import Page
from knowledge.words import fold

_START = re.compile(r"<(!doctype\s+html|[a-z][a-z0-9]*)\b", re.IGNORECASE)
_BEFORE = (("<!--", "-->"), ("<?", "?>"))
_OPENERS = frozenset(
    {
        "html", "head", "body", "main", "article", "section", "div", "dl", "table", "details", "ul",
        "ol", "h1", "h2", "h3", "p", "header", "nav", "title", "meta", "link", "script", "style",
        "center", "dfn",
    }
)  # fmt: skip
_PREFIX = re.compile(
    r"(?:glossary|glossterm|gloss|term|def|entry|word)[-_.:]+(?=\w)", re.IGNORECASE
)
_MADE_ID = re.compile(
    r"[\W\d_]*|(?:id|idm|idp|toc|h|sec|ftn|fn)[-_.]?\d[\w.-]*|.*\d{6}.*|.*[0-9a-f]{12}.*"
)
_NEAR = 6
_SOURCES = {fold(each) for each in ("Sources", "References", "Bibliography", "المصادر", "المراجع")}
_UPDATED = re.compile(
    r"(?:last |page )?(?:updated|modified|reviewed)\b.{0,40}|آخر تحديث.{0,40}", re.IGNORECASE
)
_NUMBER = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]\s+|\d{1,3}(?:\.\d{1,3})+\s+|[•▪◦*–-]\s+)")
_ALSO = re.compile(
    r"(?:also (?:known as|called)|a\.?k\.?a\.?|synonyms?|other names|يُ?عرف أيضًا (?:باسم|بـ)|مرادفات"
    r"|أسماء أخرى)\s*[:：]\s*",
    re.IGNORECASE,
)  # fmt: skip


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
    whole = name.startswith("!doctype") or name in ("html", "head", "body")
    return whole or (name in _OPENERS and text.rstrip().endswith(">"))


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entries of a page.

    Data of schema.org names the terms where there is any; else they are found by how the page is
    laid out (``layouts``). A page that lays out no terms, but has a heading and text, is the page
    of one. Navigation, forms, scripts and marks of notes are no text of it.
    """
    origin = str(path)
    root, cut = parsed_up_to(text)
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
    laid = layouts.found(page.main, page.blocks)
    if alone := page.is_of_one(laid, defined):
        laid = [one] if (one := page.one()) else []
        if len(defined) == 1 and laid and not laid[0].blocks:
            laid = []
    made = list(
        _entries(page, _joined(laid, defined), origin, default_id=page.name if alone else "")
    )
    if not made:
        yield Fault(
            origin, 1, "holds no term whose definition can be told: see docs/glossary-format.md.",
            "warning",
        )  # fmt: skip
    yield from made


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
    anchor: str
    language: str
    line: int


def _entries(
    page: Page, pairs: Sequence[tuple[Laid | None, Defined | None]], origin: str, default_id: str
) -> Iterator[Entry | Fault]:
    categories = {laid.category for laid, _ in pairs if laid}
    for laid, _ in pairs:
        if laid and (len(categories) == 1 < len(pairs) or is_of_many(laid.category)):
            laid.category = ""
    counts = Counter(_anchor(laid.node) for laid, _ in pairs if laid)
    drafts = [_draft(page, laid, defined, counts) for laid, defined in pairs]
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
            wanted = slug(draft.values["id"]) or slug(default_id) or slug(term) or signs(term)
            draft.values["id"] = distinct(wanted, used.setdefault(language, {}))
        anchors[draft.anchor] = first.values["id"]
    for draft in kept.values():
        links = [anchors.get(each) or _PREFIX.sub("", each, count=1) for each in draft.links]
        yield make_entry(
            draft.values, draft.sections, origin,
            default_language=draft.language, links=links, line=draft.line,
        )  # fmt: skip


def _draft(page: Page, laid: Laid | None, defined: Defined | None, counts: Counter[str]) -> _Draft:
    values: dict[str, Any] = {"aliases": [], "related": [], "sources": [], "category": ""}
    sections: list[Section] = []
    anchor, language, line = "", page.language, 1
    links: list[str] = []
    if laid:
        values["term"] = _NUMBER.sub("", laid.term).rstrip(" :：").strip() or laid.term
        values["category"] = laid.category
        values["aliases"] += laid.aliases
        sections = _sections(laid.blocks, values)
        if not _length(sections):  # it only says what to see: that is its text
            sections = opening([block.text for block in laid.blocks])
        if laid.example:
            sections.append(Section(EXAMPLE, "", laid.example))
        links = [each for block in laid.blocks for each in block.links]
        anchor, line = _anchor(laid.node), laid.line
        language = page.language_of(laid.node)
    values["id"] = "" if counts[anchor] > 1 or _MADE_ID.fullmatch(anchor) else anchor
    values["id"] = _PREFIX.sub("", values["id"], count=1)
    if _MADE_ID.fullmatch(values["id"]):
        values["id"] = ""
    if defined:
        values.setdefault("term", defined.term)
        values["id"] = defined.id or values["id"]
        values["category"] = values["category"] or defined.category
        values["aliases"] += defined.aliases
        language = defined.language or language
        told = opening(defined.text.paragraphs)
        if defined.marked or _length(sections) < _length(told):
            sections = told
        links += defined.text.links
        line = line if laid else defined.line
    return _Draft(values, sections, links, anchor, language, line)


def _length(sections: Sequence[Section]) -> int:
    return sum(len(section.text) for section in sections)


def _sections(blocks: Sequence[Block], values: dict[str, Any]) -> list[Section]:
    """The sections under their headings; relations and other names go to their fields."""
    parts = _parts(blocks, values)
    first = parts[0][1]
    sections = opening([block.text for block in first], [block.line for block in first])
    for heading, content in parts[1:]:
        name = section_name(heading)
        if name == "related":
            for block in content:
                values["related"] += re.split(r"(?<!\s)\s*[,;،؛·|\n]\s*", block.text.strip(" .•"))
        elif fold(heading) in _SOURCES:
            values["sources"] += [block.text for block in content]
        elif name not in ("news", "back"):
            text = "\n\n".join(block.text for block in content)
            sections.append(Section(name, heading, text, tuple(b.line for b in content)))
    return _with_summary(sections)


def _parts(blocks: Sequence[Block], values: dict[str, Any]) -> list[tuple[str, list[Block]]]:
    """The blocks under each heading, the first of which is none; other names go to their field."""
    parts: list[tuple[str, list[Block]]] = [("", [])]
    by_label = False  # whether a label such as “Example:” began the last part
    for block in blocks:
        if _UPDATED.fullmatch(block.text):
            continue
        lead = block.lead.rstrip(" :：")
        rest = block.text[len(block.lead) :].lstrip(" :：–—-\n")
        if block.tag in HEADINGS or known_heading(block.text.rstrip(" :：")):
            parts.append((block.text.replace("\n", " ").rstrip(" :："), []))
            by_label = False
        elif lead and rest and known_heading(lead) and block.text.startswith(block.lead):
            parts.append((lead, [Block(rest, block.line, block.tag, block.links)]))
            by_label = True
        elif also := _ALSO.match(block.text):
            values["aliases"] += re.split(
                r"(?<!\s)\s*[,;،؛\n]\s*", block.text[also.end() :].rstrip(" .")
            )
        else:  # what has a label of its own is not of the part that a label began
            labelled = (
                block.bold
                and rest
                and block.text[len(block.lead) - 1 :].lstrip(" ")[:2].find(":") >= 0
            )
            parts[0 if labelled and by_label else -1][1].append(block)
    return parts


def _with_summary(sections: list[Section]) -> list[Section]:
    """Sections of which the first with text gives the summary, where nothing stands above them."""
    if sections[0].text.strip():
        return sections
    for n, section in enumerate(sections[1:], 1):
        first, _, rest = section.text.partition("\n\n")
        if first.strip() and section.name != EXAMPLE:
            summary, body = opening([first], section.lines[:1])
            left = Section(section.name, section.heading, rest, section.lines[1:])
            return [summary, body, *sections[2:n], left, *sections[n + 1 :]]
    return sections


def _anchor(node: Any) -> str:  # noqa: ANN401
    """The id of an element that names a term, of what it holds, or of what it is the first in."""
    if node is None:
        return ""
    for each in islice(node.iter(), _NEAR):
        if tag_of(each) and (told := each.get("id") or (tag_of(each) == "a" and each.get("name"))):
            return str(told)
    before = node.getprevious()
    if (
        before is not None
        and tag_of(before) == "a"
        and not f"{before.text or ''}{before.tail or ''}".strip()
    ):
        told = before.get("id") or before.get("name")
        if told:
            return str(told)
    for _ in range(3):
        above = node.getparent()
        if above is None or tag_of(above) in ("body", "main") or above[0] is not node:
            return ""
        if told := above.get("id"):
            return str(told)
        node = above
    return ""
