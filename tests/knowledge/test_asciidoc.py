"""AsciiDoc: its lists of terms, its tables and what stands within its lines."""

from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entry import Entry
from knowledge.fault import Fault
from knowledge.formats import read as read_all
from knowledge.formats.sites import asciidoc
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
        ("see man:tide[7] and linksea:ebb-flow[1]", "see tide(7) and ebb-flow(1)"),
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


@pytest.mark.parametrize(
    "title", ["Sea words\n---------", "[words]\n= Glossary", "= Glossary\n\n---", ""]
)
def test_lists_of_terms_are_told_under_any_title(title: str) -> None:
    text = f"{title}\n\n[[ebb]]\nebb::\n  It falls.\n\nflow::\n  It rises after the <<ebb>>.\n\n"
    text += "neap tide:: It is low.\n"
    assert recognises(text)
    found = _entries(text)
    assert [(e.term, e.summary) for e in found.values()] == [
        ("ebb", "It falls."),
        ("flow", "It rises after the ebb."),
        ("neap tide", "It is low."),
    ]
    assert found["flow"].links == ("ebb",)


def test_literal_blocks_of_restructuredtext_are_no_lists_of_terms() -> None:
    assert not recognises("Run it::\n\n   make\n\nTest it::\n\n   make test\n\nStop::\n\n   ^C\n")


NESTED = """\
[glossary]
== Glossary

*((Ebb))* ::
[horizontal]
Short::: -
Alias::: fall
Definition::: The sea falls.
[horizontal!]

Flow::
    Short::: FL
    Alias::: rise
    Definition::: The sea rises.

Tide::
    Short::: -
    Alias::: -
    Definition::: A wave.

[[spring]]Spring tide:::
[quote, 'https://sea.example[Sea]']
____
It is high, says {author}.

It comes at `{new-moon}`.
____

Wave:: See https://sea.example/wave[the
waves].
It moves.
"""


def test_lists_within_lists_are_labels_where_they_recur_and_else_terms() -> None:
    ebb, flow, tide, spring, wave = _entries(NESTED).values()
    assert (ebb.term, ebb.summary, ebb.aliases) == ("Ebb", "The sea falls.", ("fall",))
    assert (flow.summary, flow.aliases) == ("The sea rises.", ("FL", "rise"))
    assert (tide.summary, tide.aliases) == ("A wave.", ())
    assert spring.summary == "It is high, says author."
    assert spring.text("body") == "It comes at {new-moon}."
    assert (wave.summary, wave.line) == ("See the waves. It moves.", 29)


def test_a_list_in_a_block_that_belongs_to_a_term_is_part_of_what_it_says() -> None:
    block = "+\n--\nhigh;;\n    It covers the bar.\n\nlow;;\n    It does not.\n--\n"
    text = f"[glossary]\n== Glossary\n\nTide::\n    The sea moves.\n{block}\nEbb::\n    It falls.\n"
    tide, ebb = _entries(text).values()
    assert "It covers the bar." in tide.text("body")
    assert ebb.summary == "It falls."


def test_the_lines_of_a_cell_are_one_text_and_its_paragraphs_are_not() -> None:
    rows = "|anchor:ebb[]####Ebb |The sea\nfalls.\n\nIt does so:\n* slowly\n* twice\n\n"
    rows += "|Flow |It rises\n"
    ebb, _ = _entries(
        f'= Glossary\n\n[options="header"]\n|===\n|Term |Meaning\n{rows}|===\n'
    ).values()
    assert (ebb.term, ebb.id) == ("Ebb", "ebb")
    assert ebb.summary == "The sea falls.\nIt does so:\nslowly\ntwice"


def test_dashes_and_raised_digits_are_shown_and_citations_are_not() -> None:
    assert plain("a wave--the tide--of 3 m^2^, H~2~O") == "a wave—the tide—of 3 m², H₂O"
    assert plain("It falls cite:[sea].") == "It falls."
    assert plain("`a--b` and --long") == "`a--b` and --long"


def test_terms_with_an_id_each_are_no_names_of_one() -> None:
    text = "= Glossary\n\n[[e]]Ebb::\n[[f]]Flow:: It rises.\n[[n]]Neap::\n[[tide]]:: A wave.\n"
    items = list(read(text, PurePath("glossary.adoc")))
    assert [(e.term, e.aliases) for e in entries_of(items)] == [("Flow", ()), ("tide", ())]
    assert [(fault.line, fault.message[:6]) for fault in faults_of(items)] == [
        (3, "“Ebb” "),
        (5, "“Neap”"),
    ]


def test_values_that_swell_by_one_another_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asciidoc, "_MOST_SAID", 5_000)
    swelling = "".join(f":a{n}: {{a{n - 1}}}{{a{n - 1}}}\n" for n in range(1, 60))
    terms = "".join(f"Brine {n}:: {{a3}} and {{a59}}\n" for n in range(100))
    text = f"= Glossary\n:a0: salt\n{swelling}\n{terms}"
    said = [entry.summary for entry in entries_of(list(read(text, PurePath("glossary.adoc"))))]
    assert len(said) == 100
    assert said[0].startswith("salt" * 8)
    assert sum(map(len, said)) < 7_000
