"""Pages of documentation sites, a term each: Hugo, Kubernetes, Jekyll, MDN, Docusaurus."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import markdown
from knowledge.formats.draft import Fields, make_entry, slug
from knowledge.formats.sites import fields, matter, notes, outline, pairing, paths
from knowledge.formats.sites.blocks import Prose, prose
from knowledge.formats.sites.body import body_of, with_summary
from knowledge.formats.sites.phrase import plain_text
from knowledge.formats.sites.wording import (
    ASKS,
    asked_for,
    in_two_scripts,
    is_called,
    tells_of_terms,
)
from knowledge.formats.tables import records, shapes
from knowledge.settling import SENSES
from knowledge.words import fold

# A file with “term” and one of these is not of the project's own format.
_FOREIGN = frozenset(
    (
        *fields.DEFINITIONS, *fields.DESCRIPTIONS, "title", "layout", "slug", "weight",
        "permalink", "draft", "date", "lastmod", "page_type", "sidebar_label", "type",
        "full_link", "synonyms", "aka", "published",
    )
)  # fmt: skip
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-(?=.)")
_NO_ENTRY = re.compile(
    r"_.+|(?:(?:term|glossary|entry|definition|page|index|new|example)[-_ ])*template"
    r"(?:[-_ ](?:term|glossary|entry|definition|page))*|style[-_ ]?guide"
    r"|contribut(?:e|ing|ors)|readme|404",
    re.IGNORECASE,
)
_OF_SITES = re.compile(r"\{[{%]|\[\[|^:::|<[A-Z]|%%|^> ?\[!", re.MULTILINE)
_SENSES = re.compile(r"\{\{\s*GlossaryDisambiguation\b", re.IGNORECASE)
_LANDING = re.compile(r"landing.*|home|search|list|section|listing|overview|guide", re.IGNORECASE)


def recognises(text: str) -> bool:
    """Whether a text opens with front matter."""
    return matter.opens(text)


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entry of a page; or the entries, where its body holds many terms; or none, of a landing.

    A file with ``term`` and nothing that sites add is of the project's own format.
    """
    found = matter.read(text, str(path))
    if isinstance(found, Fault):
        yield found
        return
    params = found.values.get("params")
    given = fields.known({**(params if isinstance(params, Mapping) else {}), **found.values})
    strange = any(key not in Fields.model_fields for key in found.values)
    is_of_a_site = given.keys() & _FOREIGN or (strange and _OF_SITES.search(found.body))
    if "term" in found.values and not is_of_a_site:
        yield from markdown.read_matter(found, path)
        return
    if found.error:
        message = f"{found.error.message} Its lines were read one by one."
        yield Fault(found.error.path, found.error.line, message, "warning")
    yield from page(found.body, path, given, found.lines, found.below)


def read_bare(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entries of Markdown without front matter: its terms, or that of its title."""
    yield from page(text, path, {}, {})


def page(
    body: str,
    path: PurePath,
    given: Mapping[str, Any],
    lines: Mapping[str, int],
    below: int = 1,
) -> Iterator[Entry | Fault]:
    """The entries of a page's body and fields; these are in small letters, with “_” for “-”."""
    origin = str(path)
    found = prose(fields.valued(body, given), below)
    yield from found.faults(origin)
    headings = [b for b in found.blocks if b.kind == "heading"]
    heading = next((b.text for b in headings if b.level == 1), "") or _first(found, path)
    if not heading and headings and tells_of_terms(headings[0].text):
        heading = headings[0].text
    title = fields.title(given) or heading
    language = fields.language(given) or paths.language(path)
    one = (fields.is_of_a_term(given) or _is_said(found, title, path)) and not tells_of_terms(title)
    many = None if one else outline.entries(found, path, title, language)
    many = many or _listed(given, lines, found, origin, language)
    many = many or (None if one else _within(found, path, language))
    if many is not None:
        yield from many
        return
    if not title and not given:
        yield Fault(
            origin, 1, "holds no entry: it has neither a title nor several terms.", "warning"
        )
        return
    term = title or plain_text(given.get("sidebar_label")) or _file_term(path)
    if reason := _no_entry(path, given, found, term):
        yield Fault(origin, 1, f"holds no entry: {reason}.", "warning")
        return
    entry = _entry(path, given, lines, found, term)
    if isinstance(entry, Entry) and _SENSES.search(body):
        entry = replace(entry, links=(*entry.links, f"{entry.id}{SENSES}"))
    yield entry


def _within(found: Prose, path: PurePath, language: str) -> Iterator[Entry | Fault] | None:
    """The entries of the part of a page that its heading calls a glossary, or None."""
    blocks = found.blocks
    for n, block in enumerate(blocks):
        if block.kind != "heading" or block.level == 1 or not tells_of_terms(block.text):
            continue
        behind = range(n + 1, len(blocks))
        ends = (m for m in behind if blocks[m].kind == "heading" and blocks[m].level <= block.level)
        part = replace(found, blocks=blocks[n : next(ends, len(blocks))])
        many = outline.entries(part, path, block.text, language)
        if many is not None:
            return many
    return None


def _first(found: Prose, path: PurePath) -> str:
    """The heading that a page begins with, of whatever level, if its file is named after it."""
    first = found.blocks[0] if found.blocks else None
    named = first is not None and first.kind == "heading" and _is_named(first.text, path)
    return first.text if first and named else ""


def _is_named(title: str, path: PurePath) -> bool:
    stem = paths.entry_id(path).rpartition("/")[2] or path.stem
    return bool(title) and slug(title) == slug(stem)


def _is_said(found: Prose, title: str, path: PurePath) -> bool:
    """Whether a page begins with a paragraph on the term that it and its file are named after."""
    texts = [b for b in found.blocks if b.kind not in ("heading", "rule")][:2]
    begins = (fold(b.text).startswith(fold(title)) for b in texts if b.kind == "text")
    return _is_named(title, path) and any(begins)


def _listed(
    given: Mapping[str, Any], lines: Mapping[str, int], found: Prose, origin: str, language: str
) -> Iterator[Entry | Fault] | None:
    """The entries, several or in several languages, of front matter; or None.

    It is all of the page, or has a field that is called a glossary.
    """
    text = any(b.text for b in found.blocks)
    if not text and fields.in_languages(given):
        return records.read(shapes.records(dict(given), origin, partial(_at, 1)), origin)
    lists = [each for each in fields.lists(given) if not text or tells_of_terms(each[0])]
    if not lists:
        return None
    rows = (
        row
        for key, value in lists
        for row in shapes.records(value, origin, partial(_at, lines.get(key, 1)))
    )
    return records.read(rows, origin, language)


def _at(line: int, _: Any, __: str) -> int:  # noqa: ANN401
    return line


def _no_entry(  # noqa: PLR0911
    path: PurePath, given: Mapping[str, Any], found: Prose, term: str
) -> str:
    """Why a page is none of a term, or nothing."""
    defined = bool(fields.first(given, fields.DEFINITIONS))
    stem = paths.entry_id(path).rpartition("/")[2] or path.stem
    kind = plain_text(given.get("page_type")) or plain_text(given.get("layout"))
    if _LANDING.fullmatch(kind) and not defined:
        return f"it is a page of the kind “{kind}”"
    if paths.is_section(path) and not defined:
        return "it is the page of a section"
    if _NO_ENTRY.fullmatch(stem) and not paths.is_index(path):
        return "by its name it is a template, or about the site"
    texts = [b for b in found.blocks if b.kind not in ("heading", "rule", "code")]
    asked = sum(b.text.endswith(ASKS) or b.lead.endswith(ASKS) for b in found.blocks)
    if asked > 1 and (is_called(term, "faq") or is_called(stem, "faq")):
        return "it holds questions and their answers"
    described = defined or bool(fields.first(given, fields.DESCRIPTIONS))
    named = paths.is_index(path) or tells_of_terms(path.stem)
    if tells_of_terms(term) and not defined and (named or not texts):
        return "it is the page of the glossary"
    if not texts:
        return "" if described else "it has neither text nor a definition"
    linked = sum(len(link.text) for b in texts for link in b.links)
    written = sum(len(b.text) for b in texts)
    if not defined and len(texts) > 1 and linked > 0.9 * written:
        return "it has only links"
    return ""


def _entry(
    path: PurePath,
    given: Mapping[str, Any],
    lines: Mapping[str, int],
    found: Prose,
    term: str,
) -> Entry | Fault:
    blocks, cited = notes.told(found.blocks)
    body = body_of(blocks, term)
    name, *others = in_two_scripts(asked_for(term))
    aliases = [*others, *fields.aliases(given, name), *body.aliases]
    entry = make_entry(
        {
            "term": name,
            "id": pairing.key(given) or plain_text(given.get("id")),
            "language": fields.language(given),
            "aliases": aliases,
            "asked": [term] if asked_for(term) != term else [],
            "category": fields.category(given, name),
            "sources": [*fields.sources(given, body.outward), *cited],
            "updated": fields.day(given),
        },
        [*with_summary(body, given, [name, *aliases]), *fields.examples(given)],
        str(path),
        default_id=fields.slug(given) or _DATED.sub("", paths.entry_id(path)),
        default_language=paths.language(path),
        links=[*fields.related(given), *body.links],
        lines={**lines, **({"term": lines["title"]} if "title" in lines else {})},
    )
    if isinstance(entry, Fault) and "no definition" in entry.message:
        return Fault(entry.path, entry.line, "holds no entry: nothing is said of it.", "warning")
    return entry


def _file_term(path: PurePath) -> str:
    stem = paths.entry_id(path).rpartition("/")[2] or path.stem
    words = re.sub(r"[-_\s]+", " ", _DATED.sub("", stem)).strip()
    return words[:1].upper() + words[1:]
