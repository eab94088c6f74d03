"""Markdown with front matter: the project's own format."""

from datetime import date
from pathlib import PurePath

import pytest

from knowledge.entry import Entry, Section, Source
from knowledge.fault import Fault
from knowledge.formats.markdown import is_native, read, sections
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


def _read(text: str, path: str = "sea.md") -> list[Entry | Fault]:
    return list(read(text, PurePath(path)))


def _with(field: str, body: str = "The largest tide.") -> str:
    return f"---\nterm: Spring tide\n{field}\n---\n\n{body}\n"


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


def test_front_matter_is_recognised_by_its_fence() -> None:
    assert is_native("---\nterm: Tide\n---\n")
    assert is_native("---  \nid: a\nterm: Tide\n---\n")
    assert not is_native("Tide\n---\n")
    assert not is_native("---\nterm: Tide\ndefinition: The sea.\n---\n")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("---\nterm: Tide\n\nIt rises.\n", 1, "never closed", id="no closing fence"),
        pytest.param(_with("aliases: 5"), 3, "“aliases”", id="aliases is a number"),
        pytest.param(
            _with("category: Sea\nsources: [{title: Tides, year: once}]"),
            4,
            "“sources.0.year”",
            id="a year in words",
        ),
    ],
)
def test_a_fault_names_its_line_and_what_is_wrong(text: str, line: int, words: str) -> None:
    fault = only_fault(_read(text))
    assert (fault.path, fault.line, fault.severity) == ("sea.md", line, "error")
    assert words in fault.message


def test_an_unknown_field_is_a_warning_and_costs_nothing() -> None:
    warning, entry = _read(_with("alias: springs"))
    assert isinstance(warning, Fault)
    assert (warning.line, warning.severity) == (3, "warning")
    assert "“alias”" in warning.message
    assert "aliases" in warning.message
    assert isinstance(entry, Entry)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("A *large* and **wide** tide.", "A large and wide tide."),
        ("One line  \nand the next.", "One line\nand the next."),
        ("$x_1$ and snake_case_name", "$x_1$ and snake_case_name"),
    ],
)
def test_a_paragraph_becomes_plain_text(markdown: str, text: str) -> None:
    assert sections(markdown)[0].text == text


def test_headings_of_any_level_part_the_sections() -> None:
    found = sections(
        "It rises.\n\n# History\n\nLong.\n\n### See *also*\n\nEbb.\n\nMoon\n----\n\nUp."
    )
    assert [(s.name, s.heading, s.text) for s in found if s.text] == [
        ("summary", "", "It rises."),
        ("origin", "History", "Long."),
        ("related", "See also", "Ebb."),
        ("moon", "Moon", "Up."),
    ]


def test_what_is_longer_than_an_entry_can_be_is_refused() -> None:
    fault = only_fault(_read("---\nterm: Tide\n---\n" + "[" * 200_001))
    assert "is longer than the 200,000 characters" in fault.message
