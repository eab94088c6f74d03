"""Formats of glossary files, each with its reader: known by what the file holds, not by its name.

Each ends in ``draft.make_entry``, which checks what was found and makes it an ``Entry``::

    readers            what formats there are, and which of them a file has
    markdown, native   the project's own format, read and written
    page, copied       a web page copied as text, of one term or of many
    sites/             Markdown of documentation sites, a page a term or many in a file
    pages/             HTML, schema.org and reStructuredText
    tables/            tables, workbooks, JSON, YAML and flash cards
    terminologies/     Moodle, TBX, SKOS, DocBook and other XML
"""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from knowledge import GlossaryError
from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import folders
from knowledge.formats.pages import templates, web
from knowledge.formats.readers import CARDS, READERS, TABLE, YAML, reader_of
from knowledge.formats.sites import configuration, naming
from knowledge.formats.tables import cards, notation, table, workbook
from knowledge.formats.tables.decoding import decode
from knowledge.formats.tables.sheet import Sheet
from knowledge.language.text import clean

_HTML = (".html", ".htm", ".xhtml")
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
    if workbook.recognises(data):
        yield from workbook.read(data, shown, columns)
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
    reader = reader_of(text, shown)
    if columns is not None and reader in (None, TABLE, CARDS):
        yield from (cards.read if reader is CARDS else table.read_csv)(text, shown, columns)
    elif reader is not None:
        yield from reader.read(text, shown)
    elif shown.suffix.lower() in YAML:
        yield from _unnamed(text, shown)
    elif table.names_only(text):
        yield Fault(origin, 1, _NAMES_ONLY, "warning")
    else:
        yield _unknown(origin)


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
    reader = reader_of(text, shown)
    if reader is CARDS:
        return tuple(filter(None, [cards.sheet_of(text, shown)]))
    is_table = reader in (None, TABLE) and text.strip()
    return (table.sheet_of(text, shown),) if is_table else ()
