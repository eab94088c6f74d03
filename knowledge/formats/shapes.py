"""Shapes: the ways in which documents hold terms, each found in a document's tree.

Each function of ``SHAPES`` finds the terms of a page in one shape, most by one walk over its blocks
that asks of each which terms it opens (``_walk``). Of what they find ``choose`` takes what explains
most of the page's text. ``decide`` looks at the pages of a folder together: whether some are
glossaries, or each is the page of one term.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from html import escape, unescape
from itertools import pairwise, takewhile
from pathlib import PurePath
from typing import Any

from knowledge.draft import known_heading
from knowledge.formats import folders, prepare, records, tree
from knowledge.formats.columns import DEFINITION, TERM, Column, column, roles
from knowledge.formats.concepts import Concept
from knowledge.formats.tree import Block, Blocks, Code, Definitions, Heading, Items, Paragraph, Run
from knowledge.language.words import fold
from knowledge.lists import folded

_words = partial(folded, "glossaries")
_LETTERS = re.compile(
    r"\W*(?:\w(?:\W+\w)*|0\W*9|symbols?|numbers?|(?:letter|حرف)\s\S{1,5})\W*", re.IGNORECASE
)
_BRACKET = r"\s*[(（]([^()（）]{1,80})[)）]\s*"
_LED = re.compile(
    rf"((?:{_BRACKET})?)(?:\s*(?:[:：—–=]|-+(?=\s))|[^\S\n]*(?:\n|\v(?!\s*[a-z])))\s*"
)
_PLAIN = re.compile(r"\s*([^:：.!?؟。\n]{1,60}?)(?:\s*[:：]\s|\s+[—–-]\s|[^\S\n]*\n)\s*(?=\S)")
_LONGEST_NAME = 120  # characters
_WORDS = 12  # in the name of a term
_FEW = 3  # terms, with which a habit begins
_MOST = 0.5  # of a document's text
_BESIDE = {"readme", "index", "home", "toc"}


@dataclass(frozen=True, slots=True)
class Term:
    """A term as a document holds it: its names, and what is said of it; ``concept`` by fields."""

    name: str
    said: Blocks = ()
    aliases: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    category: str = ""
    concept: Concept | None = None


@dataclass(frozen=True, eq=False)
class Page:
    """A document: its blocks, the fields above them, and its text, where it is one."""

    path: PurePath
    blocks: Blocks
    fields: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    is_copied: bool = False
    """Whether it is a web page copied as text."""

    @cached_property
    def headings(self) -> list[Heading]:
        """Those of its blocks that are headings."""
        return [block for block in self.blocks if isinstance(block, Heading)]

    @property
    def title(self) -> str:
        """What it is called by its fields or by its first heading."""
        named = (str(v) for n, v in self.fields.items() if fold(n) in ("term", "title") and v)
        return next(named, "") or next((heading.text for heading in self.headings), "")

    @cached_property
    def is_marked(self) -> bool:
        """Whether it says which of its lists is a glossary."""
        return any(isinstance(b, Definitions) and b.is_glossary for b in self.blocks)

    @cached_property
    def is_signed(self) -> bool:
        """Whether it, or a list in it, is called a glossary."""
        names = (self.title, self.path.stem, folders.entry_id(self.path))
        return self.is_marked or any(map(is_called_glossary, names))

    @cached_property
    def weight(self) -> int:
        """How much it says, its headings aside."""
        return weight(block for block in self.blocks if not isinstance(block, Heading))


@dataclass(frozen=True)
class Choice:
    """What a page holds, and in what shape; without terms, it is left out."""

    page: Page
    shape: str = ""
    terms: Sequence[Term] = ()

    @cached_property
    def share(self) -> float:
        """How much of the page's text the terms explain."""
        own = sum(weight(t.said) + sum(map(len, (t.name, *t.aliases))) for t in self.terms)
        return min(1.0, own / self.page.weight) if self.page.weight else 0.0


def is_called_glossary(title: str) -> bool:
    """Whether a short title has a word that glossaries are called by."""
    words = f" {fold(re.sub('[-_.]+', ' ', title))}"
    short = words.count(" ") <= _WORDS / 2
    return short and any(f" {word}" in words for word in _words("glossary"))


def _is_letter(heading: str) -> bool:
    return _LETTERS.fullmatch(heading[:_LONGEST_NAME]) is not None


def _is_apart(heading: str) -> bool:
    """Whether a heading is none of a term: a letter, or of what stands beside a glossary."""
    return _is_letter(heading) or fold(heading) in ("", *_words("apart"))


def weight(blocks: Iterable[Block]) -> int:
    """How many characters blocks say; links alone and code say nothing."""
    return sum(len(tree.text(b)) for b in blocks if not isinstance(b, Code) and not only_links(b))


def only_links(block: Block) -> bool:
    """Whether a block holds no words but those of links."""
    match block:
        case Paragraph() if not isinstance(block, Heading):
            return all(run.link or not any(map(str.isalnum, run.text)) for run in block.runs)
        case Items(items):
            return all(only_links(inner) for item in items for inner in item)
    return False


# The shapes.


def _walk(page: Page, opens: Callable[[Block], Iterable[Term]], level: int = 9) -> list[Term]:
    """The terms that blocks open, with what follows; a heading of ``level`` is their category.

    What stands between two lists of definitions goes on with the last term of the first.
    """
    found: list[tuple[Term, list[Block]]] = []
    category = ""
    pending: list[Block] = []
    last: Block | None = None
    for block in page.blocks:
        if opened := [*opens(block)]:
            if isinstance(last, Definitions) and isinstance(block, Definitions):
                found[-1][1].extend(pending)
            found += ((replace(term, category=category), []) for term in opened)
            last, pending = block, []
        elif isinstance(block, Heading) and block.level <= level:
            last, category = None, block.text.replace("\n", " ")
        else:
            (found[-1][1] if isinstance(last, Paragraph) else pending).append(block)
    return [replace(term, said=(*term.said, *more)) for term, more in found]


def definition_list(page: Page) -> list[Term]:
    """Terms of lists of definitions: of those that are called a glossary, if any is."""

    def opens(block: Block) -> Iterator[Term]:
        if isinstance(block, Definitions) and block.is_glossary >= page.is_marked:
            for term, said in block.items:
                name, *aliases = term.text.split("\n")
                yield Term(name, said, tuple(aliases), term.ids)

    return _walk(page, opens)


def table(page: Page) -> list[Term]:
    """Rows of tables whose columns are known by name, as those of sheets are."""

    def opens(block: Block) -> Iterator[Term]:
        if not isinstance(block, tree.Table):
            return
        # What has no markup any more is read as what has: its signs are escaped.
        told = ([escape(tree.lines(cell), quote=False) for cell in row] for row in block.rows)
        head = [(-1, block.head)] if any(block.head) else []
        known = records.understood("", [*head, *enumerate(told)])
        for concept in records.concepts(known) if known.header or not head else ():
            name = " ".join(unescape(next(iter(concept.all(TERM)), "")).split())
            said = tuple(each for cell in block.rows[concept.line] for each in cell)
            yield Term(name, said, concept=concept)

    return _walk(page, opens)


def lead(page: Page) -> list[Term]:
    """Terms in bold or with a link at the beginning of paragraphs or of the items of lists.

    None if they are but labels, or name the parts of what headings name and text below these says.
    """

    def opens(block: Block) -> list[Term]:
        if not isinstance(block, Items):
            return _led((block,), in_list=False)
        led = [term for item in block.items for term in _led(item, in_list=True)]
        return led if 2 * len(led) > len(block.items) else []

    found = _walk(page, opens)
    if len({term.category for term in found}) > 1:  # what stands above all groups is none
        found = [term for term in found if term.category not in ("", page.title)]
    names = Counter(fold(term.name) for term in found)
    labels = sum(count for count in names.values() if count > 1)
    groups = {term.category for term in found} - {"", page.title}
    every = _walk(page, lambda b: [] if isinstance(b, Heading) else [Term("", (b,))])
    whole, own = (
        sum(weight(t.said) + len(t.name) for t in terms if t.category in groups)
        for terms in (every, found)
    )
    is_part = 2 * labels > len(found) or own < 0.8 * whole  # more than an opening
    return [] if is_part else [term for term in found if not _is_apart(term.name)]


def _led(blocks: Blocks, *, in_list: bool) -> list[Term]:
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or isinstance(first, Heading):
        return []
    runs = first.runs
    words = "".join(run.text for run in runs)
    opening = next((run for run in runs if run.text.strip()), Run(""))
    kind = next((k for k in ("strong", "link", "code") if getattr(opening, k)), "")
    head = "".join(r.text for r in takewhile(lambda r: getattr(r, kind), runs)) if kind else ""
    mark = _LED.match(words, len(head))
    ends = in_list or head.endswith((":", "：", ".")) or head == words
    mark = mark if kind == "strong" or (mark and "\v" not in mark[0]) else None  # lines wrap
    if kind and (mark or (kind == "strong" and ends)):
        name, end = (head + mark[1], mark.end()) if mark else (head, len(head))
    elif kind == "strong" and words[len(head) :].lstrip()[:1].islower():  # “**Tide** is …”
        name, end = head, 0
    elif not opening.strong and (mark := _PLAIN.match(words)):
        name, end = mark[1], mark.end()
    else:
        return []
    name = " ".join(name.split()).rstrip(":：. ")
    if not 0 < len(name.split()) <= _WORDS or len(name) > _LONGEST_NAME:
        return []
    said = (*rest(runs, end), *blocks[1:])
    return [Term(name, said, ids=first.ids)]


def rest(runs: Sequence[Run], place: int) -> Blocks:
    """The words from a place on, as a paragraph."""
    for n, run in enumerate(runs):
        if rest := run.text[place:].lstrip():
            return (Paragraph((run._replace(text=rest), *runs[n + 1 :])),)
        place = max(0, place - len(run.text))
    return ()


def own_line(page: Page) -> list[Term]:
    """Terms that stand alone on a line, which is no sentence, above the paragraphs on them."""

    def is_line(block: Block) -> bool:
        words = block.text if type(block) is Paragraph and not only_links(block) else ""
        return 0 < len(words.split()) <= _WORDS / 2 and not prepare.ENDS.search(words)

    said = [block for block in page.blocks if tree.text(block)]
    above = {id(b) for b, after in pairwise(said) if is_line(b) and not is_line(after)}
    return _walk(page, lambda b: [Term(tree.text(b))] if id(b) in above else [])


def heading(page: Page) -> list[Term]:
    """Headings of the highest level most of which have text of their own, and what follows."""
    found: list[Term] = []
    for level in sorted({heading.level for heading in page.headings}):
        named = _headed(page, level)
        ends = (*named[:_FEW], *named[-_FEW:])
        named = [t for t in named if not (_is_apart if t in ends else _is_letter)(t.name)]
        found = [t for t in named if _says(t) and known_heading(t.name) is None]
        if 2 * len(found) > max(2, len(named)):
            break
    return found


def _headed(page: Page, level: int) -> list[Term]:
    """The headings of a level, and what stands below each."""

    def opens(block: Block) -> Iterator[Term]:
        if isinstance(block, Heading) and block.level == level:
            yield Term(block.text.replace("\n", " "), ids=block.ids)

    return _walk(page, opens, level)


def role(heading: str) -> str:
    """What stands below a heading, if it is called as a column of it would be; or nothing."""
    known = column(heading.strip(" :："))
    return known.role if known else ""


def _says(term: Term) -> bool:
    """Whether text stands below a heading before the next, if that is not its definition's."""
    own = takewhile(lambda b: not isinstance(b, Heading) or role(b.text) == DEFINITION, term.said)
    return any(tree.text(block) and not only_links(block) for block in own)


def page_per_term(page: Page) -> list[Term]:
    """The one term of a page: its title, and all that it says; the rest is in its fields."""
    said, concept, fields = list(page.blocks), Concept(), (*page.fields,)
    for n, held in roles(fields).items():
        concept.add(Column(held.role), page.fields[fields[n]])
    own, own_id = concept.version(""), folders.entry_id(page.path)
    own["aliases"] = [name for name in own["aliases"] if "/" not in name]  # addresses
    concept.name = own_id if "/" in concept.name else concept.name or own_id
    name, ids = next(iter(own.pop(TERM, [])), ""), tuple[str, ...]()
    first = next((n for n, block in enumerate(said) if isinstance(block, Heading)), None)
    if first is not None and not weight(said[:first]):
        head = page.headings[0]
        if head.level == 1 or fold(name) in ("", fold(head.text)):
            name, ids = name or head.text.replace("\n", " "), head.ids
            del said[: first + 1]
    definition = " ".join(" ".join(own.pop(DEFINITION, [])).split())
    if definition and not fold(tree.lines(said[:1])).startswith(fold(definition)[:40]):
        said.insert(0, Paragraph((Run(definition),)))
    name = name or own_id.replace("-", " ").replace("_", " ")
    return [Term(name, tuple(said), ids=ids, concept=concept)] if weight(said) else []


def copied(page: Page) -> list[Term]:
    """Terms of web pages of a glossary that were copied as text, told by headings they all carry.

    Above a term stand the ways through the site, of which the last names its category; what
    follows its links and news is not of it.
    """
    found: list[Term] = []
    above: list[str] = []
    for part in _headed(page, 1) if page.is_copied else ():
        if not _says(part):
            above.append(part.name)
            continue
        if any(known_heading(b.text) for b in part.said if isinstance(b, Heading)):
            beside = {fold(part.name), *_BESIDE, *_words("apart")}
            ways = [way for line in above for way in re.split(r"\s*[/«‹←→›»>]\s+", line)]
            ways = [w for w in ways if fold(w) not in beside and not is_called_glossary(w)]
            found.append(replace(part, category=ways[-1] if ways else ""))
        above = []
    own = Concept(page.path.stem.removesuffix(".page"))
    return [replace(found[0], concept=own)] if len(found) == 1 else found


SHAPES: Mapping[str, Callable[[Page], list[Term]]] = {
    "definition list": definition_list,
    "table": table,
    "bold term": lead,
    "line": own_line,
    "heading": heading,
    "page": page_per_term,
    "copied page": copied,
}
"""By what they are called."""


def read(page: Page, shape: str) -> Choice:
    """What a page holds in a shape; groups that are no letters are its terms' categories."""
    found = [t for t in SHAPES[shape](page) if t.said and 0 < len(t.name.strip()) <= _LONGEST_NAME]
    if 2 * sum(t.name.endswith(".") for t in found) > len(found):  # it is no part of the names
        found = [replace(t, name=t.name.rstrip(".") or t.name) for t in found]
    groups = {t.category for t in found}
    bad = {g for g in groups if _is_apart(g) or g == page.title or is_called_glossary(g)}
    bad = set() if shape == "copied page" else groups if len(groups) == 1 else bad
    return Choice(page, shape, [replace(t, category="") if t.category in bad else t for t in found])


# The choice.


def _choose(page: Page, *, alone: bool) -> Choice:
    """The terms of a page in the shape that explains most of it; ``alone`` if no other is given."""
    if (found := read(page, "copied page")).terms:
        return found
    if page.is_marked:
        return read(page, "definition list")
    lists = (read(page, shape) for shape in ("definition list", "table", "bold term"))
    best = max(lists, key=lambda choice: choice.share)
    least = _MOST / 2 if page.is_signed else _MOST
    if best.share >= least and len(best.terms) >= (2 if page.is_signed or alone else _FEW):
        return best
    headed, lines, own = (read(page, shape) for shape in ("heading", "line", "page"))
    if len(headed.terms) > 1 and (page.is_signed or (alone and not _is_of_one(page))):
        return headed
    if (page.is_signed or alone) and len(lines.terms) >= _FEW and lines.share > _MOST:
        return lines
    return own if alone else Choice(page)


def _is_of_one(page: Page) -> bool:
    """Whether a page has one title, and few headings below it but those that entries have."""
    first, *others = page.headings or [Heading(())]
    if any(heading.level <= first.level for heading in others):
        return False
    return sum(known_heading(heading.text) is None for heading in others) < _FEW


def decide(pages: Sequence[Page], others: Iterable[PurePath] = ()) -> list[Choice]:
    """What each page of a folder holds, all being looked at together, with ``others`` beside them.

    What is called a glossary; or pages of one term each, if most are and there are more of them;
    else what explains most of the folder's text.
    """
    stems = {fold(path.stem) for path in (*others, *(page.path for page in pages))} - {""}
    if len(pages) == len(stems) == 1:
        return [_choose(pages[0], alone=True)]
    choices = [_choose(page, alone=False) for page in pages]
    group = [page for page in pages if not _is_beside(page.path)]
    titles = {fold(page.title) for page in pages}

    def leads(choice: Choice) -> bool:  # it only lists terms that others explain
        return 2 * sum(fold(term.name) in titles for term in choice.terms) > len(choice.terms)

    kept = [c for c in choices if c.page.is_signed and len(c.terms) > 1 and not leads(c)]
    single = [page for page in group if page.weight and _is_of_one(page) and not page.is_signed]
    if not kept or len(single) > max(sum(len(c.terms) for c in kept), len(pages) / 2):
        kept = [c for c in choices if c.page in group and len(c.terms) >= _FEW]
        if 2 * sum(c.page.weight for c in kept) <= sum(page.weight for page in group):
            own = [read(page, "page") for page in group]
            kept = [c for c in own if c.terms and not is_called_glossary(c.terms[0].name)]
            kept = kept if len(kept) > 1 else []
    chosen = {choice.page.path: choice for choice in kept}
    return [chosen.get(page.path) or Choice(page) for page in pages]


def _is_beside(path: PurePath) -> bool:
    """Whether a page leads to other files, and is not that of its folder."""
    of_folder = folders.is_index(path) and path.parent.name
    return not of_folder and path.stem.lower().lstrip("_") in _BESIDE
