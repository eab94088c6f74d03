"""reStructuredText: ``.. glossary::`` directives, and definition lists."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.draft import make_entry, opening, signs, slug
from knowledge.formats.pages import web
from knowledge.formats.pages.hypertext import plain
from knowledge.formats.pages.laid import distinct
from knowledge.formats.pages.rstbody import Body, Effort, as_html, body, inline
from knowledge.formats.pages.rstlists import GLOSSARY, OPENED, TERM, Item, of_directives, of_lists
from knowledge.formats.sites.translated import translated
from knowledge.formats.sites.wording import NAMES_APART, name_and_aliases, tells_of_terms
from knowledge.language.text import detect
from knowledge.language.words import fold

_EXPLICIT = re.compile(
    r"^\.\. (?:_[^\n]{1,200}:|\|[^|\n]{1,100}\| |[a-z][\w:-]{0,40}::)", re.MULTILINE
)
_ITEM = re.compile(
    r"(?:^|\n[ \t]*\n|\n[ \t][^\n]*\n)"  # the start, a blank line, or the definition before
    r"(?![-*+•#|:>.\d(])[^\s:{\[<][^\n]{0,200}?[^\s:,{\[]\n"  # the term
    r"(?:  +|\t)(?![:*+-])\S"  # its definition
)
_MARKDOWN = re.compile(r"\A---\s*$|^(?:#{1,6} |```)", re.MULTILINE)
_SUBSTITUTION = re.compile(
    r"^ *\.\. \|([^|\n]{1,100})\| +(?:replace|unicode):: *([^\n]*)$", re.MULTILINE
)
_RAW = re.compile(
    r"^ *\.\. \|([^|\n]{1,100})\| +raw:: *html *\n(?:[ \t]*\n)*((?:[ \t]+\S[^\n]*\n?)+)",
    re.MULTILINE,
)
_TABLE = re.compile(r"^\+={3,}[+=]*\+\s*$|^={3,}(?: +={3,})+\s*$|^\.\. list-table::", re.MULTILINE)
_TITLE = re.compile(r"^\S[^\n]*\n([=\-~^\"'#*+.])\1{2,}[ \t]*$", re.MULTILINE)
_MANY = 2
_TOLD = 20_000  # characters that a language is told from, at most
_LONGEST_VALUE = 1_000
"""Characters of what stands for a name between bars: a page of it, named often, is a bomb."""
_LONGEST = 300_000
"""Characters: docutils is not given a longer text as a whole."""


def recognises(text: str) -> bool:
    """Whether a text has a glossary directive, or definition lists and nothing of Markdown."""
    # What a regex needs is looked for before it, which takes no time: most texts are no RST.
    if ".. " in text and (GLOSSARY.search(text) or TERM.search(text)):
        return True
    explicit = ".. " in text and _EXPLICIT.search(text) is not None
    tabled = (explicit or "===" in text) and _TABLE.search(text) is not None
    if not tabled and not (explicit and _TITLE.search(text)):
        indented = "\n  " in text or "\n\t" in text
        items = sum(1 for _ in islice(_ITEM.finditer(text), _MANY)) if indented else 0
        if items < (1 if explicit else _MANY):
            return False
    return text.lstrip()[:1] not in ("<", "{", "[") and not _MARKDOWN.search(text)


def read(text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """The entries of the glossary directives, or else of the definition lists.

    The first of several terms that share a definition is the term, the others are its aliases. What
    ``:term:`` refers to becomes a relation. Nothing is included from other files.
    """
    origin = str(path)
    rows = list(enumerate(text.expandtabs(8).split("\n"), 1))
    substitutions = _substitutions(text)
    effort = Effort()
    items = list(of_directives(rows, effort))
    few = len(items) < _MANY
    if not items:
        items = _of_part(list(of_lists(rows, effort)), path)
        within = sum(1 for item in items for _, row in item.lines if row.strip())
        few = len(items) < _MANY or within * 3 < sum(1 for _, row in rows if row.strip())
    if few and len(text) < _LONGEST and (html := as_html(text, substitutions)):
        found = list(_of_page(html, text, path))
        if sum(isinstance(each, Entry) for each in found) > len(items):
            yield from found
            return
    if not items:
        opened = list(of_directives(rows, effort, OPENED))
        items = opened if len(opened) > _MANY else []
    categories = {item.category for item in items}
    used: dict[str, int] = {}
    names = [
        [(n, name) for n, row in each.terms if (name := _term(row, substitutions, effort))]
        for each in items
    ]
    language = detect(text[:_TOLD]) or ""
    foreign = translated((name, language) for each in names for _, name in each[:1])
    for item, named in zip(items, names, strict=True):
        if not named:
            continue
        line, whole = named[0]
        term, others = foreign.get(whole) or name_and_aliases(whole)
        told = body(item.lines, substitutions, effort)
        if not told.paragraphs:
            yield Fault(origin, line, f"“{term}” has no definition: indent one below it.")
            continue
        made = distinct(slug(term) or signs(term), used)
        sections = opening(*_without_names(told))
        yield make_entry(
            {
                "term": term,
                "id": made,
                "aliases": [*others, *(name for _, name in named[1:])],
                "category": item.category if len(categories) > 1 else "",
            },
            sections,
            origin,
            links=told.links,
            line=line,
        )
    if not items and len(text) < _LONGEST:
        yield Fault(
            origin, 1, "holds no glossary directive or definition list with terms.", "warning"
        )
    elif not items:
        message = (
            f"holds no glossary directive, and is longer than the {_LONGEST:,} characters in which"
            " its titles and tables are looked at: part it into several files."
        )
        yield Fault(origin, 1, message)


def _without_names(told: Body) -> tuple[list[str], list[int]]:
    """The paragraphs and their lines, without those that but name what they refer to."""
    links = {fold(link) for link in told.links}
    rows = list(zip(told.paragraphs, told.lines, strict=True))
    names = [{*map(fold, NAMES_APART.split(text.rstrip(".")))} for text, _ in rows]
    kept = [row for n, row in enumerate(rows) if not n or not names[n] <= links]
    return [text for text, _ in kept], [line for _, line in kept]


def _substitutions(text: str) -> dict[str, str]:
    """What the text has stand for a name between bars."""
    found = {name: value.strip()[:_LONGEST_VALUE] for name, value in _SUBSTITUTION.findall(text)}
    raw = {
        name: " ".join(plain(html).text.split())[:_LONGEST_VALUE]
        for name, html in _RAW.findall(text)
    }
    return {**raw, **found}


def _of_page(html: str, text: str, path: PurePath) -> Iterator[Entry | Fault]:
    """Entries of a text that docutils made a page of: from its tables, headings and bold words."""
    place = line = 0
    for each in web.read(html, path):
        if isinstance(each, Entry):
            at = text.find(each.term, place)
            if at >= 0:
                line += text.count("\n", place, at)
                place = at
            sections = tuple(replace(section, lines=()) for section in each.sections)
            each = replace(each, sections=sections, line=line + 1)  # noqa: PLW2901
        yield each


def _term(row: str, substitutions: Mapping[str, str], effort: Effort) -> str:
    """A term without its classifiers, as plain text."""
    named = re.split(r"(?<!\s)\s+:\s+", row.strip())[0]
    return inline(named, substitutions, effort).rstrip(" :：").strip()


def _of_part(items: list[Item], path: PurePath) -> list[Item]:
    """The definitions of the section that is called a glossary, where others hold some, too."""
    told = [item for item in items if tells_of_terms(item.category)]
    whole = not told or told[0] is items[0] or tells_of_terms(path.stem)
    return items if whole or len(told) < _MANY else told
