"""AsciiDoc: its lists of terms, its tables and what stands within its lines."""

from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import read as read_all
from knowledge.formats.sites.adocinline import plain
from knowledge.formats.sites.asciidoc import read, recognises
from tests.knowledge.conftest import entries_of, faults_of, write_files

LISTED = """\
= Glossary of the sea
:toc:
:river: Elbe

// a remark

[glossary]
[[ebb]]Ebb:: The *fall* of the sea,
  as in the {river}. See also <<flow,Flow>>.

Flow::
  The rise of the sea (link:tables.html[tables]).
+
It takes six hours.
+
----
high - low
----

Neap tide::
Half tide::
  The smallest tide:
* at the first quarter
* at the last one

Copy:: see Ebb

== Notes

Written by sailors.
"""
TABLE = """\
[[glossary]]
== Glossary

[cols="1,2",options="header"]
|===
|Term |Meaning

|Ebb
|The sea falls.

It does so slowly.

|Flow (FL) |The sea _rises_ \\| it swells.
|===
"""


def _entries(text: str) -> dict[str, Entry]:
    return {e.term: e for e in entries_of(read(text, PurePath("glossary.adoc")))}


def test_a_list_of_terms_is_read_with_its_lines() -> None:
    found = _entries(LISTED)
    assert list(found) == ["Ebb", "Flow", "Neap tide"]
    ebb, flow, neap = found.values()
    assert ebb.summary == "The fall of the sea, as in the Elbe. See also Flow."
    assert (ebb.line, flow.line, ebb.links[0]) == (8, 11, "flow")
    assert flow.text("body") == "It takes six hours.\n\nhigh - low"
    assert neap.aliases == ("Half tide",)
    assert neap.summary == "The smallest tide:"
    assert ebb.aliases == ("Copy",)


def test_a_table_has_cells_on_lines_of_their_own() -> None:
    found = _entries(TABLE)
    assert found["Ebb"].summary == "The sea falls.\nIt does so slowly."
    assert (found["Flow"].aliases, found["Flow"].line) == (("FL",), 13)
    assert found["Flow"].summary == "The sea rises | it swells."
    assert not faults_of(read(TABLE, PurePath("glossary.adoc")))


@pytest.mark.parametrize(
    ("line", "markdown"),
    [
        ("a *bold* word", "a **bold** word"),
        ("`code*s*` and +more+", "`code*s*` and more"),
        ("xref:tide.adoc[the tide]", "[the tide](#tide.adoc)"),
        ("https://example.org[the site^]", "[the site](https://example.org)"),
        ("((ebb))s and (((tide, ebb)))flow", "ebbs and flow"),
        ("x footnote:[a note]", "x "),
        ("[[here]]a place", "a place"),
        ("NOTE: Mind it.", "Mind it."),
        ("[.lead]#marked# 2^3^", "marked 2³"),
    ],
)
def test_what_stands_within_a_line(line: str, markdown: str) -> None:
    assert plain(line) == markdown


@pytest.mark.parametrize(
    "text",
    ["# Glossary\n\n- **Ebb**: falls\n", '[{"term": "Ebb"}]', "Ebb::\n\n    falls\n", "= Ebb =\n"],
)
def test_other_formats_are_not_taken_for_it(text: str) -> None:
    assert not recognises(text)


def test_it_is_read_from_a_folder(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"sea.adoc": LISTED, "table.asciidoc": TABLE})
    assert len(entries_of(read_all(folder))) == 5


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from([LISTED, TABLE]), st.integers(0, 300), st.text("|=[]:*`+<> \nab", max_size=9)
)
def test_a_mutated_file_never_raises(fixture: str, place: int, piece: str) -> None:
    text = fixture[:place] + piece + fixture[place:]
    recognises(text)
    assert all(isinstance(i, Entry | Fault) for i in read(text, PurePath("glossary.adoc")))
