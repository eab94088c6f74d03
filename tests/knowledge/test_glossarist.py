"""Glossarist: concepts of standards, with their designations in each language."""

from pathlib import PurePath

from knowledge.entry import EXAMPLE, Entry
from knowledge.fault import Fault
from knowledge.formats.tables.notation import read_yaml
from tests.knowledge.conftest import entries_of, only_entry, only_fault

CONCEPT = """---
termid: 10
term: kettle
eng:
  terms:
  - type: expression
    normative_status: deprecated
    designation: boiler
  - type: expression
    normative_status: admitted
    designation: tea kettle
  - type: expression
    normative_status: preferred
    designation: kettle
  definition: vessel in which {{water, 3}} is boiled
  notes:
  - It may be of copper.
  examples: []
  language_code: eng
  entry_status: valid
ara:
  terms:
  - type: expression
    designation: غلاية
  definition: وعاء يُغلى فيه الماء
"""
VERSION = """---
data:
  identifier: '67'
  localized_concepts:
    eng: 7c0c1b52-a0a3-4d8f-9d3d-2b1f0c7d1e11
  domains: []
status: valid
id: 5b2d4a0e-9d1b-4c68-8a53-c9b2b0a1f3d7

---
data:
  definition:
  - content: "vessel of the volume stem:[V], from which {{urn:tea:1,tea}} is poured\\n"
  examples:
  - content: a pot of china
  id: '67'
  terms:
  - type: expression
    normative_status: preferred
    designation: teapot
  language_code: eng
id: 7c0c1b52-a0a3-4d8f-9d3d-2b1f0c7d1e11
"""


def _read(text: str) -> list[Entry | Fault]:
    return list(read_yaml(text, PurePath("10.yaml")))


def test_a_concept_is_an_entry_in_each_of_its_languages() -> None:
    english, arabic = entries_of(_read(CONCEPT))
    assert (english.id, arabic.id) == ("kettle", "kettle")
    assert (english.language, arabic.language) == ("en", "ar")
    assert english.names == ("kettle", "tea kettle")  # the preferred first, no deprecated one
    assert english.summary == "vessel in which water is boiled"
    assert english.text("note") == "It may be of copper."
    assert (arabic.term, arabic.summary) == ("غلاية", "وعاء يُغلى فيه الماء")


def test_a_version_may_be_a_document_of_its_own() -> None:
    entry = only_entry(_read(VERSION))
    assert (entry.term, entry.id, entry.language) == ("teapot", "teapot", "en")
    assert entry.summary == "vessel of the volume V, from which tea is poured"
    assert entry.text(EXAMPLE) == "a pot of china"


def test_a_version_that_nobody_defines_is_told() -> None:
    start, _, rest = VERSION.partition("  definition:")
    undefined = start + rest[rest.index("  examples:") :]
    assert "“teapot” has no definition" in only_fault(_read(undefined)).message
