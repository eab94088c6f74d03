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


@pytest.mark.parametrize("fields", [{"term": "ebb"}, {"aliases": ("EBB",)}, {"aliases": ("ébb",)}])
def test_a_name_of_two_entries_is_an_error_that_names_both(fields: dict[str, Any]) -> None:
    fault = _only(_entry("ebb"), replace(_entry("flow"), **fields))
    assert (fault.path, fault.line, fault.severity) == ("en/flow.md", 2, "error")
    assert "“Ebb” (en/ebb.md)" in fault.message


def test_an_entry_may_say_its_own_name_in_two_spellings() -> None:
    assert _faults(_entry("ebb", aliases=("EBB", "ébb"))) == []


def test_two_languages_may_share_a_name() -> None:
    assert _faults(_entry("bore"), _entry("bohrer", "de", aliases=("Bore",))) == []


def test_names_without_letters_are_not_one_name() -> None:
    assert _faults(_entry("sum", aliases=("∑",)), _entry("all", aliases=("∀",))) == []


# Versions


def test_where_terms_come_in_two_languages_a_missing_version_is_an_error() -> None:
    fault = _only(_entry("ebb"), _entry("ebb", "de"), _entry("flow"))
    assert (fault.path, fault.severity) == ("en/flow.md", "error")
    assert "“flow” is missing in “de”" in fault.message


@pytest.mark.parametrize("other", ["en", "de"])
def test_where_no_term_comes_in_two_languages_none_is_missing(other: str) -> None:
    assert _faults(_entry("ebb"), _entry("flow", other)) == []


# Relations


def test_an_unknown_related_term_is_an_error() -> None:
    glossary = Glossary(Path("/glossaries/sea"), (_entry("ebb", related=("moon",)),))
    (fault,) = check(glossary, TODAY)
    assert (fault.path, fault.line, fault.severity) == ("en/ebb.md", 2, "error")
    assert "“moon”" in fault.message
    assert glossary.related(glossary.entries[0]) == ()


@pytest.mark.parametrize("name", ["ebb", "low-water"])
def test_an_entry_related_to_itself_is_an_error(name: str) -> None:
    fault = _only(_entry("ebb", related=(name,), aliases=("low-water",)))
    assert (fault.severity, "itself" in fault.message) == ("error", True)


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


def test_a_term_that_is_related_may_be_used() -> None:
    flow = _entry("flow", text="It follows the ebb.", related=("ebb",))
    assert _faults(_entry("ebb"), flow) == []


def test_a_name_within_a_longer_one_is_no_use_of_it() -> None:
    tide = _entry(
        "high-water", text="The spring tide comes twice a month.", related=("spring-tide",)
    )
    spring = _entry("spring", text="Water from the ground.")
    assert _faults(tide, spring, _entry("spring-tide", term="Spring tide")) == []


@pytest.mark.parametrize(("text", "used"), [("Ten KG show it.", True), ("It has ten kg.", False)])
def test_an_acronym_is_used_in_its_capitals(text: str, *, used: bool) -> None:
    graph = _entry("graph", text="Lines and dots.", aliases=("KG",))
    assert bool(_faults(_entry("flow", text=text), graph)) == used


def test_an_example_may_use_any_term() -> None:
    example = Section(EXAMPLE, "Example", "At noon comes the ebb.")
    flow = _entry("flow", sections=(Section(SUMMARY, "", "It rises."), example))
    assert _faults(flow, _entry("ebb")) == []


def test_neither_end_of_a_relation_is_asked_for_more_than_eight() -> None:
    names = [f"tide-{n}" for n in range(8)]
    others = [_entry(name, text="Up and down.") for name in names]
    full = _entry("ebb", related=tuple(names))
    assert _faults(full, _entry("flow", text="It follows the ebb."), *others) == []


def test_a_term_that_many_entries_use_is_everyday_vocabulary() -> None:
    users = [_entry(f"tide-{n}", text="It follows the ebb.") for n in range(4)]
    assert len(_faults(_entry("ebb"), *users[:3])) == 3
    assert _faults(_entry("ebb"), *users) == []


# Examples and definitions


def test_an_entry_without_an_example_is_an_error() -> None:
    fault = _only(_entry("ebb", sections=(Section(SUMMARY, "", "It falls."),)))
    assert (fault.severity, "no example" in fault.message) == ("error", True)


def test_where_none_of_many_has_an_example_it_is_one_warning() -> None:
    bare = (Section(SUMMARY, "", "It falls."),)
    many = [_entry(f"ebb-{n}", sections=bare) for n in range(20)]
    fault = _only(*many)
    assert (fault.severity, "none of the 20 entries in “en”" in fault.message) == ("warning", True)
    assert {f.severity for f in _faults(*many[1:])} == {"error"}
    assert len(_faults(*many, _entry("flow"))) == 20  # one has: the others lack it


def test_a_definition_of_its_own_language_has_its_examples() -> None:
    bare = (Section(SUMMARY, "", "It falls."),)
    many = [_entry(f"ebb-{n}", sections=bare) for n in range(20)]
    arabic = [replace(_arabic("تنحسر المياه."), id=entry.id) for entry in many]
    named = [replace(entry, term=f"الجزر {n}") for n, entry in enumerate(arabic)]
    assert [(f.path, f.severity) for f in _faults(*many, *named)] == [("en/ebb-0.md", "warning")]


def test_an_entry_without_a_definition_is_an_error(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"a.md": _file("Ebb"), "b.md": "---\nterm: Flow\n---\n"})
    (fault,) = check(Glossary.read(folder), TODAY)
    assert (fault.path, fault.severity, "no definition" in fault.message) == ("b.md", "error", True)


def test_a_summary_of_more_than_sixty_words_is_a_warning() -> None:
    assert _faults(_entry("ebb", text="low " * 60)) == []
    fault = _only(_entry("ebb", text="low " * 61))
    assert (fault.severity, "has 61 words" in fault.message) == ("warning", True)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Tide", "A tide is the tide of the sea."),
        ("Tide", "Tides are what sailors call tides."),
        ("Spring tide", "A high sea at the time of a spring tide."),
        ("المد العالي", "المدّ العالي هو ارتفاع البحر في أيام المد العالي."),
    ],
)
def test_a_term_defined_by_itself_is_a_warning(term: str, text: str) -> None:
    entry = _entry("x", text=text, term=term) if term.isascii() else _arabic(text, term)
    fault = _only(entry)
    assert fault.severity == "warning"
    assert f"“{term}” is defined by itself" in fault.message


@pytest.mark.parametrize(
    "text",
    [
        "A spring tide (also: springs tide) is a high one.",
        "A spring tide is the largest tide. A spring tide comes twice a month.",
        "A spring tide (Spring tide) is the largest of a fortnight.",
    ],
)
def test_a_definition_may_name_its_term_and_go_on_about_it(text: str) -> None:
    assert _faults(_entry("spring-tide", text=text, term="Spring tide")) == []


# Script and time


@pytest.mark.parametrize(("latin", "right"), [(",", "،"), (";", "؛"), ("?", "؟")])
def test_latin_punctuation_in_arabic_text_is_a_warning(latin: str, right: str) -> None:
    fault = _only(_arabic(f"ارتفاع البحر{latin} يتبعه انخفاض."))
    assert (fault.severity, f"write “{right}”" in fault.message) == ("warning", True)


def test_latin_punctuation_in_latin_words_of_arabic_text_is_none() -> None:
    assert _faults(_arabic("ارتفاع البحر (ebb, flow; bore?) في 1,000 مرفأ.")) == []


def test_digits_of_two_scripts_in_an_entry_are_a_warning() -> None:
    assert _faults(_arabic("يرتفع ٣ أمتار في عام ٢٠٢٦.")) == []
    fault = _only(_arabic("يرتفع ٣ أمتار في عام 2026."))
    assert "mixes digits of two scripts (“0” and “٠”)" in fault.message


def test_an_untranslated_phrase_in_arabic_text_is_a_warning() -> None:
    fault = _only(_arabic("ارتفاع البحر the rise of the sea ثم انخفاضه."))
    assert "“the rise of the sea” is not translated" in fault.message


@pytest.mark.parametrize("text", ["(the rise of the sea)", "«The Rise of the Sea»", "Bay of Fundy"])
def test_names_titles_and_what_stands_in_brackets_need_no_translation(text: str) -> None:
    assert _faults(_arabic(f"ارتفاع البحر {text} ثم انخفاضه.")) == []


@pytest.mark.parametrize(("year", "old"), [(2023, True), (2024, False), (2026, False)])
def test_a_claim_as_of_a_year_more_than_two_years_past_is_a_warning(
    year: int, *, old: bool
) -> None:
    english = _entry("ebb", text=f"A low sea. As of {year}, it is lowest at noon.")
    arabic = _arabic(f"ارتفاع البحر. حتى عام {year}، يرتفع ظهرًا.")
    heading = Section("now", f"As of {year}", "It is low.")
    headed = _entry("flow", sections=(*_entry("x").sections, heading))
    for entry in (english, arabic, headed):
        assert [f"{year}" in fault.message for fault in _faults(entry)] == ([True] if old else [])


def test_a_year_told_in_passing_is_no_claim_as_of_it() -> None:
    assert _faults(_entry("ebb", text="It was so until 2012, as of 1990.")) == []


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


def test_a_fault_of_a_paragraph_stands_on_its_line(tmp_path: Path) -> None:
    text = "---\nterm: المد\n---\n\nارتفاع البحر.\n\n## مثال\n\nفي مرفأ.\n\nثم, ينخفض.\n"
    (fault,) = check(Glossary.read(write_files(tmp_path, {"ar/madd.md": text})), TODAY)
    assert fault.line == 11
