"""reStructuredText: ``.. glossary::`` directives, and definition lists."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.draft import make_entry, opening, signs, slug
from knowledge.formats.lines import indent_of
from knowledge.formats.pages import web
from knowledge.formats.pages.hypertext import plain
from knowledge.formats.pages.laid import distinct
from knowledge.formats.pages.rstbody import Body, Effort, as_html, body, inline
from knowledge.formats.sites.translated import translated
from knowledge.formats.sites.wording import NAMES_APART, is_letter, name_and_aliases, tells_of_terms
from knowledge.language import detect
from knowledge.words import fold

_GLOSSARY = re.compile(r"^( *)\.\. glossary *::[ \t]*(?::\w+:[ \t]*)*$", re.MULTILINE)
_TERM = re.compile(r"^( *)\.\. [\w:-]*term *::[ \t]+([^\W_][^\n]*)$", re.MULTILINE)
"""A directive for each term."""
_OPENED = re.compile(
    r"^( *)\.\. (?:admonition|collapse|describe|details|dropdown|object|topic) *::[ \t]+([^\n]+)$",
    re.MULTILINE,
)
"""Directives that may each hold a term, and what it means."""
_ABBREVIATED = re.compile(r"\s*:(?:abbr|abbreviation|acronym)s?:[ \t]+(\S[^\n]*)")
_EXPLICIT = re.compile(
    r"^\.\. (?:_[^\n]{1,200}:|\|[^|\n]{1,100}\| |[a-z][\w:-]{0,40}::)", re.MULTILINE
)
_ITEM = re.compile(
    r"(?:^|\n[ \t]*\n|\n[ \t][^\n]*\n)"  # the start, a blank line, or the definition before
    r"(?![-*+•#|:>.\d(])[^\s:{\[<][^\n]{0,200}?[^\s:,{\[]\n"  # the term
    r"(?:  +|\t)(?![:*+-])\S"  # its definition
)
_MARKDOWN = re.compile(r"\A---\s*$|^(?:#{1,6} |```)", re.MULTILINE)
_OPTION = re.compile(r"\s*:[\w-]+:(?:\s|$)")
_UNDERLINE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*")
_NO_TERM = re.compile(
    r"(?:[-*+•‣]|\(?(?:\d{1,3}|[A-Za-z#])[.)])\s|\.\.(?:\s|$)|:[^:\s][^:]*:\s|\||>>>|__(?:\s|$)"
)
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


@dataclass
class _Item:
    """A definition: its terms, each with its line, and the lines of its text."""

    terms: list[tuple[int, str]]
    category: str = ""
    lines: list[tuple[int, str]] = field(default_factory=list)


def recognises(text: str) -> bool:
    """Whether a text has a glossary directive, or definition lists and nothing of Markdown."""
    # What a regex needs is looked for before it, which takes no time: most texts are no RST.
    if ".. " in text and (_GLOSSARY.search(text) or _TERM.search(text)):
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
    items = list(_of_directives(rows, effort))
    few = len(items) < _MANY
    if not items:
        items = _of_part(list(_of_lists(rows, effort)), path)
        within = sum(1 for item in items for _, row in item.lines if row.strip())
        few = len(items) < _MANY or within * 3 < sum(1 for _, row in rows if row.strip())
    if few and len(text) < _LONGEST and (html := as_html(text, substitutions)):
        found = list(_of_page(html, text, path))
        if sum(isinstance(each, Entry) for each in found) > len(items):
            yield from found
            return
    if not items:
        opened = list(_of_directives(rows, effort, _OPENED))
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


def _of_directives(
    rows: list[tuple[int, str]], effort: Effort, own: re.Pattern[str] = _TERM
) -> Iterator[_Item]:
    """The definitions within glossary directives, as Sphinx parts them, and in their ``own``."""
    category = ""
    place = 0
    while place < len(rows):
        _, row = rows[place]
        category = _title(rows, place, category, effort)
        place += 1
        match = _GLOSSARY.fullmatch(row) or own.fullmatch(row)
        if match is None:
            continue
        block: list[tuple[int, str]] = []
        while place < len(rows):
            inner = rows[place][1]
            if inner.strip() and indent_of(inner) <= len(match[1]):
                break
            block.append(rows[place])
            place += 1
        if match.re is own:
            yield _own(match[2], rows[place - len(block) - 1][0], block, category)
        else:
            yield from _parted(block, category)


def _own(name: str, line: int, block: list[tuple[int, str]], category: str) -> _Item:
    """The definition in a directive of its own."""
    options = list(takewhile(lambda row: _OPTION.match(row[1]), block))
    short = [(n, match[1]) for n, row in options if (match := _ABBREVIATED.fullmatch(row))]
    return _Item([(line, name), *short], category, block[len(options) :])


def _parted(block: list[tuple[int, str]], category: str) -> Iterator[_Item]:
    begin = next(
        (n for n, (_, row) in enumerate(block) if row.strip() and not _OPTION.match(row)),
        len(block),
    )
    block = block[begin:]
    least = min((indent_of(row) for _, row in block if row.strip()), default=0)
    item: _Item | None = None
    in_comment = False
    for number, row in block:
        if not row.strip():
            if item:
                item.lines.append((number, ""))
        elif indent_of(row) > least:
            if item and not in_comment:
                item.lines.append((number, row))
        elif row.strip() == ".." or row.strip().startswith(".. "):
            in_comment = True
        else:
            in_comment = False
            if item is None or any(line.strip() for _, line in item.lines):
                if item:
                    yield item
                item = _Item([], category)
            item.terms.append((number, row))
    if item:
        yield item


def _of_lists(rows: list[tuple[int, str]], effort: Effort) -> Iterator[_Item]:
    """The definitions of lists that stand at the margin."""
    category = ""
    place = 0
    free = True  # whether a list may begin here
    while place < len(rows):
        number, row = rows[place]
        category = _title(rows, place, category, effort)
        below = rows[place + 1][1] if place + 1 < len(rows) else ""
        place += 1
        begins = (
            free and row.strip() and not indent_of(row) and below.strip() and indent_of(below) > 0
        )
        if not begins or _NO_TERM.match(row):
            free = not row.strip() or _UNDERLINE.fullmatch(row) is not None
            if _NO_TERM.match(row):  # explicit markup, or an item: with what belongs to it
                place = _end(rows, place)
                free = True
            continue
        end = _end(rows, place)
        yield _Item([(number, row)], category, rows[place:end])
        place, free = end, True


def _end(rows: list[tuple[int, str]], place: int) -> int:
    """Behind the rows from a place on that are blank or indented."""
    while place < len(rows) and (not (row := rows[place][1]).strip() or indent_of(row)):
        place += 1
    return place


def _of_part(items: list[_Item], path: PurePath) -> list[_Item]:
    """The definitions of the section that is called a glossary, where others hold some, too."""
    told = [item for item in items if tells_of_terms(item.category)]
    whole = not told or told[0] is items[0] or tells_of_terms(path.stem)
    return items if whole or len(told) < _MANY else told


def _title(rows: list[tuple[int, str]], place: int, category: str, effort: Effort) -> str:
    """The title of the section that begins here, else the one before; a letter is none."""
    title = rows[place][1].strip()
    below = rows[place + 1][1] if place + 1 < len(rows) else ""
    if not title or _UNDERLINE.fullmatch(title) or not _UNDERLINE.fullmatch(below):
        return category
    if indent_of(rows[place][1]) > 1 or len(below.rstrip()) < min(len(title), 4):
        return category
    return "" if is_letter(title) else inline(title, {}, effort)
