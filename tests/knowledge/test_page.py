"""A glossary's web page, copied as text."""

from pathlib import PurePath

import pytest

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.page import read, recognises
from knowledge.language.text import clean
from tests.knowledge.conftest import DATA, only_entry, only_fault

SPRING_TIDE = (DATA / "spring-tide.page.txt").read_text("utf-8")
SOURDOUGH = (DATA / "sourdough.page.txt").read_text("utf-8")
ARABIC = """\
البحار

المد العالي

المد العالي أكبر مد في نصف الشهر، ويأتي بعد اكتمال القمر بيوم أو يومين.

يقف القمر والشمس حينها على خط واحد تقريبًا فيجتمع جذبهما.

مثال

يغادر ربان العبّارة قبل موعده بساعة لأن الرمل ينكشف عند مدخل المرفأ.

مصطلحات مرتبطة

الجزر

آخر الأخبار حول الموضوع

← المسرد"""


def _read(text: str, name: str = "page.txt") -> list[Entry | Fault]:
    return list(read(text, PurePath(name)))


def test_a_page_with_arabic_headings_is_read_whole() -> None:
    entry = only_entry(_read(SPRING_TIDE, "spring-tide.page.txt"))
    assert (entry.id, entry.term, entry.language) == ("spring-tide", "Spring Tide", "en")
    assert entry.category == "البحار"
    assert entry.summary.startswith("A spring tide is the largest tide of the fortnight")
    assert entry.summary.endswith("by a day or two.")
    first, second = entry.text("body").split("\n\n")
    assert first.startswith("Twice a month")
    assert second.endswith("of a spring tide.")
    assert entry.example.startswith("A ferry master at Larkmouth")
    assert entry.example.endswith("falls dry.")
    assert entry.related == ("neap-tide", "tidal-range")
    assert [section.name for section in entry.sections] == ["summary", "body", "example"]


def test_a_page_with_english_headings_is_read_whole() -> None:
    entry = only_entry(_read(SOURDOUGH, "sourdough.page.txt"))
    assert (entry.id, entry.term, entry.category) == ("sourdough", "Sourdough", "Baking")
    assert entry.summary.endswith("from a packet.")
    assert entry.text("body").startswith("A baker keeps a starter")
    assert entry.example.startswith("Mira stirs")
    assert entry.related == ("starter", "rye-bread")
    assert [section.name for section in entry.sections] == ["summary", "body", "example"]


def test_an_arabic_page_is_an_arabic_entry() -> None:
    entry = only_entry(_read(ARABIC))
    assert (entry.term, entry.language, entry.category) == ("المد العالي", "ar", "البحار")
    assert entry.example.startswith("يغادر ربان")
    assert entry.related == ("الجزر",)


def test_news_and_the_link_back_are_no_part_of_the_entry() -> None:
    entry = only_entry(_read(SPRING_TIDE))
    said = " ".join(section.text for section in entry.sections)
    assert "gauge" not in said
    assert "المسرد" not in said


def test_the_file_names_the_entry_or_else_its_term_does() -> None:
    assert only_entry(_read(SOURDOUGH, "wild-yeast.txt")).id == "wild-yeast"
    assert only_entry(_read(SOURDOUGH, "---.txt")).id == "sourdough"


def test_what_a_copy_brings_along_changes_nothing() -> None:
    copied = "\ufeff" + SPRING_TIDE.replace("\n", "\r\n").replace(" tide", "\u00a0tide")
    copied = copied.replace("مثال", "\u200fمثال\u200e").replace("Spring Tide", "\u202aSpring Tide")
    assert _read(clean(copied)) == _read(SPRING_TIDE)


def test_lines_may_be_wrapped() -> None:
    wrapped = SPRING_TIDE.replace(", ", ",\n").replace(" of ", "\nof ")
    assert _read(wrapped) == _read(SPRING_TIDE)


def test_lines_may_be_wrapped_where_there_is_no_category() -> None:
    entry = only_entry(
        _read(
            "Sourdough\n\nSourdough is dough raised by wild yeast and\n"
            "bacteria that live in flour.\n\nExample\n\nA sour loaf.\n"
        )
    )
    assert (entry.category, entry.term) == ("", "Sourdough")
    assert (
        entry.summary == "Sourdough is dough raised by wild yeast and bacteria that live in flour."
    )


def test_no_blank_line_is_needed_between_the_parts() -> None:
    tight = "\n".join(line for line in SOURDOUGH.splitlines() if line)
    entry = only_entry(_read(tight, "sourdough.txt"))
    assert (entry.category, entry.term) == ("Baking", "Sourdough")
    assert entry == only_entry(_read(SOURDOUGH, "sourdough.txt"))


def test_a_page_needs_no_category() -> None:
    entry = only_entry(_read(SPRING_TIDE.removeprefix("البحار\n\n")))
    assert (entry.category, entry.term) == ("", "Spring Tide")
    assert entry.summary == only_entry(_read(SPRING_TIDE)).summary


@pytest.mark.parametrize("category", ["Risks", "المخاطر", "Uses", "النشأة", "Example", "مثال"])
def test_a_category_may_read_like_a_heading(category: str) -> None:
    entry = only_entry(_read(SPRING_TIDE.replace("البحار", category)))
    assert (entry.category, entry.term) == (category, "Spring Tide")
    assert entry.summary == only_entry(_read(SPRING_TIDE)).summary


@pytest.mark.parametrize("term", ["Background", "Limits", "القيود"])
def test_a_term_may_read_like_a_heading(term: str) -> None:
    entry = only_entry(_read(SPRING_TIDE.replace("Spring Tide", term, 1)))
    assert (entry.category, entry.term) == ("البحار", term)


def test_parts_under_other_known_headings_are_sections() -> None:
    text = SOURDOUGH.replace("Example\n", "History\n\nBakers knew it early.\n\nExample\n")
    entry = only_entry(_read(text))
    assert [section.name for section in entry.sections] == ["summary", "body", "origin", "example"]
    assert entry.text("origin") == "Bakers knew it early."


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        (SPRING_TIDE, "مثال"),
        (SPRING_TIDE, "مصطلحات مرتبطة"),
        (SPRING_TIDE, "آخر الأخبار حول الموضوع"),
        (SPRING_TIDE, "← المسرد"),
        (SOURDOUGH, "Example"),
        (SOURDOUGH, "Related terms"),
        (SOURDOUGH, "Latest news on the topic"),
        (SOURDOUGH, "← Back to the glossary"),
    ],
)
def test_a_part_may_be_missing(page: str, heading: str) -> None:
    head, _, rest = page.partition(f"\n{heading}")
    rest = rest.strip()
    while rest and not rest.startswith(
        ("Example", "Related", "Latest", "←", "مثال", "مصطلحات", "آخر")
    ):
        rest = rest.partition("\n")[2].strip()
    entry = only_entry(_read(f"{head}\n{rest}"))
    whole = only_entry(_read(page))
    assert (entry.term, entry.summary) == (whole.term, whole.summary)
    assert entry.text("body") == whole.text("body")
    assert entry.example == ("" if heading in ("Example", "مثال") else whole.example)
    assert entry.related == (() if heading.startswith(("Rel", "مصط")) else whole.related)


def test_parts_may_be_empty() -> None:
    text = "Baking\n\nBun\n\nA small loaf.\n\nExample\n\nRelated terms\n\nLatest news\n\n← Glossary"
    entry = only_entry(_read(text))
    assert (entry.term, entry.summary, entry.example, entry.related) == (
        "Bun",
        "A small loaf.",
        "",
        (),
    )


def test_a_page_without_a_summary_is_a_fault() -> None:
    fault = only_fault(_read("Baking\n\nBun\n\nExample\n\nA bun with jam.\n"))
    assert (fault.path, fault.severity) == ("page.txt", "error")
    assert "“Bun” has no definition" in fault.message


def test_a_page_without_a_term_is_a_fault() -> None:
    fault = only_fault(_read("A small loaf that is eaten by one person.\n\nExample\n\nA bun.\n"))
    assert "no term" in fault.message


def test_a_page_is_recognised_by_a_heading_that_such_pages_carry() -> None:
    assert recognises(SPRING_TIDE)
    assert recognises(SOURDOUGH)
    assert recognises("Bun\n\nA small loaf.\n\n← المسرد")
    assert not recognises("Bun\n\nA small loaf, for example.\n\nHistory\n\nLong.\n")


COPIED = """\
Skip to content
Home
Glossary
Kitchen
Kettle

A kettle is a vessel for boiling water.

It may whistle.

Example

Ours calls when it boils.

Related terms

Teapot, Tea cosy

Sources

Notes on Water (2020)

Last updated: 2026-03-03

Latest news on the topic

A new kettle
Yesterday

← Glossary

Share
Copy link
We use cookies.
"""


def test_what_stands_about_a_page_is_no_part_of_the_entry() -> None:
    entry = only_entry(_read(COPIED, "kettle.page.txt"))
    assert (entry.term, entry.category) == ("Kettle", "Kitchen")
    assert [(s.name, s.text) for s in entry.sections] == [
        ("summary", "A kettle is a vessel for boiling water."),
        ("body", "It may whistle."),
        ("example", "Ours calls when it boils."),
    ]
    assert entry.related == ("teapot", "tea-cosy")
    assert [source.title for source in entry.sources] == ["Notes on Water (2020)"]
    assert str(entry.updated) == "2026-03-03"


@pytest.mark.parametrize("trail", ["Home › Glossary › Kitchen › Kettle", "Home / Kitchen"])
def test_the_way_to_a_page_names_its_category(trail: str) -> None:
    page = f"{trail}\n\nKettle\n\nA kettle is a vessel for boiling water.\n\nRelated terms\n"
    entry = only_entry(_read(page))
    assert (entry.category, entry.term) == ("Kitchen", "Kettle")
    assert entry.summary == "A kettle is a vessel for boiling water."


def test_a_name_in_another_script_is_an_alias() -> None:
    below = only_entry(
        _read(ARABIC.replace("المد العالي\n\n", "المد العالي\n\nSpring tide\n\n", 1))
    )
    beside = only_entry(
        _read(ARABIC.replace("المد العالي\n\n", "المد العالي (Spring tide)\n\n", 1))
    )
    for entry in (below, beside):
        assert (entry.category, entry.term, entry.aliases) == (
            "البحار", "المد العالي", ("Spring tide",),
        )  # fmt: skip
        assert entry.summary.startswith("المد العالي أكبر مد")
