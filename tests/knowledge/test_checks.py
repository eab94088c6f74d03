"""What ``masrad check`` finds between the entries of a glossary, and in how they are written."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from knowledge.checks import check
from knowledge.entry import EXAMPLE, SUMMARY, Entry, Section
from knowledge.fault import Fault
from knowledge.glossary import Glossary


def _entry(name: str, text: str = "It rises.", language: str = "en", **fields: Any) -> Entry:
    example = Section(EXAMPLE, "Example", "At noon the sandbar is dry.")
    sections = (Section(SUMMARY, "", text), example)
    entry = Entry(name, name.title(), language, sections, origin=f"{language}/{name}.md", line=2)
    return replace(entry, **fields)


def _faults(*entries: Entry) -> list[Fault]:
    return check(Glossary(Path("/glossaries/sea"), entries))


def test_the_bundled_glossary_has_no_error(bundled: Glossary) -> None:
    assert [str(fault) for fault in check(bundled) if fault.severity == "error"] == []


@pytest.mark.parametrize(
    ("entries", "severity", "said"),
    [
        ([_entry("ebb"), _entry("flow", term="ebb")], "error", "“Ebb” (en/ebb.md)"),
        ([_entry("ebb"), _entry("flow", aliases=("ébb",))], "error", "“Ebb” (en/ebb.md)"),
        (
            [_entry("ebb"), _entry("ebb", language="de"), _entry("flow")],
            "error",
            "“flow” is missing in “de”",
        ),
        ([_entry("ebb", related=("moon",))], "error", "“moon”"),
        ([_entry("ebb", "The sea falls. " * 21)], "warning", "has 63 words"),
    ],
)
def test_a_fault_is_told_with_its_entry(entries: list[Entry], severity: str, said: str) -> None:
    (fault,) = _faults(*entries)
    assert (fault.path, fault.line) == (entries[-1].origin, 2)
    assert fault.severity == severity
    assert said in fault.message


def test_what_is_as_it_should_be_is_no_fault() -> None:
    assert _faults(_entry("ebb"), _entry("flow", "The ebb comes back.")) == []
