"""Fields: what the front matter of a site's page says of its entry."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from knowledge.entry import EXAMPLE, Section
from knowledge.formats.pages import hypertext
from knowledge.formats.sites.phrase import Link, plain_text
from knowledge.formats.sites.prose import prose
from knowledge.formats.sites.wording import brackets, tells_of_terms
from knowledge.formats.tables import values
from knowledge.formats.tables.columns import DEFINITION, TERM, column
from knowledge.formats.tables.tongues import language_of

SURE = ("definition", "glossarytext", "glossary_text", "meaning")
"""Fields that define, before what the text says."""
SHORT = (
    "short_definition", "short_def", "shortdef", "shortdefinition", "oneliner", "one_liner", "tldr",
)  # fmt: skip
"""Fields that define in a line what the text may define at length."""
DEFINITIONS = (
    *SURE, *SHORT, "short_description", "short", "hovertext", "tooltip", "gloss", "explanation",
)  # fmt: skip
"""Fields that define where the text does not."""
DESCRIPTIONS = ("summary", "description", "excerpt", "abstract")
"""Fields that may be of the page, and not of its term."""
_ALIASES = (
    "aliases", "alias", "aka", "also_known_as", "synonyms", "synonym", "acronym", "acronyms",
    "abbreviation", "abbreviations", "abbr", "alternative", "alternatives", "other_names",
    "variants", "full_name", "fullname", "full_form", "long_form", "expansion", "stands_for",
    "short_name", "short_title", "short_form", "fullterm", "shorterm", "english", "english_name",
    "english_term", "term_en", "title_en", "en", "en_name", "name_en", "reading", "yomi", "kana",
)  # fmt: skip
_EXAMPLES = ("example", "examples")
RELATED = ("related", "see_also", "seealso", "related_terms", "relatedterms", "related_to")
_SOURCES = (
    "sources", "source", "references", "reference", "full_link", "citations", "further_reading",
    "evidence",
)  # fmt: skip
_TITLES = ("title", "name", "text", "label", "source_title")
_URLS = ("url", "link", "href", "source_url")
_CHANGED = (
    "lastmod", "last_update", "last_updated", "last_modified_at", "updated", "modified",
    "date_modified", "date",
)  # fmt: skip
_TERMS = ("term", "glossary_term", "glossaryterm", "localetitle", "title", "name")
_ROLES = {
    "term": "term", "definition": "definition", "aliases": "aliases", "category": "category",
    "related": "related", "sources": "sources", "updated": "updated",
}  # fmt: skip
_SURELY = 30  # the rank of a column's name: what comes later may be of the page
# Names of fields that mean other things on a site than as heads of columns.
_ENGLISH = frozenset(
    (
        *DEFINITIONS, *DESCRIPTIONS, *_ALIASES, *RELATED, *_SOURCES, *_CHANGED, "name", "title",
        "text", "content", "details", "tags", "tag", "group", "level", "kind", "section", "label",
        "heading", "body", "note", "notes", "comment", "field", "area", "class", "subject", "value",
        "key", "info", "word", "words", "entry", "concept", "type", "keywords", "id", "slug", "url",
        "image", "date", "lang", "language", "locale", "layout", "weight", "order", "permalink",
        "links", "link", "resources", "urls", "created", "authors", "author", "status", "draft",
        "version", "context", "expression",
    )
)  # fmt: skip
_CATEGORIES = (
    "category",
    "categories",
    "domain",
    "topic",
    "topics",
    "subject",
    "theme",
    "area",
    "group",
)
_SAID = {"definition", "description", "meaning", "text", "explanation"}
_NAMES = ("title", "term", "name", "text", "id")
_VALUE = re.compile(
    r"\{\{-?\s*\$?(?:page|frontmatter|doc|meta)(?:\.(?:frontmatter|meta))?\.(\w+)"
    r"(?:\s*\|[^{}]*)?\s*-?\}\}"
)
_KINDS = ("term", "concept", "definition", "glossary", "glossary-term", "glossary term")
_DEFINES = re.compile(
    r"(?:an?|one|any)\s(?!(?:\w+\s){0,2}(?:definition|guide|glossary|explanation|overview|look)\b)",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"(?:title|term|name)_(?!id\b)[a-z]{2}(?:_[a-z]{2})?")
_A_NAME = 80  # characters: what is longer is a sentence
_READING = re.compile(r"[\s\u3040-\u309fー・]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_SLUG = re.compile(r"/?gloss[^/]*/(.+)", re.IGNORECASE)


def known(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields in small letters, with “_” for “-”; those of other languages by their English name."""
    given = {re.sub(r"[-\s]", "_", key).lower(): value for key, value in values.items()}
    for key in [key for key in given if key not in _ENGLISH]:
        role = column(key.replace("_", " "))
        name = _ROLES.get(role.role, "") if role and not role.language else ""
        if role and role.rank > _SURELY:
            name = {"term": "title", "definition": "gloss"}.get(name, name)
        if name == "aliases" and name in given:  # beside the old addresses of the page
            given[name] = [*names_of(given[name]), *names_of(given[key])]
        elif name:
            given.setdefault(name, given[key])
    return given


def title(fields: Mapping[str, Any]) -> str:
    """What the fields call the term, or nothing. In hiragana alone it is how a title is read."""
    names = [plain_text(fields.get(key)) for key in _TERMS]
    written = [name for name in names if name and not _READING.fullmatch(name)]
    return next(iter(written or filter(None, names)), "")


def local_titles(fields: Mapping[str, Any]) -> list[str]:
    """The titles of a page that are said to be in a language: ``title_pt``."""
    found = (plain_text(value) for key, value in fields.items() if _LOCAL.fullmatch(key))
    return [name for name in found if name]


def first(fields: Mapping[str, Any], keys: Iterable[str]) -> str:
    """The text of the first of several fields that has any."""
    return next(filter(None, (text_of(fields.get(key)) for key in keys)), "")


def description_of_a_term(fields: Mapping[str, Any]) -> str:
    """The description of a page that is said to be of a term, if it begins as definitions do."""
    kind = plain_text(fields.get("type")).lower()
    said = first(fields, DESCRIPTIONS) if kind in _KINDS else ""
    return said if _DEFINES.match(said) else ""


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
    if "localetitle" in fields:
        yield plain_text(fields.get("title"))
    if local := local_titles(fields):
        yield from (name for name in (title(fields), *local) if len(name) < _A_NAME)
    for key in _ALIASES:
        for name in names_of(fields.get(key)):
            if "/" not in name.strip()[:1] and len(name) < _A_NAME:
                yield from brackets(name) or [name]


def slug(fields: Mapping[str, Any]) -> str:
    """The id that the address of an entry of MDN gives, or of what it is a translation of."""
    addresses = (plain_text(fields.get(k)) for k in ("slug", "translation_of", "original_slug"))
    return next((found[1] for each in addresses if (found := _SLUG.fullmatch(each))), "")


def is_of_a_term(fields: Mapping[str, Any]) -> bool:
    """Whether the fields say that the page is of one term, however its text is laid out."""
    named = any(fields.get(key) for key in (*_TERMS[:3], *DEFINITIONS))
    return named or bool(slug(fields))


def in_languages(fields: Mapping[str, Any]) -> bool:
    """Whether fields define a term in several languages: ``definition_en``, ``definition_ar``."""
    found = filter(None, (column(key.replace("_", " ")) for key in fields))
    return len({each.language for each in found if each.role == "definition"} - {""}) > 1


def lists(fields: Mapping[str, Any]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """The fields that hold several terms, each with what defines it."""
    for key, value in fields.items():
        rows = value if isinstance(value, list) else []
        if isinstance(value, Mapping) and value and tells_of_terms(key):
            rows = [{"term": term, "definition": text} for term, text in value.items()
                    if isinstance(text, str)]  # fmt: skip
        if isinstance(value, Mapping) and _is_row(value):  # by an id of its own
            yield key, [{"id": key, **value}]
        if not all(isinstance(row, Mapping) for row in rows):
            continue
        if any(row.keys() & {"term", "name", "title"} and row.keys() & _SAID for row in rows):
            yield key, rows


def _is_row(value: Mapping[str, Any]) -> bool:
    return {TERM, DEFINITION} <= {known.role for name in value if (known := column(name))}


def valued(body: str, fields: Mapping[str, Any]) -> str:
    """A body with the page's own fields where it shows them: ``{{ page.title }}``."""

    def value(found: re.Match[str]) -> str:
        held = fields.get(found[1].lower())
        return held if isinstance(held, str) and "\n" not in held.strip() else found[0]

    return _VALUE.sub(value, body) if "{{" in body else body


def _is_kind(name: str) -> bool:
    """Whether a category says but that its pages are of terms."""
    return " " not in name.strip() and tells_of_terms(name)


def category(fields: Mapping[str, Any], term: str) -> str:
    """The category, or the first tag that is neither the term nor says that it is one."""
    found = (name for key in _CATEGORIES for name in names_of(fields.get(key)))
    own = next((name for name in found if not name.isdigit() and not _is_kind(name)), "")
    if own or slug(fields):
        return own  # the tags of MDN are no categories
    tags = (tag for tag in names_of(fields.get("tags")) if not tells_of_terms(tag))
    none = {term.casefold(), plain_text(fields.get("type")).casefold()}
    return next((tag for tag in tags if tag.casefold() not in none), "")


def sources(fields: Mapping[str, Any], outward: list[Link]) -> Iterator[dict[str, str]]:
    """The publications that the fields name, and those that are linked to beside the text."""
    seen: set[str] = set()
    for key in _SOURCES:
        value = fields.get(key)
        for item in value if isinstance(value, list) else [value]:
            found = dict(item) if isinstance(item, Mapping) else {"title": item}
            title = next((plain_text(found[k]) for k in _TITLES if k in found), "")
            url = next((str(found[k]) for k in _URLS if found.get(k)), "")
            if isinstance(item, str) and "://" in item and not Link("", title.strip()).outward:
                yield from values.sources(item)
                continue
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
    return found if _TAG.fullmatch(found) else language_of(found)


def related(fields: Mapping[str, Any]) -> Iterator[str]:
    """The entries that the fields name, by id, by name or by where they stand."""
    for key in RELATED:
        for name in names_of(fields.get(key)):
            stands = "/" in name or name.endswith((".md", ".html"))
            yield hypertext.link(name) if stands and " " not in name else name


def examples(fields: Mapping[str, Any]) -> list[Section]:
    """The section of examples that the fields give, if any."""
    given = [each for key in _EXAMPLES for each in _listed(fields.get(key))]
    text = "\n\n".join(filter(None, map(text_of, given)))
    return [Section(EXAMPLE, "", text)] if text else []


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
