"""One Markdown file with many terms: headings, definition lists, bold words, lists and tables."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import PurePath

from knowledge.entry import EXAMPLE, Entry, Section
from knowledge.fault import Fault
from knowledge.formats import paths
from knowledge.formats.columns import columns_of, rows
from knowledge.formats.draft import make_entry, opening, section_name, slug
from knowledge.formats.lead import Term, labelled, led
from knowledge.formats.prose import TERMS_APART, Block, Prose
from knowledge.formats.wording import (
    is_called,
    is_label,
    is_letter,
    name_and_aliases,
    seen,
    tells_of_terms,
)
from knowledge.language import detect, scripts
from knowledge.words import fold

_MARKUP = re.compile(
    r"^(?:#{1,6}[ \t]+\S|[-*+][ \t]+(?:\*\*|__|\[|`|<b>|\S[^\n]{0,80}?(?:[:：]|[ \t][-–—])[ \t])|\*\*\S|__\S"
    r"|:[ \t]+\S|\|?[ \t]*:?-{2,}:?[ \t]*\|[-:| \t]*$|[=-]{3,}[ \t]*$|<d[tl]\b|```\{glossary\})",
    re.MULTILINE,
)
_TITLE = re.compile(r"\s*#[ \t]+\S")
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*[.)]|\d+\.\d+)\s+(?=\S)")
_SEVERAL = 5
_RECURRING = 3
_TELLING, _TOLD = 200, 20_000  # characters that a language is told from, at least and at most
_LAST = 1 << 60
_ALSO = re.compile(
    r"(?:\b[Ss]ee also|(?:^|(?<=[.!?。] ))See|انظر أيضًا|انظر أيضا|[Ss]iehe auch|[Vv]oir aussi"
    r"|[Vv]éase también)[:：]?\s+([^.;]+)"
)


def recognises(text: str) -> bool:
    """Whether a text looks like Markdown: it has a title, or two lines that may begin terms."""
    found = _MARKUP.finditer(text)
    return (
        _TITLE.match(text) is not None or sum(1 for _, _ in zip(range(2), found, strict=False)) > 1
    )


def entries(
    found: Prose, path: PurePath, title: str, language: str
) -> Iterator[Entry | Fault] | None:
    """The entries of a text that holds many terms, or None if it does not.

    ``title`` is what the text or its front matter is called: what calls itself a glossary is
    believed to be one; other texts are if little else is in them.
    """
    blocks = _unfenced(found.blocks)
    names = [title] if paths.is_index(path) else [title, path.stem]
    titled = any(tells_of_terms(name) for name in names)
    perhaps = titled or any(tells_of_terms(name, "lexicon") for name in names)
    explicit = _unlabelled(list(_explicit(blocks, titled=perhaps)))
    headed = list(_headed(blocks, titled=perhaps and not paths.is_section(path)))
    if not titled and perhaps:
        headed = headed if len(headed) >= _SEVERAL else []
        titled = len(explicit) >= _SEVERAL
    if headed and _standing(headed, explicit):
        chosen = headed
    elif len(explicit) > 1 and (titled or _fills(explicit, blocks)):
        chosen = explicit
    else:
        return None
    return _made(chosen, str(path), language)


def _unlabelled(explicit: list[Term]) -> list[Term]:
    """Without what recurs: “**Definition:**” labels a part of many entries, and is none."""
    counts = Counter(fold(term.name) for term in explicit)
    return [t for t in explicit if counts[fold(t.name)] < _RECURRING or not is_label(t.name)]


def _unfenced(blocks: list[Block]) -> list[Block]:
    """MyST's ``{glossary}`` directive, which is fenced as code is, as terms and definitions."""
    if not any(b.kind == "code" and b.lead.startswith("{glossary}") for b in blocks):
        return blocks
    from knowledge.formats.prose import prose  # noqa: PLC0415

    found: list[Block] = []
    for block in blocks:
        if not (block.kind == "code" and block.lead.startswith("{glossary}")):
            found.append(block)
            continue
        for n, line in enumerate(block.text.split("\n")):
            if not line.strip() or line.startswith((":sorted:", ".. ")):
                continue
            kind = "definition" if line[:1] in (" ", "\t", ":") else "term"
            for part in prose(line.strip().removeprefix(": "), block.line + 1 + n).blocks:
                if kind == "definition" and found and found[-1].kind == kind:
                    found[-1].text += f" {part.text}"
                else:
                    part.kind = kind  # type: ignore[assignment]
                    part.end = part.line + 1
                    found.append(part)
    return found


def _standing(headed: Sequence[Term], explicit: Sequence[Term]) -> bool:
    """Whether the terms are the headings, and what looks like terms below them is their text.

    Where the headings are but categories, most of them have several terms below.
    """
    starts = sorted(term.line for term in explicit)
    within = (bisect_left(starts, t.end) - bisect_right(starts, t.line) for t in headed)
    categories = sum(number > 1 for number in within)
    if sum(term.sure for term in explicit) > max(len(headed), 2):
        return False
    return 2 * categories < len(headed) or len(explicit) <= len(headed)


def _fills(explicit: Sequence[Term], blocks: Sequence[Block]) -> bool:
    """Whether three terms or more, with their definitions, are most of a text."""
    lines = {term.line for term in explicit}
    of_rows = sum(len(b.text) for b in blocks if b.kind == "row" and b.line in lines)
    said = sum(len(term.name) + len(term.text) for term in explicit if not term.sure)
    listed = sum(len(b.text) for b in blocks if b.kind in ("term", "definition"))
    whole = sum(len(b.text) for b in blocks if b.kind not in ("heading", "rule", "head"))
    return len(explicit) > 2 and of_rows + said + listed > 0.6 * whole  # noqa: PLR2004


def _headed(blocks: Sequence[Block], *, titled: bool) -> Iterator[Term]:
    """The headings that are terms, each with what stands below it.

    The level of most of those that have text of their own is the level of the terms. Above it
    stand categories; where letters are headings, also terms, for want of care.
    """
    headings = [n for n, block in enumerate(blocks) if block.kind == "heading"]
    following = dict(zip(headings, [*headings[1:], len(blocks)], strict=False))
    letters = {blocks[n].level for n in headings if is_letter(blocks[n].text)}
    lettered = sum(is_letter(blocks[n].text) for n in headings) > 1
    if not lettered and not titled:
        return
    first = [n for n in headings if blocks[n].level == 1]
    titles = {n for n in first if len(first) == 1}
    titles |= {n for n in headings if tells_of_terms(blocks[n].text)}
    apart = {n for n in headings if n in titles or _is_apart(blocks[n], lettered=lettered)}
    counts = Counter(
        blocks[n].level for n in headings if n not in apart and _says(blocks[n + 1 : following[n]])
    )
    if counts.total() < 2:  # noqa: PLR2004
        return
    level = counts.most_common(1)[0][0]
    stops, stop = {}, len(blocks)
    for n in reversed(headings):
        stops[n] = stop
        stop = n if blocks[n].level <= level else stop
    category, depth = "", 0
    for n in headings:
        block = blocks[n]
        if depth and block.level <= depth:
            category, depth = "", 0
        if (lettered and is_letter(block.text)) or n in titles or block.level > level:
            continue
        if block.level < level and not (lettered and block.level in letters):
            category, depth = block.text, block.level
        elif n not in apart:
            end = blocks[stops[n]].line if stops[n] < len(blocks) else _LAST
            below = list(takewhile(lambda b: b.kind != "rule", blocks[n + 1 : stops[n]]))
            yield Term(block.text, below, block.line, end, category)


def _says(below: Sequence[Block]) -> bool:
    return any(b.kind not in ("rule", "head", "row") and b.text for b in below)


def _is_apart(block: Block, *, lettered: bool) -> bool:
    if lettered and is_letter(block.text):
        return True
    return is_called(block.text, "apart") or is_called(block.text, "unheaded")


def _explicit(blocks: Sequence[Block], *, titled: bool) -> Iterator[Term]:
    """Terms of definition lists and tables, and those that lead a paragraph or an item."""
    category = ""
    table: dict[str, int] = {}
    current: Term | None = None
    n = 0
    while n < len(blocks):
        block = blocks[n]
        begun = led(blocks, n, category, titled=titled)
        new = begun is not None and block.strong and current is not None
        new = new and current is not None and block.level <= current.depth
        if not new and current is not None and current.takes(block):
            current.blocks.append(block)
            n += 1
            continue
        if current is not None:
            yield current
            current = None
        if block.kind == "heading":
            apart = is_letter(block.text) or is_called(block.text, "unheaded")
            category = category if is_letter(block.text) else "" if apart else block.text
            if block.level == 1 or is_called(block.text, "apart") or tells_of_terms(block.text):
                category = ""
        elif block.kind == "head":
            table = columns_of(block, titled=titled)
        elif block.kind == "row" and table:
            yield from rows(block, table, category)
        elif block.kind == "term":
            names: list[Block] = []
            while n < len(blocks) and blocks[n].kind == "term":
                names.append(blocks[n])
                n += 1
            defined: list[Block] = []
            while n < len(blocks) and blocks[n].kind != "term":
                if blocks[n].kind != "definition" and not (defined and blocks[n].level):
                    break
                defined.append(blocks[n])
                n += 1
            words = [word for b in names for word in b.text.split(TERMS_APART)]
            yield Term(words[0], defined, names[0].line, 0, category, words[1:], sure=True)
            continue
        else:
            current = begun
        n += 1
    if current is not None:
        yield current


def _labels(terms: Sequence[Term]) -> frozenset[str]:
    """The words that begin a part of several entries, and so are labels of theirs."""
    counts = Counter(fold(b.lead) for term in terms for b in term.blocks if b.lead)
    least = min(_RECURRING, len(terms))
    return frozenset(lead for lead, count in counts.items() if count >= least)


def _labelled(term: Term, labels: frozenset[str]) -> None:
    """Takes what labels name (“**Example:** …”, “**Also known as:** …”) out of a definition."""
    kept: list[Block] = []
    for block in term.blocks:
        name, rest = labelled(block) if block.lead and fold(block.lead) in labels else ("", "")
        if name == "definition":
            kept.append(replace(block, text=rest))
        elif name == "aliases":
            term.aliases = [*term.aliases, *re.split(r"\s*[,;،؛]\s*", rest.rstrip("."))]
        elif name == "example":
            term.example = "\n\n".join(filter(None, (term.example, rest)))
        elif name == "related":
            term.related = [*term.related, *re.split(r"\s*[,;،؛]\s*", rest.rstrip("."))]
            term.related += [link.entry for link in block.links]
        elif name == "category" and not term.category:
            term.category = rest
        else:
            kept.append(block)
    term.blocks = kept


def _made(terms: Sequence[Term], origin: str, language: str) -> Iterator[Entry | Fault]:
    """The entries of the terms; those that only send to another one become a name of that."""
    drafts: dict[int, tuple[str, list[str], str]] = {}
    by_name: dict[str, int] = {}
    anchors: dict[str, str] = {}
    taken: Counter[str] = Counter()
    labels = _labels(terms)
    for n, term in enumerate(terms):
        _labelled(term, labels)
        name, aliases = name_and_aliases(_NUMBER.sub("", term.name).strip(" :：*_"))
        aliases = (*aliases, *(name.split(" / ") if " / " in name else ()))
        entry_id = slug(name)
        if term.text:
            taken[entry_id] += 1
            if taken[entry_id] > 1:  # the same word once more: another sense of it
                entry_id = f"{entry_id}-{taken[entry_id]}"
        drafts[n] = name, [*aliases, *term.aliases], entry_id
        for each in (term.name, name, *aliases, *term.aliases):
            by_name.setdefault(fold(each), n)
            anchors.setdefault(slug(each), entry_id)
    for n, term in enumerate(terms):
        target = by_name.get(seen(term.text)) if term.text else None
        if target is not None and target != n and terms[target].text:
            drafts[target][1].append(drafts[n][0])
            drafts[n] = "", [], ""
    languages = _languages(terms) if not language else {}
    for n, term in enumerate(terms):
        name, aliases, entry_id = drafts[n]
        if not name:
            continue
        if not term.text:
            message = f"“{name}” has no definition, and is passed over."
            yield Fault(origin, term.line, message, "warning")
            continue
        links = [link.entry for b in term.blocks for link in b.links if link.entry]
        links += term.related
        links += [
            part for m in _ALSO.finditer(term.text) for part in re.split(r"[,،;]| and ", m[1])
        ]
        yield make_entry(
            {
                "term": name,
                "aliases": aliases,
                "category": term.category,
                "sources": [{"title": each} for each in term.sources],
            },
            _sections(term),
            origin,
            default_id=entry_id,
            default_language=language or languages[_script(term)],
            links=[anchors.get(slug(link), link) for link in links],
            line=term.line,
        )


def _script(term: Term) -> str:
    counts = scripts(f"{term.name} {term.text[:500]}")
    return counts.most_common(1)[0][0] if counts else ""


def _languages(terms: Sequence[Term]) -> dict[str, str]:
    """The language of the terms in each script, told from the text of all of them together.

    A script that few of the letters are in (a definition that is but a product's name) is of the
    language of the others. Too little text tells nothing: then each entry is told by itself.
    """
    texts: dict[str, list[str]] = {}
    for term in terms:
        texts.setdefault(_script(term), []).append(f"{term.name}: {term.text[:500]}")
    sizes = {script: sum(map(len, found)) for script, found in texts.items()}
    most = max(sizes, key=sizes.__getitem__, default="")
    told = {script: "" for script in texts}
    for script, found in texts.items():
        if sizes[script] >= _TELLING and 5 * sizes[script] > sizes[most]:
            told[script] = detect("\n".join(found)[:_TOLD]) or ""
    return {script: language or told.get(most, "") for script, language in told.items()}


def _sections(term: Term) -> list[Section]:
    """The definition, and the parts of it under headings of their own."""
    parts: list[tuple[str, list[str], list[int]]] = [("", [], [])]
    for block in term.blocks:
        if block.kind == "heading":
            parts.append((block.text, [], []))
        elif block.text:
            parts[-1][1].append(block.text)
            parts[-1][2].append(block.line)
    if not parts[0][1] and len(parts) > 1:
        parts = [("", *parts[1][1:]), *parts[2:]]
    return [
        *opening(*parts[0][1:]),
        *(
            Section(section_name(heading), heading, "\n\n".join(texts), tuple(lines))
            for heading, texts, lines in parts[1:]
            if not is_called(heading, "apart")
        ),
        *([Section(EXAMPLE, "", term.example)] if term.example else []),
    ]
