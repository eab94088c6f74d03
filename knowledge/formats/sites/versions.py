"""Versions: a page, a term or a file that is written in several languages, one after the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.formats.draft import slug
from knowledge.formats.sites.blocks import Block, Prose
from knowledge.formats.sites.lead import Term
from knowledge.formats.sites.wording import in_two_scripts, tells_of_terms
from knowledge.formats.tables.tongues import language_of
from knowledge.language.text import ENOUGH_LETTERS, detect, main_script

_LANGUAGE = re.compile(r"\{lang=[\w-]{2,12}\}")
_HIGHEST = 2  # levels of headings that are looked at
_LEAST = 20  # letters of a text that is a version of the page
_TOLD = 20_000  # characters that a language is told from, at most


def parted(found: Prose, title: str) -> list[tuple[str, str, Prose]]:
    """The languages of a page, what it calls its term in each, if it does, and what it says; or [].

    All headings of a level name a language each (“English”, “العربية”, “vi”), and above them there
    is at most a title; or rules stand between texts in different scripts.
    """
    for level in range(1, _HIGHEST + 1):
        places = [n for n, b in enumerate(found.blocks) if b.kind == "heading" and b.level == level]
        tags = [language_of(found.blocks[n].text) for n in places]
        if len(tags) < 2 or not all(tags) or len(set(tags)) < len(tags):  # noqa: PLR2004
            continue
        if any(b.text and b.kind != "heading" for b in found.blocks[: places[0]]):
            continue
        ends = [*places[1:], len(found.blocks)]
        parts = zip(tags, places, ends, strict=True)
        return [
            (tag, "", replace(found, blocks=found.blocks[n + 1 : end])) for tag, n, end in parts
        ]
    return _said_in(found) or _ruled(found, title)


def _said_in(found: Prose) -> list[tuple[str, str, Prose]]:
    """The same of a page that says before each version which language it is in: “{lang=de}”."""
    places = [n for n, b in enumerate(found.blocks) if _LANGUAGE.fullmatch(b.text)]
    if not places or any(b.text for b in found.blocks[: places[0]]):
        return []
    pages = []
    for n, end in zip(places, [*places[1:], len(found.blocks)], strict=True):
        tag = language_of(found.blocks[n].text[6:-1])
        part = found.blocks[n + 1 : end]
        name = part.pop(0).text if part and part[0].kind == "heading" else ""
        pages.append((tag, name, replace(found, blocks=part)))
    return pages


def _ruled(found: Prose, title: str) -> list[tuple[str, str, Prose]]:
    """The same of a page on which rules part texts in different scripts."""
    parts = [part for part in _between_rules(found.blocks) if _said(part)]
    written = [main_script(_said(part)) for part in parts]
    brief = any(sum(map(str.isalpha, _said(part))) < _LEAST for part in parts)
    lists = {any(b.kind == "heading" and tells_of_terms(b.text) for b in part) for part in parts}
    if len(parts) < 2 or len(set(written)) < len(parts) or brief or len(lists) > 1:  # noqa: PLR2004
        return []
    names = {main_script(name): name for name in in_two_scripts(title)}
    pages = []
    for letters, part in zip(written, parts, strict=True):
        head = part[0] if part[0].kind == "heading" and part[0].level == 1 else None
        name = head.text if head and len(names) < 2 else names.get(letters, "")  # noqa: PLR2004
        tag = detect(_said(part)) or ""
        pages.append((tag, name, replace(found, blocks=part[1:] if head else part)))
    return pages


def _between_rules(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    part: list[Block] = []
    for block in blocks:
        if block.kind == "rule":
            yield part
            part = []
        else:
            part.append(block)
    yield part


def _said(blocks: Sequence[Block]) -> str:
    return "\n".join(b.text for b in blocks if b.text and b.kind not in ("heading", "code"))


def both(term: Term, behind: Sequence[Block]) -> Iterator[Term]:
    """A term, and the same in another script, if what stands behind a rule below it is in one."""
    first, *others = in_two_scripts(term.name)
    foreign = next(_between_rules(behind)) if others else []
    if not foreign or {main_script(first), main_script(others[0])} != {
        main_script(term.text),
        main_script(_said(foreign)),
    }:
        yield term
        return
    names = {main_script(name): name for name in (first, others[0])}
    for blocks in (term.blocks, foreign):
        name = names[main_script(_said(blocks))]
        yield replace(term, name=name, blocks=list(blocks), id=slug(first))


def spoken(terms: Sequence[Term], blocks: Sequence[Block]) -> list[Term]:
    """The terms of a file, each in its language, where it holds several glossaries one by one.

    Each has a title that calls it so, and enough text for its language to be told.
    """
    starts = [
        b.line
        for b in blocks
        if b.kind == "heading" and (tells_of_terms(b.text) or language_of(b.text))
    ]
    parts = [
        [term for term in terms if start < term.line < end]
        for start, end in zip(starts, [*starts[1:], 1 << 60], strict=False)
    ]
    texts = ["\n".join(f"{t.name}: {t.text}" for t in part)[:_TOLD] for part in parts]
    told = [detect(text) if len(text) >= ENOUGH_LETTERS else None for text in texts]
    if all(told) and len(set(told)) > 1:
        for part, language in zip(parts, told, strict=True):
            for term in part:
                term.language = term.language or language or ""
    return list(terms)
