"""Readers: how each format of text is recognised and read, and which of them reads a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import copied, page
from knowledge.formats.pages import definedterm, rst, web
from knowledge.formats.sites import asciidoc, matter, naming, outline, site
from knowledge.formats.tables import cards, notation, table, toml
from knowledge.formats.terminologies import glossentry, moodle, skos, tbx

_RST = (".rst", ".rest")
_TABLES = (".csv", ".tsv", ".tab")
YAML = (".yaml", ".yml")
_STRICT = (*YAML, ".toml")
"""Files of which comments are no headings, and fields no cards."""
# There, titles are no comments of YAML, and what a cell says is no field: “Note: Tide”.
_NO_FIELDS = (*naming.MARKDOWN, *_RST, *_TABLES)


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: how it is recognised, and how it is read.

    ``read`` is given the text, and the file's path from where reading began (for messages, the
    id and the language), and yields entries and faults in the file's order. Whatever the text,
    it does not raise: what cannot be used is a fault with its line, and what to do about it.
    """

    name: str
    recognises: Callable[[str], bool]
    read: Callable[[str, PurePath], Iterator[Entry | Fault]]
    guesses: bool = False
    """Whether it makes something of any text, so that a suffix says more than it does."""
    unfit: tuple[str, ...] = ()
    """The suffixes of files that but look like it."""


PAGE = Reader("Markdown with front matter", site.recognises, site.read, guesses=True)
BARE = Reader("Markdown with many terms", outline.recognises, site.read_bare, guesses=True)
# Rows that begin with an empty cell are indented by no more than a tab.
RST = Reader("reStructuredText", rst.recognises, rst.read, guesses=True, unfit=_TABLES)
TABLE = Reader("CSV", table.recognises_csv, table.read_csv)
CARDS = Reader("flash cards", cards.recognises, cards.read, guesses=True)

# The first that recognises a file reads it: those that are sure stand before those that guess.
READERS = (
    Reader("YAML", notation.recognises_yaml, notation.read_yaml, unfit=_NO_FIELDS),
    Reader("TOML", toml.recognises, toml.read, unfit=_NO_FIELDS),
    PAGE,
    Reader("JSON-LD of schema.org", definedterm.recognises, definedterm.read),
    Reader("Moodle glossary XML", moodle.recognises, moodle.read),
    Reader("TBX", tbx.recognises, tbx.read),
    Reader("SKOS or another vocabulary in RDF", skos.recognises, skos.read),
    Reader("a glossary in XML", glossentry.recognises, glossentry.read),
    Reader("HTML", web.recognises, web.read),
    Reader("AsciiDoc", asciidoc.recognises, asciidoc.read, guesses=True),
    RST,
    Reader("JSON or JSON Lines", notation.recognises_json, notation.read_json),
    TABLE,
    CARDS,
    Reader("a glossary as text", copied.recognises, copied.read, guesses=True),
    BARE,
    Reader("a web page as text", page.recognises, page.read, guesses=True),
)


def reader_of(text: str, path: PurePath) -> Reader | None:
    """The reader of a text: the first that recognises it, or the one that its name calls for."""
    suffix = path.suffix.lower()
    fitting = [reader for reader in READERS if suffix not in reader.unfit]
    if suffix == ".txt" and copied.recognises(text):  # its lines are no fields, but sentences
        fitting = [reader for reader in fitting if reader.unfit != _NO_FIELDS]
    found = next((reader for reader in fitting if reader.recognises(text)), None)
    guessed = found is None or found.guesses
    if suffix in naming.MARKDOWN and matter.is_json(text):  # a page of Hugo without a body
        return PAGE
    if suffix in naming.MARKDOWN and found is None and not table.names_only(text):
        return BARE  # a note, which its file names
    if suffix in _RST and guessed:
        return RST
    return None if suffix in _STRICT and guessed else found
