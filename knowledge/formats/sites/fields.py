"""Fields: what the front matter of a site's page says of its entry."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from knowledge.formats.sites.blocks import prose
from knowledge.formats.sites.phrase import Link, plain_text
from knowledge.formats.sites.wording import brackets, tells_of_terms

DEFINITIONS = (
    "definition", "short_description", "short_definition", "shortdef", "hovertext",
    "shortdefinition", "oneliner", "tooltip", "gloss", "meaning", "explanation",
)  # fmt: skip
DESCRIPTIONS = ("summary", "description", "excerpt", "abstract")
_ALIASES = (
    "aliases", "alias", "aka", "also_known_as", "synonyms", "synonym", "acronym", "acronyms",
    "abbreviation", "abbreviations", "abbr", "alternative", "alternatives", "other_names",
    "variants",
)  # fmt: skip
RELATED = ("related", "see_also", "seealso", "related_terms", "relatedterms", "related_to")
_SOURCES = ("sources", "source", "references", "reference", "full_link", "citations")
_CHANGED = (
    "lastmod", "last_update", "last_updated", "last_modified_at", "updated", "modified", "date",
)  # fmt: skip
_CATEGORIES = ("category", "categories")
_NAMES = ("title", "term", "name", "text", "id")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
SLUG = re.compile(r"/?gloss[^/]*/(.+)", re.IGNORECASE)


def first(fields: Mapping[str, Any], keys: Iterable[str]) -> str:
    """The text of the first of several fields that has any."""
    return next(filter(None, (text_of(fields.get(key)) for key in keys)), "")


def text_of(value: object) -> str:
    """The text of a field, which may be Markdown."""
    if not isinstance(value, str):
        return ""
    return "\n\n".join(b.text for b in prose(value).blocks if b.kind != "heading" and b.text)


def names_of(value: object) -> Iterator[str]:
    """The names in a field: a list of words or of mappings, or a line with commas between."""
    if isinstance(value, str):
        value = re.split(r"[,;|،؛\n]", value)
    for item in value if isinstance(value, list) else []:
        name = plain_text(item)
        if isinstance(item, Mapping):
            name = next((plain_text(item[k]) for k in _NAMES if item.get(k)), "")
        if name and name not in ("-", "—", "n/a", "none"):
            yield name


def aliases(fields: Mapping[str, Any], term: str) -> Iterator[str]:
    """Other names; of Hugo's ``aliases``, which are old addresses, none."""
    yield from brackets(term)
    for key in _ALIASES:
        yield from (name for name in names_of(fields.get(key)) if "/" not in name.strip()[:1])


def category(fields: Mapping[str, Any], term: str) -> str:
    """The category, or the first tag that is neither the term nor says that it is one."""
    own = next((n for key in _CATEGORIES for n in names_of(fields.get(key))), "")
    if own or ("slug" in fields and SLUG.fullmatch(plain_text(fields.get("slug")))):
        return own  # the tags of MDN are no categories
    tags = (tag for tag in names_of(fields.get("tags")) if not tells_of_terms(tag))
    return next((tag for tag in tags if tag.casefold() != term.casefold()), "")


def sources(fields: Mapping[str, Any], outward: list[Link]) -> Iterator[dict[str, str]]:
    """The publications that the fields name, and those that are linked to beside the text."""
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


def day(fields: Mapping[str, Any]) -> str | None:
    """The day of the last change, as 2026-11-24."""
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


def language(fields: Mapping[str, Any]) -> str:
    """The language tag that a field gives, or nothing."""
    names = (fields.get(key) for key in ("language", "lang", "locale"))
    found = next((plain_text(name) for name in names if name), "")
    return found if _TAG.fullmatch(found) else ""
