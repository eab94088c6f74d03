"""Refusals: why a page of a site is none of a term."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from knowledge.fault import Fault
from knowledge.formats.sites import fields, naming, paths
from knowledge.formats.sites.blocks import Block, Prose
from knowledge.formats.sites.phrase import plain_text
from knowledge.formats.sites.ways import leads_on
from knowledge.formats.sites.wording import is_called, is_of_many, tells_of_terms

_TEMPLATE = (
    r"template|plantilla|mod[eè]le|vorlage|modelo|sjabloon|szablon|şablon|шаблон|قالب|模板|範本"
    r"|テンプレート|템플릿"
)
_NO_ENTRY = re.compile(
    rf"_(?:.*(?:{_TEMPLATE}).*|sidebar|navbar|footer|header|cover(?:page)?|home|media|config|data)"
    r"|(?:(?:term|glossary|entry|definition|page|index|new|example)[-_ ])*template"
    r"(?:[-_ ](?:term|glossary|entry|definition|page))*|style[-_ ]?guide"
    r"|contribut(?:e|ing|ors)|readme|404",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"about(?:[-_ ](?:us|me|this[-_ ]site))?|to[-_ ]?do|notes?|welcome|home(?:page)?|start[-_ ]here"
    r"|sidebar|intro(?:duction)?|preface|faqs?|install(?:ation)?|roadmap|summary|toc|news|claude"
    r"|agents",
    re.IGNORECASE,
)
"""What a note without a title is about, if it is called so: not a term."""
_LANDING = re.compile(r"landing.*|home|search|list|section|listing|overview", re.IGNORECASE)
_ASIDE = frozenset(("_drafts", "_templates", "_archetypes", "archetypes", "_layouts", "_includes"))
_LINKED = 0.9
_SEVERAL = 2
_TITLE = 6  # words


def refusal(path: PurePath, given: Mapping[str, Any], found: Prose, term: str) -> Fault | None:
    """What says that a page is none of a term, and why; or None."""
    told = _reason(path, given, found, term)
    return Fault(str(path), 1, f"holds no entry: {told}.", "warning") if told else None


def _reason(path: PurePath, given: Mapping[str, Any], found: Prose, term: str) -> str:  # noqa: PLR0911
    defined = bool(fields.first(given, fields.DEFINITIONS))
    kind = plain_text(given.get("page_type")) or plain_text(given.get("layout"))
    if is_draft(path, given):
        return "it is a draft, which its site does not show"
    is_guide = plain_text(given.get("page_type")) == "guide"
    if (is_guide or _LANDING.fullmatch(kind)) and not defined:
        return f"it is a page of the kind “{kind}”"
    if paths.is_section(path) and not defined:
        return "it is the page of a section"
    stem = naming.stem(path)
    hidden = stem.startswith("_") and not given  # of a wiki, or a part that others show
    if (hidden or _NO_ENTRY.fullmatch(stem)) and not paths.is_index(path):
        return "by its name it is a template, or about the site"
    if not given and not naming.heading(found, path) and _ABOUT.fullmatch(stem):
        return "by its name it is about the site, and it has no title"
    texts = [b for b in found.blocks if b.kind not in ("heading", "rule", "code")]
    said = fields.first(given, fields.DESCRIPTIONS)
    described = defined or bool(said and not _is_of_terms(said))
    named = paths.is_index(path) or tells_of_terms(path.stem)
    if tells_of_terms(term) and not defined and (named or not texts):
        return "it is the page of the glossary"
    asks = sum(b.kind == "heading" and b.text.endswith(("?", "؟", "？")) for b in found.blocks)
    if is_called(term, "asked") and asks >= _SEVERAL and not defined:
        return "it answers questions on the glossary"
    if not texts:
        return "" if described else "it has neither text nor a definition"
    if defined or not _are_links(texts):
        return ""
    return "" if described and all(map(leads_on, texts)) else "it has only links"


def is_draft(path: PurePath, given: Mapping[str, Any]) -> bool:
    """Whether a site does not show a page: its front matter says so, or the folder it is in."""
    hidden = given.get("draft") is True or given.get("published") is False
    return hidden or not _ASIDE.isdisjoint(path.parent.parts)


def _is_of_terms(said: str) -> bool:
    """Whether a description says but that a page lists terms: “Dictionary of the sea”."""
    told = is_of_many(said)
    return told and len(said.split()) <= _TITLE


def _are_links(texts: Sequence[Block]) -> bool:
    if all(map(leads_on, texts)):
        return True
    linked = sum(len(link.text) for b in texts for link in b.links)
    written = sum(len(b.text) for b in texts)
    return len(texts) > 1 and linked > _LINKED * written
