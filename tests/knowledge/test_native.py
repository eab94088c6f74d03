"""The project's own format: Markdown with front matter, read and written."""

from datetime import date
from pathlib import PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.draft import section_name, slug
from knowledge.editing.native import place, write
from knowledge.entry import Entry, Section, Source
from knowledge.fault import Fault
from knowledge.formats.markdown import is_native, read
from knowledge.language.text import clean
from tests.knowledge.conftest import only_entry, only_fault

FULL = """\
---
term: Spring tide
id: big-tide
language: en-GB
aliases: [springs, "king: tide"]
category: The sea
related: [neap-tide, Tidal Range]
sources:
  - title: "Tides: A Primer"
    authors: A. Hale
    year: 2021
    url: https://tides.example/primer
  - Notes on Water
updated: 2026-03-01
---

The largest tide of the fortnight.

It follows the full moon.

## How it works

The Sun and the Moon pull together.

## In Larkmouth

The sandbar falls dry.
"""


def _read(text: str) -> list[Entry | Fault]:
    return list(read(text, PurePath("sea.md")))


def _with(field: str) -> str:
    return f"---\nterm: Spring tide\n{field}\n---\n\nThe largest tide.\n"


# Read


def test_every_field_and_section_is_read() -> None:
    assert only_entry(_read(FULL)) == Entry(
        id="big-tide",
        term="Spring tide",
        language="en-GB",
        sections=(
            Section("summary", "", "The largest tide of the fortnight."),
            Section("body", "", "It follows the full moon."),
            Section("how", "How it works", "The Sun and the Moon pull together."),
            Section("in-larkmouth", "In Larkmouth", "The sandbar falls dry."),
        ),
        aliases=("springs", "king: tide"),
        category="The sea",
        related=("neap-tide", "tidal-range"),
        sources=(
            Source("Tides: A Primer", "A. Hale", 2021, "https://tides.example/primer"),
            Source("Notes on Water"),
        ),
        updated=date(2026, 3, 1),
    )


def test_a_file_of_this_format_is_known_by_its_front_matter() -> None:
    assert is_native("---  \nid: a\nterm: Tide\n---\n")
    assert not is_native("Tide\n---\n")
    assert not is_native("---\nterm: Tide\ndefinition: The sea.\n---\n")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\nterm: Tide\n\nIt rises.\n", 1, "never closed"),
        (_with("aliases: 5"), 3, "“aliases”"),
        (_with("category: Sea\nsources: [{title: Tides, year: once}]"), 4, "“sources.0.year”"),
        ("---\nterm: Tide\n---\n" + "[" * 200_001, 3, "is longer than the 200,000 characters"),
    ],
)
def test_a_fault_names_its_line_and_what_is_wrong(text: str, line: int, words: str) -> None:
    fault = only_fault(_read(text))
    assert (fault.path, fault.line, fault.severity) == ("sea.md", line, "error")
    assert words in fault.message


# Written, and read back


def _back(entry: Entry) -> Entry:
    return only_entry(read(write(entry), place(entry)))


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


@settings(max_examples=60, deadline=None)
@given(entry=entries())
def test_any_entry_is_read_back_as_it_was(entry: Entry) -> None:
    assert _back(entry) == entry
