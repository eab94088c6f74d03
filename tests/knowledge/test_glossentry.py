"""Glossaries in XML: DocBook's, DITA's, and others named as columns are."""

from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats.terminologies.glossentry import read, recognises
from knowledge.glossary import Glossary
from tests.knowledge.conftest import entries_of, faults_of, only_entry, only_fault

DOCBOOK = """<?xml version="1.0"?>
<!DOCTYPE glossary PUBLIC "-//OASIS//DTD DocBook XML V4.4//EN" "docbookx.dtd">
<glossary id="glossary" lang="en"><title>Sails</title>
<glossdiv><title>R</title>
  <glossentry id="gl-reef">
    <glossterm>Reef</glossterm><abbrev>RF</abbrev>
    <glossdef>
      <para>To make a <glossterm linkend="gl-sail">sail</glossterm> smaller, with
        <quote>points</quote> of <filename>&lt;rope&gt;</filename>.</para>
      <itemizedlist><listitem><para>Lower it.</para></listitem>
        <listitem><para>Tie it.</para></listitem></itemizedlist>
      <glossseealso otherterm="gl-sail">sail</glossseealso>
    </glossdef>
  </glossentry>
</glossdiv>
<glossdiv><title>Parts of a boat</title>
  <glossentry><glossterm id="gl-sail">Sail</glossterm>
    <glossdef><para>Cloth that the wind fills<indexterm><primary>Cloth</primary></indexterm>.</para>
    </glossdef></glossentry>
  <glossentry><glossterm>Canvas</glossterm><glosssee otherterm="gl-sail">Sail</glosssee>
  </glossentry>
</glossdiv></glossary>
"""


def _read(text: str) -> list[Entry | Fault]:
    return list(read(text, PurePath("sails.xml")))


def test_the_entries_of_docbook_are_read_with_what_they_refer_to() -> None:
    assert recognises(DOCBOOK)
    items = _read(DOCBOOK)
    assert not faults_of(items)
    reef, sail = entries_of(items)
    assert (reef.key, reef.term, reef.aliases) == ("en/gl-reef", "Reef", ("RF",))
    assert reef.summary == "To make a sail smaller, with “points” of <rope>."
    assert reef.sections[1].text == "Lower it.\n\nTie it."
    assert (reef.links, reef.line, reef.category) == (("gl-sail",), 5, "")
    assert (sail.id, sail.aliases, sail.category) == ("gl-sail", ("Canvas",), "Parts of a boat")
    assert sail.summary == "Cloth that the wind fills."


def test_an_entry_of_dita_is_read() -> None:
    entry = only_entry(
        _read(
            """<glossentry id="reef" xml:lang="ar"><glossterm>تصغير الشراع</glossterm>
<glossdef>تقليل مساحة الشراع.</glossdef><glossBody><glossUsage>للملاحين.</glossUsage>
<glossAlt><glossAcronym>ت ش</glossAcronym></glossAlt></glossBody></glossentry>"""
        )
    )
    assert (entry.key, entry.aliases) == ("ar/reef", ("ت ش",))
    assert entry.summary == "تقليل مساحة الشراع."
    assert (entry.sections[1].heading, entry.sections[1].text) == ("ملاحظة", "للملاحين.")


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(
            "<item><word><![CDATA[ Reef ]]></word><description>To make a <b>sail</b> smaller."
            "</description></item>",
            id="elements",
        ),
        pytest.param('<entry term="Reef" definition="To make a sail smaller."/>', id="attributes"),
    ],
)
def test_elements_that_are_named_as_columns_are_a_glossary(entries: str) -> None:
    text = f"<glossary>\n<meta/>\n{entries}</glossary>"
    assert recognises(text)
    entry = only_entry(_read(text))
    assert (entry.term, entry.summary, entry.line) == ("Reef", "To make a sail smaller.", 3)


def test_other_xml_is_not_taken_for_a_glossary() -> None:
    for text in (
        "<vocabulary><a/></vocabulary>",
        "<project><name>Sails</name><description>A program.</description></project>",
        "<rss><item><title>News</title><description>Of today.</description></item></rss>",
        "<html><body><p>glossary</p></body></html>",
        "# Reef\n\nTo make a sail smaller.",
    ):
        assert not recognises(text)


def test_an_entity_that_another_file_explains_leaves_its_name() -> None:
    items = _read(DOCBOOK.replace("smaller", "smaller on &app; boats"))
    assert entries_of(items)[0].summary.startswith("To make a sail smaller on app boats")
    assert "'app' not defined" in only_fault(faults_of(items)).message


def test_an_entry_without_a_definition_is_a_fault_with_its_line() -> None:
    items = _read(DOCBOOK.replace('<glosssee otherterm="gl-sail">Sail', "<glosssee>Elsewhere"))
    assert len(entries_of(items)) == 2
    fault = only_fault(faults_of(items))
    assert (fault.line, "“Canvas” has no definition" in fault.message) == (20, True)


def test_a_folder_of_them_is_read(tmp_path: Path) -> None:
    (tmp_path / "sails.docbook").write_text(DOCBOOK, "utf-8")
    glossary = Glossary.read(tmp_path)
    assert len(glossary.entries) == 2
    assert not glossary.faults


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_never_raises(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(DOCBOOK)))
    end = data.draw(st.integers(start, min(len(DOCBOOK), start + 40)))
    damaged = DOCBOOK[:start] + data.draw(st.text(max_size=10)) + DOCBOOK[end:]
    recognises(damaged)
    for item in _read(damaged):
        assert isinstance(item, Entry | Fault)


def test_items_whose_titles_are_terms_are_read() -> None:
    text = """<appendix><title>Sails</title><paragraphs><p><dl>
<li><title>jib</title><p><term>n</term>, the foremost sail, of <m>3</m> sides.</p></li>
<li><title>luff</title><p>The fore edge of a sail.</p><p>It is often of rope.</p></li>
</dl></p></paragraphs></appendix>"""
    jib, luff = entries_of(_read(text))
    assert (jib.term, jib.summary) == ("jib", "n, the foremost sail, of 3 sides.")
    assert (luff.summary, luff.text("body")) == (
        "The fore edge of a sail.",
        "It is often of rope.",
    )
    assert recognises("<book><glossary><gi><title>jib</title><p>A sail.</p></gi></glossary></book>")


def test_entries_that_no_id_is_given_are_known_by_their_terms() -> None:
    entry = "<glossentry><glossterm>{}</glossterm><glossdef>A part.</glossdef></glossentry>"
    items = _read(f"<glossary>{entry.format('Boom')}{entry.format('Mast')}</glossary>")
    assert [entry.id for entry in entries_of(items)] == ["boom", "mast"]
