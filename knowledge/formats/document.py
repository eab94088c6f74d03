"""Documents: prose of many formats, read by pandoc as trees, and of those what are terms."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote

from knowledge import GlossaryError, blocks, lists
from knowledge.draft import known_heading, made_of, opening, section_name, split_names
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import concepts, folders, matter, pdf, prepare, shapes, tree
from knowledge.formats.columns import DEFINITION, TERM, Column
from knowledge.formats.concepts import Concept
from knowledge.formats.decoding import File, UnreadableError, decode
from knowledge.formats.shapes import Choice, Page, Term, role
from knowledge.formats.tree import Block, Code, Heading, Items, Paragraph, Run, Table

_PREPARED = {
    "html": prepare.html, "rst-smart": prepare.rst, "asciidoc": prepare.asciidoc,
    "latex": prepare.latex, "docbook": prepare.docbook,
}  # fmt: skip
_ARCHIVES = {
    b"mimetypeapplication/epub+zip": "epub", b"word/document.xml": "docx",
    b"mimetypeapplication/vnd.oasis.opendocument.text": "odt", b"ppt/presentation.xml": "pptx",
}  # fmt: skip
"""By the name of a file in them, which stands uncompressed."""
_DOCBOOK = re.compile(rb"<(?:\w+:)?(?:glossary|glossdiv|glosslist|book|article|chapter)\b")
_LEFT_OUT = (
    "was left out: no one way of writing terms explains most of it, or others are the glossary."
)
_LONGEST = 4_000_000  # bytes of a text: sites have pages that hold all others, to be printed
_A_NAME = 80  # characters
_MOST_SAID = 10  # faults about files that are left out; then how many more there are


def read(files: Sequence[File], shape: str | None = None) -> Iterator[Entry | Fault]:
    """The entries of documents, in the ``shape`` that was chosen or else that explains most."""
    left: list[str] = []
    for choice in _chosen(files, shape):
        if isinstance(choice, Fault):
            yield choice
        elif choice.terms:
            yield from _entries(choice)
        else:
            left.append(str(choice.page.path))
    for n, path in enumerate(left[: _MOST_SAID + 1]):
        more = f"and {len(left) - n} more files were left out that hold no terms."
        yield Fault(path, 1, _LEFT_OUT if n < _MOST_SAID else more, "warning")


def preview(files: Sequence[File]) -> dict[str, tuple[str, ...]]:
    """The terms that each shape would give, the one that reading chooses first."""
    pages = [page for page in _pages(files) if isinstance(page, Page)]
    chosen = {choice.shape for choice in shapes.decide(pages) if choice.terms}
    found = dict[str, tuple[str, ...]]()
    for name in sorted(shapes.SHAPES, key=lambda name: name not in chosen):
        if terms := tuple(term.name for page in pages for term in shapes.read(page, name).terms):
            found[name] = terms
    return found


def _chosen(files: Sequence[File], shape: str | None) -> Iterator[Choice | Fault]:
    """What files hold: those called glossaries, if they hold more terms than there are others."""
    if shape not in (None, *shapes.SHAPES):
        known = ", ".join(shapes.SHAPES)
        raise GlossaryError(f"There is no shape “{shape}”: choose of {known}.")

    def is_called(file: File) -> bool:
        named = any(map(shapes.is_called_glossary, (*file.path.parent.parts, file.path.stem)))
        return named or b"{glossary}" in file.data or b".. glossary::" in file.data

    called = [file for file in files if shape is None and is_called(file)]
    others = [file for file in files if file not in called]
    for some, left in ((called, others), (files, [])):
        found = list(_pages(some))
        pages = [page for page in found if isinstance(page, Page)]
        choices = [shapes.read(page, shape) for page in pages] if shape else []
        choices = choices or shapes.decide(pages, [file.path for file in files])
        if sum(len(choice.terms) for choice in choices) > max(1, len(left)) or not left:
            yield from (item for item in found if isinstance(item, Fault))
            yield from choices
            yield from (Choice(Page(file.path, ())) for file in left)
            return


# From files to pages.


def handles(file: File) -> str:
    """What pandoc calls the format of a document, by its suffix or what it holds; or nothing."""
    if file.data.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _ARCHIVES.items() if mark in file.data), "")
    by_name = lists.kind(file.path, "documents")
    start = file.data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if by_name in ("", "plain") and re.match(rb"<!doctype html|<html", start, re.IGNORECASE):
        return "html"
    if by_name == "plain" and re.search(rb"^ *\.\. [\w-]+::", file.data, re.MULTILINE):
        return "rst-smart"
    if file.path.suffix.lower() in (".xml", ""):
        return "docbook" if start.startswith(b"<") and _DOCBOOK.search(start) else ""
    return "" if by_name in _ARCHIVES.values() else by_name


def _pages(files: Sequence[File]) -> Iterator[Page | Fault]:
    """Each file as a page, or what is wrong with it, after a word on its encoding."""
    ready: list[tuple[Page, str, bytes]] = []
    for file in files:
        try:
            page, kind, data, warning = _prepared(file)
        except UnreadableError as error:
            yield Fault(file.origin, error.line, str(error))
        else:
            yield from [Fault(file.origin, 1, warning, "warning")] if warning else []
            ready.append((page, kind, data))
    trees = tree.trees([(str(page.path), data, kind) for page, kind, data in ready if kind])
    for page, kind, _ in ready:
        blocks = next(trees) if kind else prepare.plain(page.source)
        if isinstance(blocks, UnreadableError):
            yield Fault(str(page.path), 1, str(blocks))
        else:
            yield replace(page, blocks=blocks)


def _prepared(file: File) -> tuple[Page, str, bytes, str]:
    """A page without its blocks; what pandoc is given, if it is not plain text; a warning."""
    kind, warning = handles(file), ""
    if kind in _ARCHIVES.values():
        return Page(file.path, ()), kind, file.data, ""
    if kind == "pdf":
        kind, text = "html", pdf.read(file.data)
    elif len(file.data) > _LONGEST:
        raise UnreadableError(f"is longer than {_LONGEST // 10**6} MB: part it.")
    else:
        text, warning = decode(file.data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fields, body = _front_matter(text)
    page = Page(file.path, (), fields, text, is_copied=kind == "plain")
    if page.is_copied:
        return page, "", b"", warning
    if kind.startswith("commonmark"):
        body = prepare.markdown(body, is_mdx=file.path.suffix.lower() == ".mdx")
    body = _PREPARED.get(kind, str)(prepare.OTHER_FILES.sub("", body))
    if kind.startswith(("commonmark", "mediawiki", "ipynb")) and prepare.HTML.search(body):
        kind += ">html"
    return page, kind, body.encode("utf-8", "replace"), warning


def _front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """The fields above a text, and the text; of broken YAML the fields of one line."""
    if not text.startswith(("---\n", "+++\n")):
        return {}, text
    fields, _, body = text[4:].partition(f"\n{text[:3]}")
    try:
        found = tomllib.loads(fields) if text[0] == "+" else matter.load(fields)
    except matter.INVALID:
        pairs = (line.partition(":") for line in fields.split("\n") if line[:1] not in (" ", "#"))
        found = {key.strip(): value.strip(" \"'") for key, colon, value in pairs if colon}
    return found if isinstance(found, dict) else {}, body


# From terms to entries.


def _entries(choice: Choice) -> Iterator[Entry | Fault]:
    page = choice.page
    names = {i: term.name for term in choice.terms for i in term.ids}
    places = concepts.lines((term.name for term in choice.terms), page.source)
    for term, line in zip(choice.terms, places, strict=True):
        links = [*_targets(tree.links(term.said), names)]
        concept = replace(term.concept or Concept(), line=line, links=links)
        concept.add(Column("category"), term.category)
        if choice.shape != "table":
            _fill(concept, term)
        yield from concepts.entries([concept], str(page.path), folders.language(page.path))


def _targets(links: Iterator[str], names: Mapping[str, str]) -> Iterator[str]:
    """What links lead to here: the terms of their anchors, or the names of other pages."""
    for link in links:
        page, _, anchor = unquote(link).partition("#")
        if "://" not in link and not link.startswith("mailto:"):
            yield from (names.get(anchor, anchor), folders.entry_id(PurePath(page.rstrip("/"))))


def _fill(concept: Concept, term: Term) -> None:
    """Adds a term's names, what is said of it, and the fields that labels in it give."""
    name, also = split_names(" ".join(term.name.split()).strip(" :：") or term.name)
    concept.add(Column(TERM), [name])
    concept.add(Column("aliases"), [*also, *map(str.strip, term.aliases)])
    parts: list[tuple[str, list[Block]]] = [("", [])]
    labelled = [[*_labelled(block)] for block in term.said]
    if term.said and role(tree.text(labelled[0][0])) != DEFINITION:
        labelled[0] = [term.said[0]]  # “See: tide.” is all that is said
    for block in chain.from_iterable(labelled):
        if isinstance(block, Heading):
            parts.append((block.text.replace("\n", " ").rstrip(" :："), []))
        elif tree.text(block).strip("\n"):
            parts[-1][1].append(block)
    first = [block for block in parts[0][1] if not shapes.only_links(block)] or parts[0][1]
    concept.exact = opening([*map(_paragraph, first)])
    for heading, told in parts[1:]:
        known, held = section_name(heading), role(heading)
        lines = [line for line in tree.lines(told).split("\n") if line.strip()]
        held = "related" if known == "related" else "aliases" if held == "acronym" else held
        if held == "sources":
            concept.add(Column(held), lines)
        elif held in ("related", "aliases", "category") and all(len(n) < _A_NAME for n in lines):
            listed = [line.partition(" — ")[0].strip(" .") for line in lines]
            concept.add(Column(held), listed if len(listed) > 1 else "".join(listed))
        elif held == DEFINITION and not any(s.text for s in concept.exact):
            concept.exact = opening([*map(_paragraph, told)])
        elif known not in ("news", "back"):
            known = "example" if held == "example" else known
            concept.exact.append(made_of(known, heading, [*map(_paragraph, told)]))
    concept.add(Column(DEFINITION), concept.exact[0].text)


def _paragraph(block: Block) -> str | blocks.Block:
    """What a block says; itself, if it is a formula, code or a table."""
    match block:
        case Code(source, kind) if kind:
            return blocks.Block(kind, source, 0)
        case Table(head, rows) if any(head):
            cells = [[*map(tree.lines, row)] for row in rows]
            if all("\n" not in cell for row in cells for cell in row):
                return blocks.Block(blocks.TABLE, blocks.pipes([head, *cells]), 0)
    return tree.text(block).strip("\n")


_LABEL = re.compile(r"\s*([^:：\n]{1,40}?)\s*[:：]\s*")
_LABELS = {DEFINITION, "example", "related", "aliases", "acronym", "sources"}


def _labelled(block: Block) -> Iterator[Block]:
    """A block, or a heading and what follows it where the block begins with a known label."""
    if isinstance(block, Items):
        led = [[*_labelled(item[0]), *item[1:]] if item else [] for item in block.items]
        if all(each and isinstance(each[0], Heading) for each in led):
            yield from chain.from_iterable(led)
            return
    runs = block.runs if isinstance(block, Paragraph) and not isinstance(block, Heading) else ()
    label = _LABEL.match("".join(run.text for run in runs))
    if label and (known_heading(label[1]) or role(label[1]) in _LABELS):
        yield Heading((Run(label[1]),), level=9)
        yield from shapes.rest(runs, label.end())
    else:
        yield block
