"""SKOS, and other vocabularies in RDF: read in all its syntaxes, written as Turtle."""

import json
from datetime import date
from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entry import Entry, Source
from knowledge.exports import skos as skos_writer
from knowledge.fault import Fault
from knowledge.formats.terminologies.skos import read, recognises
from knowledge.glossary import Glossary
from tests.knowledge.conftest import entries_of, faults_of, only_entry, only_fault
from tests.knowledge.terminology import glossaries, read_back

PREFIXES = """# Tides, a vocabulary.
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix : <http://example.org/tides/> .

"""
EBB = """:ebb a skos:Concept ;
    skos:prefLabel "Ebb"@en, "الجزر"@ar ;
    skos:definition "The fall of the water after it stood high."@en,
        "هبوط الماء بعد أن علا."@ar .
"""


def _turtle(text: str) -> list[Entry | Fault]:
    return list(read(PREFIXES + text, PurePath("tides.ttl")))


def _by_language(items: list[Entry | Fault]) -> dict[str, Entry]:
    assert not faults_of(items), [str(fault) for fault in faults_of(items)]
    return {entry.language: entry for entry in entries_of(items)}


def test_a_concept_gives_an_entry_for_each_language_under_one_id() -> None:
    entries = _by_language(_turtle(EBB))
    assert {entry.key for entry in entries.values()} == {"en/ebb", "ar/ebb"}
    assert entries["ar"].term == "الجزر"
    assert entries["ar"].summary == "هبوط الماء بعد أن علا."
    assert entries["en"].line == 10


def test_everything_that_a_concept_says_is_kept() -> None:
    items = _turtle(
        EBB
        + """:flood a skos:Concept ; skos:prefLabel "Flood"@en ; skos:altLabel "rising tide"@en ;
    skos:hiddenLabel "floud"@en ; skos:notation "FLD", "T-2" ;
    skos:definition "The rise of the water."@en ; skos:example "At six the flood set in."@en ;
    skos:scopeNote "Not of rivers."@en ; skos:historyNote "An old word of seamen."@en ;
    skos:related :ebb ; dct:modified "2026-03-01T10:00:00Z" ;
    dct:source "The Book of Tides"@en, <https://example.org/tables> .
"""
    )
    entry = next(entry for entry in entries_of(items) if entry.id == "flood")
    assert (entry.id, entry.term) == ("flood", "Flood")
    assert entry.aliases == ("rising tide", "floud", "FLD")
    assert entry.example == "At six the flood set in."
    assert [(s.name, s.heading) for s in entry.sections[1:3]] == [
        ("scope", "Scope"),
        ("origin", "History"),
    ]
    assert entry.links == ("ebb",)
    assert entry.updated == date(2026, 3, 1)
    assert entry.sources == (
        Source("The Book of Tides"),
        Source("https://example.org/tables", url="https://example.org/tables"),
    )


@pytest.mark.parametrize(
    ("above", "category"),
    [
        pytest.param(
            ':c a skos:Collection ; skos:prefLabel "Waters"@en ; skos:member :ebb .',
            "Waters",
            id="a collection",
        ),
        pytest.param(
            ":c a skos:OrderedCollection ; skos:prefLabel 'Waters' ; skos:memberList (:ebb) .",
            "Waters",
            id="an ordered collection without a language",
        ),
        pytest.param(
            ':sea skos:prefLabel "Sea"@en ; skos:definition "Salt water."@en ; skos:narrower :ebb,'
            " :a . :a skos:prefLabel 'A'@en ; skos:definition 'One.'@en .",
            "Sea",
            id="the top concept above it",
        ),
        pytest.param(
            ":s skos:prefLabel 'S'@en . :t skos:prefLabel 'T'@en . :s a skos:ConceptScheme ."
            " :t a skos:ConceptScheme . :ebb skos:inScheme :s . :a skos:prefLabel 'A'@en ;"
            " skos:definition 'One.'@en ; skos:inScheme :t .",
            "S",
            id="one scheme of several",
        ),
        pytest.param(
            ":s a skos:ConceptScheme ; skos:prefLabel 'S'@en . :ebb skos:inScheme :s .",
            "",
            id="no category: the only scheme",
        ),
        pytest.param(
            ":ebb skos:broader :a . :a skos:prefLabel 'A'@en ; skos:definition 'One.'@en ;"
            " skos:broader :ebb .",
            "",
            id="no category: a circle",
        ),
    ],
)
def test_what_a_concept_stands_under_is_its_category(above: str, category: str) -> None:
    entries = entries_of(_turtle(EBB + above))
    assert next(e for e in entries if e.key == "en/ebb").category == category


def test_labels_and_definitions_may_stand_in_nodes_of_their_own() -> None:
    entry = only_entry(
        _turtle(
            """:ebb a skos:Concept ; skosxl:prefLabel [ skosxl:literalForm "Ebb"@en ] ;
    skosxl:altLabel [ skosxl:literalForm "falling tide"@en ] ;
    skos:definition [ rdf:value "The fall of the water."@en ] ;
    skos:note [ rdfs:label "How it works"@en ; rdf:value "The moon draws it."@en ] ."""
        )
    )
    assert (entry.term, entry.aliases) == ("Ebb", ("falling tide",))
    assert entry.summary == "The fall of the water."
    assert (entry.sections[1].name, entry.sections[1].heading) == ("how", "How it works")


def test_classes_and_properties_of_an_ontology_are_terms_too() -> None:
    items = _turtle(
        """:Ontology a owl:Ontology ; rdfs:label "Tides" ; rdfs:comment "About tides." .
:TidePool a owl:Class ; rdfs:comment "A pool that the sea leaves among rocks at ebb."@en .
:fills a owl:ObjectProperty ; rdfs:label "fills"@en ; rdfs:comment "What the flood does."@en .
:Undefined a owl:Class ; rdfs:label "Undefined" .
"""
    )
    assert [(e.id, e.term) for e in entries_of(items)] == [
        ("tidepool", "Tide Pool"),
        ("fills", "fills"),
    ]
    assert not faults_of(items)


def test_properties_of_the_file_are_known_by_what_they_are_called() -> None:
    entry = only_entry(
        _turtle(
            """:p97 a owl:AnnotationProperty ; rdfs:label "DEFINITION" .
:p90 a owl:AnnotationProperty ; rdfs:label "exact_synonym"@en .
:Ebb a owl:Class ; rdfs:label "Ebb"@en ; :p97 "The fall of the water."@en ;
    :p90 "falling tide"@en ; rdfs:comment "Reviewed."@en ."""
        )
    )
    assert (entry.summary, entry.aliases) == ("The fall of the water.", ("falling tide",))
    assert entry.sections[1].text == "Reviewed."


def test_a_number_or_a_hash_is_no_id() -> None:
    items = _turtle(
        "".join(
            f"<http://example.org/{name}> a skos:Concept ; skos:prefLabel {label} ;"
            ' skos:definition "It rises and falls."@en .\n'
            for name, label in [
                ("c_4711", '"Neap tide"@en'),
                ("0f8fad5b-d9cb-469f-a165-70867728950e", '"Spring tide"@en'),
                ("12", '"Neap tide"@en'),
                ("slack-water", '"Slack"@en'),
            ]
        )
    )
    ids = [entry.id for entry in entries_of(items)]
    assert ids == ["neap-tide", "spring-tide", "neap-tide-12", "slack-water"]


def test_a_definition_that_says_no_language_is_in_that_of_the_terms() -> None:
    (entry,) = entries_of(
        _turtle(':ebb skos:prefLabel "Ebbe"@de ; skos:definition "Das Wasser fällt." .')
    )
    assert (entry.language, entry.summary) == ("de", "Das Wasser fällt.")
    items = _turtle(
        ':ebb skos:prefLabel "Ebb"@en, "الجزر"@ar ; skos:definition "هبوط الماء بعد أن علا." .'
    )
    entry = only_entry(items)
    assert (entry.language, entry.aliases) == ("ar", ("Ebb",))


def test_a_term_without_a_definition_in_its_language_is_an_alias_where_there_is_one() -> None:
    entry = only_entry(
        _turtle(':ebb skos:prefLabel "Ebb"@en, "reflux"@fr ; skos:definition "It falls."@en .')
    )
    assert (entry.language, entry.aliases) == ("en", ("reflux",))


def test_a_definition_in_another_language_than_the_only_term_is_of_that_all_the_same() -> None:
    items = _turtle(
        ':slack a skos:Concept ; skos:prefLabel "slack"@en ; skos:definition "Wasser ruht."@de .\n'
    )
    (entry,) = entries_of(items)
    assert (entry.term, entry.language) == ("slack", "de")
    assert "has no term in that language" in faults_of(items)[0].message


def test_what_holds_the_terms_of_a_file_is_none_of_them() -> None:
    said = 'dct:title "Tides"@en ; dct:description "All words of the sea."@en'
    term = said.replace("Tides", "Ebb").replace("All words of the sea", "The fall of the water")
    items = _turtle(f":all a :WordScheme ; {said} . :ebb a :SeaWord ; {term} .\n")
    assert only_entry(items).term == "Ebb"


def test_a_concept_that_nobody_defines_is_a_fault_with_its_line() -> None:
    fault = only_fault(_turtle(':ebb a skos:Concept ; skos:prefLabel "Ebb"@en .'))
    assert str(fault) == "tides.ttl:10: “Ebb” has no definition: give it one."


def test_a_scope_note_defines_where_nothing_else_does() -> None:
    entry = only_entry(_turtle(':ebb skos:prefLabel "Ebb"@en ; skos:scopeNote "It falls."@en .'))
    assert [section.name for section in entry.sections] == ["summary"]


def test_no_markup_is_left_in_literals_and_wrapped_lines_are_joined() -> None:
    entry = only_entry(
        _turtle(
            ':ebb skos:prefLabel "Ebb &amp; flow"@en ; skos:definition """The <b>fall</b> of the\n'
            "      [water](https://example.org/w), **slowly**&nbsp;and `surely`.\n\n"
            'Twice a day."""@en .'
        )
    )
    assert entry.term == "Ebb & flow"
    assert entry.summary.startswith("The fall of the water, slowly and surely.")


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        pytest.param(r"Tides turn.\\n\\nTwice a day.", "Tides turn.", id="line feeds written out"),
        pytest.param(
            r"The rise \\(\\nu\\) is small.", r"The rise \(\nu\) is small.", id="a formula"
        ),
        pytest.param(
            r"The \\(\\textit{rise}\\) of it.", "The rise of it.", id="words as a formula"
        ),
        pytest.param(
            r"A line ends in '\\n', or '\\r\\n'.",
            r"A line ends in '\n', or '\r\n'.",
            id="line feeds that are spoken of",
        ),
        pytest.param(
            "The <div> tag parts a page, as <p> does.",
            "The <div> tag parts a page, as <p> does.",
            id="tags that are spoken of",
        ),
        pytest.param("Marked T*T***T** here.", "Marked T*T***T** here.", id="stars of a pattern"),
        pytest.param("It falls.<ref>Tide tables</ref>", "It falls.", id="the source of a wiki"),
        pytest.param(
            "<html:p>It <html:b>falls</html:b>.</html:p>", "It falls.", id="prefixed tags"
        ),
    ],
)
def test_habits_of_other_programs_leave_no_trace(said: str, plain: str) -> None:
    entry = only_entry(_turtle(f':ebb skos:prefLabel "Ebb"@en ; skos:definition "{said}"@en .'))
    assert entry.summary == plain


def test_a_literal_that_is_an_object_says_its_value() -> None:
    entry = only_entry(
        _turtle(
            """:ebb a skos:Concept ; skos:prefLabel '{"id": "7f1c", "value": "Ebb"}'@en ;
    skos:definition '{"id": "7f1d", "value": "The fall of the \\\\"high\\\\" water."}'@en ."""
        )
    )
    assert (entry.id, entry.term) == ("ebb", "Ebb")
    assert entry.summary == 'The fall of the "high" water.'


def test_an_element_around_a_text_says_its_language() -> None:
    entries = _by_language(
        _turtle(
            """:ebb skos:prefLabel "Ebb"@en, "reflux"@fr ; skos:definition
    '<p xml:lang="fr">La mer descend.</p>'^^rdf:HTML, '<p lang="en">It falls.</p>'^^rdf:HTML ."""
        )
    )
    assert entries["fr"].summary == "La mer descend."
    assert entries["en"].summary == "It falls."


@pytest.mark.parametrize(
    ("kind", "summary", "note"),
    [
        ("rdf:Property", "How far it falls.", "Give it in metres."),
        ("skos:Concept", "Give it in metres.", "How far it falls."),
    ],
)
def test_a_comment_defines_a_class_and_a_description_a_concept(
    kind: str, summary: str, note: str
) -> None:
    entry = only_entry(
        _turtle(
            f':range a {kind} ; rdfs:label "Range"@en ; rdfs:comment "How far it falls."@en ;'
            ' dct:description "Give it in metres."@en .'
        )
    )
    assert entry.summary == summary
    assert [(each.heading, each.text) for each in entry.sections[1:]] == [("Note", note)]


def test_of_comment_and_description_what_more_concepts_have_defines() -> None:
    items = _turtle(
        ':A a owl:Class ; rdfs:label "A"@en ; dct:description "It rises."@en .'
        ' :B a owl:Class ; rdfs:label "B"@en ; dct:description "It falls."@en ;'
        ' rdfs:comment "As all agree."@en .'
    )
    assert [entry.summary for entry in entries_of(items)] == ["It rises.", "It falls."]


def test_a_comment_that_repeats_the_definition_is_no_note() -> None:
    entry = only_entry(
        _turtle(
            ':Ebb a owl:Class ; rdfs:label "Ebb"@en ; skos:definition "It falls. Slowly."@en ;'
            ' rdfs:comment "It falls."@en .'
        )
    )
    assert [section.name for section in entry.sections] == ["summary"]


def test_concepts_that_are_only_referred_to_are_told_of_once() -> None:
    items = _turtle(EBB + ":neap a skos:Concept ; skos:related :ebb .\n:spring a skos:Concept .\n")
    fault = only_fault(faults_of(items))
    assert (fault.line, fault.severity) == (14, "warning")
    assert fault.message.startswith("2 concepts, this is the first,")


@pytest.mark.parametrize("tag", ["und", "zxx", "us"])
def test_a_tag_that_is_no_language_says_none(tag: str) -> None:
    text = f':ebb skos:prefLabel "Ebb"@{tag} ; skos:definition "The water falls."@{tag} .'
    assert only_entry(_turtle(text)).language == "en"


def test_a_name_with_a_long_number_is_no_id() -> None:
    text = EBB.replace(":ebb", "<http://example.org/cb12037724p>")
    assert {entry.id for entry in entries_of(_turtle(text))} == {"ebb"}


RDF_XML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rdf:RDF [
    <!ENTITY xsd "http://www.w3.org/2001/XMLSchema#" >
    <!ENTITY tides "http://example.org/tides/" >
]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:Concept rdf:about="&tides;ebb">
    <skos:prefLabel xml:lang="en">Ebb</skos:prefLabel>
    <skos:prefLabel xml:lang="ar">الجزر</skos:prefLabel>
    <skos:definition xml:lang="en">The fall of the water
        after it stood high.</skos:definition>
    <skos:definition xml:lang="ar">هبوط الماء بعد أن علا.</skos:definition>
  </skos:Concept>
</rdf:RDF>
"""
TRIPLES = """
<http://example.org/tides/ebb> <http://www.w3.org/2004/02/skos/core#prefLabel> "Ebb"@en .
<http://example.org/tides/ebb> <http://www.w3.org/2004/02/skos/core#prefLabel> "الجزر"@ar .
<http://example.org/tides/ebb> <http://www.w3.org/2004/02/skos/core#definition> "The fall of the \
water after it stood high."@en .
<http://example.org/tides/ebb> <http://www.w3.org/2004/02/skos/core#definition> "هبوط الماء بعد أن \
علا."@ar .
"""
WRITTEN_OUT = f"""
<http://example.org/tides/ebb>
  a <http://www.w3.org/2004/02/skos/core#Concept>;
  {TRIPLES.strip().replace("<http://example.org/tides/ebb> ", "").replace(" .", ";")}
  .
"""
EXPANDED = {
    "@id": "http://example.org/tides/ebb",
    "@type": ["http://www.w3.org/2004/02/skos/core#Concept"],
    "http://www.w3.org/2004/02/skos/core#prefLabel": [
        {"@value": "Ebb", "@language": "en"},
        {"@value": "الجزر", "@language": "ar"},
    ],
    "http://www.w3.org/2004/02/skos/core#definition": [
        {"@value": "The fall of the water after it stood high.", "@language": "en"},
        {"@value": "هبوط الماء بعد أن علا.", "@language": "ar"},
    ],
}
MAPPED = {
    "@context": "https://gbv.github.io/jskos/context.json",
    "uri": "http://example.org/tides/ebb",
    "type": ["http://www.w3.org/2004/02/skos/core#Concept"],
    "prefLabel": {"en": "Ebb", "ar": "الجزر"},
    "definition": {
        "en": ["The fall of the water after it stood high."],
        "ar": ["هبوط الماء بعد أن علا."],
    },
}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PREFIXES + EBB, id="Turtle"),
        pytest.param(WRITTEN_OUT, id="Turtle without prefixes"),
        pytest.param(RDF_XML, id="RDF/XML with entities of its own"),
        pytest.param(TRIPLES, id="N-Triples"),
        pytest.param(TRIPLES.replace(" .\n", " <urn:graph> .\n"), id="N-Quads"),
        pytest.param(json.dumps([EXPANDED]), id="JSON-LD, expanded"),
        pytest.param(json.dumps({"@graph": [EXPANDED]}, indent=1), id="JSON-LD, a graph"),
        pytest.param(json.dumps(MAPPED), id="JSON-LD with a remote context that is known"),
    ],
)
def test_every_syntax_of_rdf_says_the_same(text: str) -> None:
    assert recognises(text)
    entries = _by_language(list(read(text, PurePath("tides"))))
    assert entries["en"].summary == "The fall of the water after it stood high."
    assert entries["ar"].term == "الجزر"
    assert entries["en"].id == entries["ar"].id == "ebb"


def test_other_text_is_not_taken_for_rdf() -> None:
    for text in (
        '{"term": "Ebb"}',
        "term,definition",
        "<html><p>x</p></html>",
        "<HTML>\n  <HEAD>\n    <TITLE>Ebb</TITLE>",
        "# Ebb\n\nIt falls.",
    ):
        assert not recognises(text)


def test_markup_within_a_literal_of_xml_becomes_plain_text_however_much_there_is() -> None:
    html = '<p xmlns="http://www.w3.org/1999/xhtml">The <b>fall</b> of the water.</p>'
    said = '<skos:definition xml:lang="en" rdf:parseType="Literal">'
    text = RDF_XML.replace('<skos:definition xml:lang="en">', said + html * 20_000)
    summary = _by_language(list(read(text, PurePath("tides.rdf"))))["en"].summary
    assert summary == "The fall of the water."


@pytest.mark.parametrize(
    ("told", "reads"),
    [
        pytest.param('xml:lang="en"', 'xml:lang="en_GB"', id="a tag with a low line"),
        pytest.param("rdf:about", 'rdf:Resource="x" rdf:about', id="an attribute that is none"),
        pytest.param(
            'rdf:about="&tides;ebb"', 'rdf:ID="ebb" xml:base="&tides;"', id="relative to the file"
        ),
    ],
)
def test_what_is_not_as_it_should_be_in_xml_is_passed_over(told: str, reads: str) -> None:
    items = list(read(RDF_XML.replace(told, reads), PurePath("tides.rdf")))
    assert not faults_of(items)
    assert {entry.id for entry in entries_of(items)} == {"ebb"}


def test_every_way_of_xml_to_state_something_is_understood() -> None:
    text = RDF_XML.replace(
        "</skos:Concept>",
        """<skos:note xml:lang="en" rdf:parseType="Resource">
    <rdf:value>The moon draws it.</rdf:value></skos:note>
  <skos:broader><skos:Concept rdf:about="&tides;tide" skos:notation="TD">
    <skos:prefLabel xml:lang="en">Tide</skos:prefLabel>
    <skos:definition xml:lang="en">The sea <b>rises</b> and falls.</skos:definition>
    <skos:scopeNote rdf:nodeID="n"/></skos:Concept></skos:broader></skos:Concept>
  <rdf:Description rdf:nodeID="n"><rdf:value xml:lang="en">Of the sea.</rdf:value></rdf:Description>
  <skos:OrderedCollection><skos:prefLabel xml:lang="en">Waters</skos:prefLabel>
    <skos:memberList rdf:parseType="Collection"><rdf:Description rdf:about="&tides;ebb"/>
      <rdf:Description rdf:about="&tides;tide"/></skos:memberList></skos:OrderedCollection>""",
    )
    entries = {entry.key: entry for entry in entries_of(read(text, PurePath("tides.rdf")))}
    ebb, tide = entries["en/ebb"], entries["en/tide"]
    assert (ebb.links, ebb.category, ebb.sections[1].text) == (
        ("tide",),
        "Waters",
        "The moon draws it.",
    )
    assert (tide.summary, tide.aliases) == ("The sea rises and falls.", ("TD",))
    assert (tide.category, tide.sections[1].text) == ("Waters", "Of the sea.")


@pytest.mark.parametrize(
    "context", ["https://example.org/context.jsonld", "context.json", ["file:///etc/hosts", {}]]
)
def test_a_context_that_must_be_fetched_is_refused_in_one_sentence(context: object) -> None:
    text = json.dumps({"a": 1, "@context": context, "@id": "x", "skos:prefLabel": "Ebb"})
    message = only_fault(read(text, PurePath("tides.jsonld"))).message
    assert "nothing is fetched" in message


def test_an_import_of_a_context_is_refused_too() -> None:
    text = '{"@context": {"@version": 1.1, "@import": "file:///etc/hosts"}, "@id": "skos:a"}'
    assert "/etc/hosts" in only_fault(read(text, PurePath("t"))).message


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">',
        '<!ENTITY a SYSTEM "file:///etc/hosts">',
        '<!ENTITY % a SYSTEM "http://example.org/x.dtd"> %a;',
    ],
)
def test_entities_that_grow_or_reach_out_are_refused(entity: str) -> None:
    text = RDF_XML.replace('<!ENTITY tides "', f'{entity}<!ENTITY tides "')
    fault = only_fault(read(text, PurePath("tides.rdf")))
    assert fault.line == 2
    assert "write it out" in fault.message or "remove it" in fault.message


def test_what_stands_before_the_broken_line_is_read() -> None:
    items = _turtle(EBB + ":flood skos:prefLabel Flood .\n")
    assert [entry.key for entry in entries_of(items)] == ["en/ebb", "ar/ebb"]
    assert only_fault(faults_of(items)).line == 14


@settings(max_examples=30, deadline=None)
@given(glossaries())
def test_what_is_written_is_read_again(entries: list[Entry]) -> None:
    content = skos_writer.write(entries, "Bread & more")
    assert read_back(read, content, "bread.ttl") == {entry.key: entry for entry in entries}
    assert skos_writer.write(entries, "Bread & more") == content


@pytest.mark.parametrize(
    "text",
    [
        PREFIXES + ":a skos:broader " + "[ skos:broader " * 3_000,
        RDF_XML.replace("Ebb<", "<a>" * 3_000 + "<"),
    ],
)
def test_of_endless_nesting_it_is_said_that_it_nests_too_deep(text: str) -> None:
    assert "it nests too deep" in faults_of(list(read(text, PurePath("tides"))))[0].message


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_never_raises(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([PREFIXES + EBB, RDF_XML, TRIPLES, json.dumps(MAPPED)]))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    damaged = text[:start] + data.draw(st.text(max_size=10)) + text[end:]
    recognises(damaged)
    for item in read(damaged, PurePath("tides")):
        assert isinstance(item, Entry | Fault)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PREFIXES + ":a skos:broader " + "[ skos:broader " * 50_000, id="deep Turtle"),
        pytest.param(PREFIXES + ':a skos:note "' + "\\n" * 500_000 + '" .', id="escapes"),
        pytest.param(PREFIXES + ":a skos:member " + "(" * 50_000, id="deep lists"),
        pytest.param(PREFIXES + ':a skos:note """' + "a\n" * 150_000 + '""" .', id="a long text"),
        pytest.param(PREFIXES + ":a skos:note '''" + "a\n" * 150_000, id="an open text"),
        pytest.param('{"@graph":[' + '{"@id":"skos:a","b":' * 50_000, id="deep JSON"),
        pytest.param(RDF_XML.replace("Ebb<", "<a>" * 50_000 + "<"), id="deep XML"),
    ],
)
def test_what_is_too_deep_or_too_slow_is_a_fault_and_no_crash(text: str) -> None:
    assert faults_of(read(text, PurePath("tides")))


def test_a_glossary_of_this_format_is_known_by_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "glossary.txt").write_text(PREFIXES + EBB, "utf-8")
    glossary = Glossary.read(tmp_path)
    assert glossary.entries
    assert not glossary.faults


def test_graphs_in_one_file_are_read_together() -> None:
    text = f"{PREFIXES}\n:one {{ {EBB} }}\n"

    assert recognises(text)
    assert {e.key for e in entries_of(read(text, PurePath("tides.trig")))} == {"en/ebb", "ar/ebb"}


@pytest.mark.parametrize("label", ["rdfs:label", "own:term", "own:preferredTerm"])
@pytest.mark.parametrize("defines", ["own:definition", "own:hasDefinition", "own:meaning"])
def test_properties_of_a_files_own_say_what_they_are_called(label: str, defines: str) -> None:
    entry = only_entry(
        _turtle(
            "@prefix own: <http://sea.example/own#> .\n"
            f':ebb a own:Entry ; {label} "Ebb"@en ; {defines} "The fall of the water."@en .\n'
        )
    )

    assert (entry.term, entry.summary) == ("Ebb", "The fall of the water.")


def test_json_without_a_context_says_its_texts_by_whole_addresses() -> None:
    node = {
        "@id": "http://sea.example/ebb",
        "http://purl.org/dc/terms/title": [{"@value": "Ebb", "@language": "en"}],
        "http://purl.org/dc/terms/description": [{"@value": "The water falls."}],
    }

    text = json.dumps([node])

    assert recognises(text)
    assert only_entry(list(read(text, PurePath("tides.jsonld")))).summary == "The water falls."
