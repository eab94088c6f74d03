"""Shapes: the ways in which documents hold terms, each found in a document's tree.

A document is a glossary if one shape explains most of it. In a folder its documents are looked at
together: whether some are glossaries, or each is the page of one term.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise, takewhile
from pathlib import PurePath
from typing import Any

import yaml

from knowledge.formats import paths, tree
from knowledge.formats.columns import DEFINITION, TERM, column, roles
from knowledge.formats.draft import is_unsaid, known_heading
from knowledge.formats.names import script
from knowledge.formats.tree import (
    Block,
    Blocks,
    Code,
    Definitions,
    Heading,
    Items,
    Paragraph,
    Run,
    Table,
)
from knowledge.language.detection import language_of
from knowledge.language.words import fold

_LETTERS = re.compile(
    r"\W*(?:\w(?:\W+\w)*|0\W*9|symbols?|numbers?|(?:letter|حرف)\s\S{1,5})\W*", re.I
)
_BRACKET = r"\s*[(（]([^()（）]{1,80})[)）]\s*"
_LED = re.compile(rf"((?:{_BRACKET})?)\s*(?:[:：—–=]|-+(?=\s))\s*")
_PLAIN = re.compile(r"\s*([^:：.!?؟。]{1,60}?)(?:\s*[:：]|\s+[—–-])\s+(?=\S)")
_SENTENCE = re.compile(r"[.!?؟。！？…:؛]['”\"’»)\]]*$")
_LONGEST_NAME = 120  # characters
_WORDS = 12  # in the name of a term
_FEW = 3  # terms, with which a habit begins
_MOST = 0.5  # of a document's text
_SIGNED = 0.25  # of the text of one that is called a glossary
_SORTED = 0.85  # of pairs of neighbours
_OWN = 0.2  # of what stands below a heading: its own text, if it is more than an opening
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Term:
    """A term as a document holds it: its names, and what is said of it.

    ``target`` is where its name leads; ``values`` are further fields of ``draft.make_entry``.
    """

    name: str
    said: Blocks = ()
    aliases: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    category: str = ""
    target: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """A document: its blocks, the fields above them, and its text, where it is one."""

    path: PurePath
    blocks: Blocks
    fields: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
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
    def is_marked(self) -> bool:
        """Whether it says which of its lists is a glossary."""
        return any(isinstance(b, Definitions) and b.is_glossary for b in self.blocks)

    @property
    def is_beside(self) -> bool:
        """Whether it is a file that leads to the others."""
        return fold(self.path.stem.replace("_", " ")) in _words("files")

    @cached_property
    def weight(self) -> int:
        """How much it says, its headings and the heads of its tables aside."""
        heads = sum(len(" — ".join(b.head)) for b in self.blocks if isinstance(b, Table))
        return weight(b for b in self.blocks if not isinstance(b, Heading)) - heads


@dataclass(frozen=True)
class Choice:
    """What a page holds, and in what shape; or why it holds nothing."""

    page: Page
    shape: str = ""
    terms: Sequence[Term] = ()
    why: str = ""

    @cached_property
    def share(self) -> float:
        """How much of the page's text the terms explain."""
        own = sum(weight(t.said) + sum(map(len, (t.name, *t.aliases))) for t in self.terms)
        return min(1.0, own / self.page.weight) if self.page.weight > 0 else 0.0


@cache
def _words(kind: str) -> frozenset[str]:
    text = files("knowledge.formats").joinpath("glossaries.yaml").read_text("utf-8")
    return frozenset(fold(str(word)) for word in yaml.safe_load(text)[kind])


def is_called_glossary(title: str) -> bool:
    """Whether a short title has a word that glossaries are called by."""
    words = f" {fold(re.sub('[-_.]+', ' ', title))}"
    short = words.count(" ") <= _WORDS / 2
    return short and any(f" {word}" in words for word in _words("glossary"))


def is_apart(heading: str) -> bool:
    """Whether a heading is none of a term: a letter, or what stands beside a glossary."""
    return not fold(heading) or fold(heading) in _words("apart") or _is_letter(heading)


def _is_letter(heading: str) -> bool:
    return len(heading) <= _LONGEST_NAME and _LETTERS.fullmatch(heading) is not None


def weight(blocks: Iterable[Block]) -> int:
    """How many characters blocks say; links alone and code say nothing."""
    return sum(len(tree.text(b)) for b in blocks if not isinstance(b, Code) and not _only_links(b))


def _only_links(block: Block) -> bool:
    match block:
        case Paragraph() if not isinstance(block, Heading):
            return all(run.link or not any(map(str.isalnum, run.text)) for run in block.runs)
        case Items(items):
            return all(_only_links(inner) for item in items for inner in item)
    return False


# The shapes.


def _walk(page: Page, opens: Callable[[Block, Block], list[Term]], level: int = 0) -> list[Term]:
    """The terms that blocks open, each told by itself and the next.

    What follows goes on with the last term, up to a heading that heads more than ``level``: what
    follows a paragraph or a heading; and what stands between two lists of definitions.
    """
    found: list[tuple[Term, list[Block]]] = []
    category = ""
    pending: list[Block] = []
    last: Block | None = None
    for block, after in pairwise((*page.blocks, Paragraph(()))):
        if opened := opens(block, after):
            if isinstance(last, Definitions) and isinstance(block, Definitions):
                found[-1][1].extend(pending)
            found += ((replace(term, category=category), []) for term in opened)
            last, pending = block, []
        elif isinstance(block, Heading) and block.level <= (level or _DEEPEST):
            last, category = None, block.text.replace("\n", " ")
        elif isinstance(last, Paragraph):
            found[-1][1].append(block)
        else:
            pending.append(block)
    return [replace(term, said=(*term.said, *more)) for term, more in found]


def definition_list(page: Page) -> list[Term]:
    """Terms of lists of definitions: of those that are called a glossary, if any is."""
    marked = page.is_marked

    def opens(block: Block, _: Block) -> list[Term]:
        if not isinstance(block, Definitions) or block.is_glossary < marked:
            return []
        return [_named(names, said, is_glossary=marked) for names, said in block.items]

    return _walk(page, opens)


def _named(names: Paragraph, said: Blocks, *, is_glossary: bool = False) -> Term:
    """A term of a paragraph of names: one a line, or one that is set apart and one in brackets."""
    name, *aliases = names.text.split("\n")
    name = name.partition(" : ")[0] if is_glossary else name
    strong = "".join(run.text for run in takewhile(lambda run: run.strong, names.runs)).strip()
    if strong and (other := re.fullmatch(_BRACKET, name.removeprefix(strong))):
        name, aliases = strong, [other[1], *aliases]
    target = next((run.link for run in names.runs if run.link), "")
    return Term(name, said, tuple(aliases), names.ids, target=target)


def table(page: Page) -> list[Term]:
    """Rows of tables whose columns are known by name; a row without a term goes on with the last."""
    return _walk(page, lambda block, _: list(_rows(block)) if isinstance(block, Table) else [])


def _rows(block: Table) -> Iterator[Term]:
    head, rows = block.head, block.rows
    if rows and not any(head):
        first = tuple(map(tree.lines, rows[0]))
        is_head = any(map(column, first))
        head, rows = (first, rows[1:]) if is_head else (("term", "definition")[: len(first)], rows)
    known = roles(head)
    texts = {n: [tree.lines(row[n]) for row in rows if n < len(row)] for n in range(len(head))}
    terms = {held.language: n for n, held in known.items() if held.role == TERM}
    defined = {held.language: n for n, held in known.items() if held.role == DEFINITION}
    rest = [n for n in texts if n not in terms.values()]
    if terms and rest and not defined:
        defined = {"": max(rest, key=lambda n: sum(map(len, texts[n])))}
    for language, said in defined.items():
        if not language and "" not in terms and terms:
            told = language_of(" ".join(texts[said]))
            language = told if told in terms else next(iter(terms))  # noqa: PLW2901
        if (named := terms.get(language, terms.get(""))) is not None:
            others = [n for each, n in terms.items() if each not in (language, *defined, "")]
            fitting = {n: held.role for n, held in known.items() if held.language in (language, "")}
            fitting |= {**dict.fromkeys(others, "aliases"), named: TERM, said: DEFINITION}
            yield from _of_rows(rows, fitting, language)


def _of_rows(
    rows: Iterable[tuple[Blocks, ...]], fitting: Mapping[int, str], language: str
) -> Iterator[Term]:
    last: Term | None = None
    for row in rows:
        cells = {role: row[n] for n, role in sorted(fitting.items(), reverse=True) if n < len(row)}
        said = cells.get(DEFINITION, ())
        names = [block for block in cells.get(TERM, ()) if isinstance(block, Paragraph)]
        runs = tuple(run for block in names for run in (*block.runs, Run("\n")))
        words = {role: tree.lines(cell) for role, cell in cells.items()}
        values: dict[str, Any] = {"language": language} if language else {}
        values |= {r: words[r] for r in ("category", "related", "sources", "id") if words.get(r)}
        if words.get("example"):
            said = (*said, Heading((Run("Example"),), level=_DEEPEST), *cells["example"])
        if not any(run.text.strip() for run in runs):
            last = replace(last, said=(*last.said, *said)) if last else None
            continue
        if last:
            yield last
        also = [words[n] for n in ("aliases", "acronym") if n in words]
        last = _named(Paragraph(runs, tuple(i for block in names for i in block.ids)), said)
        listed = filter(None, re.split(r"[,;،؛\n]\s*", "\n".join(also)))
        last = replace(last, aliases=(*last.aliases, *listed), values=values)
    if last:
        yield last


def lead(page: Page) -> list[Term]:
    """Terms in bold or with a link at the beginning of paragraphs or of the items of lists.

    None if they are but labels, or name the parts of what headings name and text below these says.
    """

    def opens(block: Block, _: Block) -> list[Term]:
        if not isinstance(block, Items):
            return _led((block,), in_list=False)
        led = [term for item in block.items for term in _led(item, in_list=True)]
        return led if 2 * len(led) > len(block.items) else []

    found = _walk(page, opens)
    names = Counter(fold(term.name) for term in found)
    labels = sum(count for count in names.values() if count > 1)
    groups = {term.category for term in found} - {"", page.title}
    whole = weight(b for g, b in _grouped(page) if g in groups and not isinstance(b, Heading))
    own = sum(weight(t.said) + len(t.name) for t in found if t.category in groups)
    is_part = 2 * labels > len(found) or own < (1 - _OWN) * whole
    return [] if is_part else [term for term in found if not is_apart(term.name)]


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
    if kind and (mark or (kind == "strong" and ends)):
        name, end = (head + mark[1], mark.end()) if mark else (head, len(head))
    elif not opening.strong and (mark := _PLAIN.match(words)):
        name, end = mark[1], mark.end()
    else:
        return []
    name = " ".join(name.split()).rstrip(":：. ")
    if not 0 < len(name.split()) <= _WORDS or len(name) > _LONGEST_NAME:
        return []
    said = (*rest(runs, end), *blocks[1:])
    return [Term(name, said, (), first.ids, target=opening.link if kind else "")]


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
        is_plain = isinstance(block, Paragraph) and not isinstance(block, Heading)
        words = tree.text(block) if is_plain else ""
        return 0 < len(words.split()) <= _WORDS / 2 and not _SENTENCE.search(words)

    def opens(block: Block, after: Block) -> list[Term]:
        alone = is_line(block) and not _only_links(block) and tree.text(after) and not is_line(after)
        return [Term(tree.text(block).replace("\n", " "))] if alone else []

    return _walk(page, opens)


def heading(page: Page) -> list[Term]:
    """Headings of one level and what follows, deeper ones being sections.

    Of the highest level most of whose headings have text of their own that is not only an opening.
    """
    heads = [block for block in page.blocks if isinstance(block, Heading)]
    names = Counter(fold(block.text) for block in heads)
    found: list[Term] = []
    for level in sorted({b.level for b in heads if names[fold(b.text)] < _FEW}):
        found = _headed(page, level)
        real = [t for t in found if names[fold(t.name)] < _FEW and not is_apart(t.name)]
        parts = sum(isinstance(block, Heading) for term in real for block in term.said)
        own = sum(weight(_own(term)) for term in real)
        is_opening = own < _OWN * sum(weight(term.said) for term in real)
        if 2 * sum(map(_says, real)) > max(2, len(real)):
            if not is_opening or parts < _FEW * len(real):
                break
    edges = {id(term) for term in (*found[:2], *found[-4:])}  # where what is no term stands
    beside = (lambda t: is_apart(t.name) if id(t) in edges else _is_letter(t.name))
    found = [t for t in found if _says(t) and not beside(t) and known_heading(t.name) is None]
    title = fold(page.title)
    return _in_order([t for t in found if fold(t.name) != title or not is_called_glossary(t.name)])


def _headed(page: Page, level: int) -> list[Term]:
    """The headings of a level, and what stands below each."""

    def opens(block: Block, _: Block) -> list[Term]:
        heads = isinstance(block, Heading) and block.level == level
        return [Term(tree.text(block).replace("\n", " "), (), block.ids)] if heads else []

    return _walk(page, opens, level)


def _own(term: Term) -> Blocks:
    """What stands below a heading before the next, if that is not its definition's."""
    return tuple(takewhile(lambda b: not isinstance(b, Heading) or _defines(b.text), term.said))


def _defines(label: str) -> bool:
    known = column(label)
    return known is not None and known.role == DEFINITION


def _says(term: Term) -> bool:
    return any(tree.text(block) and not _only_links(block) for block in _own(term))


def _in_order(terms: list[Term]) -> list[Term]:
    """Terms without the first and the last where these alone break the alphabet's order."""
    for start, stop in ((0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 0)):
        kept = terms[start : len(terms) - stop]
        if len(kept) > 2 * _FEW and _sortedness(kept) == 1:
            return kept
    return terms


def _sortedness(terms: Sequence[Term]) -> float:
    """The share of neighbours in one group that stand in the order of the alphabet."""
    pairs = [(fold(a.name), fold(b.name)) for a, b in pairwise(terms) if a.category == b.category]
    return sum(one <= other for one, other in pairs) / max(1, len(pairs))


def page_per_term(page: Page) -> list[Term]:
    """The one term of a page: its title, and all that it says."""
    said = list(page.blocks)
    values = _fields(page.fields)
    name = values.pop(TERM, "")
    ids: tuple[str, ...] = ()
    for n, block in enumerate(said):
        if isinstance(block, Heading) and not weight(said[:n]):
            if block.level == 1 or fold(name) in ("", fold(block.text)):
                name, ids = name or block.text.replace("\n", " "), block.ids
                del said[: n + 1]
            break
    if definition := values.pop(DEFINITION, ""):
        said = [block for block in said if not is_unsaid(tree.text(block))]
        opening = fold(tree.text(said[0])) if said else ""
        if not opening.startswith(fold(definition)[:40]):
            said.insert(0, Paragraph((Run(definition),)))
    stem = paths.entry_id(page.path)
    values.setdefault("id", stem)
    name = name or stem.replace("-", " ").replace("_", " ")
    aliases = tuple(values.pop("aliases", ()))
    return [Term(name, tuple(said), aliases, ids, values=values)] if weight(said) else []


def _fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The values of front matter by what its fields are called."""
    found: dict[str, Any] = {"aliases": []}
    for place, held in roles([*fields]).items():
        value = list(fields.values())[place]
        texts = [str(v) for v in (value if isinstance(value, list) else [value or ""])]
        if isinstance(value, dict) or not any(texts):
            continue
        if held.role in ("aliases", "acronym"):
            found["aliases"] += [text for text in texts if "/" not in text]  # addresses
        elif held.role in ("related", "sources"):
            found[held.role] = texts
        elif held.role in (TERM, DEFINITION, "category", "language", "id"):
            found.setdefault(held.role, " ".join(texts[0].split()))
    if isinstance(fields.get("updated"), date):
        found["updated"] = fields["updated"]
    found.pop("id" if "/" in found.get("id", "") else "", None)
    return found


def copied(page: Page) -> list[Term]:
    """Terms of web pages of a glossary that were copied as text, told by headings they all carry.

    Above a term stand the ways through the site, of which the last names its category; what
    follows its links and news is not of it.
    """
    found: list[Term] = []
    above: list[str] = []
    closed = True
    for part in _headed(page, 1) if page.is_copied else ():
        known = {known_heading(b.text) for b in part.said if isinstance(b, Heading)} - {None}
        if _says(part) and known:
            found.append(_below_ways(part, above))
            closed = not known.isdisjoint(("related", "news", "back"))
        elif _says(part) and not closed:
            section = Heading((Run(part.name),), level=2)
            found[-1] = replace(found[-1], said=(*found[-1].said, section, *part.said))
        above = [] if _says(part) else [*above, part.name]
    if len(found) == 1:
        found = [replace(found[0], values={"id": page.path.stem.removesuffix(".page")})]
    return found


def _below_ways(term: Term, above: Sequence[str]) -> Term:
    """The term of a copied page, below lines of which the last may name its category."""
    if len(above) > 1 and script(term.name) != script(above[-1]):  # its name in another script
        term, above = replace(term, name=above[-1], aliases=(term.name,)), above[:-1]
    steps = [step for line in above for step in re.split(r"\s+[/«‹←→]\s+|\s*[›»>]\s*", line)]
    beside = {fold(term.name), *_words("files"), *_words("apart")}
    ways = [s for s in steps if fold(s) not in beside and not is_called_glossary(s)]
    return replace(term, category=ways[-1] if ways else "")


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
    found = [t for t in SHAPES[shape](page) if t.name.strip() and t.said]
    found = [t for t in found if len(t.name) <= 2 * _LONGEST_NAME]
    groups = {t.category for t in found}
    bad = {g for g in groups if is_apart(g) or g == page.title or is_called_glossary(g)}
    if len(groups) < 2 and shape != "copied page":  # noqa: PLR2004
        bad = groups
    return Choice(page, shape, [replace(t, category="") if t.category in bad else t for t in found])


def _grouped(page: Page) -> Iterator[tuple[str, Block]]:
    """Blocks, each with the nearest heading above it."""
    above = ""
    for block in page.blocks:
        above = block.text.replace("\n", " ") if isinstance(block, Heading) else above
        yield above, block


# The choice.

_NOT_ONE = "was left out: no one way of writing terms explains most of it."
BESIDE = "was left out: other files here are the glossary."


def choose(page: Page, *, alone: bool) -> Choice:
    """The terms of a page in the shape that explains most of it; ``alone`` if no other is given."""
    signed = page.is_signed
    if (found := read(page, "copied page")).terms:
        return found
    if page.is_marked:
        return read(page, "definition list")
    fewest = 2 if signed or alone else _FEW
    listed = [read(page, shape) for shape in ("definition list", "table", "bold term")]
    least = {"bold term": _MOST} if signed else dict.fromkeys(SHAPES, _MOST)
    fit = (c for c in listed if c.share >= least.get(c.shape, _SIGNED) and len(c.terms) >= fewest)
    if best := max(fit, key=lambda c: c.share, default=None):
        return best
    headed = read(page, "heading")
    ordered = len(headed.terms) > 2 * _FEW and _sortedness(headed.terms) >= _SORTED
    if len(headed.terms) > 1 and (signed or ordered):
        return headed
    lines = read(page, "line")
    if (signed or alone) and len(lines.terms) >= _FEW and lines.share > _MOST:
        return lines
    if not alone or page.is_beside:
        return Choice(page, why=_NOT_ONE)
    own = read(page, "page")
    is_one = own.terms and (len(headed.terms) < 2 or _is_of_one(page, headed.terms))  # noqa: PLR2004
    best = own if is_one else headed
    return best if best.terms else Choice(page, why=_NOT_ONE)


def _is_of_one(page: Page, headed: Sequence[Term] = ()) -> bool:
    """Whether a page has one title, and few headings below it, or such as parts of entries have."""
    heads = [block for block in page.blocks if isinstance(block, Heading)]
    if not heads or sum(block.level <= heads[0].level for block in heads) > 1:
        return not heads
    opening = fold(tree.lines(_own(_headed(page, heads[0].level)[0])))
    name = fold(heads[0].text)
    known = any(known_heading(block.text) is not None for block in heads)
    return known or len(headed) < _FEW or name in opening[: 2 * len(name) + 20]


def decide(pages: Sequence[Page], others: Iterable[PurePath] = ()) -> list[Choice]:
    """What each page of a folder holds, all being looked at together, with ``others`` beside them.

    What is called a glossary; or pages of one term each, if most are and there are more of them;
    else what explains most of the folder's text.
    """
    stems = {fold(path.stem) for path in (*others, *(page.path for page in pages))} - {""}
    if len(pages) == 1 and len(stems) == 1:
        return [choose(pages[0], alone=True)]
    choices = [choose(page, alone=False) for page in pages]
    within = [page for page in pages if any(map(is_called_glossary, page.path.parent.parts))]
    group = [p for p in (within if len(within) > 1 else pages) if not p.is_beside or _is_index(p)]
    signed = [c for c in choices if c.terms and c.page.is_marked]
    signed = signed or [c for c in choices if len(c.terms) > 1 and _is_glossary(c, stems)]
    apart = [p for p in group if not p.is_signed or p in within]
    single = [p for p in apart if len(p.blocks) and _is_of_one(p)]
    many = sum(len(c.terms) for c in signed)
    if signed and (many >= len(single) or 2 * len(single) <= len(pages)):
        return _only(choices, signed)
    full = [c for c in choices if c.page in group and len(c.terms) >= _FEW]
    if 2 * sum(c.page.weight for c in full) > sum(page.weight for page in group):
        return _only(choices, full)
    with_fields = [page for page in group if page.fields]
    group = with_fields if 2 * len(with_fields) > len(group) else group
    own = [read(page, "page") for page in group]
    return _only(choices, [c for c in own if c.terms and not is_called_glossary(c.terms[0].name)])


def _is_index(page: Page) -> bool:
    """Whether a page is that of its folder."""
    return paths.is_index(page.path) and bool(page.path.parent.name)


def _is_glossary(choice: Choice, stems: Set[str]) -> bool:
    """Whether a page is called a glossary, and does not only list terms that others explain."""
    led = sum(fold(PurePath(t.target.rstrip("/")).stem) in stems for t in choice.terms)
    return choice.page.is_signed and 2 * led <= len(choice.terms)


def _only(choices: Sequence[Choice], kept: Sequence[Choice]) -> list[Choice]:
    """The choices that are kept, and for the other pages why they are not."""
    chosen = {id(choice.page): choice for choice in kept}
    left = BESIDE if kept else _NOT_ONE
    return [chosen.get(id(c.page)) or Choice(c.page, why=left) for c in choices]
