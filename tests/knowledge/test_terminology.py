"""Moodle, TBX, SKOS and schema.org: what is read of the files of other programs."""

import json
from pathlib import PurePath

import pytest

from knowledge.entry import Entry
from knowledge.formats import terminology
from knowledge.formats.decoding import File, UnreadableError


def _read(name: str, text: str) -> dict[str, Entry]:
    file = File(PurePath(name), text.encode())
    assert terminology.handles(file)
    return {item.key: item for item in terminology.read(file) if isinstance(item, Entry)}


def test_a_glossary_of_moodle() -> None:
    found = _read(
        "glossary.xml",
        """<?xml version="1.0" encoding="UTF-8"?>
<GLOSSARY><INFO><NAME>Sea</NAME><ENTRIES>
<ENTRY><CONCEPT>Tide</CONCEPT>
<DEFINITION>&lt;p&gt;The &lt;b&gt;sea&lt;/b&gt; rises.&lt;/p&gt;Twice.</DEFINITION>
<FORMAT>1</FORMAT>
<ALIASES><ALIAS><NAME>high water</NAME></ALIAS></ALIASES>
<CATEGORIES><CATEGORY><NAME>Water</NAME></CATEGORY></CATEGORIES></ENTRY>
<ENTRY><CONCEPT>{mlang en}Ebb{mlang}{mlang ar}الجزر{mlang}</CONCEPT>
<DEFINITION>{mlang en}The sea falls.{mlang}{mlang ar}ينخفض البحر.{mlang}</DEFINITION></ENTRY>
</ENTRIES></INFO></GLOSSARY>""",
    )
    tide = found["en/tide"]
    assert (tide.summary, tide.text("body")) == ("The sea rises.", "Twice.")
    assert (tide.aliases, tide.category, tide.line) == (("high water",), "Water", 3)
    assert (found["en/ebb"].summary, found["ar/ebb"].term) == ("The sea falls.", "الجزر")


_TBX = """<?xml version="1.0"?>
<martif><text><body>
<termEntry id="c12">
 <descrip type="subjectField">Sea</descrip>
 <langSet xml:lang="en">
  <descripGrp><descrip type="definition">The sea rises.</descrip>
   <admin type="source">A Book</admin></descripGrp>
  <tig><term>tide</term></tig>
  <tig><term>TD</term></tig>
 </langSet>
 <langSet xml:lang="ar"><descrip type="definition">يرتفع البحر.</descrip>
  <tig><term>المد</term></tig></langSet>
 <langSet xml:lang="fr"><tig><term>marée</term></tig></langSet>
</termEntry></body></text></martif>"""


def test_tbx_of_the_older_edition() -> None:
    """The newer one is what an export writes, and reads again."""
    found = _read("sea.tbx", _TBX)
    assert {key: e.term for key, e in found.items()} == {"en/tide": "tide", "ar/tide": "المد"}
    tide = found["en/tide"]
    assert (tide.summary, tide.aliases, tide.category) == ("The sea rises.", ("TD", "marée"), "Sea")
    assert [source.title for source in tide.sources] == ["A Book"]


_SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://example.org/sea> a skos:ConceptScheme ; skos:prefLabel "Sea"@en .
<http://example.org/tide> a skos:Concept ; skos:prefLabel "Tide"@en, "المد"@ar ;
  skos:altLabel "high water"@en ; skos:definition "The sea rises."@en, "يرتفع البحر."@ar ;
  skos:scopeNote "Of seas alone."@en ; skos:related <http://example.org/c_17> .
<http://example.org/c_17> a skos:Concept ; rdfs:label "Ebb"@en ; rdfs:comment "The sea falls."@en .
"""


@pytest.mark.parametrize("syntax", ["ttl", "rdf", "nt", "jsonld"])
def test_skos_in_each_of_its_syntaxes(syntax: str) -> None:
    from rdflib import Graph  # noqa: PLC0415

    formats = {"ttl": "turtle", "rdf": "xml", "nt": "nt", "jsonld": "json-ld"}
    text = Graph().parse(data=_SKOS).serialize(format=formats[syntax])
    found = _read(f"sea.{syntax}", text)
    assert found.keys() == {"en/tide", "ar/tide", "en/ebb"}
    tide = found["en/tide"]
    assert (tide.summary, tide.aliases) == ("The sea rises.", ("high water",))
    assert tide.related == ("ebb",)
    assert [(s.heading, s.text) for s in tide.sections[1:]] == [("Scope note", "Of seas alone.")]
    assert found["en/ebb"].summary == "The sea falls."


def test_defined_terms_of_schema_org() -> None:
    data = {
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "inLanguage": "en",
        "hasDefinedTerm": [
            {"@type": "DefinedTerm", "termCode": "tide", "alternateName": ["high water"],
             "name": ["Tide", {"@value": "المد", "@language": "ar"}],
             "description": ["The sea rises.", {"@value": "يرتفع البحر.", "@language": "ar"}]},
            {"@type": "DefinedTerm", "name": "Ebb", "url": "https://example.org/terms/ebb-tide",
             "description": "The sea falls."},
            {"@type": "DefinedTerm", "name": "Flow"},
        ],
    }  # fmt: skip
    text = json.dumps(data, ensure_ascii=False)
    found = _read("sea.jsonld", text)
    assert found.keys() == {"en/tide", "ar/tide", "en/ebb-tide"}
    assert (found["en/tide"].aliases, found["ar/tide"].term) == (("high water",), "المد")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.xml", "<GLOSSARY><ENTRIES><ENTRY>", "not valid XML"),
        ("a.tbx", "<tbx>" + "<conceptEntry>" * 100_000, "not valid XML"),
        ("a.ttl", "@prefix s:<http://www.w3.org/2004/02/skos/core#> .s:a s:b " + "(" * 999, "RDF"),
        ("a.jsonld", '{"@context": ["https://example.org/2004/02/skos/core"], "@id": "x"}', "into"),
        ("a.json", '{"@type": "DefinedTerm", "description": ' + "[" * 100_000, "not valid RDF"),
        ("sea.dita", "<dita><glossentry/></dita>", "export it as TBX or CSV"),
    ],
)  # fmt: skip
def test_broken_and_hostile_files_are_refused(name: str, text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        _read(name, text)
