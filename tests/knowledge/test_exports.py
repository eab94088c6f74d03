"""A glossary in other formats: chosen, written whole or not at all, and what is lost is said."""

import codecs
import csv
import errno
import io
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath
from typing import Any

import pytest
import rdflib
from lxml import etree

from knowledge import ExportError
from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Section, Source
from knowledge.exports import FORMATS, Selection, check_place, export, texts
from knowledge.formats import records, terminology
from knowledge.formats.decoding import File
from knowledge.glossary import Glossary
from tests.knowledge.conftest import an_entry, entries_of, faults_of
from tests.knowledge.exporting import SEA, TIDE


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


# What is chosen


@pytest.mark.parametrize(
    ("choice", "keys"),
    [
        (Selection(), ["en/tide", "en/spring-tide", "en/moon", "ar/tide"]),
        (Selection(terms=("المد والجزر", "moon")), ["en/tide", "en/moon", "ar/tide"]),
        (Selection(terms=("tide",), category="Sea", language="en"), ["en/tide"]),
    ],
)
def test_terms_are_chosen_by_id_or_name_by_category_and_by_language(
    choice: Selection, keys: list[str]
) -> None:
    entries = choice.entries(SEA)
    assert [entry.key for entry in entries] == keys


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Selection(terms=("tide", "reef", "cliff")), "no term “reef”, “cliff”"),
        (Selection(terms=("moon",), language="ar"), "choose less narrowly"),
    ],
)
def test_a_choice_of_nothing_is_refused(choice: Selection, said: str) -> None:
    with pytest.raises(ExportError, match=said):
        choice.entries(SEA)


# Where it is written


def test_a_file_is_replaced_and_on_a_full_disk_the_older_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    file = tmp_path / "sea.csv"
    file.write_text("an older one")
    with pytest.raises(ExportError, match=r"sea.csv cannot be written \(No space left on device\)"):
        export(SEA, "csv", file)
    assert file.read_text() == "an older one"
    monkeypatch.undo()
    assert export(SEA, "csv", file) == {"en": 3, "ar": 1}
    assert len(_rows(file.read_bytes())) == 4
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_is_written_new_or_empty_and_never_replaced(tmp_path: Path) -> None:
    place = tmp_path / "pages"
    export(SEA, "html", place)
    assert (place / "index.html").is_file()
    for name, taken in (("html", place), ("csv", place), ("html", place / "index.html")):
        with pytest.raises(ExportError, match="is there already"):
            export(SEA, name, taken)
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("place", [".", "tea/en/kettle.md", "tea/new.csv"])
@pytest.mark.parametrize("is_folder", [False, True])
def test_a_glossary_is_not_written_over_or_into_itself(
    tmp_path: Path, place: str, *, is_folder: bool
) -> None:
    (tmp_path / "tea" / "en").mkdir(parents=True)
    with pytest.raises(ExportError, match="the glossary's own place"):
        check_place(tmp_path / place, tmp_path / "tea", is_folder=is_folder)


# JSON Lines


def test_a_line_of_json_has_everything_under_the_names_that_are_documented() -> None:
    row, *_ = map(json.loads, texts.jsonl(SEA.entries, "Sea").decode().splitlines())
    assert list(row) == [
        "id", "term", "language", "aliases", "category", "definition", "related", "asked",
        "sources", "updated", "sections",
    ]  # fmt: skip
    assert row["sections"] == [
        {"name": s.name, "heading": s.heading, "text": s.text} for s in TIDE.sections[1:]
    ]
    assert row["sources"][1] == {"title": "Notes of a Harbour"}


# CSV


@pytest.mark.parametrize("text", ["=1+1", "@home", '=HYPERLINK("http://example.org")'])
def test_no_text_is_a_formula(text: str) -> None:
    entry = an_entry("a", term=text, sections=(Section(SUMMARY, "", text),), aliases=(text,))
    content = texts.table([entry], "Signs")
    assert content.startswith(codecs.BOM_UTF8), "Excel would take Arabic for something else"
    (row,) = _rows(content)
    assert {row["term"], row["definition"], row["aliases"]} == {f"'{text}"}


# Terminologies and Moodle


@pytest.mark.parametrize("writer", [texts.tbx, texts.skos, texts.moodle])
def test_what_a_terminology_holds_is_read_back(writer: Callable[..., bytes]) -> None:
    content = writer(SEA.entries, "Sea")
    file = File(PurePath("sea.ttl" if writer is texts.skos else "sea.xml"), content)
    assert terminology.handles(file)
    found = {entry.term: entry for entry in entries_of(terminology.read(file))}
    assert len(found) == len(SEA.entries)
    for entry in SEA.entries:
        read = found[entry.term]
        assert (read.language, read.summary) == (entry.language, entry.summary)
        assert set(read.aliases) == set(entry.aliases)
        assert writer is texts.moodle or read.id == entry.id
    tide = found["Tide"]
    said = "\n\n".join(section.text for section in tide.sections)
    assert "The moon draws the water, & the sun < the moon." in said
    assert writer is texts.moodle or tide.related == ("spring-tide",)


@pytest.mark.parametrize("writer", [texts.moodle, texts.tbx, texts.skos])
def test_no_text_breaks_a_file(writer: Callable[..., bytes]) -> None:
    text = '"]]></NAME> <b>&amp; \\ \x00\x0b\ud800 {{ 7 * 7 }}\n.'
    sections = (Section(SUMMARY, "", text), Section("odd", text, text))
    content = writer([an_entry("a", term=text, sections=sections, category=text)], text)
    if writer is texts.skos:
        assert len(rdflib.Graph().parse(data=content, format="turtle")) > 5
    else:
        root: Any = etree.fromstring(content)
        assert "{{ 7 * 7 }}" in "".join(root.itertext())


# What goes out comes back


_CODE = "def ebb(sea):\n    return sea - 1"


def _back(given: tuple[Entry, ...], format_name: str, file: str) -> tuple[Entry, ...]:
    """The entries that are read from what was written of these."""
    content = FORMATS[format_name].write(given, "Sea")
    read = list(records.read(File(PurePath(file), content), {}))
    assert not faults_of(read)
    return Glossary.of(Path(file), read).entries


def test_json_lines_keep_everything() -> None:
    marks = (
        "*ebb* _flow_ **high** [quay](sea) `x = 1` <b>sea</b> <br> & __init__ ~~gone~~ [[link]]\n"
        "\\*\n# low\n- one\n1. two\n> said\n=1+1 «موج» -٣"
    )
    body = Section(BODY, "", f"{marks}\n\n{_CODE}")
    odd = Entry("odd", "*args, C# (TD)", "ar", (Section(SUMMARY, "", "1"), body), ("@quay", "潮汐"))
    odd = replace(odd, category="Ebb, flow and surf", updated=date(2026, 1, 2))
    assert _back((*SEA.entries, odd), "jsonl", "sea.jsonl") == (*SEA.entries, odd)


def test_a_table_keeps_all_but_headings_and_the_parts_of_a_source() -> None:
    flat = tuple(
        replace(
            entry,
            sections=tuple(
                replace(s, heading="") for s in entry.sections if s.name in (SUMMARY, BODY, EXAMPLE)
            ),
            sources=tuple(Source(source.title) for source in entry.sources),
        )
        for entry in SEA.entries
    )
    formula = replace(flat[1], id="odd", term="=1+1", aliases=("@quay", "-3"))
    assert _back((*flat, formula), "csv", "sea.csv") == (*flat, formula)


@pytest.mark.parametrize(("format_name", "file"), [("html", "site"), ("moodle", "sea.xml")])
def test_pages_and_moodle_keep_the_lines_of_code(
    tmp_path: Path, format_name: str, file: str
) -> None:
    summary = Section(SUMMARY, "", "A function of the sea, as __init__ is one of a class.")
    ebb = Entry("ebb", "Ebb", "en", (summary, Section(BODY, "", _CODE)))
    tide = Entry("tide", "Tide", "en", (Section(SUMMARY, "", "The sea comes and goes each day."),))
    export(replace(SEA, entries=(ebb, tide)), format_name, tmp_path / file)
    read = Glossary.read(tmp_path / file)
    assert [e.sections for e in read.entries if e.id == "ebb"] == [ebb.sections]
