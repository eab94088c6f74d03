"""Naming: what a page of one term calls it, by its title, its first heading or its file's name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.draft import known_heading, slug
from knowledge.formats.sites import fields, paths
from knowledge.formats.sites.blocks import Prose
from knowledge.formats.sites.phrase import plain_text
from knowledge.formats.sites.wording import (
    asked_for,
    brackets,
    in_two_scripts,
    is_part,
    tells_of_terms,
)
from knowledge.language.words import fold

MARKDOWN = (".md", ".markdown", ".mdx", ".qmd")
DATED = re.compile(r"\d{4}-\d{2}-\d{2}-(?=.)")
_BEFORE = re.compile(
    r"(?:term|glossary(?:[ ](?:term|entry))?|definition|begriff|glossar|terme|término|termo|термин"
    r"|术语|術語|用語|용어|مصطلح|تعريف)(?:\s*[:：]|\s[-–—](?=\s))\s*(?=\S)",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s[|·–—-]\s")
_NUMBERED = re.compile(r"0\d{1,3}[-_. ]+(?=[^\W\d_])")
_MORE = 2  # words that a title may have more than the name of its file
_OPENING = 600  # characters in which a text is looked through for how its term is written


def title(given: Mapping[str, Any], found: Prose, path: PurePath) -> str:
    """What the fields of a page, or else its heading, call its term; or nothing.

    A title in the page's language goes before another (“title_pt”), and a heading that the file is
    named after before a title that says more. “Term: Tide” and “Tide | Glossary” are of Tide.
    """
    said, top = _titled(given, path), heading(found, path)
    if fold(top) in {fold(name) for name in fields.local_titles(given)}:
        return top
    said = _BEFORE.sub("", said or top, count=1)
    name, *behind = _BEHIND.split(said)
    if behind and (is_named(name, path) or fold(name) == fold(asked_for(top))):
        return name
    if behind and tells_of_terms(behind[-1]) and not tells_of_terms(name):
        said = said[: said.rindex(behind[-1])].rstrip(" |·–—-")
    if not is_named(said, path):
        headings = (asked_for(b.text) for b in found.blocks if b.kind == "heading")
        shorter = (text for text in headings if is_named(text, path))
        return next((name for name in shorter if fold(name) in fold(said)), said)
    return said


def other_title(given: Mapping[str, Any], found: Prose, path: PurePath, term: str) -> Iterator[str]:
    """The names that a title gives beside the term: that of the file, or the words of initials."""
    said = plain_text(given.get("title"))
    whole = said or heading(found, path)
    name, *behind = _BEHIND.split(whole)
    if behind and name == term:
        yield from in_two_scripts(whole)[1:] or brackets(f"{name} ({behind[0]})")[1:]
    if said and said != term and (is_named(said, path) or fold(said) == fold(heading(found, path))):
        yield said


def _titled(given: Mapping[str, Any], path: PurePath) -> str:
    """The title that fields give; it goes before a “term” that is but the file's name."""
    term, said = fields.title(given), plain_text(given.get("title"))
    longer = len(fold(said).split()) - len(fold(term).split())
    if term == stem(path).lower() and slug(said).startswith(slug(term)) and longer <= _MORE:
        return said
    return term


def heading(found: Prose, path: PurePath) -> str:
    """The heading that is the title of a page, or nothing.

    It is the first of the first level; or that which the page begins with, of whatever level, if
    the file is named after it, or it says that terms follow. One that names a part of an entry,
    “Definition”, is none.
    """
    headings = [b for b in found.blocks if b.kind == "heading"]
    top = next((b.text for b in headings if b.level == 1), "")
    if top and not (is_part(top) or known_heading(top)):
        return top
    first = found.blocks[0] if found.blocks else None
    if first is not None and first.kind == "heading" and is_named(first.text, path):
        return first.text
    return headings[0].text if headings and tells_of_terms(headings[0].text) else ""


def is_named(title: str, path: PurePath) -> bool:
    """Whether a file is named after a title."""
    return bool(title) and slug(title) == slug(stem(path))


def is_said(found: Prose, title: str, path: PurePath) -> bool:
    """Whether a page begins with a paragraph on the term that it and its file are named after."""
    texts = [b for b in found.blocks if b.kind not in ("heading", "rule")][:2]
    begins = (f"{fold(b.text)} ".startswith(f"{fold(title)} ") for b in texts if b.kind == "text")
    return is_named(title, path) and any(begins)


def stem(path: PurePath) -> str:
    """A file's name without what it ends in; of an index, that of its folder."""
    return paths.entry_id(path).rpartition("/")[2] or path.stem


def without_its_page(found: Iterable[Entry | Fault], path: PurePath) -> Iterator[Entry | Fault]:
    """What the page of a folder holds among others: several terms, or that the folder is called.

    A single one of another name is what it says of the glossary.
    """
    told = list(found)
    entries = [each for each in told if isinstance(each, Entry)]
    for each in told:
        if len(entries) == 1 and isinstance(each, Entry) and slug(each.term) != slug(stem(path)):
            message = "holds no entry: it is the page of its folder."
            yield Fault(each.origin, each.line, message, "warning")
        else:
            yield each


def of_file(path: PurePath, found: Prose) -> str:
    """The term that a file's name gives, written as its text writes it: “API gateway”.

    A name with spaces is that of a note, and stays as it is.
    """
    name = _NUMBERED.sub("", DATED.sub("", stem(path)))
    if " " in name:
        return name.strip()
    words = [word for word in re.split(r"[-_\s]+", name) if word]
    opening = " ".join(b.text for b in found.blocks if b.kind != "heading")[:_OPENING]
    if words:
        spelt = r"[\s_-]+".join(map(re.escape, words))
        if written := re.search(rf"(?<!\w){spelt}(?!\w)", opening, re.IGNORECASE):
            words = [" ".join(written[0].split())]
    term = " ".join(words)
    return term if term != term.lower() else term[:1].upper() + term[1:]
