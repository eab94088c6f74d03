"""What ``masrad check`` finds between the entries of a glossary, and in how they are written."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.checks import check
from knowledge.entry import EXAMPLE, SUMMARY, Entry, Section
from knowledge.fault import Fault
from knowledge.glossary import Glossary
from tests.knowledge.conftest import write_files

IN_EXAMPLE = Section(EXAMPLE, "Example", "At noon the sandbar is dry.")
TODAY = date(2026, 11, 24)


def _entry(name: str, language: str = "en", text: str = "It rises.", **fields: object) -> Entry:
    sections = (Section(SUMMARY, "", text), IN_EXAMPLE)
    entry = Entry(name, name.title(), language, sections, origin=f"{language}/{name}.md", line=2)
    return replace(entry, **fields)  # type: ignore[arg-type]


def _arabic(text: str, term: str = "المد البحري") -> Entry:
    example = Section(EXAMPLE, "مثال", "يجفّ الحاجز الرملي ظهرًا.")
    return _entry("madd", "ar", term=term, sections=(Section(SUMMARY, "", text), example))


def _faults(*entries: Entry) -> list[Fault]:
    return check(Glossary(Path("/glossaries/sea"), entries), TODAY)


def _only(*entries: Entry) -> Fault:
    (fault,) = _faults(*entries)
    return fault


def _file(term: str, *fields: str) -> str:
    matter = "\n".join(("---", f"term: {term}", *fields, "---"))
    return f"{matter}\n\nThe sea rises.\n\n## Example\n\nAt noon.\n"


def test_the_bundled_glossary_has_no_error(bundled: Glossary) -> None:
    assert [str(fault) for fault in check(bundled) if fault.severity == "error"] == []


# Names


@pytest.mark.parametrize("fields", [{"term": "ebb"}, {"aliases": ("ébb",)}])
def test_a_name_of_two_entries_is_an_error_that_names_both(fields: dict[str, Any]) -> None:
    fault = _only(_entry("ebb"), replace(_entry("flow"), **fields))
    assert (fault.path, fault.line, fault.severity) == ("en/flow.md", 2, "error")
    assert "“Ebb” (en/ebb.md)" in fault.message


# Versions


def test_where_terms_come_in_two_languages_a_missing_version_is_an_error() -> None:
    fault = _only(_entry("ebb"), _entry("ebb", "de"), _entry("flow"))
    assert (fault.path, fault.severity) == ("en/flow.md", "error")
    assert "“flow” is missing in “de”" in fault.message


# Relations


def test_an_unknown_related_term_is_an_error() -> None:
    glossary = Glossary(Path("/glossaries/sea"), (_entry("ebb", related=("moon",)),))
    (fault,) = check(glossary, TODAY)
    assert (fault.path, fault.line, fault.severity) == ("en/ebb.md", 2, "error")
    assert "“moon”" in fault.message
    assert glossary.related(glossary.entries[0]) == ()


def test_a_term_that_is_used_and_not_related_is_a_warning_at_its_first_use(tmp_path: Path) -> None:
    uses = _file("Flow").replace(
        "The sea rises.", "Water comes in.\n\nAfter the low ebb, it rises."
    )
    folder = write_files(
        tmp_path, {"ebb.md": _file("Ebb", "aliases: [low ebb]"), "flow.md": uses + "\nThe ebb.\n"}
    )
    (fault,) = check(Glossary.read(folder), TODAY)
    assert (fault.path, fault.line, fault.severity) == ("flow.md", 7, "warning")
    assert "“low ebb”, a term of this glossary (ebb)" in fault.message


def test_neither_end_of_a_relation_is_asked_for_more_than_eight() -> None:
    names = [f"tide-{n}" for n in range(8)]
    others = [_entry(name, text="Up and down.") for name in names]
    full = _entry("ebb", related=tuple(names))
    assert _faults(full, _entry("flow", text="It follows the ebb."), *others) == []


# Examples and definitions


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Tide", "A tide is the tide of the sea."),
        ("المد العالي", "المدّ العالي هو ارتفاع البحر في أيام المد العالي."),
    ],
)
def test_a_term_defined_by_itself_is_a_warning(term: str, text: str) -> None:
    entry = _entry("x", text=text, term=term) if term.isascii() else _arabic(text, term)
    fault = _only(entry)
    assert fault.severity == "warning"
    assert f"“{term}” is defined by itself" in fault.message


def test_a_definition_may_name_its_term_and_go_on_about_it() -> None:
    text = "A spring tide (also: Spring tide) is the largest of a fortnight."
    assert _faults(_entry("spring-tide", text=text, term="Spring tide")) == []


# Script and time


def test_latin_punctuation_in_arabic_text_is_a_warning() -> None:
    fault = _only(_arabic("ارتفاع البحر, يتبعه انخفاض."))
    assert (fault.severity, "write “،”" in fault.message) == ("warning", True)


@pytest.mark.parametrize(("year", "old"), [(2023, True), (2026, False)])
def test_a_claim_as_of_a_year_more_than_two_years_past_is_a_warning(
    year: int, *, old: bool
) -> None:
    english = _entry("ebb", text=f"A low sea. As of {year}, it is lowest at noon.")
    arabic = _arabic(f"ارتفاع البحر. حتى عام {year}، يرتفع ظهرًا.")
    heading = Section("now", f"As of {year}", "It is low.")
    headed = _entry("flow", sections=(*_entry("x").sections, heading))
    for entry in (english, arabic, headed):
        assert [f"{year}" in fault.message for fault in _faults(entry)] == ([True] if old else [])


# Places


def test_faults_come_in_order_of_place_and_once(tmp_path: Path) -> None:
    folder = write_files(
        tmp_path,
        {
            "b.md": _file("Ebb", "related: [moon]", "alias: low"),
            "a.md": "---\nterm: Flow\n",
            "c.md": _file("ebb"),
        },
    )
    found = [(fault.path, fault.line) for fault in check(Glossary.read(folder), TODAY)]
    assert found == [("a.md", 1), ("b.md", 2), ("b.md", 4), ("c.md", 2)]
