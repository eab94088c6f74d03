"""Pages of documentation sites, a term each: Hugo, Kubernetes, Jekyll, MDN, Docusaurus."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from knowledge.entry import BODY, SUMMARY, Entry, Section
from knowledge.fault import Fault
from knowledge.formats import markdown
from knowledge.formats.draft import make_entry, section_name
from knowledge.formats.sites import matter, outline, paths
from knowledge.formats.sites.blocks import Block, Prose, prose
from knowledge.formats.sites.phrase import Link, plain_text
from knowledge.formats.sites.wording import brackets, is_called, tells_of_terms

_DEFINITIONS = (
    "definition", "short_description", "short_definition", "shortdef", "hovertext",
    "shortdefinition", "oneliner", "tooltip", "gloss", "meaning", "explanation",
)  # fmt: skip
_DESCRIPTIONS = ("summary", "description", "excerpt", "abstract")
_ALIASES = (
    "aliases", "alias", "aka", "also_known_as", "synonyms", "synonym", "acronym", "acronyms",
    "abbreviation", "abbreviations", "abbr", "alternative", "alternatives", "other_names",
    "variants",
)  # fmt: skip
_RELATED = ("related", "see_also", "seealso", "related_terms", "relatedterms", "related_to")
_SOURCES = ("sources", "source", "references", "reference", "full_link", "citations")
_CHANGED = (
    "lastmod", "last_update", "last_updated", "last_modified_at", "updated", "modified", "date",
)  # fmt: skip
# A file with “term” and one of these is not of the project's own format.
_FOREIGN = frozenset(
    (
        *_DEFINITIONS, *_DESCRIPTIONS, "title", "layout", "slug", "weight", "permalink", "draft",
        "date", "lastmod", "page_type", "sidebar_label", "type", "full_link", "synonyms",
        "aka", "published",
    )
)  # fmt: skip
_NAMES = ("title", "term", "name", "text", "id")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_SLUG = re.compile(r"/?gloss[^/]*/(.+)", re.IGNORECASE)
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-(?=.)")
_NO_ENTRY = re.compile(
    r"_.+|.*template.*|style[-_ ]?guide|contribut.*|readme|search|404|index-template", re.IGNORECASE
)
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
    fields = {re.sub(r"[-\s]", "_", key).lower(): value for key, value in found.values.items()}
    if "term" in found.values and not fields.keys() & _FOREIGN:
        yield from markdown.read_matter(found, path)
        return
    if found.error:
        message = f"{found.error.message} Its lines were read one by one."
        yield Fault(found.error.path, found.error.line, message, "warning")
    yield from page(found.body, path, fields, found.lines, found.below)


def read_bare(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entries of Markdown without front matter: its terms, or that of its title."""
    yield from page(text, path, {}, {})


def page(
    body: str,
    path: PurePath,
    fields: Mapping[str, Any],
    lines: Mapping[str, int],
    below: int = 1,
) -> Iterator[Entry | Fault]:
    """The entries of a page's body and fields; these are in small letters, with “_” for “-”."""
    origin = str(path)
    found = prose(body, below)
    yield from found.faults(origin)
    headings = [b for b in found.blocks if b.kind == "heading"]
    heading = next((b.text for b in headings if b.level == 1), "")
    if not heading and headings and tells_of_terms(headings[0].text):
        heading = headings[0].text
    title = plain_text(fields.get("term")) or plain_text(fields.get("title")) or heading
    many = outline.entries(found, path, title, _language(fields) or paths.language(path))
    if many is not None:
        yield from many
        return
    if not title and not fields:
        yield Fault(
            origin, 1, "holds no entry: it has neither a title nor several terms.", "warning"
        )
        return
    term = title or plain_text(fields.get("sidebar_label")) or _file_term(path)
    if reason := _no_entry(path, fields, found, term):
        yield Fault(origin, 1, f"holds no entry: {reason}.", "warning")
        return
    yield _entry(path, fields, lines, found, term)


def _no_entry(  # noqa: PLR0911
    path: PurePath, fields: Mapping[str, Any], found: Prose, term: str
) -> str:
    """Why a page is none of a term, or nothing."""
    defined = any(_text(fields.get(key)) for key in _DEFINITIONS)
    stem = paths.entry_id(path).rpartition("/")[2] or path.stem
    kind = plain_text(fields.get("page_type")) or plain_text(fields.get("layout"))
    if _LANDING.fullmatch(kind) and not defined:
        return f"it is a page of the kind “{kind}”"
    if paths.is_section(path) and not defined:
        return "it is the page of a section"
    if _NO_ENTRY.fullmatch(stem) and not paths.is_index(path):
        return "by its name it is a template, or about the site"
    texts = [b for b in found.blocks if b.kind not in ("heading", "rule", "code")]
    described = defined or any(_text(fields.get(key)) for key in _DESCRIPTIONS)
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
    fields: Mapping[str, Any],
    lines: Mapping[str, int],
    found: Prose,
    term: str,
) -> Entry | Fault:
    sections, links, outward = _sections(found.blocks)
    sections = _with_summary(sections, fields)
    named = [name for key in _RELATED for name in _names(fields.get(key))]
    slug = _SLUG.fullmatch(plain_text(fields.get("slug")))
    entry = make_entry(
        {
            "term": term,
            "id": plain_text(fields.get("id")),
            "language": _language(fields),
            "aliases": list(_aliases(fields, term)),
            "category": _category(fields, term),
            "sources": list(_sources(fields, outward)),
            "updated": _day(fields),
        },
        sections,
        str(path),
        default_id=slug[1] if slug else _DATED.sub("", paths.entry_id(path)),
        default_language=paths.language(path),
        links=[*named, *links],
        lines={**lines, **({"term": lines["title"]} if "title" in lines else {})},
    )
    if isinstance(entry, Fault) and "no definition" in entry.message:
        return Fault(entry.path, entry.line, "holds no entry: nothing is said of it.", "warning")
    return entry


def _sections(blocks: list[Block]) -> tuple[list[Section], list[str], list[Link]]:
    """The sections of a body, the entries that it links to, and the publications beside it."""
    parts: list[tuple[str, list[str], list[int]]] = [("", [], [])]
    links: list[str] = []
    outward: list[Link] = []
    apart = 0  # the level of the heading under which all is beside the entry
    for block in blocks:
        if block.kind == "heading":
            apart = 0 if apart and block.level <= apart else apart
            if not apart and is_called(block.text, "apart"):
                apart = block.level
            elif not apart and (block.level > 1 or len(parts) > 1 or parts[0][1]):
                parts.append((block.text, [], []))
            continue
        links += [link.entry for link in block.links if link.entry]
        if apart:
            outward += [link for link in block.links if link.outward and link.text]
        elif block.text and block.kind != "rule":
            parts[-1][1].append(block.text)
            parts[-1][2].append(block.line)
    found = [
        Section(section_name(heading) if heading else "", heading, "\n\n".join(texts), tuple(lines))
        for heading, texts, lines in parts
    ]
    return found, links, outward


def _with_summary(sections: list[Section], fields: Mapping[str, Any]) -> list[Section]:
    """With the first paragraph as summary: of the text, or of a field where that has none."""
    top, *rest = sections
    rest = [section for section in rest if section.text]
    if not top.text:
        said = next(filter(None, (_text(fields.get(key)) for key in _DEFINITIONS)), "")
        if not said and not rest:
            said = next(filter(None, (_text(fields.get(key)) for key in _DESCRIPTIONS)), "")
        if said:
            top = Section("", "", said)
        elif rest:
            top, *rest = rest
    paragraphs = top.text.split("\n\n")
    return [
        Section(SUMMARY, "", paragraphs[0], top.lines[:1]),
        Section(BODY, "", "\n\n".join(paragraphs[1:]), top.lines[1:]),
        *rest,
    ]


def _text(value: object) -> str:
    """The text of a field, which may be Markdown."""
    if not isinstance(value, str):
        return ""
    return "\n\n".join(b.text for b in prose(value).blocks if b.kind != "heading" and b.text)


def _names(value: object) -> Iterator[str]:
    """The names in a field: a list of words or of mappings, or a line with commas between."""
    if isinstance(value, str):
        value = re.split(r"[,;|،؛\n]", value)
    for item in value if isinstance(value, list) else []:
        name = plain_text(item)
        if isinstance(item, Mapping):
            name = next((plain_text(item[k]) for k in _NAMES if item.get(k)), "")
        if name and name not in ("-", "—", "n/a", "none"):
            yield name


def _aliases(fields: Mapping[str, Any], term: str) -> Iterator[str]:
    """Other names; of Hugo's ``aliases``, which are old addresses, none."""
    yield from brackets(term)
    for key in _ALIASES:
        yield from (name for name in _names(fields.get(key)) if "/" not in name.strip()[:1])


def _category(fields: Mapping[str, Any], term: str) -> str:
    own = next(_names(fields.get("category")), "") or next(_names(fields.get("categories")), "")
    if own or ("slug" in fields and _SLUG.fullmatch(plain_text(fields.get("slug")))):
        return own  # the tags of MDN are no categories
    tags = (tag for tag in _names(fields.get("tags")) if not tells_of_terms(tag))
    return next((tag for tag in tags if tag.casefold() != term.casefold()), "")


def _sources(fields: Mapping[str, Any], outward: list[Link]) -> Iterator[dict[str, str]]:
    seen: set[str] = set()
    for key in _SOURCES:
        value = fields.get(key)
        for item in value if isinstance(value, list) else [value]:
            found = dict(item) if isinstance(item, Mapping) else {"title": item}
            title = next(
                (plain_text(found[k]) for k in ("title", "name", "text") if k in found), ""
            )
            url = next((str(found[k]) for k in ("url", "link", "href") if found.get(k)), "")
            outside = Link(title, url or title.strip())
            if outside.outward:
                yield {"title": title or url, "url": outside.address}
            elif title and key != "full_link" and not title.startswith(("/", "#")):
                yield {"title": title}
            seen.add(outside.address)
    for link in outward:
        if link.address not in seen:
            seen.add(link.address)
            yield {"title": link.text, "url": link.address}


def _day(fields: Mapping[str, Any]) -> str | None:
    for key in _CHANGED:
        value = fields.get(key)
        value = value.get("date") if isinstance(value, Mapping) else value
        if match := _DAY.match(str(value or "").strip()):
            try:
                date.fromisoformat(match[0])
            except ValueError:
                continue
            return match[0]
    return None


def _language(fields: Mapping[str, Any]) -> str:
    names = (fields.get(key) for key in ("language", "lang", "locale"))
    found = next((plain_text(name) for name in names if name), "")
    return found if _TAG.fullmatch(found) else ""


def _file_term(path: PurePath) -> str:
    stem = paths.entry_id(path).rpartition("/")[2] or path.stem
    words = re.sub(r"[-_\s]+", " ", _DATED.sub("", stem)).strip()
    return words[:1].upper() + words[1:]
