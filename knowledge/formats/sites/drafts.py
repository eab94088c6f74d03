"""Drafts: the terms that were found in a file, made into its entries."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from knowledge.entry import EXAMPLE, Entry, Section
from knowledge.fault import Fault
from knowledge.formats.draft import make_entry, opening, section_name, slug
from knowledge.formats.sites import notes
from knowledge.formats.sites.lead import Term, labelled, sends
from knowledge.formats.sites.wording import asked_for, is_called, name_and_aliases, seen
from knowledge.language import TELLING, detect, scripts
from knowledge.words import fold

RECURRING = 3
"""Words that begin so many entries, or parts of them, are labels."""
_TOLD = 20_000  # characters that a language is told from, at most
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*[.)]|\d+\.\d+)\s+(?=\S)")
# An id of an author's own, and none that a program counted.
_GIVEN = re.compile(r"(?!(?:h|id|p|toc|sec|section|heading)[-_.]?\d)(?=.*[^\W\d_]{2})[\w.:-]{2,80}")
_PREFIX = re.compile(r"(?:def|dfn|term|gloss[a-z]*|entry)-")
_IN_BRACKETS = re.compile(r"[(（]([^()（）.。!?؟:]{1,80})[)）]")
_ALSO = re.compile(
    r"(?:\b[Ss]ee also|(?:^|(?<=[.!?。] ))See|انظر أيضًا|انظر أيضا|[Ss]iehe auch|[Vv]oir aussi"
    r"|[Vv]éase también)[:：]?\s+([^.;]+)"
)


def _labels(terms: Sequence[Term]) -> frozenset[str]:
    """The words that begin a part of several entries, and so are labels of theirs."""
    counts = Counter(fold(b.lead) for term in terms for b in term.blocks if b.lead)
    least = min(RECURRING, len(terms))
    return frozenset(lead for lead, count in counts.items() if count >= least)


def _labelled(term: Term, labels: frozenset[str]) -> None:
    """Takes what labels name (“**Example:** …”, “**Also known as:** …”) out of a definition."""
    kept = []
    if any(b.text and b.kind != "heading" and not sends(b, term.name) for b in term.blocks):
        away = [b for b in term.blocks if sends(b, term.name)]
        term.related += [link.entry for b in away for link in b.links]
        term.blocks = [b for b in term.blocks if b not in away]
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


def _bracketed(term: Term) -> None:
    """Takes other names in brackets out of a definition of which they are the first paragraph."""
    first = term.blocks[0] if len(term.blocks) > 1 else None
    if first and first.kind == "text" and (names := _IN_BRACKETS.fullmatch(first.text)):
        term.aliases = [*term.aliases, *re.split(r"\s*[,;،؛、]\s*", names[1])]
        term.blocks = term.blocks[1:]


def made(terms: Sequence[Term], origin: str, language: str) -> Iterator[Entry | Fault]:
    """The entries of the terms; those that only send to another one become a name of that."""
    drafts: dict[int, tuple[str, list[str], str]] = {}
    by_name: dict[str, int] = {}
    anchors: dict[str, str] = {}
    taken: Counter[str] = Counter()
    labels = _labels(terms)
    for n, term in enumerate(terms):
        _labelled(term, labels)
        _bracketed(term)
        name, others = name_and_aliases(asked_for(_NUMBER.sub("", term.name).strip(" :：*_")))
        aliases = [*others, *(name.split(" / ") if " / " in name else ())]
        entry_id = slug(term.anchor if _GIVEN.fullmatch(term.anchor) else name)
        if term.text:
            taken[entry_id] += 1
            if taken[entry_id] > 1:  # the same word once more: another sense of it
                entry_id = f"{entry_id}-{taken[entry_id]}"
        drafts[n] = name, [*aliases, *term.aliases], entry_id
        for each in (term.name, name, *aliases, *term.aliases):
            by_name.setdefault(fold(each), n)
            anchors.setdefault(slug(each), entry_id)
        anchors.setdefault(slug(term.anchor), entry_id)
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
                "category": _NUMBER.sub("", term.category),
                "sources": [*({"title": each} for each in term.sources), *cited],
            },
            _sections(term),
            origin,
            default_id=entry_id,
            default_language=language or languages[_script(term)],
            links=[_meant(slug(link), anchors) for link in links],
            line=term.line,
        )


def _meant(link: str, anchors: Mapping[str, str]) -> str:
    """The id of what an anchor of this file leads to, which generators prefix (“def-tide”)."""
    return anchors.get(link) or anchors.get(_PREFIX.sub("", link), link)


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
    told = dict.fromkeys(texts, "")
    for script, found in texts.items():
        if sizes[script] >= TELLING and 5 * sizes[script] > sizes[most]:
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
