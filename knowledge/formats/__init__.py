"""Readers of glossary files, one a format, chosen by what the file holds and not by its name.

Each ends in ``draft.make_entry``, which checks what was found and makes it an ``Entry``::

    markdown, native   the project's own format, read and written
    page, copied       a web page copied as text, of one term or of many
    sites/             Markdown of documentation sites, a page a term or many in a file
    pages/             HTML, schema.org and reStructuredText
    tables/            tables, workbooks, JSON, YAML and flash cards
    terminologies/     Moodle, TBX, SKOS, DocBook and other XML
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Generic, TypeVar

from knowledge import GlossaryError
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import copied, folders, page
from knowledge.formats.pages import definedterm, rst, templates, web
from knowledge.formats.sites import asciidoc, configuration, matter, naming, outline, site
from knowledge.formats.tables import cards, notation, table, toml, workbook
from knowledge.formats.tables.decoding import decode
from knowledge.formats.tables.sheet import Sheet
from knowledge.formats.terminologies import glossentry, moodle, skos, tbx
from knowledge.language import clean

Content = TypeVar("Content", str, bytes)


@dataclass(frozen=True, slots=True)
class Reader(Generic[Content]):
    """A format: how it is recognised, and how it is read.

    ``read`` is given the content, and the file's path from where reading began (for messages, the
    id and the language), and yields entries and faults in the file's order. Whatever the content,
    it does not raise: what cannot be used is a fault with its line, and what to do about it.
    """

    name: str
    recognises: Callable[[Content], bool]
    read: Callable[[Content, PurePath], Iterator[Entry | Fault]]


# The first that recognises a file reads it: those that are sure stand before those that guess.
WORKBOOKS: tuple[Reader[bytes], ...] = (Reader("a workbook", workbook.recognises, workbook.read),)
READERS: tuple[Reader[str], ...] = (
    Reader("YAML", notation.recognises_yaml, notation.read_yaml),
    Reader("TOML", toml.recognises, toml.read),
    Reader("Markdown with front matter", site.recognises, site.read),
    Reader("JSON-LD of schema.org", definedterm.recognises, definedterm.read),
    Reader("Moodle glossary XML", moodle.recognises, moodle.read),
    Reader("TBX", tbx.recognises, tbx.read),
    Reader("SKOS or another vocabulary in RDF", skos.recognises, skos.read),
    Reader("a glossary in XML", glossentry.recognises, glossentry.read),
    Reader("HTML", web.recognises, web.read),
    Reader("AsciiDoc", asciidoc.recognises, asciidoc.read),
    Reader("reStructuredText", rst.recognises, rst.read),
    Reader("JSON or JSON Lines", notation.recognises_json, notation.read_json),
    Reader("CSV", table.recognises_csv, table.read_csv),
    Reader("flash cards", cards.recognises, cards.read),
    Reader("a glossary as text", copied.recognises, copied.read),
    Reader("Markdown with many terms", outline.recognises, site.read_bare),
    Reader("a web page as text", page.recognises, page.read),
)

# Readers that make something of any text.
_FREE = (site.read_bare, site.read, page.read, rst.read, asciidoc.read, cards.read)
_CELLS = (table.read_csv, cards.read)

_DATA = (notation.read_yaml, toml.read)
_RST = (".rst", ".rest")
_YAML = (".yaml", ".yml")
_HTML = (".html", ".htm", ".xhtml")
_STRICT = (*_YAML, ".toml")
_TABLES = (".csv", ".tsv", ".tab")
_NAMES_ONLY = "names terms, and no column says what they mean: add one, named “definition”."
MOST_BYTES = 64 * 1024 * 1024  # reading takes up to a hundred times as much memory
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")


def read(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[Entry | Fault]:
    """Everything in a file, or in the files of a folder and its folders, in order of name.

    Paths in entries and faults are relative to where reading began. Of what stands above it only
    the configuration of a site is looked at, for its language. Links to other folders are not
    followed, and those of files that leave the folder are faults; hidden files, and those that by
    name hold no entries (a README), are passed over.
    ``columns`` says what the columns of tables hold, where their names do not: from a field
    (``term``, ``definition_ar``) to a column's name, letter or number; other formats have none.

    Raises:
        GlossaryError: the path does not exist or cannot be read; a table has no such column.
    """
    try:
        is_file, is_folder = path.is_file(), path.is_dir()
    except OSError as error:
        raise GlossaryError(f"{path} cannot be read: {error.strerror}.") from error
    if is_file:
        language = configuration.language(path.parent)
        for item in _read_file(path, PurePath(path.name), columns):
            yield configuration.spoken(item, language)
    elif is_folder:
        language = configuration.language(path)
        for file in folders.files(path):
            if isinstance(file, Fault):
                yield file
                continue
            shown = PurePath(file.relative_to(path))
            found = _read_file(file, shown, columns)
            found = naming.without_its_page(found, shown) if folders.is_headed(file) else found
            yield from (configuration.spoken(item, language) for item in found)
    else:
        raise GlossaryError(
            f"There is no glossary at {path}: give --glossary (or MASRAD_GLOSSARY) a file or folder"
            " that exists."
        )


def _read_file(
    file: Path, shown: PurePath, columns: Mapping[str, str] | None
) -> Iterator[Entry | Fault]:
    if fault := folders.unshown(shown):
        yield fault
        return
    data = _content(file, str(shown))
    if isinstance(data, Fault):
        yield data
        return
    book = next((reader for reader in WORKBOOKS if reader.recognises(data)), None)
    if book is not None and book.read is workbook.read:
        yield from workbook.read(data, shown, columns)
    elif book is not None:
        yield from book.read(data, shown)
    elif data.startswith(_ARCHIVES):
        yield Fault(str(shown), 1, "is an archive: unpack it, and give the folder.")
    else:
        yield from _read_text(data, shown, columns)


def _content(file: Path, origin: str) -> bytes | Fault:
    try:
        if file.stat().st_size > MOST_BYTES:
            most = MOST_BYTES // 1024**2
            return Fault(origin, 1, f"is larger than {most} MB: part it into several files.")
        return file.read_bytes()
    except OSError as error:
        return Fault(origin, 1, f"cannot be read: {error.strerror}.")


def _read_text(
    data: bytes, shown: PurePath, columns: Mapping[str, str] | None
) -> Iterator[Entry | Fault]:
    origin = str(shown)
    text, fault = decode(data, origin)
    if fault is not None:
        yield fault
    if text is None:
        return
    text = clean(text)
    if not text.strip():
        yield Fault(origin, 1, "is empty: write an entry or remove the file.")
        return
    if shown.suffix.lower() in _HTML and web.recognises(page := templates.filled(text)):
        text = page
    reader = _reader(text, shown)
    if shown.suffix.lower() in _YAML and reader is None and columns is None:
        yield from _unnamed(text, shown)
        return
    if columns is not None and (reader is None or reader.read in _CELLS):
        is_cards = reader is not None and reader.read is cards.read
        yield from (cards.read if is_cards else table.read_csv)(text, shown, columns)
    elif reader is None and table.names_only(text):
        yield Fault(origin, 1, _NAMES_ONLY, "warning")
    elif reader is None:
        yield _unknown(origin)
    else:
        yield from reader.read(text, shown)


def _reader(text: str, shown: PurePath) -> Reader[str] | None:
    """The reader of a text: the first that recognises it, or the one that its name calls for."""
    suffix = shown.suffix.lower()
    # Titles are no comments of YAML, and what a cell says is no field: “Note: Tide”; rows that
    # begin with an empty cell are indented by no more than a tab.
    unfit = _DATA if suffix in (*naming.MARKDOWN, *_RST, *_TABLES) else ()
    if suffix == ".txt" and copied.recognises(text):  # its lines are no fields, but sentences
        unfit = _DATA
    fitting = [r for r in READERS if r.read not in unfit]
    if suffix in _RST and "\n.. " in text:  # comments, too
        fitting = [r for r in fitting if r.read is not copied.read]
    if suffix in _TABLES:
        fitting = [r for r in fitting if r.read is not rst.read]
    reader = next((r for r in fitting if r.recognises(text)), None)
    if suffix in naming.MARKDOWN and matter.is_json(text):  # a page of Hugo without a body
        return next(r for r in READERS if r.read is site.read)
    if suffix in naming.MARKDOWN and reader is None and not table.names_only(text):
        return next(r for r in READERS if r.read is site.read_bare)  # a note, which its file names
    if suffix in _RST and (reader is None or reader.read in _FREE):
        return next(r for r in READERS if r.read is rst.read)
    if suffix in _STRICT and reader is not None and reader.read in _FREE:
        return None  # its comments are no headings, and its fields no cards
    return reader


def _unnamed(text: str, shown: PurePath) -> Iterator[Entry | Fault]:
    """What YAML holds whose fields are of no known name: entries, or one word on what it lacks."""
    found = list(notation.read_yaml(text, shown))
    if any(isinstance(item, Entry) for item in found):
        yield from found
    elif any("has no definition" in item.message for item in found if isinstance(item, Fault)):
        yield Fault(str(shown), 1, _NAMES_ONLY, "warning")
    else:
        yield _unknown(str(shown))


def _unknown(origin: str) -> Fault:
    known = "; ".join(r.name for r in READERS)
    return Fault(origin, 1, f"holds no entry in a known format ({known}).", "warning")


def read_sheets(path: Path, columns: Mapping[str, Mapping[str, str]]) -> Iterator[Entry | Fault]:
    """Everything in a workbook whose sheets have columns of their own choice (``workbook.read``).

    Raises:
        GlossaryError: a sheet has no such column.
    """
    data = _content(path, path.name)
    if isinstance(data, Fault):
        yield data
    else:
        yield from workbook.read(data, PurePath(path.name), own=columns)


def sheets(path: Path) -> tuple[Sheet, ...]:
    """The tables of a file, with what was understood of their columns; none if it is no table.

    Raises:
        GlossaryError: the file cannot be read.
    """
    data = _content(path, path.name)
    if isinstance(data, Fault):
        raise GlossaryError(f"{path} {data.message}")
    shown = PurePath(path.name)
    if workbook.recognises(data):
        return workbook.sheets(data, shown)
    text, fault = decode(data, path.name)
    if text is None:
        raise GlossaryError(f"{path} {fault.message if fault else 'cannot be read.'}")
    text = clean(text)
    reader = next((r for r in READERS if r.recognises(text)), None)
    if reader is not None and reader.read is cards.read:
        return tuple(filter(None, [cards.sheet_of(text, shown)]))
    is_table = reader is None or reader.read is table.read_csv
    return (table.sheet_of(text, shown),) if is_table and text.strip() else ()
