"""Drafts: the terms that were found in a file, made into its entries."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from knowledge.entry import EXAMPLE, Entry, Section
from knowledge.fault import Fault
from knowledge.formats.draft import is_unsaid, make_entry, opening, section_name, slug
from knowledge.formats.sites import beginnings, notes
from knowledge.formats.sites.labels import RECURRING, filled
from knowledge.formats.sites.lead import Term
from knowledge.formats.sites.referral import seen
from knowledge.formats.sites.translated import translated
from knowledge.formats.sites.trimmed import bare, unmarked, unstarred
from knowledge.formats.sites.wording import (
    abbreviates,
    asked_for,
    is_called,
    name_and_aliases,
)
from knowledge.language.text import ENOUGH_LETTERS, detect, main_script
from knowledge.language.words import fold

_TOLD = 20_000  # characters that a language is told from, at most
_NUMBER = re.compile(r"^\d+(?:\.\d+)*(?:[.)]|\s[-–—])\s+(?=\S)")
# Of such, only where half the terms have one: “1.5 degrees”.
_MARKS = re.compile(r"[^\w\s-]")
_DECIMAL = re.compile(r"^\d+\.\d+\s+(?=\S)")
# An id of an author's own, and none that a program counted.
_GIVEN = re.compile(r"(?!(?:h|id|p|toc|sec|section|heading)[-_.]?\d)(?=.*[^\W\d_]{2})[\w.:-]{2,80}")
_PREFIX = re.compile(r"(?:def|dfn|term|gloss[a-z]*|entry)-")
_ANCHOR = re.compile(r"\s*\(#[^()\s]*\)$")
_BRACKET_BEHIND = re.compile(r"\s[(\[（]([^()\[\]（）]+)[)\]）]$")
_ALTERNATIVE = re.compile(r"\s/\s(?![^()]*\))")
_ALSO = re.compile(
    r"(?:\b[Ss]ee also|(?:^|(?<=[.!?。] ))See|انظر أيضًا|انظر أيضا|[Ss]iehe auch|[Vv]oir aussi"
    r"|[Vv]éase también)[:：]?\s+([^.;]+)"
)


def made(terms: Sequence[Term], origin: str, language: str) -> Iterator[Entry | Fault]:
    """The entries of the terms; those that only send to another one become a name of that."""
    drafts: dict[int, tuple[str, list[str], str]] = {}
    by_name: dict[str, int] = {}
    anchors: dict[str, str] = {}
    taken: Counter[str] = Counter()
    filled(terms)
    remarks = _remarks(terms)
    numbered = 2 * sum(_DECIMAL.match(bare(term.name)) is not None for term in terms) >= len(terms)
    languages = _languages(terms) if not language else [language] * len(terms)
    named = [asked_for(_named(term.name, remarks, numbered=numbered)) for term in terms]
    told = [term.language or tongue for term, tongue in zip(terms, languages, strict=True)]
    foreign = translated(zip(named, told, strict=True))
    beginnings.taken(terms, named, told)
    for n, term in enumerate(terms):
        name, others = foreign.get(named[n]) or name_and_aliases(named[n])
        others = (*others, *(each for each in term.aliases if fold(each) not in remarks))
        aliases = [*others, *(_ALTERNATIVE.split(name) if _ALTERNATIVE.search(name) else ())]
        entry_id = term.id or slug(term.anchor if _GIVEN.fullmatch(term.anchor) else name)
        if term.text and not term.id:
            taken[entry_id] += 1
            if taken[entry_id] > 1:  # the same word once more: another sense of it
                entry_id = f"{entry_id}-{taken[entry_id]}"
        drafts[n] = name, aliases, entry_id
        as_anchor = _MARKS.sub("", term.name)  # which GitHub makes of a heading
        for each in (term.name, name, *aliases, term.anchor, as_anchor):
            by_name.setdefault(fold(each) or each, n)
            anchors.setdefault(slug(each), entry_id)
    for n, term in enumerate(terms):
        spelt = fold(term.text) if abbreviates(drafts[n][0], term.text) else ""
        target = by_name.get(sent) if (sent := seen(term.text) or spelt) else None
        if target is not None and target != n and terms[target].text:
            drafts[target][1].extend([drafts[n][0], *drafts[n][1]])
            drafts[n] = "", [], ""
    for n, term in enumerate(terms):
        name, aliases, entry_id = drafts[n]
        if not name:
            continue
        if is_unsaid(term.text):
            message = f"“{name}” has no definition, and is passed over."
            yield Fault(origin, term.line, message, "warning")
            continue
        term.blocks, cited = notes.told(term.blocks)
        links = [link.entry for b in term.blocks for link in b.links if link.entry]
        links += term.related
        links += [
            part for m in _ALSO.finditer(term.text) for part in re.split(r"[,،;]| and ", m[1])
        ]
        yield make_entry(
            {
                "term": name,
                "aliases": aliases,
                "category": _group(term.category, name),
                "sources": [*({"title": each} for each in term.sources), *cited],
            },
            _sections(term),
            origin,
            default_id=entry_id,
            default_language=told[n],
            links=[_meant(ref, anchors) for link in links if (ref := slug(link))],
            line=term.line,
        )


def _group(category: str, term: str) -> str:
    """A category without its number and its picture; a sign (“@”) is none, nor is the term."""
    name = bare(_NUMBER.sub("", bare(category)))
    return name if any(map(str.isalnum, name)) and fold(name) != fold(term) else ""


def _meant(link: str, anchors: Mapping[str, str]) -> str:
    """The id of what an anchor of this file leads to, which generators prefix (“def-tide”)."""
    return anchors.get(link) or anchors.get(_PREFIX.sub("", link), link)


def _remarks(terms: Sequence[Term]) -> frozenset[str]:
    """What stands in brackets behind several terms, and so is no name of theirs: “(noun)”."""
    names = Counter(fold(m[1]) for term in terms if (m := _BRACKET_BEHIND.search(term.name)))
    for term in terms:
        names.update({fold(alias) for alias in term.aliases if not term.sure})
    least = min(RECURRING, max(2, len(terms)))
    return frozenset(name for name, count in names.items() if count >= least)


def _named(name: str, remarks: frozenset[str], *, numbered: bool) -> str:
    """A term without its number, its anchor, and a remark on it."""
    name = _NUMBER.sub("", bare(name))
    name = _DECIMAL.sub("", name) if numbered else name
    name = bare(_ANCHOR.sub("", name)).removesuffix(" #").removesuffix("¶")
    name = unmarked(unstarred(name.strip(" :：")).rstrip(" :："))
    bracket = _BRACKET_BEHIND.search(name)
    if bracket and (fold(bracket[1]) in remarks or is_called(bracket[1], "grammar")):
        return unstarred(name[: bracket.start()].rstrip(" :：")) or name
    return name


def _script(term: Term) -> str:
    return main_script(f"{term.name} {term.text[:500]}")


def _languages(terms: Sequence[Term]) -> list[str]:
    """The language of each term, told from the text of all of them in its script together.

    A script that few of the letters are in (a definition that is but a product's name) is of the
    language of the others. Too little text tells nothing: then each entry is told by itself.
    """
    texts: dict[str, list[str]] = {}
    own = [_script(term) for term in terms]
    for script, term in zip(own, terms, strict=True):
        texts.setdefault(script, []).append(f"{term.name}: {term.text[:500]}")
    sizes = {script: sum(map(len, found)) for script, found in texts.items()}
    most = max(sizes, key=sizes.__getitem__, default="")
    told = dict.fromkeys(texts, "")
    for script, found in texts.items():
        if sizes[script] >= ENOUGH_LETTERS and 5 * sizes[script] > sizes[most]:
            told[script] = detect("\n".join(found)[:_TOLD]) or ""
    return [told[script] or told[most] for script in own]


def _sections(term: Term) -> list[Section]:
    """The definition, and the parts of it under headings of their own."""
    parts: list[tuple[str, list[str], list[int]]] = [("", [], [])]
    codes = sum(1 for _ in takewhile(lambda block: block.kind == "code", term.blocks))
    blocks = term.blocks[codes:]
    if codes and blocks and blocks[0].kind != "heading":  # what it is goes before how it is written
        blocks = [blocks[0], *term.blocks[:codes], *blocks[1:]]
    else:
        blocks = term.blocks
    for block in blocks:
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
