"""Lexicons in RDF: words that lead over their senses to what defines them."""

from pathlib import PurePath

import pytest

from knowledge.entry import Entry
from knowledge.formats.terminologies.skos import read
from tests.knowledge.conftest import entries_of, faults_of

PREFIXES = """@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <http://example.org/sea#> .
"""
FORM = 'ontolex:canonicalForm [ ontolex:writtenRep "ebb"@en ]'
SAID = 'skos:definition "The fall of the water."@en'


def _entries(text: str) -> list[Entry]:
    items = list(read(PREFIXES + text, PurePath("sea.ttl")))
    assert not faults_of(items)
    return entries_of(items)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f":w {FORM} ; ontolex:sense [ {SAID} ] .", id="a sense that says it"),
        pytest.param(
            f":w {FORM} ; ontolex:sense :s . :s ontolex:isLexicalizedSenseOf :c ."
            f" :c a ontolex:LexicalConcept ; {SAID} .",
            id="the concept of a sense",
        ),
        pytest.param(
            f":w {FORM} ; ontolex:denotes :c . :c a skos:Concept ; {SAID} .", id="a concept"
        ),
        pytest.param(
            f":w {FORM} . :c ontolex:isEvokedBy :w ; {SAID} .", id="a concept that leads to it"
        ),
        pytest.param(
            f':w a ontolex:LexicalEntry ; rdfs:label "ebb"@en ; ontolex:sense [ {SAID} ] .',
            id="a word by its type and label",
        ),
        pytest.param(
            f':w ontolex:canonicalForm :f ; ontolex:sense [ {SAID} ] . :f rdfs:label "ebb"@en .',
            id="a form by its label",
        ),
    ],
)
def test_a_word_is_defined_by_what_it_leads_to(text: str) -> None:
    (entry,) = _entries(text)
    assert (entry.term, entry.summary) == ("ebb", "The fall of the water.")


def test_several_senses_follow_one_another() -> None:
    (entry,) = _entries(
        f':w {FORM} ; ontolex:sense [ {SAID} ], [ skos:definition "A poor state."@en ] .'
    )
    assert (entry.summary, entry.text("body")) == ("The fall of the water.", "A poor state.")


def test_a_word_is_another_name_of_a_concept_that_has_its_own() -> None:
    (entry,) = _entries(
        f":w {FORM} ; ontolex:evokes :c ."
        f' :c a ontolex:LexicalConcept ; skos:prefLabel "Ebb tide"@en ; {SAID} .'
    )
    assert (entry.term, entry.aliases) == ("Ebb tide", ("ebb",))
