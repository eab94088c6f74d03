"""Documents: prose of many formats, read by pandoc as trees, and of those what are terms."""

import io
import re
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote

import frontmatter
import yaml

from knowledge import GlossaryError
from knowledge.entry import Entry, Section
from knowledge.fault import Fault
from knowledge.formats import pandoc, paths, prepare, tree
from knowledge.formats import shapes as _shapes
from knowledge.formats.columns import DEFINITION, column
from knowledge.formats.decoding import decode
from knowledge.formats.draft import known_heading, make_entry, opening, section_name
from knowledge.formats.preview import ShapePreview
from knowledge.formats.shapes import Choice, Page, Term
from knowledge.formats.tree import Block, Blocks, Heading, Items, Paragraph, Run

MARKDOWN = "commonmark_x-smart-emoji+wikilinks_title_after_pipe"
FORMATS = {
    **dict.fromkeys((".md", ".mdx", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"), MARKDOWN),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".rst", ".rest"), "rst-smart"),
    **dict.fromkeys((".adoc", ".asciidoc", ".asc"), "asciidoc"),
    **dict.fromkeys((".tex", ".latex"), "latex"),
    **dict.fromkeys((".docbook", ".dbk"), "docbook"),
    **dict.fromkeys((".mediawiki", ".wiki"), "mediawiki"),
    **dict.fromkeys((".txt", ".text"), "plain"),
    ".docx": "docx", ".odt": "odt", ".epub": "epub", ".pptx": "pptx", ".org": "org-smart",
    ".typ": "typst", ".ipynb": "ipynb", ".rtf": "rtf", ".textile": "textile", ".fb2": "fb2",
}  # fmt: skip
"""What pandoc calls the format of files with a suffix; plain text is read without it."""
_BINARY = {"docx", "odt", "epub", "pptx"}
_PARTS = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx"}
_TYPES = {b"application/epub+zip": "epub", b"application/vnd.oasis.opendocument.text": "odt"}
_MOST_UNPACKED = 100_000_000  # bytes of a document that is an archive; pictures are not read
_FIRST, _NEAR, _PLACES = 8, 300, 20
"""Words of a definition, the longest of which stands within so many characters of its term."""
_MOST_SAID = 10  # faults about files that are left out; then how many more there are


@dataclass(frozen=True, slots=True)
class Source:
    """A file: its path as it is shown, and its bytes."""

    path: PurePath
    data: bytes


def handles(path: PurePath, data: bytes) -> bool:
    """Whether a file is a document, by its suffix or by what it holds."""
    return bool(_format(path, data))


def read(sources: Sequence[Source], shape: str | None = None) -> Iterator[Entry | Fault]:
    """The entries of the documents of a folder, or of the one that is given, in their order.

    In the ``shape`` that a person chose (``shapes``), or else in the one that explains most.

    Raises:
        GlossaryError: Pandoc is not installed.
    """
    found, choices = _decided(sources, shape)
    left: list[Fault] = []
    for page in found:
        if isinstance(page, Fault):
            yield page
            continue
        choice = next(choices)
        yield from _entries(choice)
        if choice.why:
            left.append(Fault(str(page.path), 1, choice.why, "warning"))
    yield from left[:_MOST_SAID]
    if len(left) > _MOST_SAID:
        more = f"and {len(left) - _MOST_SAID} more files were left out that hold no terms."
        yield Fault(left[_MOST_SAID].path, 1, more, "warning")


def shapes(sources: Sequence[Source]) -> list[ShapePreview]:
    """What each shape would give, the one that reading chooses first."""
    pages = [page for page in _pages(sources) if isinstance(page, Page)]
    chosen = {choice.shape for choice in _shapes.decide(pages) if choice.terms}
    found: list[ShapePreview] = []
    for name in _shapes.SHAPES:
        held = [(page, _shapes.terms(page, name)) for page in pages]
        terms = [term.name for _, of_page in held for term in of_page]
        explained = [_shapes.share(page, of_page) for page, of_page in held]
        if terms:
            share = sum(explained) / len(explained)
            found.append(ShapePreview(name, len(terms), tuple(terms[:5]), round(share, 2)))
    return sorted(found, key=lambda each: each.name not in chosen)


def _decided(
    sources: Sequence[Source], shape: str | None
) -> tuple[list[Page | Fault], Iterator[Choice]]:
    """The pages of files and what each holds; of many files those that are called glossaries first.

    Where these hold terms the others are not read.
    """
    called = [source for source in sources if _is_called_glossary(source)]
    if shape is None and 0 < len(called) < len(sources):
        found = list(_pages(called))
        pages = [page for page in found if isinstance(page, Page)]
        choices = _shapes.decide(pages, [source.path for source in sources])
        if sum(len(choice.terms) for choice in choices) > 1:
            other = [Page(s.path, ()) for s in sources if s not in called]
            left = [Choice(page, "", (), _shapes.BESIDE) for page in other]
            return [*found, *other], iter([*choices, *left])
    found = list(_pages(sources))
    pages = [page for page in found if isinstance(page, Page)]
    return found, iter(_chosen(pages, shape))


def _is_called_glossary(source: Source) -> bool:
    above = any(map(_shapes.is_called_glossary, (*source.path.parent.parts, source.path.stem)))
    return above or b"{glossary}" in source.data or b".. glossary::" in source.data


def _chosen(pages: Sequence[Page], shape: str | None) -> list[Choice]:
    if shape is None:
        return _shapes.decide(pages)
    if shape not in _shapes.SHAPES:
        known = ", ".join(_shapes.SHAPES)
        raise GlossaryError(f"There is no shape “{shape}”: choose of {known}.")
    return [Choice(page, shape, _shapes.terms(page, shape)) for page in pages]


# From files to pages.


def _format(path: PurePath, data: bytes) -> str:
    """What pandoc calls the format of a file, or nothing."""
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    by_name = FORMATS.get(path.suffix.lower(), "")
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if by_name in ("", "plain") and re.match(rb"<!doctype html|<html", start, re.IGNORECASE):
        return "html"
    if path.suffix.lower() in (".xml", ""):
        is_docbook = re.search(
            rb"<(?:\w+:)?(?:glossary|glossdiv|glosslist|book|article|chapter)\b", start
        )
        return "docbook" if start.startswith(b"<") and is_docbook else ""
    return by_name if by_name not in _BINARY else ""


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if found := next((kind for part, kind in _PARTS.items() if part in names), ""):
                return found
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:  # noqa: PLR2004
                return _TYPES.get(archive.read("mimetype").strip(), "")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        pass
    return ""


def _pages(sources: Sequence[Source]) -> Iterator[Page | Fault]:
    """Each file as a page, or what is wrong with it, after a word on its encoding."""
    ready = [_prepared(source) for source in sources]
    asked = [
        (each.data, each.format) for each in ready if not each.fault and each.format != "plain"
    ]
    trees = iter(pandoc.trees(asked) if asked else ())
    for source, each in zip(sources, ready, strict=True):
        if each.warning:
            yield each.warning
        if each.fault:
            yield each.fault
        elif each.format == "plain":
            yield Page(source.path, prepare.plain(each.source), {}, each.source, is_copied=True)
        else:
            result = next(trees)
            if isinstance(result, pandoc.UnreadableError):
                yield Fault(str(source.path), 1, str(result))
                continue
            try:
                blocks = tree.blocks(result)
            except RecursionError:
                yield Fault(str(source.path), 1, "could not be read: it nests too deep.")
                continue
            yield Page(source.path, blocks, each.fields, each.source)


@dataclass(slots=True)
class _Ready:
    """A file as pandoc is given it."""

    format: str
    data: bytes = b""
    source: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    fault: Fault | None = None
    warning: Fault | None = None


def _prepared(source: Source) -> _Ready:
    origin = str(source.path)
    kind = _format(source.path, source.data) or "plain"
    if kind in _BINARY:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            texts = (i.file_size for i in archive.infolist() if i.filename.endswith(("ml", "rels")))
            if sum(texts) > _MOST_UNPACKED:
                what = "holds more than 100 MB when it is unpacked: part it into several."
                return _Ready(kind, fault=Fault(origin, 1, what))
        return _Ready(kind, source.data)
    text, problem = decode(source.data, origin)
    if text is None:
        return _Ready(kind, fault=problem)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _Ready(kind, source=text, warning=problem)
    body = text
    if kind in (MARKDOWN, "asciidoc", "html", "org-smart") or text.startswith("---\n"):
        found.fields, body = _front_matter(text)
    if kind == "ipynb":
        found.format = kind = MARKDOWN
        body = prepare.notebook(text)
    if kind == MARKDOWN:
        body = prepare.markdown(body, is_mdx=source.path.suffix.lower() == ".mdx")
        if prepare.holds_html(body):
            found.format = f"{MARKDOWN}>html"
    elif kind == "mediawiki" and prepare.holds_html(body):
        found.format = "mediawiki>html"
    else:
        body = {
            "html": prepare.html, "rst-smart": prepare.rst, "asciidoc": prepare.asciidoc,
            "org-smart": prepare.org, "latex": prepare.latex, "docbook": prepare.docbook,
        }.get(kind, str)(body)  # fmt: skip
    found.data = body.encode("utf-8", "replace")
    return found


def _front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """The fields above a text, and the text; of broken YAML the fields of one line."""
    if text.startswith("+++\n"):
        matter, _, body = text[4:].partition("\n+++")
        try:
            return tomllib.loads(matter), body
        except (tomllib.TOMLDecodeError, RecursionError):
            return {}, body
    if not text.startswith("---"):
        return {}, text
    try:
        return frontmatter.parse(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        matter, _, body = text[3:].partition("\n---")
        pairs = (
            line.partition(":") for line in matter.split("\n") if not line.startswith((" ", "#"))
        )
        return {key.strip(): value.strip(" \"'") for key, colon, value in pairs if colon}, body


# From terms to entries.


def _entries(choice: Choice) -> Iterator[Entry | Fault]:
    page = choice.page
    names = {i: term.name for term in choice.terms for i in term.ids}
    alone = choice.shape == "page"
    lines = _Lines(page.source)
    for term in choice.terms:
        values, sections = _sections(term.said)
        category = term.category or values.get("category", "")
        aliases = [*term.aliases, *values.pop("aliases", ())]
        name, also = _name(term.name)
        values = {
            **values,
            "category": category,
            **term.values,
            "term": name,
            "aliases": [*also, *filter(None, (alias.strip() for alias in aliases))],
        }
        if alone and isinstance(page.fields.get("updated"), date):
            values["updated"] = page.fields["updated"]
        values["language"] = values.get("language") or ""
        made = make_entry(
            values,
            sections,
            str(page.path),
            default_language=paths.language(page.path),
            links=_targets(tree.links(term.said), names),
            line=1 if alone else lines.of(term),
        )
        yield made


_BRACKETS = re.compile(r"(.+?)\s*\(([^()]+)\)")


def _name(name: str) -> tuple[str, list[str]]:
    """A term and what follows in brackets, if one is short for the other: “Tide table (TT)”."""
    name = " ".join(name.split()).strip(" :：") or name
    match = _BRACKETS.fullmatch(name)
    if match:
        short, long = sorted(match.groups(), key=len)
        initials = "".join(word[0] for word in re.split(r"[\s-]+", long) if word)
        if (
            short.isupper()
            and (short[:1] == long[:1].upper())
            and short.rstrip("S") <= initials.upper() + "~"
        ):
            return match[1], [match[2]]
    return name, []


class _Lines:
    """Where terms stand in a text: each below the one before, and before what is said of it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._line = 1

    def of(self, term: Term) -> int:
        """The line of a term; of one that is not found, that of the term before."""
        name = term.name.partition("\n")[0]
        said = next(filter(None, map(tree.text, term.said)), "").split()[:_FIRST]
        telling = max(said, key=len, default="")
        places: list[int] = []
        place = self._text.find(name, self._place)
        while place >= 0 and len(places) < _PLACES:
            places.append(place)
            if telling in self._text[place + len(name) : place + len(name) + _NEAR]:
                places = [place]
                break
            place = self._text.find(name, place + 1)
        if places:
            self._line += self._text.count("\n", self._place, places[0])
            self._place = places[0]
        return self._line


def _targets(links: Iterator[str], names: Mapping[str, str]) -> Iterator[str]:
    """What links lead to here: the terms of their anchors, or the names of other pages."""
    for link in links:
        if "://" in link or link.startswith("mailto:"):
            continue
        page, _, anchor = unquote(link).partition("#")
        if anchor:
            yield names.get(anchor, anchor)
        path = PurePath(page.rstrip("/"))
        if page:
            yield path.parent.name if path.stem in ("index", "_index") else path.stem


def _sections(said: Blocks) -> tuple[dict[str, Any], list[Section]]:
    """The sections of what is said of a term, and the fields that labels in it give."""
    values: dict[str, Any] = {"related": [], "sources": [], "aliases": []}
    parts: list[tuple[str, list[str]]] = [("", [])]
    aside = False
    for block in chain.from_iterable(map(_labelled, said)):
        if isinstance(block, Heading):
            name = known_heading(block.text.rstrip(" :："))
            aside = name in ("news", "back")
            if not aside:
                parts.append((block.text.replace("\n", " ").rstrip(" :："), []))
        elif not aside and (text := tree.text(block)):
            parts[-1][1].append(text)
    sections = opening([text for text in parts[0][1] if text.strip()])
    for heading, texts in parts[1:]:
        role = _role(heading)
        lines = [line for text in texts for line in text.split("\n") if line.strip()]
        if section_name(heading) == "related" or role == "related":
            values["related"] += _listed(lines)
        elif role in ("aliases", "acronym") and len(lines) == 1:
            values["aliases"] += _listed(lines)
        elif role == "sources":
            values["sources"] += lines
        elif role == DEFINITION and not any(s.text for s in sections):
            sections = opening(texts)
        else:
            name = "example" if role == "example" else section_name(heading)
            sections.append(Section(name, heading, "\n\n".join(texts)))
    return values, sections


def _listed(lines: Sequence[str]) -> list[str]:
    if len(lines) == 1:
        return re.split(r"\s*[,،;؛|·]\s*", lines[0].rstrip(". "))
    return [line.partition(" — ")[0].strip(" .") for line in lines]


def _role(heading: str) -> str:
    known = column(heading.strip(" :："))
    return known.role if known else ""


def _labelled(block: Block) -> Iterator[Block]:
    """A block, or a heading and what follows it where the block begins with a known label."""
    if isinstance(block, Items):
        led = [list(_labelled(item[0])) if item else [] for item in block.items]
        if led and all(len(each) > 1 for each in led):
            for each, item in zip(led, block.items, strict=True):
                yield from each
                yield from item[1:]
            return
    runs = block.runs if isinstance(block, Paragraph) and not isinstance(block, Heading) else ()
    first = runs[0] if runs else Run("")
    label, rest = first.text.strip(), runs[1:]
    after = tree.joined(rest)
    if first.strong and (label.endswith((":", "：")) or after.startswith((":", "："))):
        name = label.strip(" :：")
        if known_heading(name) or _role(name) in _LABELS:
            yield Heading((Run(name),), level=9)
            if rest and rest[0].text.lstrip().startswith((":", "：")):
                rest = (
                    Run(rest[0].text.lstrip(" :："), rest[0].strong, rest[0].code, rest[0].link),
                    *rest[1:],
                )
            yield Paragraph(rest)
            return
    yield block


_LABELS = {DEFINITION, "example", "related", "aliases", "acronym", "sources"}


def paragraphs(sources: Sequence[Source]) -> Iterator[str]:
    """All that the documents say, paragraph by paragraph."""
    for page in _pages(sources):
        if isinstance(page, Page):
            yield from filter(None, map(tree.text, page.blocks))
