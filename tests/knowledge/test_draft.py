"""Drafts: what any reader found, checked and made into an entry."""

from datetime import date
from typing import Any

import pytest

from knowledge.entry import Entry, Section, Source
from knowledge.fault import Fault
from knowledge.formats.draft import known_heading, make_entry, opening, section_name, slug

SECTIONS = opening(["A tide is the rise and fall of the sea."])


def _make(**values: Any) -> Entry:
    entry = make_entry({"term": "Tide", **values}, SECTIONS, "sea.md")
    assert isinstance(entry, Entry), str(entry)
    return entry


def _fault(**values: Any) -> Fault:
    fault = make_entry({"term": "Tide", **values}, SECTIONS, "sea.md", lines={"term": 2}, line=1)
    assert isinstance(fault, Fault), str(fault)
    return fault


def test_a_term_and_a_definition_make_an_entry() -> None:
    entry = _make()
    assert (entry.id, entry.term, entry.language) == ("tide", "Tide", "en")
    assert entry.summary == "A tide is the rise and fall of the sea."


def test_the_id_is_given_or_the_file_name_or_the_term() -> None:
    def made(values: dict[str, str], default_id: str) -> str:
        entry = make_entry(values, SECTIONS, "sea.md", default_id=default_id)
        assert isinstance(entry, Entry)
        return entry.id

    assert made({"term": "Spring tide", "id": "Big Tide"}, "file") == "big-tide"
    assert made({"term": "Spring tide"}, "file") == "file"
    assert made({"term": "Spring tide"}, "") == "spring-tide"


def test_the_language_is_given_or_the_folder_or_what_the_text_is_written_in() -> None:
    def made(text: str, default: str = "", **values: str) -> str:
        entry = make_entry(values, opening([text]), "sea.md", default_language=default)
        assert isinstance(entry, Entry)
        return entry.language

    text = "يرتفع ماء البحر وينخفض كل يوم."
    assert made(text, "fr", term="Tide", language="ar-EG") == "ar-EG"
    assert made(text, "fr", term="Tide") == "fr"
    assert made(text, term="Tide") == "ar"
    assert made("12 + 3", term="المد") == "ar"
    assert made("12 + 3", term="90", id="ninety") == "en"


@pytest.mark.parametrize(("written", "tag"), [("AR", "ar"), ("en_GB", "en-GB"), ("EN-gb", "en-GB")])
def test_a_language_tag_reads_the_same_in_capitals(written: str, tag: str) -> None:
    assert _make(language=written).language == tag


def test_lists_may_be_written_with_separators() -> None:
    names = ("ebb", "flow", "slack water")
    for written in ("ebb, flow, slack water", "ebb; flow;slack water", "ebb | flow | slack water"):
        assert _make(aliases=written).aliases == names
    assert _make(aliases="مد، جزر").aliases == ("مد", "جزر")
    assert _make(aliases=list(names)).aliases == names


@pytest.mark.parametrize(
    ("written", "wordings"),
    [
        pytest.param(
            ["why is the beach wet?", "sea, coming in"],
            ("why is the beach wet?", "sea, coming in"),
            id="a list",
        ),
        pytest.param(
            "why is the beach wet?; sea, coming in",
            ("why is the beach wet?", "sea, coming in"),
            id="one line with semicolons",
        ),
        pytest.param(
            "لماذا ابتل الشاطئ؟؛ بحر، يرتفع",
            ("لماذا ابتل الشاطئ؟", "بحر، يرتفع"),
            id="Arabic semicolons",
        ),
        pytest.param("wet beach | sea, coming in", ("wet beach", "sea, coming in"), id="bars"),
        pytest.param("wet beach\nsea, coming in", ("wet beach", "sea, coming in"), id="lines"),
        pytest.param("sea, coming in", ("sea, coming in",), id="a comma parts nothing"),
        pytest.param(["wet; or dry"], ("wet; or dry",), id="nor does a semicolon in a list"),
        pytest.param(["wet beach", "", "wet  beach "], ("wet beach",), id="each once"),
        pytest.param(";; ;", (), id="none"),
    ],
)
def test_what_an_entry_is_asked_as_keeps_its_commas(
    written: str | list[str], wordings: tuple[str, ...]
) -> None:
    assert _make(asked=written).asked == wordings


def test_aliases_are_said_once_and_never_repeat_the_term() -> None:
    assert _make(aliases=["ebb", "", "Tide", "ebb"]).aliases == ("ebb",)


@pytest.mark.parametrize(
    ("term", "definition", "alias"),
    [
        ("Mean high water", "Mean high water (MHW) is an average.", "MHW"),
        ("Mean high water", "The mean high water (or MHW) is an average.", "MHW"),
        ("MHW", "(Mean high water) An average.", "Mean high water"),
        ("MHW", "MHW (Mean high water, on a chart) is an average.", "Mean high water"),
        ("Tide", "A tide (of the sea) is its rise and fall.", ""),
        ("Mean high water", "An average of high waters (HW).", ""),
        ("MHW", "MHW (mostly written MHW) is an average.", ""),
    ],
)
def test_initials_behind_the_term_are_an_alias(term: str, definition: str, alias: str) -> None:
    entry = make_entry({"term": term}, opening([definition]), "sea.md")
    assert isinstance(entry, Entry)
    assert entry.aliases == ((alias,) if alias else ())


def test_related_terms_become_ids() -> None:
    assert _make(related=["Spring Tide", "spring-tide", "المد العالي", "—"]).related == (
        "spring-tide",
        "المد-العالي",
    )


def test_a_source_is_a_mapping_or_a_title() -> None:
    sources = [
        {"title": "Tides", "authors": "A. Hale", "year": "2021", "url": "https://a.example"},
        "Notes on Water",
    ]
    assert _make(sources=sources).sources == (
        Source("Tides", "A. Hale", 2021, "https://a.example"),
        Source("Notes on Water"),
    )
    assert _make(sources="Notes on Water").sources == (Source("Notes on Water"),)


@pytest.mark.parametrize("value", [None, ""])
def test_an_empty_field_is_an_absent_one(value: str | None) -> None:
    names = ("id", "language", "aliases", "category", "related", "asked", "sources", "updated")
    assert _make(**dict.fromkeys(names, value)) == _make()


def test_numbers_in_place_of_words_are_read_as_words() -> None:
    entry = _make(term=1984, aliases=[4.5])
    assert (entry.term, entry.aliases) == ("1984", ("4.5",))


def test_an_update_is_a_date() -> None:
    assert _make(updated="2026-03-01").updated == date(2026, 3, 1)


def test_names_are_cleaned_and_on_one_line() -> None:
    entry = _make(term="\ufeff Spring \n tide\u00a0", aliases=["big\x00  tide\ud800"])
    assert (entry.term, entry.aliases) == ("Spring tide", ("big tide",))


@pytest.mark.parametrize("term", [None, "", "  ", "\u200f"])
def test_an_entry_without_a_term_is_a_fault(term: str | None) -> None:
    fault = _fault(term=term)
    assert (fault.path, fault.line, fault.severity) == ("sea.md", 2, "error")
    assert "no term" in fault.message


def test_a_term_that_is_no_text_is_not_called_missing() -> None:
    assert "no term" not in _fault(term=True).message
    assert "no term" not in _fault(term=["ebb", "flow"]).message


def test_an_entry_without_a_definition_is_a_fault() -> None:
    fault = make_entry({"term": "Tide"}, opening(["", "  "]), "sea.md", line=4)
    assert isinstance(fault, Fault)
    assert (fault.line, "no definition" in fault.message) == (4, True)


def test_a_term_without_a_letter_has_the_names_of_its_signs_for_an_id() -> None:
    assert [_make(term=term).id for term in ("≠", "**", "…")] == [
        "not-equal-to", "asterisk-2", "horizontal-ellipsis"
    ]  # fmt: skip
    assert "letter" in _fault(term="\ue000").message
    assert _make(term="≠", id="not-equal").id == "not-equal"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("aliases", 5),
        ("aliases", [["ebb"]]),
        ("related", {"ebb": 1}),
        ("asked", 5),
        ("asked", [["wet beach"]]),
        ("updated", "nonsense"),
        ("updated", "2026-02-30"),
        ("language", "English"),
        ("sources", [{"title": "Tides", "year": "long ago"}]),
        ("sources", [{"authors": "A. Hale"}]),
        ("sources", [{"title": "Tides", "pages": 12}]),
        ("category", ["Seas"]),
    ],
)
def test_a_field_of_the_wrong_kind_is_a_fault_that_names_it(field: str, value: object) -> None:
    fault = make_entry(
        {"term": "Tide", field: value}, SECTIONS, "sea.md", lines={"term": 2, field: 7}
    )
    assert isinstance(fault, Fault)
    assert (fault.line, fault.severity) == (7, "error")
    assert f"“{field}" in fault.message
    assert "\n" not in fault.message


@pytest.mark.parametrize(
    ("headings", "names"),
    [
        (["Notes", "Notes"], ["notes", "notes-2"]),
        (["Notes", "Notes", "Notes 2"], None),
        (["Notes 2", "Notes", "Notes"], None),
    ],
)
def test_every_section_has_a_name_of_its_own(headings: list[str], names: list[str] | None) -> None:
    sections = [*SECTIONS, *(Section(section_name(h), h, "It rests.") for h in headings)]
    entry = make_entry({"term": "Tide"}, sections, "sea.md")
    assert isinstance(entry, Entry)
    found = [section.name for section in entry.sections][1:]
    assert len(set(found)) == len(headings)
    assert names is None or found == names


def test_a_section_without_text_is_left_out() -> None:
    entry = make_entry({"term": "Tide"}, [*SECTIONS, Section("how", "How", " ")], "sea.md")
    assert isinstance(entry, Entry)
    assert [section.name for section in entry.sections] == ["summary"]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Spring Tide", "spring-tide"),
        ("  Ebb & flow! ", "ebb-flow"),
        ("../../etc/passwd", "etc-passwd"),
        ("المد العالي", "المد-العالي"),
        ("ज्वार", "ज्वार"),
        ("Ｔｉｄｅ", "tide"),
        ("—", ""),
    ],
)
def test_a_slug_is_letters_and_digits_joined_by_hyphens(text: str, made: str) -> None:
    assert slug(text) == made


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Example", "example"),
        ("EXAMPLES:", "example"),
        ("مثال", "example"),
        ("أَمثلة", "example"),
        ("النشأة", "origin"),
        ("مصطلحات مرتبطة", "related"),
        ("آخر الأخبار حول الموضوع", "news"),
        ("← المسرد", "back"),
        ("← Back to the glossary", "back"),
        ("Tides of the north", None),
        ("", None),
    ],
)
def test_known_headings_are_known_however_they_are_spelt(line: str, name: str | None) -> None:
    assert known_heading(line) == name


@pytest.mark.parametrize(
    ("heading", "name"),
    [("Limitations", "limits"), ("Tides of May", "tides-of-may"), ("!", "body")],
)
def test_a_heading_names_its_section(heading: str, name: str) -> None:
    assert section_name(heading) == name
