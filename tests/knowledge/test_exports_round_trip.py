"""What goes out comes back: JSON Lines hold everything, a table all but headings."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath

import pytest

from knowledge.entry import BODY, EXAMPLE, SUMMARY, Entry, Section, Source
from knowledge.exports import FORMATS, export
from knowledge.formats import records
from knowledge.glossary import Glossary
from tests.knowledge.conftest import faults_of
from tests.knowledge.exporting import SEA

_CODE = "def ebb(sea):\n    return sea - 1"


def _back(given: tuple[Entry, ...], format_name: str, file: str) -> tuple[Entry, ...]:
    """The entries that are read from what was written of these."""
    content = FORMATS[format_name].write(given, "Sea")
    read = list(records.read(PurePath(file), content))
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
def test_pages_and_moodle_keep_the_lines_of_code(format_name: str, file: str) -> None:
    summary = Section(SUMMARY, "", "A function of the sea, as __init__ is one of a class.")
    ebb = Entry("ebb", "Ebb", "en", (summary, Section(BODY, "", _CODE)))
    tide = Entry("tide", "Tide", "en", (Section(SUMMARY, "", "The sea comes and goes each day."),))
    with tempfile.TemporaryDirectory() as folder:
        dest = Path(folder) / file
        export(Glossary(Path("/glossaries/sea"), (ebb, tide)), format_name, dest)
        read = Glossary.read(dest)
    assert [e.sections for e in read.entries if e.id == "ebb"] == [ebb.sections]
