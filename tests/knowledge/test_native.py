"""The project's own format, written and read back."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entry import Entry, Section, Source
from knowledge.formats import markdown, read
from knowledge.formats.draft import section_name, slug
from knowledge.formats.native import place, write
from knowledge.glossary import Glossary
from knowledge.language.text import clean
from tests.knowledge.conftest import entries_of, only_entry, write_files

KETTLE = Entry(
    id="kettle",
    term="Kettle",
    language="en",
    sections=(
        Section("summary", "", "A kettle is a vessel for boiling water."),
        Section("body", "", "It has a spout.\n\nIt has a handle."),
        Section("example", "Example", "A litre boils in three minutes."),
    ),
    aliases=("tea kettle", "pot, whistling"),
    category="Kitchen",
    related=("teapot",),
    asked=("what you boil water in, for tea",),
    sources=(
        Source("A Book on Kettles"),
        Source("Another", "A. Author", 2019, "https://e.example"),
    ),
    updated=date(2026, 11, 24),
)


def _back(folder: Path, entries: Sequence[Entry]) -> list[Entry]:
    return entries_of(read(write_files(folder, {str(place(e)): write(e) for e in entries})))


def _read(entry: Entry) -> Entry:
    return only_entry(markdown.read(write(entry), place(entry)))


def test_an_entry_is_read_back_as_it_was(tmp_path: Path) -> None:
    assert _back(tmp_path, [KETTLE]) == [KETTLE]


def test_the_bundled_glossary_is_read_back_as_it_is(bundled: Glossary) -> None:
    for entry in bundled.entries[::8]:
        assert _read(entry) == entry


@pytest.mark.parametrize(
    "text",
    [
"* a star",
"https://e.example/a_b",
"مثال: *كلمة*",
],
)  # fmt: skip
def test_no_text_turns_into_markup(text: str) -> None:
    sections = (Section("summary", "", text), Section("how", "How it works", f"{text}\n\n{text}"))
    assert _read(Entry("x", "X", "en", sections)).sections == sections


_LETTERS = st.sampled_from("ab Z19.,:;!?-+*_`~#>|[](){}<>&=\\/'\"$%^@\nنعم،؟ـé漢")
_TEXT = st.text(_LETTERS, min_size=1, max_size=40).map(
    lambda text: "\n".join(filter(None, (line.strip() for line in clean(text).split("\n"))))
)
_FILLED = _TEXT.filter(lambda text: bool(slug(text)))
_LINE = _FILLED.map(lambda text: " ".join(text.split()))
_LINES = st.lists(_LINE, max_size=3, unique=True).map(tuple)
_HEADING = _LINE.filter(lambda text: section_name(text) not in ("summary", "body"))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any entry that the project's own format can hold."""
    term = draw(_LINE)
    sections = [Section("summary", "", draw(_FILLED))]
    if body := draw(st.lists(_FILLED, max_size=2)):
        sections.append(Section("body", "", "\n\n".join(body)))
    for heading in draw(st.lists(_HEADING, max_size=2, unique_by=section_name)):
        text = "\n\n".join(draw(st.lists(_FILLED, min_size=1, max_size=2)))
        sections.append(Section(section_name(heading), heading, text))
    source = st.builds(Source, _LINE, st.just("") | _LINE, st.none() | st.integers(1, 2100))
    return Entry(
        id=slug(draw(_LINE)),
        term=term,
        language=draw(st.sampled_from(["en", "ar", "pt-BR"])),
        sections=tuple(sections),
        aliases=tuple(alias for alias in draw(_LINES) if alias != term),
        category=draw(st.just("") | _LINE),
        related=tuple(dict.fromkeys(map(slug, draw(_LINES)))),
        asked=draw(_LINES),
        sources=tuple(draw(st.lists(source, max_size=2))),
        updated=draw(st.none() | st.dates(date(1900, 1, 1))),
    )


@settings(max_examples=100, deadline=None)
@given(entry=entries())
def test_any_entry_is_read_back_as_it_was(entry: Entry) -> None:
    assert _read(entry) == entry
