"""Moodle's glossary: its export, the backup of a course, and what its import takes."""

from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from knowledge.entry import Entry, Source
from knowledge.exports import moodle as moodle_writer
from knowledge.fault import Fault
from knowledge.formats.terminologies.moodle import read, recognises
from knowledge.glossary import Glossary
from tests.knowledge.conftest import entries_of, faults_of, only_entry, only_fault
from tests.knowledge.terminology import by_term, glossaries, read_back

EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<GLOSSARY>
  <INFO>
    <NAME>Tea, and its making</NAME>
    <INTRO>&lt;p&gt;For beginners.&lt;/p&gt;</INTRO>
    <INTROFORMAT>1</INTROFORMAT>
    <ENTRIES>
{}
    </ENTRIES>
  </INFO>
</GLOSSARY>
"""
TEA = "<p>Tea is a drink that is made from leaves.</p>"


def _entry(concept: str = "Tea", html: str = TEA, more: str = "", written_as: str = "1") -> str:
    return (
        f"<ENTRY><CONCEPT>{escape(concept)}</CONCEPT><DEFINITION>{escape(html)}</DEFINITION>"
        f"<FORMAT>{written_as}</FORMAT><USEDYNALINK>1</USEDYNALINK>{more}</ENTRY>"
    )


def _read(*entries: str) -> list[Entry | Fault]:
    text = EXPORT.format("\n".join(entries))
    assert recognises(text)
    return list(read(text, PurePath("tea.xml")))


def test_an_entry_of_an_export_is_read_with_its_aliases_and_its_category() -> None:
    more = (
        "<ALIASES><ALIAS><NAME>cuppa</NAME></ALIAS><ALIAS><NAME>char &amp;amp; co</NAME></ALIAS>"
        "</ALIASES><CATEGORIES><CATEGORY><NAME>Drinks</NAME><USEDYNALINK>0</USEDYNALINK>"
        "</CATEGORY></CATEGORIES><TAGS><TAG>hot</TAG></TAGS>"
    )
    entry = only_entry(_read(_entry(more=more)))
    assert (entry.id, entry.term, entry.language) == ("tea", "Tea", "en")
    assert entry.summary == "Tea is a drink that is made from leaves."
    assert entry.aliases == ("cuppa", "char & co")
    assert (entry.category, entry.line) == ("Drinks", 8)


@pytest.mark.parametrize(
    ("html", "written_as"),
    [
        pytest.param(f'<div class="no-overflow">{TEA}</div><p><br></p>', "1", id="HTML"),
        pytest.param(
            "<p>Tea&nbsp;is a <b>drink</b> that\nis made from leaves.</p>", "1", id="bold"
        ),
        pytest.param(escape(TEA), "1", id="HTML, escaped twice"),
        pytest.param("Tea&amp;nbsp;is a drink that is made from leaves.", "1", id="entities twice"),
        pytest.param("Tea is a drink that is made from leaves.", "0", id="Moodle's own"),
        pytest.param("Tea is a drink that is made from leaves.", "2", id="plain"),
        pytest.param("Tea is a *drink* that is made from [leaves](leaf).", "4", id="Markdown"),
        pytest.param(
            '<p><img src="@@PLUGINFILE@@/tea.png" alt="A cup">Tea is a drink that is made from '
            '<a href="@@PLUGINFILE@@/leaves.pdf">leaves</a>.</p>',
            "1",
            id="with attachments",
        ),
    ],
)
def test_a_definition_is_plain_text_whatever_it_was_written_as(html: str, written_as: str) -> None:
    entry = only_entry(_read(_entry(html=html, written_as=written_as)))
    assert entry.summary == "Tea is a drink that is made from leaves."
    assert len(entry.sections) == 1


@pytest.mark.parametrize(
    ("html", "example"),
    [
        pytest.param(f"{TEA}<p><strong>Example:</strong> Mira makes tea.</p>", "Mira makes tea."),
        pytest.param(f"{TEA}<h4>Example</h4><p>Mira makes tea.</p>", "Mira makes tea."),
        pytest.param(
            f"{TEA}<p><b>Examples</b></p><ul><li>Mint</li><li>Sage</li></ul>", "Mint\n\nSage"
        ),
        pytest.param("<p>الشاي شراب من أوراق.</p><p>مثال: تُعدّ ميرا الشاي.</p>", "تُعدّ ميرا الشاي."),
        pytest.param(f"{TEA}<p>Example is better than precept.</p>", "", id="a sentence"),
    ],
)
def test_what_clearly_is_the_example_becomes_the_example(html: str, example: str) -> None:
    assert only_entry(_read(_entry(html=html))).example == example


def test_headings_make_sections_and_a_heading_above_all_says_nothing() -> None:
    html = f"<h3>Definition</h3>{TEA}<h3>How it works</h3><p>Water draws it out.</p>"
    entry = only_entry(_read(_entry(html=html)))
    assert [section.name for section in entry.sections] == ["summary", "how"]
    assert entry.sections[1].heading == "How it works"


def test_links_that_moodle_made_are_links_by_name() -> None:
    html = (
        '<p>Tea is drawn in a <a href="https://moodle.example.org/mod/glossary/showentry.php?'
        'eid=2&amp;displayformat=dictionary" title="Tea: Pot" class="glossary autolink">Pot</a>.'
        "</p>"
    )
    assert "pot" in only_entry(_read(_entry(html=html))).links


def test_languages_in_one_entry_become_entries_with_one_id() -> None:
    both = _entry(
        "{mlang en}Tea{mlang}{mlang ar}شاي{mlang}",
        f"{{mlang en}}{TEA}{{mlang}}{{mlang ar}}<p>الشاي شراب من أوراق.</p>{{mlang}}",
    )
    spans = _entry(
        "Pot",
        '<span lang="en" class="multilang">A pot holds tea.</span>'
        '<span lang="ar" class="multilang">الإبريق وعاء للشاي.</span>',
    )
    entries = {entry.key: entry for entry in entries_of(_read(both, spans))}
    assert set(entries) == {"en/tea", "ar/tea", "en/pot", "ar/pot"}
    assert entries["ar/tea"].term == "شاي"
    assert entries["ar/pot"].summary == "الإبريق وعاء للشاي."
    assert entries["en/pot"].summary == "A pot holds tea."


def test_names_are_in_the_language_that_they_are_marked_with() -> None:
    more = (
        "<ALIASES><ALIAS><NAME>{mlang en}cuppa{mlang}{mlang ar}شاهي{mlang}</NAME></ALIAS><ALIAS>"
        "<NAME>char</NAME></ALIAS></ALIASES><CATEGORIES><CATEGORY><NAME>{mlang en}Drinks{mlang}"
        "{mlang ar}مشروبات{mlang}</NAME></CATEGORY></CATEGORIES>"
    )
    old = '<lang lang="en">{}</lang><lang lang="ar">{}</lang>'
    entries = {
        entry.key: entry
        for entry in entries_of(
            _read(_entry(old.format("Tea", "شاي"), old.format(TEA, "شراب من أوراق."), more=more))
        )
    }
    assert entries["en/tea"].aliases == ("cuppa", "char")
    assert entries["ar/tea"].aliases == ("شاهي", "char")
    assert [entries[key].category for key in ("en/tea", "ar/tea")] == ["Drinks", "مشروبات"]
    assert entries["ar/tea"].summary == "شراب من أوراق."


def test_the_backup_of_a_course_is_read_too() -> None:
    text = """<?xml version="1.0" encoding="UTF-8"?>
<activity id="7" moduleid="7" modulename="glossary" contextid="107">
  <glossary id="7"><name>Tea</name><entries>
    <entry id="9001"><userid>2</userid><concept>Tea</concept>
      <definition>&lt;p&gt;Tea is a drink.&lt;/p&gt;</definition>
      <definitionformat>1</definitionformat><timemodified>1772359200</timemodified>
      <aliases><alias id="1"><alias_text>cuppa</alias_text></alias></aliases></entry>
  </entries><categories><category id="3"><name>Drinks</name><usedynalink>0</usedynalink>
    <category_entries><category_entry id="1"><entryid>9001</entryid></category_entry>
    </category_entries></category></categories></glossary>
</activity>"""
    assert recognises(text)
    entry = only_entry(read(text, PurePath("glossary.xml")))
    assert (entry.term, entry.aliases, entry.category) == ("Tea", ("cuppa",), "Drinks")
    assert entry.updated == date(2026, 3, 1)


def test_one_concept_twice_gives_two_ids() -> None:
    items = _read(_entry(), _entry(html="<p>Tea is an afternoon meal.</p>"))
    assert [entry.id for entry in entries_of(items)] == ["tea", "tea-2"]


def test_faults_say_where_they_are() -> None:
    items = _read(_entry("Pot", "<p>&nbsp;</p>"), _entry("", TEA))
    assert [str(fault) for fault in faults_of(items)] == [
        "tea.xml:8: “Pot” has no definition: write one in Moodle.",
        "tea.xml:9: an entry has no concept: give it a name.",
    ]


def test_several_categories_are_told_of_once() -> None:
    more = "<CATEGORIES>" + "<CATEGORY><NAME>A</NAME></CATEGORY>" * 2 + "</CATEGORIES>"
    items = _read(_entry(more=more), _entry("Pot", more=more))
    fault = only_fault(faults_of(items))
    assert (fault.severity, fault.message[:9]) == ("warning", "2 entries")


def test_a_glossary_of_another_program_is_not_taken_for_moodles() -> None:
    assert not recognises(
        "<glossary><glossentry><glossterm>Tea</glossterm></glossentry></glossary>"
    )


def test_a_file_that_reaches_out_is_refused() -> None:
    text = EXPORT.format(_entry("&x;")).replace(
        "<GLOSSARY>", '<!DOCTYPE G [<!ENTITY x SYSTEM "file:///etc/hosts">]><GLOSSARY>', 1
    )
    assert only_fault(read(text, PurePath("tea.xml"))).line == 2


def test_what_is_written_has_what_moodles_import_asks_for() -> None:
    root = etree.fromstring(moodle_writer.write([only_entry(_read(_entry()))], "Tea & more"))
    assert root.tag == "GLOSSARY"
    assert root.findtext("INFO/NAME") == "Tea & more"
    for name in ("INTRO", "ALLOWDUPLICATEDENTRIES", "DISPLAYFORMAT", "USEDYNALINK", "ENTBYPAGE"):
        assert root.find(f"INFO/{name}") is not None
    entry = root.find("INFO/ENTRIES/ENTRY")
    assert entry is not None
    for name in ("CONCEPT", "DEFINITION", "FORMAT", "CASESENSITIVE", "FULLMATCH", "TEACHERENTRY"):
        assert entry.findtext(name)


@settings(max_examples=30, deadline=None)
@given(glossaries())
def test_what_is_written_is_read_again(entries: list[Entry]) -> None:
    content = moodle_writer.write(entries, "Bread & more")
    found = read_back(read, content, "bread.xml")
    kept = [replace(entry, updated=None) for entry in by_term(entries)]
    assert found == {entry.key: entry for entry in kept}
    assert moodle_writer.write(entries, "Bread & more") == content


def test_a_source_stands_in_one_line_of_the_text() -> None:
    source = Source("Leaves", "A. Author", 2019, "https://example.org")
    entry = replace(only_entry(_read(_entry())), sources=(source,))
    found = read_back(read, moodle_writer.write([entry], "Tea"), "tea.xml")
    assert found["en/tea"].sources == (Source("A. Author, Leaves, 2019, https://example.org"),)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_never_raises(data: st.DataObject) -> None:
    text = EXPORT.format(_entry(more="<ALIASES><ALIAS><NAME>a</NAME></ALIAS></ALIASES>"))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    damaged = text[:start] + data.draw(st.text(max_size=10)) + text[end:]
    recognises(damaged)
    for item in read(damaged, PurePath("tea.xml")):
        assert isinstance(item, Entry | Fault)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.text(max_size=200), st.sampled_from("01245x"))
def test_any_content_of_an_entry_is_read_or_is_a_fault(term: str, html: str, form: str) -> None:
    for item in read(EXPORT.format(_entry(term, html, written_as=form)), PurePath("tea.xml")):
        assert isinstance(item, Entry | Fault)


def test_a_glossary_of_this_format_is_known_by_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "glossary.txt").write_text(EXPORT.format(_entry()), "utf-8")
    glossary = Glossary.read(tmp_path)
    assert glossary.entries
    assert not glossary.faults


def test_a_paragraph_that_but_names_other_names_gives_aliases() -> None:
    entry = only_entry(_read(_entry(html=f"{TEA}<p><b>Synonyms:</b> brew, cha</p>")))
    assert (entry.summary, entry.aliases) == (
        "Tea is a drink that is made from leaves.",
        ("brew", "cha"),
    )
    assert only_entry(_read(_entry(html="<p>Synonym: brew</p>"))).summary == "Synonym: brew"


def test_an_acronym_in_brackets_behind_a_concept_is_its_alias() -> None:
    entry = only_entry(_read(_entry("Crush, Tear, Curl (CTC)")))
    assert (entry.term, entry.aliases) == ("Crush, Tear, Curl", ("CTC",))


def test_terms_of_signs_alone_have_the_names_of_these_for_ids() -> None:
    entries = entries_of(_read(*(_entry(term) for term in (">>>", ">", "…", "Tea"))))
    names = ["greater-than-sign-3", "greater-than-sign", "horizontal-ellipsis", "tea"]
    assert [entry.id for entry in entries] == names
