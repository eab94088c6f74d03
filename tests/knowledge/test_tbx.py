"""TBX: read in both versions and styles, written as TBX-Basic."""

from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from knowledge.entry import Entry, Source
from knowledge.exports import tbx as tbx_writer
from knowledge.fault import Fault
from knowledge.formats.terminologies.tbx import read, recognises
from knowledge.glossary import Glossary
from tests.knowledge.conftest import entries_of, faults_of, only_entry, only_fault
from tests.knowledge.terminology import glossaries, read_back

SECOND = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en">
<martifHeader><fileDesc><sourceDesc><p>Bread, a terminology</p></sourceDesc></fileDesc>
</martifHeader>
<text><body>
{}
</body></text>
</martif>
"""
THIRD = """<?xml version="1.0" encoding="utf-8"?>
<?xml-model href="https://example.org/TBX-Basic.nvdl" type="application/xml"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
    xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>Bread</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
{}
</body></text>
</tbx>
"""
RYE = "A dark loaf that is made from the flour of rye."
RYE_ARABIC = "رغيف داكن يُصنع من دقيق الجاودار."
SIMPLE = f"""<termEntry id="rye"><langSet xml:lang="en">
<descripGrp><descrip type="definition">{RYE}</descrip></descripGrp>
<ntig><termGrp><term>rye bread</term></termGrp></ntig></langSet></termEntry>"""


def _read(text: str) -> list[Entry | Fault]:
    return list(read(text, PurePath("bread.tbx")))


def _second(entries: str) -> list[Entry | Fault]:
    return _read(SECOND.format(entries))


FACTS = [
    """<termEntry id="rye"><descrip type="subjectField">Loaves</descrip>
<ref type="crossReference" target="bun">bun</ref>
<xref type="externalCrossReference" target="https://example.org/rye">The Rye Pages</xref>
<langSet xml:lang="en">
  <transacGrp><transac type="transactionType">origination</transac>
  <date>2020-01-01</date></transacGrp>
  <transacGrp><transac type="transactionType">modification</transac>
  <date>2026-03-01</date></transacGrp>
  <descripGrp><descrip type="definition">A dark loaf that is made
      from the <hi type="entailedTerm" target="flour">flour</hi> of rye.</descrip>
      <admin type="source">Loaves of the North</admin></descripGrp>
  <note>Not the sweet kind.</note>
  <ntig><termGrp><term>black bread</term>
    <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp></ntig>
  <ntig><termGrp><term>rye bread</term>
    <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp>
    <descrip type="context">Mira bakes rye bread.</descrip></ntig>
</langSet></termEntry>
<termEntry id="bun"><langSet xml:lang="en"><descrip type="definition">A roll.</descrip>
<tig><term>bun</term></tig></langSet></termEntry>
<termEntry id="flour"><langSet xml:lang="en"><descrip type="definition">Ground grain.</descrip>
<tig><term>flour</term></tig></langSet></termEntry>""",
    """<conceptEntry id="rye"><min:subjectField>Loaves</min:subjectField>
<basic:crossReference target="bun">bun</basic:crossReference>
<min:externalCrossReference target="https://example.org/rye"
>The Rye Pages</min:externalCrossReference>
<langSec xml:lang="en">
  <transacGrp><basic:transactionType>modification</basic:transactionType><date>2026-03-01</date>
  <basic:responsibility target="p1">Someone</basic:responsibility></transacGrp>
  <descripGrp><basic:definition>A dark loaf that is made
      from the <hi type="entailedTerm" target="flour">flour</hi> of rye.</basic:definition>
      <basic:source>Loaves of the North</basic:source></descripGrp>
  <note>Not the sweet kind.</note>
  <termSec><term>black bread</term>
    <min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
  <termSec><term>rye bread</term>
    <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
    <descripGrp><basic:context>Mira bakes rye bread.</basic:context></descripGrp></termSec>
</langSec></conceptEntry>
<conceptEntry id="bun"><langSec xml:lang="en"><basic:definition>A roll.</basic:definition>
<termSec><term>bun</term></termSec></langSec></conceptEntry>
<conceptEntry id="flour"><langSec xml:lang="en"><basic:definition>Ground grain.</basic:definition>
<termSec><term>flour</term></termSec></langSec></conceptEntry>""",
]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SECOND.format(FACTS[0]), id="version 2"),
        pytest.param(THIRD.format(FACTS[1]), id="version 3, named by elements"),
    ],
)
def test_everything_that_a_concept_says_is_kept(text: str) -> None:
    assert recognises(text)
    entry = entries_of(_read(text))[0]
    assert (entry.id, entry.term, entry.aliases) == ("rye", "rye bread", ("black bread",))
    assert (entry.language, entry.category) == ("en", "Loaves")
    assert entry.summary == RYE
    assert entry.example == "Mira bakes rye bread."
    assert (entry.sections[1].heading, entry.sections[1].text) == ("Note", "Not the sweet kind.")
    assert {"bun", "flour"} <= set(entry.links)
    assert entry.updated == date(2026, 3, 1)
    assert set(entry.sources) == {
        Source("Loaves of the North"),
        Source("The Rye Pages", url="https://example.org/rye"),
    }


def test_the_languages_of_a_concept_share_its_id() -> None:
    items = _second(
        f"""<termEntry id="rye">
<langSet xml:lang="en"><descrip type="definition">{RYE}</descrip><tig><term>rye bread</term>
</tig></langSet>
<langSet xml:lang="ar"><descrip type="definition">{RYE_ARABIC}</descrip><tig>
<term>خبز الجاودار</term></tig>
<note>لا يُحلّى.</note></langSet></termEntry>"""
    )
    english, arabic = entries_of(items)
    assert (english.key, arabic.key) == ("en/rye", "ar/rye")
    assert (arabic.term, arabic.summary) == ("خبز الجاودار", RYE_ARABIC)
    assert arabic.sections[1].heading == "ملاحظة"


@pytest.mark.parametrize(
    ("definition", "language"),
    [
        pytest.param(f'<descrip type="definition" xml:lang="ar">{RYE_ARABIC}</descrip>', "ar"),
        pytest.param(f'<descrip type="definition">{RYE_ARABIC}</descrip>', "ar"),
        pytest.param(f'<descrip type="definition">{RYE}</descrip>', "en"),
        pytest.param(f"<descrip>{RYE}</descrip>", "en", id="of no type"),
    ],
)
def test_a_definition_of_the_concept_goes_to_its_own_language(
    definition: str, language: str
) -> None:
    entry = only_entry(
        _second(
            f"""<termEntry id="rye">{definition}
<langSet xml:lang="en"><tig><term>rye bread</term></tig></langSet>
<langSet xml:lang="ar"><tig><term>خبز الجاودار</term></tig></langSet></termEntry>"""
        )
    )
    assert entry.language == language
    assert (
        entry.names
        == {
            "en": ("rye bread", "خبز الجاودار"),
            "ar": ("خبز الجاودار", "rye bread"),
        }[language]
    )


def test_a_definition_in_another_region_of_the_language_is_its_own() -> None:
    entry = only_entry(
        _second(
            f"""<termEntry id="27766_1436152">
<descrip type="definition" xml:lang="en">{RYE}</descrip>
<langSet xml:lang="en-US"><ntig><termGrp><term id="27766_1436151">rye bread</term></termGrp>
</ntig></langSet>
<langSet xml:lang="ar-SA"><ntig><termGrp><term>خبز الجاودار</term></termGrp></ntig></langSet>
</termEntry>"""
        )
    )
    assert (entry.id, entry.language) == ("rye-bread", "en-US")
    assert entry.aliases == ("خبز الجاودار",)


def test_languages_that_are_not_marked_are_told_by_their_script() -> None:
    items = _second(
        f"""<termEntry><langSet><descrip type="definition">{RYE}</descrip><tig><term>rye</term>
</tig></langSet>
<langSet><descrip type="definition">{RYE_ARABIC}</descrip><tig><term>جاودار</term></tig></langSet>
</termEntry>"""
    )
    assert [entry.key for entry in entries_of(items)] == ["en/rye", "ar/rye"]


def test_the_smallest_dialect_is_read() -> None:
    entry = only_entry(
        _read(
            f"""<TBX dialect="TBX-Min"><header><id>Bread</id>
<languages source="en" target="de"/></header>
<body><entry id="C002"><subjectField>Loaves</subjectField><langGroup xml:lang="en"><termGroup>
<term>rye bread</term><note>{RYE}</note><termStatus>preferred</termStatus></termGroup></langGroup>
<langGroup xml:lang="de"><termGroup><term>Roggenbrot</term></termGroup></langGroup>
</entry></body></TBX>"""
        )
    )
    assert (entry.id, entry.category, entry.summary) == ("rye-bread", "Loaves", RYE)
    assert entry.aliases == ("Roggenbrot",)


def test_a_note_on_a_forbidden_term_defines_nothing() -> None:
    items = _read(
        """<TBX dialect="TBX-Min"><body><entry id="C1"><langGroup xml:lang="en">
<termGroup><term>bun</term><termStatus>preferred</termStatus></termGroup>
<termGroup><term>bap</term><termStatus>deprecated</termStatus>
<note>But say bap of a soft one.</note></termGroup></langGroup></entry></body></TBX>"""
    )
    assert "“bun” has no definition" in only_fault(items).message


MULTITERM = f"""<?xml version="1.0" encoding="UTF-8"?>
<mtf><conceptGrp><concept>12</concept>
<transacGrp><transac type="origination">someone</transac>
<date>2020-01-01T10:00:00</date></transacGrp>
<descripGrp><descrip type="Fachgebiet">Loaves</descrip></descripGrp>
<languageGrp><language type="English" lang="EN"/>
  <descripGrp><descrip type="Definition">A dark loaf that is made from the
  <xref Tlink="flour">flour</xref> of rye.</descrip>
    <descripGrp><descrip type="Source">Loaves of the North</descrip></descripGrp></descripGrp>
  <termGrp><term>rye bread</term>
    <descripGrp><descrip type="Context">Mira bakes rye bread.</descrip></descripGrp></termGrp>
  <termGrp><term>black bread</term>
    <descripGrp><descrip type="Status">deprecated</descrip></descripGrp></termGrp></languageGrp>
<languageGrp><language type="Arabic (Egypt)" lang="AR-EG"/>
  <termGrp><term>خبز الجاودار</term>
    <descripGrp><descrip type="Définition">{RYE_ARABIC}</descrip></descripGrp></termGrp>
</languageGrp></conceptGrp></mtf>
"""


def test_the_xml_of_multiterm_is_read_too() -> None:
    assert recognises(MULTITERM)
    english, arabic = entries_of(_read(MULTITERM))
    assert (english.key, arabic.key) == ("en/rye-bread", "ar-EG/rye-bread")
    assert english.names == ("rye bread", "black bread")
    assert (english.summary, arabic.summary) == (RYE, RYE_ARABIC)
    assert (english.example, english.category) == ("Mira bakes rye bread.", "Loaves")
    assert english.sources == (Source("Loaves of the North"),)
    assert english.links == ("flour",)
    assert english.updated == date(2020, 1, 1)


def test_a_short_form_or_a_forbidden_term_is_not_the_term() -> None:
    entry = only_entry(
        _second(
            """<termEntry id="c1"><langSet xml:lang="en">
<descrip type="definition">A unit.</descrip>
<tig><term>°Oe</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
<tig><term>KMW</term><termNote type="termType">acronym</termNote></tig>
<tig><term>must scale</term><termNote type="termType">fullForm</termNote></tig></langSet>
</termEntry>"""
        )
    )
    assert entry.names == ("must scale", "KMW", "°Oe")


def test_a_status_by_its_bare_name_tells_a_forbidden_term_too() -> None:
    entry = only_entry(
        _second(
            """<termEntry id="c1"><langSet xml:lang="en">
<descrip type="definition">A unit.</descrip>
<ntig><termGrp><term>bap</term><termNote type="status">FORBIDDEN</termNote></termGrp></ntig>
<ntig><termGrp><term>bun</term><termNote type="status">VALID</termNote></termGrp></ntig></langSet>
</termEntry>"""
        )
    )
    assert entry.names == ("bun", "bap")


def test_a_concept_that_nobody_defines_is_a_fault_with_its_line() -> None:
    items = _second(
        SIMPLE + '\n<termEntry><langSet xml:lang="en"><tig><term>bun</term></tig>'
        "</langSet></termEntry>"
    )
    assert (
        str(only_fault(faults_of(items))) == "bread.tbx:10: “bun” has no definition: give it one."
    )


def test_what_can_be_read_of_a_broken_file_is() -> None:
    items = _read(SECOND.format(SIMPLE + "<termEntry></langSet>"))
    assert [entry.id for entry in entries_of(items)] == ["rye"]
    assert "not well-formed XML here" in faults_of(items)[0].message


@pytest.mark.parametrize(
    "declared",
    [
        '[<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]',
        '[<!ENTITY a SYSTEM "file:///etc/hosts">]',
        "[<!ENTITY % a SYSTEM 'http://example.org/x.dtd'> %a;]",
        f'[<!ENTITY a "{"ha" * 10_000}">]',
    ],
)
def test_entities_that_grow_or_reach_out_are_refused(declared: str) -> None:
    text = SECOND.format(SIMPLE).replace('SYSTEM "TBXcoreStructV02.dtd"', declared)
    fault = only_fault(_read(text))
    assert fault.line == 2
    assert "write it out" in fault.message or "remove it" in fault.message


def test_entities_that_are_plain_text_and_those_of_html_are_understood() -> None:
    text = SECOND.format(SIMPLE.replace("rye bread", "rye&nbsp;bread &amp; &b;"))
    text = text.replace('SYSTEM "TBXcoreStructV02.dtd"', "[<!ENTITY b 'butter'>]")
    assert only_entry(_read(text)).term == "rye bread & butter"


def test_many_references_to_an_entity_are_no_bomb() -> None:
    text = SECOND.format(SIMPLE.replace(RYE, "&a;" * 200_000))
    text = text.replace('SYSTEM "TBXcoreStructV02.dtd"', f"[<!ENTITY a '{'ha ' * 300}'>]")
    assert "without measure" in only_fault(_read(text)).message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<martif>" + "<a>" * 100_000, id="deep elements"),
        pytest.param("<martif><!--" * 100_000, id="comments that never close"),
        pytest.param("<!DOCTYPE a [" + "<!ENTITY" * 100_000, id="declarations that never close"),
        pytest.param("<!DOCTYPE a " + "'" * 100_001, id="quotes that never close"),
        pytest.param("<martif>" + "&a" * 100_000, id="references that never close"),
    ],
)
def test_endless_nesting_is_no_hang(text: str) -> None:
    recognises(text)
    assert all(isinstance(item, Fault) for item in _read(text))


def test_a_list_of_words_in_two_languages_defines_each_by_the_other() -> None:
    words = [("en", "ebb"), ("ar", "جزر")]
    sets = "".join(
        f'<langSet xml:lang="{tag}"><tig><term>{word}</term></tig></langSet>' for tag, word in words
    )
    found = _read(f"<martif><text><body><termEntry>{sets}</termEntry></body></text></martif>")
    assert "no concept has a definition" in faults_of(found)[0].message
    assert [(e.term, e.language, e.summary) for e in entries_of(found)] == [("ebb", "en", "جزر")]


def test_words_in_two_languages_define_each_other_where_most_have_but_them() -> None:
    words = [
        ("ebb", "جزر", "<descrip>The sea falls.</descrip>"),
        ("tide", "مد", ""),
        ("sea", "بحر", ""),
    ]
    concepts = "".join(
        f'<termEntry>{said}<langSet xml:lang="en"><tig><term>{word}</term></tig></langSet>'
        f'<langSet xml:lang="ar"><tig><term>{other}</term></tig></langSet></termEntry>'
        for word, other, said in words
    )
    found = _read(f"<martif><text><body>{concepts}</body></text></martif>")
    assert [(e.term, e.summary) for e in entries_of(found)] == [
        ("ebb", "The sea falls."),
        ("tide", "مد"),
        ("sea", "بحر"),
    ]
    assert "“tide” has no definition: its translation stands" in faults_of(found)[0].message


def test_of_endless_nesting_it_is_said_that_it_nests_too_deep() -> None:
    first = next(item for item in _read("<martif>" + "<a>" * 5_000) if isinstance(item, Fault))
    assert "it nests too deep" in first.message


# The structure of TBX-Basic, after ISO 30042:2019 and the rules that its makers publish for the
# dialect: what stands where, and the values of statuses and transactions. Only what we write.
GRAMMAR = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:iso:std:iso:30042:ed-2"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="tbx">
    <attribute name="type"><value>TBX-Basic</value></attribute>
    <attribute name="style"><value>dca</value></attribute>
    <ref name="language"/>
    <element name="tbxHeader"><element name="fileDesc">
      <element name="titleStmt"><element name="title"><text/></element></element>
      <element name="sourceDesc"><element name="p"><text/></element></element>
    </element></element>
    <element name="text"><element name="body">
      <oneOrMore><ref name="concept"/></oneOrMore>
    </element></element>
  </element></start>
  <define name="language">
    <attribute name="xml:lang"><data type="language"/></attribute>
  </define>
  <define name="concept"><element name="conceptEntry">
    <attribute name="id"><data type="ID"/></attribute>
    <zeroOrMore><choice>
      <element name="descrip"><attribute name="type"><value>subjectField</value></attribute>
        <ref name="language"/><text/></element>
      <element name="ref"><attribute name="type"><value>crossReference</value></attribute>
        <attribute name="target"><data type="IDREF"/></attribute><text/></element>
    </choice></zeroOrMore>
    <oneOrMore><element name="langSec"><ref name="language"/>
      <zeroOrMore><choice>
        <element name="descrip"><attribute name="type"><value>definition</value></attribute>
          <text/></element>
        <element name="admin"><attribute name="type"><value>source</value></attribute>
          <text/></element>
        <element name="note"><text/></element>
        <element name="transacGrp">
          <element name="transac"><attribute name="type"><value>transactionType</value></attribute>
            <choice><value>origination</value><value>modification</value></choice></element>
          <element name="date"><data type="date"/></element>
        </element>
      </choice></zeroOrMore>
      <oneOrMore><ref name="term"/></oneOrMore>
    </element></oneOrMore>
  </element></define>
  <define name="term"><element name="termSec">
    <element name="term"><text/></element>
    <element name="termNote"><attribute name="type"><value>administrativeStatus</value></attribute>
      <choice><value>preferredTerm-admn-sts</value><value>admittedTerm-admn-sts</value>
      <value>deprecatedTerm-admn-sts</value><value>supersededTerm-admn-sts</value></choice>
    </element>
    <zeroOrMore><choice>
      <element name="descrip"><attribute name="type"><value>context</value></attribute>
        <text/></element>
      <element name="xref">
        <attribute name="type"><value>externalCrossReference</value></attribute>
        <attribute name="target">
          <data type="anyURI"><param name="pattern">https?://.+</param></data>
        </attribute>
        <text/></element>
    </choice></zeroOrMore>
  </element></define>
</grammar>
"""


@pytest.fixture(scope="module")
def basic() -> Any:
    return etree.RelaxNG(etree.fromstring(GRAMMAR))


@settings(max_examples=30, deadline=None)
@given(entries=glossaries())
def test_what_is_written_is_valid_and_read_again(basic: Any, entries: list[Entry]) -> None:
    content = tbx_writer.write(entries, "Bread & more")
    basic.assertValid(etree.fromstring(content))
    assert read_back(read, content, "bread.tbx") == {entry.key: entry for entry in entries}
    assert tbx_writer.write(entries, "Bread & more") == content


def test_a_source_on_the_web_keeps_its_address(basic: Any) -> None:
    entry = only_entry(_second(SIMPLE))
    source = Source("The Rye Pages", url="https://example.org/rye?a=1&b=2")
    content = tbx_writer.write([replace(entry, sources=(source,))], "Bread")
    basic.assertValid(etree.fromstring(content))
    assert only_entry(_read(content.decode())).sources == (source,)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_never_raises(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([SECOND.format(FACTS[0]), THIRD.format(FACTS[1])]))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    damaged = text[:start] + data.draw(st.text(max_size=10)) + text[end:]
    recognises(damaged)
    for item in _read(damaged):
        assert isinstance(item, Entry | Fault)


def test_a_glossary_of_this_format_is_known_by_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "glossary.txt").write_text(SECOND.format(SIMPLE), "utf-8")
    glossary = Glossary.read(tmp_path)
    assert glossary.entries
    assert not glossary.faults


def test_a_short_definition_of_a_concept_is_in_the_language_of_its_words() -> None:
    items = _read(
        SECOND.format(
            """<termEntry id="ebb"><descrip type="definition">Das Fallen des Wassers.</descrip>
<langSet xml:lang="en"><tig><term>ebb</term></tig></langSet>
<langSet xml:lang="de"><tig><term>Ebbe</term></tig></langSet></termEntry>"""
        )
    )
    entry = only_entry(items)
    assert (entry.term, entry.language, entry.aliases) == ("Ebbe", "de", ("ebb",))


@pytest.mark.parametrize("named", ["Definition (EN)", "Begriffsbestimmung", "التعريف", "定義"])
def test_a_termbase_may_call_its_definitions_as_tables_do(named: str) -> None:
    text = MULTITERM.replace('type="Definition"', f'type="{named}"')
    assert entries_of(_read(text))[0].summary == RYE
