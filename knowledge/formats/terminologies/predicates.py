"""The predicates and types of RDF, by what they say of a concept."""

import re

SKOS = "http://www.w3.org/2004/02/skos/core#"
XL = "http://www.w3.org/2008/05/skos-xl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
DCT = "http://purl.org/dc/terms/"
DC = "http://purl.org/dc/elements/1.1/"
OBO = "http://www.geneontology.org/formats/oboInOwl#"
SCHEMA = ("http://schema.org/", "https://schema.org/")

LABELS: tuple[str, ...] = (
    f"{SKOS}prefLabel",
    f"{XL}prefLabel",
    f"{RDFS}label",
    f"{DCT}title",
    f"{DC}title",
    *(f"{schema}name" for schema in SCHEMA),
)
"""What names a node: of those that are there, the first of each language is used."""
VALUES = (f"{RDF}value", f"{XL}literalForm", f"{RDFS}label", f"{SKOS}prefLabel")
TYPE = f"{RDF}type"
CONCEPT, SCHEME = f"{SKOS}Concept", f"{SKOS}ConceptScheme"
COLLECTIONS = {f"{SKOS}Collection", f"{SKOS}OrderedCollection"}
EXPLAINED = {f"{RDFS}Class", f"{RDFS}Datatype", f"{RDF}Property"} | {
    f"{OWL}{name}"
    for name in (
        "Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual",
    )
}  # fmt: skip
HOLDING = re.compile(
    r"(?:Scheme|Set|Vocabulary|Glossary|Thesaurus|Ontology|Lexicon|Dictionary|Catalog(?:ue)?)$"
)
"""In what types are called of that which holds the concepts."""
NO_CONCEPTS = {SCHEME, *COLLECTIONS, f"{OWL}Ontology", f"{XL}Label"}
# The first of each that is there, by language, is used; the rest are notes.
DEFINED = (
    f"{SKOS}definition", "http://purl.obolibrary.org/obo/IAO_0000115",
    "http://www.w3.org/ns/prov#definition",
)  # fmt: skip
DESCRIBED = (f"{DCT}description", f"{DC}description", f"{DCT}abstract")
COMMENT = f"{RDFS}comment"
NOTED = (*(f"{schema}description" for schema in SCHEMA), f"{SKOS}scopeNote", f"{SKOS}note")
OF_CONCEPTS = (*DEFINED, *DESCRIBED, COMMENT, *NOTED)
OF_CLASSES = (*DEFINED, COMMENT, *DESCRIBED, *NOTED)
ALIASES = (
    f"{SKOS}altLabel", f"{SKOS}hiddenLabel", f"{XL}altLabel", f"{XL}hiddenLabel",
    f"{OBO}hasExactSynonym", "http://purl.obolibrary.org/obo/IAO_0000118", f"{DCT}alternative",
    *(f"{schema}alternateName" for schema in SCHEMA),
)  # fmt: skip
DAYS = ("modified", "issued", "created")
NOTES = {
    f"{SKOS}scopeNote": "scope",
    f"{SKOS}historyNote": "origin",
    f"{SKOS}note": "note",
    "http://purl.org/vocab/vann/usageNote": "note",
    **dict.fromkeys((*DESCRIBED, COMMENT), "note"),
}
RELATED = (
    f"{SKOS}related", f"{SKOS}broader", f"{SKOS}narrower", f"{RDFS}seeAlso",
    f"{RDFS}subClassOf", f"{RDFS}subPropertyOf",
)  # fmt: skip
SOURCES = (
    f"{DCT}source", f"{DC}source", "http://purl.obolibrary.org/obo/IAO_0000119",
    "http://purl.org/pav/importedFrom",
)  # fmt: skip
EXAMPLES = (f"{SKOS}example", "http://purl.obolibrary.org/obo/IAO_0000112")
PROPERTIES = {f"{OWL}AnnotationProperty", f"{OWL}DatatypeProperty", f"{RDF}Property"}
CALLED = {
    **dict.fromkeys(("term", "name", "label", "title", "pref label", "preferred term"), "label"),
    **dict.fromkeys(("definition", "has definition", "meaning", "explanation"), "definition"),
    "textual definition": "definition",
    "elucidation": "definition",
    "synonym": "synonym",
    "exact synonym": "synonym",
    "has exact synonym": "synonym",
    "alternative label": "synonym",
}
"""What properties of a file's own mean, as they are called."""
