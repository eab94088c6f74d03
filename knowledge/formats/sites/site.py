"""Pages of documentation sites, a term each: Hugo, Kubernetes, Jekyll, MDN, Docusaurus."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import copied, markdown
from knowledge.formats.draft import Fields, make_entry
from knowledge.formats.sites import (
    fenced,
    fields,
    forms,
    matter,
    naming,
    notes,
    outline,
    pairing,
    paths,
    properties,
    refusals,
    versions,
)
from knowledge.formats.sites.blocks import Prose
from knowledge.formats.sites.body import body_of, with_summary
from knowledge.formats.sites.phrase import plain_text
from knowledge.formats.sites.prose import prose
from knowledge.formats.sites.wording import (
    asked_for,
    in_two_scripts,
    is_called,
    is_of_many,
    is_part,
    tells_of_terms,
)
from knowledge.formats.tables import records, shapes
from knowledge.language.words import fold

_NAMES_APART = re.compile(r"\s+(?:&|and|und|et|y|e|en|och|og|i|и)\s+|\s*/\s*")
# A file with “term” and one of these is not of the project's own format.
_FOREIGN = frozenset(
    (
        *fields.DEFINITIONS, *fields.DESCRIPTIONS, "title", "layout", "slug", "weight",
        "permalink", "draft", "date", "lastmod", "page_type", "sidebar_label", "type",
        "full_link", "synonyms", "aka", "published",
    )
)  # fmt: skip
_IDS = ("id", "term_id", "termid")
_TITLED = re.compile(r"\s*#[ \t]+\S")  # the project's own has its term in the fields alone
_OF_SITES = re.compile(r"\{[{%]|\[\[|^:::|<[A-Z]|%%|^> ?\[!", re.MULTILINE)
_MANY = 5  # terms below “Definitions”, which may be the senses of one
_SENSES = re.compile(r"\{\{\s*GlossaryDisambiguation\b", re.IGNORECASE)


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
    if matter.opens(found.body):  # what a converter put its own before
        within = matter.read("\n" * (found.below - 1) + found.body, str(path))
        if isinstance(within, matter.Matter) and within.values.keys() & {"title", "term", "id"}:
            lines = {**found.lines, **within.lines}
            found = replace(within, values={**found.values, **within.values}, lines=lines)
    held = [found.values.get(name) for name in ("extra", "params")]  # of Zola, of Hugo
    inner = {k: v for each in held if isinstance(each, Mapping) for k, v in each.items()}
    given = fields.known({**inner, **found.values})
    strange = any(key not in Fields.model_fields for key in found.values)
    is_of_a_site = given.keys() & _FOREIGN or (strange and _OF_SITES.search(found.body))
    is_of_a_site = is_of_a_site or _TITLED.match(found.body)
    if "term" in found.values and not is_of_a_site:
        yield from markdown.read_matter(found, path)
        return
    if found.error:
        message = f"{found.error.message} Its lines were read one by one."
        yield Fault(found.error.path, found.error.line, message, "warning")
    yield from page(found.body, path, given, found.lines, found.below)


def read_bare(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entries of Markdown without front matter: its terms, or that of its title."""
    given, lines, body = properties.parted(text)
    yield from page(body, path, fields.known(given), lines)


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
    told = forms.told(found.blocks)
    found = replace(found, blocks=told, recorded=found.recorded or told != found.blocks)
    yield from found.faults(origin)
    title = naming.title(given, found, path)
    language = fields.language(given) or paths.language(path)
    tongues = versions.parted(found, plain_text(given.get("title")) or naming.heading(found, path))
    one = fields.is_of_a_term(given) or naming.is_said(found, title, path) or bool(tongues)
    whole = any(map(is_of_many, (title, path.stem)))
    many = (
        None
        if one
        else _unmarked(found, path, title)
        if whole
        else _within(found, path, language, _heads)
    )
    if many is None and (not one or tells_of_terms(title)):
        many = outline.entries(found, path, title, language)
    if many is None and not one:
        many = _within(found, path, language, _is_of_language)
        many = many or _of_definitions(found, path, title, language)
        many = many or (
            fenced.entries(found, path) or _unmarked(found, path, title) if whole else None
        )
    many = many or _listed(given, lines, found, origin, language)
    if many is not None:
        yield from many
        return
    if not (title or given or tongues or path.suffix.lower() in naming.MARKDOWN):
        message = "holds no entry: it has neither a title nor several terms."
        yield Fault(origin, 1, message, "warning")
        return
    term = title or plain_text(given.get("sidebar_label")) or naming.of_file(path, found)
    if refused := refusals.refusal(path, given, found, term):
        yield refused
        return
    if tongues:
        yield from (
            _entry(path, {**given, "language": tag}, lines, part, name or term)
            for tag, name, part in tongues
        )
        return
    entry = _entry(path, given, lines, found, term)
    if isinstance(entry, Entry) and _SENSES.search(body):
        entry = replace(entry, ambiguous=True)
    yield entry


def _heads(title: str) -> bool:
    """Whether a part of a page, of such a title, may be a glossary: “Terms”, not “Definitions”."""
    names = _NAMES_APART.split(title.partition(" (")[0])  # “Terms and definitions (in short)”
    lists = [is_called(name, "lexicon") for name in names]
    defines = [fold(name).startswith("defin") or is_part(name) for name in names]
    return tells_of_terms(title) or (all(lists) and not all(defines))


def _unmarked(found: Prose, path: PurePath, title: str) -> Iterator[Entry | Fault] | None:
    """The entries of a page whose terms, without a mark, stand alone above what they mean."""
    if any(block.strong or block.kind in ("row", "term") for block in found.blocks):
        return None
    texts = {b.line: b.text for b in found.blocks if b.kind != "heading" and b.line > 1}
    lines = (" ".join(texts.get(n, "").split()) for n in range(2, max(texts, default=0) + 1))
    told = list(copied.read("\n".join([title, *lines]), path))
    headings = sum(block.kind == "heading" for block in found.blocks)
    return iter(told) if len(told) > 2 * headings else None


def _is_of_language(title: str) -> bool:
    return is_called(title, "language")


def _of_definitions(
    found: Prose, path: PurePath, title: str, language: str
) -> Iterator[Entry | Fault] | None:
    """Those of a part called “Definitions” on a page of no one term, if it has many; or None."""
    if naming.is_named(title, path):
        return None
    many = _within(found, path, language, lambda heading: is_called(heading, "lexicon"))
    told = list(many or ())
    return iter(told) if len(told) >= _MANY else None


def _within(
    found: Prose, path: PurePath, language: str, heads: Callable[[str], bool]
) -> Iterator[Entry | Fault] | None:
    """The entries of the parts of a page that their headings call glossaries, or None."""
    blocks = found.blocks
    held: list[Iterator[Entry | Fault]] = []
    end, titled = 0, False
    for n, block in enumerate(blocks):
        top = block.kind == "heading" and block.level == 1 and not titled
        titled = titled or top
        if n < end or top or block.kind != "heading" or not heads(block.text):
            continue
        behind = range(n + 1, len(blocks))
        ends = (m for m in behind if blocks[m].kind == "heading" and blocks[m].level <= block.level)
        part = replace(found, blocks=blocks[n : next(ends, len(blocks))])
        many = outline.entries(part, path, block.text, language)
        if many := many or fenced.entries(part, path):
            held.append(many)
            end = n + len(part.blocks)
    return chain.from_iterable(held) if held else None


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
    titled = naming.other_title(given, found, path, name)
    aliases = [*others, *titled, *fields.aliases(given, name), *body.aliases]
    entry = make_entry(
        {
            "term": name,
            "id": pairing.key(given)
            or next(filter(None, map(plain_text, map(given.get, _IDS))), ""),
            "language": fields.language(given),
            "aliases": aliases,
            "asked": [term] if asked_for(term) != term else [],
            "category": fields.category(given, name) or body.category,
            "sources": [*fields.sources(given, body.outward), *cited],
            "updated": fields.day(given),
        },
        [*with_summary(body, given, [name, *aliases]), *fields.examples(given)],
        str(path),
        default_id=fields.slug(given) or naming.DATED.sub("", paths.entry_id(path)),
        default_language=paths.language(path),
        links=[*fields.related(given), *body.links],
        lines={**lines, **({"term": lines["title"]} if "title" in lines else {})},
    )
    if isinstance(entry, Fault) and "no definition" in entry.message:
        return Fault(entry.path, entry.line, "holds no entry: nothing is said of it.", "warning")
    return entry
