"""Shapes: the ways in which documents hold terms, each found in a document's tree.

A document is a glossary if one shape explains most of it. In a folder its documents are looked at
together: whether some are glossaries, or each is the page of one term.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import PurePath
from typing import Any

import yaml

from knowledge.formats import paths, tree
from knowledge.formats.columns import DEFINITION, TERM, column, roles
from knowledge.formats.draft import known_heading
from knowledge.formats.tree import (
    Block,
    Blocks,
    Code,
    Definitions,
    Heading,
    Items,
    Paragraph,
    Table,
)
from knowledge.language.text import scripts
from knowledge.language.words import fold

_LETTERS = re.compile(
    r"\W*(?:\w(?:\W+\w)*|0\W*9|symbols?|numbers?|(?:letter|حرف)\s\S{1,5})\W*", re.IGNORECASE
)
_LED = re.compile(r"\s*(?:[:：—–=]|-+(?=\s))\s*")
_PLAIN = re.compile(r"([^:：.!?؟。]{1,60}?)(?:\s*[:：]|\s+[—–-])\s+(.+)", re.DOTALL)
_SENTENCE = re.compile(r"[.!?؟。！？…:؛]['”\"’»)\]]*$")
_LONGEST_NAME = 120  # characters
_WORDS = 12  # in the name of a term
_FEW = 3  # terms, with which a habit begins
_MOST = 0.5  # of a document's text
_SIGNED = 0.25  # of the text of one that is called a glossary
_SORTED = 0.85  # of pairs of neighbours
_SHORT_OWN = 0.2  # of what stands below a heading


@dataclass(frozen=True, slots=True)
class Term:
    """A term as a document holds it: its names, and what is said of it."""

    name: str
    said: Blocks
    aliases: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    category: str = ""
    target: str = ""
    """Where its name leads."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of ``draft.make_entry``."""


@dataclass(frozen=True)
class Page:
    """A document: its blocks, and the fields above them."""

    path: PurePath
    blocks: Blocks
    fields: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    """Its text, where it is one."""
    is_copied: bool = False
    """Whether it is a web page copied as text."""

    @property
    def title(self) -> str:
        """What it is called by its fields or by its first heading."""
        named = next((str(v) for n, v in self.fields.items() if fold(n) in ("term", "title")), "")
        return named or next((b.text for b in self.blocks if isinstance(b, Heading)), "")

    @property
    def is_signed(self) -> bool:
        """Whether it is called a glossary."""
        above = self.path.parent.name if self.is_beside else ""
        return any(map(is_called_glossary, (self.title, self.path.stem, above)))

    @property
    def is_beside(self) -> bool:
        """Whether it is a file that a project keeps beside its documents, or that leads to them."""
        return fold(self.path.stem.replace("_", " ").replace("-", " ")) in _words("files")


@cache
def _words(kind: str) -> frozenset[str]:
    text = files("knowledge.formats").joinpath("glossaries.yaml").read_text("utf-8")
    return frozenset(fold(str(word)) for word in yaml.safe_load(text)[kind])


def is_called_glossary(title: str) -> bool:
    """Whether a short title has a word that glossaries are called by."""
    words = f" {fold(re.sub('[-_.]+', ' ', title))}"
    return words.count(" ") <= _WORDS / 2 and any(
        f" {word}" in words for word in _words("glossary")
    )


def is_apart(heading: str) -> bool:
    """Whether a heading is none of a term: a letter, the glossary itself, what stands beside it."""
    bare = fold(heading)
    return not bare or bare in _words("apart") or _is_letter(heading)


def _is_letter(heading: str) -> bool:
    return len(heading) <= _LONGEST_NAME and _LETTERS.fullmatch(heading) is not None


def weight(blocks: Iterable[Block]) -> int:
    """How many characters blocks say; links alone and code say nothing."""
    return sum(len(tree.text(b)) for b in blocks if not _only_links(b) and not isinstance(b, Code))


def _only_links(block: Block) -> bool:
    match block:
        case Heading():
            return False
        case Paragraph():
            return all(run.link or not any(map(str.isalnum, run.text)) for run in block.runs)
        case Items(items):
            return all(_only_links(inner) for item in items for inner in item)
    return False


# The shapes.


def definition_list(page: Page) -> list[Term]:
    """Terms of lists of definitions; what stands between two goes on with the term before."""
    found: list[Term] = []
    marked = any(isinstance(b, Definitions) and b.is_glossary for b in page.blocks)
    pending: list[Block] = []
    open_ended = False
    for category, block in _grouped(page.blocks):
        if isinstance(block, Definitions) and block.is_glossary >= marked:
            if open_ended and pending and found:
                found[-1] = replace(found[-1], said=(*found[-1].said, *pending))
            pending, open_ended = [], True
            for term, said in block.items:
                name, *aliases = term.text.split("\n") or [""]
                if block.is_glossary:
                    name = name.partition(" : ")[0]
                found.append(
                    Term(
                        name,
                        said,
                        tuple(aliases),
                        term.ids,
                        category,
                        next((r.link for r in term.runs if r.link), ""),
                    )
                )
        elif isinstance(block, Heading):
            open_ended = False
        else:
            pending.append(block)
    return found


def table(page: Page) -> list[Term]:
    """Rows of tables whose columns are known by name; a row without a term goes on with the last."""
    found: list[Term] = []
    for category, block in _grouped(page.blocks):
        if isinstance(block, Table) and block.rows:
            found += _of_table(block, category)
    return found


def _of_table(block: Table, category: str) -> Iterator[Term]:
    head, rows = block.head, block.rows
    if not any(head):
        first = tuple(" ".join(map(tree.text, cell)) for cell in rows[0])
        head, rows = (
            (first, rows[1:]) if any(map(column, first)) else (("term", "definition"), rows)
        )
        if len(first) != 2 and head != first:  # noqa: PLR2004
            return
    known = roles(head)
    languages = {c.language for c in known.values() if c.role in (TERM, DEFINITION)}
    for language in sorted(languages):
        places = {c.role: n for n, c in known.items() if c.language in (language, "")}
        if {TERM, DEFINITION} <= places.keys():
            yield from _of_rows(rows, known, places, category, language)
            if not language:
                return


def _of_rows(
    rows: Sequence[tuple[Blocks, ...]],
    known: Mapping[int, Any],
    places: Mapping[str, int],
    category: str,
    language: str,
) -> Iterator[Term]:
    last: Term | None = None
    for row in rows:
        cells = [*row, *[()] * (max(known) + 1 - len(row))]
        name = "\n".join(map(tree.text, cells[places[TERM]]))
        said = tuple(cells[places[DEFINITION]])
        if not name and last:
            last = replace(last, said=(*last.said, *said))
            continue
        if last:
            yield last
        values: dict[str, Any] = {"language": language} if language else {}
        aliases = name.split("\n")[1:]
        for role, place in places.items():
            words = "\n".join(map(tree.text, cells[place]))
            if role in ("aliases", "acronym") and words:
                aliases += re.split(r"[,;،؛\n]\s*", words)
            elif role in ("category", "related", "sources", "id") and words:
                values[role] = words
            elif role == "example" and words:
                heading = Heading((tree.Run("Example"),), level=9)
                said = (*said, heading, *cells[place])
        runs = [b for b in cells[places[TERM]] if isinstance(b, Paragraph)]
        ids = tuple(name for b in runs for name in b.ids)
        last = Term(name.split("\n")[0], said, tuple(aliases), ids, category, values=values)
    if last:
        yield last


def lead(page: Page) -> list[Term]:
    """Terms in bold or with a link at the beginning of paragraphs or of the items of lists."""
    found: list[Term] = []
    before: Counter[str] = Counter()  # what stands below a heading above its first term
    whole: Counter[str] = Counter()
    in_text = False
    for category, block in _grouped(page.blocks):
        led = (
            [_led(block.items[n], in_list=True) for n in range(len(block.items))]
            if isinstance(block, Items)
            else []
        )
        if not led or 2 * sum(t is not None for t in led) <= len(led):
            led = [_led((block,), in_list=False)]
        held = [replace(term, category=category) for term in led if term]
        size = 0 if isinstance(block, Heading) else weight((block,))
        whole[category] += size
        if held:
            in_text = len(led) == 1 and not isinstance(block, Items)
            found += held
        elif isinstance(block, Heading):
            in_text = False
        elif in_text:
            found[-1] = replace(found[-1], said=(*found[-1].said, block))
        if not any(term.category == category for term in found[-1:]):
            before[category] += size
    groups = {term.category for term in found}
    names = Counter(fold(term.name) for term in found)
    labels = sum(count for count in names.values() if count > 1)
    opened = [g for g in groups if before[g] < _SHORT_OWN * whole[g] or g in ("", page.title)]
    if 2 * labels > len(found) or 2 * len(opened) <= len(groups):
        return []  # they name the parts of what headings name
    if len(groups) > 1:
        found = [t for t in found if t.category not in ("", page.title)]  # not what opens the page
    return [term for term in found if term.said]


def _led(blocks: Blocks, *, in_list: bool) -> Term | None:
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or isinstance(first, Heading):
        return None
    runs = list(first.runs)
    while runs and not runs[0].text.strip():
        del runs[0]
    head = runs[:1]
    kind = "strong" if head and head[0].strong else "link" if head and head[0].link else "code"
    while len(head) < len(runs) and getattr(runs[len(head)], kind):
        head.append(runs[len(head)])
    rest = runs[len(head) :]
    if head and getattr(head[0], kind):
        words, after = tree.joined(head), tree.joined(rest)
        mark = _LED.match(after)
        bold = kind == "strong"
        if mark or (bold and (words.endswith((":", "：", ".")) or in_list or not after)):
            said = _without(rest, mark.end() if mark else 0)
            name = words.rstrip(":：. ")
            return _named(name, (*said, *blocks[1:]), first.ids, head[0].link)
    match = _PLAIN.fullmatch(first.text)
    if match and not (runs and runs[0].strong):
        return _named(match[1], (*_without(runs, match.start(2)), *blocks[1:]), first.ids, "")
    return None


def _named(name: str, said: Blocks, ids: tuple[str, ...], target: str) -> Term | None:
    short = 0 < len(name.split()) <= _WORDS and len(name) <= _LONGEST_NAME
    return Term(name, said, (), ids, target=target) if short else None


def _without(runs: Sequence[tree.Run], length: int) -> Blocks:
    """A paragraph of runs without so many characters at its beginning."""
    kept: list[tree.Run] = []
    spare = length
    for run in runs:
        words = run.text.lstrip() if not kept else run.text
        cut = min(spare, len(words))
        spare -= cut
        if words[cut:]:
            kept.append(replace(run, text=words[cut:]))
    return (Paragraph(tuple(kept)),) if any(run.text.strip() for run in kept) else ()


@dataclass(slots=True)
class _Part:
    """A heading, and what stands below it."""

    heading: Heading
    own: list[Block] = field(default_factory=list)
    """Before the next heading."""
    below: list[Block] = field(default_factory=list)
    """Before the next that heads as much."""
    parts: int = 0
    """Deeper headings below it."""

    @property
    def says(self) -> bool:
        return any(b for b in self.own if not _only_links(b) and tree.text(b))


def heading(page: Page, level: int = 0) -> list[Term]:
    """Headings of one level and what follows, deeper ones being sections."""
    parts = _parts(page.blocks)
    level = level or _term_level(parts)
    found: list[Term] = []
    category = ""
    title = fold(page.title)
    own = [part for part in parts if part.heading.level == level]
    edges = {id(part) for part in (*own[:2], *own[-4:])}
    for part in parts:
        name = part.heading.text
        apart = _is_letter(name) or (id(part) in edges and is_apart(name))
        if part.heading.level < level:
            category = name
        elif part.heading.level == level and not apart and known_heading(name) is None:
            if not part.says or (fold(name) == title and is_called_glossary(name)):
                category = name if not part.says and not part.below else category
                continue
            found.append(
                Term(name.replace("\n", " "), tuple(part.below), (), part.heading.ids, category)
            )
    return _in_order(_categorised(found, page))


def _parts(blocks: Blocks) -> list[_Part]:
    found: list[_Part] = []
    open_: list[_Part] = []
    for block in blocks:
        if isinstance(block, Heading):
            open_ = [part for part in open_ if part.heading.level < block.level]
            for part in open_:
                part.below.append(block)
                part.parts += 1
            found.append(_Part(block))
            open_.append(found[-1])
        elif open_:
            open_[-1].own.append(block)
            for part in open_:
                part.below.append(block)
    return found


def _term_level(parts: Sequence[_Part]) -> int:
    """The highest level most of whose headings have text of their own that is not only an opening."""
    counts = Counter(fold(part.heading.text) for part in parts)
    real = [
        p for p in parts if counts[fold(p.heading.text)] < _FEW and not is_apart(p.heading.text)
    ]
    levels = sorted({part.heading.level for part in real})
    for level in levels:
        own = [part for part in real if part.heading.level == level]
        saying = [part for part in own if part.says]
        whole = sum(weight(part.below) for part in own)
        brief = sum(weight(part.own) for part in own) < _SHORT_OWN * whole
        deep = sum(part.parts for part in own) >= _FEW * len(own)
        if len(saying) > 1 and 2 * len(saying) > len(own) and not (brief and deep):
            return level
    return levels[-1] if levels else 0


def _in_order(terms: list[Term]) -> list[Term]:
    """Terms without the first and the last where these alone break the alphabet's order."""
    for start, stop in ((0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 0)):
        kept = terms[start : len(terms) - stop]
        if len(kept) > 2 * _FEW and _sortedness(kept) == 1:
            return kept
    return terms


def _sortedness(terms: Sequence[Term]) -> float:
    """The share of neighbours in one group that stand in the order of the alphabet."""
    pairs = [
        fold(one.name) <= fold(other.name)
        for one, other in pairwise(terms)
        if one.category == other.category
    ]
    return sum(pairs) / len(pairs) if pairs else 0


def own_line(page: Page) -> list[Term]:
    """Terms that stand alone on a line, which is no sentence, above the paragraphs on them."""
    blocks: list[Block] = []
    for place, block in enumerate(page.blocks):
        after = page.blocks[place + 1 : place + 2]
        if _is_line(block) and isinstance(block, Paragraph) and after and not _is_line(after[0]):
            blocks.append(Heading(block.runs, block.ids, level=_DEEPEST))
        else:
            blocks.append(block)
    lines = [b for b in blocks if isinstance(b, Heading) and b.level == _DEEPEST]
    return heading(replace(page, blocks=tuple(blocks)), _DEEPEST) if len(lines) > 1 else []


_DEEPEST = 9


def _is_line(block: Block) -> bool:
    if not isinstance(block, Paragraph) or isinstance(block, Heading):
        return False
    words = block.text
    return (
        0 < len(words.split()) <= _FEW * 2
        and not _SENTENCE.search(words)
        and not _only_links(block)
    )


def page_per_term(page: Page) -> list[Term]:
    """The one term of a page: its title, and all that it says."""
    said = list(page.blocks)
    first = next((n for n, b in enumerate(said) if isinstance(b, Heading)), None)
    values = _fields(page.fields)
    name = values.pop("term", "")
    titled = first is not None and not weight(said[:first])
    ids: tuple[str, ...] = ()
    if titled and first is not None:
        own = said[first]
        same = not name or fold(name) == fold(tree.text(own))
        if same or (isinstance(own, Heading) and own.level == 1):
            name = name or tree.text(own).replace("\n", " ")
            ids = own.ids if isinstance(own, Heading) else ()
            del said[: first + 1]
    definition = str(values.pop(DEFINITION, "") or "").strip()
    opening = next((tree.text(b) for b in said if isinstance(b, Paragraph) and tree.text(b)), "")
    if definition and not fold(opening).startswith(fold(definition)[:40]):
        said.insert(0, Paragraph((tree.Run(definition),)))
    if not name:
        name = paths.entry_id(page.path).replace("-", " ").replace("_", " ")
    values.setdefault("id", paths.entry_id(page.path))
    aliases = values.pop("aliases", ())
    return [Term(name, tuple(said), tuple(aliases), ids, values=values)] if weight(said) else []


def _fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The values of front matter by what its fields are called."""
    names = list(fields)
    found: dict[str, Any] = {"aliases": []}
    known = roles(names)
    title = next((n for n in names if fold(n) == "title"), "")
    for place, each in known.items():
        value = fields[names[place]]
        texts = [str(v) for v in value] if isinstance(value, list) else [str(value or "")]
        if isinstance(value, dict) or not any(texts):
            continue
        if each.role in ("aliases", "acronym"):
            found["aliases"] += [t for t in texts if "/" not in t]
        elif each.role in ("related", "sources"):
            found[each.role] = texts
        elif each.role in (TERM, DEFINITION, "category", "language", "id"):
            found.setdefault(each.role, " ".join(texts[0].split()))
    if title and TERM not in found:
        found[TERM] = str(fields[title])
    found.pop("id" if "/" in str(found.get("id", "")) else "", None)
    return found


def copied(page: Page) -> list[Term]:
    """Terms of web pages of a glossary that were copied as text, told by headings they all carry.

    Above a term stand the ways through the site, of which the last names its category; what
    follows its links and news is not of it.
    """
    parts = [part for part in _parts(page.blocks) if part.heading.level == 1]
    found: list[Term] = []
    above: list[str] = []
    closed = True
    for part in parts if page.is_copied else ():
        known = {known_heading(b.text) for b in part.below if isinstance(b, Heading)}
        name = part.heading.text
        if part.says and known - {None}:
            found.append(_below_ways(name, part.below, above))
            closed = not known.isdisjoint(_ENDS)
        elif part.says and not closed:
            section = Heading(part.heading.runs, level=2)
            found[-1] = replace(found[-1], said=(*found[-1].said, section, *part.below))
        above = [] if part.says else [*above, name]
    if len(found) == 1:
        stem = page.path.stem.removesuffix(".page")
        found = [replace(found[0], values={**found[0].values, "id": stem})]
    return found


_ENDS = {"related", "news", "back"}
_WAYS = re.compile(r"\s+[›»>/«‹→]\s+|\s*[›»]\s*")
_DAY = re.compile(r"[^\d.]{0,40}(\d{4}-\d\d-\d\d)\.?")


def _below_ways(name: str, said: Sequence[Block], above: Sequence[str]) -> Term:
    """The term of a copied page, below lines of which the last may name its category."""
    aliases: tuple[str, ...] = ()
    if len(above) > 1 and {*scripts(name)}.isdisjoint(scripts(above[-1])):
        name, aliases, above = above[-1], (name,), above[:-1]  # its name in another script
    steps = [step for line in above for step in _WAYS.split(line) if fold(step) != fold(name)]
    ways = [
        s
        for s in steps
        if not is_apart(s) and not is_called_glossary(s) and fold(s) not in _words("files")
    ]
    days = {n: m[1] for n, b in enumerate(said) if (m := _DAY.fullmatch(tree.text(b)))}
    kept = tuple(block for n, block in enumerate(said) if n not in days)
    values = {"updated": max(days.values())} if days else {}
    return Term(name, kept, aliases, category=ways[-1] if ways else "", values=values)


SHAPES: Mapping[str, Callable[[Page], list[Term]]] = {
    "definition list": definition_list,
    "table": table,
    "bold term": lead,
    "heading": heading,
    "line": own_line,
    "page": page_per_term,
    "copied page": copied,
}
"""By what they are called."""


def terms(page: Page, shape: str) -> list[Term]:
    """The terms that a page has in a shape; those that are named by no word aside."""
    found = SHAPES[shape](page)
    named = (
        t
        for t in found
        if t.name.strip() and t.said and not (shape == "bold term" and is_apart(t.name))
    )
    kept = [t for t in named if len(t.name) <= 2 * _LONGEST_NAME]
    return _categorised(kept, page) if shape in ("definition list", "table", "bold term") else kept


def share(page: Page, found: Sequence[Term]) -> float:
    """How much of a page's text its terms explain."""
    whole = weight(b for b in page.blocks if not isinstance(b, Heading))
    whole -= sum(len(" — ".join(b.head)) for b in page.blocks if isinstance(b, Table))
    own = sum(weight(t.said) + sum(map(len, (t.name, *t.aliases))) for t in found)
    return min(1.0, own / whole) if whole > 0 else 0.0


def _grouped(blocks: Blocks) -> Iterator[tuple[str, Block]]:
    """Blocks, each with the nearest heading above it."""
    above = ""
    for block in blocks:
        if isinstance(block, Heading):
            above = block.text.replace("\n", " ")
        yield above, block


def _categorised(found: list[Term], page: Page) -> list[Term]:
    """Terms with their groups as categories, if there are several that are no letters."""
    groups = {t.category for t in found}
    bad = {g for g in groups if not g or is_apart(g) or g == page.title or is_called_glossary(g)}
    if len(groups - bad) + bool(bad) < 2:  # noqa: PLR2004
        bad = groups
    return [replace(t, category="") if t.category in bad else t for t in found]


# The choice.


@dataclass(frozen=True, slots=True)
class Choice:
    """What a page holds, and in what shape; or why it holds nothing."""

    page: Page
    shape: str
    terms: Sequence[Term]
    why: str = ""


_NOT_ONE = "was left out: no one way of writing terms explains most of it."
BESIDE = "was left out: other files here are the glossary."


def choose(page: Page, *, alone: bool) -> Choice:
    """The terms of a page in the shape that explains most of it; ``alone`` if no other is given."""
    signed = page.is_signed
    if found := terms(page, "copied page"):
        return Choice(page, "copied page", found)
    best, most = Choice(page, "", (), _NOT_ONE), 0.0
    for shape in ("definition list", "table", "bold term"):
        found = terms(page, shape)
        explained = share(page, found)
        if shape == "definition list" and found and _marked(page):
            return Choice(page, shape, found)
        least = _SIGNED if signed and shape != "bold term" else _MOST
        if len(found) > 1 and explained >= max(least, most * 1.1):
            best, most = Choice(page, shape, found), explained
    if best.terms and (signed or alone or len(best.terms) >= _FEW):
        return best
    found = terms(page, "heading")
    ordered = len(found) > 2 * _FEW and _sortedness(found) >= _SORTED
    if len(found) > 1 and (signed or ordered):
        return Choice(page, "heading", found)
    lines = terms(page, "line") if signed or alone else []
    if len(lines) >= _FEW and share(page, lines) > _MOST:
        return Choice(page, "line", lines)
    if not alone or page.is_beside:
        return Choice(page, "", (), _NOT_ONE)
    return _of_one(page, found)


def _of_one(page: Page, headed: list[Term]) -> Choice:
    """The one term of a page that is given alone, or the terms that it has as headings."""
    own = terms(page, "page")
    parts = _parts(page.blocks)
    opening = parts[0].own if parts else []
    known = sum(known_heading(part.heading.text) is not None for part in parts)
    titled = bool(parts) and sum(p.heading.level <= parts[0].heading.level for p in parts) == 1
    is_term = own and titled and (len(headed) < _FEW or known > 0 or _defines(own[0].name, opening))
    if is_term or len(headed) < 2:  # noqa: PLR2004
        return Choice(page, "page" if own else "", own, "" if own else _NOT_ONE)
    return Choice(page, "heading", headed)


def _defines(name: str, blocks: Sequence[Block]) -> bool:
    """Whether blocks begin by speaking of a term."""
    text = fold(next((tree.text(b) for b in blocks if isinstance(b, Paragraph)), ""))
    return fold(name) in text[: 2 * len(name) + 20]


def decide(pages: Sequence[Page], others: Iterable[PurePath] = ()) -> list[Choice]:
    """What each page of a folder holds, all being looked at together, with ``others`` beside them."""
    stems = {fold(path.stem) for path in (*others, *(page.path for page in pages))} - {""}
    if len(pages) == 1 and len(stems) == 1:
        return [choose(pages[0], alone=True)]
    choices = [choose(page, alone=False) for page in pages]
    marked = [c for c in choices if c.terms and _marked(c.page)]
    signed = marked or [
        c for c in choices if len(c.terms) >= 2 and c.page.is_signed and not _leads(c, stems)
    ]
    within = [page for page in pages if any(map(is_called_glossary, page.path.parent.parts))]
    many = sum(len(c.terms) for c in signed)
    if signed and many >= len([p for p in within if not p.is_signed]):
        return _only(choices, signed)
    group = within if len(within) > 1 else list(pages)
    inside = [c for c in choices if c.page in group and not c.page.is_beside]
    full = [c for c in inside if len(c.terms) >= _FEW and c.shape]
    if 2 * len(full) > len(inside):
        return _only(choices, full)
    return _only(choices, list(_per_page(group)))


def _marked(page: Page) -> bool:
    """Whether a page says which of its lists is a glossary."""
    return any(isinstance(b, Definitions) and b.is_glossary for b in page.blocks)


def _leads(choice: Choice, stems: Set[str]) -> bool:
    """Whether a page lists terms that others explain."""
    targets = [t for t in choice.terms if fold(PurePath(t.target.rstrip("/")).stem) in stems]
    return 2 * len(targets) > len(choice.terms)


def _per_page(pages: Sequence[Page]) -> Iterator[Choice]:
    with_fields = [page for page in pages if page.fields]
    kept = with_fields if 2 * len(with_fields) > len(pages) else pages
    for page in kept:
        if not page.is_beside or (paths.is_index(page.path) and page.path.parent.name):
            found = terms(page, "page")
            if found and not is_called_glossary(found[0].name):
                yield Choice(page, "page", found)


def _only(choices: Sequence[Choice], kept: Sequence[Choice]) -> list[Choice]:
    """The choices that are kept, and for the other pages why they are not."""
    chosen = {id(choice.page): choice for choice in kept}
    return [
        chosen.get(id(c.page)) or Choice(c.page, "", (), BESIDE if kept else _NOT_ONE)
        for c in choices
    ]
